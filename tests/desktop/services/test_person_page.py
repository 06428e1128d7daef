"""Notes, next steps, photos, checking and risk of a person: who sees them, what travels, what is taken back."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import (
    about,
    assessments,
    caseworkers,
    files,
    history,
    intake,
    merging,
    notes,
    people,
    photos,
    pictures,
    steps,
    stick,
    today,
    volunteers,
    whole_history,
)
from desktop.services.people import PersonPage
from desktop.services.session import Session


def register(session: Session, name: str = "အောင်မျိုး", **values: Value) -> RecordId:
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        return save.create("person", {"code": codes.new(), "name": name, "state": "here", "arrived": "2026-11-20T10:00", **values})


def page(session: Session, person: RecordId) -> PersonPage:
    return people.page(session, person=person)


def picture(size: tuple[int, int] = (3000, 2000), colour: str = "green") -> bytes:
    """A photo as a telephone makes it: with the place, the owner and the way it was held."""
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright
    exif[0x013B] = "Owner of the phone"
    exif[0x8825] = {1: "N", 2: (16.0, 52.0, 0.0)}
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def refused(code: str, work: Callable[[], object]) -> None:
    with pytest.raises(UserError) as caught:
        work()
    assert caught.value.code == code


# ---- notes -------------------------------------------------------------------------------------------------------------


def test_a_note_is_read_by_those_who_can_open_its_folder(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    person = register(session)
    for folder in (Folder.RECEPTION, Folder.CONTACTS, Folder.HEALTH):
        notes.write(session, person=person, folder=folder, text=f"ခင်ဗျား {folder.value}\nsecond line", important=folder is Folder.CONTACTS)
    expected = {
        Role.COORDINATOR: {"reception", "contacts", "health"}, Role.CASEWORKER: {"reception", "contacts"}, Role.REGISTRAR: {"reception"},
        Role.MEDIC: {"reception", "health"}, Role.OBSERVER: {"reception"},
    }
    for role, wanted in expected.items():
        seen = page(sign_in(role), person).notes
        assert {one.ref.folder.value for one in seen} == wanted
        if role is Role.COORDINATOR:
            assert seen[0].important, "what everybody must read stands first"
            assert seen[0].text == "ခင်ဗျား contacts\nsecond line"


def test_who_will_read_it_is_known_before(session: Session, other: Session) -> None:
    reception, contacts, health = (about.readers(session, folder) for folder in (Folder.RECEPTION, Folder.CONTACTS, Folder.HEALTH))
    assert set(reception.people) == {"Coordinator", "Caseworker", "Registrar", "Medic", "Observer"}
    assert set(contacts.people) == {"Coordinator", "Caseworker"}
    assert set(health.people) == {"Coordinator", "Medic"}
    assert reception.sites == ("Hill School",)
    medic = next(one for one in volunteers.volunteers(session) if one.name == "Medic")
    volunteers.set_folders(session, volunteer=medic.id, folders=frozenset({Folder.RECEPTION, Folder.HEALTH, Folder.CONTACTS}))
    assert "Medic" in about.readers(session, Folder.CONTACTS).people


def test_who_may_not_write_there_does_not(sign_in: Callable[[Role], Session]) -> None:
    person = register(sign_in(Role.COORDINATOR))
    registrar = sign_in(Role.REGISTRAR)
    assert about.folders(registrar) == (Folder.RECEPTION,)
    for folder in (Folder.CONTACTS, Folder.HEALTH):
        refused("folder.locked", lambda folder=folder: notes.write(registrar, person=person, folder=folder, text="x"))  # type: ignore[misc]
        refused("folder.locked", lambda folder=folder: steps.add(registrar, person=person, folder=folder, what="x"))  # type: ignore[misc]
        refused("folder.locked", lambda folder=folder: photos.add(registrar, person=person, folder=folder, content=picture()))  # type: ignore[misc]
    refused("folder.locked", lambda: assessments.change(registrar, person=person, values={"risk": "low"}))
    note, _ = notes.write(registrar, person=person, folder=Folder.RECEPTION, text="a note")
    step, _ = steps.add(registrar, person=person, what="a step")
    photo, _ = photos.add(registrar, person=person, content=picture())
    refused("role.not_allowed", lambda: photos.erase(registrar, photo=photo))
    observer = sign_in(Role.OBSERVER)
    assert about.folders(observer) == ()
    for work in (
        lambda: notes.write(observer, person=person, folder=Folder.RECEPTION, text="x"), lambda: notes.change(observer, note=note, text="x"),
        lambda: notes.remove(observer, note=note), lambda: steps.add(observer, person=person, what="x"),
        lambda: steps.finish(observer, step=step), lambda: steps.remove(observer, step=step), lambda: steps.change(observer, step=step, what="x"),
        lambda: photos.add(observer, person=person, content=picture()), lambda: photos.put_beside_name(observer, photo=photo),
        lambda: photos.describe(observer, photo=photo, caption="x"), lambda: photos.remove(observer, photo=photo),
        lambda: photos.erase(observer, photo=photo),
    ):
        refused("role.not_allowed", work)


def test_a_note_is_changed_taken_away_and_brought_back(session: Session) -> None:
    person = register(session)
    note, _ = notes.write(session, person=person, folder=Folder.RECEPTION, text="first")
    refused("note.empty", lambda: notes.write(session, person=person, folder=Folder.RECEPTION, text=" \n "))
    refused("note.empty", lambda: notes.change(session, note=note, text=""))
    refused("values.wrong", lambda: notes.change(session, note=note, text="x" * 10_001))
    notes.change(session, note=note, text="second", important=True)
    assert [(one.text, one.important) for one in page(session, person).notes] == [("second", True)]
    history.undo(session)
    assert [(one.text, one.important) for one in page(session, person).notes] == [("first", False)]
    notes.remove(session, note=note)
    assert page(session, person).notes == ()
    refused("record.missing", lambda: notes.change(session, note=note, text="third"))
    history.undo(session)
    assert [one.text for one in page(session, person).notes] == ["first"]
    refused("record.missing", lambda: steps.finish(session, step=note))


# ---- next steps ----------------------------------------------------------------------------------------------------------


def test_steps_stand_by_their_day_and_late_ones_on_today(session: Session) -> None:
    person, day = register(session), session.today()
    me = caseworkers.me(session)
    steps.add(session, person=person, what="no day")
    steps.add(session, person=person, what="later", due="2999-01-01")
    late, _ = steps.add(session, person=person, what="clinic", due="2020-05-01", who=me)
    steps.add(session, person=person, what="now", due=day)
    rows = page(session, person).steps
    assert [(one.what, one.late) for one in rows] == [("clinic", True), ("now", False), ("later", False), ("no day", False)]
    assert (rows[0].who_name, rows[0].author) == ("Coordinator", "Coordinator")
    due = today.today(session).steps
    assert [(one.step.what, one.name, one.person, one.mine) for one in due] == [
        ("clinic", "အောင်မျိုး", person, True), ("now", "အောင်မျိုး", person, False),
    ]
    steps.finish(session, step=late)
    assert [one.step.what for one in today.today(session).steps] == ["now"]
    done = page(session, person).steps[-1]
    assert (done.what, done.done, done.done_by, done.late) == ("clinic", True, "Coordinator", False)
    assert done.done_at
    steps.finish(session, step=late, done=False)
    assert page(session, person).steps[0].what == "clinic"
    steps.finish(session, step=late)
    history.undo(session)
    assert not page(session, person).steps[0].done
    people.delete(session, person=person)
    assert today.today(session).steps == (), "nothing waits for who is off the lists"


def test_a_step_is_changed_and_checked(session: Session) -> None:
    person = register(session)
    refused("step.empty", lambda: steps.add(session, person=person, what="  "))
    refused("values.wrong", lambda: steps.add(session, person=person, what="x", due="soon"))
    step, _ = steps.add(session, person=person, what="ဆေးခန်း", due="2026-12")
    other = next(one for one in caseworkers.choices(session) if one.name == "Medic")
    steps.change(session, step=step, what="ဆေးခန်း သွားရန်", due="2026-12-05", who=other)
    row = page(session, person).steps[0]
    assert (row.what, row.due, row.who_name) == ("ဆေးခန်း သွားရန်", "2026-12-05", "Medic")
    steps.remove(session, step=step)
    assert page(session, person).steps == ()


def test_a_step_in_health_waits_only_for_the_medic(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    person = register(session)
    steps.add(session, person=person, what="change the dressing", due="2020-01-01", folder=Folder.HEALTH)
    assert [one.step.what for one in steps.due(sign_in(Role.MEDIC))] == ["change the dressing"]
    for role in (Role.REGISTRAR, Role.CASEWORKER, Role.OBSERVER):
        desk = sign_in(role)
        assert (steps.due(desk), page(desk, person).steps) == ((), ())


# ---- photos --------------------------------------------------------------------------------------------------------------


def test_a_photo_keeps_nothing_but_the_picture(session: Session, tmp_path: Path) -> None:
    person = register(session)
    (tmp_path / "phone.jpg").write_bytes(picture())
    photos.add_from(session, person=person, path=tmp_path / "phone.jpg", caption="at the gate")
    row = page(session, person).photos[0]
    kept = files.read(session, file=row.file)
    found = Image.open(BytesIO(kept))
    assert max(found.size) == pictures.LONGEST
    assert found.size[1] > found.size[0], "turned the right way up"
    assert not found.getexif()
    assert b"Owner of the phone" not in kept
    assert (row.caption, row.main, row.here, row.author) == ("at the gate", True, True, "Coordinator")
    small = Image.open(BytesIO(photos.small(session, file=row.file, side=96)))
    assert max(small.size) == 96
    assert not any(b"JFIF" in path.read_bytes() for path in session.folder_path.rglob("*") if path.is_file()), "only encrypted"


def test_what_is_no_photo_is_refused_and_leaves_nothing(session: Session, tmp_path: Path) -> None:
    person = register(session)
    for content, code in ((b"no picture", "file.not_a_picture"), (b"%PDF-1.7", "file.picture_kind"), (b"", "file.not_a_picture")):
        refused(code, lambda content=content: photos.add(session, person=person, content=content))  # type: ignore[misc]
    refused("file.unreadable", lambda: photos.add_from(session, person=person, path=tmp_path / "nowhere.jpg"))
    assert page(session, person).photos == ()


def test_one_photo_stands_beside_the_name(session: Session) -> None:
    person = register(session)
    first, _ = photos.add(session, person=person, content=picture(colour="red"))
    second, _ = photos.add(session, person=person, content=picture(colour="blue"))
    photos.put_beside_name(session, photo=first)
    assert [(one.ref, one.main) for one in page(session, person).photos] == [(first, True), (second, False)]
    photos.put_beside_name(session, photo=second)
    assert [(one.ref, one.main) for one in page(session, person).photos] == [(second, True), (first, False)]
    history.undo(session)
    assert page(session, person).photos[0].ref == first
    photos.describe(session, photo=first, caption="  with  her son ")
    assert page(session, person).photos[0].caption == "with her son"
    photos.remove(session, photo=first)
    assert [one.ref for one in page(session, person).photos] == [second]
    history.undo(session)
    assert len(page(session, person).photos) == 2


def test_a_photo_of_a_wound_is_not_shown_beside_the_name(session: Session) -> None:
    person = register(session)
    photos.add(session, person=person, content=picture(), folder=Folder.HEALTH)
    assert [one.main for one in page(session, person).photos] == [False]


def test_an_erased_photo_is_gone_here_and_there(session: Session, other: Session, carry: Callable[[Session, Session], stick.Read]) -> None:
    person = register(session)
    photo, _ = photos.add(session, person=person, content=picture())
    carry(session, other)
    row = page(other, person).photos[0]
    assert row.here
    assert photos.small(other, file=row.file, side=32)
    photos.erase(session, photo=photo)
    assert page(session, person).photos == ()
    refused("file.missing", lambda: files.read(session, file=row.file))
    carry(session, other)
    assert page(other, person).photos == ()
    refused("file.missing", lambda: files.read(other, file=row.file))


def test_whether_they_agreed_is_known_before(session: Session) -> None:
    assert [photos.agreed(session, register(session, consent_photo=said)) for said in ("yes", "no", None)] == ["yes", "no", ""]


# ---- checking and risk -----------------------------------------------------------------------------------------------------


def test_checking_and_risk_are_read_by_coordinators_and_caseworkers(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    person = register(session)
    assessments.change(session, person=person, values={"verification": "doubtful", "verification_how": "two stories", "risk": "high"})
    for role in (Role.COORDINATOR, Role.CASEWORKER):
        seen = page(sign_in(role), person).assessment
        assert seen is not None
        assert {name: one.value for name, one in seen.items() if name != "person_code"} == {
            "verification": "doubtful", "verification_how": "two stories", "risk": "high",
        }
    for role in (Role.REGISTRAR, Role.MEDIC, Role.OBSERVER):
        desk = sign_in(role)
        shown = page(desk, person)
        assert shown.assessment is None
        assert not {"verification", "risk"} & shown.fields.keys()
        told = whole_history.everything(desk, person=person, language="en")
        assert not {"verification", "risk"} & {name for line in told for name in line.fields}
        assert all(b"two stories" not in bytes(str(row), "utf-8") for row in desk.journal(Folder.RECEPTION).database.execute(
            "SELECT state FROM journal_record"
        ).fetchall()), "it is not in what their passphrase opens"


def test_what_stood_on_the_person_moves(session: Session) -> None:
    person = register(session, verification="in_review", risk="low")
    before = page(session, person).assessment
    assert before is not None
    assert {name: one.value for name, one in before.items()} == {"verification": "in_review", "risk": "low"}
    assessments.change(session, person=person, values={"risk": "high"})
    after = page(session, person)
    assert after.assessment is not None
    assert (after.assessment["verification"].value, after.assessment["risk"].value) == ("in_review", "high")
    assert not {"verification", "risk"} & after.fields.keys()
    history.undo(session)
    assert page(session, person).fields["risk"].value == "low"


def test_two_sites_that_judge_differently_are_asked(session: Session, other: Session, carry: Callable[[Session, Session], stick.Read]) -> None:
    person = register(session)
    carry(session, other)
    assessments.change(session, person=person, values={"risk": "low", "verification": "verified"})
    assessments.change(other, person=person, values={"risk": "high"})
    carry(session, other)
    carry(other, session)
    for site in (session, other):
        seen = page(site, person).assessment
        assert seen is not None
        assert (seen["risk"].others, seen["verification"].value) == (1, "verified")
        asked = [one for one in history.conflicts(site) if one.kind == "assessment"]
        assert [(one.field.name, one.title, len(one.answers)) for one in asked] == [("risk", "အောင်မျိုး", 2)]
    one = next(one for one in history.conflicts(session) if one.kind == "assessment")
    history.settle(session, folder=one.folder, record=one.record, field="risk", value="high")
    carry(session, other)
    assert not [one for one in history.conflicts(other) if one.kind == "assessment"]
    assert page(other, person).assessment["risk"].value == "high"  # type: ignore[index]


# ---- two sites, two records ------------------------------------------------------------------------------------------------


def test_everything_travels_and_converges(session: Session, other: Session, carry: Callable[[Session, Session], stick.Read]) -> None:
    person = register(session)
    note, _ = notes.write(session, person=person, folder=Folder.CONTACTS, text="from the river", important=True)
    step, _ = steps.add(session, person=person, what="clinic", due="2020-05-01", who=caseworkers.me(session))
    photos.add(session, person=person, content=picture())
    carry(session, other)
    there = page(other, person)
    assert [one.text for one in there.notes] == ["from the river"]
    assert there.steps[0].who_name == "Coordinator, Riverside"
    assert there.notes[0].author.endswith(", Riverside")
    assert [one.step.what for one in steps.due(other)] == ["clinic"]
    steps.finish(other, step=step)
    steps.finish(session, step=step)
    notes.change(other, note=note, text="from the school")
    carry(other, session)
    carry(session, other)
    assert page(session, person).notes[0].text == "from the school"
    assert page(session, person).steps[0].done
    assert history.conflicts(session) == [], "done twice is done"
    for folder in Folder:
        assert session.journal(folder).state_hash() == other.journal(folder).state_hash()
        session.journal(folder).rebuild()
    assert page(session, person).notes[0].text == "from the school"


def test_two_records_made_one_show_what_both_had(session: Session) -> None:
    one, two = register(session, "Aung Myo"), register(session, "Aung Myoe")
    for person, text in ((one, "first"), (two, "second")):
        notes.write(session, person=person, folder=Folder.RECEPTION, text=text)
        steps.add(session, person=person, what=text, due="2020-01-01")
        photos.add(session, person=person, content=picture(colour="red" if person == one else "blue"))
    merging.merge(session, one=one, two=two, take={})
    for person in (one, two):
        seen = page(session, person)
        assert {note.text for note in seen.notes} == {step.what for step in seen.steps} == {"first", "second"}
        assert len(seen.photos) == 2
    assert {due.person for due in steps.due(session)} == {min(one, two)}
    told = whole_history.everything(session, person=one, language="en")
    assert {line.area for line in told} == {"person", "note", "step", "photo"}


# ---- history ---------------------------------------------------------------------------------------------------------------


def test_the_history_tells_every_field_with_who_and_when(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        home = save.create("household", {"code": codes.new()})
        save.create("left_behind", {"household": home.text(), "name": "Daw Mya"})
    person = register(session, household=home.text())
    note, _ = notes.write(session, person=person, folder=Folder.RECEPTION, text="a note")
    notes.remove(session, note=note)
    steps.add(session, person=person, what="a step")
    photos.add(session, person=person, content=picture())
    assessments.change(session, person=person, values={"risk": "high"})
    people.change_health(session, person=person, values={"allergies": "nuts"})
    people.change(session, record=home, values={"note": "a quiet family"})
    people.change(session, record=person, values={"township": "Hpa-An"})
    told = whole_history.everything(session, person=person, language="en")
    by_area = {(line.area, name) for line in told for name in line.fields}
    assert {
        ("person", "township"), ("person", "name"), ("household", "note"), ("left_behind", "name"), ("note", "text"), ("step", "what"),
        ("photo", "file"), ("assessment", "risk"), ("health", "allergies"),
    } <= by_area
    assert all(line.line.author == "Coordinator" and line.line.at for line in told)
    assert [line.line.at for line in told] == sorted((line.line.at for line in told), reverse=True)
    assert any(line.area == "note" and line.line.kind == "deleted" for line in told)
    registrar = whole_history.everything(sign_in(Role.REGISTRAR), person=person, language="my")
    assert {line.area for line in registrar} == {"person", "household", "left_behind", "note", "step", "photo"}


def test_restricted_answers_of_a_form_are_not_told_to_the_desk(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    person = register(session)
    opened = intake.begin_registration(session, person=person, language="en")
    opened.form.set("/data/safety/threat", "they came to the house")
    opened.form.set("/data/safety/afraid", "observed")
    intake.save_registration(session, opened=opened, section="/data/safety")
    assert "they came to the house" in str(whole_history.everything(session, person=person, language="en"))
    for role in (Role.REGISTRAR, Role.MEDIC, Role.OBSERVER):
        told = str(whole_history.everything(sign_in(role), person=person, language="en"))
        assert "they came to the house" not in told
        assert "need_afraid" not in told


def test_two_sites_that_write_a_note_anew_are_asked(session: Session, other: Session, carry: Callable[[Session, Session], stick.Read]) -> None:
    person = register(session)
    note, _ = notes.write(session, person=person, folder=Folder.CONTACTS, text="first")
    carry(session, other)
    notes.change(session, note=note, text="ours")
    notes.change(other, note=note, text="theirs")
    carry(other, session)
    assert [(one.text in ("ours", "theirs"), one.others) for one in page(session, person).notes] == [(True, 1)]
    asked = next(one for one in history.conflicts(session) if one.kind == "note")
    assert (asked.title, asked.field.name, {answer.value for answer in asked.answers}) == ("အောင်မျိုး", "text", {"ours", "theirs"})
    history.settle(session, folder=asked.folder, record=asked.record, field="text", value="both")
    carry(session, other)
    assert [(one.text, one.others) for one in page(other, person).notes] == [("both", 0)]
