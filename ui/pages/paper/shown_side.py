"""What carried paper may show: the number only, unless a volunteer chooses more for this one print."""

from __future__ import annotations

from desktop.services.papers import NAME, PHOTO
from ui.pages.paper.state import PaperState
from ui.widgets.choices import Choices
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part
from ui.words import mark, tr

_WORDS = {NAME: mark("The name"), PHOTO: mark("A frame for a photo")}


def shown_parts(state: PaperState) -> list[Part]:
    """Nothing for a document that always shows the same, and for the pages of many people."""
    if not state.document.may_show or state.batch is not None:
        return []
    choice = Choices(
        [(one, tr(_WORDS[one])) for one in state.document.may_show], name="paper_shown", label=tr("What it shows"), many=True, chosen=state.shown,
    )
    choice.picked.connect(lambda keys: state.show_on_it(frozenset(keys)))
    parts: list[Part] = [Words(tr("What it shows"), "heading"), 8, choice, 6]
    if state.shown:
        parts += [Note("warning", tr("At a checkpoint this paper then tells who carries it and that they came to us."), "danger", "body")]
    else:
        parts += [Words(tr("The number only, unless you choose more. It counts for this one print."), "small", "hint", wrap=True)]
    return [*parts, 18]
