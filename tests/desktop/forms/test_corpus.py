"""Forms of others, where they are at hand: they load and can be opened, or are refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.forms.compile import compile_workbook
from desktop.forms.filled import FilledForm
from desktop.forms.loading import load
from tests.desktop.forms.sheets import NOW
from tests.tree import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "xlsforms"
REFUSED = {
    "simple-dag-cycle.xml": "form.cycle", "cht_pregnancy.xlsx": "form.refused_at",
}


def forms() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*") if path.suffix in (".xml", ".xlsx", ".xls"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not at hand")
def test_forms_of_others_open_or_say_why_not() -> None:
    refused = {}
    for path in forms():
        source = path.read_bytes()
        try:
            definition = load(source if path.suffix == ".xml" else compile_workbook(source).xml)
        except UserError as error:
            refused[path.name] = error.code
            continue
        form = FilledForm(definition, now=NOW)
        assert form.children(""), path.name
        again = FilledForm.from_state(definition, form.state(), now=NOW)
        assert again.state()["repeats"] == form.state()["repeats"], path.name
        assert again.failures() == form.failures(), path.name
    assert refused == REFUSED
