"""Look over everything a window shows: names for screen readers, text that does not fit, the way of the Tab key."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractListModel, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QScrollArea, QTabBar, QWidget

from ui.forms.matrix import Dot
from ui.widgets.buttons import BigButton, RailButton
from ui.widgets.labels import Words
from ui.widgets.option import Option


def shown(window: QWidget) -> Iterator[QWidget]:
    """Every widget that can be seen, or scrolled into sight."""
    for one in window.findChildren(QWidget):
        if one.isVisibleTo(window) and not one.objectName().startswith("qt_"):
            yield one


def focusable(window: QWidget) -> list[QWidget]:
    """Everything the Tab key can reach."""
    return [one for one in shown(window) if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled() and one.focusProxy() is None]


def nameless(window: QWidget) -> list[str]:
    """Interactive widgets that a screen reader or a test cannot name, and names that stand twice."""
    found, seen = [], set()
    for one in focusable(window):
        name = one.objectName()
        spoken = QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)
        if not name or not spoken.strip():
            found.append(f"{type(one).__name__} {name!r} spoken {spoken!r}")
        if name in seen:
            found.append(f"{name} stands twice")
        seen.add(name)
    return found


def clipped(window: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit, or that stand outside of what holds them."""
    found = []
    for one in shown(window):
        if isinstance(one, QLabel) and one.text() and not _label_fits(one):
            found.append(f"label {one.text()[:60]!r}: {one.width()}x{one.height()}")
        elif isinstance(one, Option):
            if one.height() < one.height_at(one.width()) or one.width() < 70:
                found.append(f"option {one.text()!r}: {one.width()}x{one.height()}")
        elif isinstance(one, QPushButton) and not isinstance(one, (RailButton, BigButton, Dot)) and one.width() < one.sizeHint().width():
            found.append(f"button {one.text()!r}: {one.width()} of {one.sizeHint().width()}")
        elif isinstance(one, QTabBar) and one.width() < one.sizeHint().width():
            found.append(f"tabs {one.objectName()}: {one.width()} of {one.sizeHint().width()}")
        else:
            continue
    return found + list(_outside(window))


def _label_fits(label: QLabel) -> bool:
    if isinstance(label, Words) and label.wordWrap():
        return label.height() >= label.heightForWidth(label.width()) - 1
    wide = label.fontMetrics().horizontalAdvance(label.text())
    return label.width() >= wide and label.height() >= label.fontMetrics().height() - 4


def _outside(window: QWidget) -> Iterator[str]:
    """Words and buttons that nobody can scroll to: past the edge of the window, or beside what scrolls up and down."""
    whole = QRect(QPoint(0, 0), window.size())
    for one in shown(window):
        if not isinstance(one, (QLabel, QPushButton)) or not one.width():
            continue
        place = QRect(one.mapTo(window, QPoint(0, 0)), one.size())
        area = _scrolls(one, window)
        room = QRect(area.viewport().mapTo(window, QPoint(0, 0)), area.viewport().size()) if area is not None else whole
        if place.left() < room.left() or place.right() > room.right():
            yield f"{type(one).__name__} {one.text()[:40]!r} reaches from {place.left()} to {place.right()} in {room.left()}..{room.right()}"
        elif area is None and (place.top() < 0 or place.bottom() > whole.bottom()):
            yield f"{type(one).__name__} {one.text()[:40]!r} is below the window"


def _scrolls(one: QWidget, window: QWidget) -> QScrollArea | None:
    parent = one.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QScrollArea):
            return parent
        parent = parent.parentWidget()
    return None


def reached_by_tab(window: QWidget, limit: int = 5000) -> set[str]:
    """The objectNames that the Tab key passes, beginning where the keyboard is, until it comes round."""
    names: set[str] = set()
    first = now = window.focusWidget() or window
    for _ in range(limit):
        now = now.nextInFocusChain()
        if now is first:
            break
        if now.focusPolicy() & Qt.FocusPolicy.TabFocus and now.isVisibleTo(window) and now.isEnabled():
            names.add(now.objectName())
    if first.objectName():
        names.add(first.objectName())
    return names


def unreadable_rows(window: QWidget) -> list[str]:
    """Rows of lists and tables without text for a screen reader."""
    found = []
    for view in shown(window):
        model = view.model() if isinstance(view, QAbstractItemView) else None
        if model is None:
            continue
        for at in range(min(model.rowCount(), 50)):
            texts = [str(model.index(at, column).data() or "") for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount())]
            if not any(texts):
                found.append(f"{view.objectName()} row {at}")
    return found
