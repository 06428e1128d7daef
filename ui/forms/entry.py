"""Where an answer is written: what every kind of entry has.

An entry speaks the stored text of a submission (``2026-11-19``, ``sick bed``): `put` shows it, `given` tells it. What the form may not
take is told all the same, so that the one who listens keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.services.intake import Node


class Entry(QWidget):
    """Signals: `given(text)` after the person changed the answer; `onward` when Enter says that they are done here (a scanner ends what it
    types with Enter). `wish` is the width it wants, `least` the width it needs, `most` the width it never passes (0: none).
    `inside`: the field in which a silence can be shown, or None."""

    given = Signal(str)
    onward = Signal()
    wish, least, most = 160, 90, 0
    inside: QLineEdit | None = None

    @property
    def field(self) -> QWidget:
        """The widget that takes the keyboard and belongs to the label."""
        return self

    def put(self, node: Node, text: str) -> None:
        """Show an answer without telling anybody."""

    def parts(self) -> Sequence[QWidget]:
        """The widgets that turn red when the answer is wrong."""
        return (self.field,)

    @property
    def start(self) -> QWidget:
        """The widget where writing begins."""
        return self.field

    def settle(self) -> None:
        """Tell now what waits to be told: somebody leaves the page."""

    def focus(self) -> None:
        """Put the keyboard where writing begins."""
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in any part of an entry that has no use for it leads on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.onward.emit()
        else:
            super().keyPressEvent(event)


class TakesBack(QObject):
    """Backspace in an empty field that shows a silence takes the silence back. Signal: `wanted`."""

    wanted = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        rubs = (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        )
        if rubs and isinstance(watched, QLineEdit) and not watched.text():
            self.wanted.emit()
        return False
