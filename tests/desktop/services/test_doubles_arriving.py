"""An arrival card of somebody who is registered already: saved and made one with them in one act; and what pages tell of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.services import history, intake, merging, people, today, twice
from desktop.services.intake import Open
from desktop.services.session import Session
from desktop.services.standing import standing
from tests.desktop.services.test_merging import Carry, code, household, listed, person, values


def card(session: Session, **answers: str) -> Open:
    opened = intake.begin_arrival(session, language="en")
    for name, text in answers.items():
        assert not opened.form.set(f"/data/{name}", text)
    return opened


@pytest.fixture
def known(session: Session) -> RecordId:
    return person(session, {
        "name": "အောင်မျိုးထက်", "father_name": "U Ba", "township": "Hpa-An", "state": "left", "need_bed": "met", "phone": "0912345678",
    }, household(session))


def test_the_card_of_today_and_what_was_known_become_one(session: Session, known: RecordId) -> None:
    opened = card(session, name="Aung Myo Htet", father_name="U Ba Than", call_name="Ko Htet", needs="bed sick")
    made, changes = intake.save_arrival(session, opened=opened, same_as=known)
    assert (made.person, made.code, made.joined) == (known, code(session, known), True)
    assert listed(session) == [known]
    now = values(session, known)
    assert (now["name"], now["father_name"], now["township"], now["phone"]) == ("အောင်မျိုးထက်", "U Ba", "Hpa-An", "0912345678")
    assert (now["call_name"], now["state"], now["token"], now["household"]) == ("Ko Htet", "here", made.token, made.household.text())
    assert (now["need_bed"], now["need_sick"], now["relationship"]) == ("self_reported", "self_reported", "focal")
    assert now["arrived"] == session.moment()
    assert "Aung Myo Htet" in now["other_names"]  # type: ignore[operator]
    assert "person" in changes.kinds
    assert intake.drafts(session) == []


def test_ctrl_z_takes_the_arrival_and_the_joining_back_as_one(session: Session, known: RecordId) -> None:
    before = values(session, known)
    intake.save_arrival(session, opened=card(session, name="Aung Myo Htet"), same_as=known)
    assert history.undoable(session) == "arrival"
    history.undo(session)
    assert values(session, known) == before
    assert people.find(session, state="").total == 1


def test_made_two_again_the_card_is_a_person_of_its_own(session: Session, known: RecordId) -> None:
    before = values(session, known)
    intake.save_arrival(session, opened=card(session, name="Aung Myo Htet", father_name="U Ba Than"), same_as=known)
    row = merging.merged(session, record=known)[0]
    assert (row.name, row.author, row.site) == ("Aung Myo Htet", "Coordinator", "")
    assert people.page(session, person=known).made_one == (row,)
    merging.unmerge(session, record=row.id)
    assert values(session, known) == before
    assert values(session, row.id)["father_name"] == "U Ba Than"
    assert people.page(session, person=row.id).row.state == "here"
    kinds = [line.kind for line in people.history(session, record=known)]
    assert kinds[0] == "parted"
    assert "joined" in kinds


def test_of_a_person_from_another_site_whoever_stands_gives_the_code(session: Session, other: Session, carry: Carry) -> None:
    there = person(other, {"name": "Saw Bwe Htoo", "father_name": "Saw Eh"})
    carry(other, session)
    made, _ = intake.save_arrival(session, opened=card(session, name="စောဘွဲထူး", father_name="စောအဲ"), same_as=there)
    assert made.person == standing(session, there)
    assert made.code == code(session, made.person)
    now = values(session, made.person)
    assert (now["name"], now["father_name"], now["token"], now["state"]) == ("Saw Bwe Htoo", "Saw Eh", made.token, "here")
    carry(session, other)
    assert values(other, made.person) == now


def test_a_card_that_cannot_be_joined_is_not_saved_either(session: Session, known: RecordId) -> None:
    opened = card(session, name="Aung Myo Htet")
    intake.keep(session, opened=opened)
    home = household(session)
    with pytest.raises(UserError, match=r"merge\.kinds"):
        intake.save_arrival(session, opened=opened, same_as=home)
    assert people.find(session, state="").total == 1
    assert len(intake.drafts(session)) == 1
    made, _ = intake.save_arrival(session, opened=opened, same_as=known)
    assert made.person == known


def test_who_the_card_is_of_stays_in_the_draft(session: Session, known: RecordId) -> None:
    from dataclasses import replace

    opened = replace(card(session, name="Aung"), same_as=known)
    intake.keep(session, opened=opened)
    assert intake.reopen(session, draft=opened.draft, language="my").same_as == known


def test_history_of_both_is_one(session: Session, known: RecordId) -> None:
    again = person(session, {"name": "Aung Myo Htet"})
    people.change(session, record=again, values={"skills": "Carpenter"})
    merging.merge(session, one=known, two=again, take={})
    lines = people.history(session, record=known)
    assert [line.kind for line in lines].count("joined") == 1
    assert [line.kind for line in lines].count("created") == 2
    assert any(name == "skills" and after == "Carpenter" for line in lines for name, _, after in line.fields)


def test_what_is_proposed_for_each_field(session: Session) -> None:
    first = person(session, {"name": "Aung", "phone": "0911111111", "township": "Hpa-An"})
    second = person(session, {"name": "Aung Myo", "phone": "0922222222", "township": "Loikaw"})
    people.change(session, record=second, values={"phone": "0933333333"})
    later = {choice.field.name: choice.later for choice in merging.plan(session, one=first, two=second).choices if choice.differ}
    assert later["phone"]
    assert not later["name"]
    assert not later["township"]


def test_today_counts_pairs_once_somebody_looked(session: Session, known: RecordId) -> None:
    assert today.today(session).doubles is None
    assert twice.soon(session)
    again = person(session, {"name": "Aung Myo Htet", "phone": "0912345678", "township": "Hpa-An"})
    third = person(session, {"name": "Khin Thandar Oo", "phone": "0955555555"})
    assert [{one.one.id, one.two.id} for one in twice.review(session)] == [{known, again}]
    assert today.today(session).doubles == 1
    people.change(session, record=third, values={"name": "Aung Myo Htet", "phone": "0912345678", "township": "Hpa-An"})
    assert twice.among(session, records=[third]) == 2
    assert today.today(session).doubles == 3
    twice.keep_apart(session, one=known, two=again)
    assert today.today(session).doubles == 2
    merging.merge(session, one=known, two=third, take={})
    assert today.today(session).doubles == 0
    history.undo(session)
    history.undo(session)
    assert len(twice.review(session)) == 3


def test_a_review_that_was_stopped_begins_again(session: Session, known: RecordId) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        raise Stopped

    person(session, {"name": "Aung Myo Htet", "phone": "0912345678"})
    with pytest.raises(Stopped):
        twice.review(session, progress=stop)
    assert twice.waiting(session) is None
    assert len(twice.review(session)) == 1


def test_an_observer_changes_nothing(session: Session, known: RecordId, sign_in: Callable[[Role], Session]) -> None:
    again = person(session, {"name": "Aung Myo Htet", "phone": "0912345678"})
    third = person(session, {"name": "Khin"})
    merging.merge(session, one=known, two=third, take={})
    reader = sign_in(Role.OBSERVER)
    assert len(twice.review(reader)) == 1
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        merging.merge(reader, one=known, two=again, take={})
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        twice.keep_apart(reader, one=known, two=again)
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        merging.unmerge(reader, record=third)
    assert reader.journal(Folder.RECEPTION).values(again)["name"] == "Aung Myo Htet"
