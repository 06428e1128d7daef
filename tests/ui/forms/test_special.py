"""Our own appearances in forms: the number of a paper in its parts, townships that are offered, and Zawgyi in a text of a form."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.forms import shipped
from desktop.forms.compile import compile_workbook
from desktop.forms.loading import load
from tests.ui.forms.bench import Bench
from ui.forms.special import CardEntry, TownshipEntry
from ui.widgets.fields import Drop
from ui.widgets.suggest import SuggestLine

ROWS = "| | text | number | Number | w12 nrc |\n| | text | where | Where | w6 township |\n| | text | name | Name | |\n| | text | story | Story | multiline |"


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    sheet = f"| survey |\n| | type | name | label | appearance |\n{ROWS}\n| settings |\n| | form_id | form_title |\n| | f | F |"
    form: Any = load(compile_workbook(sheet).xml)
    return Bench(qtbot, "", form=form)


def paste(bench: Bench, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    bench.press("Ctrl+V")


def test_a_card_that_is_pasted_is_one_answer(bench: Bench) -> None:
    assert isinstance(bench.view("number").entry, CardEntry)
    bench.child(QLineEdit, "number_code").setFocus()
    paste(bench, "၁၂/ကမရ(နိုင်)၁၂၃၄၅၆")
    assert bench.value("number") == "12/ကမရ(နိုင်)123456"
    assert bench.child(Drop, "number_state").key() == "12"
    assert bench.child(QLabel, "number_roman").text() == "12/KAMAYA(N)123456"


def test_any_other_number_is_one_line(bench: Bench) -> None:
    bench.click(bench.child(QWidget, "number_turn"))
    bench.write("MA 123456")
    assert bench.value("number") == "MA 123456"
    bench.view("number").show_node(bench.node("number"))
    assert bench.child(QLineEdit, "number").isVisible()


def test_a_township_is_taken_from_the_offers_or_written(bench: Bench) -> None:
    assert isinstance(bench.view("where").entry, TownshipEntry)
    bench.at("where").write("myawa").press("Down", "Return")
    assert bench.value("where") == "Myawaddy"
    field = bench.child(SuggestLine, "where")
    assert field.hasFocus()
    field.selectAll()
    bench.write("Mae Sot")
    assert bench.value("where") == "Mae Sot"


@pytest.mark.parametrize("name", ["name", "story", "where"])
def test_zawgyi_in_a_form_is_offered_and_the_answer_follows(bench: Bench, name: str) -> None:
    bench.at(name)
    paste(bench, "ေအာင္မ်ိဳးထက္")
    assert bench.value(name) == "ေအာင္မ်ိဳးထက္"
    offer = bench.child(QWidget, f"{name}_zawgyi")
    view = bench.view(name)
    assert view.isAncestorOf(offer)
    assert offer.mapTo(view, offer.rect().bottomRight()).y() <= view.height()
    assert offer.mapTo(view, offer.rect().topLeft()).y() >= view.entry.geometry().bottom()
    bench.press("F9")
    assert bench.value(name) == "အောင်မျိုးထက်"
    bench.press("Ctrl+Z")
    assert bench.value(name) == "ေအာင္မ်ိဳးထက္"


def test_the_forms_that_come_with_the_program_use_them() -> None:
    found = {}
    for form in shipped.NAMES:
        waiting = [shipped.definition(form).root]
        while waiting:
            spec = waiting.pop()
            waiting += spec.children
            for word in spec.appearance & {"nrc", "township"}:
                found[form, spec.name] = word
    assert found == {
        ("registration", "paper_number"): "nrc", ("registration", "township"): "township", ("registration", "birth_place"): "township",
        ("arrival", "township"): "township",
    }
