"""Every kind of answer: typed, taken out, by the keyboard alone, wrong, in Burmese, only read, not answered at all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLabel, QLineEdit, QListView, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from desktop.domain.values import Silence
from desktop.forms.compile import compile_workbook
from desktop.forms.loading import load
from tests.ui.forms.bench import Bench
from tests.ui.pages.filling import picture
from ui import words
from ui.forms.calendar_button import CalendarButton
from ui.forms.choosing import GridEntry
from ui.forms.finding import ChecklistEntry, FindEntry
from ui.forms.ranking import RankList
from ui.forms.reading import ReadEntry
from ui.widgets.fields import Drop, Line
from ui.widgets.option import Option


def form_of(rows: str, choices: str = "") -> object:
    sheet = f"| survey |\n| | type | name | label | appearance | parameters | required | readonly | default |\n{rows}\n"
    listed = f"| choices |\n| | list_name | name | label |\n{choices}\n" if choices else ""
    return load(compile_workbook(f"{sheet}{listed}| settings |\n| | form_id | form_title |\n| | f | F |").xml)


class TestTyping:
    def test_text_is_typed_and_taken_out(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "writing").at("plain").write("Hpa-An")
        assert bench.value("plain") == "Hpa-An"
        bench.press(*["Backspace"] * 6)
        assert bench.value("plain") == ""

    @pytest.mark.parametrize("text", ["အင်္ဂလိပ်", "ကညီကျိာ်", "လိၵ်ႈတႆး", "ဘာသာမန်"])
    def test_every_script(self, qtbot: QtBot, text: str) -> None:
        bench = Bench(qtbot, "writing").at("story").write(text)
        assert bench.value("story") == text

    def test_running_text_keeps_its_lines(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "writing").at("story").write("one").press("Enter").write("two")
        assert bench.value("story") == "one\ntwo"

    def test_figures_keep_their_leading_zeros_in_either_script(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "writing").at("phone").write("၀၀၉၅ 12")
        assert bench.value("phone") == "0095 12"

    def test_what_nobody_should_see_is_hidden(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "writing").at("hidden_word").write("amber")
        assert bench.value("hidden_word") == "amber"
        assert bench.child(QLineEdit, "writing_hidden_word").echoMode() == QLineEdit.EchoMode.Password

    def test_a_scanner_ends_with_enter_and_the_next_question_is_there(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "writing").at("phone").write("0004211").press("Enter")
        assert bench.value("phone") == "0004211"
        assert QApplication.focusWidget() is bench.child(QLineEdit, "writing_hidden_word")
        bench.at("card").write("K7M4-2QXP").press("Enter")
        assert bench.value("card") == "K7M4-2QXP"
        assert QApplication.focusWidget() is bench.child(QLineEdit, "writing_card")

    def test_the_longer_hint_comes_on_demand(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "writing")
        button = bench.child(QPushButton, "writing_plain_guidance")
        told = [one for one in bench.sheet.findChildren(QLabel) if one.text().startswith("Ask the eldest")]
        assert not told[0].isVisible()
        bench.click(button)
        assert told[0].isVisible()


class TestNumbers:
    def test_an_empty_number_is_not_zero(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers").at("people").write("0")
        assert bench.value("people") == "0"
        assert bench.press("Backspace").value("people") == ""

    def test_burmese_digits(self, qtbot: QtBot) -> None:
        assert Bench(qtbot, "numbers").at("people").write("၁၂").value("people") == "12"

    def test_what_is_no_number_stays_and_is_told(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers").at("people").write("many").press("Tab")
        assert (bench.value("people"), bench.refused("people")) == ("", "many")
        assert bench.said("people") == "Write a whole number, for example 30."

    def test_a_broken_rule_is_told_in_the_forms_words(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers").at("people").write("31").press("Tab")
        assert bench.value("people") == "31"
        assert bench.said("people") == "Fewer than 30, please look again."

    def test_the_wheel_changes_nothing(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers").at("people").write("5")
        for target in (bench.child(QLineEdit, "numbers_people"), bench.child(QSlider, "numbers_pain"), bench.child(Drop, "numbers_floor")):
            wheel = QWheelEvent(
                target.rect().center(), target.mapToGlobal(target.rect().center()), QPoint(0, 0), QPoint(0, 120),
                Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )
            QApplication.sendEvent(target, wheel)
        assert [bench.value(name) for name in ("people", "pain", "floor")] == ["5", "", ""]

    def test_thousands_are_set_apart_and_stored_plain(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers").at("money").write("1250000").press("Tab")
        assert bench.child(QLineEdit, "numbers_money").text() == "1,250,000"
        assert bench.value("money") == "1250000"
        bench.at("money").press("End", "Backspace")
        assert bench.value("money") != "1250000"

    def test_a_comma_elsewhere_is_not_swallowed(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers").at("money").write("1,5")
        assert (bench.value("money"), bench.refused("money")) == ("", "1,5")

    def test_what_is_calculated_is_read(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers").at("people").write("12")
        assert bench.child(QLabel, "numbers_twice_shown").text() == "24"
        assert isinstance(bench.view("twice_shown").entry, ReadEntry)
        assert not bench.view("twice_shown").can_answer


class TestRanges:
    def test_no_answer_until_it_is_moved(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers")
        assert bench.child(QLabel, "numbers_pain_value").text() == "Not answered"
        bench.at("pain").press("Space")
        assert (bench.value("pain"), bench.child(QLabel, "numbers_pain_value").text()) == ("0", "0")
        bench.press("Right", "Right")
        assert bench.value("pain") == "2"
        bench.press("Delete")
        assert bench.value("pain") == ""
        assert bench.child(QLabel, "numbers_pain_value").text() == "Not answered"

    def test_steps_are_exact_decimals(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers").at("water").press("Up", "Up", "Up")
        assert bench.value("water") == "0.75"

    def test_a_rating_and_a_list(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "numbers").at("stars").press("Right", "Right", "Space")
        assert bench.value("stars") == "3"
        bench.at("floor").press("Down")
        assert bench.value("floor") == "0"
        bench.press("Up")
        assert bench.value("floor") == ""


class TestDays:
    def test_a_day_is_typed_in_either_script(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "days").at("left_on").write("၉").press("Tab").write("11").press("Tab").write("2026")
        assert bench.value("left_on") == "2026-11-09"

    def test_half_a_day_stays_and_is_told(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "days").at("left_on").write("31").press("Tab").write("11").press("Tab").write("2025").press("Enter")
        assert bench.refused("left_on") == "2025-11-31"
        assert bench.said("left_on") == "November has 30 days. Write the day again."

    @pytest.mark.qt_log_ignore("This plugin does not support")  # a window of its own without a screen
    def test_the_calendar_fills_the_fields(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "days")
        button = bench.child(CalendarButton, "days_left_on_calendar")
        bench.click(button)
        month = button.findChild(QCalendarWidget)
        assert month is not None
        month.setSelectedDate(QDate(2026, 2, 28))
        month.activated.emit(QDate(2026, 2, 28))
        assert bench.value("left_on") == "2026-02-28"
        assert bench.sheet.findChild(CalendarButton, "days_plain_day_calendar") is None

    def test_a_month_and_a_year(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "days").at("since_month").write("11").press("Tab").write("2025")
        assert bench.value("since_month") == "2025-11-01"
        bench.at("born_year").write("၁၉၉၄")
        assert bench.value("born_year") == "1994-01-01"
        bench.press("Backspace", "Tab")
        assert (bench.value("born_year"), bench.refused("born_year")) == ("", "199")
        assert bench.said("born_year") == "Write the year with four digits."
        bench.at("born_year").press("End", *["Backspace"] * 3)
        assert bench.refused("born_year") == ""

    def test_a_time_and_a_moment(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "days").at("at_time").write("9.30").press("Enter")
        assert bench.value("at_time") == "09:30"
        bench.write("21/11/2026 14:30")
        assert bench.value("at_moment").startswith("2026-11-21T14:30:00")
        bench.at("at_time").press("End", *["Backspace"] * 5)
        assert bench.value("at_time") == ""


class TestChoosing:
    def test_one_answer_by_the_keyboard_and_taken_out(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing").at("agreed").press("Right", "Space")
        assert bench.value("agreed") == "no"
        assert bench.press("Delete").value("agreed") == ""

    def test_quick_is_as_any_other(self, qtbot: QtBot) -> None:
        assert Bench(qtbot, "choosing").at("quick_one").press("Space").value("quick_one") == "yes"

    def test_a_list_that_opens(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing").at("township").press("Down", "Down")
        assert bench.value("township") == "kawkareik"

    def test_a_long_list_is_found_by_any_part_of_its_words(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing").at("township_found").write("gyi")
        found = bench.child(QListView, "choosing_township_found_found")
        assert [found.model().index(at, 0).data() for at in range(found.model().rowCount())] == ["Thandaunggyi", "Kyainseikgyi"]
        assert bench.value("township_found") == ""
        bench.press("Down", "Enter")
        assert bench.value("township_found") == "kyain"
        assert not found.isVisible()

    def test_what_is_in_no_list_stays_and_is_told(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing").at("township_found").write("Nowhere").press("Tab")
        assert bench.refused("township_found") == "Nowhere"
        assert bench.said("township_found") == "Choose one of the answers."
        bench.at("township_found").press("Ctrl+A", "Backspace")
        assert bench.refused("township_found") == ""

    def test_a_long_list_in_burmese(self, qtbot: QtBot) -> None:
        words.use("my")
        bench = Bench(qtbot, "choosing").at("township_found").write("မြဝ").press("Enter")
        assert bench.value("township_found") == "myawaddy"

    def test_a_scale_stands_in_one_row(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing").at("scale").press("Right", "Space")
        assert bench.value("scale") == "a2"
        tops = {one.y() for one in bench.view("scale").findChildren(Option)}
        assert len(tops) == 1

    def test_three_columns(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing").at("in_columns").press("Down", "Space")
        assert bench.value("in_columns") == "hlaingbwe"
        assert len({one.x() for one in bench.view("in_columns").findChildren(Option)}) == 3

    def test_long_words_take_several_lines_and_none_is_cut(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing")
        bench.sheet.resize(400, 700)
        QApplication.processEvents()
        first = bench.view("long_words").findChildren(Option)[0]
        assert first.height() >= first.height_at(first.width()) > 40
        assert first.x() + first.width() <= first.parentWidget().width()

    def test_several_answers_are_stored_in_the_order_of_the_form(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing").at("needs").press("Right", "Space", "Left", "Space")
        assert bench.value("needs") == "medicine food"
        assert bench.press("Space").value("needs") == "food"

    def test_several_of_many_are_ticked_in_a_list(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing")
        assert isinstance(bench.view("seen_places").entry, ChecklistEntry)
        bench.at("seen_places").write("pa").press("Enter", "Down", "Enter")
        assert bench.value("seen_places") == "hpa_an papun" if bench.value("seen_places").startswith("hpa") else "papun"
        bench.child(QListView, "choosing_seen_places").setFocus()
        bench.press("Space")
        assert len(bench.value("seen_places").split()) == 1

    def test_pictures_stand_with_their_words(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing", media={"cross.png": picture("#B3261E")})
        entry = bench.view("picture").entry
        assert isinstance(entry, GridEntry)
        cross, ring = entry.findChildren(Option)
        assert cross.sizeHint().height() > ring.sizeHint().height() + 60
        assert bench.at("picture").press("Space").value("picture") == "cross"

    def test_order_by_keys_and_buttons(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing").at("first_needs")
        assert bench.value("first_needs") == ""
        bench.press("Down", "Ctrl+Up")
        assert bench.value("first_needs") == "food medicine bed talk"
        bench.click(bench.child(QPushButton, "choosing_first_needs_down"))
        assert bench.value("first_needs") == "medicine food bed talk"
        bench.child(RankList, "choosing_first_needs").setFocus()
        assert bench.press("Delete").value("first_needs") == ""
        bench.click(bench.child(QPushButton, "choosing_first_needs_right"))
        assert bench.value("first_needs") == "medicine food bed talk"

    def test_i_did_that(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing").at("told").press("Space")
        assert bench.value("told") == "OK"
        assert bench.press("Space").value("told") == ""

    def test_a_note_comes_with_its_answer(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing")
        text = "Thank them. Their name is not written here."
        assert text not in [one.text() for one in bench.sheet.findChildren(QLabel)]
        bench.at("agreed").press("Space")
        assert text in [one.text() for one in bench.sheet.findChildren(QLabel) if one.isVisible()]

    def test_more_than_fifty_are_searched(self, qtbot: QtBot) -> None:
        listed = "\n".join(f"| | c | n{at} | Name {at} |" for at in range(60))
        bench = Bench(qtbot, "", form=form_of("| | select_one c | s | S | | | | | |", listed))  # type: ignore[arg-type]
        assert isinstance(bench.view("s").entry, FindEntry)
        assert bench.at("s").write("name 59").press("Enter").value("s") == "n59"


class TestMatrix:
    def test_rows_share_their_head_and_arrows_lead_through_it(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "matrix").at("blankets").press("Right", "Space", "Down", "Space", "Down", "Right", "Space")
        assert [bench.value(name) for name in ("blankets", "nets", "pots")] == ["few", "few", "enough"]
        assert bench.press("Delete").value("pots") == ""
        heads = [one.text() for one in bench.sheet.findChildren(QLabel)]
        assert heads.count("Too few") == 1


class TestPlaces:
    def test_a_point_is_two_numbers_at_least(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "places").at("point").write("16.87").press("Enter")
        assert bench.value("point") == ""
        bench.write("98.51")
        assert bench.value("point") == "16.87 98.51 0 0"
        bench.press("Tab").write("40")
        assert bench.value("point") == "16.87 98.51 40 0"

    def test_a_wrong_point_stays_and_is_told(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "places").at("point").write("97").press("Tab").write("98").press("Enter")
        assert bench.refused("point") == "97 98 0 0"
        assert bench.said("point") == "Write the latitude as a number from -90 to 90, for example 16.87."

    def test_a_line_has_two_points_and_an_area_closes_itself(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "places").at("line").write("16").press("Tab").write("98").press("Tab")
        assert bench.value("line") == ""
        bench.click(bench.child(QPushButton, "places_line_add_point"))
        bench.write("17").press("Tab").write("99")
        assert bench.value("line") == "16 98 0 0;17 99 0 0"
        bench.click(bench.child(QPushButton, "places_line_2_out"))
        assert bench.value("line") == ""
        for at, point in enumerate((("1", "1"), ("2", "2"), ("3", "1"))):
            if at:
                bench.click(bench.child(QPushButton, "places_area_add_point"))
            else:
                bench.at("area")
            bench.write(point[0]).press("Tab").write(point[1])
        assert bench.value("area") == "1 1 0 0;2 2 0 0;3 1 0 0;1 1 0 0"


class TestWithout:
    def test_what_is_only_read_cannot_be_reached(self, qtbot: QtBot) -> None:
        rows = "| | select_one c | s | S | | | | yes | a |\n| | date | d | D | | | | yes | 2026-11-21 |\n| | text | t | T | | | | | |"
        bench = Bench(qtbot, "", form=form_of(rows, "| | c | a | Apples |"))  # type: ignore[arg-type]
        assert bench.child(QLabel, "s").text() == "Apples"
        assert "2026" in bench.child(QLabel, "d").text()
        first = bench.sheet.first()
        assert first is not None
        assert first.path.endswith("/t")

    @pytest.mark.qt_log_ignore("This plugin does not support")  # a window of its own without a screen
    def test_a_silence_where_the_form_allows_it(self, qtbot: QtBot) -> None:
        sheet = "| survey |\n| | type | name | label | bind::ws:silence |\n| | text | t | T | unknown refused |\n"
        spaces = '| settings |\n| | form_id | form_title | namespaces |\n| | f | F | ws="urn:waystation:xforms" |'
        bench = Bench(qtbot, "", form=load(compile_workbook(sheet + spaces).xml)).at("t")
        bench.view("t").open_silences()
        QApplication.processEvents()
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClick(popup, "2")
        assert bench.node("t").silence is Silence.REFUSED
        bench.at("t").press("Backspace")
        assert bench.node("t").silence is None

    @pytest.mark.qt_log_ignore("This plugin does not support")  # a window of its own without a screen
    def test_an_answer_is_taken_out_where_no_silence_is_allowed(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "choosing").at("scale").press("Space")
        bench.view("scale").open_silences()
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClick(popup, "9")
        assert bench.value("scale") == ""

    def test_a_field_that_is_typed_and_left_stays_a_line(self, qtbot: QtBot) -> None:
        bench = Bench(qtbot, "writing").at("plain").write("x").press("Tab")
        assert type(bench.child(QLineEdit, "writing_plain")) is Line
