"""Workbooks damaged at random: each gives a form or a sentence, soon, and never a trace."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

import pytest

from desktop.forms import loading
from desktop.forms.importing import Import, look
from desktop.forms.loading import load
from desktop.resources import folder
from desktop.words.form_findings import finding, place
from tests.desktop.forms.importing.books import rows, xls, xlsx
from tests.desktop.forms.importing.damage import OWN, Sheets, damaged, damaged_xml, sheets_of
from tests.tree import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "xlsforms"
LONGEST = 5.0  # seconds of work, on a slow machine


def checked(source: bytes) -> Import:
    """Look at it as the window does: everything that is told has its words; what is accepted works."""
    began = time.process_time()
    found = look(source, "form.xlsx")
    assert time.process_time() - began < LONGEST
    told = [(one.code, one.fields, one) for one in found.refusals] + [(one.what_code, one.fields, one) for one in found.repairs]
    for code, fields, one in told:
        assert finding(code, fields, "my").happened
        place(one.sheet, one.row, one.column, one.header, "en")
    assert (found.compiled is not None) == (found.usable == "as_it_is")
    if found.usable == "no":
        assert found.refusals
    elif found.usable == "as_it_is":
        assert found.compiled is not None
        load(found.compiled)
    else:
        assert found.needed
        healed = look(source, "form.xlsx", accepted=[one.id for one in found.repairs])
        assert healed.usable != "no" or healed.refusals
    return found


def test_own_forms_damaged_at_random() -> None:
    arrival = sheets_of((folder("forms", "arrival.xlsx")).read_bytes())
    ended = Counter(checked(damaged(OWN if seed % 5 else arrival, seed)).usable for seed in range(300))
    assert sum(ended.values()) == 300
    assert all(ended[one] > 20 for one in ("as_it_is", "after_repairs", "no")), ended


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not at hand")
def test_forms_of_others_damaged_at_random() -> None:
    small = [path for path in workbooks() if path.stat().st_size < 30_000]
    books = [sheets_of(path.read_bytes()) for path in small]
    for seed in range(60):
        checked(damaged(books[seed % len(books)], seed))


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not at hand")
def test_all_forms_of_others_damaged_at_random() -> None:
    books: list[Sheets] = [sheets_of(path.read_bytes()) for path in workbooks()]
    for seed in range(1200):
        checked(damaged(books[seed % len(books)], 10_000 + seed))


def workbooks() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*") if path.suffix in (".xlsx", ".xls"))


def test_compiled_forms_damaged_at_random() -> None:
    own = look(damaged_nothing()).compiled
    assert own is not None
    sources = [own.decode("utf-8"), folder("forms", "arrival.xml").read_text(encoding="utf-8")]
    codes = Counter(one.code for seed in range(400) for one in checked(damaged_xml(sources[seed % 2], seed)).refusals)
    assert codes["import.damaged"] > 50
    assert codes["import.compiler_failed"] == 0, "the loader stumbled"


def damaged_nothing() -> bytes:
    return xlsx(dict(OWN))


def test_a_loader_that_stumbles_is_told_as_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_given: object) -> None:
        raise IndexError

    whole = look(damaged_nothing()).compiled
    monkeypatch.setattr(loading, "load", stumble)
    for source in (damaged_nothing(), whole or b""):
        assert [one.code for one in look(source).refusals] == ["import.compiler_failed"]


def test_old_workbooks_cut_and_flipped() -> None:
    whole = xls(rows("type | name | label", "text | who | Who?", "integer | age | Age"))
    chance = random.Random(1)
    for _ in range(150):
        bits = bytearray(whole[: chance.randrange(4, len(whole) + 1)])
        for _ in range(chance.randrange(4)):
            bits[chance.randrange(len(bits))] ^= 1 << chance.randrange(8)
        checked(bytes(bits))
