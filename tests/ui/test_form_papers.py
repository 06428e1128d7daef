"""Forms on the page of documents: chosen, laid out, printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.ids import RecordId
from desktop.services import any_form, form_library, form_papers, papers, people
from desktop.services.session import Session
from tests.desktop.services.any_forms import water
from tests.ui.conftest import got, settle
from tests.ui.test_paper_and_settings import paper_state, press, printed_to  # noqa: F401  # the fixture is used by name
from tests.ui.walk import clipped, nameless
from ui.pages.paper.view import PaperView
from ui.records.chooser import Chooser
from ui.shell import Shell
from ui.window import Window


def _filled(session: Session) -> tuple[RecordId, RecordId]:
    """The form, and one that was filled in about somebody."""
    form = form_library.add(session, compiled=water())[0].id
    person = people.rows(session, keys=list(people.find(session).keys)[:1])[0].id
    opened = any_form.begin(session, form=form, person=person, language="en")
    opened.form.set("/data/place/village", "ရွာသစ်")
    any_form.save(session, opened=opened)
    return form, any_form.filled(session)[0].id


@pytest.fixture
def form(shell: Shell, qtbot: QtBot) -> tuple[RecordId, RecordId]:
    found = got(shell, qtbot, _filled)
    assert isinstance(found, tuple)
    return found


def page(shell: Shell) -> PaperView:
    assert isinstance(shell.page, PaperView)
    return shell.page


def test_a_form_is_laid_out_as_it_was_chosen(form: tuple[RecordId, RecordId], shell: Shell, window: Window, qtbot: QtBot) -> None:
    shell.open("paper", form=form[0])
    settle(window, qtbot)
    state = paper_state(page(shell))
    assert state.document.code == papers.BLANK_FORM
    assert state.paper is not None
    assert state.languages == ("Burmese (my)", "English (en)")
    before = state.paper.pdf
    drop = page(shell).findChild(QComboBox, "paper_languages")
    assert drop is not None
    drop.setCurrentIndex(drop.findData("English (en)"))
    drop.activated.emit(drop.currentIndex())
    settle(window, qtbot)
    assert state.languages == ("English (en)",)
    assert state.paper.pdf != before
    rows = page(shell).findChild(QComboBox, "paper_rows")
    assert rows is not None
    rows.setCurrentIndex(rows.findData("20"))
    rows.activated.emit(rows.currentIndex())
    settle(window, qtbot)
    assert (state.rows, state.paper.pages > 1) == (20, True)
    press(shell, "paper_guidance_yes")
    settle(window, qtbot)
    assert state.guidance
    assert nameless(page(shell)) == []
    assert clipped(page(shell)) == []


def test_the_number_of_a_person_stands_on_it(form: tuple[RecordId, RecordId], shell: Shell, window: Window, qtbot: QtBot) -> None:
    shell.open("paper", form=form[0])
    settle(window, qtbot)
    state = paper_state(page(shell))
    press(shell, "with_number")
    box = shell.window().findChild(QDialog, "choose_person")
    assert box is not None
    settle(window, qtbot)
    go = box.findChild(QPushButton, "choose_go")
    assert go is not None
    go.click()
    settle(window, qtbot)
    assert state.numbered
    assert state.person is not None
    assert state.paper is not None
    assert state.paper.copy == 1
    press(shell, "no_number")
    settle(window, qtbot)
    assert not state.numbered


def test_a_form_is_chosen_from_a_list(form: tuple[RecordId, RecordId], shell: Shell, window: Window, qtbot: QtBot) -> None:
    shell.open("paper", document=papers.BLANK_FORM)
    settle(window, qtbot)
    state = paper_state(page(shell))
    assert state.needs_form
    press(shell, "choose_which_form")
    settle(window, qtbot)
    box = shell.window().findChild(Chooser, "choose_form")
    assert box is not None
    assert nameless(box) == []
    box._search.setText("water")
    go = box.findChild(QPushButton, "choose_go")
    assert go is not None
    go.click()
    settle(window, qtbot)
    assert state.form is not None
    assert state.form.form_id == "water"
    assert state.paper is not None


def test_a_filled_form_is_printed_and_counted(
    form: tuple[RecordId, RecordId], shell: Shell, window: Window, qtbot: QtBot, door: object, printed_to: Path,  # noqa: F811
) -> None:
    shell.open("paper", submission=form[1])
    settle(window, qtbot)
    state = paper_state(page(shell))
    assert state.document.code == papers.FILLED_FORM
    assert state.paper is not None
    door.answers = ["go", "go"]  # type: ignore[attr-defined]
    press(shell, "print")
    settle(window, qtbot)
    assert printed_to.exists()
    assert state.paper.copy == 2
    press(shell, "choose_filled_button")
    settle(window, qtbot)
    box = shell.window().findChild(Chooser, "choose_filled")
    assert box is not None
    box.reject()


def test_forms_that_come_with_the_program_are_offered(shell: Shell, qtbot: QtBot) -> None:
    found = got(shell, qtbot, form_papers.forms)
    assert isinstance(found, list)
    assert {one.form_id for one in found} >= {"arrival", "registration"}
