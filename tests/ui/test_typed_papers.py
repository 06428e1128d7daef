"""Papers that a volunteer writes a part of, and what carried paper may show, over a real vault."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.services import papers, spool
from desktop.services.papers import Paper
from desktop.services.spool import Spool
from tests.ui.conftest import settle
from tests.ui.door import Recorded
from tests.ui.walk import clipped, nameless
from ui import printing
from ui.pages.paper.state import PaperState
from ui.pages.paper.typed_form import TypedForm
from ui.pages.paper.view import PaperView
from ui.shell import Shell
from ui.widgets.fields import Drop, Labelled
from ui.widgets.labels import Words
from ui.window import Window

PANEL = 296 - 2 * 16


@pytest.fixture
def view(paper: PaperView) -> PaperView:
    return paper


@pytest.fixture
def printed() -> Iterator[list[Paper]]:
    """Stands in for the printer: what would have gone out."""
    out: list[Paper] = []

    def ask(_parent: QWidget, paper: Paper, _copies: int, _size: str, _chosen: printing.Chosen) -> None:
        out.append(paper)

    before = printing.use(ask)
    yield out
    printing.use(before)


def choose(view: PaperView, document: str, window: Window, qtbot: QtBot) -> PaperState:
    view._state.choose(document)
    settle(window, qtbot)
    return view._state


def line(view: QWidget, name: str) -> QLineEdit:
    found = view.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit), name
    return found


def press(view: QWidget, name: str) -> None:
    found = view.window().findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    found.click()


def test_a_receipt_is_written_with_the_keyboard(view: PaperView, window: Window, qtbot: QtBot) -> None:
    state = choose(view, papers.STIPEND_RECEIPT, window, qtbot)
    assert state.paper is None
    assert any(one.text() == "Something is missing" for one in view.findChildren(Words))
    amount = line(view, "paper_amount")
    amount.setFocus()
    qtbot.keyClicks(amount, "200000")
    purpose = line(view, "paper_for")
    purpose.setFocus()
    qtbot.keyClicks(purpose, "Novem")
    qtbot.waitUntil(lambda: state.paper is not None, timeout=5000)
    settle(window, qtbot)
    qtbot.keyClicks(purpose, "ber")
    assert line(view, "paper_for") is purpose
    assert purpose.text() == "November"
    qtbot.waitUntil(lambda: (state.typed or {}).get("for") == "November", timeout=5000)
    settle(window, qtbot)
    assert state.paper is not None
    assert state.picture is not None


def test_the_empty_page_names_what_is_missing_and_leads_there(view: PaperView, window: Window, qtbot: QtBot) -> None:
    choose(view, papers.STIPEND_RECEIPT, window, qtbot)
    said = [one.text() for one in view._missing_box.findChildren(Words)]
    assert "Amount" in said
    assert "What it is for" in said
    assert "Currency" not in said
    press(view, "write_it")
    assert line(view, "paper_amount").hasFocus()
    question = view.findChild(Labelled, "paper_for_question")
    assert isinstance(question, Labelled)
    assert question.problem() != ""


def test_what_cannot_be_right_is_said_below_the_answer(view: PaperView, window: Window, qtbot: QtBot) -> None:
    state = choose(view, papers.STIPEND_RECEIPT, window, qtbot)
    amount, question = line(view, "paper_amount"), view.findChild(Labelled, "paper_amount_question")
    assert isinstance(question, Labelled)
    assert question.problem() == ""
    qtbot.keyClicks(amount, "much")
    qtbot.waitUntil(lambda: "999,999,999" in question.problem(), timeout=5000)
    assert state.paper is None
    amount.clear()
    qtbot.keyClicks(amount, "5")
    qtbot.waitUntil(lambda: question.problem() == "", timeout=5000)
    assert [one.where for one in state.problems] == ["for"]


def test_what_was_written_is_not_taken_to_another_paper(view: PaperView, window: Window, qtbot: QtBot) -> None:
    choose(view, papers.STIPEND_RECEIPT, window, qtbot)
    qtbot.keyClicks(line(view, "paper_for"), "Secret")
    choose(view, papers.BED_ASSIGNMENT, window, qtbot)
    choose(view, papers.STIPEND_RECEIPT, window, qtbot)
    assert line(view, "paper_for").text() == ""


def test_a_name_is_shown_only_when_chosen_and_for_one_print(
    view: PaperView, window: Window, qtbot: QtBot, printed: list[Paper], door: Recorded, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spool, "look", lambda: Spool("cups", spool.KEEPS_FOR_A_TIME, 24, ("PDF",), True))
    state = view._state
    assert state.shown == frozenset()
    assert state.person is not None
    press(view, "paper_shown_name")
    settle(window, qtbot)
    assert state.shown == frozenset({"name"})
    assert any("checkpoint" in one.text() for one in view.findChildren(Words))
    press(view, "print")
    assert door.asked[-1].title == "This paper carries a name"
    assert printed == []
    door.answers = ["go", "go"]
    press(view, "print")
    qtbot.waitUntil(lambda: bool(printed), timeout=5000)
    assert door.asked[-1].title == "What this computer's own printing keeps"
    assert printed[-1].shown == frozenset({"name"})
    state.going_out()(1)
    settle(window, qtbot)
    assert state.shown == frozenset()
    assert state.paper is not None
    assert (state.paper.copy, state.paper.shown) == (2, frozenset())


@pytest.mark.parametrize("language", ["en", "my"])
def test_every_small_form_fits_its_panel(view: PaperView, shell: Shell, window: Window, qtbot: QtBot, language: str) -> None:
    if language == "my":
        shell.changed_language()
        settle(window, qtbot)
    page = shell.page
    assert isinstance(page, PaperView)
    for document in papers.documents():
        if not document.asks:
            continue
        choose(page, document.code, window, qtbot)
        form = page.findChild(TypedForm)
        assert form is not None, document.code
        assert form.minimumSizeHint().width() <= PANEL, document.code
        assert nameless(form) == [], document.code
        assert clipped(form) == [], document.code


def test_a_list_of_the_site_needs_nobody(view: PaperView, window: Window, qtbot: QtBot) -> None:
    state = choose(view, papers.DESK_LIST, window, qtbot)
    assert state.paper is not None
    assert state.typed is not None
    number = line(view, "paper_number")
    assert number.text() == state.typed["number"]
    number.setFocus()
    qtbot.keyClick(number, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(number, "0")
    qtbot.waitUntil(lambda: state.paper is None, timeout=5000)


def test_rooms_are_asked_only_for_a_tally_by_room(view: PaperView, window: Window, qtbot: QtBot) -> None:
    state = choose(view, papers.TALLY, window, qtbot)
    question = view.findChild(Labelled, "paper_rooms_question")
    assert isinstance(question, Labelled)
    assert not question.isVisible()
    press(view, "paper_line_for_room")
    qtbot.waitUntil(question.isVisible, timeout=5000)
    assert {one.where for one in state.problems} >= {"what"}


NEEDED = {
    papers.RATION_CARD: ("card",), papers.STIPEND_RECEIPT: ("amount", "for"), papers.THERMAL_RECEIPT: ("amount", "for"),
    papers.TRANSFER_LETTER: ("to",), papers.TALLY: ("what",),
}
CHOICES = {papers.HELD_RECEIPT: ("paper_papers_passport",), papers.MEDICAL_REFERRAL: ("paper_soon_routine",)}


def test_every_document_is_made_by_keyboard_and_shown(view: PaperView, shell: Shell, window: Window, qtbot: QtBot) -> None:
    """In Burmese, whose words are longer; what is typed in English is driven above."""
    shell.changed_language()
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, PaperView)
    state, listed = page._state, page.first_focus()
    assert listed is not None
    seen = []
    for document in (one for one in state.documents if one.about in ("person", "household", "site")):
        while state.document.code != document.code:
            listed.setFocus()
            qtbot.keyClick(listed, Qt.Key.Key_Down)
            assert state.document.code not in seen
        settle(window, qtbot)
        seen.append(document.code)
        for key in NEEDED.get(document.code, ()):
            field = line(page, f"paper_{key}")
            field.setFocus()
            qtbot.keyClicks(field, "5")
        for name in CHOICES.get(document.code, ()):
            button = page.findChild(QPushButton, name)
            assert isinstance(button, QPushButton)
            button.setFocus()
            qtbot.keyClick(button, Qt.Key.Key_Space)
        if document.code == papers.MEDICAL_REFERRAL:
            drop = page.findChild(Drop, "paper_service")
            assert isinstance(drop, Drop)
            drop.setFocus()
            qtbot.keyClick(drop, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: state.picture is not None or state.fault is not None, timeout=8000)
        settle(window, qtbot)
        assert (state.fault is None) or document.code == papers.REGISTRATION_FILLED, document.code
        assert state.paper is None or state.paper.document.code == document.code
        assert nameless(page) == [], document.code
        assert clipped(page) == [], document.code
    assert len(seen) > 12
