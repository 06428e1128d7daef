"""Three sites ask, answer, take back and end in any order: all come to the same, and what must not leave a place leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import history, sought, tracing
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.desktop.services.test_merging import person
from tests.desktop.services.test_tracing import SELF, SOUGHT, THERE
from tests.stretching import quick

STAYS = ("nothing", "other", "later")
OUT = ("contact", "alive")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Session]]:
    opened = []
    with quick():
        for at in range(3):
            folder = tmp_path_factory.mktemp(f"place{at}") / "vault"
            opened.append(Session(Vault.create(folder, site=f"Site {at}", name="Nan", passphrase="amber river stone lantern", hardness=FLOOR)[0]))
    yield opened
    for one in opened:
        one.close()


def share(sessions: list[Session]) -> None:
    roots = [one.vault.site_public for one in sessions]
    for _ in range(2):
        for giver in sessions:
            for taker in sessions:
                for folder in (Folder.RECEPTION, Folder.CONTACTS):
                    mine, theirs = giver.journal(folder), taker.journal(folder)
                    mine.checkpoint()
                    if giver is not taker:
                        theirs.receive(list(mine.chains_since(theirs.versions())), roots)


def told(session: Session) -> list[tuple[object, ...]]:
    """Everything that is shown of every request, but for whose it is and who is known here."""
    return sorted(
        (one.id, one.name, one.state, repr({name: shown.value for name, shown in one.fields.items()}), one.replies)
        for one in tracing.requests(session, state="")
    )


STEP = st.tuples(
    st.integers(0, 2), st.sampled_from([*STAYS, *OUT, "again", "undo", "end", "note", "told", "share"]), st.integers(0, 1), st.integers(0, 1),
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=10))
def test_all_sites_come_to_the_same_and_a_no_leaves_no_trace(three: list[Session], steps: list[tuple[int, str, int, int]]) -> None:
    people = {at: [person(three[at], THERE) for _ in range(2)] for at in range(3)}
    asked = [tracing.add(three[at], person=person(three[at], {"name": f"Ko {at}"}), values=SOUGHT)[0] for at in range(2)]
    share(three)
    given: dict[tuple[RecordId, RecordId], str] = {}
    for site, what, who, which in steps:
        session, one, record = three[site], people[site][who], asked[which]
        before = dict(session.journal(Folder.CONTACTS).versions())
        if what in OUT and given.get((record, one)) in OUT:
            continue  # the window offers to ask again first
        step(session, what, record, one, given, three)
        if what in STAYS:
            assert session.journal(Folder.CONTACTS).versions() == before
    share(three)
    states = [told(session) for session in three]
    assert states[0] == states[1] == states[2]
    assert len({session.journal(Folder.CONTACTS).state_hash() for session in three}) == 1
    for record in asked:
        replies = sorted(one.reply for one in tracing.request(three[2], record=record).replies)
        assert replies == sorted(verdict for (about, _), verdict in given.items() if about == record and verdict in OUT)
    for session in three:
        theirs = {one for at in range(3) if three[at] is not session for one in people[at]}
        assert not theirs & {match.person.id for match in sought.review(session)}


def step(
    session: Session, what: str, record: RecordId, one: RecordId, given: dict[tuple[RecordId, RecordId], str], three: list[Session]
) -> None:
    """One thing that somebody does; `given` is what then holds."""
    pair = (record, one)
    if what == "share":
        share(three)
    elif what == "end":
        tracing.end(session, record=record)
    elif what == "note":
        tracing.change(session, record=record, values={"may_say": "Ask gently."})
    elif what == "told":
        for reply in tracing.request(session, record=record).replies:
            tracing.passed_on(session, reply=reply.id)
    elif what == "later" and given.get(pair) not in OUT:
        sought.later(session, request=record, person=one, day="2099-01-01")
        given[pair] = "later"
    elif what in ("nothing", "other") and given.get(pair) not in OUT:
        if what == "other":
            sought.not_them(session, request=record, person=one)
        else:
            sought.answer(session, request=record, person=one, answer=what)
        given[pair] = what
    elif what in OUT:
        if tracing.request(session, record=record).state != "looking":
            with pytest.raises(UserError, match=r"tracing\.ended"):
                sought.answer(session, request=record, person=one, answer=what, asked=SELF)
            return
        sought.answer(session, request=record, person=one, answer=what, asked=SELF)
        given[pair] = what
    elif what == "again":
        sought.ask_again(session, request=record, person=one)
        given.pop(pair, None)
    elif what == "undo" and given.get(pair) not in OUT:
        sought.answer(session, request=record, person=one, answer="nothing")
        history.undo(session)
