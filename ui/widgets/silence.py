"""Unknown, does not want to say, not asked: three different facts, one key away from every question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.domain.values import Silence
from desktop.words.labels import silence_label
from ui import words
from ui.words import tr

from .buttons import Button

ALL = (Silence.UNKNOWN, Silence.REFUSED, Silence.NOT_ASKED)


class SilenceButton(Button):
    """Stands beside a field. Pressing it (or Alt+Down on the field, if the page says so) opens a menu with the silences that are
    allowed; the one chosen stands on the button. Signal: `picked(Silence or None)`; None: there is an answer after all."""

    picked = Signal(object)

    def __init__(self, *, name: str, label: str, allowed: Sequence[Silence] = ALL, silence: Silence | None = None) -> None:
        super().__init__(tr("No answer"), "quiet", "circle", name=name, small="ink2")
        self._label, self._allowed = label, tuple(allowed)
        self._silence: Silence | None = None
        self.clicked.connect(self.open_menu)
        self.show_silence(silence)

    @property
    def silence(self) -> Silence | None:
        """The silence that is chosen, or None."""
        return self._silence

    def show_silence(self, silence: Silence | None) -> None:
        """Show this one without telling anybody."""
        self._silence = silence
        text = silence_label(silence, words.language()) if silence is not None else tr("No answer")
        self.icon_name, self._small = ("done", "accent") if silence is not None else ("circle", "ink2")
        self.setAccessibleName(f"{self._label}: {text}")
        self.say(text)

    def open_menu(self) -> None:
        """The menu, below the button."""
        menu = QMenu(self)
        menu.setObjectName(f"{self.objectName()}_menu")
        for one in self._allowed:
            self._add(menu, silence_label(one, words.language()), one)
        if self._silence is not None:
            menu.addSeparator()
            self._add(menu, tr("There is an answer"), None)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _add(self, menu: QMenu, text: str, silence: Silence | None) -> None:
        action = QAction(text, menu)
        action.setCheckable(silence is not None)
        action.setChecked(silence is not None and silence is self._silence)
        action.triggered.connect(lambda _on=False: self._pick(silence))
        menu.addAction(action)

    def _pick(self, silence: Silence | None) -> None:
        self.show_silence(silence)
        self.picked.emit(silence)
