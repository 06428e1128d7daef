"""Contacts: who is late, what to know before talking, what they said, over a real vault."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Folder
from desktop.services import contacts, edits, history
from desktop.services.contacts import ContactPage, ContactRow
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui import dates
from ui.pages.contacts.side import HiddenWords
from ui.pages.contacts.view import ContactsView
from ui.widgets.lists import CellTable, Tabs


@pytest.fixture
def rows(desk: Desk) -> list[ContactRow]:
    """The open contacts, the page before us."""
    found: list[ContactRow] = desk.ask(lambda session: contacts.contacts(session))
    desk.shell.do(desk.window, lambda session: contacts.change(session, contact=found[0].id, values={
        "agreed_words": "mango season", "warning_word": "ရာသီဥတု", "if_silent": "Tell Saw Bwe in person.", "call_rule": "they_call_us",
        "next_talk": "2026-01-05T18:00", "late_after_hours": 6, "safe_times": "18:00 to 19:00", "needs_on_way": "water",
    }))
    desk.go("contacts", contact=found[0].id)
    rows: list[ContactRow] = desk.ask(lambda session: contacts.contacts(session))
    return rows


def view(desk: Desk) -> ContactsView:
    return desk.child(ContactsView, "page_contacts")


def page(desk: Desk, row: ContactRow) -> ContactPage:
    found: ContactPage = desk.ask(lambda session: contacts.page(session, contact=row.id))
    return found


def choose(desk: Desk, row: ContactRow) -> None:
    assert desk.child(CellTable, "contacts_list").choose(row.id.text())
    desk.rest()


def test_tabs_count_the_stages_and_the_list_is_grouped(desk: Desk, keys: Keyboard, rows: list[ContactRow]) -> None:
    counts = desk.ask(contacts.counts)
    tabs = desk.child(Tabs, "contacts_tabs")
    assert tabs.tabText(0) == f"All open  {counts['open']}"
    table = desk.child(CellTable, "contacts_list")
    lines = [str(table.model().index(at, 0).data()) for at in range(table.model().rowCount())]
    stages = list(dict.fromkeys(row.stage for row in rows))
    assert len(lines) == len(rows) + len(stages), "a heading stands above each stage"
    tabs.open(rows[0].stage)
    desk.rest()
    assert table.model().rowCount() == counts[rows[0].stage]


@pytest.mark.parametrize("language", ["en", "my"])
def test_every_state_can_be_named_read_reached_and_fits(desk: Desk, rows: list[ContactRow], language: str) -> None:
    desk.shell.do(desk.window, lambda session: contacts.write_talk(session, contact=rows[0].id, words="အခြေအနေ ကောင်းပါသည်။ မနက်ဖြန် ညနေ ဆက်သွယ်ပါမည်။"))
    desk.rest()
    if language == "my":
        desk.shell.changed_language()
    choose(desk, rows[0])
    faults = desk.faults(f"list {language}")
    desk.child(HiddenWords, "hidden_words").turn()
    faults += desk.faults(f"words {language}")
    for form in ("talk", "arrived", "change", "new"):
        view(desk)._state.begin(form)
        faults += desk.faults(f"{form} {language}")
        view(desk)._state.close_form()
        desk.rest()
    for stage in ("arrived", "closed"):
        desk.child(Tabs, "contacts_tabs").open(stage)
        faults += desk.faults(f"{stage} {language}")
    assert not faults, "\n".join(faults)


def test_what_to_know_before_talking(desk: Desk, rows: list[ContactRow]) -> None:
    choose(desk, rows[0])
    assert desk.text("call_rule_words") == "They call us, never call them"
    side = [label.text() for label in desk.child(ContactsView, "page_contacts").findChildren(type(view(desk)._nothing)) if label.isVisible()]
    assert "Safe: 18:00 to 19:00" in side
    assert f"If there is no word by {dates.moment('2026-01-06T00:00')}" in side
    assert "Tell Saw Bwe in person." in side
    assert "mango season" not in side


def test_the_agreed_words_are_shown_for_a_while_only(
    desk: Desk, rows: list[ContactRow], keys: Keyboard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.pages.contacts.side.SHOWN_FOR", 150)
    choose(desk, rows[1])
    choose(desk, rows[0])
    assert desk.text("hidden_words_0") == "••••••"
    keys.tab_to("show_words").press("Space")
    assert (desk.text("hidden_words_0"), desk.text("hidden_words_1")) == ("mango season", "ရာသီဥတု")
    qtbot.waitUntil(lambda: desk.text("hidden_words_0") == "••••••", timeout=3000)
    keys.press("Space")
    desk.go("today")
    assert not desk.window.findChild(HiddenWords).plain, "they hide when the page is left"  # type: ignore[union-attr]


def test_what_they_said_is_written_in_one_save(desk: Desk, rows: list[ContactRow], keys: Keyboard) -> None:
    choose(desk, rows[1])
    before = len(page(desk, rows[1]).talks)
    keys.press("N").rest()
    assert keys.at.objectName() == "talk_words"
    keys.write("မနက်ဖြန် ထွက်မည်။").press("Tab").write("31").press("Tab").write("December").press("Tab").write("2026").press("Tab").write("6.30")
    keys.tab_to("field_stage").write("Decided").press("Ctrl+Return").rest()
    now = page(desk, rows[1])
    assert now.talks[0].words == "မနက်ဖြန် ထွက်မည်။"
    assert len(now.talks) == before + 1
    assert (now.row.next_talk, now.row.stage) == ("2026-12-31T06:30", "decided")
    assert view(desk)._state.form == ""


def test_a_talk_with_a_wrong_time_or_nothing_in_it_is_not_saved(desk: Desk, rows: list[ContactRow], keys: Keyboard) -> None:
    choose(desk, rows[1])
    keys.press("N").rest()
    keys.press("Ctrl+Return").rest()
    assert desk.text("change_failed_words").startswith("Nothing was written.")
    keys.write("hello")
    keys.tab_to("field_next_talk_day").write("31")
    keys.press("Ctrl+Return").rest()
    assert desk.problem("next_talk") == "Write the year with four digits."
    assert all(talk.words != "hello" for talk in page(desk, rows[1]).talks)


def test_half_a_talk_survives_the_language_and_another_page(desk: Desk, rows: list[ContactRow], keys: Keyboard) -> None:
    choose(desk, rows[1])
    keys.press("N").rest()
    keys.write("They will").press("F2").rest()
    assert desk.child(QPlainTextEdit, "talk_words").toPlainText() == "They will"
    assert keys.at.objectName() == "talk_words"
    keys.press("Escape").rest()
    desk.go("today")
    desk.go("contacts")
    keys.press("N").rest()
    assert desk.child(QPlainTextEdit, "talk_words").toPlainText() == "They will"
    keys.tab_to("change_forget").press("Space").rest()
    keys.press("N").rest()
    assert desk.child(QPlainTextEdit, "talk_words").toPlainText() == ""


def test_they_have_arrived(desk: Desk, rows: list[ContactRow], keys: Keyboard) -> None:
    choose(desk, rows[0])
    person = desk.people()[0]
    keys.tab_to("contact_arrived").press("Space").rest()
    keys.tab_to("field_person_code").write("ABC").press("Ctrl+Return").rest()
    assert desk.text("change_failed_words").startswith("This is not one of our numbers.")
    desk.child(QLineEdit, "field_person_code").selectAll()
    keys.tab_to("field_person_code").write(f"{person.code[:4]}-{person.code[4:]}").press("Ctrl+Return").rest()
    now = page(desk, rows[0])
    assert (now.row.stage, now.row.next_talk, now.fields["person_code"].value) == ("arrived", "", person.code)


def test_a_new_contact_needs_a_name(desk: Desk, rows: list[ContactRow], keys: Keyboard) -> None:
    keys.press("Ctrl+N").rest()
    assert keys.at.objectName() == "field_call_name"
    keys.press("Ctrl+Return").rest()
    assert desk.problem("call_name") == "Write a name, even a part of it."
    keys.write("Ko Wai").press("Tab", "Tab").write("500")
    keys.press("Ctrl+Return").rest()
    assert desk.problem("people") == "Write a number from 1 to 200."
    desk.child(QLineEdit, "field_people").selectAll()
    keys.write("၅").press("Ctrl+Return").rest()
    made = next(row for row in desk.ask(lambda session: contacts.contacts(session)) if row.call_name == "Ko Wai")
    assert (made.people, made.stage, made.volunteer) == (5, "first_contact", "Naw Eh")
    assert desk.text("contact_code") == f"{made.code[:4]}-{made.code[4:]}", "the new one is chosen"
    keys.press("E").rest()
    keys.tab_to("field_if_silent", 200).write("Wait one week.").press("Ctrl+Return").rest()
    assert page(desk, made).fields["if_silent"].value == "Wait one week."


def test_search_by_name_or_code(desk: Desk, rows: list[ContactRow], keys: Keyboard) -> None:
    keys.press("Ctrl+F").write(rows[2].code[:4]).rest()
    table = desk.child(CellTable, "contacts_list")
    assert any(table.model().index(at, 0).data().startswith(rows[2].code[:4]) for at in range(table.model().rowCount()))
    keys.write("zzzz").rest()
    assert desk.text("contacts_nothing") == "No contact by that name or code."
    keys.press("Escape").rest()
    assert desk.child(QLineEdit, "contacts_search").text() == ""


def test_those_without_the_folder_are_told(registrar: Desk) -> None:
    registrar.go("contacts")
    assert registrar.text("sentence") == "Only a volunteer who can open Contacts sees this."
    assert registrar.shell.commands.named("contacts.new") is None
    assert not registrar.faults("locked")


def test_what_came_while_the_form_of_a_contact_was_open_stands_beside_what_is_typed(desk: Desk, keys: Keyboard, rows: list[ContactRow]) -> None:
    contact, before = rows[0].id, desk.ask(lambda session: history.conflicts(session))
    view(desk)._state.begin("change")
    desk.rest()
    keys.tab_to("field_if_silent", 200).press("Ctrl+A").write("Wait one week.").rest()
    desk.shell.do(desk.window, lambda session: contacts.change(session, contact=contact, values={"if_silent": "Tell nobody.", "needs_on_way": "food"}))
    desk.rest()
    keys.press("F2").rest()
    desk.go("today")
    desk.go("contacts", contact=contact)
    keys.press("Ctrl+Return").rest()
    assert view(desk)._state.form == ""
    asked = [one for one in desk.ask(lambda session: history.conflicts(session)) if one not in before]
    assert [(one.field.name, {answer.value for answer in one.answers}) for one in asked] == [("if_silent", {"Tell nobody.", "Wait one week."})]
    assert page(desk, rows[0]).fields["needs_on_way"].value == "food"
    assert desk.ask(lambda session: edits.kept(session, folder=Folder.CONTACTS)) == {}
