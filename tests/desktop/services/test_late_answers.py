"""What somebody wrote at another site before hearing that two were made one is not lost sight of."""

from __future__ import annotations

import pytest

from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import history, merging, people
from desktop.services.session import Session
from tests.desktop.services.test_merging import Carry, _tables, person, values

LATE: dict[str, Value] = {"phone": "0998765432", "need_medicine": "self_reported", "name_roman": "Aung Myo Htet", "languages": ["ksw"]}


@pytest.fixture
def two(session: Session, other: Session, carry: Carry) -> tuple[RecordId, RecordId]:
    """Known at both sites."""
    found = person(session, {"name": "Aung", "township": "Hpa-An"}), person(session, {"name": "Bo", "township": "Bago"})
    carry(session, other)
    return found


def agree(session: Session, other: Session) -> None:
    assert _tables(session) == _tables(other)
    assert session.journal(Folder.RECEPTION).state_hash() == other.journal(Folder.RECEPTION).state_hash()


@pytest.mark.parametrize("first_heard", ["the late answers", "that they are one"])
def test_what_was_noted_meanwhile_comes_to_the_one_who_stands(
    session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId], first_heard: str
) -> None:
    stands, gone = two
    before = values(session, stands)
    merging.merge(session, one=stands, two=gone, take={})
    people.change(other, record=gone, values=LATE)
    ways = [(other, session), (session, other)] if first_heard == "the late answers" else [(session, other), (other, session)]
    for giver, taker in [*ways, *ways]:
        carry(giver, taker)
    agree(session, other)
    for here in (session, other):
        now = people.page(here, person=stands)
        assert (now.fields["phone"].value, now.row.needs) == ("0998765432", ("medicine",))
        assert set(now.fields["other_names"].value) == {"Bo", "Aung Myo Htet"}  # type: ignore[arg-type]
        assert now.fields["languages"].value == ("ksw",)
        assert now.fields["township"].others == 0
    size = len(session.journal(Folder.RECEPTION).history(stands))
    carry(other, session)
    assert len(session.journal(Folder.RECEPTION).history(stands)) == size
    merging.unmerge(session, record=gone)
    carry(session, other)
    agree(session, other)
    assert values(other, stands) == before
    assert values(other, gone)["phone"] == "0998765432"


def test_a_late_answer_beside_another_one_is_asked_about(session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId]) -> None:
    stands, gone = two
    merging.merge(session, one=stands, two=gone, take={})
    people.change(other, record=gone, values={"township": "Loikaw"})
    carry(other, session)
    carry(session, other)
    agree(session, other)
    found = [one for one in history.conflicts(session) if one.record == stands]
    assert [(one.field.name, {answer.value for answer in one.answers}) for one in found] == [("township", {"Hpa-An", "Loikaw"})]
    merging.unmerge(other, record=gone)
    carry(other, session)
    agree(session, other)
    assert values(session, stands)["township"] == "Hpa-An"
    assert [one for one in history.conflicts(session) if one.record == stands] == []


def test_a_late_answer_takes_the_place_of_what_it_was_chosen_from(session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId]) -> None:
    stands, gone = two
    merging.merge(session, one=stands, two=gone, take={"township": "two"})
    people.change(other, record=gone, values={"township": "Loikaw"})
    carry(other, session)
    assert values(session, stands)["township"] == "Loikaw"
    carry(session, other)
    agree(session, other)


def _said_at(session: Session, record: RecordId, name: str) -> tuple[str, str]:
    shown = people.page(session, person=record).fields[name]
    return shown.author, shown.at


def _teacher(session: Session, other: Session) -> str:
    """How the volunteer of the other site is called here."""
    return session.writer(other.author, other.vault.site_public)


def test_who_gave_an_answer_late_is_named_and_not_who_read_the_stick(
    session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId]
) -> None:
    stands, gone = two
    merging.merge(session, one=stands, two=gone, take={})
    people.change(other, record=gone, values=LATE)
    given = {name: _said_at(other, gone, name)[1] for name in ("phone", "languages")}
    carry(other, session)
    carry(session, other)
    for name in ("phone", "languages"):
        assert _said_at(session, stands, name) == (_teacher(session, other), given[name])
        assert _said_at(other, stands, name) == ("Teacher", given[name])
    assert _said_at(session, stands, "other_names")[0] == _teacher(session, other)
    told = [line for line in people.history(session, record=stands) if any(name == "phone" for name, _, _ in line.fields)]
    assert [(line.author, line.site) for line in told] == [(other.author, "Hill School")]
    merging.unmerge(session, record=gone)  # what was brought and taken back stays in the history of the one it was brought to
    brought = [line for line in people.history(session, record=stands) if ("phone", None, "0998765432") in line.fields]
    assert [(line.author, line.site, line.undone) for line in brought] == [(other.author, "Hill School", True)]


def test_two_answers_of_which_one_came_late_name_both_givers(
    session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId]
) -> None:
    stands, gone = two
    merging.merge(session, one=stands, two=gone, take={})
    people.change(other, record=gone, values={"township": "Loikaw"})
    carry(other, session)
    (found,) = (one for one in history.conflicts(session) if one.record == stands)
    assert {answer.value: (answer.author, answer.site) for answer in found.answers} == {
        "Hpa-An": ("Coordinator", ""), "Loikaw": (other.author, "Hill School"),
    }


def test_what_was_chosen_when_two_were_made_one_is_by_whoever_gave_it(session: Session, other: Session, carry: Carry) -> None:
    mine = person(session, {"name": "Aung", "township": "Hpa-An"})
    theirs = person(other, {"name": "Aung", "township": "Bago", "phone": "0998765432"})
    carry(other, session)
    stands, _ = merging.merge(session, one=mine, two=theirs, take={"township": "two"})
    assert _said_at(session, stands, "phone")[0] == _said_at(session, stands, "township")[0] == _teacher(session, other)
    assert people.page(session, person=stands).fields["township"].value == "Bago"


def test_late_answers_that_went_two_ways_lead_back_to_who_gave_them(session: Session, other: Session, carry: Carry) -> None:
    first, second, third = (person(session, {"name": name}) for name in ("Aung", "Bo", "Cho"))
    carry(session, other)
    merging.merge(session, one=second, two=third, take={})
    people.change(other, record=third, values={"phone": "0998765432"})
    carry(other, session)
    merging.merge(session, one=first, two=second, take={})
    assert _said_at(session, first, "phone")[0] == _teacher(session, other)
