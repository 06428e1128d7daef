"""Buttons: words first, with an icon before them and the shortcut after them in a paler ink."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from ui import words
from ui.theme import draw, icons
from ui.theme.fonts import font
from ui.theme.tokens import RADIUS, C, colour

_PADDING = {"quiet": 8, "choice": 10}
ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
"""Qt lets these go from a button to whatever Tab would reach; among answers they belong to who holds the answers."""
_TICKED = {"plus": "check", "circle": "done"}


class Pressable(QPushButton):
    """Enter presses the button that has the keyboard, as Space does. Qt alone gives Enter to the default button of a box, whichever
    button has the keyboard, and outside a box to nobody."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
        else:
            super().keyPressEvent(event)


class Button(Pressable):
    """`kind`: normal, primary (one for each screen), quiet (a way aside), danger or choice (stays pressed).

    `name` is its objectName. `hint` is the shortcut shown inside; giving it does not set the shortcut: commands do. `small`: as low as a
    chip, in this colour (a token), for the status line.
    """

    def __init__(
        self, text: str, kind: str = "normal", icon: str = "", hint: str = "", *, name: str, tall: bool = False, left: bool = False,
        small: str = "",
    ) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.kind, self.icon_name, self.hint, self._left = kind, icon, hint, left
        self.setProperty("kind", kind)
        self.setCheckable(kind == "choice")
        self.setAutoDefault(False)
        measures = words.metrics()
        if small:
            self.setFixedHeight(measures.chip)
        else:
            self.setMinimumHeight(measures.choice if kind in ("choice", "quiet") else measures.field + (8 if tall else 0))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._role = "small" if small else "strong" if kind == "primary" else "body"
        self._small, self._icon = small, 16 if small else 18
        self.setFont(font(self._role))
        if hint:
            self.setAccessibleDescription(hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.kind == "choice" and event.key() in ARROWS:
            event.ignore()
        elif self.kind == "choice":
            # Space chooses; Enter belongs to the question around it.
            QPushButton.keyPressEvent(self, event)
        else:
            super().keyPressEvent(event)

    def _plain(self) -> str:
        return self.text().replace("&", "")

    def say(self, text: str) -> None:
        """Change the words and the width."""
        self.setText(text)
        self.updateGeometry()

    def _content_width(self) -> int:
        wide = draw.width_of(self._plain(), self._role)
        wide += self._icon + 8 if self.icon_name else 0
        return wide + (12 + draw.width_of(self.hint, "small") if self.hint else 0)

    def sizeHint(self) -> QSize:
        return QSize(self._content_width() + 2 * _PADDING.get(self.kind, 14) + 4, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _ink(self) -> str:
        if not self.isEnabled():
            return C.off_ink if self.kind == "primary" else C.faint
        if self.kind == "choice" and self.isChecked():
            return C.accent_dark
        if self._small:
            return colour(self._small)
        return {"primary": C.surface, "quiet": C.accent, "danger": C.danger}.get(self.kind, C.ink)

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        ink = self._ink()
        left = 14 if self._left else max(_PADDING.get(self.kind, 14) // 2, (self.width() - self._content_width()) // 2)
        if self.icon_name:
            name = _TICKED.get(self.icon_name, self.icon_name) if self.isChecked() else self.icon_name
            icons.paint(painter, name, QRectF(left, self.height() / 2 - self._icon / 2, self._icon, self._icon), ink)
            left += self._icon + 8
        left += draw.text(painter, QRect(left, 0, self.width() - left, self.height()), self._plain(), self._role, ink)
        if self.hint:
            soft = C.accent_key if self.kind == "primary" else C.ink3
            room = QRect(left + 12, 0, self.width() - left - 12, self.height())
            draw.text(painter, room, self.hint, "small", soft if self.isEnabled() else ink)
        if self.hasFocus() and self.kind == "primary":
            draw.ring(painter, self.rect(), C.surface, 3.0, 1.5)
        elif self.hasFocus():
            draw.ring(painter, self.rect(), C.accent)
        painter.end()


class BigButton(Pressable):
    """One of two big buttons of a page: an icon, what it does, and what it would carry."""

    def __init__(self, text: str, second: str, icon: str, hint: str, *, name: str, primary: bool = False) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self._second, self.icon_name, self._hint, self._primary = second, icon, hint, primary
        self.setProperty("kind", "primary" if primary else "normal")
        self.setMinimumHeight(100 if words.language() == "my" else 84)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(second)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isEnabled()
        painter.setPen(QPen(QColor(C.edge if not self._primary else C.accent if on else C.faint), 1))
        fill = (C.accent if on else C.off) if self._primary else C.paper if self.underMouse() and on else C.surface
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        ink, soft = (C.surface, C.accent_key) if self._primary else (C.ink, C.ink2)
        if not on:
            ink = soft = C.off_ink if self._primary else C.faint
        middle, lift = self.height() // 2, 32 if words.language() == "my" else 26
        icons.paint(painter, self.icon_name, QRectF(22, middle - 14, 28, 28), ink)
        wide = self.width() - 68 - 80
        draw.text(painter, QRect(68, middle - lift, wide, lift), self.text(), "heading", ink)
        draw.text(painter, QRect(68, middle, wide + 60, lift), self._second, "body", soft)
        draw.text(painter, QRect(0, middle - lift, self.width() - 18, lift), self._hint, "small", soft, draw.RIGHT)
        if self.hasFocus():
            colour, inset, width = (C.surface, 3.0, 1.5) if self._primary else (C.accent, 1.0, 2.0)
            draw.ring(painter, self.rect(), colour, inset, width)
        painter.end()


class RailButton(Pressable):
    """A command at the foot of the rail, or on the paper of the unlock screen (`plane` paper), with its key."""

    def __init__(self, text: str, icon: str, hint: str, *, name: str, strong: bool = False) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.icon_name, self._hint, self._strong = icon, hint, strong
        self.setFlat(True)
        self.setProperty("kind", "rail")
        self.setFixedHeight(words.metrics().rail)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(hint)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = C.rail_strong if self._strong or self.underMouse() else C.rail_ink
        icons.paint(painter, self.icon_name, QRectF(18, self.height() / 2 - 10, 20, 20), ink)
        draw.text(painter, QRect(48, 0, self.width() - 60, self.height()), self.text(), "body", ink)
        draw.text(painter, self.rect().adjusted(0, 0, -18, 0), self._hint, "small", C.rail_ink2, draw.RIGHT)
        if self.hasFocus():
            draw.ring(painter, self.rect().adjusted(8, 1, -8, -1), C.rail_strong)
        painter.end()
