"""Families: a search is written, somebody is asked and answers, the answer is passed on; driven as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.services import sought, stick, tracing
from desktop.services.session import Session
from desktop.services.sought import Match
from desktop.services.tracing import Request
from desktop.vault.vault import Vault
from tests.ui import families
from tests.ui.conftest import PASSPHRASE, Unlocked
from tests.ui.door import Recorded
from tests.ui.pages.asking import Desk
from tests.ui.two_sites import PASSPHRASE as BOTH
from tests.ui.two_sites import build
from tests.ui.typing import Keyboard
from ui.pages.families.view import FamiliesView
from ui.pages.stick.view import StickView
from ui.widgets.lists import RowList


@pytest.fixture
def known(desk: Desk) -> dict[str, RecordId]:
    found: dict[str, RecordId] = desk.ask(families.sought)
    return found


def to_ask(desk: Desk) -> list[Match]:
    found: list[Match] = desk.ask(sought.review)
    return found


def request(desk: Desk, record: RecordId) -> Request:
    found: Request = desk.ask(lambda session: tracing.request(session, record=record))
    return found


def lines(desk: Desk, name: str) -> list[str]:
    model = desk.child(RowList, name).model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]


@pytest.mark.parametrize("language", ["en", "my"])
def test_nothing_is_clipped_nameless_or_out_of_reach(desk: Desk, known: dict[str, RecordId], language: str) -> None:
    desk.ask(families.family)
    if language == "my":
        desk.shell.changed_language()
    for show in ("ask", "pass_on", "wish", "request"):
        desk.go("families", show=show)
        assert desk.faults(show) == []
    desk.go("families", show="request")
    desk.child(QPushButton, "families_change").click()
    desk.rest()
    assert desk.faults("form") == []


def test_today_leads_to_the_one_to_ask_and_the_answer_is_written_by_keyboard(
    desk: Desk, keys: Keyboard, known: dict[str, RecordId]
) -> None:
    desk.go("people")
    desk.go("today")
    assert "1 person here may be the one who is sought" in lines(desk, "today_list")
    desk.child(RowList, "today_list").choose(("families", (("show", "ask"),)))
    desk.child(RowList, "today_list").setFocus()
    keys.press("Return").rest()
    assert desk.text("page_title") == "Is ခင်စန္ဒာဝင်း the one who is sought?"
    keys.press("Ctrl+Return").rest()
    assert "not asked yet" in desk.text("families_failed_words")
    keys.tab_to("verdict_contact").press("Space")
    assert "no place" in desk.text("verdict_means_words")
    keys.press("Ctrl+Return").rest()
    assert "not asked yet" in desk.text("families_failed_words"), "nobody said who agreed"
    keys.tab_to("agreed_self").press("Space").tab_to("message").write("Tell him I am well.")
    keys.press("Ctrl+Return").rest()
    assert to_ask(desk) == []
    (reply,) = request(desk, known["asked"]).replies
    assert (reply.reply, reply.message) == ("contact", "Tell him I am well.")
    keys.press("Ctrl+Z").rest()
    assert len(to_ask(desk)) == 1
    assert request(desk, known["asked"]).replies == ()


def test_what_is_half_answered_survives_the_language_and_another_page(desk: Desk, keys: Keyboard, known: dict[str, RecordId]) -> None:
    desk.go("families", show="ask")
    keys.tab_to("verdict_alive").press("Space").tab_to("message").write("Half")
    keys.press("F2").rest()
    assert desk.child(QPushButton, "verdict_alive").isChecked()
    assert desk.child(QPlainTextEdit, "message").toPlainText() == "Half"
    desk.go("today")
    desk.go("families", show="ask")
    assert desk.child(QPlainTextEdit, "message").toPlainText() == "Half"


def test_nothing_may_be_told_and_nothing_goes_out(desk: Desk, keys: Keyboard, known: dict[str, RecordId]) -> None:
    desk.go("families", show="ask")
    before = desk.ask(lambda session: dict(session.journal(Folder.CONTACTS).versions()))
    desk.child(QPushButton, "verdict_nothing").click()
    desk.child(QPushButton, "families_answer").click()
    desk.rest()
    assert desk.ask(lambda session: dict(session.journal(Folder.CONTACTS).versions())) == before
    assert to_ask(desk) == []
    desk.go("families", show="request")
    listed = desk.child(RowList, "families_list")
    listed.choose(("request", known["asked"].text()))
    desk.rest()
    again = desk.child(QPushButton, "ask_again_1")
    again.click()
    desk.rest()
    assert len(to_ask(desk)) == 1


def test_an_answer_is_passed_on(desk: Desk, keys: Keyboard, known: dict[str, RecordId]) -> None:
    desk.go("families", show="pass_on")
    assert desk.text("page_title") == "An answer for Aung Ko"
    desk.child(QPushButton, "told_1").click()
    desk.rest()
    assert request(desk, known["other"]).replies[0].told_on
    assert "Answers to pass on" not in lines(desk, "families_list")


def test_a_search_is_written_from_the_household_and_needs_agreement(desk: Desk, keys: Keyboard) -> None:
    head: RecordId = desk.ask(families.family)
    desk.go("person", person=head, tab="household")
    desk.child(QPushButton, "seek_left_behind").click()
    desk.rest()
    assert desk.child(QLineEdit, "field_name").text() == "ခင်စန်းဝင်း"
    keys.press("Ctrl+Return").rest()
    assert "have not agreed" in desk.text("change_failed_words")
    desk.child(QPushButton, "field_consent_share_yes").click()
    desk.child(QLineEdit, "field_last_township").setText("12 Market Road")
    desk.child(QLineEdit, "field_last_township").textEdited.emit("12 Market Road")
    keys.press("Ctrl+Return").rest()
    assert desk.problem("last_township") == "Write only the township, nothing nearer."
    desk.child(QLineEdit, "field_last_township").setText("Loikaw")
    desk.child(QLineEdit, "field_last_township").textEdited.emit("Loikaw")
    keys.press("Ctrl+Return").rest()
    (made,) = desk.ask(tracing.requests)
    assert (made.name, made.fields["last_township"].value, made.seeker.id) == ("ခင်စန်းဝင်း", "Loikaw", head)
    assert desk.text("page_title") == "We look for ခင်စန်းဝင်း"
    desk.go("person", person=head, tab="household")
    desk.child(QPushButton, "seek_left_behind").click()
    desk.rest()
    assert desk.text("page_title") == "We look for ခင်စန်းဝင်း", "there is one: it is shown, and no second one written"


def test_a_search_of_somebody_who_is_asked_for(desk: Desk, keys: Keyboard) -> None:
    head: RecordId = desk.ask(families.family)
    desk.go("families")
    keys.press("Alt+N").rest()
    keys.write("Kyaw Zin").rest()
    keys.press("Return").rest()
    desk.window.activateWindow()
    desk.rest()
    keys.tab_to("field_name").write("Naw Paw")
    desk.child(QPushButton, "field_consent_share_yes").click()
    desk.child(QPushButton, "change_save").click()
    desk.rest()
    (made,) = desk.ask(tracing.requests)
    assert (made.name, made.seeker.id, made.asked_by) == ("Naw Paw", head, "ကျော်ဇင်")


def test_a_search_is_ended(desk: Desk, keys: Keyboard, known: dict[str, RecordId], door: Recorded) -> None:
    desk.go("families", show="request")
    desk.child(RowList, "families_list").choose(("request", known["asked"].text()))
    desk.rest()
    door.answers = ["keep", "end"]
    desk.child(QPushButton, "families_end").click()
    desk.rest()
    assert request(desk, known["asked"]).state == "looking"
    desk.child(QPushButton, "families_end").click()
    desk.rest()
    assert request(desk, known["asked"]).state == "ended"
    assert to_ask(desk) == []


def test_the_desk_sees_nothing_of_it(registrar: Desk) -> None:
    page = registrar.child
    registrar.go("families")
    assert page(QPushButton, "families_today").isVisible()
    assert registrar.faults("locked") == []
    assert registrar.shell.commands.named("families.new") is None
    registrar.go("today")
    assert "Families" not in lines(registrar, "today_list")
    row = registrar.people()[0]
    registrar.go("person", person=row.id, tab="household")
    seek = registrar.window.findChild(QPushButton, "seek_left_behind")
    assert seek is None or not seek.isVisible()


def test_an_observer_of_contacts_sees_nothing_of_it(vault: Path, unlocked: Unlocked, qtbot: QtBot) -> None:
    session = Session(Vault.open(vault, PASSPHRASE))
    session.vault.volunteers.add(
        name="Hser", role=Role.OBSERVER, passphrase=f"{PASSPHRASE} five", folders=frozenset({Folder.RECEPTION, Folder.CONTACTS})
    )
    families.sought(session)
    session.close()
    window = unlocked(vault, f"{PASSPHRASE} five")
    desk = Desk(window, qtbot)
    desk.go("families")
    assert desk.child(QPushButton, "families_today").isVisible()
    assert isinstance(desk.shell.page, FamiliesView)


def test_a_stick_brings_somebody_who_is_sought(tmp_path: Path, unlocked: Unlocked, qtbot: QtBot) -> None:
    sites = build(tmp_path / "sites", families=2)
    session = Session(Vault.open(sites.here, BOTH))
    families.register(session, name="ခင်စန္ဒာဝင်း", age="34", sex="woman", township="Bago", father_name="ဦးလှ")
    session.close()
    session = Session(Vault.open(sites.there, BOTH))
    seeker = families.register(session, name="Ko Min", age="40", sex="man")
    tracing.add(session, person=seeker, values={
        "name": "Khin Sandar Win", "father_name": "U Hla", "sex": "woman", "consent_share": "yes", "relationship": "sister",
    })
    stick.put_news(session, folder=sites.stick)
    session.close()
    window = unlocked(sites.here, BOTH)
    desk = Desk(window, qtbot)
    desk.go("stick")
    page = desk.shell.page
    assert isinstance(page, StickView)
    page._state.use_folder(sites.stick)
    desk.rest()
    page._state.read()
    desk.rest()
    desk.child(QPushButton, "stick_sought").click()
    desk.rest()
    assert desk.text("page_title") == "Is ခင်စန္ဒာဝင်း the one who is sought?"
