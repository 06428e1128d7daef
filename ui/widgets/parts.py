"""The parts of a page: head, side panel, foot with buttons, the big sentence, the empty page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.tokens import EDGE, PANEL_EDGE, PANEL_WIDTH

from .buttons import Button
from .labels import ChipLabel, Mark, Words
from .layout import Part, box, col, fill, row, rule, scroll, show_if


class Head(QWidget):
    """Title of a page, a second line, what is true for all of it, and its buttons at the right."""

    def __init__(
        self, title: str, second: str = "", *actions: QWidget, above: str = "", chips: Sequence[ChipLabel] = (), big: str = "title"
    ) -> None:
        super().__init__()
        self.title = Words(title, big)
        self.title.setObjectName("page_title")
        self.second = Words(second, "body", "second")
        show_if(self.second, bool(second))
        self.above = Words(above, "small", "hint")
        show_if(self.above, bool(above))
        top = row(self.title, *chips, None, gap=8)
        left = col(self.above, top, self.second, gap=1)
        self.setLayout(row((left, 1), *(col(None, one, None) for one in actions), edge=(EDGE, 18, EDGE, 14)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, title: str, second: str = "", above: str = "") -> None:
        """Change the words."""
        self.title.setText(title)
        self.second.setText(second)
        show_if(self.second, bool(second))
        self.above.setText(above)
        show_if(self.above, bool(above))


class SidePanel(QWidget):
    """What explains the chosen thing, on paper grey behind one hairline. Fill `body`; `foot` stays at the bottom.

    `side`: ``right`` or ``left`` of the page. What does not fit scrolls.
    """

    def __init__(self, name: str, width: int = PANEL_WIDTH, *, side: str = "right") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedWidth(width)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        self.body.setContentsMargins(PANEL_EDGE, 18, PANEL_EDGE, 8)
        self.foot = QVBoxLayout()
        self.foot.setSpacing(8)
        self.foot.setContentsMargins(PANEL_EDGE, 6, PANEL_EDGE, 14)
        inner = box(col((scroll(box(self.body), f"{name}_scroll", "paper"), 1), self.foot), "paper")
        line = rule(upright=True)
        self.setLayout(row(line, (inner, 1), gap=0) if side == "right" else row((inner, 1), line, gap=0))

    def fill(self, *parts: Part) -> None:
        """Add parts to the body."""
        fill(self.body, *parts)


def foot(*parts: Part, edge: int = EDGE) -> QWidget:
    """The bar with buttons at the foot of a page."""
    return box(col(rule(), row(*parts, edge=(edge, 10, edge, 10))), "surface")


class Sentence(QWidget):
    """The most important sentence of a page, its largest text, with an icon and one line below it."""

    def __init__(self, icon: str, text: str, second: str = "", tone: str = "second", second_tone: str = "second") -> None:
        super().__init__()
        self.words = Words(text, "title", wrap=True)
        self.words.setObjectName("sentence")
        self.second = Words(second, "strong" if second_tone == "good" else "body", second_tone, wrap=True)
        self.second.setObjectName("sentence_second")
        show_if(self.second, bool(second))
        self.mark = Mark(icon, tone, 40)
        self.setLayout(row(col(2, self.mark, None), (col(self.words, 4, self.second), 1), gap=18))


class Empty(QWidget):
    """A page with nothing on it yet: one title, one sentence, the main button, then at most three ways aside."""

    def __init__(self, title: str, second: str, main: Button | None = None, ways: Sequence[tuple[str, str, Button]] = ()) -> None:
        """`ways`: (icon, question, button)."""
        super().__init__()
        parts: list[Part] = [Words(title, "title", wrap=True), 6, Words(second, "body", "second", wrap=True), 20]
        if main is not None:
            parts += [row(main, None), 32]
        if ways:
            parts += [rule(), 16]
        for icon, question, button in ways:
            parts += [row(Mark(icon), (Words(question, wrap=True), 1), button, gap=10), 6]
        column = box(col(*parts, None), width=560)
        self.setLayout(col(row(None, column, None), None, edge=(EDGE, 72, EDGE, 0)))


def numbered(*lines: str) -> QBoxLayout:
    """Steps with their numbers."""
    made = [row(Words(str(at), "strong", "hint"), (Words(line, "body", "second", wrap=True), 1), gap=14) for at, line in enumerate(lines, 1)]
    return col(*made, gap=8)


def spread(widget: QWidget, wide: int) -> QWidget:
    """A column of at most `wide` pixels at the left of a page."""
    widget.setMaximumWidth(wide)
    widget.setMinimumSize(QSize(0, 0))
    holder = box(row((widget, 1), edge=(EDGE, 16, EDGE, 12)))
    holder.layout().setAlignment(widget, Qt.AlignmentFlag.AlignLeft)  # type: ignore[union-attr]
    return holder
