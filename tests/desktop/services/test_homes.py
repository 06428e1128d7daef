"""Two sites change households at the same time: everybody is in one that is on the lists, with its number."""

from __future__ import annotations

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import history, merging, people
from desktop.services.listing import PersonRow
from desktop.services.session import Session
from tests.desktop.services.test_merging import Carry, code, household, listed, person


def row(session: Session, record: RecordId) -> PersonRow:
    return people.page(session, person=record).row


def agree(session: Session, other: Session, carry: Carry) -> None:
    for giver, taker in ((other, session), (session, other), (other, session)):
        carry(giver, taker)
    assert session.journal(Folder.RECEPTION).state_hash() == other.journal(Folder.RECEPTION).state_hash()


@pytest.fixture
def two(session: Session, other: Session, carry: Carry) -> tuple[RecordId, RecordId]:
    """Households with one person each, known at both sites."""
    found = household(session), household(session)
    for home, name in zip(found, ("Aye", "Bo")):
        person(session, {"name": name}, home)
    carry(session, other)
    return found


def test_who_is_written_into_a_household_that_was_made_one_with_another(
    session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId]
) -> None:
    stands, gone = two
    merging.merge(session, one=stands, two=gone, take={})
    late = person(other, {"name": "Cho"}, gone)
    agree(session, other, carry)
    for here in (session, other):
        assert (row(here, late).household_code, row(here, late).household_size) == (code(here, stands), 3)
        assert {member.person.name for member in people.page(here, person=late).members} == {"Aye", "Bo"}
        assert set(listed(here, code(here, gone))) == set(listed(here, code(here, stands))), "papers with either number find the family"
        assert len(listed(here, code(here, gone))) == 3
    merging.unmerge(session, record=gone)
    assert {member.person.name for member in people.page(session, person=late).members} == {"Bo"}


def test_who_is_written_into_a_household_that_was_taken_back(session: Session, other: Session, carry: Carry) -> None:
    home = household(session)
    carry(session, other)
    late = person(other, {"name": "Cho"}, home)
    history.undo(session)
    assert session.journal(Folder.RECEPTION).deleted(home)
    agree(session, other, carry)
    for here in (session, other):
        assert row(here, late).household_code == code(here, home)
        people.change(here, record=home, values={"came_alone": "yes"})


def test_a_household_into_which_another_went_stays_as_long_as_somebody_is_in_it(
    session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId]
) -> None:
    stands, gone = two
    merging.merge(session, one=stands, two=gone, take={})
    with other.journal(Folder.RECEPTION).save("") as save:
        save.delete(stands)
    agree(session, other, carry)
    (asked,) = (one for one in history.conflicts(session) if one.record == stands)
    with pytest.raises(UserError, match=r"household\.has_people"):
        history.settle(session, folder=Folder.RECEPTION, record=stands, field=asked.field.name, value=True)
    history.settle(session, folder=Folder.RECEPTION, record=stands, field=asked.field.name, value=False)
    agree(session, other, carry)
    assert {row(other, one).household_code for one in listed(other)} == {code(other, stands)}


def test_one_that_another_program_took_off_comes_back(session: Session, other: Session, carry: Carry, two: tuple[RecordId, RecordId]) -> None:
    stands, gone = two
    merging.merge(session, one=stands, two=gone, take={})
    carry(session, other)
    with other.journal(Folder.RECEPTION).save("") as save:
        save.delete(stands)
    carry(other, session)
    assert {(row(session, one).household_code, row(session, one).household_size) for one in listed(session)} == {(code(session, stands), 2)}
    agree(session, other, carry)
    size = dict(session.journal(Folder.RECEPTION).versions())
    agree(session, other, carry)
    assert dict(session.journal(Folder.RECEPTION).versions()) == size, "nobody writes it again"
