"""One page of a form on the screen, without a vault behind it."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Role
from desktop.forms.definition import Definition
from desktop.services.intake import FilledForm, Node, Open
from tests.ui.forms.every_type import definition
from tests.ui.typing import letters
from ui import words
from ui.forms.filling import Filling
from ui.forms.outline import Sheet
from ui.forms.question import QuestionView
from ui.forms.sheet import FormSheet, Look
from ui.shell import Shell

Found = TypeVar("Found", bound=QWidget)


class NoShell(QObject):
    """Takes work and does nothing with it: what is typed is looked at in the form itself."""

    language = "en"
    who = SimpleNamespace(role=Role.COORDINATOR)

    def do(self, *_work: Any, **_how: Any) -> None:
        """Nothing is written."""

    read = do


class Bench:
    """`page` is a group of the form, "" all of it; `sheet` one of its pages."""

    def __init__(
        self, qtbot: QtBot, page: str, *, form: Definition | None = None, media: Mapping[str, bytes] | None = None, sheet: Sheet | None = None
    ) -> None:
        made = form or definition()
        self._shell, self._qtbot = NoShell(), qtbot
        self.root = f"/{made.root.name}"
        self.page = f"{self.root}/{page}" if page else ""
        self.filling = Filling(cast(Shell, self._shell), self._shell)
        opened = Open("draft", FilledForm(made, language=words.language()), frozenset(), None, 0)
        self.filling.begin(opened, media=media)
        self._show(sheet or Sheet("", self.page, (), "", ""))

    def _show(self, sheet: Sheet) -> None:
        self.sheet = FormSheet(self.filling, sheet.parent, Look(strong=True, down=20), edges=(24, 6, 24, 20), names=sheet.names)
        self.sheet.resize(700, 700)
        self._qtbot.addWidget(self.sheet, before_close_func=lambda _sheet: self.filling.end())  # and it lives as long as its window
        with self._qtbot.waitActive(self.sheet):
            self.sheet.show()
            self.sheet.activateWindow()

    def turn(self, sheet: Sheet) -> Bench:
        """Show another page of the form."""
        self.sheet.hide()
        self._show(sheet)
        return self

    def path(self, name: str) -> str:
        """The path of a question of this page."""
        return f"{self.page or self.root}/{name}"

    def node(self, name: str) -> Node:
        """How it stands."""
        return self.filling.form.node(self.path(name))

    def value(self, name: str) -> str:
        """Its answer."""
        return self.node(name).value

    def refused(self, name: str) -> str:
        """What the form did not take of it."""
        return self.filling.refused.get(self.path(name), "")

    def view(self, name: str) -> QuestionView:
        """Its widgets."""
        found = self.sheet.question(self.path(name))
        assert found is not None, name
        return found

    def at(self, name: str) -> Bench:
        """Put the keyboard where its answer is written."""
        self.view(name).entry.focus()
        QApplication.processEvents()
        return self

    def write(self, text: str) -> Bench:
        """Type letters where the keyboard is."""
        letters(_at, text)
        return self

    def press(self, *keys: str) -> Bench:
        """Press keys as Qt writes them."""
        for name in keys:
            combination = QKeySequence(name)[0]
            target = QApplication.activePopupWidget() or QApplication.focusWidget()
            assert target is not None
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()
        return self

    def child(self, kind: type[Found], name: str) -> Found:
        """A widget by its name."""
        found = self.sheet.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def said(self, name: str) -> str:
        """What is said to be wrong with a question, "" if nothing."""
        label = self.child(QLabel, f"{self._object(name)}_problem_words")
        return label.text() if label.isVisibleTo(self.sheet) else ""

    def _object(self, name: str) -> str:
        return "_".join(self.path(name).strip("/").split("/")[1:])

    def click(self, widget: QWidget) -> None:
        """A click in the middle of a widget."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self._qtbot.wait(5)


def _at() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found
