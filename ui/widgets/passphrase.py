"""Choose a passphrase: the field, an honest meter, the same again, and words that the program suggests."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.services.vaults import Strength
from ui.theme.tokens import C, colour
from ui.words import counted, mark, tr

from .buttons import Button
from .fields import Labelled, Secret
from .labels import Note
from .layout import col, row

Measure = Callable[[str, Callable[[Strength], None]], None]
Suggest = Callable[[Callable[[str], None]], None]

_MINUTE, _HOUR, _DAY, _YEAR = 60, 3600, 86_400, 31_557_600
_PARTS = {"weak": 1, "fair": 3, "strong": 5}
_TONES = {"weak": "danger", "fair": "warn", "strong": "good"}
_ICONS = {"weak": "warning", "fair": "half", "strong": "done"}
_VERDICTS = {"weak": mark("Weak. {thief}"), "fair": mark("Fair. {thief}"), "strong": mark("Strong. {thief}")}


def thief(seconds: float) -> str:
    """How long a thief with a fast computer would need, as one sentence."""
    if seconds < _MINUTE:
        return tr("A thief would need less than a minute.")
    for unit, one, many in (
        (_HOUR, mark("A thief would need about {n} minute."), mark("A thief would need about {n} minutes.")),
        (_DAY, mark("A thief would need about {n} hour."), mark("A thief would need about {n} hours.")),
        (_YEAR, mark("A thief with a fast computer would need about {n} day."), mark("A thief with a fast computer would need about {n} days.")),
    ):
        if seconds < unit:
            step = {_HOUR: _MINUTE, _DAY: _HOUR, _YEAR: _DAY}[unit]
            return counted(max(1, round(seconds / step)), one, many)
    years = seconds / _YEAR
    if years >= 1_000_000:
        return tr("A thief with a fast computer would need more than a million years.")
    rough = round(years) if years < 20 else round(years, -len(str(int(years))) + 1)
    return counted(
        int(rough), "A thief with a fast computer would need about {n} year.", "A thief with a fast computer would need about {n} years."
    )


class _Meter(QWidget):
    """Five parts; the words beside it say the same."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setFixedSize(width, 6)
        self._filled, self._tone = 0, "good"

    def show_level(self, level: str) -> None:
        self._filled, self._tone = _PARTS.get(level, 0), _TONES.get(level, "good")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = (self.width() - 16) / 5
        for at in range(5):
            filled = at < self._filled
            painter.setPen(Qt.PenStyle.NoPen if filled else QColor(C.line2))
            painter.setBrush(QColor(colour(self._tone) if filled else C.surface))
            painter.drawRoundedRect(QRectF(at * (wide + 4), 0, wide, 6).adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)
        painter.end()


class PassphraseChoice(QWidget):
    """Signals: `ready(on)` when it may be used or not any more, `entered` on Enter in the second field.

    `measure(text, then)` and `suggest(then)` come from the state of the page.
    """

    ready = Signal(bool)
    entered = Signal()

    def __init__(self, name: str, measure: Measure, suggest: Suggest, *, width: int = 420, label: str = "") -> None:
        super().__init__()
        self._measure, self._suggest = measure, suggest
        self._enough = self._ready = False
        self.first = Secret(name=name, width=width)
        self.second = Secret(name=f"{name}_again", width=width)
        self._one = Labelled(label or tr("Passphrase"), self.first)
        self._two = Labelled(tr("The same again"), self.second)
        self._meter = _Meter(width)
        self._verdict = Note("half", "", "second", name=f"{name}_strength")
        self._caps = Note("warning", "", "warn", name=f"{name}_caps")
        offer = Button(tr("Suggest five words"), icon="pencil", name=f"{name}_suggest")
        offer.clicked.connect(lambda: self._suggest(self._take))
        self.first.textChanged.connect(self._changed)
        self.second.textChanged.connect(self._look)
        self.first.returnPressed.connect(self.second.setFocus)
        self.second.returnPressed.connect(self.entered)
        for one in (self.first, self.second):
            one.caps_lock.connect(lambda on: self._caps.say(tr("Caps Lock is on.") if on else ""))
        self.setLayout(col(self._one, 5, self._meter, 6, self._verdict, self._caps, 14, self._two, 20, row(offer, None)))

    def text(self) -> str:
        """The passphrase, if it may be used; else ""."""
        return self.first.text() if self._ready else ""

    def wrong(self, words: str) -> None:
        """Say below the first field why it was refused."""
        self._one.wrong(words)
        self.first.setFocus()

    def _take(self, words: str) -> None:
        self.first.show_plainly(True)
        self.second.show_plainly(True)
        self.first.setText(words)
        self.second.setText("")
        self.second.setFocus()

    def _changed(self, text: str) -> None:
        self._one.wrong("")
        self._enough = False
        if text:
            self._measure(text, lambda found: self._show(text, found))
        else:
            self._meter.show_level("")
            self._verdict.say("")
        self._look()

    def _show(self, text: str, found: Strength) -> None:
        if text != self.first.text():
            return
        self._enough = found.enough
        self._meter.show_level(found.level)
        self._verdict.say(tr(_VERDICTS[found.level], thief=thief(found.seconds)), _TONES[found.level], _ICONS[found.level])
        self._look()

    def _look(self) -> None:
        one, two = self.first.text(), self.second.text()
        differs = bool(two) and not one.startswith(two)
        self._two.wrong(tr("This is not the same. Look at both with the eye at the right.") if differs else "")
        ready = self._enough and one == two
        if ready != self._ready:
            self._ready = ready
            self.ready.emit(ready)
