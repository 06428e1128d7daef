"""Notes, next steps, photos, checking and risk, who looks after somebody, and the history: driven in the window as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Folder
from desktop.services import assessments, caseworkers, notes, people, photos, steps
from tests.ui.conftest import OPENING, Unlocked
from tests.ui.door import Recorded
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.pages.person.view import PersonView
from ui.widgets.buttons import Button
from ui.widgets.counted_drop import CountedDrop
from ui.widgets.lists import CellTable, RowList


def view(desk: Desk) -> PersonView:
    return desk.child(PersonView, "page_person")


def choose(drop: CountedDrop, key: str) -> None:
    drop.setCurrentIndex(drop.findData(key))
    drop.activated.emit(drop.currentIndex())


def front(desk: Desk, qtbot: QtBot) -> None:
    """What a window manager does when a box closes."""
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)


# ---- notes and steps -----------------------------------------------------------------------------------------------------


def test_a_note_says_who_will_read_it_before_it_is_saved(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("Alt+W").rest()
    assert keys.at.objectName() == "field_text"
    assert desk.text("folder_readers_words") == "Read by Naw Eh, Thiri. No other site gets it."
    keys.write("မေးမြန်းရန်").press("Return").write("second")
    keys.tab_to("folder_contacts").press("Space").rest()
    assert view(desk)._state.edit.folder is Folder.CONTACTS  # type: ignore[union-attr]
    assert desk.text("folder_readers_words") == "Read by Naw Eh. No other site gets it."
    assert desk.child(QPlainTextEdit, "field_text").toPlainText() == "မေးမြန်းရန်\nsecond", "what was typed stays"
    assert keys.at.objectName() == "field_text"
    keys.press("Ctrl+Return").rest()
    kept = desk.person(file.row.id).notes
    assert [(one.ref.folder, one.text) for one in kept] == [(Folder.CONTACTS, "မေးမြန်းရန်\nsecond")]
    keys.press("Alt+3").rest()
    assert desk.text("note_1") == "မေးမြန်းရန်\nsecond"
    keys.press("Ctrl+Z").rest()
    assert desk.person(file.row.id).notes == ()


def test_an_empty_note_is_refused_beside_the_button(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("Alt+W").rest()
    keys.tab_to("field_important_yes").press("Space")
    keys.press("Ctrl+Return").rest()
    assert "Nothing was written." in desk.text("change_failed_words")
    assert desk.person(file.row.id).notes == ()


def test_a_half_written_note_survives_a_lock_in_its_own_folder(
    desk: Desk, keys: Keyboard, file: people.PersonPage, unlocked: Unlocked, vault: Path, qtbot: QtBot
) -> None:
    keys.press("Alt+W").rest()
    view(desk)._state.move_to(Folder.HEALTH)
    desk.rest()
    keys.tab_to("field_text").write("half")
    with qtbot.waitSignal(desk.window.over, timeout=OPENING):
        keys.press("Ctrl+L")
    again = unlocked(vault)
    later = Desk(again, qtbot)
    later.go("person", person=file.row.id)
    assert later.child(QPlainTextEdit, "field_text").toPlainText() == "half"
    edit = view(later)._state.edit
    assert edit is not None
    assert (edit.what, edit.folder) == ("note", Folder.HEALTH)


def test_a_step_is_added_done_and_brought_back_with_the_keyboard(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.press("Alt+S").rest()
    assert keys.at.objectName() == "field_what"
    keys.write("Bring to the clinic").press("Tab").write("1").press("Tab").write("5").press("Tab").write("2020").press("Tab", "Down")
    keys.press("Ctrl+Return").rest()
    step = desk.person(file.row.id).steps[0]
    assert (step.what, step.due, step.who_name, step.late) == ("Bring to the clinic", "2020-05-01", "Naw Eh", True)
    beside = desk.child(RowList, "next_steps")
    assert str(beside.model().index(0, 0).data()).startswith("Bring to the clinic, 1 May 2020, Naw Eh, late")
    desk.go("today")
    listed = desk.child(RowList, "today_list")
    told = [str(listed.model().index(at, 0).data()) for at in range(listed.model().rowCount())]
    at = next(at for at, line in enumerate(told) if "Bring to the clinic" in line)
    assert "late, for you" in told[at]
    listed.setCurrentIndex(listed.model().index(at, 0))
    keys.press("Return").rest()
    assert (desk.shell.place, view(desk)._state.tab) == ("person", "notes")
    keys.tab_to("finish_step").press("Space").rest()
    assert desk.person(file.row.id).steps[0].done
    assert desk.child(Button, "finish_step").text() == "It waits again"
    keys.press("Ctrl+Z").rest()
    assert not desk.person(file.row.id).steps[0].done
    keys.tab_to("steps").press("Return").rest()
    keys.tab_to("field_what").press("End").write(" today").press("Ctrl+Return").rest()
    assert desk.person(file.row.id).steps[0].what == "Bring to the clinic today"
    keys.tab_to("take_off_step").press("Space").rest()
    assert desk.person(file.row.id).steps == ()


# ---- photos ----------------------------------------------------------------------------------------------------------------


def test_a_photo_is_put_in_looked_at_and_taken_off(
    desk: Desk, keys: Keyboard, file: people.PersonPage, door: Recorded, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("one", "two"):
        Image.new("RGB", (400, 300), "red" if name == "one" else "blue").save(tmp_path / f"{name}.jpg")
    desk.shell.do(desk.window, lambda session: people.change(session, record=file.row.id, values={"consent_photo": None}))
    desk.rest()
    keys.press("Alt+7").rest()
    assert "Ask first" in desk.text("photo_agreed_words")
    for name in ("one", "two"):
        door.paths = [tmp_path / f"{name}.jpg"]
        keys.tab_to("photo_choose").press("Space").rest()
    first, second = desk.person(file.row.id).photos
    assert first.main
    keys.tab_to("photo_2").press("Return").rest()
    box = keys.at.window()
    assert box.objectName() == "look"
    picture = box.findChild(QLabel, "look_picture")
    assert isinstance(picture, QLabel)
    assert picture.pixmap().width() >= 300
    ways = {one.text(): one for one in box.findChildren(Button)}
    assert set(ways) == {"Put it beside the name", "Say what it shows", "Take off", "Erase for good…", "Close"}
    ways["Put it beside the name"].click()
    desk.rest()
    assert desk.person(file.row.id).photos[0].ref == second.ref
    (tmp_path / "no.jpg").write_bytes(b"no picture")
    door.paths = [tmp_path / "no.jpg"]
    front(desk, qtbot)
    keys.tab_to("photo_choose").press("Space").rest()
    assert desk.text("photo_problem_words")
    view(desk)._state.records.take_off("photo", second.ref)
    desk.rest()
    assert [one.ref for one in desk.person(file.row.id).photos] == [first.ref]
    keys.press("Ctrl+Z").rest()
    assert len(desk.person(file.row.id).photos) == 2


def test_somebody_who_said_no_is_not_photographed_by_a_slip(
    desk: Desk, keys: Keyboard, file: people.PersonPage, door: Recorded, tmp_path: Path
) -> None:
    Image.new("RGB", (40, 30)).save(tmp_path / "one.jpg")
    desk.shell.do(desk.window, lambda session: people.change(session, record=file.row.id, values={"consent_photo": "no"}))
    desk.rest()
    keys.press("Alt+7").rest()
    door.paths = [tmp_path / "one.jpg"]
    keys.tab_to("photo_choose").press("Space").rest()
    assert [one.title for one in door.asked] == ["They do not want their photo taken."]
    assert desk.person(file.row.id).photos == ()
    door.answers = ["go"]
    keys.tab_to("photo_choose").press("Space").rest()
    assert len(desk.person(file.row.id).photos) == 1


# ---- who looks after them, checking and risk --------------------------------------------------------------------------------


def test_somebody_looks_after_the_whole_household(desk: Desk, keys: Keyboard, file: people.PersonPage, door: Recorded, qtbot: QtBot) -> None:
    door.answers = ["all"]
    keys.press("Alt+O").rest()
    keys.write("naw").press("Return").rest()
    front(desk, qtbot)
    everybody = [desk.person(one.person.id) for one in file.members] + [desk.person(file.row.id)]
    assert {one.caseworker for one in everybody} == {"Naw Eh"}
    assert "looked after by Naw Eh" in desk.text("person_since")
    keys.press("Ctrl+Z").rest()
    assert {desk.person(one.person.id).caseworker for one in file.members} == {""}


def test_checking_and_risk_are_for_those_who_may(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    keys.tab_to("change_assessment", 200).press("Space").rest()
    assert "Read by Naw Eh." in desk.text("folder_readers_words")
    keys.tab_to("field_risk_high").press("Space").press("Ctrl+Return").rest()
    seen = desk.person(file.row.id).assessment
    assert seen is not None
    assert seen["risk"].value == "high"
    told = [one.accessibleName() for one in view(desk).findChildren(QWidget) if one.isVisible()]
    assert "High risk" in told


def test_a_registrar_sees_neither_and_reads_no_restricted_note(registrar: Desk, qtbot: QtBot, vault: Path) -> None:
    found = registrar.family()
    registrar.go("person", person=found.row.id)
    keys = Keyboard(registrar.window, qtbot)
    assert registrar.shell.page is not None
    assert registrar.shell.page.findChild(QWidget, "change_assessment") is None
    command = registrar.shell.commands.named("person.assess")
    assert command is None or not command.ready()
    keys.press("Alt+W").rest()
    offered = [one.objectName() for one in registrar.shell.page.findChildren(Button) if one.objectName().startswith("folder_")]
    assert offered == ["folder_reception"]


# ---- at a glance -----------------------------------------------------------------------------------------------------------


def test_what_must_not_be_said_stands_first(desk: Desk, file: people.PersonPage) -> None:
    values = {"withhold_from": ["Ko Aung"], "phone": "09000111", "phone_safe": "no", "consent_partner": "no", "consent_photo": "yes", "call_name": "Ko Gyi"}
    desk.shell.do(desk.window, lambda session: people.change(session, record=file.row.id, values=values))
    desk.shell.do(
        desk.window,
        lambda session: notes.write(session, person=file.row.id, folder=Folder.CONTACTS, text="Never name the brother.", important=True)[1],
    )
    desk.rest()
    said = [desk.text(name) for name in (
        "withhold_words", "care_note_1_words", "care_left_1_words", "care_phone_words", "care_refused_words", "care_call_words",
    )]
    assert said[:2] == ["Do not share with: Ko Aung", "Never name the brother."]
    assert "If somebody asks:" in said[2]
    assert said[3:] == [
        "It is not safe to call their number.", "They do not agree to: Share with a partner who helps", "In public, call them Ko Gyi.",
    ]
    places = [desk.child(QWidget, name).mapTo(desk.window, desk.child(QWidget, name).rect().topLeft()).y() for name in ("withhold", "care_call")]
    assert places == sorted(places)


# ---- history ---------------------------------------------------------------------------------------------------------------


def test_the_history_is_narrowed_to_a_field_a_person_and_words(desk: Desk, keys: Keyboard, file: people.PersonPage) -> None:
    for name in ("Ko Gyi", "Ko Lay"):
        desk.shell.do(desk.window, lambda session, name=name: people.change(session, record=file.row.id, values={"call_name": name}))
    desk.shell.do(desk.window, lambda session: assessments.change(session, person=file.row.id, values={"risk": "low"}))
    desk.rest()
    keys.press("Alt+8").rest()
    table = desk.child(CellTable, "history")
    whole = table.model().rowCount()
    choose(desk.child(CountedDrop, "history_field"), "person.call_name")
    desk.rest()
    shown = [str(table.model().index(at, 2).data()) for at in range(table.model().rowCount())]
    assert shown[0] == "Ko Gyi → Ko Lay"
    assert len(shown) < whole
    assert desk.text("history_count") == f"{len(shown)} of {whole}"
    choose(desk.child(CountedDrop, "history_field"), "")
    choose(desk.child(CountedDrop, "history_area"), "assessment")
    assert [str(table.model().index(at, 2).data()) for at in range(table.model().rowCount())] == ["Risk"]
    choose(desk.child(CountedDrop, "history_area"), "")
    keys.tab_to("history_search").write("ko lay")
    assert table.model().rowCount() == 1
    keys.press("Escape")
    assert table.model().rowCount() == whole
    keys.press("Down").rest()
    assert table.currentIndex().row() == 1


@pytest.mark.parametrize("language", ["en", "my"])
def test_every_part_can_be_named_read_reached_and_fits(desk: Desk, file: people.PersonPage, language: str, tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), "red").save(tmp_path / "one.jpg")

    def fill(session: object) -> object:
        person, long = file.row.id, "ကလေးနှစ်ဦးအတွက် ကျောင်းစာအုပ် ရှာရန်နှင့် ဆေးခန်းသို့ လိုက်ပို့ရန် " * 3
        notes.write(session, person=person, folder=Folder.HEALTH, text=long * 3, important=True)  # type: ignore[arg-type]
        notes.write(session, person=person, folder=Folder.RECEPTION, text="short")  # type: ignore[arg-type]
        steps.add(session, person=person, what=long[:190], due="2020-01-01", who=caseworkers.me(session))  # type: ignore[arg-type]
        photos.add_from(session, person=person, path=tmp_path / "one.jpg", caption=long[:150], folder=Folder.HEALTH, main=True)  # type: ignore[arg-type]
        return assessments.change(session, person=person, values={"risk": "high", "risk_why": long, "verification": "in_review"})  # type: ignore[arg-type]

    desk.shell.do(desk.window, fill)  # type: ignore[arg-type]
    desk.rest()
    if language == "my":
        desk.shell.changed_language()
    faults = []
    for tab in ("overview", "notes", "photos", "history"):
        desk.go("person", person=file.row.id, tab=tab)
        view(desk)._state.open_tab(tab)
        faults += desk.faults(f"{tab} {language}")
    page = desk.person(file.row.id)
    for what, record in (("note", None), ("step", page.steps[0].ref.record), ("assessment", None)):
        view(desk)._state.begin(what, record)
        faults += desk.faults(f"{what} {language}")
        view(desk)._state.close_form()
    desk.go("today")
    faults += desk.faults(f"today {language}")
    assert not faults, "\n".join(faults)
