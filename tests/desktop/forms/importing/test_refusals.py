"""Why a form cannot be used: one plain sentence with sheet, row and column, whatever the compiler or the loader said."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from desktop.forms.importing import explain as explaining
from desktop.forms.importing import look
from desktop.forms.importing.refused import refusal
from desktop.forms.importing.table import Book, Merged
from desktop.words.catalogue import known
from desktop.words.errors import table
from desktop.words.form_findings import cell, finding, place
from desktop.words.sentences import forms_import, forms_limits, forms_repairs
from tests.desktop.forms.importing.books import SURVEY, form, looked
from tests.tree import ROOT

HEAD = "type | name | label | relevant | calculation | choice_filter | parameters | trigger | appearance"
LIST = ("list_name | name | label", "l | a | A", "l | b | B")
CASES = [
    ("import.reference_unknown", (HEAD, "text | t | T | ${zz} = 1"), ("survey", 2, "D", "relevant", "${zz} = 1")),
    ("import.reference_unknown", (HEAD, "note | t | T ${zz}"), ("survey", 2, "C", "label", "T ${zz}")),
    ("import.reference_broken", (HEAD, "text | a | A", "text | t | T | ${a b} = 1"), ("survey", 3, "D", "relevant", "${a b} = 1")),
    ("import.reference_ambiguous", (HEAD, "begin group | g | G", "text | a | A", "end group", "text | a | A", "text | b | B | ${a} = 1"),
     ("survey", 6, "D", "relevant", "${a} = 1")),
    ("import.type_unknown", (HEAD, "text | a | A", "hologram | t | T"), ("survey", 3, "A", "type", "hologram")),
    ("import.type_unknown", (HEAD, "text | a | A", "select one | t | T"), ("survey", 3, "A", "type", "select one")),
    ("import.type_unknown", (HEAD, "text | a | A", "rank | t | T"), ("survey", 3, "A", "type", "rank")),
    ("import.type_missing", (HEAD, " | t | T"), ("survey", 2, "A", "type", "")),
    ("import.column_missing", ("kind | name | label", "text | a | A"), ("survey", 1, "", "", "")),
    ("import.column_missing", ("type | called | label", "text | a | A"), ("survey", 1, "", "", "")),
    ("import.expression", (HEAD, "text | a | A", "text | b | B | ${a} = = 1"), ("survey", 3, "D", "relevant", "${a} = = 1")),
    ("import.function", (HEAD, "text | a | A", "calculate | b | | | frobnicate(${a})"), ("survey", 3, "E", "calculation", "frobnicate(${a})")),
    ("import.error_cell", (HEAD, "text | a | A | #REF!"), ("survey", 2, "D", "relevant", "#REF!")),
    ("import.cycle", (HEAD, "calculate | a | | | ${b} + 1", "calculate | b | | | ${a} + 1"), ("survey", 3, "E", "calculation", "${a} + 1")),
    ("import.no_choices", (HEAD, "select_one l | q | Q"), ("survey", 2, "A", "type", "select_one l")),
    ("import.parameters_unknown", (HEAD, "text | t | T | | | | colour=red"), ("survey", 2, "G", "parameters", "colour=red")),
    ("import.parameters_broken", (HEAD, "text | t | T | | | | rows 5"), ("survey", 2, "G", "parameters", "rows 5")),
    ("import.range", (HEAD, "range | t | T | | | | start=1 end=5 step=0"), ("survey", 2, "G", "parameters", "start=1 end=5 step=0")),
    ("import.trigger_hidden", (HEAD, "calculate | c | | | 1", "calculate | d | | | 2 | | | ${c}"), None),
    ("import.header_not_known", ("type | name | label | bind::nobody:knows", "text | a | A | x"), ("survey", 1, "D", "bind::nobody:knows", "")),
    ("import.file_ending", (HEAD, "select_one_from_file places.txt | q | Q"), ("survey", 2, "A", "type", "select_one_from_file places.txt")),
    ("import.audit", (HEAD, "text | a | A", "audit | mine"), ("survey", 3, "B", "name", "mine")),
]


@pytest.mark.parametrize(("code", "survey", "where"), CASES, ids=lambda part: part if isinstance(part, str) else "")
def test_a_refusal_says_where(code: str, survey: tuple[str, ...], where: tuple[str, int, str, str, str] | None) -> None:
    found = looked(survey)
    assert found.compiled is None
    assert found.usable == "no"
    assert [one.code for one in found.refusals] == [code]
    one = found.refusals[0]
    if where is not None:
        assert (one.sheet, one.row, one.column, one.header, one.text) == where
    assert one.sheet == "survey"


@pytest.mark.parametrize(
    ("survey", "choices", "code", "where"),
    [
        ((HEAD, "select_one l or_other | q | Q | | | x = 1"), LIST, "import.other_with_filter", ("survey", 2, "F")),
        ((HEAD, "begin group | g | G | | | | | | table-list", "select_one l | q | Q", "select_one m | r | R", "end group"),
         (*LIST, "m | c | C"), "import.grid_of_lists", ("survey", 4, "A")),
        ((HEAD, "select_one l | q | Q"), ("list_name | label", "l | A"), "import.column_missing", ("choices", 1, "")),
    ],
)
def test_refusals_about_choices(survey: tuple[str, ...], choices: tuple[str, ...], code: str, where: tuple[str, int, str]) -> None:
    found = looked(survey, choices)
    assert [(one.code, (one.sheet, one.row, one.column)) for one in found.refusals] == [(code, where)]


def test_all_rules_that_cannot_be_read_are_told_at_once() -> None:
    found = looked((HEAD, "text | a | A | 1 +", "text | b | B | nope()", "text | c | C | ${a} = 'x'", "text | d | D | | (("))
    assert [(one.code, one.row, one.column) for one in found.refusals] == [
        ("import.expression", 2, "D"), ("import.function", 3, "D"), ("import.expression", 5, "E"),
    ]


def test_what_is_wrong_in_the_same_way_is_told_at_once() -> None:
    found = looked((HEAD, "text | a | A | ${zz} = 1", "note | b | B ${yy} and ${a}", "text | c | C | ${a} = ${zz}"))
    assert [(one.code, one.row, one.column, one.fields["wanted"]) for one in found.refusals] == [
        ("import.reference_unknown", 2, "D", "zz"), ("import.reference_unknown", 3, "C", "yy"), ("import.reference_unknown", 4, "D", "zz"),
    ]
    types = looked((HEAD, "hologram | a | A", "text | b | B", "smell | c | C", "begin group | g | G", "start | s |", "end group"))
    assert [(one.row, one.fields["type"]) for one in types.refusals] == [(2, "hologram"), (4, "smell")]


def test_rows_are_those_of_the_spreadsheet() -> None:
    empty = " | | "
    found = looked((HEAD, empty, "text | a | A", empty, empty, "text | t | T | ${zz} = 1"))
    assert (found.refusals[0].row, found.refusals[0].column) == (6, "D")
    shifted = look(form(("My form", empty, HEAD, "text | t | T | ${zz} = 1")))
    assert [(one.row, one.column) for one in shifted.refusals] == [(4, "D")]
    text = "survey,,,\n,type,name,label,relevant\n\n,text,t,T,${zz} = 1\n"
    assert [(one.row, one.column) for one in look(text.encode()).refusals] == [(4, "E")]


def test_the_words_of_the_compiler_never_come_alone() -> None:
    one = explaining.explain(Book("xlsx"), "Something nobody has seen before. [row : 7]")
    said = finding(one.code, one.fields, "en")
    assert said.happened == "The form cannot be used as it is."
    assert "Something nobody has seen before." in said.means
    assert "[row" not in said.means
    assert explaining.explain(Book("xlsx"), "").code == "import.compiler_failed"


def test_every_known_pattern_has_a_sentence_whose_gaps_are_filled() -> None:
    for pattern in explaining._KNOWN:
        fields = {("question" if name == "name" else name): "x" for name in pattern.pattern.groupindex}
        for language in ("en", "my"):
            assert finding(pattern.code, fields, language).happened


def test_every_code_of_the_package_has_its_words_in_both_languages() -> None:
    import re

    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "desktop" / "forms" / "importing").rglob("*.py")]
    used = {code for source in sources for code in re.findall(r'"((?:import|repair|limit)\.\w+)"', source)}
    assert used - set(table()) == set()
    sentences = {**forms_import.SENTENCES, **forms_repairs.SENTENCES, **forms_limits.SENTENCES}
    built = {f"import.{code}" for code in ("not_xform", "expression", "function", "cycle")}
    services = {"import.unreadable", "import.too_much_media", "import.not_usable"}
    assert set(sentences) - used - built - services == set()
    assert [text for texts in sentences.values() for text in texts if text and not known(text, "my")] == []


def test_places_and_cells_in_words() -> None:
    assert place("survey", 12, "D", "relevant", "en") == "Sheet survey, row 12, column D (relevant)"
    assert place("survey", 0, "D", "relevant", "en") == "Sheet survey, column D (relevant)"
    assert place("survey", 12, "", "", "en") == "Sheet survey, row 12"
    assert place("", 0, "", "", "en") == ""
    assert "survey" in place("survey", 12, "D", "", "my")
    assert cell("x" * 500, "en") == f"In the cell: {'x' * 200}…"
    assert cell("", "en") == ""


def test_a_refusal_knows_its_fields() -> None:
    assert refusal("import.type_unknown", type="x").fields == {"type": "x"}
    assert look(form(SURVEY)).refusals == ()


OPEN = {
    "to the end": ('type,name,label', 'text,a,"First question', 'text,b,Second', 'text,c,Third'),
    "to the next one": ('type,name,label', 'text,a,"First question', 'text,b,"Second" question', 'text,c,Third'),
}


@pytest.mark.parametrize("lines", OPEN.values(), ids=OPEN)
def test_a_quotation_mark_that_is_never_closed_swallows_no_row(lines: tuple[str, ...]) -> None:
    found = look("\n".join(lines).encode(), "form.csv")
    assert [(one.code, one.fields["row"]) for one in found.refusals] == [("import.open_quote", 2)]


@pytest.mark.parametrize("label", ['"Two\nlines"', '"He said ""yes""\nand left"', "It's 5\" long"])
def test_quotation_marks_that_are_meant_are_taken(label: str) -> None:
    found = look(f"type,name,label\ntext,a,{label}\ntext,b,B".encode(), "form.csv")
    assert (found.refusals, found.questions) == ((), 2)


def test_merged_cells_are_named() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for line in (["type", "name", "label"], ["text", "a", "A"], ["", "b", "B"], ["", "c", "C"]):
        sheet.append(line)
    sheet.merge_cells("A2:A4")
    made = BytesIO()
    book.save(made)
    found = look(made.getvalue(), "form.xlsx")
    assert [(one.code, one.sheet, one.row, one.column, one.fields) for one in found.refusals] == [
        ("import.merged", "survey", 3, "A", {"cells": "A2:A4"})
    ]
    assert finding("import.merged", found.refusals[0].fields, "en").happened == "The cells A2:A4 are merged."


@pytest.mark.parametrize(("row", "column", "hidden"), [(2, "A", False), (3, "A", True), (4, "B", True), (5, "A", False), (3, "C", False), (3, "", True), (2, "B", True)])
def test_only_the_first_cell_of_a_range_holds_its_text(row: int, column: str, hidden: bool) -> None:
    assert Merged("A", 2, "B", 4).hides(row, column) is hidden
