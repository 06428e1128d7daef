"""Scanned pages: what is not read by itself is said, and a file that would fill the memory is held by the process that opens it."""

from __future__ import annotations

import zlib
from pathlib import Path

from desktop.services import form_library, pads, scans, tick_answers
from desktop.services.session import Session
from tests.benchmarks.table import peak_megabytes
from tests.desktop.services.any_forms import compiled, named, table
from tests.desktop.services.test_scans import CARE, CHOICES, _pdf, care, filled_in, kept, written


def test_a_page_with_lines_for_several_says_that_they_are_to_be_typed(session: Session, tmp_path: Path) -> None:
    code = care(session, 1)[0]
    (scan,) = kept(session, tmp_path, filled_in(session, code, {}))
    found = tick_answers.look(session, scan=scan.id, language="en")
    assert found.readable
    assert found.repeated
    assert found.suggestions == ()
    stored, _ = form_library.add(session, compiled=compiled(table(*CARE[:6]), CHOICES, named("short", "1", "Short")))
    record, _ = pads.reserve(session, form=stored.id, sheets=1)
    (scan,) = kept(session, tmp_path, filled_in(session, pads.sheets(session, pad=record)[0].code, {}))
    assert not tick_answers.look(session, scan=scan.id, language="en").repeated


def test_a_pdf_that_unpacks_to_gigabytes_takes_no_memory_of_the_program(session: Session, tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    piece = [packer.compress(b" " * (16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)]
    packed = piece[0] + piece[1] * 180
    body = b"0 0 9 9 re f"
    plain = b"<</Length %d>>stream\n" % len(body) + body
    bomb = _pdf(body).replace(plain, b"<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed)
    good = care(session, 1)[0]
    before = peak_megabytes()
    reading = scans.read(written(tmp_path, bomb, filled_in(session, good, {}), name=".bin"), scans.ready(session))
    assert [error.code for _, error in reading.troubles] == ["scan.unreadable"]
    assert [page.code.code for page in reading.pages if page.code] == [good]
    assert peak_megabytes() - before < 500
