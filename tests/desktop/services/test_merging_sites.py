"""Three sites make people and households one and two again, edit both, write people down in them and take things back, in any order, with all that
happens when a stick is read: they come to the same, come to rest, and nothing anybody said is gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import history, homes, late_answers, merging, people
from desktop.services.session import Session
from tests.desktop.services.test_merging import household, person
from tests.desktop.services.test_tracing_sites import three

__all__ = ["three"]
STEP = st.tuples(
    st.integers(0, 2), st.sampled_from(["merge", "unmerge", "edit", "homes", "part", "member", "undo", "share"]), st.integers(0, 2), st.integers(0, 2),
)
REFUSED = ("merge.same", "merge.not_joined", "undo.nothing", "record.missing")


@pytest.fixture(autouse=True)
def quiet(three: list[Session]) -> Iterator[None]:
    """What one example did cannot be taken back in the next."""
    yield
    for one in three:
        one.acts.clear()


def share(three: list[Session]) -> None:
    """Everybody reads everybody's news, as `stick.read_news` takes them in."""
    roots = [one.vault.site_public for one in three]
    for giver in three:
        for taker in three:
            if giver is not taker:
                mine, theirs = giver.journal(Folder.RECEPTION), taker.journal(Folder.RECEPTION)
                mine.checkpoint()
                received = theirs.receive(list(mine.chains_since(theirs.versions())), roots)
                late_answers.carry(taker, {*received.new, *received.changed})
                homes.settle_homes(taker)


def come_to_rest(three: list[Session]) -> None:
    """Share until nobody has anything new to write."""
    for _ in range(8):
        before = [dict(one.journal(Folder.RECEPTION).versions()) for one in three]
        share(three)
        if before == [dict(one.journal(Folder.RECEPTION).versions()) for one in three]:
            return
    raise AssertionError("the sites answer each other for ever")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=10))
def test_three_sites_agree_with_all_that_a_stick_brings(three: list[Session], steps: list[tuple[int, str, int, int]]) -> None:
    places = [household(three[at]) for at in range(3)]
    made = [person(three[at], {"name": f"Name {at}", "township": "Bago"}, places[at]) for at in range(3)]
    share(three)
    for session in three:
        session.acts.clear()
    said: set[str] = set()
    for number, (site, what, one, two) in enumerate(steps):
        try:
            step(three, three[site], what, (made[one], made[two], places[one], places[two]), f"{what} {number}", said)
        except UserError as error:
            if error.code not in REFUSED:
                raise
    come_to_rest(three)
    assert len({session.journal(Folder.RECEPTION).state_hash() for session in three}) == 1
    tables = [tables_of(session) for session in three]
    assert tables[0] == tables[1] == tables[2]
    for session in three:
        database = session.journal(Folder.RECEPTION).database
        astray = "SELECT count(*) FROM person_list WHERE household <> '' AND household NOT IN (SELECT record FROM household_list)"
        assert database.execute(astray).fetchone()[0] == 0, "everybody is in a household that is there"
    assert said <= told(three[0])


def step(three: list[Session], session: Session, what: str, about: tuple[RecordId, ...], text: str, said: set[str]) -> None:
    """One thing that somebody does."""
    one, two, home, other_home = about
    if what == "share":
        share(three)
    elif what == "undo":
        history.undo(session)
    elif what in ("merge", "homes"):
        pair = (one, two) if what == "merge" else (home, other_home)
        merging.merge(session, one=pair[0], two=pair[1], take={"name": "two"})
    elif what in ("unmerge", "part"):
        merging.unmerge(session, record=one if what == "unmerge" else home)
    elif what == "edit":
        said.add(text)
        people.change(session, record=one, values={"name": text, "note": text})
    else:
        said.add(text)
        person(session, {"name": text}, home)


def tables_of(session: Session) -> list[object]:
    database = session.journal(Folder.RECEPTION).database
    return [
        sorted(row[1:] for row in database.execute(f"SELECT * FROM {table}").fetchall())
        for table in ("person_list", "household_list", "merged_list")
    ]


def told(session: Session) -> set[str]:
    """Everything that any history of a person tells."""
    journal = session.journal(Folder.RECEPTION)
    records = [*journal.records("person"), *journal.records("person", deleted=True)]
    return {str(change.after) for record in records for line in journal.history(record) for change in line.changes}
