"""Kept pages: the same one twice, erased for good, what was taken from one taken back; and a part of a pad printed again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Role
from desktop.services import files, history, intake, integrity, kept_pages, pads, papers, scans, stick, tick_answers
from desktop.services.session import Session
from tests.desktop.paper import pens
from tests.desktop.services.test_pads import entered, pad
from tests.desktop.services.test_scans import care, filled_in, kept

Carry = Callable[[Session, Session], stick.Read]


def refused(code: str, work: Callable[[], object]) -> None:
    with pytest.raises(UserError) as told:
        work()
    assert told.value.code == code


def sealed(session: Session) -> int:
    return sum(1 for one in session.vault.files.folder.iterdir() if one.is_file())


def test_an_erased_page_is_gone_here_and_there(session: Session, other: Session, carry: Carry, tmp_path: Path) -> None:
    code = care(session)[0]
    (scan,) = kept(session, tmp_path, filled_in(session, code, {}))
    carry(session, other)
    assert scans.picture(other, scan=scan.id)
    before = sealed(session), sealed(other)
    kept_pages.erase(session, scan=scan.id)
    assert scans.of_case(session, code=code) == []
    assert sealed(session) == before[0] - 1
    refused("record.missing", lambda: scans.picture(session, scan=scan.id))
    refused("file.missing", lambda: files.read(session, file=scan.file))
    refused("record.missing", lambda: kept_pages.erase(session, scan=scan.id))
    carry(session, other)
    assert scans.of_case(other, code=code) == []
    assert sealed(other) == before[1] - 1
    history.undo(session)  # of having filed it: nothing comes back
    assert scans.lately(session) == []
    refused("file.missing", lambda: files.read(session, file=scan.file))
    found = integrity.files(session)
    assert (found.damaged, found.awaited, found.unnamed) == ((), 0, ())


def test_a_page_that_was_taken_off_can_be_erased_and_scanned_anew(session: Session, tmp_path: Path) -> None:
    picture = filled_in(session, care(session)[0], {})
    (scan,) = kept(session, tmp_path, picture)
    assert kept_pages.taken_off(session) == ()
    scans.delete(session, scan=scan.id)
    (again,) = kept(session, tmp_path, picture)
    assert kept_pages.taken_off(session) == (scan.id,)
    kept_pages.erase(session, scan=scan.id)
    assert kept_pages.taken_off(session) == ()
    assert scans.picture(session, scan=again.id), "another page has the same picture"
    kept_pages.erase(session, scan=again.id)
    assert sealed(session) == 0


def test_only_coordinators_erase_pages(sign_in: Callable[[Role], Session], tmp_path: Path) -> None:
    session = sign_in(Role.COORDINATOR)
    (scan,) = kept(session, tmp_path, filled_in(session, care(session)[0], {}))
    for role in Role:
        if not role.coordinates:
            refused("role.not_allowed", lambda role=role: kept_pages.erase(sign_in(role), scan=scan.id))
    session = sign_in(Role.COORDINATOR)
    assert scans.picture(session, scan=scan.id)


def test_the_same_page_twice_is_told(session: Session, tmp_path: Path) -> None:
    one, two, _ = care(session)
    (first,) = kept(session, tmp_path, filled_in(session, one, {("2", 1): pens.CROSS}))
    (second,) = kept(session, tmp_path, filled_in(session, one, {("2", 1): pens.CROSS}, seed=2))
    (stranger,) = kept(session, tmp_path, filled_in(session, two, {}))
    (next_page,) = kept(session, tmp_path, filled_in(session, one, {}, page=2))
    assert [page.id for page in kept_pages.same_page(session, scan=second.id)] == [first.id]
    assert [page.id for page in kept_pages.same_page(session, scan=first.id)] == [second.id]
    assert kept_pages.same_page(session, scan=stranger.id) == kept_pages.same_page(session, scan=next_page.id) == []
    kept_pages.erase(session, scan=first.id)
    assert kept_pages.same_page(session, scan=second.id) == []
    assert scans.picture(session, scan=second.id)


def taken(session: Session, folder: Path) -> tuple[scans.Scan, tick_answers.Taken]:
    (scan,) = kept(session, folder, filled_in(session, care(session)[0], {("2", 1): pens.CROSS, ("3", 2): pens.CROSS}))
    found = tick_answers.look(session, scan=scan.id, language="en").suggestions
    return scan, tick_answers.take(session, scan=scan.id, chosen=found, language="en")[0]


def answers(session: Session, draft: str) -> tuple[str, ...]:
    form = intake.reopen(session, draft=draft, language="en").form
    return tuple(form.node(path).value for path in ("/data/village", "/data/water", "/data/need"))


def typed(session: Session, draft: str, **said: str) -> None:
    opened = intake.reopen(session, draft=draft, language="en")
    for name, text in said.items():
        opened.form.set(f"/data/{name}", text)
    intake.keep(session, opened=opened)


def test_ctrl_z_takes_the_answers_back_and_leaves_what_was_typed_since(session: Session, tmp_path: Path) -> None:
    scan, took = taken(session, tmp_path)
    draft = took.entry.draft
    assert answers(session, draft) == ("", "yes", "bed")
    typed(session, draft, village="Mae La", need="food")
    changes = history.undo(session)
    assert {"scan", "draft", tick_answers.TICKS} <= changes.kinds
    assert answers(session, draft) == ("Mae La", "", "food")
    assert not scans.scan(session, scan=scan.id).read


def test_ctrl_z_after_giving_back_touches_nothing(session: Session, tmp_path: Path) -> None:
    scan, took = taken(session, tmp_path)
    draft = took.entry.draft
    tick_answers.give_back(session, taken=took, language="en")
    typed(session, draft, water="yes")
    history.undo(session)
    assert answers(session, draft) == ("", "yes", "")
    assert not scans.scan(session, scan=scan.id).read


def test_a_session_in_which_answers_were_taken_ends_when_it_is_closed(sign_in: Callable[[Role], Session], tmp_path: Path) -> None:
    """What holds the store must not wait for somebody on another thread to sweep it up."""
    session = sign_in(Role.COORDINATOR)
    taken(session, tmp_path)
    session.close()
    assert session.acts == []


def test_ctrl_z_when_the_form_was_thrown_away(session: Session, tmp_path: Path) -> None:
    scan, took = taken(session, tmp_path)
    intake.discard(session, draft=took.entry.draft)
    history.undo(session)
    assert not scans.scan(session, scan=scan.id).read
    assert intake.drafts(session) == []


# -- a part of a pad


def words_of(made: papers.Paper) -> list[str]:
    document = pypdfium2.PdfDocument(made.pdf)
    return [document[at].get_textpage().get_text_range() for at in range(len(document))]


def test_a_part_of_a_pad_is_printed_again(session: Session) -> None:
    record, reserved = pad(session, 5)
    pads.note_printed(session, pad=record, pages=5)
    pads.count_back(session, sheets=[reserved[2]], state=pads.SPOILED)
    pads.count_back(session, sheets=[reserved[3]], state=pads.RETURNED)
    entered(session, reserved[4], "Ko Aung")
    assert pads.printed_before(session, pad=record, first=3, last=5) == 1
    made = pads.paper(session, pad=record, first=2, last=4)
    pads.note_printed(session, pad=record, pages=made.pages, first=2, last=4)
    rows = pads.sheets(session, pad=record)
    assert [row.copies for row in rows] == [1, 2, 2, 2, 1]
    assert [row.state for row in rows] == [pads.OUT, pads.OUT, pads.SPOILED, pads.OUT, pads.USED], "what came back went out again"
    assert pads.printed(session, pad=record) == 2
    whole = pads.paper(session, pad=record)
    marks = ["Copy 2" in page or "Copy 3" in page for page in words_of(whole)]
    each = whole.pages // 3
    assert marks == [True] * whole.pages
    assert ["Copy 3" in page for page in words_of(whole)] == [False] * each + [True] * (2 * each)
    assert whole.copy == 3
    refused("pads.nothing_left", lambda: pads.paper(session, pad=record, first=5, last=5))
    refused("pads.nothing_left", lambda: pads.paper(session, pad=record, first=4, last=3))


def test_sheets_printed_for_the_first_time_are_no_copies(session: Session) -> None:
    record, _ = pad(session, 4)
    pads.note_printed(session, pad=record, pages=2, first=1, last=2)
    assert pads.printed_before(session, pad=record, first=3, last=4) == 0
    made = pads.paper(session, pad=record, first=3, last=4)
    assert made.copy == 1
    assert not any(f"Copy {number}" in page for page in words_of(made) for number in range(9))


def test_a_pad_that_could_not_be_written_is_not_counted(session: Session, tmp_path: Path) -> None:
    record, reserved = pad(session, 2)
    pads.count_back(session, sheets=reserved[:1], state=pads.RETURNED)
    made = pads.paper(session, pad=record)
    with pytest.raises(KnownFault):
        pads.save(session, pad=record, paper=made, path=tmp_path / "not there" / "pad.pdf")
    assert [(row.state, row.copies) for row in pads.sheets(session, pad=record)] == [(pads.RETURNED, 0), (pads.OUT, 0)]
    pads.save(session, pad=record, paper=made, path=tmp_path / "pad.pdf")
    assert [(row.state, row.copies) for row in pads.sheets(session, pad=record)] == [(pads.OUT, 1), (pads.OUT, 1)]
