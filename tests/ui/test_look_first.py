"""No page leaves the program that was not seen: who prints or saves shows the page, and the box that shows it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import papers, printers
from desktop.services.papers import Paper
from tests.tree import ROOT, files, name
from tests.ui import looking
from tests.ui.conftest import settle
from ui.code_groups import Sheet
from ui.look_first import LookFirst
from ui.shell import Shell
from ui.window import Window

GO_OUT = {"print_paper", "print_direct", "save_as"}
SHOW = {"SheetView", "LookFirst"}
BESIDE = {"ui/pages/paper/state.py": "ui/pages/paper/view.py", "ui/pages/pads/state.py": "ui/pages/pads/view.py",
          "ui/pages/contacts/state.py": "ui/pages/contacts/giving.py"}
"""What saves for a view, and the view, which shows the page."""


def called(path: Path) -> set[str]:
    """The names that a module calls."""
    made = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return {one.attr if isinstance(one, ast.Attribute) else one.id for one in made if isinstance(one, (ast.Attribute, ast.Name))}


def test_whoever_lets_a_page_out_shows_it() -> None:
    calls = {name(path): called(path) for path in files("ui", endings={".py"})}
    out = {path for path, names in calls.items() if names & GO_OUT}
    assert len(out) > 5
    assert {path for path in out if not calls[BESIDE.get(path, path)] & SHOW} == set()


def test_nothing_else_speaks_to_a_printer() -> None:
    calls = {name(path): called(path) for path in files("ui", endings={".py"})}
    assert {path for path, names in calls.items() if names & {"QPrinter", "QPrintDialog"}} == {"ui/printing.py"}
    sends = {path for path, names in calls.items() if names & {"draw_pages", "send"} and "printers" in (ROOT / path).read_text(encoding="utf-8")}
    assert sends == {"ui/printing.py"}


@pytest.fixture
def seen(shell: Shell, window: Window, qtbot: QtBot) -> Callable[[Paper], tuple[LookFirst, list[str]]]:
    def show(paper: Paper) -> tuple[LookFirst, list[str]]:
        out: list[str] = []
        LookFirst(window, shell.jobs, paper, "Print", lambda: out.append("out"), warning="Nobody but you should see this page.").open()
        return looking.opened(window, qtbot), out

    return show


def press(box: QWidget, name: str) -> None:
    found = box.findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    found.click()


def test_every_page_can_be_seen_larger_and_smaller(
    seen: Callable[[Paper], tuple[LookFirst, list[str]]], window: Window, qtbot: QtBot,
) -> None:
    sheet = Sheet("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    sheet.divide(True)
    box, out = seen(papers.recovery_parts(parts=sheet.parts))
    shown, first = [looking.picture(box)], box._sheet._sheet.height()
    for _ in range(2):
        press(box, "look_next")
        qtbot.waitUntil(lambda: looking.picture(box) is not shown[-1], timeout=5000)
        shown.append(looking.picture(box))
    assert all(one != other for one, other in pairwise(shown))
    press(box, "look_larger")
    assert box._sheet._sheet.height() > first
    press(box, "look_smaller")
    assert box._sheet._sheet.height() == first
    press(box, "look_back")
    settle(window, qtbot)
    assert out == []


def test_nothing_goes_out_before_the_page_is_there(shell: Shell, window: Window, qtbot: QtBot) -> None:
    out: list[str] = []
    box = LookFirst(window, shell.jobs, printers.trial_paper("A4"), "Print", lambda: out.append("out"))
    go = box.findChild(QPushButton, "look_go")
    assert isinstance(go, QPushButton)
    assert not go.isEnabled()
    go.click()
    assert out == []
    box.open()
    looking.go_on(window, qtbot)
    assert out == ["out"]
