"""Typing in the search field of a question with 50,000 choices, from the key to the painted rows, beside what Qt itself offers for this."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit

from desktop.forms.compile import compile_workbook
from desktop.forms.loading import load
from desktop.services.intake import Choice, FilledForm, Node
from tests.benchmarks.table import Row, percentile
from tests.gallery._album import application
from ui.forms.finding import FindEntry

CHOICES = 50_000
TOWNS = ("Hpa-An", "Myawaddy", "Thaton", "Kawkareik", "ဘားအံ", "မြဝတီ", "သထုံ")
TYPED = ("village 49", "hpa", "town 7 my", "myawaddy 123", "မြဝတီ", "49999", "e", "village 1 of thaton")
_FORM = "| survey |\n| | type | name | label |\n| | select_one c | v | Village |\n| choices |\n| | list_name | name | label |\n| | c | a | A |"


def choices() -> tuple[Choice, ...]:
    """Invented villages in both scripts."""
    return tuple(Choice(f"v{at}", f"Village {at} of {TOWNS[at % len(TOWNS)]} {at % 997}") for at in range(CHOICES))


def rows() -> list[Row]:
    """Type each text letter by letter and take it out again."""
    application()
    form = FilledForm(load(compile_workbook(_FORM).xml))
    node = replace(form.node(f"/{form.definition.root.name}/v"), choices=choices())
    keys, offered = _ours(node)
    plain = _plain([one.label for one in node.choices])
    return [
        Row(
            f"{CHOICES:,} choices, one key typed to rows painted, 95 of 100", percentile(keys, 0.95), "ms", 16,
            "QCompleter that looks anywhere in the words", percentile(plain, 0.95),
        ),
        Row("the same, half of the keys", percentile(keys, 0.5), "ms", None, "QCompleter that looks anywhere in the words", percentile(plain, 0.5)),
        Row("the question shown for the first time", offered, "ms"),
    ]


def _ours(node: Node) -> tuple[list[float], float]:
    began = time.perf_counter()
    entry = FindEntry(node, "village")
    entry.resize(420, 320)
    entry.show()
    entry.activateWindow()
    QApplication.processEvents()
    offered = (time.perf_counter() - began) * 1000
    line = entry.field
    assert isinstance(line, QLineEdit)
    found = _keys(line)
    entry.close()
    return found, offered


def _plain(labels: list[str]) -> list[float]:
    """The same keys, told to the completer without a field or a list to paint."""
    model = QStringListModel(labels)
    completer = QCompleter(model)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def look(typed: str) -> None:
        completer.setCompletionPrefix(typed)
        completer.completionCount()

    typed = [text[:length] for text in TYPED for length in (*range(1, len(text) + 1), *range(len(text) - 1, -1, -1))]
    return [_timed(lambda prefix=prefix: look(prefix)) for prefix in typed]  # type: ignore[misc]


def _keys(line: QLineEdit) -> list[float]:
    """Milliseconds of each key."""
    found = []
    line.setFocus()
    for text in TYPED:
        for letter in text:
            found.append(_timed(lambda letter=letter: _type(line, letter)))  # type: ignore[misc]
        for _ in text:
            found.append(_timed(lambda: QTest.keyClick(line, Qt.Key.Key_Backspace)))
    return found


def _type(line: QLineEdit, letter: str) -> None:
    if ord(letter) < 128:
        QTest.keyClicks(line, letter)
    else:
        line.insert(letter)
        line.textEdited.emit(line.text())


def _timed(key: Callable[[], object]) -> float:
    began = time.perf_counter()
    key()
    QApplication.processEvents()
    return (time.perf_counter() - began) * 1000
