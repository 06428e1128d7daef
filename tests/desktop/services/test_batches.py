"""Papers of many people in one go."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.services import batches, papers, people
from desktop.services.progress import Cancelled
from desktop.services.session import Session
from tests.desktop.paper.test_documents import decoded
from tests.desktop.paper.test_text import copied


@pytest.fixture
def crowd(session: Session) -> list[RecordId]:
    """Three households of two, one and three people; the last came yesterday, and one more person has left."""
    made: list[RecordId] = []
    with session.act("arrival") as act, session.save(act, Folder.RECEPTION) as save:
        for size, day in ((2, session.today()), (1, session.today()), (3, "2026-01-02")):
            home = save.create("household", {"code": codes.new(), "arrived": f"{day}T09:00"})
            made += [
                save.create("person", {
                    "code": codes.new(), "household": home.text(), "state": "here", "arrived": f"{day}T09:00", "name": f"Secret Name{at}",
                }) for at in range(size)
            ]
        save.create("person", {"code": codes.new(), "state": "left", "arrived": f"{session.today()}T09:00", "name": "Gone Away"})
    return made


def code_of(session: Session, person: RecordId) -> str:
    return people.page(session, person=person).row.code


def test_who_can_be_chosen(session: Session, crowd: list[RecordId]) -> None:
    assert batches.arrived_today(session) == crowd[:3]
    assert batches.everybody_here(session) == crowd
    assert batches.household(session, person=crowd[4]) == crowd[3:]
    assert [one.code for one in batches.documents()][:1] == [papers.ARRIVAL_SLIP]
    assert all(one.about in ("person", "household") for one in batches.documents())


def test_slips_come_in_the_order_of_the_desk_and_name_nobody(session: Session, crowd: list[RecordId]) -> None:
    heard: list[tuple[int, int]] = []
    made = batches.make(
        session, people=[*crowd, crowd[0]], documents=[papers.ARRIVAL_SLIP], tally=False, progress=lambda done, total: heard.append((done, total)),
    )
    wanted = sorted(code_of(session, one) for one in crowd)
    assert [found[0].decode() for found in decoded(made.paper.pdf)] == wanted
    assert (made.people, made.without, made.paper.pages, made.paper.title) == (6, 0, 6, "D3")
    assert (made.paper.document.carry, made.paper.document.names_people) == ("carried", False)
    assert "Secret" not in copied(made.paper.pdf)
    assert heard == [(at, 6) for at in range(6)]


def test_households_stay_together_and_get_one_list_each(session: Session, crowd: list[RecordId]) -> None:
    made = batches.make(
        session, people=crowd, documents=[papers.HOUSEHOLD_LIST, papers.ARRIVAL_SLIP], order=batches.BY_HOUSEHOLD, paper_size="Letter",
    )
    rows = {one: people.page(session, person=one).row for one in crowd}
    order = sorted(crowd, key=lambda one: (rows[one].household_code, rows[one].code))
    slips = [person for person, document, *_ in made.given if document == papers.ARRIVAL_SLIP]
    lists = [person for person, document, *_ in made.given if document == papers.HOUSEHOLD_LIST]
    assert slips == order
    assert [rows[one].household_code for one in lists] == sorted({row.household_code for row in rows.values()})
    assert made.paper.pages == 6 + 3 + 1
    assert (made.paper.document.carry, made.paper.document.names_people) == ("kept", True)
    sums = copied(made.paper.pdf)[-900:]
    assert "Handing out" in sums
    for code in {row.household_code for row in rows.values()}:
        assert code[:4] in sums


def test_a_batch_is_counted_for_everybody_and_kept_in_the_audit(session: Session, crowd: list[RecordId]) -> None:
    made = batches.make(session, people=crowd, documents=[papers.ARRIVAL_SLIP, papers.HOUSEHOLD_LIST])
    changes = batches.note_printed(session, batch=made)
    assert changes.records == frozenset(crowd)
    assert all(papers.printed(session, document=papers.ARRIVAL_SLIP, person=one) == 1 for one in crowd)
    assert papers.printed(session, document=papers.HOUSEHOLD_LIST, person=crowd[4]) == 1
    action, about = next((line[2], line[3]) for line in session.vault.audited())
    assert (action, about) == ("printed.names", {"people": 6, "pages": made.paper.pages, "copies": 1, "saved": 0})
    again = batches.make(session, people=crowd[:1], documents=[papers.ARRIVAL_SLIP], tally=False)
    assert [copy for _, _, copy, _ in again.given] == [2]
    assert "Copy number 2" in copied(again.paper.pdf)


def test_the_same_pages_again_are_copies_and_receipts_keep_their_numbers(session: Session, crowd: list[RecordId]) -> None:
    wanted = [papers.ARRIVAL_SLIP, papers.STIPEND_RECEIPT]
    first = batches.make(session, people=crowd, documents=wanted, typed=RECEIPT)
    batches.note_printed(session, batch=first, copies=2)
    again = batches.make(session, people=crowd, documents=wanted, typed=RECEIPT, again=first.given)
    assert {copy for *_, copy, _ in again.given} == {3}
    assert [mark for *_, mark in again.given] == [mark for *_, mark in first.given]
    others = batches.make(session, people=crowd, documents=wanted, typed=RECEIPT)
    assert {(document, copy) for _, document, copy, _ in others.given} == {(papers.ARRIVAL_SLIP, 3), (papers.STIPEND_RECEIPT, 1)}


def test_what_nobody_began_is_left_out_and_told(session: Session, crowd: list[RecordId]) -> None:
    made = batches.make(session, people=crowd[:2], documents=[papers.ARRIVAL_SLIP, papers.REGISTRATION_FILLED])
    assert (made.people, made.without) == (2, 2)
    with pytest.raises(UserError, match=r"batch\.nothing"):
        batches.make(session, people=crowd[:2], documents=[papers.REGISTRATION_FILLED])


def test_refusals(session: Session, crowd: list[RecordId], monkeypatch: pytest.MonkeyPatch) -> None:
    for whom, documents in (([], [papers.ARRIVAL_SLIP]), (crowd, [])):
        with pytest.raises(UserError, match=r"batch\.nobody"):
            batches.make(session, people=whom, documents=documents)
    with pytest.raises(UserError, match=r"record\.missing"):
        batches.make(session, people=[RecordId(b"\1" * 32, 7)], documents=[papers.ARRIVAL_SLIP])
    monkeypatch.setattr(batches, "MOST", 5)
    with pytest.raises(UserError, match=r"batch\.too_many"):
        batches.make(session, people=crowd, documents=[papers.ARRIVAL_SLIP])


def test_a_stopped_batch_counts_nothing(session: Session, crowd: list[RecordId]) -> None:
    def stop(done: int, total: int) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        batches.make(session, people=crowd, documents=[papers.ARRIVAL_SLIP], progress=stop)
    assert papers.printed(session, document=papers.ARRIVAL_SLIP, person=crowd[0]) == 0


def test_those_who_only_read_cannot_count_it(sign_in: Callable[[Role], Session], crowd: list[RecordId]) -> None:
    observer = sign_in(Role.OBSERVER)
    made = batches.make(observer, people=crowd[:1], documents=[papers.ARRIVAL_SLIP])
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        batches.note_printed(observer, batch=made)


RECEIPT = {"amount": "200,000", "currency": "MMK", "for": "November", "way": "cash"}


def test_what_is_written_once_stands_on_all(session: Session, crowd: list[RecordId]) -> None:
    wanted = [papers.RATION_CARD, papers.BED_ASSIGNMENT, papers.STIPEND_RECEIPT]
    asks, before = batches.asks(session, documents=wanted)
    assert {one.key for one in asks} == {"card", "building", "room", "since", "look_again", "safe", "amount", "currency", "for", "way", "received"}
    made = batches.make(session, people=crowd, documents=wanted, typed={**before, **RECEIPT, "card": "d", "building": "3"}, order=batches.BY_HOUSEHOLD)
    assert [document for _, document, *_ in made.given].count(papers.RATION_CARD) == 3
    assert [document for _, document, *_ in made.given].count(papers.BED_ASSIGNMENT) == 3
    receipts = [mark for _, document, _, mark in made.given if document == papers.STIPEND_RECEIPT]
    assert len(set(receipts)) == len(crowd) == 6
    text = copied(made.paper.pdf)
    assert text.count("Two hundred thousand kyat only") == 6
    assert all(mark in text for mark in receipts)
    assert [f"Shares {many} Card D" in " ".join(text.split()) for many in (1, 2, 3, 4)] == [True, True, True, False]
    assert "Secret" not in text


def test_receipts_of_a_batch_are_counted_by_their_number(session: Session, crowd: list[RecordId]) -> None:
    made = batches.make(session, people=crowd[:1], documents=[papers.STIPEND_RECEIPT], typed=RECEIPT)
    batches.note_printed(session, batch=made)
    mark = made.given[0][3]
    assert papers.printed(session, document=papers.STIPEND_RECEIPT, person=crowd[0], mark=mark) == 1
    again = papers.make(session, document=papers.STIPEND_RECEIPT, person=crowd[0], typed={**RECEIPT, "number": mark})
    assert again.copy == 2
    assert batches.make(session, people=crowd[:1], documents=[papers.STIPEND_RECEIPT], typed=RECEIPT).given[0][2] == 1


def test_what_is_missing_is_told_before_anything_is_made(session: Session, crowd: list[RecordId]) -> None:
    with pytest.raises(UserError, match=r"paper\.ask_wrong"):
        batches.make(session, people=crowd, documents=[papers.RATION_CARD])


def test_strips_and_sheets_are_not_mixed(session: Session, crowd: list[RecordId]) -> None:
    made = batches.make(session, people=crowd, documents=[papers.THERMAL_SLIP])
    assert (made.paper.pages, made.paper.document.roll, made.paper.document.carry) == (6, True, "carried")
    with pytest.raises(UserError, match=r"batch\.roll"):
        batches.make(session, people=crowd, documents=[papers.THERMAL_SLIP, papers.ARRIVAL_SLIP])
