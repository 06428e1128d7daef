"""The pages of a form, the little markup of labels, and long lists that are narrowed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from desktop.forms.compile import compile_workbook
from desktop.forms.definition import Definition, Spec
from desktop.forms.loading import load
from desktop.services.filling import definition_of
from desktop.services.intake import ARRIVAL, REGISTRATION, Choice
from tests.ui.forms.bench import Bench
from tests.ui.forms.every_type import compiled, definition, long_form
from ui.forms.markdown import plain, say
from ui.forms.outline import ONE_PAGE, RUN, outline
from ui.models.choices import MOST, ChoiceModel
from ui.widgets.labels import Words

_REPEATS_ALONE = ("12-NestedRepeat.xml",)
CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "xlsforms"


def questions(spec: Spec, path: str) -> list[str]:
    found = []
    for child in spec.children:
        if child.shown:
            found += [f"{path}/{child.name}"] if child.kind == "question" else questions(child, f"{path}/{child.name}")
    return found


def holders(form: Definition, path: str) -> int:
    """On how many pages a question stands."""
    return sum(1 for sheet in outline(form) for one in sheet.paths if path == one or path.startswith(f"{one}/"))


def test_every_question_stands_on_exactly_one_page() -> None:
    for form in (definition(), load(compiled(long_form(130))), definition_of(REGISTRATION), definition_of(ARRIVAL)):
        paths = questions(form.root, f"/{form.root.name}")
        assert paths
        assert [path for path in paths if holders(form, path) != 1] == []


def test_a_short_section_is_one_page_and_a_long_form_is_cut() -> None:
    assert [one.key for one in outline(definition_of(REGISTRATION))] == [
        f"/data/{child.name}" for child in definition_of(REGISTRATION).root.children if child.shown
    ]
    pages = outline(load(compiled(long_form(130))))
    assert [len(one.names) for one in pages] == [RUN] * 6 + [10]
    assert [one.part for one in pages] == [1, 2, 3, 4, 5, 6, 7]
    assert {one.section for one in pages} == {""}


def test_groups_in_a_long_section_are_set_in() -> None:
    inner = "\n".join(f"| | text | t{at} | T{at} |" for at in range(ONE_PAGE))
    listed = "| survey |\n| | type | name | label |\n| | begin group | g | G |\n| | text | a | A |\n| | begin group | h | H |\n"
    form = load(compile_workbook(f"{listed}{inner}\n| | end group | | |\n| | text | z | Z |\n| | end group | | |").xml)
    root = f"/{form.root.name}"
    assert [(one.key, one.depth, one.section) for one in outline(form)] == [
        (f"{root}/g#a", 0, f"{root}/g"), (f"{root}/g/h", 1, f"{root}/g"), (f"{root}/g#z", 0, f"{root}/g"),
    ]


@pytest.mark.parametrize(("text", "words"), [
    ("**Look** here", "Look here"),
    ("Not *so* loud", "Not so loud"),
    ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
    ("[the guide](https://example.org)", "the guide (https://example.org)"),
    ("# Title\ntext", "Title\ntext"),
    ("- one\n- two", "\u2022 one\n\u2022 two"),
    ('<span style="color:red">red</span> &amp; white', "red & white"),
    ("1 < 2", "1 < 2"),
    ("\\*kept\\*", "*kept*"),
    ("**အင်္ဂလိပ်**", "အင်္ဂလိပ်"),
])
def test_the_little_markup(qtbot: QtBot, text: str, words: str) -> None:
    assert plain(text) == words
    label = Words("", wrap=True)
    qtbot.addWidget(label)
    say(label, text)
    if label.textFormat() == Qt.TextFormat.PlainText:
        assert label.text() == words
    else:
        assert "<b>" in label.text()


def test_nothing_of_a_form_becomes_markup_of_the_window(qtbot: QtBot) -> None:
    label = Words("", wrap=True)
    qtbot.addWidget(label)
    say(label, "**a** <img src='x'> <script>")
    assert "<img" not in label.text()
    assert "&lt;img" in label.text()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_words_without_markup_stay_as_they_are(text: str) -> None:
    if not any(mark in text for mark in "*_#<[\\&-+"):
        assert plain(text) == text


class TestLongLists:
    def shown(self, model: ChoiceModel) -> list[object]:
        return [model.index(at, 0).data() for at in range(model.rowCount())]

    def test_words_that_begin_with_it_come_first_then_those_that_hold_it(self) -> None:
        model = ChoiceModel()
        model.offer([Choice("a", "Old Town"), Choice("b", "Town Hall"), Choice("c", "Village")])
        model.narrow("town")
        assert self.shown(model) == ["Town Hall", "Old Town"]
        model.narrow("town old")
        assert self.shown(model) == ["Old Town"]
        model.narrow("")
        assert model.found == 3

    def test_digits_of_both_scripts_and_capitals_are_the_same(self) -> None:
        model = ChoiceModel()
        model.offer([Choice("a", "ရပ်ကွက် ၁၂"), Choice("b", "WARD 12")])
        model.narrow("12")
        assert model.found == 2
        model.narrow("ward ၁၂")
        assert self.shown(model) == ["WARD 12"]

    def test_no_more_are_looked_for_than_anybody_reads(self) -> None:
        model = ChoiceModel()
        model.offer([Choice(f"c{at}", f"Name {at}") for at in range(MOST * 3)])
        model.narrow("name")
        assert model.found == MOST
        before = model.rowCount()
        assert model.canFetchMore(QModelIndex())
        model.fetchMore(QModelIndex())
        assert model.rowCount() > before
        assert model.named(f"name {MOST * 3 - 1}") == f"c{MOST * 3 - 1}"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the forms of others are not here")
@pytest.mark.parametrize("name", [
    "all-question-types-v2024091201-3.xlsx", "all-widgets.xml", "table-list.xls", "2-all-possible-notes.xml", "12-NestedRepeat.xml",
    "13-repeat-count.xml", "socio-economic-survey-v20240515.xlsx", "eIMCI-by-D-Tree.xml",
])
def test_forms_of_others_are_shown_page_by_page(qtbot: QtBot, name: str) -> None:
    source = (CORPUS / name).read_bytes()
    form = load(source if name.endswith(".xml") else compile_workbook(source).xml)
    pages = outline(form)[:14]
    bench = Bench(qtbot, "", form=form, sheet=pages[0])
    shown = len(list(bench.sheet.view.questions()))
    for sheet in pages[1:]:
        shown += len(list(bench.turn(sheet).sheet.view.questions()))
    assert shown or name in _REPEATS_ALONE


def test_a_repeat_of_fifty_reads_only_what_is_written_again(qtbot: QtBot) -> None:
    bench = Bench(qtbot, "")
    house = f"{bench.root}/house"
    for at in range(2, 51):
        assert bench.filling.form.add(house) == f"{house}[{at}]"
    bench.filling.edit(house, f"{house}[50]")
    asked = []
    ask = bench.filling.form.node
    bench.filling.form.node = lambda path: asked.append(path) or ask(path)  # type: ignore[method-assign,func-returns-value]
    bench.filling.answer(f"{house}[50]/house_name", "Blue")
    others = {path for path in asked if path.startswith(f"{house}[") and not path.startswith(f"{house}[50]")}
    assert len(others) <= 50  # those that are wrong, to say so; not what stands in the lines
    assert not any(path.endswith("house_name") for path in others)
