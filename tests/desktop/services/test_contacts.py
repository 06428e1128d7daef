from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import contacts, history
from desktop.services.session import Session


def soon(session: Session, hours: float) -> str:
    return (session.now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def add(session: Session, **values: Value) -> RecordId:
    return contacts.add(session, values=values)[0]


def test_contacts_stand_by_stage_and_then_the_latest_first(session: Session) -> None:
    add(session, call_name="Far", stage="considering", next_talk=soon(session, 30))
    add(session, call_name="Late", stage="on_the_way", next_talk=soon(session, -30), late_after_hours=2)
    add(session, call_name="Later", stage="on_the_way", next_talk=soon(session, -50))
    add(session, call_name="Patient", stage="on_the_way", next_talk=soon(session, -3), late_after_hours=12)
    add(session, call_name="Over", stage="closed", next_talk=soon(session, -99))
    rows = contacts.contacts(session)
    assert [(row.call_name, row.late_hours) for row in rows] == [("Later", 50), ("Late", 30), ("Patient", 0), ("Far", 0)]
    assert [row.call_name for row in contacts.contacts(session, stage="closed")] == ["Over"]
    assert len(contacts.contacts(session, stage="all")) == 5
    found = contacts.counts(session)
    assert (found["open"], found["late"], found["on_the_way"], found["closed"], found["arrived"]) == (4, 2, 3, 1, 0)


def test_contacts_are_found_by_name_number_and_code(session: Session) -> None:
    add(session, call_name="မောင်လှ", handle="09 000 123 456")
    add(session, call_name="Sister Nu", handle="nu.nu")
    row = contacts.contacts(session, query="sis")[0]
    for query, name in (("မောင်", "မောင်လှ"), ("မောင်လှ", "မောင်လှ"), ("123456", "မောင်လှ"), ("nu", "Sister Nu"), (row.code[:4], "Sister Nu")):
        assert [one.call_name for one in contacts.contacts(session, query=query)] == [name], query
    assert contacts.contacts(session, query="zzz") == []


def test_a_talk_is_one_save_with_the_next_time(session: Session) -> None:
    contact = add(session, call_name="Nu", agreed_words="green tea")
    when = soon(session, 5)
    changes = contacts.write_talk(session, contact=contact, words="They leave on Sunday.", next_talk=when, stage="on_the_way")
    assert changes.kinds == {"contact"}
    contacts.write_talk(session, contact=contact, words="They left.")
    page = contacts.page(session, contact=contact)
    assert [talk.words for talk in page.talks] == ["They left.", "They leave on Sunday."]
    assert (page.row.stage, page.row.next_talk) == ("on_the_way", when)
    assert page.fields["agreed_words"].value == "green tea"
    history.undo(session)
    history.undo(session)
    page = contacts.page(session, contact=contact)
    assert page.talks == ()
    assert (page.row.stage, page.row.next_talk) == ("first_contact", "")
    with pytest.raises(UserError, match=r"talk\.empty"):
        contacts.write_talk(session, contact=contact, words="  ")


def test_arriving_ends_the_waiting(session: Session) -> None:
    contact = add(session, call_name="Nu", next_talk=soon(session, -9))
    with pytest.raises(UserError, match=r"code\.mistyped"):
        contacts.arrived(session, contact=contact, person_code="AAAA-AAAA")
    contacts.arrived(session, contact=contact)
    row = contacts.page(session, contact=contact).row
    assert (row.stage, row.next_talk, row.late_hours) == ("arrived", "", 0)


def test_contacts_belong_to_those_who_can_open_them(sign_in: Callable[[Role], Session]) -> None:
    registrar = sign_in(Role.REGISTRAR)
    for call in (contacts.contacts, contacts.counts):
        with pytest.raises(UserError, match=r"folder\.locked"):
            call(registrar)
    with pytest.raises(UserError, match=r"folder\.locked"):
        contacts.add(registrar, values={"call_name": "Nu"})


def test_a_contact_needs_a_name_and_sensible_values(session: Session) -> None:
    with pytest.raises(UserError, match=r"values\.wrong"):
        add(session, stage="on_the_way")
    with pytest.raises(UserError, match=r"values\.wrong"):
        add(session, call_name="Nu", people=0)
    contact = add(session, call_name="Nu")
    assert contacts.change(session, contact=contact, values={"call_name": "Nu"}).records == frozenset()
