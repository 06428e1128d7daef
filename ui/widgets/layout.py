"""Short ways to lay widgets out. In `col` and `row` a part is a widget, a layout, a number (pixels of space), None (stretch), or a
tuple (widget or layout, stretch)."""

from __future__ import annotations

from typing import Union

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

Part = Union[QWidget, QLayout, int, None, tuple[Union[QWidget, QLayout], int]]
Edges = tuple[int, int, int, int]


def fill(layout: QBoxLayout, *parts: Part) -> None:
    """Add parts at the end of a layout."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, tuple):
            _add(layout, part[0], part[1])
        else:
            _add(layout, part, 0)


def _add(layout: QBoxLayout, part: QWidget | QLayout, stretch: int) -> None:
    if isinstance(part, QLayout):
        layout.addLayout(part, stretch)
    else:
        layout.addWidget(part, stretch)


def col(*parts: Part, gap: int = 0, edge: Edges = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts below each other."""
    layout = QVBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(*edge)
    fill(layout, *parts)
    return layout


def row(*parts: Part, gap: int = 8, edge: Edges = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts beside each other."""
    layout = QHBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(*edge)
    fill(layout, *parts)
    return layout


def box(layout: QLayout, plane: str = "", *, width: int = 0, height: int = 0) -> QWidget:
    """A widget around a layout. `plane` is its ground: surface, paper or rail."""
    made = QWidget()
    made.setLayout(layout)
    ground(made, plane)
    if width:
        made.setFixedWidth(width)
    if height:
        made.setFixedHeight(height)
    return made


def ground(widget: QWidget, plane: str) -> None:
    """Give a widget one of the three grounds (surface, paper, rail)."""
    if plane:
        widget.setProperty("plane", plane)
        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def rule(*, upright: bool = False, thin: bool = False) -> QFrame:
    """A hairline between regions, or a thin one between rows."""
    made = QFrame()
    made.setProperty("rule", "thin" if thin else "region")
    if upright:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def scroll(inner: QWidget, name: str, plane: str = "surface") -> QScrollArea:
    """A part of a page that scrolls up and down when it is too long. The keyboard scrolls it by moving the focus."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    ground(inner, plane)
    area.setWidget(inner)
    return area


def show_if(widget: QWidget, on: bool) -> None:
    """Show or hide a part of a page. One that stands nowhere yet is shown with the page it goes into: shown now, Qt would make it a
    window of its own for a moment, and take the keyboard away from ours."""
    if not on or widget.parentWidget() is not None:
        widget.setVisible(on)
    else:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_Hidden, False)
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)


def has_keyboard(widget: QWidget) -> bool:
    """True if the keyboard is in this widget or in one of its children."""
    now = QApplication.focusWidget()
    return now is not None and (now is widget or widget.isAncestorOf(now))


def focus_soon(widget: QWidget) -> None:
    """Put the keyboard into a widget that was only just laid out: Qt refuses it until the widget is shown."""
    QTimer.singleShot(0, widget, lambda: widget.setFocus(Qt.FocusReason.OtherFocusReason))


def scroll_soon(area: QScrollArea, at: int) -> None:
    """Scroll a part that was only just laid out, as far as it goes: it is not known before it is shown how long it is."""
    QTimer.singleShot(0, area, lambda: area.verticalScrollBar().setValue(at))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let the widgets go."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
            inner.deleteLater()
        if widget is not None:
            _let_go(widget)


def drop(layout: QLayout, widget: QWidget) -> None:
    """Take one widget out of a layout and let it go."""
    layout.removeWidget(widget)
    _let_go(widget)


def _let_go(widget: QWidget) -> None:
    widget.hide()
    widget.setParent(None)  # it goes a moment later: until then nobody may find it by its name
    widget.deleteLater()
