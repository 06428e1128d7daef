"""kill -9 while scanned pages are filed and their answers taken, and while a pad is made: nothing is half there, and no number goes out uncounted."""

from __future__ import annotations

import random
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.domain.folders import Folder
from desktop.services import form_library, intake, integrity, pads, scans, tick_answers
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.desktop.paper import pens
from tests.desktop.services.test_pads import pad
from tests.desktop.services.test_scans import care, filled_in
from tests.faults.killing import killed

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="kills by signal"), pytest.mark.usefixtures("quickly")]

ROUNDS, SHEETS, BATCH = 8, 10, 2
PASSPHRASE = "amber river stone lantern"


def opened(folder: Path) -> Session:
    return Session(Vault.open(folder, PASSPHRASE))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Vault.create(tmp_path / "vault", site="Riverside", name="Coordinator", passphrase=PASSPHRASE, hardness=FLOOR)[0].close()
    return tmp_path / "vault"


def pages_of(folder: Path, beside: Path) -> list[scans.Page]:
    """One crossed page of each sheet of a pad, as it was read."""
    session = opened(folder)
    paths = []
    for at, code in enumerate(care(session, SHEETS)):
        paths.append(beside / f"{at}.jpg")
        paths[-1].write_bytes(filled_in(session, code, {("2", 1): pens.CROSS}, seed=at))
    found = scans.read(paths, scans.ready(session))
    session.close()
    assert len(found.pages) == SHEETS
    return list(found.pages)


def test_filing_and_taking(folder: Path, tmp_path: Path) -> None:
    pages = pages_of(folder, tmp_path)
    chance, longest, cut = random.Random(5), 0.3, 0
    filed: dict[str, int] = {}
    took: set[str] = set()

    def work(tell: Connection) -> None:
        session = opened(folder)
        tell.send(("open", ()))
        for at in range(0, SHEETS, BATCH):
            scans.file(session, found=pages[at:at + BATCH])
            tell.send(("filed", tuple(one.code.code for one in pages[at:at + BATCH] if one.code is not None)))
            for scan in scans.lately(session):
                if not scan.read:
                    chosen = tick_answers.look(session, scan=scan.id, language="en").suggestions
                    tick_answers.take(session, scan=scan.id, chosen=chosen, language="en")
                    tell.send(("taken", (scan.code,)))
        tell.send(("done", ()))

    for _ in range(ROUNDS):
        told = killed(work, chance.uniform(0, longest))
        longest *= 1.3 if told[-1][0] != "done" else 0.7  # about half of the rounds are cut short, on any machine
        cut += told[-1][0] != "done"
        filed.update((code, 1) for what, codes in told if what == "filed" for code in codes)
        took |= {code for what, codes in told if what == "taken" for code in codes}
        session = opened(folder)
        there = scans.lately(session)
        assert len({one.code for one in there}) == len(there), "a page is not filed twice"
        assert set(filed) <= {one.code for one in there}
        assert len(there) % BATCH == 0, "half of what was filed together"
        assert all(scans.picture(session, scan=one.id) for one in there)
        assert took <= {one.code for one in there if one.read}
        begun = {intake.reopen(session, draft=row.id, language="en").code: row.id for row in intake.drafts(session)}
        assert len(begun) == len(intake.drafts(session)), "one form for one sheet"
        for one in there:
            if one.read:
                assert intake.reopen(session, draft=begun[one.code], language="en").form.node("/data/water").value == "yes"
        found = integrity.files(session)
        assert (found.damaged, found.awaited, found.unnamed) == ((), 0, ())
        assert not list(session.vault.files.folder.glob("*.part"))
        if told[-1][0] == "done":
            for row in intake.drafts(session):
                intake.discard(session, draft=row.id)
            for one in there:
                scans.delete(session, scan=one.id)
            filed.clear()
            took.clear()
        session.close()
    assert cut >= ROUNDS // 5


def test_making_pads(folder: Path, tmp_path: Path) -> None:
    chance, longest, cut = random.Random(6), 0.6, 0
    known: dict[str, str] = {}

    def work(tell: Connection, start: int) -> None:
        session = opened(folder)
        form = next(one.id for one in form_library.forms(session) if one.form_id == "arrival")
        tell.send(("open", "", ()))
        for _ in range(4):
            record, _ = pads.reserve(session, form=form, sheets=3)
            tell.send(("reserved", record.text(), tuple(row.code for row in pads.sheets(session, pad=record))))
            pads.save(session, pad=record, paper=pads.paper(session, pad=record), path=tmp_path / f"{record.text()}.pdf")
            tell.send(("out", record.text(), ()))
        tell.send(("done", "", ()))

    for round_ in range(ROUNDS):
        told = killed(lambda tell, start=4 * round_: work(tell, start), chance.uniform(0, longest))
        longest *= 1.3 if told[-1][0] != "done" else 0.7
        cut += told[-1][0] != "done"
        for what, record, codes in told:
            if what == "reserved":
                assert not known.keys() & set(codes)
                known.update(dict.fromkeys(codes, record))
        session = opened(folder)
        rows = {one.id.text(): pads.sheets(session, pad=one.id) for one in pads.pads(session)}
        every = [row.code for its in rows.values() for row in its]
        assert len(set(every)) == len(every), "no number stands on two sheets"
        assert all(len(its) == 3 for its in rows.values()), "half a pad"
        assert all(code in {row.code for row in rows[record]} for code, record in known.items())
        for path in tmp_path.glob("*.pdf"):
            assert all(row.copies for row in rows[path.stem]), "a sheet that is out there counts as printed"
        assert {record for what, record, _ in told if what == "out"} <= {path.stem for path in tmp_path.glob("*.pdf")}
        assert integrity.redraw(session) == ()
        session.close()
    assert cut >= ROUNDS // 5


def test_a_print_is_counted_before_it_goes_out(folder: Path) -> None:
    """Cut off between counting and printing: nobody may think that none is out there."""

    def work(tell: Connection) -> None:
        session = opened(folder)
        record, _ = pad(session, 3)
        made = pads.paper(session, pad=record)
        pads.note_printed(session, pad=record, pages=made.pages)
        tell.send(record.text())
        time.sleep(30)

    told = killed(work, 0.2)
    session = opened(folder)
    (found,) = pads.pads(session)
    assert (found.id.text(), found.copies) == (told[0], 1)
    assert session.journal(Folder.RECEPTION).kind(found.id) == "pad"
    assert pads.paper(session, pad=found.id).copy == 2
    session.close()
