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
