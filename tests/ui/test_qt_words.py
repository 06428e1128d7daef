"""Qt's own dialogs and menus speak the language of the window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui import words
from ui.qt_words import QtWords
from ui.widgets.dialogs import choose_place


@pytest.fixture(autouse=True)
def translated(qapp: QApplication) -> Iterator[None]:
    made = QtWords(qapp)
    qapp.installTranslator(made)
    yield
    qapp.removeTranslator(made)
    made.deleteLater()


def texts(widget: QWidget) -> list[str]:
    """What labels, buttons and tool tips say."""
    said = [one.text() for kind in (QLabel, QAbstractButton) for one in widget.findChildren(kind)]
    return [text for text in (*said, *(one.toolTip() for one in widget.findChildren(QWidget))) if text]


def in_english_letters(said: list[str]) -> list[str]:
    return [text for text in said if re.search("[A-Za-z]{2}", text.replace("PDF", ""))]


@pytest.mark.parametrize("mode", list(QFileDialog.FileMode))
def test_the_file_dialog_speaks_burmese(qtbot: QtBot, mode: QFileDialog.FileMode) -> None:
    words.use("my")
    shown = QFileDialog()
    qtbot.addWidget(shown)
    shown.setOption(QFileDialog.Option.DontUseNativeDialog)
    shown.setFileMode(mode)
    said = texts(shown)
    assert len(said) > 8
    assert in_english_letters(said) == []
    heads = shown.findChild(QWidget, "treeView").model()  # type: ignore[union-attr, attr-defined]
    assert [heads.headerData(at, Qt.Orientation.Horizontal) for at in range(4)] == ["အမည်", "အရွယ်", "အမျိုးအစား", "ပြောင်းခဲ့သည့်နေ့"]


def test_the_dialogs_of_the_program_do(qtbot: QtBot, tmp_path: Path) -> None:
    words.use("my")
    parent = QWidget()
    qtbot.addWidget(parent)
    choose_place(parent, "x", "page.pdf", lambda _path: None)
    shown = parent.findChild(QFileDialog)
    assert shown is not None
    assert in_english_letters(texts(shown)) == []
    shown.reject()


def test_the_print_dialog_speaks_burmese(qtbot: QtBot) -> None:
    words.use("my")
    printer = QPrinter()
    shown = QPrintDialog(printer)
    qtbot.addWidget(shown)
    assert in_english_letters(texts(shown)) == []


def test_the_menu_of_a_field_follows_the_language(qtbot: QtBot) -> None:
    field = QLineEdit("x")
    qtbot.addWidget(field)
    for language, copy in (("en", "&Copy"), ("my", "ကူးယူရန်"), ("en", "&Copy")):
        words.use(language)
        menu = field.createStandardContextMenu()
        assert copy in [action.text().split("\t")[0] for action in menu.actions()]
        menu.deleteLater()
