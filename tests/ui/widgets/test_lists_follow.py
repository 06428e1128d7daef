"""Lists that are longer than their place follow the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.widgets.lists import CellTable, RowList
from ui.widgets.rows import Cell


@pytest.mark.parametrize("kind", ["list", "table"])
def test_the_chosen_row_stays_in_sight(qtbot: QtBot, kind: str) -> None:
    made: RowList | CellTable
    if kind == "list":
        made = rows = RowList(name="rows", label="rows")
        rows.show_cells([Cell(str(at), key=at) for at in range(100)])
    else:
        made = table = CellTable(("a",), (0,), name="rows", label="rows")
        table.show_lines([[Cell(str(at), key=at)] for at in range(100)])
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    for key, times in ((Qt.Key.Key_Down, 30), (Qt.Key.Key_End, 1), (Qt.Key.Key_Up, 20)):
        for _ in range(times):
            qtbot.keyClick(made, key)
        assert made.viewport().rect().contains(made.visualRect(made.currentIndex())), key
    if isinstance(made, CellTable):
        made.choose_row(3)
        assert made.viewport().rect().contains(made.visualRect(made.currentIndex()))
