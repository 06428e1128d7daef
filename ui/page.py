"""What a page is.

A page lives in ``ui/pages/<name>/`` with two modules, and its package offers two functions:

    def state(shell: Shell) -> State    # what the page shows and has typed: made once, outlives a change of language
    def view(shell: Shell, state: State) -> Page    # its widgets: made when first shown, and again after a change of language

`State` calls services through `shell.read` and `shell.do` and has no widgets; `Page` builds widgets, connects, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from desktop.domain.changes import Changes
from ui.commands import Command
from ui.widgets.buttons import Button
from ui.widgets.layout import ground

Kept = dict[str, object]
AS_KNOWN = "as_known"
"""A property: true of a widget around a field that shows what is known, and in which nobody typed yet."""


class Errand:
    """Something a page is sent to do when it is opened. It is done once: shown again (by a step back, or in the other language), the page
    knows the same errand and does nothing."""

    def __init__(self, what: str) -> None:
        self.what = what


class Page(QWidget):
    """Subclasses override what they need. Every interactive widget has an objectName that is unique on the page.

    `help` are sentences for F1, each inside `mark`: what the page is for and how to do the common things.
    """

    help: Sequence[str] = ()

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(f"page_{name}")
        self.setAccessibleName(title)
        self.title = title
        ground(self, "surface")

    def arrive(self, **where: object) -> None:
        """The page is shown, or shown again; `where` is what `shell.open` was given (for example ``person=``). Read what it shows."""

    def leave(self) -> None:
        """Another page is shown, the window locks or closes: keep what is half typed. Must not ask anything."""

    def changed(self, changes: Changes) -> None:
        """Somebody saved something while the page is shown: read again what may be touched by it."""

    def commands(self) -> Sequence[Command]:
        """What can be done here. Words, shortcut and command palette come from these."""
        return ()

    def first_focus(self) -> QWidget | None:
        """Where work begins."""
        return None

    def back(self) -> bool:
        """Esc: one step back inside the page, without loss. False if there is none: then the shell goes back."""
        return False

    def waits_for(self, files: Sequence[Path]) -> bool:
        """True if the page has asked for files of these names."""
        return False

    def keep_typed(self) -> Kept:
        """What is typed and chosen but not in the state, by objectName: it survives a change of language. Of a field in which nobody typed only
        the keyboard: another answer may have come for it meanwhile, which the view in the new language shows."""
        kept: Kept = {}
        untouched = {one for line in self.findChildren(QWidget) if line.property(AS_KNOWN) for one in line.findChildren(QWidget)}
        for one in self.findChildren(QWidget):
            name = one.objectName()
            if not name or name.startswith("qt_"):
                continue
            if one in untouched:
                pass
            elif isinstance(one, QLineEdit):
                kept[name] = (one.text(), one.cursorPosition())
            elif isinstance(one, QPlainTextEdit):
                kept[name] = one.toPlainText()
            elif isinstance(one, QComboBox):
                kept[name] = one.currentData()
            elif isinstance(one, Button) and one.isCheckable():
                kept[name] = one.isChecked()
            if one.hasFocus():
                kept["focus"] = name
        return kept

    def put_typed(self, kept: Kept) -> None:
        """The inverse of `keep_typed`, on the view in the new language."""
        for one in self.findChildren(QWidget):
            value = kept.get(one.objectName())
            if isinstance(one, QLineEdit) and isinstance(value, tuple):
                if one.text() != value[0]:
                    one.setText(value[0])
                one.setCursorPosition(value[1])
            elif isinstance(one, QPlainTextEdit) and isinstance(value, str):
                if one.toPlainText() != value:
                    one.setPlainText(value)
            elif isinstance(one, QComboBox) and value is not None:
                one.setCurrentIndex(max(0, one.findData(value)))
            elif isinstance(one, Button) and one.isCheckable() and isinstance(value, bool):
                one.setChecked(value)
        focus = self.findChild(QWidget, str(kept.get("focus", "")))
        if isinstance(focus, QWidget):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
