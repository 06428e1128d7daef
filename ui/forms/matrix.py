"""Several questions with the same answers: one row for each, the answers in one shared head."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.services.intake import Choice, Node
from ui import words
from ui.forms.columns import follow_width
from ui.forms.entry import Entry
from ui.forms.filling import Filling
from ui.forms.markdown import plain
from ui.forms.question import QuestionView, name_of
from ui.theme import draw, icons
from ui.theme.tokens import C
from ui.widgets.buttons import ARROWS
from ui.widgets.labels import Words
from ui.widgets.layout import col, row, rule

MOST = 8  # answers beside each other
_ABOVE = 3  # parts of the column above the first row
_ASKS, _ANSWERS = 5, 6  # how the words of a row and its answers share the width


class Dot(QPushButton):
    """One answer in a row, its words in the head."""

    def __init__(self, choice: Choice, *, name: str, label: str, many: bool) -> None:
        super().__init__("")
        self.setObjectName(f"{name}_{choice.name}")
        self.setAccessibleName(f"{label}: {choice.label or choice.name}")
        self.setToolTip(choice.label)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFixedHeight(words.metrics().choice)
        self.setMinimumWidth(36)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._icons = ("plus", "check") if many else ("circle", "done")

    def sizeHint(self) -> QSize:
        return QSize(60, words.metrics().choice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, middle = self.isChecked(), QRectF(self.rect()).center()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(C.accent_soft if on else C.paper))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 1, -2, -1), 6, 6)
        ink = C.faint if not self.isEnabled() else C.accent_dark if on else C.edge
        icons.paint(painter, self._icons[on], QRectF(middle.x() - 10, middle.y() - 10, 20, 20), ink)
        if self.hasFocus():
            draw.ring(painter, self.rect().adjusted(1, 0, -1, 0), C.accent)
        painter.end()


class DotsEntry(Entry):
    """The answers of one row. Left and Right move, Space chooses, Delete takes the answer out. Signal: `aside(row, column)` for Up and
    Down."""

    aside = Signal(int, int)
    least = 160

    def __init__(self, node: Node, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._many = node.type == "select_multiple"
        self._choices = node.choices
        self.dots: dict[str, Dot] = {}
        for one in node.choices:
            dot = Dot(one, name=name, label=plain(node.label), many=self._many)
            dot.clicked.connect(lambda _on=False, key=one.name: self._pressed(key))
            self.dots[one.name] = dot
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for dot in self.dots.values():
            line.addWidget(dot, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def parts(self) -> Sequence[QWidget]:
        return ()

    @property
    def start(self) -> QWidget:
        return next((dot for dot in self.dots.values() if dot.isChecked()), None) or next(iter(self.dots.values()), self)

    def put(self, node: Node, text: str) -> None:
        wanted = set(text.split(" ") if self._many else [text])
        for key, dot in self.dots.items():
            dot.setChecked(key in wanted)

    def _pressed(self, key: str) -> None:
        chosen = {one for one, dot in self.dots.items() if dot.isChecked()} if self._many else {key}
        self.given.emit(" ".join(one.name for one in self._choices if one.name in chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        dots = list(self.dots.values())
        here = next((at for at, dot in enumerate(dots) if dot.hasFocus()), None)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        rows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if here is not None and step is not None:
            dots[(here + step) % len(dots)].setFocus(Qt.FocusReason.TabFocusReason)
        elif here is not None and rows is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.aside.emit(rows, here)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.given.emit("")
        else:
            super().keyPressEvent(event)


class RowQuestion(QuestionView):
    """A question as one row of a matrix: its words at the left, its answers at the right. Where its answers are not those of the head, it
    shows its own with their words. Signal: `aside(this question, row, column)` as its entry's."""

    aside = Signal(object, int, int)

    def __init__(self, filling: Filling, node: Node, heads: tuple[Choice, ...]) -> None:
        self._heads = heads
        super().__init__(filling, node)

    def show_under(self, heads: tuple[Choice, ...], node: Node) -> None:
        """Show it below these heads."""
        self._heads = heads
        self.show_node(node)

    def _kind_of(self, node: Node) -> str:
        kind = super()._kind_of(node)
        if kind == "read" or not self._heads or node.choices != self._heads:
            return kind
        return " ".join(("under", *(one.name for one in self._heads)))

    def _new_entry(self, node: Node) -> Entry:
        if not self._kind.startswith("under "):
            return super()._new_entry(node)
        made = DotsEntry(node, self._name)
        made.aside.connect(self._aside)
        return made

    def _aside(self, by: int, column: int) -> None:
        self.aside.emit(self, by, column)

    def _build(self) -> None:
        head = row((self._title, 1000), self._needed, None, gap=8)
        left = QWidget()
        left.setLayout(col(None, head, None))
        left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        follow_width(left)
        line = row((left, _ASKS), (self._place, _ANSWERS), gap=12)
        self.setLayout(col(line, self._below, self._under, self._more, self._problem))
        follow_width(self)

    def head_height(self, width: int) -> int:
        return 0


class MatrixView(QWidget):
    """The questions below each other. `paths`: of the question that holds the head (or "" if the first row's answers are the head), then
    of the rows. Signal: `onward(question)` of the rows."""

    onward = Signal(object)

    def __init__(self, filling: Filling, head: str, paths: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName(f"{name_of(head or paths[0])}_matrix")
        self._filling, self._head, self._paths = filling, head, tuple(paths)
        self._rows: dict[str, RowQuestion] = {}
        self._shown: tuple[Choice, ...] = ()
        self._title = Words("", "strong", "second", wrap=True)
        self._heads = QHBoxLayout()
        self._heads.setContentsMargins(0, 0, 0, 0)
        self._heads.setSpacing(0)
        holder = QWidget()
        holder.setLayout(self._heads)
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._column = col(row((self._title, _ASKS), (holder, _ANSWERS), gap=12), 4, rule(thin=True), gap=2)
        self.setLayout(self._column)
        follow_width(self)

    def refresh(self) -> None:
        """Show the questions as they stand."""
        first = self._filling.node(self._head or self._paths[0])
        heads = first.choices if len(first.choices) <= MOST else ()
        self._title.setText(plain(first.label).strip() if self._head else "")
        if heads != self._shown:
            self._show_heads(heads)
        nodes = [self._filling.node(path) for path in self._paths]
        for node in nodes:
            self._show_row(node)
        self.setVisible(any(node.relevant for node in nodes))

    def _show_row(self, node: Node) -> None:
        view = self._rows.get(node.path)
        if view is None and node.relevant:
            view = self._rows[node.path] = RowQuestion(self._filling, node, self._shown)
            view.onward.connect(self.onward)
            view.aside.connect(self._aside)
            before = [path for path in self._paths[: self._paths.index(node.path)] if path in self._rows]
            self._column.insertWidget(_ABOVE + len(before), view)
        elif view is not None and node.relevant:
            view.show_under(self._shown, node)
        if view is not None:
            view.setVisible(node.relevant)

    def _show_heads(self, choices: tuple[Choice, ...]) -> None:
        self._shown = choices
        while (item := self._heads.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for one in choices:
            self._heads.addWidget(self._head_of(one), 1)

    def _head_of(self, choice: Choice) -> QLabel:
        picture = self._filling.picture(choice.media.image) if choice.media.image else None
        made: QLabel = Words(choice.label or choice.name, "small", "second", wrap=True)
        if picture is not None:
            made = QLabel()
            made.setAccessibleName(choice.label or choice.name)
            made.setPixmap(picture.scaled(QSize(72, 56), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return made

    def _aside(self, asked: RowQuestion, by: int, column: int) -> None:
        """Up and Down go to the same answer of the row above or below."""
        rows = [view for view in self.rows() if isinstance(view.entry, DotsEntry)]
        at = rows.index(asked) + by
        if 0 <= at < len(rows):
            entry = rows[at].entry
            assert isinstance(entry, DotsEntry)
            list(entry.dots.values())[min(column, len(entry.dots) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def rows(self) -> list[RowQuestion]:
        """The rows that are shown, in the order of the form."""
        return [view for path in self._paths if (view := self._rows.get(path)) is not None and not view.isHidden()]
