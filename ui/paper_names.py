"""Kinds of papers that people have, in words."""

from __future__ import annotations

from desktop.services.paper_places import UNNAMED
from desktop.words.labels import choice_label
from ui import words
from ui.words import tr


def paper_name(paper: str) -> str:
    """A choice of the list of papers, or the one that the long form did not name."""
    return tr("A paper, not said which") if paper == UNNAMED else choice_label("papers", paper, words.language())
