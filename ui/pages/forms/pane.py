"""One part of the page that fills it, and words that several of them use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.folders import Folder
from ui.commands import Command
from ui.words import mark, tr

FOLDERS = {
    Folder.RECEPTION: (mark("Reception"), mark("Everybody who registers people here can read the answers.")),
    Folder.HEALTH: (mark("Health"), mark("Only those who can open Health read the answers, usually the medic.")),
    Folder.CONTACTS: (mark("Contacts"), mark("Only those who can open Contacts read the answers: coordinators and caseworkers.")),
}
"""Folder -> (its name, who can see what is in it), in the order in which they are offered."""

_LANGUAGES = {
    "my": mark("Burmese"), "mya": mark("Burmese"), "bur": mark("Burmese"), "burmese": mark("Burmese"), "myanmar": mark("Burmese"),
    "en": mark("English"), "eng": mark("English"), "english": mark("English"), "th": mark("Thai"), "tha": mark("Thai"), "thai": mark("Thai"),
}


class Pane(QWidget):
    """What the page shows at one time. Subclasses say where work begins, what can be done, and where Esc leads."""

    def first_focus(self) -> QWidget | None:
        """Where the keyboard begins."""
        return None

    def commands(self) -> Sequence[Command]:
        """What can be done here."""
        return ()


def language(name: str) -> str:
    """The name of a form's language as people say it here; the form's own name for it where we have no word."""
    own = name.partition("(")[0].strip() or name
    code = name.partition("(")[2].rstrip(") ").casefold() or own.casefold()
    known = _LANGUAGES.get(code) or _LANGUAGES.get(own.casefold())
    return tr(known) if known else own


def languages(names: Sequence[str]) -> str:
    """The languages of a form in one line; "" for a form that names none."""
    return tr(", ").join(dict.fromkeys(language(name) for name in names if name and name != "default"))
