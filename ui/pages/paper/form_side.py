"""What can be chosen for a form on paper: which form, languages, room in tables, whose number."""

from __future__ import annotations

from collections.abc import Callable

from desktop.services.form_papers import PrintableForm
from ui.pages.paper.state import PaperState
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Drop, Labelled
from ui.widgets.labels import Words
from ui.widgets.layout import Part, row
from ui.words import tr

_ROWS = (2, 3, 4, 6, 8, 10, 12, 15, 20)
_BETWEEN = "\n"  # between two names of languages: no name holds it


def form_parts(state: PaperState, choose: Callable[[], None], choose_person: Callable[[], None]) -> list[Part]:
    """The side of a form for the pen."""
    again = Button(tr("Choose a form") if state.form is None else tr("Another form"), icon="form", name="choose_form_button")
    again.clicked.connect(choose)
    parts: list[Part] = [Words(tr("Form"), "heading"), 8]
    if state.form is not None:
        parts += [Words(tr(state.form.title), "strong", wrap=True), 8]
    parts += [row(again, None), 14]
    if state.form is None:
        return parts
    if len(state.form.languages) > 1:
        parts += [_languages(state, state.form), 10]
    parts += [_rows(state), 10, _guidance(state), 14, *_number(state, choose_person), 18]
    return parts


def filled_parts(state: PaperState, choose: Callable[[], None]) -> list[Part]:
    """The side of a filled form."""
    words = tr("Choose a filled form") if state.submission is None else tr("Another filled form")
    again = Button(words, icon="form", name="choose_filled_button")
    again.clicked.connect(choose)
    return [Words(tr("Filled form"), "heading"), 8, row(again, None), 18]


def _languages(state: PaperState, form: PrintableForm) -> Labelled:
    """The pair that is printed if nobody chooses, each language alone, and each beside the first."""
    called = dict(form.languages)
    pairs = [form.beside, *((name,) for name, _ in form.languages)]
    pairs += [(form.languages[0][0], name) for name, _ in form.languages[1:]]
    offered = dict.fromkeys(pairs)
    drop = Drop(
        [(_BETWEEN.join(one), " + ".join(called.get(name, name) for name in one)) for one in offered], name="paper_languages",
        current=_BETWEEN.join(state.languages), width=250,
    )
    drop.picked.connect(lambda key: state.lay_out(languages=tuple(key.split(_BETWEEN))))
    return Labelled(tr("Languages"), drop)


def _rows(state: PaperState) -> Labelled:
    drop = Drop(
        [("0", tr("As the form says")), *((str(number), str(number)) for number in _ROWS)], name="paper_rows", current=str(state.rows), width=250,
    )
    drop.picked.connect(lambda key: state.lay_out(rows=int(key or 0)))
    return Labelled(tr("Lines in each table"), drop)


def _guidance(state: PaperState) -> Labelled:
    choice = Choices(
        [("no", tr("Short")), ("yes", tr("Longer"))], name="paper_guidance", label=tr("Hints for the volunteer"),
        chosen=["yes" if state.guidance else "no"],
    )
    choice.picked.connect(lambda keys: state.lay_out(guidance="yes" in keys))
    return Labelled(tr("Hints for the volunteer"), choice)


def _number(state: PaperState, choose_person: Callable[[], None]) -> list[Part]:
    """Whose number stands on it; without one there are empty boxes."""
    parts: list[Part] = [Words(tr("Number on it"), "body", "second"), 4]
    if state.numbered and state.person is not None:
        parts += [Words(f"{state.person.code[:4]}-{state.person.code[4:]}", "strong"), 6]
        off = Button(tr("Empty boxes instead"), name="no_number")
        off.clicked.connect(lambda: state.lay_out(numbered=False))
        return [*parts, row(off, None)]
    on = Button(tr("The number of a person"), icon="person", name="with_number")
    on.clicked.connect(choose_person)
    pads = Button(tr("Many, each with a number…"), icon="paper", name="to_pads")
    pads.clicked.connect(state.open_pads)
    return [*parts, Words(tr("Empty boxes"), "strong"), 6, row(on, None), 6, row(pads, None)]
