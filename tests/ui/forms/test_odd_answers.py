"""Answers as people, scanners and other programs give them: digits of every script, clicks that mean nothing, lists that do not fit a table, texts
that are longer than a line."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from desktop.forms.definition import Definition
from tests.desktop.forms.sheets import form, table
from tests.ui.forms.bench import Bench
from ui.digits import plain_digits
from ui.forms.choosing import ButtonsEntry
from ui.forms.matrix import DotsEntry
from ui.widgets.lists import CellTable

SCRIPTS = {"shan": "႐႑႒႓႔႕႖႗႘႙", "tai laing": "꧰꧱꧲꧳꧴꧵꧶꧷꧸꧹", "thai": "๐๑๒๓๔๕๖๗๘๙", "wide": "０１２３４５６７８９"}
LISTS = table(
    "list_name | name | label | of", "kind | x | House | ", "kind | y | Road | ", "a | yes | Yes | x", "a | no | No | x", "a | never | Never | y",
    "a | always | Always | y", "b | never | Never | ", "b | always | Always | ",
)


def two_lists() -> Definition:
    return form(table(
        "type | name | label | appearance", "select_one b | head | Head | label", "select_one b | first | First | list-nolabel",
        "select_one kind | second | Second | list-nolabel",
    ), LISTS)


class TestDigits:
    @pytest.mark.parametrize("script", SCRIPTS)
    @pytest.mark.parametrize(
        ("page", "name", "typed", "stored"),
        [
            ("numbers", "people", "30", "30"), ("numbers", "money", "12,000", "12000"), ("numbers", "weight", "2.5", "2.5"),
            ("writing", "phone", "0095", "0095"), ("days", "at_time", "9:30", "09:30"), ("days", "born_year", "1994", "1994-01-01"),
            ("places", "point", "16.5\t98.5", "16.5 98.5 0 0"), ("days", "left_on", "5\t1\t2026", "2026-01-05"),
        ],
    )
    def test_digits_of_every_script_are_numbers(self, qtbot: QtBot, script: str, page: str, name: str, typed: str, stored: str) -> None:
        letters = str.maketrans("0123456789", SCRIPTS[script])
        bench = Bench(qtbot, page).at(name)
        for at, part in enumerate(typed.split("\t")):
            if at:
                bench.press("Tab")
            bench.write(part if name == "left_on" and at == 1 else part.translate(letters))
        assert bench.value(name) == stored
        assert bench.refused(name) == ""

    def test_everything_else_stays(self) -> None:
        assert plain_digits("ရန်ကုန် ၁၂ – ½ ² a1") == "ရန်ကုန် 12 – ½ ² a1"


class TestClicks:
    def test_only_the_left_button_answers_on_a_slider(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers")
        slider = bench.child(QSlider, "numbers_pain")
        for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
            QTest.mouseClick(slider, button)
            assert bench.value("pain") == ""
        bench.click(slider)
        assert bench.value("pain") != ""


class TestMatrices:
    def test_a_row_with_a_list_of_its_own_shows_its_own_answers(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "", form=two_lists())
        assert isinstance(bench.view("first").entry, DotsEntry)
        assert isinstance(bench.view("second").entry, ButtonsEntry)
        button = bench.child(QPushButton, "second_y")
        assert button.text() == "Road"
        bench.click(button)
        assert bench.value("second") == "y"

    def test_rows_follow_a_list_that_is_narrowed(self, qtbot: QtBot) -> None:
        made = form(table(
            "type | name | label | appearance | choice_filter | default", "select_one kind | which | Which | | | x",
            "select_one a | one | One | list-nolabel | of = ${which} |", "select_one a | two | Two | list-nolabel | of = ${which} |",
        ), LISTS)
        bench = Bench(qtbot, "", form=made)
        bench.filling.answer(bench.path("which"), "y")
        qtbot.wait(5)
        shown = [one.text() for one in bench.sheet.findChildren(QLabel) if one.isVisible()]
        assert ("Never" in shown, "Yes" in shown) == (True, False)
        bench.click(bench.child(QPushButton, "two_always"))
        assert bench.value("two") == "always"
        bench.filling.answer(bench.path("which"), "x")
        bench.click(bench.child(QPushButton, "two_no"))
        assert bench.value("two") == "no"


class TestLists:
    @pytest.mark.parametrize("look", ["columns-pack", "horizontal", "compact"])
    def test_answers_that_shall_stand_beside_each_other_do_so(self, qtbot: QtBot, look: str) -> None:
        many = table("list_name | name | label", *(f"many | n{at} | Answer {at}" for at in range(30)))
        made = form(table("type | name | label | appearance", f"select_one many | one | One | {look}", f"select_multiple many | more | More | {look}"), many)
        bench = Bench(qtbot, "", form=made)
        assert isinstance(bench.view("one").entry, ButtonsEntry)
        assert isinstance(bench.view("more").entry, ButtonsEntry)

    def test_a_scanned_code_finds_its_choice(self, qtbot: QtBot) -> None:
        many = table("list_name | name | label", "many | 20 | Net 2012", *(f"many | {at} | Item {at + 40}" for at in range(10, 19)), "many | 2012 | Soap")
        made = form(table("type | name | label | appearance", "select_one many | item | Item | autocomplete", "text | after | After | "), many)
        bench = Bench(qtbot, "", form=made).at("item").write("2012").press("Enter")
        assert bench.value("item") == "2012"
        assert bench.at("item").press("Ctrl+A").write("20").press("Tab").value("item") == "20"


class TestHidden:
    def test_what_nobody_should_see_is_not_read_either(self, qtbot: QtBot) -> None:
        made = form(table(
            "type | name | label | appearance | readonly | default", "text | word | Word | masked | yes | amber", "text | seen | Seen | | yes | green",
            "begin_repeat | k | K | | |", "text | inner | Inner | masked | | amber", "end_repeat | | | | |",
        ))
        bench = Bench(qtbot, "", form=made)
        said = [one.text() for one in bench.sheet.findChildren(QLabel)]
        assert ("green" in said, "amber" in said) == (True, False)
        table_of_k = bench.child(CellTable, "k_table")
        assert "amber" not in str([table_of_k.model().index(0, at).data() for at in range(table_of_k.model().columnCount())])


class TestLongTexts:
    @pytest.mark.parametrize("text", ["first line\nsecond line", "a long story " * 60])
    def test_a_text_of_several_lines_in_a_question_of_one_is_not_flattened(self, qtbot: QtBot, text: str) -> None:
        bench = Bench(qtbot, "writing")
        assert bench.filling.form.set(bench.path("plain"), text) == ""
        bench.at("card").filling.answered.emit()
        bench.at("plain").press("Ctrl+End").write("!")
        assert bench.value("plain") == f"{text}!"
        bench.press("Ctrl+A").write("ab")
        assert bench.value("plain") == "ab"
        assert QApplication.focusWidget() is bench.child(QPlainTextEdit, "writing_plain")

    def test_lines_that_come_while_the_keyboard_is_there(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "writing").at("plain")
        assert bench.filling.form.set(bench.path("plain"), "one\ntwo") == ""
        bench.filling.answered.emit()
        assert bench.at("plain").press("Ctrl+End").write("!").value("plain") == "one\ntwo!"

    def test_what_is_pasted_into_one_line_is_kept_whole(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "writing").at("card")
        QApplication.clipboard().setText("7" * 900)
        bench.press("Ctrl+V")
        assert bench.value("card") == "7" * 900
        assert QApplication.focusWidget() is bench.child(QLineEdit, "writing_card")
        bench.press("Tab").at("plain").write("x")
        assert bench.child(QPlainTextEdit, "writing_card").toPlainText() == "7" * 900
