"""Two different answers, settled with the keyboard over a vault that holds the news of another site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from desktop.services import history
from desktop.services.history import TwoAnswers
from tests.ui.conftest import Unlocked
from tests.ui.pages.asking import Desk
from tests.ui.two_sites import build
from tests.ui.typing import Keyboard
from ui.pages.answers.view import AnswersView
from ui.widgets.lists import RowList


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("answers"), families=2).here


@pytest.fixture
def desk(made: Path, tmp_path: Path, unlocked: Unlocked, qtbot: QtBot) -> Desk:
    return Desk(unlocked(Path(shutil.copytree(made, tmp_path / "differing"))), qtbot)


@pytest.fixture
def waiting(desk: Desk) -> list[TwoAnswers]:
    """What waits for a decision, the page before us."""
    desk.go("answers")
    found: list[TwoAnswers] = desk.ask(history.conflicts)
    assert len(found) == 2
    return found


def father(desk: Desk, one: TwoAnswers) -> object:
    return desk.person(one.record).fields["father_name"].value


def test_the_two_answers_stand_side_by_side(desk: Desk, keys: Keyboard, waiting: list[TwoAnswers]) -> None:
    assert desk.text("page_title") == "Father’s name: two different answers"
    assert desk.child(QRadioButton, "keep_1").isChecked()
    assert keys.at.objectName() == "keep_1"
    spoken = {desk.child(QRadioButton, f"keep_{n}").accessibleName() for n in (1, 2)}
    assert spoken == {"Keep “ဦးထွန်းမြင့်”", "Keep “ဦးထွန်းမြတ်”"}
    listed = desk.child(RowList, "answers_list")
    assert [listed.model().index(at, 0).data() for at in range(2)] == [f"Father’s name, {one.title}" for one in waiting]


@pytest.mark.parametrize("language", ["en", "my"])
def test_the_page_can_be_named_read_reached_and_fits(desk: Desk, waiting: list[TwoAnswers], language: str) -> None:
    if language == "my":
        desk.shell.changed_language()
    assert not desk.faults(language)


def test_a_key_chooses_ctrl_enter_keeps_and_the_next_one_comes(desk: Desk, keys: Keyboard, waiting: list[TwoAnswers]) -> None:
    first = waiting[0]
    second_answer = first.answers[1].value
    keys.press("2")
    assert desk.text("keep_answer") == f"Keep “{second_answer}”"
    assert [desk.child(QRadioButton, f"keep_{n}").isChecked() for n in (1, 2)] == [False, True]
    keys.press("Ctrl+Return").rest()
    assert father(desk, first) == second_answer
    assert [one.record for one in desk.ask(history.conflicts)] == [waiting[1].record]
    state = desk.child(AnswersView, "page_answers")._state
    assert state.now is not None
    assert state.now.record == waiting[1].record
    keys.press("1", "Ctrl+Return").rest()
    assert desk.ask(history.conflicts) == []
    assert desk.child(QPushButton, "answers_today").isVisible()
    assert keys.at.objectName() == "answers_today"
    desk.go("today")
    keys.press("Ctrl+Z").rest()
    assert [one.record for one in desk.ask(history.conflicts)] == [waiting[1].record], "the last choice is taken back"


def test_the_right_answer_can_be_written(desk: Desk, keys: Keyboard, waiting: list[TwoAnswers]) -> None:
    keys.tab_to("own_answer").write("ဦးထွန်းမြသန်း")
    assert desk.text("keep_answer") == "Keep “ဦးထွန်းမြသန်း”"
    assert not desk.child(QRadioButton, "keep_1").isChecked()
    keys.press("Ctrl+Return").rest()
    assert father(desk, waiting[0]) == "ဦးထွန်းမြသန်း"


def test_a_written_answer_that_cannot_be_right_is_not_kept(desk: Desk, keys: Keyboard, waiting: list[TwoAnswers]) -> None:
    own = keys.tab_to("own_answer").at
    assert isinstance(own, QLineEdit)
    own.setText("x" * 300)
    own.textEdited.emit(own.text())
    assert desk.text("own_answer_problem_words") == "This is longer than 200 letters."
    assert not desk.child(QPushButton, "keep_answer").isEnabled()
    keys.press("Ctrl+Return").rest()
    assert len(desk.ask(history.conflicts)) == 2


def test_the_page_of_the_person_leads_here(desk: Desk, keys: Keyboard, waiting: list[TwoAnswers]) -> None:
    desk.go("person", person=waiting[1].record)
    assert desk.text("differ_father_name") == "2 answers"
    keys.tab_to("differ_father_name").press("Space").rest()
    assert desk.shell.place == "answers"
    state = desk.child(AnswersView, "page_answers")._state
    assert state.now is not None
    assert (state.now.record, state.now.field.name) == (waiting[1].record, "father_name")
