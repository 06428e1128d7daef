"""The editor for words that were agreed in secret: nobody who passes the screen reads them."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from desktop.domain.fields import Field
from desktop.domain.values import Value
from ui.records.editing import Editor
from ui.widgets.buttons import Button
from ui.widgets.fields import Line
from ui.widgets.layout import row
from ui.words import tr

SHOWN_FOR = 10_000  # milliseconds


class _DottedLine(Line):
    """Dots, but for what is being typed now. Typing over dots begins anew."""

    secret = True

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self.dotted(True)

    def dotted(self, on: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit if on else QLineEdit.EchoMode.Normal)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.dotted(True)


class WordEditor(Editor):
    """One line of dots, and Show for ten seconds."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        self._line = _DottedLine(name=name)
        self._line.setAccessibleName(label)
        self._line.textEdited.connect(lambda _text: self.edited.emit())
        self._line.editingFinished.connect(self.done)
        self._show = Button(tr("Show"), "quiet", "eye", name=f"{name}_show")
        self._show.setAccessibleName(tr("Show for ten seconds: {field}", field=label))
        self._show.clicked.connect(self._turn)
        self._line.textChanged.connect(lambda text: self._show.setEnabled(bool(text)))
        self._show.setEnabled(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_FOR)
        self._timer.timeout.connect(self._hide)
        self.setFocusProxy(self._line)
        self.setLayout(row((self._line, 1), self._show, gap=4))

    def value(self) -> Value:
        return self._line.text().strip()

    def put(self, value: Value) -> None:
        self._line.setText("" if value is None else str(value))

    def _turn(self) -> None:
        if self._timer.isActive():
            self._hide()
            return
        self._line.dotted(False)
        self._show.say(tr("Hide"))
        self._timer.start()

    def _hide(self) -> None:
        self._timer.stop()
        self._line.dotted(True)
        self._show.say(tr("Show"))
