"""The shipped forms and small ones of our own, as models and as pages."""

from __future__ import annotations

import pytest

from desktop.domain.values import Silence
from desktop.forms.filled import FilledForm, Node
from desktop.forms.shipped import NAMES, definition
from desktop.paper.documents import filled_form
from desktop.paper.documents.filled_form_model import Answer, FilledSheet
from desktop.paper.page import SIZES, Print
from desktop.services.form_on_paper import filled as on_paper
from tests.desktop.forms.sheets import filled, table
from tests.desktop.paper import models
from tests.desktop.paper.test_text import copied


def fill(form: FilledForm, path: str = "", depth: int = 0) -> None:
    """Answer everything that can be answered, silences here and there, three people in every repeat."""
    for place, node in enumerate(form.children(path)):
        if not node.relevant:
            continue
        if node.kind != "question":
            fill(form, node.path, depth + 1)
        elif place % 5 == 3 and node.silences:
            form.be_silent(node.path, node.silences[place % len(node.silences)])
        elif not node.readonly:
            form.set(node.path, value_for(node))
    for repeat, _, count in form.repeats(path):
        for _ in range(count, 3):
            added = form.add(repeat)
            if form_has(form, added):
                fill(form, added, depth + 1)


def form_has(form: FilledForm, path: str) -> bool:
    try:
        return bool(form.node(path))
    except KeyError:
        return False


def value_for(node: Node) -> str:
    if node.choices:
        names = [choice.name for choice in node.choices]
        return names[0] if node.type == "select_one" else " ".join(names[:3])
    return {"integer": "7", "decimal": "2.5", "date": "2026-11-21", "datetime": "2026-11-21T14:30:00", "time": "14:30"}.get(
        node.type, models.LONG_MY if "note" in node.path else "မောင်ဇေယျာဖြိုး"
    )


def answers(model: FilledSheet) -> list[Answer]:
    return [one for section in model.sections for part in section.parts for one in part.answers]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("full", [False, True])
def test_shipped_forms_have_no_faults(name: str, full: bool) -> None:
    form = FilledForm(definition(name), language="my")
    if full:
        fill(form)
    model = on_paper(form, code=models.code(6), locked=frozenset(), printed_on="2026-11-21", volunteer="V07")
    assert form.language == "my"
    for size in SIZES:
        paper = Print("T", size, checked=True)
        filled_form.draw(paper, model)
        assert paper.faults() == []
    asked = answers(model)
    assert len(asked) > 8
    assert all(one.label.my and one.label.en and one.label.my != one.label.en for one in asked)


def test_answers_and_silences_arrive_on_paper() -> None:
    form = FilledForm(definition("registration"), language="en")
    fill(form)
    model = on_paper(form, code=models.code(6), locked=frozenset(), printed_on="2026-11-21")
    found = {one.silence for one in answers(model)}
    assert found >= {None, Silence.UNKNOWN}
    chosen = [one for answer in answers(model) for one in answer.chosen]
    assert chosen
    assert all(one.words.my != one.words.en for one in chosen)
    paper = Print("T")
    filled_form.draw(paper, model)
    assert "မောင်ဇေယျာဖြိုး" in copied(paper.pdf())


def test_locked_sections_are_named_and_empty() -> None:
    form = FilledForm(definition("registration"), language="en")
    fill(form)
    health = next(section for section in form.sections() if section.folder == "health")
    model = on_paper(form, code=models.code(6), locked=frozenset({health.path}), printed_on="2026-11-21")
    locked = [section for section in model.sections if section.locked]
    assert [section.title.en for section in locked] == [health.label]
    assert not any(part.answers for section in locked for part in section.parts)
    paper = Print("T", checked=True)
    filled_form.draw(paper, model)
    assert paper.faults() == []
    assert "not on this sheet" in copied(paper.pdf())


def test_what_the_form_hides_is_not_printed_and_times_are_hours_and_minutes() -> None:
    form = filled(table("type | name | label | appearance", "text | word | Agreed *word* | masked", "time | at | At |", "text | plain | Plain |"))
    for name, text in (("word", "amber"), ("at", "14:30:00.000+06:30"), ("plain", "seen")):
        assert form.set(f"/data/{name}", text) == ""
    model = on_paper(form, code=models.code(6), locked=frozenset(), printed_on="2026-11-21")
    said = {one.label.en: one.text for one in answers(model)}
    assert (said["At"], said["Plain"]) == ("14:30", "seen")
    assert "Kept with the record" in said["Agreed word"]
    paper = Print("T")
    filled_form.draw(paper, model)
    assert "amber" not in copied(paper.pdf())


@pytest.mark.parametrize("where", ["group", "question", "option", "inner", "title"])
@pytest.mark.parametrize("size", SIZES)
def test_words_longer_than_a_page_stay_on_it(where: str, size: str) -> None:
    """A consent that is read out stands in a label; it goes on over pages. A heading or an option of that length ends with a sign."""
    words = {"group": "Group", "question": "Question", "option": "Yes", "inner": "Inner", "title": "Form"}
    words[where] = " ".join(f"word{at}" for at in range(900))
    form = filled(
        table(
            "type | name | label", f"begin_group | g | {words['group']}", f"select_one x | a | {words['question']}", f"begin_group | h | {words['inner']}",
            "text | b | B", "end_group | | ", "end_group | | ",
        ),
        table("list_name | name | label", f"x | y | {words['option']}", "x | n | No"), table("form_id | version | form_title", f"k | 7 | {words['title']}"),
    )
    form.set("/data/g/a", "y")
    form.set("/data/g/h/b", "said")
    paper = Print("T", size, checked=True)
    filled_form.draw(paper, on_paper(form, code=models.code(6), locked=frozenset(), printed_on="2026-11-21", volunteer="V07"))
    assert paper.faults() == []
    if where == "question":
        assert "word899" in copied(paper.pdf())
