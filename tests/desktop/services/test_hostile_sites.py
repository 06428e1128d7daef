"""What a site that is trusted and dishonest, or newer than we are, can do to the pages of another one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.births import Birth
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import Stamp
from desktop.domain.values import Silence, Value
from desktop.forms.tree import MOST_INSTANCES
from desktop.journal import body as bodies
from desktop.journal.body import Body
from desktop.journal.devices import SHIFT
from desktop.services import arriving, children, contacts, families, guidance, history, intake, people, stick, today, tracing
from desktop.services.session import Session

Carry = Callable[[Session, Session], stick.Read]
FOLDERS = {
    "person": Folder.RECEPTION, "household": Folder.RECEPTION, "left_behind": Folder.RECEPTION, "contact": Folder.CONTACTS,
    "sheet": Folder.CONTACTS, "tracing": Folder.CONTACTS, "reply": Folder.CONTACTS, "child": Folder.CONTACTS,
    "health": Folder.HEALTH, "note": Folder.RECEPTION, "step": Folder.RECEPTION, "photo": Folder.RECEPTION, "assessment": Folder.CONTACTS,
}  # fmt: skip


def register(session: Session, **values: str) -> people.RecordId:
    """A person, without a form."""
    with session.journal(Folder.RECEPTION).save("arrival") as save:
        return save.create("person", {"code": "K7M42QXP", **values})


def test_claims_about_what_we_will_write_make_us_another_device(session: Session, other: Session, carry: Carry) -> None:
    person = register(session, name="Aung")
    carry(session, other)
    journal, own = other.journal(Folder.RECEPTION), session.vault.device.public
    ours = journal.devices.heard(own).number << SHIFT
    with journal._writing():
        replaces = [ours | number for number in range(2, 40)]
        key = journal.own.number << SHIFT | (journal.own.seq + 1)
        body = bodies.encode(Body(values={"name": "Nobody"}, replaces={"name": replaces}), key, ours | 1, journal.devices)
        journal.log.append(journal.own, ours | 1, journal.present(), "v", "", body)
    carry(other, session)
    assert session.vault.device.public != own
    people.change(session, record=person, values={"name": "Aung Myo"})
    assert people.page(session, person=person).fields["name"].value == "Aung Myo"
    assert register(session, name="Somebody new").device == session.vault.device.public
    carry(session, other)
    other.journal(Folder.RECEPTION).rebuild()
    assert session.journal(Folder.RECEPTION).state_hash() == other.journal(Folder.RECEPTION).state_hash()


def test_a_device_that_is_not_ours_alone_is_left_also_after_a_power_cut(session: Session) -> None:
    journal, own = session.journal(Folder.HEALTH), session.vault.device.public
    with journal._writing():
        journal.devices.spend(journal.own)
    session.forget()
    assert session.journal(Folder.RECEPTION).own.public == own
    assert session.journal(Folder.HEALTH).own.public != own
    assert session.journal(Folder.RECEPTION).own.public == session.vault.device.public != own


MISFITS: list[Value] = [
    "no such thing", "\x1b[31mred\n\t", "ဦး" * 300, 0, -1, 2**62, True, ["a", "b"], {"precision": "age", "years": "ten"},
    {"precision": "age", "years": 10**12, "told_on": "x"}, {"precision": "day", "born": "2020-99-99"}, {"precision": "year", "born": ""},
    {"precision": "soon"}, Silence.REFUSED, f"{'ab' * 32}-1", f"{'ab' * 32}-99999999999999999999", "9999-12-31T23:59",
    "0001-01-01T00:00+23:59", "2026-13-45",
]  # fmt: skip


def without_lists(session: Session) -> Session:
    """A site whose own program draws no lists, so that nothing holds it back."""
    for folder in Folder:
        session.journal(folder).projecting._by_kind.clear()
    return session


@pytest.mark.parametrize("value", [*MISFITS, "a set"], ids=range(len(MISFITS) + 1))
def test_values_that_no_field_can_hold_break_no_page(session: Session, other: Session, carry: Carry, value: Value) -> None:
    without_lists(other)
    made = {}
    for kind, fields in FIELDS.items():
        with other.journal(FOLDERS[kind]).save("") as save:
            made[kind] = save.create(kind, {} if value == "a set" else dict.fromkeys(fields, value))
            for name in fields if value == "a set" else ():
                save.add(made[kind], name, "one", "two")
    carry(other, session)
    for person in people.rows(session, keys=people.find(session, state="").keys, query="no"):
        people.page(session, person=person.id)
        people.history(session, record=person.id)
        intake.begin_registration(session, person=person.id, language="en")
        people.change_health(session, person=person.id, values={"note": "seen"})
    people.change(session, record=made["person"], values={"name": "Aung", "birth": Birth("year", "1990").value()})
    assert people.page(session, person=made["person"]).row.name == "Aung"
    people.history(session, record=made["household"])
    assert len(contacts.contacts(session, stage="all")) == 1
    contacts.page(session, contact=made["contact"])
    contacts.counts(session)
    guidance.sheets(session, old=True)
    guidance.page(session, sheet=made["sheet"])
    arriving.arriving(session)
    tracing.requests(session, state="")
    families.overview(session)
    children.case(session, record=made["child"])
    history.conflicts(session)
    today.today(session)
    session.journal(Folder.RECEPTION).rebuild()


def test_a_link_to_a_record_that_is_not_here_or_is_another_breaks_no_page(session: Session, other: Session, carry: Carry) -> None:
    own = other.vault.device.public
    for target in (Stamp(own, 999), Stamp(own, 1)):  # not written yet; the person itself
        person = register(other, name="Aung", household=target.text())
    carry(other, session)
    for row in people.rows(session, keys=people.find(session, state="").keys):
        assert people.page(session, person=row.id).household is None
    intake.begin_registration(session, person=person, language="en")


def test_nobody_is_shown_under_the_name_of_our_volunteer(session: Session, other: Session, carry: Carry) -> None:
    mine = session.author
    assert session.volunteer == "Coordinator"
    for author in (mine, "Coordinator"):
        other.journal(Folder.RECEPTION).author = author
        person = register(other, name="Aung")
    carry(other, session)
    for row in people.rows(session, keys=people.find(session, state="").keys):
        page = people.page(session, person=row.id)
        assert page.fields["name"].author in (f"{mine}, Hill School", "Coordinator, Hill School")
        (line,) = page.last_changes
        assert (line.author, line.site) in ((mine, "Hill School"), ("Coordinator", "Hill School"))
    assert people.page(session, person=person).row.site == "Hill School"


def test_a_filled_form_names_nobody_who_would_be_changed_or_taken_off_the_lists(session: Session, other: Session, carry: Carry) -> None:
    repeat = "/data/left/left_behind"
    with session.journal(Folder.RECEPTION).save("") as save:
        household = save.create("household", {"code": "AAAA0000"})
        person = save.create("person", {"code": "K7M42QXP", "name": "Aung", "household": household.text()})
        elsewhere = save.create("household", {"code": "BBBB0000"})
        victims = [
            save.create("person", {"code": "VVVV2QX1", "name": "Somebody else", "household": elsewhere.text()}),
            save.create("left_behind", {"name": "Somebody else", "household": elsewhere.text()}),
        ]
    carry(session, other)
    with other.journal(Folder.RECEPTION).save("") as save:
        answers = {"/data/left/has_left_behind": "yes", f"{repeat}[1]/left_name": "Mother", f"{repeat}[x]/left_name": "?"}
        records = {f"record:{repeat}[{at}]": victim.text() for at, victim in enumerate(victims, 1)}
        form = {"form": "registration", "version": "1", "person_code": "K7M42QXP", "sections": -3, f"repeat:{repeat}": 1}
        save.create("submission", {**form, **answers, **records})
    carry(other, session)
    opened = intake.begin_registration(session, person=person, language="en")
    assert opened.form.set("/data/left/has_left_behind", "yes") == ""
    at = opened.form.add(repeat)
    assert at == f"{repeat}[1]"
    for name, text in (("left_name", "Mother"), ("left_area", "the hills")):
        assert opened.form.set(f"{at}/{name}", text) == ""
    intake.save_registration(session, opened=opened, section="/data/left")
    assert opened.form.remove(at) == ""
    intake.save_registration(session, opened=opened, section="/data/left")
    for victim in victims:
        values = session.journal(Folder.RECEPTION).values(victim)
        assert (values["name"], set(values) - {"code"}) == ("Somebody else", {"name", "household"})
        assert not session.journal(Folder.RECEPTION).deleted(victim)
    assert people.page(session, person=person).left_behind == ()


def test_a_filled_form_with_too_many_instances_opens(session: Session, other: Session, carry: Carry) -> None:
    repeat = "/data/left/left_behind"
    person = register(other, name="Aung")
    form = {"form": "registration", "version": "1", "person_code": "K7M42QXP", "/data/left/has_left_behind": "yes"}
    with other.journal(Folder.RECEPTION).save("") as save:
        save.create("submission", {**form, f"repeat:{repeat}": 2**40})
    carry(other, session)
    opened = intake.begin_registration(session, person=person, language="en")
    assert len(opened.form.children("/data/left")) <= MOST_INSTANCES + 1
