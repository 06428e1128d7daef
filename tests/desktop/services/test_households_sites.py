"""Three sites make heads, part households and move people in any order: all come to the same, and everybody is in one household."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import history, households, people
from desktop.services.session import Session
from tests.desktop.services.test_households import family
from tests.desktop.services.test_tracing_sites import share, three

__all__ = ["three"]
STEP = st.tuples(st.integers(0, 2), st.sampled_from(["head", "split", "move", "undo", "share"]), st.integers(0, 4), st.integers(0, 4))


@pytest.fixture(autouse=True)
def quiet(three: list[Session]) -> Iterator[None]:
    """What one example did cannot be taken back in the next."""
    yield
    for one in three:
        one.acts.clear()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=8))
def test_three_sites_agree_who_is_of_which_household(three: list[Session], steps: list[tuple[int, str, int, int]]) -> None:
    found = family(three[0], {
        "Aung": ("focal", "man", 40), "Hla": ("wife", "woman", 38), "Min": ("son", "man", 12), "Nwe": ("daughter", "woman", 9),
    })
    other = family(three[0], {"Thida": ("focal", "woman", 30)})
    everybody = [found[name] for name in ("Aung", "Hla", "Min", "Nwe")] + [other["Thida"]]
    share(three)
    for session in three:
        session.acts.clear()
    for site, what, one, two in steps:
        try:
            step(three, three[site], what, everybody[one], everybody[two])
        except UserError as error:
            if not error.code.startswith(("household.", "undo.")):
                raise
    share(three)
    homes = [{person: households.home_of(session, person) for person in everybody} for session in three]
    assert homes[0] == homes[1] == homes[2]
    for session in three:
        for person, home in homes[0].items():
            assert person in {member.person.id for member in people.household(session, record=home)}
    assert len({session.journal(Folder.RECEPTION).state_hash() for session in three}) == 1
    assert all(question.answers for session in three for question in history.conflicts(session))


def step(three: list[Session], session: Session, what: str, one: RecordId, two: RecordId) -> None:
    """One thing that somebody does."""
    if what == "share":
        share(three)
    elif what == "head":
        households.make_head(session, person=one)
    elif what == "split":
        households.split(session, people=[one], head=one)
    elif what == "move":
        households.move(session, people=[one], to=households.home_of(session, two))
    else:
        history.undo(session)
