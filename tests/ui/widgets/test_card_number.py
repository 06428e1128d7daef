"""The number of a card in its parts, and townships that are offered while somebody types."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.fields import FIELDS
from desktop.services import people
from tests.ui.typing import letters
from ui import words
from ui.records.editors import editor
from ui.records.form import Group, RecordForm
from ui.widgets.card_number import CardNumber
from ui.widgets.fields import Drop, Labelled
from ui.widgets.labels import Words
from ui.widgets.layout import box, col, scroll
from ui.widgets.suggest import SuggestLine, townships_like

_open: list[QWidget] = []


@pytest.fixture(autouse=True)
def pages() -> Iterator[None]:
    """Pages live as long as their test."""
    yield
    _open.clear()


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    page = QWidget()
    _open.append(page)
    page.resize(700, 400)
    page.setLayout(col(Labelled("Number", widget) if not isinstance(widget, RecordForm) else widget, None))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def line(card: QWidget, name: str) -> QLineEdit:
    found = card.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def paste(field: QLineEdit, text: str) -> None:
    field.setFocus()
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    letters(lambda: field, text)


def parts(card: CardNumber) -> tuple[str, str, str, str]:
    state, letter = card.findChild(Drop, "card_state"), card.findChild(Drop, "card_class")
    assert state is not None
    assert letter is not None
    return state.key(), line(card, "card_code").text(), letter.key(), line(card, "card_digits").text()


@pytest.fixture
def card(qtbot: QtBot) -> CardNumber:
    made = CardNumber("card", "Number")
    shown(qtbot, made)
    return made


@pytest.mark.parametrize("text", ["၁၂/ကမရ(နိုင်)၁၂၃၄၅၆", "12/KAMAYA(N)123456"])
@pytest.mark.parametrize("where", ["card_code", "card_digits"])
def test_a_whole_number_that_is_pasted_is_taken_apart(card: CardNumber, text: str, where: str) -> None:
    told: list[str] = []
    card.edited.connect(lambda: told.append(card.value()))
    paste(line(card, where), text)
    assert parts(card) == ("12", "ကမရ", "နိုင်", "123456")
    assert told == ["12/ကမရ(နိုင်)123456"]
    roman = card.findChild(Words, "card_roman")
    assert roman is not None
    assert roman.text() == "12/KAMAYA(N)123456"


def test_a_whole_number_may_be_typed_in_one_go(card: CardNumber) -> None:
    write(line(card, "card_code"), "12/ကမရ(နိုင်)1")
    write(line(card, "card_digits"), "23456")
    assert card.value() == "12/ကမရ(နိုင်)123456"


def test_parts_by_keyboard(card: CardNumber) -> None:
    state = card.findChild(Drop, "card_state")
    assert state is not None
    state.setFocus()
    QTest.keyClick(state, "3")
    write(line(card, "card_code"), "ဘ")
    code = card.findChild(SuggestLine, "card_code")
    assert code is not None
    assert any(one.startswith("ဘအန") for one in code.offered())
    QTest.keyClick(code, Qt.Key.Key_Down)
    QTest.keyClick(code, Qt.Key.Key_Return)
    assert line(card, "card_code").text().startswith("ဘ")
    assert card.value().startswith("3/ဘ")


def test_the_place_finds_the_letters_and_the_state(card: CardNumber) -> None:
    write(line(card, "card_code"), "kamayut")
    code = card.findChild(SuggestLine, "card_code")
    assert code is not None
    assert len(code.offered()) == 1
    QTest.keyClick(code, Qt.Key.Key_Down)
    QTest.keyClick(code, Qt.Key.Key_Return)
    assert parts(card)[:2] == ("12", "ကမရ")


def test_half_a_number_is_kept_and_comes_back(card: CardNumber) -> None:
    write(line(card, "card_digits"), "12345")
    half = card.value()
    card.put("")
    assert card.value() == ""
    card.put(half)
    assert parts(card) == ("", "", "", "12345")


def test_another_number_stands_in_one_line(card: CardNumber) -> None:
    card.put("MA 123456")
    assert card.value() == "MA 123456"
    assert line(card, "card").isVisible()
    assert not line(card, "card_digits").isVisible()
    button = card.findChild(QWidget, "card_turn")
    assert button is not None
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert line(card, "card_digits").isVisible()


def test_the_editor_asks_in_parts_where_there_is_a_card(qtbot: QtBot) -> None:
    groups = [Group("", ["papers", "paper_number"])]
    form = RecordForm("person", groups, {"papers": ("passport",)}, check=lambda values: people.check("person", values))
    shown(qtbot, form)
    assert line(form, "field_paper_number").isVisible()
    citizen = form.findChild(QWidget, "field_papers_citizenship")
    assert citizen is not None
    QTest.keyClick(citizen, Qt.Key.Key_Space)
    digits = line(form, "field_paper_number_digits")
    assert digits.isVisible()
    paste(digits, "3/ဘအန(နိုင်)12345")
    QTest.keyClick(digits, Qt.Key.Key_Tab)
    said = form.findChild(Words, "line_paper_number_problem_words")
    assert said is not None
    assert said.text().startswith("Most cards have six digits. This one has 5.")
    assert form.show_problems()  # it is told, and it may be saved
    assert form.changes()["paper_number"] == "3/ဘအန(နိုင်)12345"


@pytest.mark.parametrize(("typed", "wanted"), [("myawa", "Myawaddy"), ("မြဝ", "မြဝတီ")])
def test_a_township_is_offered_in_the_script_that_is_typed(qtbot: QtBot, typed: str, wanted: str) -> None:
    made = SuggestLine(townships_like, name="township")
    shown(qtbot, made)
    told: list[str] = []
    made.textEdited.connect(told.append)
    write(made, typed)
    assert wanted in made.offered()[0]
    QTest.keyClick(made, Qt.Key.Key_Down)
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert made.text() == wanted
    assert told[-1] == wanted


def test_any_other_place_may_be_written(qtbot: QtBot) -> None:
    made = editor(FIELDS["person"]["township"], "field", "Township")
    shown(qtbot, made)
    write(line(made, "field"), "Mae Sot")
    assert made.value() == "Mae Sot"


def test_the_offers_are_in_the_language_of_the_window(qtbot: QtBot) -> None:
    words.use("my")
    made = SuggestLine(townships_like, name="township")
    shown(qtbot, made)
    write(made, "myawa")
    assert "(ကရင်)" in made.offered()[0]


def test_the_list_goes_with_esc_and_when_the_field_is_left(qtbot: QtBot) -> None:
    made = SuggestLine(townships_like, name="township")
    page = shown(qtbot, made)
    write(made, "myawa")
    offers = page.findChild(QWidget, "township_offers")
    assert offers is not None
    assert offers.isVisible()
    assert made.hasFocus()
    assert offers.y() >= made.mapTo(page, made.rect().bottomLeft()).y()
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert not offers.isVisible()
    write(made, "d")
    assert offers.isVisible()
    made.clearFocus()
    assert not offers.isVisible()
    assert made.text() == "myawad"


def test_the_list_goes_when_the_page_is_scrolled(qtbot: QtBot) -> None:
    made = SuggestLine(townships_like, name="township")
    room = QWidget()
    room.setFixedHeight(2000)
    area = scroll(box(col(made, room)), "area")
    page = shown(qtbot, area)
    write(made, "myawa")
    offers = page.findChild(QWidget, "township_offers")
    assert offers is not None
    assert offers.isVisible()
    area.verticalScrollBar().setValue(60)
    assert not offers.isVisible()
