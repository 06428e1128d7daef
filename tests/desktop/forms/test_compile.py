"""Workbooks: what is a form, and what is said of those that are none."""

from __future__ import annotations

from io import BytesIO

import pytest

from desktop.domain.errors import UserError
from desktop.forms.compile import compile_workbook, workbook_kind
from desktop.forms.loading import load
from desktop.forms.reading.document import open_document
from desktop.words.catalogue import known
from desktop.words.errors import sentence
from desktop.words.sentences.forms import SENTENCES
from tests.desktop.forms.sheets import table


def workbook(rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in rows:
        sheet.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_workbook_is_judged_by_what_it_is() -> None:
    made = workbook([["type", "name", "label"], ["text", "name", "အမည်"]])
    assert workbook_kind(made) == ".xlsx"
    assert load(compile_workbook(made).xml).root.children[0].name == "name"
    for junk in (b"", b"%PDF-1.7", "အမည်".encode()):
        with pytest.raises(UserError, match=r"form\.not_workbook"):
            compile_workbook(junk)


def test_csv_is_a_form_too() -> None:
    source = '"survey",,,\n,"type","name","label"\n,"text","t","T"\n'
    assert load(compile_workbook(source).xml).root.children[0].name == "t"


@pytest.mark.parametrize(
    ("last", "code", "row", "reason"),
    [("text | u | U | ${zz} = 1", "form.refused_at", "3", "zz"), ("nonsense | u | U |", "form.refused", None, "nonsense")],
)
def test_what_the_compiler_refuses_says_where_and_why(last: str, code: str, row: str | None, reason: str) -> None:
    with pytest.raises(UserError) as caught:
        compile_workbook("| survey |\n" + table("type | name | label | relevant", "text | t | T |", last))
    assert caught.value.code == code
    assert caught.value.fields.get("row") == row
    assert reason in str(caught.value.fields["reason"])
    assert reason in sentence(caught.value, "my").means


def test_a_damaged_workbook_is_a_sentence_and_no_trace() -> None:
    made = workbook([["type", "name", "label"], ["text", "name", "Name"]])
    with pytest.raises(UserError, match=r"form\.refused"):
        compile_workbook(made[: len(made) // 2])


@pytest.mark.parametrize("source", [b"", b"<a/>", b"<a", b"PK\x03\x04", b'<!DOCTYPE a [<!ENTITY e "e">]><a>&e;</a>'])
def test_what_is_no_compiled_form(source: bytes) -> None:
    with pytest.raises(UserError, match=r"form\.not_xform"):
        open_document(source)


def test_the_sentences_are_there_in_burmese() -> None:
    assert [text for texts in SENTENCES.values() for text in texts if text and not known(text, "my")] == []
