"""Any form as a sheet for the pen: nothing computed or hidden on it, rules in words, and no fault on any page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from desktop.domain.errors import UserError
from desktop.domain.values import Silence
from desktop.forms.compile import compile_workbook
from desktop.forms.definition import Definition
from desktop.forms.loading import load
from desktop.forms.shipped import NAMES, definition
from desktop.paper.documents import blank_form
from desktop.paper.documents.blank_form_model import (
    Asked,
    BlankForm,
    Boxes,
    Day,
    Heading,
    Lines,
    Matrix,
    Note,
    Roster,
    Scale,
    Ticks,
    questions_in,
)
from desktop.paper.page import SIZES, Print
from desktop.paper.words import Pair
from desktop.services.form_on_paper_blank import blank_form as on_paper
from tests.desktop.forms.sheets import form, table
from tests.desktop.forms.test_corpus import CORPUS, forms
from tests.desktop.paper import models
from tests.desktop.paper.test_documents import decoded
from tests.desktop.paper.test_text import copied

KINDS = form(
    table(
        "type | name | label | hint | relevant | constraint | required | appearance | calculation | parameters",
        "select_one yes | camp | In a camp? | | | | yes | | | ",
        "integer | age | How old are you? | in years | ${camp} = 'y' | . >= 1 and . <= 120 | | | | ",
        "select_multiple needs | needs | What do you need? | | not(selected(${camp}, 'n')) | count-selected(.) <= 2 | | | | ",
        "text | story | Tell about ${age} | | selected(${needs}, 'food') and ${age} > 5 | | | multiline | | ",
        "calculate | hidden | | | | | | | ${age} * 2 | ",
        "date | born | Born | | ${hidden} = 4 or coalesce(${age}, 3) = 1 | . <= today() | | | | ",
        "note | told | Read this **aloud** | | ${needs} = '' | | | | | ",
        "range | score | Score | | | | | | | start=0 end=5 step=1",
        "text | never | Never asked | | false() | | | | | ",
        "text | phone | Phone | | | string-length(.) = 9 | | numbers | | ",
        "begin_repeat | child | Child | | ${camp} = 'y' | | | | | ",
        "text | name | Name | | | | yes | | | ",
        "select_one yes | school | Goes to school | | ${name} != '' | | | | | ",
        "end_repeat | | | | | | | | | ",
    ),
    table("list_name | name | label", "yes | y | Yes", "yes | n | No", "needs | food | Food", "needs | bed | Bed", "needs | talk | A talk"),
    table("form_id | version", "kinds | 7"),
)


def items(model: BlankForm) -> Iterator[object]:
    for section in model.sections:
        yield from section.items


def asked(model: BlankForm, label: str) -> Asked:
    return next(one for one in questions_in([i for s in model.sections for i in s.items]) if one.label.my == label)


def faults(model: BlankForm, size: str = "A4") -> list[str]:
    paper = Print("T", size, checked=True)
    blank_form.draw(paper, model)
    assert paper.pages
    return paper.faults()


def test_every_type_has_its_place_to_write() -> None:
    model = on_paper(KINDS)
    camp = asked(model, "In a camp?")
    assert isinstance(camp.entry, Ticks)
    assert not camp.entry.several
    assert [(one.number, one.words.my) for one in camp.entry.options] == [(1, "Yes"), (2, "No")]
    assert camp.required
    needs = asked(model, "What do you need?")
    assert isinstance(needs.entry, Ticks)
    assert needs.entry.several
    assert asked(model, "How old are you?").entry == Boxes((3,))
    assert asked(model, "Tell about [2]").entry == Lines(3)
    assert asked(model, "Born").entry == Day("dmy")
    assert asked(model, "Score").entry == Scale(("0", "1", "2", "3", "4", "5"))
    assert asked(model, "Phone").entry == Boxes((9,))
    assert any(isinstance(item, Note) and item.words == Pair.same("Read this aloud") for item in items(model))
    said = [item.words.en for item in items(model) if isinstance(item, Note)][:2]
    assert said == ["* This question needs an answer.", "[2] stands for the answer to question 2."]


def test_what_nobody_is_asked_is_not_printed() -> None:
    model = on_paper(KINDS)
    paper = Print("T")
    blank_form.draw(paper, model)
    text = copied(paper.pdf())
    for never in ("hidden", "Never asked", "${", "/data", "selected(", "pulldata"):
        assert never not in text


def test_rules_are_told_in_words_with_numbers_of_questions() -> None:
    model = on_paper(KINDS)
    told = {label: asked(model, label).only_if for label in ("How old are you?", "What do you need?", "Tell about [2]", "Born", "Goes to school")}
    assert {label: rule.en for label, rule in told.items() if rule} == {
        "How old are you?": "Only if 1 is 1 Yes",
        "What do you need?": "Only if 1 is not 2 No",
        "Tell about [2]": "Only if 3: 1 Food is crossed and 2 is more than 5",
        "Born": "Only if it applies (the volunteer decides)",
        "Goes to school": "Only if 8 is answered",
    }
    note = next(item for item in items(model) if isinstance(item, Note) and "aloud" in item.words.en)
    assert note.only_if == Pair.same("Only if 3 is empty")
    roster = next(item for item in items(model) if isinstance(item, Roster))
    assert roster.only_if == Pair.same("Questions 8 to 9: only if 1 is 1 Yes")


def test_limits_are_short_hints() -> None:
    model = on_paper(KINDS)
    assert [hint.en for hint in asked(model, "How old are you?").hints] == ["in years", "1 to 120"]
    assert "At most 2 crossed" in [hint.en for hint in asked(model, "What do you need?").hints]
    assert [hint.en for hint in asked(model, "Born").hints] == ["Not after today"]


@pytest.mark.parametrize(("relevant", "said"), [
    ("${a} = 'x' or ${a} = 'y'", "Only if 1 is 1 Ex or 2 Why"),
    ("${a} = 'x' or ${a} = 'y' or ${a} = 'z'", "Only if 1 is 1, 2 or 3"),
    ("not(${a} = 'x' and ${n} >= 18)", "Only if 1 is not 1 Ex or 2 is less than 18"),
    ("${n} &gt; ${m}".replace("&gt;", ">"), "Only if 2 is more than the answer to 3"),
    ("18 <= ${n}", "Only if 2 is 18 or more"),
    ("string-length(${t}) > 0", "Only if 4 is answered"),
    ("${grown} = '1'", "Only if 2 is 18 or more"),
    ("${grown} != '1'", "Only if 2 is less than 18"),
    ("regex(${t}, '^a')", "Only if it applies (the volunteer decides)"),
    ("${a} = 'x' and regex(${t}, '^a')", "Only if 1 is 1 Ex and it applies (the volunteer decides)"),
    ("selected(${a}, 'x') = true()", "Only if 1 is 1 Ex"),
    ("true()", None),
    ("(${a} = 'x' or ${n} = 3) and ${t} = ''", "Only if (1 is 1 Ex or 2 is 3) and 4 is empty"),
])
def test_expressions_become_words(relevant: str, said: str | None) -> None:
    made = form(
        table(
            "type | name | label | relevant | calculation", "select_one l | a | A | | ", "integer | n | N | | ", "integer | m | M | | ",
            "text | t | T | | ", "calculate | grown | | | if(${n} >= 18, '1', '0')", f"text | q | Asked | {relevant} | ",
        ),
        table("list_name | name | label", "l | x | Ex", "l | y | Why", "l | z | Zed"),
    )
    rule = asked(on_paper(made), "Asked").only_if
    assert (rule.en if rule else None) == said


def test_questions_with_the_same_options_make_a_table() -> None:
    made = form(
        table(
            "type | name | label | appearance", "begin_group | t | How often? | table-list", "select_one l | a | Rice | ",
            "select_one l | b | Oil | ", "end_group | | | ",
        ),
        table("list_name | name | label", "l | x | Daily", "l | y | Never"),
    )
    model = on_paper(made)
    matrix = next(item for item in items(model) if isinstance(item, Matrix))
    assert [row.label.my for row in matrix.rows] == ["Rice", "Oil"]
    assert [row.number for row in matrix.rows] == ["1", "2"]
    assert [one.words.my for one in matrix.options] == ["Daily", "Never"]
    assert faults(model) == []


def test_a_question_with_other_options_stands_outside_the_table() -> None:
    made = form(
        table(
            "type | name | label | appearance", "select_one a | head | There is | label", "select_one a | nets | Nets | list-nolabel",
            "select_one b | how | How often? | list-nolabel",
        ),
        table("list_name | name | label", "a | y | Yes", "a | n | No", "b | o | Often", "b | s | Seldom"),
    )
    model = on_paper(made)
    (matrix,) = [one for one in items(model) if isinstance(one, Matrix)]
    assert [one.label.en for one in matrix.rows] == ["Nets"]
    entry = asked(model, "How often?").entry
    assert isinstance(entry, Ticks)
    assert [one.words.en for one in entry.options] == ["Often", "Seldom"]


def test_repeats_have_the_rows_that_were_asked_for() -> None:
    assert [item.count for item in items(on_paper(KINDS)) if isinstance(item, Roster)] == [4]
    assert [item.count for item in items(on_paper(KINDS, rows=9)) if isinstance(item, Roster)] == [9]
    counted = form(table("type | name | label | repeat_count", "begin_repeat | r | R | 3", "text | a | A | ", "end_repeat | | | "))
    assert [item.count for item in items(on_paper(counted)) if isinstance(item, Roster)] == [3]


def test_the_number_and_its_strip() -> None:
    with_code, without = Print("T"), Print("T")
    blank_form.draw(with_code, on_paper(KINDS, code=models.code(1)))
    blank_form.draw(without, on_paper(KINDS))
    one, other = with_code.pdf(), without.pdf()
    assert sorted(decoded(one)[0]) == sorted([f"{models.code(1)}/kinds/1".encode(), models.code(1).encode()])
    assert decoded(other)[0] == [b"-/kinds/1"]
    assert "Keep this paper" in copied(one)
    assert "Keep this paper" not in copied(other)


def test_languages_of_the_form_are_chosen() -> None:
    made = form(
        table("type | name | label::English (en) | label::Burmese (my) | label::French (fr)", "text | a | Name | အမည် | Nom"),
    )
    assert asked(on_paper(made), "အမည်").label == Pair("အမည်", "Name")
    assert asked(on_paper(made, languages=("fr",)), "Nom").label == Pair.same("Nom")
    assert asked(on_paper(made, languages=("en", "my")), "အမည်").label == Pair("အမည်", "Name")
    assert on_paper(made, languages=("fr",)).spoken == ("en",)
    assert on_paper(made, languages=("my",)).spoken == ("my",)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["", models.code(6)])
def test_shipped_forms_have_no_faults(name: str, size: str, code: str) -> None:
    model = on_paper(definition(name), code=code, guidance=True)
    assert faults(model, size) == []
    silences = {silence for one in questions_in(list(items(model))) for silence in one.silences}  # type: ignore[arg-type]
    assert silences == set(Silence)


def hard() -> Definition:
    """Everything that is long, empty or in another script."""
    names = [models.LONG_MY, models.LONG_EN, models.UNBROKEN, models.KAREN * 6, models.SHAN * 6, models.MON * 6]
    rows = [f"text | q{at} | {name} | {name}" for at, name in enumerate(names)]
    columns = [f"{('text', 'integer', 'select_one few', 'date')[at % 4]} | c{at} | {names[at % 6]} | " for at in range(10)]
    survey = table(
        "type | name | label | hint", *rows, "text | empty | | only a hint", "select_one many | far | Far | ", "select_multiple few | near | Near | ",
        "select_one wide | wide | Wide | ", "rank few | order | Order | ", "geopoint | where | Where | ", "image | photo | Photo | ",
        "acknowledge | ok | Agreed | ", "datetime | then | Then | ", "time | clock | Clock | ",
        f"note | long | {' '.join([models.LONG_MY, models.LONG_EN] * 40)} | ",
        "begin_repeat | ten | Ten columns | ", *columns, "end_repeat | | | ",
        "begin_repeat | outer | Outer | ", "text | o | O | ", "begin_repeat | inner | Inner | ", "text | i | I | ", "end_repeat | | | ",
        "end_repeat | | | ",
    )
    lists = [f"many | m{at} | Place {at}" for at in range(300)] + [f"wide | w{at} | {name}" for at, name in enumerate(names * 5)]
    few = [f"few | f{at} | {name}" for at, name in enumerate((models.KAREN, models.SHAN, models.MON, "Yes"))]
    return load(compile_workbook("\n".join((
        "| survey |", survey, "| choices |", table("list_name | name | label", *lists, *few), "| settings |",
        table("form_title | form_id | version", f"{models.LONG_EN} | {'a_very_long_form_id_' * 4} | 2026112109304500"),
    ))).xml)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["", models.code(6)])
def test_hard_forms_have_no_faults(size: str, code: str) -> None:
    model = on_paper(hard(), code=code)
    assert faults(model, size) == []
    assert isinstance(asked(model, "Far").entry, Lines)
    assert asked(model, "empty").label == Pair.same("empty")
    headings = [item for item in items(model) if isinstance(item, (Heading, Roster))]
    assert headings


def test_the_same_twice() -> None:
    made = []
    for _ in range(2):
        paper = Print("T")
        blank_form.draw(paper, on_paper(KINDS, code=models.code(1)))
        made.append(paper.pdf())
    assert made[0] == made[1]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not at hand")
def test_forms_of_others_have_no_faults_and_no_expressions() -> None:
    drawn = 0
    for path in forms():
        source = path.read_bytes()
        try:
            made = load(source if path.suffix == ".xml" else compile_workbook(source).xml)
        except UserError:
            continue
        if len(made.specs) > 700:
            continue
        model = on_paper(made, languages=(made.default_language,))
        paper = Print("T", checked=True)
        blank_form.draw(paper, model)
        assert paper.faults() == [], path.name
        said = [mark.text for page in paper.pages for mark in page.marks]
        assert not [text for text in said if re.search(r"\$\{|selected\(|instance\(|/data/|not\(", text)], path.name
        drawn += 1
    assert drawn > 20
