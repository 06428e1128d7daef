"""Words that were agreed in secret are on the screen only while somebody asks for them, and what goes out on paper is written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import contacts, guidance
from desktop.services.papers import Paper
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.ui import looking
from tests.ui.conftest import Unlocked
from tests.ui.door import Recorded
from tests.ui.pages.asking import Desk
from tests.ui.two_sites import PASSPHRASE, build, carry
from tests.ui.typing import Keyboard
from ui.pages.answers.view import AnswerFrame, AnswersView
from ui.pages.contacts.side import HiddenWords
from ui.pages.contacts.view import ContactsView
from ui.records.word_editor import WordEditor
from ui.widgets.lists import RowList
from ui.widgets.rows import cell_of

WORDS = ("mango season", "thunder", "မိုးကြိုး", "green tea")


def add(desk: Desk, **values: Value) -> RecordId:
    found: list[RecordId] = []
    desk.shell.do(desk.window, lambda session: contacts.add(session, values={"call_name": "Ko Wai", **values}), found.append)
    desk.rest()
    return found[0]


def seen(desk: Desk) -> str:
    """Everything an eye or a screen reader finds in the window."""
    found: list[str] = [desk.window.windowTitle()]
    for one in desk.window.findChildren(QWidget):
        if not one.isVisibleTo(desk.window):
            continue
        found += [one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.statusTip()]
        if isinstance(one, (QLabel, QAbstractButton)):
            found.append(one.text())
        elif isinstance(one, QLineEdit):
            found.append(one.displayText())
        elif isinstance(one, QPlainTextEdit):
            found.append(one.toPlainText())
        elif isinstance(one, RowList):
            model = one.model()
            found += [f"{cell_of(model.index(at, 0)).words} {cell_of(model.index(at, 0)).second}" for at in range(model.rowCount())]
    return "\n".join(filter(None, found)) + "\n".join(action.text() for action in desk.window.findChildren(QAction))


def told(desk: Desk) -> list[str]:
    text = seen(desk)
    return [one for one in WORDS if one in text]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Paper]:
    """Stands in for a printer that prints at once: what went out."""
    out: list[Paper] = []

    def pages(_parent: QWidget, _jobs: object, paper: Paper, done: Callable[[int], None], *, size: str) -> None:
        assert size == "A4"
        out.append(paper)
        done(1)

    monkeypatch.setattr("ui.printing.print_paper", pages)
    return out


@pytest.mark.parametrize("language", ["en", "my"])
def test_nothing_secret_is_seen_until_somebody_asks(desk: Desk, keys: Keyboard, language: str) -> None:
    if language == "my":
        desk.shell.changed_language()
        desk.rest()
    contact = add(desk, agreed_words="mango season", warning_word="မိုးကြိုး", arrival_words="green tea", stage="on_the_way")
    desk.shell.do(desk.window, lambda session: contacts.write_talk(session, contact=contact, words="သူတို့ မိုးကြိုး ဟု ပြောသည်။"))
    desk.rest()
    desk.go("today")
    assert told(desk) == []
    desk.go("contacts", contact=contact)
    assert told(desk) == []
    keys.tab_to("show_words").press("Space").rest()
    assert told(desk) == ["mango season", "မိုးကြိုး", "green tea"]
    for one in desk.window.findChildren(HiddenWords):
        one._timer.timeout.emit()  # ten seconds later
    assert told(desk) == []
    keys.tab_to("show_talk_0").press("Space").rest()
    assert told(desk) == ["မိုးကြိုး"]
    desk.go("today")
    desk.go("contacts", contact=contact)
    assert told(desk) == [], "they are dots again when the page is left"
    for form in ("talk", "guidance", "handover", "arrived", "allow", "change"):
        state = desk.child(ContactsView, "page_contacts")._state
        state.begin(form)
        desk.rest()
        assert state.form == form
        assert told(desk) == [], form
        state.close_form()
        desk.rest()


def test_a_secret_word_is_changed_behind_dots(desk: Desk, keys: Keyboard) -> None:
    contact = add(desk, warning_word="thunder")
    desk.go("contacts", contact=contact)
    keys.press("E").rest()
    keys.tab_to("field_warning_word", 200)
    assert told(desk) == []
    keys.tab_to("field_warning_word_show").press("Space")
    assert told(desk) == ["thunder"]
    for one in desk.window.findChildren(WordEditor):
        one._timer.timeout.emit()  # ten seconds later
    assert told(desk) == []
    keys.press("Shift+Tab")
    assert keys.at.objectName() == "field_warning_word"
    keys.write("green tea")
    assert told(desk) == ["green tea"], "what is typed can be read while it is typed"
    keys.press("Tab")
    assert told(desk) == []
    keys.press("Ctrl+Return").rest()
    now = desk.ask(lambda session: contacts.page(session, contact=contact))
    assert now.fields["warning_word"].value == "green tea"


def test_different_secret_words_are_settled_behind_dots(tmp_path: Path, unlocked: Unlocked, qtbot: QtBot) -> None:
    sites = build(tmp_path / "two", families=1)
    here, there = (Session(Vault.open(one, PASSPHRASE)) for one in (sites.here, sites.there))
    contact, _ = contacts.add(here, values={"call_name": "Ko Wai", "warning_word": "rain"})
    carry(here, there, tmp_path / "two" / "carried")
    contacts.change(here, contact=contact, values={"warning_word": "thunder"})
    contacts.change(there, contact=contact, values={"warning_word": "မိုးကြိုး"})
    carry(there, here, tmp_path / "two" / "carried")
    here.close()
    there.close()
    window = unlocked(sites.here)
    desk, keys = Desk(window, qtbot), Keyboard(window, qtbot)
    desk.rest()
    desk.go("answers", record=contact, field="warning_word")
    assert desk.text("page_title") == "Warning word: two different answers"
    assert told(desk) == []
    keys.tab_to("answers_show").press("Space").rest()
    assert told(desk) == ["thunder", "မိုးကြိုး"]
    desk.child(AnswersView, "page_answers")._bare.timeout.emit()  # ten seconds later
    assert told(desk) == []
    right = next(at for at in (1, 2) if desk.child(AnswerFrame, f"answer_{at}")._answer == "thunder")
    keys.press(str(right)).press("Ctrl+Return").rest()
    assert desk.ask(lambda session: contacts.page(session, contact=contact)).fields["warning_word"].value == "thunder"


def test_a_printed_sheet_counts_as_given_without_another_press(desk: Desk, keys: Keyboard, printed: list[Paper], door: Recorded, qtbot: QtBot) -> None:
    contact = add(desk)
    made: list[RecordId] = []
    values: dict[str, Value] = {"title": "Rivers", "text": "They are high.", "source": "Families", "stale_after": "2020-01-01", "dated": "2019-01-01"}
    desk.shell.do(desk.window, lambda session: guidance.add(session, values=values), made.append)
    desk.rest()
    desk.go("contacts", contact=contact)
    keys.press("G").rest()
    keys.tab_to("give_print").press("Space").rest()
    assert door.asked[-1].title == "This sheet is no longer right"
    assert printed == []
    door.answers.append("go")
    keys.press("Space").rest()
    assert printed == [], "nothing goes out that was not seen"
    looking.go_on(desk.window, qtbot)
    desk.rest()
    assert len(printed) == 1
    page = desk.ask(lambda session: contacts.page(session, contact=contact))
    assert [(one.sheet, one.way) for one in page.given] == [(made[0], "printed")]
    assert desk.child(ContactsView, "page_contacts")._state.form == ""


def test_a_sheet_is_saved_as_a_file_that_tells_nothing_by_its_name(desk: Desk, keys: Keyboard, door: Recorded, tmp_path: Path, qtbot: QtBot) -> None:
    contact = add(desk, agreed_words="mango season")
    values: dict[str, Value] = {"title": "Rivers", "text": "They are high.", "source": "Families", "stale_after": "2099-01-01"}
    desk.shell.do(desk.window, lambda session: guidance.add(session, values=values))
    desk.rest()
    desk.go("contacts", contact=contact)
    keys.press("G").rest()
    keys.tab_to("give_save").press("Space").rest()
    looking.go_on(desk.window, qtbot)
    desk.rest()
    assert door.asked[-1].title == "The file will not be locked"
    assert desk.ask(lambda session: contacts.page(session, contact=contact)).given == (), "nothing went out"
    door.answers.append("go")
    door.paths.append(tmp_path / "sheet.pdf")
    keys.press("Space").rest()
    looking.go_on(desk.window, qtbot)
    desk.rest()
    assert (tmp_path / "sheet.pdf").stat().st_mode & 0o077 == 0
    page = desk.ask(lambda session: contacts.page(session, contact=contact))
    assert [one.way for one in page.given] == ["printed"]
    paper = desk.ask(lambda session: guidance.paper(session, contact=contact, sheet=page.given[0].sheet))
    assert (paper.copy, [one for one in ("Ko Wai", page.row.code, "Rivers") if one in paper.title]) == (2, [])


# -- what else a person does


def test_the_head_comes_back_when_the_library_is_left_with_a_sheet_half_written(desk: Desk, keys: Keyboard) -> None:
    contact = add(desk)
    desk.go("contacts", contact=contact)
    keys.press("Ctrl+G").rest()
    keys.tab_to("guidance_begin").press("Space").rest()
    keys.write("Riv")
    desk.go("today")
    other = add(desk)
    desk.go("contacts", contact=other)
    assert desk.text("page_title") == "Contacts"
    keys.press("Ctrl+G").rest()
    assert desk.child(QLineEdit, "field_title").text() == "Riv"


def test_a_sheet_may_be_right_until_a_month_or_a_year(desk: Desk, keys: Keyboard) -> None:
    contact = add(desk)
    desk.go("contacts", contact=contact)
    for stale, dated, shown in (("2098", "2026-11", "2098"), ("2097-03", "2025", "March 2097")):
        values: dict[str, Value] = {"title": "Rivers", "text": "They are high.", "source": "Families", "stale_after": stale, "dated": dated}
        desk.shell.do(desk.window, lambda session, values=values: guidance.add(session, values=values))  # type: ignore[misc]
        desk.rest()
        keys.press("Ctrl+G").rest()
        assert shown in seen(desk)
        keys.press("Escape").rest()
    keys.press("G").rest()
    assert "right until March 2097" in seen(desk)


def test_years_that_no_calendar_has_break_nothing(desk: Desk, keys: Keyboard) -> None:
    contact = add(desk, safe_hours=["1234567 18:00-19:00"], clock_ahead=30, next_talk="2026-11-24T18:00", if_silent="Wait.")

    def odd(session: Session) -> Changes:
        with session.journal(Folder.CONTACTS).save("") as save:
            save.set(contact, {"late_after_hours": 10**9})
        return Changes(frozenset({"contact"}))

    desk.shell.do(desk.window, odd)
    desk.rest()
    desk.go("contacts", contact=contact)
    assert "If there is no word by" in seen(desk)
    keys.press("N").rest()
    keys.press("Tab")
    for part in ("31", "December", "9999", "23:59"):
        keys.write(part).press("Tab")
    assert desk.text("talk_their_time_words") == ""
    keys.press("Ctrl+Return").rest()
    assert desk.problem("next_talk").startswith("This is more than a year from now.")
    keys.press("Escape").rest()


def test_today_says_not_to_call_whoever_is_late_and_used_the_warning_word(desk: Desk) -> None:
    contact = add(desk, stage="on_the_way", next_talk="2026-01-05T10:00", call_rule="we_may_call")
    quiet = add(desk, stage="on_the_way")
    desk.shell.do(desk.window, lambda session: contacts.write_talk(session, contact=contact, words="", warned=True))
    desk.rest()
    desk.go("today")
    model = desk.child(RowList, "today_list").model()
    cells = [cell_of(model.index(at, 0)) for at in range(model.rowCount())]
    marks = {cell.key: [chip.words for chip in cell.chips] for cell in cells if cell.key}
    assert marks["contacts", (("contact", contact),)][0] == "Do not call"
    assert marks["contacts", (("contact", quiet),)] == ["No next time agreed"]


@pytest.mark.parametrize(("field", "typed", "said"), [
    ("field_people", "three", "Write a whole number in digits."), ("field_next_talk_time", "25:00", "Write the time like 18:00."),
    ("field_next_talk_time", "18:30", "Write the day of this time too."), ("field_next_talk_day", "28", "Write the year with four digits."),
    ("field_late_after_hours", "5000", ""), ("field_note", "16.8661, 96.1951", ""), ("field_call_name", "", ""),
])
def test_what_cannot_be_right_is_not_saved(desk: Desk, keys: Keyboard, field: str, typed: str, said: str) -> None:
    contact = add(desk, note="Well.")
    desk.go("contacts", contact=contact)
    keys.press("E").rest()
    keys.tab_to(field, 200).press("Ctrl+A", "Delete").write(typed)
    keys.press("Ctrl+Return").rest()
    state = desk.child(ContactsView, "page_contacts")._state
    assert state.form == "change"
    problem = desk.problem(field.removeprefix("field_").removesuffix("_time").removesuffix("_day"))
    assert problem
    assert said in problem
    now = desk.ask(lambda session: contacts.page(session, contact=contact))
    assert (now.row.call_name, now.fields["note"].value, now.row.people) == ("Ko Wai", "Well.", 1)


def test_a_contact_is_written_down_in_burmese_by_the_keyboard_alone(desk: Desk, keys: Keyboard) -> None:
    desk.shell.changed_language()
    desk.rest()
    desk.go("contacts")
    keys.press("Ctrl+N").rest()
    keys.write("ကိုဝေ").tab_to("field_people").write("၅").tab_to("field_handle", 200).write("၀၉ ၄၂၀ ၁၂၃ ၄၅၆")
    keys.tab_to("field_agreed_words", 200).write("သရက်သီး ရာသီ").tab_to("field_next_talk_time", 200).write("၁၈.၃၀")
    keys.press("Ctrl+Return").rest()
    state = desk.child(ContactsView, "page_contacts")._state
    assert state.form == "new", "a time without a day is no moment"
    keys.tab_to("field_next_talk_time", 200).press("Ctrl+A", "Delete", "Ctrl+Return").rest()
    (row,) = desk.ask(lambda session: contacts.contacts(session, query="ကိုဝေ"))
    assert (row.call_name, row.people, row.stage) == ("ကိုဝေ", 5, "first_contact")
    assert desk.ask(lambda session: contacts.contacts(session, query="09420123456"))[0].id == row.id
    assert desk.text("contact_code").replace("-", "") == row.code
