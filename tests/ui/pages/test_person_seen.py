"""The case file of somebody of whom little, much or something odd is known."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain import codes
from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.journal.devices import SHIFT
from desktop.services import edits, history, notes, people, photos, steps
from desktop.services.session import Session
from tests.ui.door import Recorded
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.pages.person.view import PersonView
from ui.widgets.buttons import Button
from ui.widgets.labels import OneLine
from ui.widgets.lists import CellTable, RowList


def picture(colour: str = "green") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (400, 300), colour).save(stream, "JPEG")
    return stream.getvalue()


def somebody(desk: Desk, **values: Value) -> RecordId:
    """Registered, with these values and no others."""

    def work(session: Session) -> RecordId:
        with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
            return save.create("person", {"code": codes.new(), "arrived": session.moment(), "state": "here", **values})

    found = desk.ask(work)
    assert isinstance(found, tuple)
    return RecordId(*found)


def do(desk: Desk, work: object) -> None:
    desk.shell.do(desk.window, work)  # type: ignore[arg-type]
    desk.rest()


def lines(desk: Desk, name: str) -> list[str]:
    model = desk.child(RowList, name).model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


# ---- days that are no days -------------------------------------------------------------------------------------------------


def as_after_a_lock(desk: Desk) -> None:
    """Only what was kept of a form that was left is there, and it is opened with it."""
    state = view(desk)._state
    state.half = type(state.half)(desk.shell, tuple(Folder))
    state.half.fetched.connect(state._go_on)
    state.edit = None
    state.editing.emit()
    state.half.fetch()
    desk.rest()
    assert state.edit is not None


@pytest.mark.parametrize(("due", "said"), [("2020-02-29", "29 February 2020"), ("2020-05", "May 2020"), ("2019", "2019"), ("2020-05-007", "7 May 2020")])
def test_a_step_of_a_month_stands_on_every_page(desk: Desk, due: str, said: str) -> None:
    person = somebody(desk, name="Naw Paw", review_on=due)

    def work(session: Session) -> object:
        with session.act("stick") as act, session.save(act, Folder.RECEPTION) as save:
            save.create("step", {"person_code": people.page(session, person=person).row.code, "what": "Clinic", "due": due})
        return act.changes

    do(desk, work)
    for tab in ("overview", "notes"):
        desk.go("person", person=person, tab=tab)
    table = desk.child(CellTable, "steps")
    assert table.model().index(0, 1).data() == said
    desk.go("people", query="Naw Paw")
    assert any(f"Clinic, {said}" in one.text() for one in desk.shell.page.findChildren(QLabel))  # type: ignore[union-attr]
    desk.go("today")
    listed = lines(desk, "today_list")
    assert sum(said in line for line in listed) == 2, "the step, and to look again"


# ---- at a glance -----------------------------------------------------------------------------------------------------------


def test_who_does_not_want_to_be_found_is_not_overlooked(desk: Desk) -> None:
    person = somebody(desk, name="Naw Paw", found_wish="never")
    for number in range(5):
        do(desk, lambda session, number=number: notes.write(session, person=person, folder=Folder.RECEPTION, text=f"never {number}", important=True)[1])
    desk.go("person", person=person)
    assert desk.text("care_found_words") == "They do not want to be found. Say nothing to whoever looks for them."
    assert desk.text("care_more_words") == "2 more notes that everybody must read: see Notes and steps."
    desk.go("people", query="Naw Paw")
    assert any("They do not want to be found" in one.text() for one in desk.shell.page.findChildren(QLabel))  # type: ignore[union-attr]
    do(desk, lambda session: people.change(session, record=person, values={"found_wish": "ask"}))
    desk.go("person", person=person)
    assert view(desk).findChild(QWidget, "care_found") is None


def view(desk: Desk) -> PersonView:
    return desk.child(PersonView, "page_person")


def test_what_may_be_said_to_whom_about_those_left_behind(desk: Desk) -> None:
    values = {"name": "Daw Mya", "say_others": "nothing", "say_them": "safe", "say_family": "ask"}

    def work(session: Session) -> RecordId:
        with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
            home = save.create("household", {"code": codes.new()})
            save.create("left_behind", {**values, "household": home.text()})
            return save.create("person", {"code": codes.new(), "name": "Naw Paw", "household": home.text(), "state": "here"})

    person = desk.ask(work)
    desk.go("person", person=person)
    told = desk.text("care_left_1_words")
    assert told == (
        "Daw Mya, left behind. If somebody asks: Nothing, not even that we know them  ·  To them: Only that they are safe  ·  "
        "To other family: Nothing before a caseworker was asked"
    )
    assert not desk.faults("left behind")


def test_of_a_bare_person_the_page_says_what_to_do(desk: Desk, keys: Keyboard) -> None:
    desk.go("person", person=somebody(desk))
    assert desk.text("person_name") == "No name yet"
    keys.tab_to("write_who").press("Space").rest()
    assert view(desk)._state.edit is not None
    keys.press("Escape").rest()
    assert not desk.faults("bare")
    desk.go("person", person=somebody(desk, name="Naw Paw", sex="woman"))
    assert view(desk).findChild(QWidget, "write_who") is None


def test_a_long_name_ends_in_dots(desk: Desk) -> None:
    name = "ဒေါ်ခင်မျိုးသန္တာဝင်း" * 4
    desk.go("person", person=somebody(desk, name=name, name_roman="W" * 80))
    desk.window.resize(1280, 650)
    desk.rest()
    for shown, whole in (("person_name", name), ("person_name_other", "W" * 80)):
        line = desk.child(OneLine, shown)
        assert (line.text(), line.accessibleName() or line.text()) == (whole, whole)
        assert line.fitting().endswith("…")
        assert line.fontMetrics().horizontalAdvance(line.fitting()) <= line.width()
    assert desk.window.width() == 1280


# ---- steps -----------------------------------------------------------------------------------------------------------------


def test_after_a_step_is_done_the_next_one_is_chosen_where_one_was(desk: Desk, keys: Keyboard) -> None:
    person = somebody(desk, name="Naw Paw")
    for number in range(40):
        do(desk, lambda session, number=number: steps.add(session, person=person, what=f"step {number}", due=f"2999-01-{number % 28 + 1:02}")[1])
    desk.go("person", person=person, tab="notes")
    table = desk.child(CellTable, "steps")
    table.choose_row(20)
    chosen, after = (str(table.model().index(at, 0).data()) for at in (20, 21))
    keys.tab_to("finish_step").rest()
    scrolled = table.verticalScrollBar().value()
    assert scrolled > 0
    keys.press("Space").rest()
    table = desk.child(CellTable, "steps")
    assert table.currentIndex().row() == 20
    assert str(table.currentIndex().data()) == after != chosen
    assert keys.at.objectName() == "finish_step"
    assert abs(table.verticalScrollBar().value() - scrolled) < 120
    desk.go("person", person=somebody(desk, name="Saw Htoo"), tab="notes")
    desk.go("person", person=person, tab="notes")
    assert desk.child(CellTable, "steps").currentIndex().row() == 0


def test_two_answers_about_a_step_lead_to_the_question(desk: Desk, keys: Keyboard) -> None:
    person = somebody(desk, name="Naw Paw")
    do(desk, lambda session: steps.add(session, person=person, what="Clinic", due="2999-01-01")[1])
    step = desk.person(person).steps[0].ref

    def elsewhere(session: Session) -> object:
        with session.journal(Folder.RECEPTION).save("") as save:  # an entry that did not know of the first answer
            save.another_answer(step.record, "due", "2999-01-03", [session.journal(Folder.RECEPTION).own.number << SHIFT | 1])
        return people.change(session, record=person, values={"township": "Hpa-An"})

    desk.go("person", person=person, tab="notes")
    assert not desk.child(Button, "differ_step").isVisible()
    do(desk, elsewhere)
    desk.go("person", person=person, tab="notes")
    assert "2 answers" in str(desk.child(CellTable, "steps").model().index(0, 3).data())
    keys.tab_to("differ_step").press("Space").rest()
    assert desk.shell.place == "answers"


def test_beside_the_list_of_people_stands_what_was_written_just_now(desk: Desk) -> None:
    person = somebody(desk, name="Naw Paw")
    desk.go("people", query="Naw Paw")

    def said() -> str:
        return " ".join(one.text() for one in desk.shell.page.findChildren(QLabel))  # type: ignore[union-attr]

    do(desk, lambda session: notes.write(session, person=person, folder=Folder.RECEPTION, text="never call", important=True)[1])
    assert "never call" in said()
    do(desk, lambda session: steps.add(session, person=person, what="Clinic")[1])
    assert "Clinic" in said()


# ---- photos ----------------------------------------------------------------------------------------------------------------


def test_a_photo_lies_where_it_was_said_though_the_page_is_read_anew(desk: Desk, keys: Keyboard, door: Recorded, tmp_path: Path) -> None:
    person = somebody(desk, name="Naw Paw")
    desk.go("person", person=person, tab="photos")
    keys.tab_to("photo_folder_contacts").press("Space").rest()
    do(desk, lambda session: people.change(session, record=person, values={"township": "Hpa-An"}))
    assert "Read by Naw Eh." in desk.text("photo_folder_readers_words")
    for colour in ("red", "blue"):
        (tmp_path / f"{colour}.jpg").write_bytes(picture(colour))
        door.paths = [tmp_path / f"{colour}.jpg"]
        keys.tab_to("photo_choose").press("Space").rest()
    assert [one.ref.folder for one in desk.person(person).photos] == [Folder.CONTACTS, Folder.CONTACTS]
    desk.go("person", person=somebody(desk, name="Saw Htoo"), tab="photos")
    assert "Thiri" in desk.text("photo_folder_readers_words"), "of somebody else it begins anew"


def test_a_damaged_photo_is_told_and_taken_off_and_erased(desk: Desk, keys: Keyboard, door: Recorded, qtbot: QtBot) -> None:
    person = somebody(desk, name="Naw Paw")
    do(desk, lambda session: photos.add(session, person=person, content=picture())[1])
    folder = desk.ask(lambda session: session.folder_path)
    kept = max((one for one in (folder / "files").rglob("*") if one.is_file()), key=lambda one: one.stat().st_mtime_ns)
    kept.write_bytes(b"\x00" * kept.stat().st_size)
    desk.go("person", person=person, tab="photos")
    keys.tab_to("photo_1").press("Return").rest()
    box = keys.at.window()
    assert box.findChild(QLabel, "look_picture").text() == "This file is damaged."  # type: ignore[union-attr]
    next(one for one in box.findChildren(Button) if one.text() == "Take off").click()
    desk.rest()
    assert desk.person(person).photos == ()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    door.answers = ["go"]
    keys.tab_to("erase_photos_off").press("Space").rest()
    assert [one.title for one in door.asked] == ["Erase this photo for good?"]
    assert not kept.exists()
    assert view(desk).findChild(QWidget, "erase_photos_off") is None


def test_who_may_not_erase_is_not_offered_it(registrar: Desk) -> None:
    person = somebody(registrar, name="Naw Paw")
    do(registrar, lambda session: photos.add(session, person=person, content=picture())[1])
    do(registrar, lambda session: photos.remove(session, photo=registrar_photo(session, person)))
    registrar.go("person", person=person, tab="photos")
    assert view(registrar).findChild(QWidget, "erase_photos_off") is None


def registrar_photo(session: Session, person: RecordId) -> photos.Ref:
    return people.page(session, person=person).photos[0].ref


# ---- a form that was open while others wrote ------------------------------------------------------------------------------


def test_a_note_whose_form_was_open_does_not_replace_a_newer_one(desk: Desk, keys: Keyboard) -> None:
    person = somebody(desk, name="Naw Paw")
    do(desk, lambda session: notes.write(session, person=person, folder=Folder.RECEPTION, text="first")[1])
    note = desk.person(person).notes[0].ref
    desk.go("person", person=person, tab="notes")
    keys.tab_to("change_note_1", 200).press("Space").rest()
    keys.press("Ctrl+A").write("ours").rest()
    do(desk, lambda session: notes.change(session, note=note, text="theirs", important=True))
    desk.go("today")
    keys.press("F2").rest()
    desk.go("person", person=person)
    keys.press("Ctrl+Return").rest()
    row = desk.person(person).notes[0]
    assert (row.important, row.others) == (True, 1), "both stand, and a person is asked"
    asked = desk.ask(lambda session: history.conflicts(session))
    assert [{answer.value for answer in one.answers} for one in asked] == [{"ours", "theirs"}]
    assert desk.child(Button, "differ_note_1").isVisible()


def test_what_was_seen_is_kept_with_what_is_half_typed(desk: Desk, keys: Keyboard) -> None:
    person = somebody(desk, name="Naw Paw")
    do(desk, lambda session: steps.add(session, person=person, what="Clinic", due="2999-01-01")[1])
    step = desk.person(person).steps[0].ref
    desk.go("person", person=person, tab="notes")
    keys.tab_to("change_step", 200).press("Space").rest()
    keys.press("Ctrl+A").write("Hospital").rest()
    state = view(desk)._state
    state.leave()
    desk.rest()
    do(desk, lambda session: steps.change(session, step=step, what="Surgery", due="2999-01-02"))
    as_after_a_lock(desk)
    keys.press("Ctrl+Return").rest()
    row = desk.person(person).steps[0]
    assert (row.due, row.differs) == ("2999-01-02", "what")
    assert desk.ask(lambda session: edits.kept(session, folder=Folder.RECEPTION)) == {}


@pytest.mark.parametrize("form", ["person", "household", "health"])
def test_what_came_while_the_form_was_open_stands_beside_what_is_typed(desk: Desk, keys: Keyboard, form: str) -> None:
    file = desk.family()
    person, field, (first, theirs, ours) = file.row.id, {"person": "township", "health": "allergies"}.get(form, "note"), ("Hpa-An", "Kawkareik", "Myawaddy")
    other: dict[str, Value] = {"person": {"destination": "Mae Sot"}, "household": {"came_alone": "no"}, "health": {"emergency": "no"}}[form]

    def save(said: str, **more: Value) -> None:
        def work(session: Session) -> Changes:
            if form == "health":
                return people.change_health(session, person=person, values={field: said, **more})
            record = file.household if form == "household" else person
            assert record is not None
            return people.change(session, record=record, values={field: said, **more})

        do(desk, work)

    def fields() -> dict[str, Value]:
        now = desk.person(person)
        shown = {"person": now.fields, "household": now.household_fields, "health": now.health or {}}[form]
        return {name: one.value for name, one in shown.items()}

    save(first)
    desk.go("person", person=person, tab={"person": "overview"}.get(form, form))
    keys.press("E").rest()
    keys.tab_to(f"field_{field}", 400).press("Ctrl+A").write(ours).rest()
    save(theirs, **other)
    keys.press("F2").rest()
    desk.go("today")
    desk.go("person", person=person)
    keys.press("Ctrl+Return").rest()
    assert fields() == {**fields(), **other}, "what was not touched stays as they wrote it"
    asked = [one for one in desk.ask(lambda session: history.conflicts(session)) if one.field.name == field]
    assert [{answer.value for answer in one.answers} for one in asked] == [{theirs, ours}], "both stand, and a person is asked"
    assert view(desk)._state.edit is None


def test_nothing_is_asked_where_only_one_volunteer_wrote(desk: Desk, keys: Keyboard) -> None:
    person = somebody(desk, name="Naw Paw", township="Hpa-An")
    before = desk.ask(lambda session: history.conflicts(session))
    desk.go("person", person=person)
    keys.press("E").rest()
    keys.tab_to("field_township", 400).press("Ctrl+A").write("Myawaddy").rest()
    do(desk, lambda session: people.change(session, record=person, values={"destination": "Mae Sot"}))
    keys.press("Ctrl+Return").rest()
    fields = desk.person(person).fields
    assert (fields["township"].value, fields["destination"].value) == ("Myawaddy", "Mae Sot")
    assert desk.ask(lambda session: history.conflicts(session)) == before
    keys.press("E").rest()
    keys.tab_to("field_township", 400).press("Ctrl+A").write("Kawkareik").rest()
    keys.press("Ctrl+Return").rest()
    assert desk.person(person).fields["township"].value == "Kawkareik"
    assert desk.ask(lambda session: history.conflicts(session)) == before, "what was seen before is forgotten with the form"


def test_a_silence_in_place_of_a_relationship_is_seen_as_it_stands(desk: Desk) -> None:
    home = desk.family().household
    assert home is not None
    person = somebody(desk, name="Naw Paw", household=home.text(), relationship=Silence.REFUSED)
    desk.go("person", person=person, tab="household")
    before = desk.ask(lambda session: history.conflicts(session))
    state = view(desk)._state
    state.begin("relationship", person)
    assert dict(state.known()) == {"relationship": Silence.REFUSED}
    state.save({"relationship": "son"})
    desk.rest()
    assert desk.person(person).fields["relationship"].value == "son"
    assert desk.ask(lambda session: history.conflicts(session)) == before


def test_an_empty_field_that_is_typed_in_was_seen_empty(desk: Desk, keys: Keyboard) -> None:
    person = somebody(desk, name="Naw Paw")
    desk.go("person", person=person)
    keys.press("E").rest()
    keys.tab_to("field_township", 400).write("Myawaddy").rest()
    state = view(desk)._state
    state.leave()
    desk.rest()
    do(desk, lambda session: people.change(session, record=person, values={"township": "Hpa-An"}))
    as_after_a_lock(desk)
    keys.press("Ctrl+Return").rest()
    assert desk.person(person).fields["township"].others == 1
    assert desk.ask(lambda session: edits.kept(session, folder=Folder.RECEPTION)) == {}


# ---- many steps --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "my"])
def test_with_many_steps_what_is_done_with_them_and_the_notes_are_in_reach(desk: Desk, keys: Keyboard, language: str) -> None:
    person = somebody(desk, name="Naw Paw")

    def work(session: Session) -> object:
        code = people.page(session, person=person).row.code
        with session.act("stick") as act, session.save(act, Folder.RECEPTION) as save:
            for number in range(300):
                save.create("step", {"person_code": code, "what": f"step {number:03}", "due": f"2999-01-{number % 28 + 1:02}"})
        return act.changes

    do(desk, work)
    desk.window.resize(1280, 650)
    if language == "my":
        keys.press("F2").rest()
    desk.go("person", person=person, tab="notes")
    area = desk.child(QScrollArea, "person_scroll")
    for name, below in (("finish_step", 0), ("add_step", 0), ("write_note", 100)):
        button = desk.child(Button, name)
        assert button.mapTo(area, button.rect().bottomLeft()).y() <= area.height() + below, name
    table = desk.child(CellTable, "steps")
    keys.tab_to("steps", 200)
    for _ in range(20):
        keys.press("Down")
    keys.rest()
    assert table.currentIndex().row() == 20
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex())), "the list follows the keyboard"
    keys.press("Down").rest()
    keys.tab_to("finish_step").press("Space").rest()
    table = desk.child(CellTable, "steps")
    assert table.currentIndex().row() == 21
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
