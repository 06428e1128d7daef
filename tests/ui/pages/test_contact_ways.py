"""Contacts in the window: overdue on Today, the warning word, guidance, handing over, and words said at the desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import contacts, guidance
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.ui.conftest import OPENING, PASSPHRASE, Unlocked
from tests.ui.contact_states import States, make
from tests.ui.door import Recorded
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.pages.contacts.view import ContactsView
from ui.widgets.fields import Drop
from ui.widgets.lists import RowList
from ui.widgets.rows import Cell, cell_of, spoken


@pytest.fixture
def second(vault: Path) -> Path:
    """The vault with one more volunteer who can open Contacts."""
    opened = Vault.open(vault, PASSPHRASE)
    opened.volunteers.add(name="Saw Bwe", role=Role.CASEWORKER, passphrase=f"{PASSPHRASE} three", folders=Role.CASEWORKER.folders)
    opened.close()
    return vault


@pytest.fixture
def states(second: Path, desk: Desk) -> States:
    """Contacts in every state that waits for somebody."""
    found: list[States] = []

    def work(session: Session) -> States:
        found.append(make(session))
        return found[0]

    desk.ask(work)
    desk.go("contacts")
    desk.go("today")
    return found[0]


def add(desk: Desk, **values: Value) -> RecordId:
    made: list[RecordId] = []
    desk.shell.do(desk.window, lambda session: contacts.add(session, values={"call_name": "Ko Wai", **values}), made.append)
    desk.rest()
    return made[0]


def page(desk: Desk, contact: RecordId) -> contacts.ContactPage:
    found: contacts.ContactPage = desk.ask(lambda session: contacts.page(session, contact=contact))
    return found


def cells(desk: Desk) -> list[Cell]:
    model = desk.child(RowList, "today_list").model()
    return [cell_of(model.index(at, 0)) for at in range(model.rowCount())]


def on_today(desk: Desk) -> list[str]:
    return [one.words for one in cells(desk)]


def test_a_contact_goes_overdue_and_appears_on_today(desk: Desk, keys: Keyboard) -> None:
    now = datetime.now().astimezone()
    agreed = (now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    contact = add(desk, stage="on_the_way", next_talk=agreed, late_after_hours=6, if_silent="Tell Saw Bwe in person.")
    desk.go("today")
    code = page(desk, contact).row.code
    shown = f"{code[:4]}-{code[4:]}, 1 person, On the way"

    def overdue() -> list[str]:
        words = on_today(desk)
        begin = words.index("Overdue check-ins") if "Overdue check-ins" in words else len(words)
        ends = [words.index(head) for head in ("Contacts that wait for you", "Families", "To talk with today", "Left for later", "Arrived today") if head in words]
        return words[begin:min(ends, default=len(words))]

    assert shown not in overdue()
    desk.ask(lambda session: setattr(session, "_clock", lambda: now + timedelta(hours=6, minutes=30)))
    desk.shell.page._state._again.timeout.emit()  # type: ignore[union-attr]  # a minute later, nobody touched anything
    desk.rest()
    assert shown not in overdue(), "the agreed patience is not over"
    desk.ask(lambda session: setattr(session, "_clock", lambda: now + timedelta(hours=9)))
    desk.shell.page._state._again.timeout.emit()  # type: ignore[union-attr]
    desk.shell._minute.timeout.emit()
    desk.rest()
    assert shown in overdue()
    assert "What was agreed for this stands on their page" in overdue()
    assert "Saw Bwe" not in " ".join(spoken(one) for one in cells(desk)), "whoever passes the screen reads no names of others"
    heads = [one.words for one in cells(desk) if one.heading]
    assert heads.index("Overdue check-ins") <= 1, "only what needs a decision stands before somebody who is late"
    late = desk.ask(lambda session: contacts.counts(session)["late"])
    assert desk.shell._counts.late == late
    table = desk.child(RowList, "today_list")
    table.setFocus()
    assert table.choose(("contacts", (("contact", contact),)))
    keys.press("Return").rest()
    assert desk.text("contact_code") == shown[:9]
    assert "Tell Saw Bwe in person." in [one.text() for one in desk.window.findChildren(QLabel)]


@pytest.mark.parametrize("language", ["en", "my"])
def test_every_state_can_be_named_read_reached_and_fits(states: States, desk: Desk, language: str) -> None:
    if language == "my":
        desk.shell.changed_language()
        desk.rest()
    faults = desk.faults(f"today {language}")
    for name, contact in (("warned", states.warned), ("match", states.match), ("asked", states.asked), ("late", states.late)):
        desk.go("contacts", contact=contact)
        faults += desk.faults(f"{name} {language}")
    state = desk.child(ContactsView, "page_contacts")._state
    for form in ("talk", "allow", "handover", "guidance", "change"):
        state.begin(form)
        faults += desk.faults(f"{form} {language}")
        state.close_form()
        desk.rest()
    state.turn(True)
    faults += desk.faults(f"library {language}")
    for form in ("new", "version"):
        state.library.begin(form)
        faults += desk.faults(f"sheet {form} {language}")
        state.library.close_form()
    assert not faults, "\n".join(faults)


def test_the_warning_word_stops_calls_until_a_coordinator_speaks(desk: Desk, keys: Keyboard) -> None:
    contact = add(desk, warning_word="rain", call_rule="we_may_call")
    desk.go("contacts", contact=contact)
    assert desk.text("call_rule_words") == "We may call"
    keys.press("N").rest()
    keys.write("It will rain, they said.").press("Ctrl+Return").rest()
    assert desk.text("warned_words") == "Do not call until a coordinator says so."
    assert desk.text("call_rule_words") == "Nobody calls them now."
    keys.tab_to("contact_allow").press("Space").rest()
    assert keys.at.objectName() == "allow_words"
    keys.press("Ctrl+Return").rest()
    assert desk.text("change_failed_words").startswith("Nothing was written.")
    keys.write("Met them.").press("Ctrl+Return").rest()
    assert page(desk, contact).row.warned == ""
    assert desk.text("call_rule_words") == "We may call"
    keys.press("Ctrl+Z").rest()
    assert page(desk, contact).row.warned


def test_an_exact_place_is_refused_while_it_is_typed(desk: Desk, keys: Keyboard) -> None:
    contact = add(desk)
    desk.go("contacts", contact=contact)
    keys.press("N").rest()
    keys.write("16.8661, 96.1951")
    assert desk.text("talk_words_problem_words").startswith("This looks like an exact place on a map.")
    keys.press("Ctrl+Return").rest()
    assert page(desk, contact).talks == ()


def test_safe_times_are_typed_and_shown_on_both_clocks(desk: Desk, keys: Keyboard) -> None:
    contact = add(desk)
    desk.go("contacts", contact=contact)
    keys.press("E").rest()
    keys.tab_to("field_safe_hours_days_1").press("Space")
    keys.tab_to("field_safe_hours_from").write("18").press("Tab").write("25")
    keys.press("Ctrl+Return").rest()
    assert desk.problem("safe_hours") == "Write both times like 18:00 and 19:00."
    keys.tab_to("field_safe_hours_to", 300).press("Ctrl+A").write("19.30")
    clock = desk.child(Drop, "field_clock_ahead")
    clock.choose("-30")
    clock.activated.emit(clock.currentIndex())
    keys.press("Ctrl+Return").rest()
    now = page(desk, contact)
    assert (now.fields["safe_hours"].value, now.times.ahead) == (("1 18:00-19:30",), -30)
    assert desk.text("safe_hours_words") == "Safe: Monday, 18:00 to 19:30 (our clock 18:30 to 20:00)"
    keys.press("N").rest()
    keys.press("Tab")
    for part in ("28", "December", "2026", "19:00"):
        keys.write(part).press("Tab")
    assert desk.text("talk_their_time_words").endswith("That is a safe time.")
    keys.press("Escape").rest()


def test_guidance_is_written_given_and_renewed_by_the_keyboard(desk: Desk, keys: Keyboard) -> None:
    contact = add(desk)
    desk.go("contacts", contact=contact)
    keys.press("Ctrl+G").rest()
    keys.tab_to("guidance_begin").press("Space").rest()
    keys.write("Rivers").press("Tab").write("They are high.")
    keys.press("Ctrl+Return").rest()
    assert desk.text("change_failed_words").startswith("A sheet needs its text")
    keys.tab_to("field_stale_after_day").write("1").press("Tab").write("December").press("Tab").write("2090")
    keys.tab_to("field_source").write("Two families").press("Ctrl+Return").rest()
    assert desk.text("guidance_text") == "They are high."
    keys.press("Escape").rest()
    keys.press("G").rest()
    keys.tab_to("give_way_read_out").press("Space").press("Ctrl+Return").rest()
    (given,) = page(desk, contact).given
    assert (given.title, given.way, given.replaced) == ("Rivers", "read_out", False)
    desk.shell.do(desk.window, lambda session: guidance.new_version(session, sheet=given.sheet, values={
        "text": "They are low.", "stale_after": "2090-12-31",
    }))
    desk.rest()
    assert page(desk, contact).given[0].replaced


def test_a_sheet_whose_day_is_over_is_given_only_after_a_question(states: States, desk: Desk, keys: Keyboard, door: Recorded) -> None:
    desk.go("contacts", contact=states.match)
    keys.press("G").rest()
    assert desk.child(RowList, "give_sheets").choose(states.stale.text())
    desk.rest()
    keys.tab_to("give_way_sent").press("Space").press("Ctrl+Return").rest()
    assert door.asked[-1].title == "This sheet is no longer right"
    assert page(desk, states.match).given == ()


def test_words_said_at_the_desk_lead_to_the_contact(states: States, desk: Desk, keys: Keyboard) -> None:
    assert any("may have arrived: မဖြူဖြူဝင်း" in words for words in on_today(desk))
    desk.go("contacts", contact=states.match)
    keys.tab_to("match_yes_0").press("Space").rest()
    now = page(desk, states.match)
    assert (now.row.stage, now.fields["person_code"].value) == ("arrived", states.person_code)
    keys.press("Ctrl+Z").rest()
    desk.go("today")
    desk.go("contacts", contact=states.match)
    keys.tab_to("match_no_0").press("Space").rest()
    assert desk.shell.page is not None
    assert desk.shell.page.findChild(QWidget, "match_0") is None
    assert page(desk, states.match).row.stage == "on_the_way"


def test_a_contact_is_handed_over(
    second: Path, states: States, desk: Desk, keys: Keyboard, unlocked: Unlocked, qtbot: QtBot
) -> None:
    desk.go("contacts", contact=states.asked)
    assert desk.text("handover_waits_words") == "Saw Bwe was asked to take over."
    with qtbot.waitSignal(desk.window.over, timeout=OPENING):
        desk.window.close()
    qtbot.waitUntil(lambda: not desk.window.jobs.running, timeout=OPENING)
    other = unlocked(second, f"{PASSPHRASE} three")
    theirs = Desk(other, qtbot)
    theirs.go("contacts", contact=states.asked)
    Keyboard(other, qtbot).tab_to("handover_accept").press("Space").rest()
    now = page(theirs, states.asked)
    assert now.row.volunteer == "Saw Bwe"
    assert [(one.author, one.what) for one in now.handovers] == [("Saw Bwe", "accepted"), ("Naw Eh", "asked")]
    theirs.go("contacts", contact=states.warned)
    assert theirs.shell.page is not None
    assert theirs.shell.page.findChild(QWidget, "contact_allow") is None, "only a coordinator says that they may be called"


def test_the_desk_writes_the_words_and_sees_nothing_of_contacts(registrar: Desk) -> None:
    registrar.go("register")
    assert registrar.shell.page is not None
    assert any("Words they were told to say" in str(one.property("text")) for one in registrar.shell.page.findChildren(QWidget))
    registrar.go("contacts")
    assert registrar.text("sentence") == "Only a volunteer who can open Contacts sees this."
    assert registrar.shell.commands.named("contacts.guidance") is None
    assert registrar.shell.page.findChild(QPlainTextEdit) is None
