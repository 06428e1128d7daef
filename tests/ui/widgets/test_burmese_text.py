"""Zawgyi as it is typed and pasted: offered beneath the field, never changed in silence, taken back with Ctrl+Z."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.fields import FIELDS
from tests.tree import ROOT
from ui.records.word_editor import WordEditor
from ui.widgets import burmese_text
from ui.widgets.fields import Labelled, Line, Lines, Search, Secret
from ui.widgets.layout import col
from ui.widgets.suggest import SuggestLine

ZAWGYI, UNICODE = "ေအာင္မ်ိဳးထက္", "အောင်မျိုးထက်"
BOTH = "လွ"


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(burmese_text, "_kept", set())


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """Shows fields on a page."""
    def show(*fields: QWidget) -> QWidget:
        made = QWidget()
        made.resize(640, 480)
        made.setLayout(col(*fields, None, gap=8))
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        return made

    return show


def write(field: QWidget, text: str) -> None:
    """As an input method sends it, letter by letter."""
    field.setFocus()
    for letter in text:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(field, event)


def paste(field: QWidget, text: str) -> None:
    field.setFocus()
    QGuiApplication.clipboard().setText(text)
    press(field, "Ctrl+V")


def press(field: QWidget, keys: str) -> None:
    combination = QKeySequence(keys)[0]
    QTest.keyClick(field, combination.key(), combination.keyboardModifiers())
    QTest.qWait(5)


def offered(page: QWidget, name: str = "name") -> QWidget | None:
    return page.findChild(QWidget, f"{name}_zawgyi")


def text(page: QWidget, part: str) -> str:
    found = page.findChild(QWidget, f"name_zawgyi_{part}")
    assert found is not None
    return str(found.property("text"))


def test_pasted_zawgyi_is_offered_and_one_key_uses_it(page: Callable[..., QWidget]) -> None:
    field = Line(name="name")
    shown = page(Labelled("Name", field))
    paste(field, ZAWGYI)
    assert field.text() == ZAWGYI
    assert offered(shown) is not None
    assert (text(shown, "before"), text(shown, "after")) == (ZAWGYI, UNICODE)
    told: list[str] = []
    field.textEdited.connect(told.append)
    press(field, "F9")
    assert field.text() == UNICODE
    assert told == [UNICODE]
    assert offered(shown) is None
    press(field, "Ctrl+Z")
    assert field.text() == ZAWGYI


def test_typed_zawgyi_is_looked_at_when_the_field_is_left(page: Callable[..., QWidget]) -> None:
    field, other = Line(name="name"), Line(name="other")
    shown = page(Labelled("Name", field), Labelled("Other", other))
    write(field, ZAWGYI)
    QTest.qWait(5)
    assert offered(shown) is None
    press(field, "Tab")
    found = offered(shown)
    assert found is not None
    assert found.y() >= field.geometry().bottom()
    assert field.text() == ZAWGYI
    press(other, "F9")
    assert field.text() == UNICODE
    assert field.hasFocus()


def test_keeping_it_is_remembered(page: Callable[..., QWidget]) -> None:
    field, other = Line(name="name"), Line(name="other")
    shown = page(Labelled("Name", field), other)
    paste(field, ZAWGYI)
    press(field, "Shift+F9")
    assert field.text() == ZAWGYI
    assert offered(shown) is None
    press(field, "Tab")
    paste(other, ZAWGYI)
    assert field.text() == ZAWGYI
    assert offered(shown) is None
    assert offered(shown, "other") is None


def test_the_buttons_come_after_the_field_in_the_order_of_tab(page: Callable[..., QWidget]) -> None:
    field = Line(name="name")
    shown = page(Labelled("Name", field), Line(name="other"))
    paste(field, ZAWGYI)
    press(field, "Tab")
    assert shown.focusWidget().objectName() == "name_zawgyi_use"
    press(shown.focusWidget(), "Return")
    assert field.text() == UNICODE


@pytest.mark.parametrize("words", ["အောင်မျိုးထက်", "အင်္ဂလိပ်", "ကျွန်ုပ်", "ထူးအဲ", "ၸၢႆးလိူၼ်", "စီၤထူး", "Aung Myo Htet", "၁၂၃", ""])
def test_unicode_is_left_in_peace(page: Callable[..., QWidget], words: str) -> None:
    field = Line(name="name")
    shown = page(Labelled("Name", field), Line(name="other"))
    paste(field, words)
    press(field, "Tab")
    assert offered(shown) is None
    assert field.text() == words


def test_both_readings_are_shown(page: Callable[..., QWidget]) -> None:
    from desktop.services.burmese import ASK, reading

    assert reading(BOTH).verdict == ASK
    field = Line(name="name")
    shown = page(Labelled("Name", field))
    paste(field, BOTH)
    found = offered(shown)
    assert found is not None
    assert "two ways" in found.accessibleName()
    assert (text(shown, "before"), text(shown, "after")) == (BOTH, reading(BOTH).converted)


def test_an_input_method_is_not_disturbed_while_it_composes(page: Callable[..., QWidget]) -> None:
    field = Line(name="name")
    shown = page(Labelled("Name", field))
    write(field, ZAWGYI)
    QApplication.sendEvent(field, QInputMethodEvent("ေ", []))
    field.look_for_zawgyi()
    QTest.qWait(5)
    assert offered(shown) is None
    QApplication.sendEvent(field, QInputMethodEvent())
    field.look_for_zawgyi()
    QTest.qWait(5)
    assert offered(shown) is not None


def test_what_was_put_in_by_the_page_is_not_asked_about(page: Callable[..., QWidget]) -> None:
    field = Line(name="name")
    shown = page(Labelled("Name", field), Line(name="other"))
    field.setText(ZAWGYI)
    field.setFocus()
    press(field, "Tab")
    assert offered(shown) is None


def test_typing_on_takes_the_offer_away(page: Callable[..., QWidget]) -> None:
    field = Line(name="name")
    shown = page(Labelled("Name", field))
    paste(field, ZAWGYI)
    press(field, "Backspace")
    assert offered(shown) is None


def test_ctrl_enter_shows_the_offer_before_it_saves(page: Callable[..., QWidget]) -> None:
    from PySide6.QtGui import QShortcut

    field = Line(name="name")
    shown = page(Labelled("Name", field))
    saved: list[int] = []
    QShortcut(QKeySequence("Ctrl+Return"), shown).activated.connect(lambda: saved.append(1))
    write(field, ZAWGYI)
    press(field, "Ctrl+Return")
    assert not saved
    assert offered(shown) is not None
    press(field, "Ctrl+Return")
    assert saved == [1]


def test_notes_keep_their_lines_and_lines_that_are_unicode(page: Callable[..., QWidget]) -> None:
    field = Lines(name="name", rows=4)
    shown = page(Labelled("Note", field))
    paste(field, f"{ZAWGYI} ေရာက္လာတယ္\nsecond line\n{UNICODE}")
    assert offered(shown) is not None
    press(field, "F9")
    assert field.toPlainText() == f"{UNICODE} ရောက်လာတယ်\nsecond line\n{UNICODE}"
    press(field, "Ctrl+Z")
    assert field.toPlainText().startswith(ZAWGYI)


def test_a_search_field_has_it_floating_below(page: Callable[..., QWidget]) -> None:
    field = Search(name="name", hint="Search")
    shown = page(field)
    paste(field, ZAWGYI)
    found = offered(shown)
    assert found is not None
    assert found.parentWidget() is shown
    assert found.y() > field.geometry().bottom()
    assert found.geometry().right() <= shown.width()
    assert found.height() >= found.sizeHint().height()
    press(field, "F9")
    assert field.text() == UNICODE
    press(field, "Ctrl+Z")
    assert field.text() == ZAWGYI


def test_a_passphrase_is_never_looked_at(page: Callable[..., QWidget]) -> None:
    field = Secret(name="name")
    field.show_plainly(True)
    shown = page(field, Line(name="other"))
    paste(field, ZAWGYI)
    press(field, "Tab")
    assert offered(shown) is None


def test_the_offer_does_not_write_out_words_that_stand_as_dots(page: Callable[..., QWidget]) -> None:
    editor = WordEditor(FIELDS["contact"]["warning_word"], "name", "Warning word")
    shown = page(editor, Line(name="other"))
    field = shown.findChild(Line, "name")
    assert field is not None
    paste(field, ZAWGYI)
    offer = offered(shown.window())
    assert offer is not None
    said = [str(one.property("text") or "") + one.accessibleDescription() + one.accessibleName() for one in offer.findChildren(QWidget)]
    assert not [one for one in said if ZAWGYI in one or UNICODE in one]
    press(field, "F9")
    assert field.text() == UNICODE


def test_of_two_offers_the_newer_has_the_keys(page: Callable[..., QWidget]) -> None:
    one, two = Line(name="name"), Line(name="other")
    shown = page(Labelled("Name", one), Labelled("Other", two))
    paste(one, ZAWGYI)
    paste(two, "ေမာင္")
    press(two, "F9")
    assert (one.text(), two.text()) == (ZAWGYI, "မောင်")
    press(two, "F9")
    assert one.text() == UNICODE
    assert offered(shown) is None


def test_the_offer_goes_with_its_field(page: Callable[..., QWidget], qtbot: QtBot) -> None:
    field = Line(name="name")
    shown = page(field)
    paste(field, ZAWGYI)
    assert offered(shown) is not None
    field.hide()
    qtbot.waitUntil(lambda: offered(shown) is None)


def test_zawgyi_pasted_into_unicode_leaves_the_unicode(page: Callable[..., QWidget]) -> None:
    field = Line(name="name")
    shown = page(Labelled("Name", field))
    field.setText("ညဏ်ဝေအိ ")
    paste(field, ZAWGYI)
    assert text(shown, "after") == f"ညဏ်ဝေအိ {UNICODE}"
    press(field, "F9")
    assert field.text() == f"ညဏ်ဝေအိ {UNICODE}"


def test_every_field_that_is_typed_into_looks_for_zawgyi() -> None:
    """Names and places are typed into our own fields only, and all of these look."""
    for kind in (Line, Lines, Search, SuggestLine):
        assert issubclass(kind, burmese_text.NoticesZawgyi)
    bare = re.compile(r"\bQ(?:LineEdit|PlainTextEdit|TextEdit)\(|\((?:QLineEdit|QPlainTextEdit|QTextEdit)\):|setEditable\(True")
    found = [path.name for path in sorted((ROOT / "ui").rglob("*.py")) if bare.search(path.read_text(encoding="utf-8"))]
    assert found == []
