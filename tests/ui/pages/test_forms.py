"""Forms: workbooks dropped on the window, looked at, repaired, refused, added; newer versions beside older ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Folder
from desktop.forms.importing import look
from desktop.services import form_library
from desktop.services.form_library import StoredForm
from tests.ui import own_forms
from tests.ui.conftest import OPENING
from tests.ui.door import Recorded
from tests.ui.dropping import carried, drop, hang, take_away
from tests.ui.pages.asking import Desk
from tests.ui.pages.filling import picture
from tests.ui.typing import Keyboard
from ui.dropping import files_in
from ui.forms.file_entry import FileEntry
from ui.pages.forms.repairs import RepairTable
from ui.pages.forms.state import FormsState
from ui.pages.forms.view import FormsView
from ui.widgets.buttons import Button
from ui.widgets.lists import CellTable, RowList
from ui.window import Window


def state(desk: Desk) -> FormsState:
    return desk.child(FormsView, "page_forms")._state


def forms(desk: Desk) -> dict[str, StoredForm]:
    found: list[StoredForm] = desk.ask(form_library.versions_of_all)
    return {f"{one.form_id} {one.version}": one for one in found if not one.shipped}


def rows(desk: Desk, name: str) -> list[str]:
    model = desk.child(CellTable, name).model()
    return [" · ".join(str(model.index(at, column).data() or "") for column in range(model.columnCount())) for at in range(model.rowCount())]


def said(desk: Desk) -> str:
    """Everything that stands on the page."""
    page = desk.shell.page
    assert page is not None
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(desk.window))


def looked_at(desk: Desk, qtbot: QtBot) -> None:
    """Wait until the file was looked at."""
    qtbot.waitUntil(lambda: not state(desk).adding.looking and not state(desk).adding._soon.isActive(), timeout=OPENING)
    desk.rest()


@pytest.fixture(autouse=True)
def no_progress_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a window manager nobody gives the keyboard back to the window when such a box goes."""
    monkeypatch.setattr("ui.jobs.SLOW_AFTER", OPENING)


@pytest.fixture
def dropped(desk: Desk, qtbot: QtBot) -> Callable[..., None]:
    """Drops files on the window, wherever it stands."""

    def do(*files: Path) -> None:
        assert desk.shell.page is not None
        assert drop(desk.window, files, desk.shell.page)
        desk.rest()
        looked_at(desk, qtbot)

    return do


# ---- the library -------------------------------------------------------------------------------------------------------


def test_forms_stand_in_the_rail_between_paper_and_settings(desk: Desk, keys: Keyboard) -> None:
    keys.press("Ctrl+7").rest()
    assert desk.shell.place == "forms"
    assert desk.text("page_title") == "Forms"
    assert [line.partition(" · ")[0] for line in rows(desk, "forms_table")] == [
        "Arrival card, English, Burmese", "Registration form, English, Burmese",
    ]
    assert "No form of your own is here yet" in said(desk)
    assert [index.row() for index in desk.child(CellTable, "forms_table").selectionModel().selectedRows()] == [0]
    keys.press("Ctrl+8").rest()
    assert desk.shell.place == "settings"


def test_typing_searches_and_esc_shows_all(desk: Desk, keys: Keyboard) -> None:
    desk.go("forms")
    keys.tab_to("forms_table").write("regis").rest()
    assert desk.child(QLineEdit, "forms_search").text() == "regis"
    assert len(rows(desk, "forms_table")) == 1
    keys.press("Escape").rest()
    assert len(rows(desk, "forms_table")) == 2


# ---- bringing in -------------------------------------------------------------------------------------------------------


def test_a_good_workbook_is_dropped_on_any_page_looked_at_and_added(
    desk: Desk, keys: Keyboard, dropped: Callable[..., None], tmp_path: Path
) -> None:
    desk.go("people")
    dropped(own_forms.water(tmp_path / "anything.xlsx"))
    assert (desk.shell.place, state(desk).show) == ("forms", "adding")
    assert desk.text("sentence") == "This form can be used"
    assert "version 1, 6 questions, English, Burmese" in said(desk)
    assert "Village" in said(desk), "the first section as it will look"
    assert not forms(desk), "nothing is kept before somebody says so"
    keys.press("Ctrl+Return").rest()
    assert set(forms(desk)) == {"water 1"}
    assert state(desk).show == "library"
    assert state(desk).form == forms(desk)["water 1"]
    assert forms(desk)["water 1"].folder is Folder.RECEPTION


def test_files_are_taken_above_a_field_too_and_words_are_not(desk: Desk, tmp_path: Path) -> None:
    desk.go("people")
    field = desk.child(QLineEdit, "people_search")
    form = own_forms.water(tmp_path / "water.xlsx")
    assert hang(desk.window, carried([form]), field)
    veil = desk.window.findChild(QWidget, "drop_veil")
    assert veil is not None
    assert veil.accessibleName() == "Let go here to look at the form"
    take_away(desk.window)
    assert files_in(carried([tmp_path / "gone.xlsx"])) == ()
    assert not hang(desk.window, carried([tmp_path / "gone.xlsx"]), field)
    assert field.text() == ""


def test_a_form_is_chosen_by_keyboard_and_its_answers_go_where_somebody_says(
    desk: Desk, keys: Keyboard, door: Recorded, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.go("forms")
    door.paths.append(own_forms.water(tmp_path / "water.xlsx"))
    keys.press("Ctrl+N").rest()
    looked_at(desk, qtbot)
    assert keys.at.objectName() == "add_this_form"
    keys.tab_to("answers_folder_contacts").press("Space").rest()
    assert "Only those who can open Contacts" in desk.text("folder_seen_by")
    keys.press("Ctrl+Return").rest()
    assert forms(desk)["water 1"].folder is Folder.CONTACTS


def test_repairs_are_offered_with_place_before_and_after_and_nothing_is_done_unasked(
    desk: Desk, keys: Keyboard, dropped: Callable[..., None], qtbot: QtBot, tmp_path: Path
) -> None:
    dropped(own_forms.odd(tmp_path / "odd.xlsx"))
    assert desk.text("sentence") == "2 repairs are needed before it can be used"
    offered = rows(desk, "repairs_table")
    assert offered[0].startswith("Look at each of these")
    choices = next(line for line in offered if "choices, row 3" in line)
    assert "column B, name" in choices
    assert choices.endswith("needed")
    assert any("image | media::image" in line for line in offered), "what stands there now"
    assert not desk.child(Button, "add_this_form").isEnabled()
    assert desk.text("adding_not_yet_words") == "Not yet: say yes to the repairs that are needed."
    keys.press("Alt+H")
    looked_at(desk, qtbot)
    assert desk.text("sentence") == "1 repair is needed before it can be used", "those that somebody said yes to are not counted"
    assert state(desk).adding.lacks() == "repairs", "a repair that changes what the form says is not among the harmless ones"
    keys.tab_to("repairs_table").press("Home")
    table = desk.child(RepairTable, "repairs_table")
    at = next(at for at, line in enumerate(rows(desk, "repairs_table")) if "choices, row 3" in line)
    table.choose_row(at)
    assert "Where a list is not filtered" in said(desk), "what it means stands at the side"
    keys.press("Space")
    looked_at(desk, qtbot)
    assert rows(desk, "repairs_table")[at].endswith("yes")
    assert desk.text("sentence") == "This form can be used"
    keys.press("Ctrl+Return").rest()
    assert set(forms(desk)) == {"shirts 1"}


def test_a_yes_can_be_taken_back(desk: Desk, dropped: Callable[..., None], qtbot: QtBot, tmp_path: Path) -> None:
    dropped(own_forms.odd(tmp_path / "odd.xlsx"))
    adding = state(desk).adding
    assert adding.found is not None
    ids = [one.id for one in adding.found.repairs]
    for id in ids:
        adding.tick(id, True)
    looked_at(desk, qtbot)
    assert adding.lacks() == ""
    adding.tick(ids[0], False)
    assert adding.lacks() == "looking", "the button waits until it was looked at again"
    looked_at(desk, qtbot)
    assert adding.lacks() == "repairs"


def test_a_broken_workbook_says_where_and_what_to_do_and_is_looked_at_again(
    desk: Desk, keys: Keyboard, dropped: Callable[..., None], qtbot: QtBot, tmp_path: Path
) -> None:
    path = own_forms.broken(tmp_path / "survey.xlsx")
    dropped(path)
    assert desk.text("sentence") == "This form cannot be used yet: 1 thing has to be mended"
    assert "telephone-of-spirits" in said(desk)
    assert "Sheet survey, row 3, column A, type" in said(desk)
    assert not desk.child(Button, "add_this_form").isEnabled()
    assert keys.at.objectName() == "look_again"
    own_forms.water(path)
    keys.press("F5").rest()
    looked_at(desk, qtbot)
    assert desk.text("sentence") == "This form can be used"


def test_a_file_that_is_no_form_and_one_that_is_gone_are_said_calmly(
    desk: Desk, keys: Keyboard, dropped: Callable[..., None], qtbot: QtBot, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.xlsx"
    letter.write_bytes(b"%PDF-1.7 nothing")
    dropped(letter)
    assert state(desk).adding.lacks() == "refused"
    letter.unlink()
    keys.press("F5").rest()
    looked_at(desk, qtbot)
    assert "The file letter.xlsx cannot be read." in said(desk)
    keys.press("Escape").rest()
    assert state(desk).show == "library"


def test_pictures_that_a_form_waits_for_are_its_own_and_no_scans(desk: Desk, dropped: Callable[..., None], tmp_path: Path) -> None:
    survey = [["type", "name", "label", "media::image"], ["text", "flag", "Which flag?", "flag.png"]]
    flag = tmp_path / "flag.png"
    flag.write_bytes(picture("#B3261E"))
    dropped(own_forms.workbook(tmp_path / "flags.xlsx", {"survey": survey, "settings": [["form_id"], ["flags"]]}))
    assert desk.text("sentence") == "1 file that belongs to it is missing"
    dropped(flag)
    assert desk.text("sentence") == "This form can be used"


def test_files_that_belong_to_a_form_are_missed_and_dropped_later(
    desk: Desk, keys: Keyboard, dropped: Callable[..., None], tmp_path: Path
) -> None:
    form, beside = own_forms.with_list(tmp_path / "form.xlsx"), own_forms.villages(tmp_path / "villages.csv")
    dropped(form)
    assert desk.text("sentence") == "1 file that belongs to it is missing"
    assert "villages.csv" in said(desk)
    dropped(beside)
    assert desk.text("sentence") == "This form can be used"
    keys.press("Ctrl+Return").rest()
    stored = forms(desk)["listed 1"]
    assert desk.ask(lambda session: form_library.media(session, form=stored.id)) == {"villages.csv": beside.read_bytes()}


def test_a_form_and_its_lists_are_dropped_together_and_another_form_waits(
    desk: Desk, keys: Keyboard, dropped: Callable[..., None], qtbot: QtBot, tmp_path: Path
) -> None:
    files = (own_forms.villages(tmp_path / "villages.csv"), own_forms.with_list(tmp_path / "form.xlsx"), own_forms.water(tmp_path / "water.xlsx"))
    dropped(*files)
    assert desk.text("sentence") == "This form can be used"
    assert desk.text("adding_not_yet_words") == "After this, 1 more form is looked at."
    keys.press("Ctrl+Return").rest()
    looked_at(desk, qtbot)
    assert "Water survey" in said(desk)
    keys.press("Ctrl+Return").rest()
    assert set(forms(desk)) == {"listed 1", "water 1"}


def test_going_on_without_a_file_is_a_deliberate_act(desk: Desk, keys: Keyboard, dropped: Callable[..., None], tmp_path: Path) -> None:
    dropped(own_forms.with_list(tmp_path / "form.xlsx"))
    assert not desk.child(Button, "add_this_form").isEnabled()
    keys.tab_to("go_without").press("Space").rest()
    assert desk.child(Button, "add_this_form").isEnabled()


# ---- versions ----------------------------------------------------------------------------------------------------------


def test_a_newer_version_tells_what_changed_and_stands_beside_the_older(
    desk: Desk, keys: Keyboard, dropped: Callable[..., None], door: Recorded, qtbot: QtBot, tmp_path: Path
) -> None:
    dropped(own_forms.water(tmp_path / "water.xlsx"))
    keys.press("Ctrl+Return").rest()
    door.paths.append(own_forms.water(tmp_path / "newer.xlsx", "2"))
    ways = desk.child(RowList, "form_ways")
    ways.setFocus()
    assert ways.choose("newer")
    keys.press("Return").rest()
    looked_at(desk, qtbot)
    assert desk.text("sentence") == "A newer version of “Water survey”"
    assert rows(desk, "differences_table") == ["Elder of the village · new ·  · ", "Remark · gone ·  · "]
    keys.press("Ctrl+Return").rest()
    assert set(forms(desk)) == {"water 1", "water 2"}
    versions = desk.child(RowList, "form_versions")
    assert [str(versions.model().index(at, 0).data()).partition(",")[0] for at in range(2)] == ["Version 2", "Version 1"]


def test_another_form_is_not_taken_for_a_newer_version(
    desk: Desk, keys: Keyboard, dropped: Callable[..., None], door: Recorded, qtbot: QtBot, tmp_path: Path
) -> None:
    dropped(own_forms.water(tmp_path / "water.xlsx"))
    keys.press("Ctrl+Return").rest()
    door.paths.append(own_forms.villages_form(tmp_path))
    newer = desk.shell.commands.named("forms.newer")
    assert newer is not None
    newer.do()
    desk.rest()
    looked_at(desk, qtbot)
    assert desk.text("sentence") == "This is another form, not a newer version of “Water survey”"
    assert "It calls itself kitchen, that one is called water." in desk.text("sentence_second")


def test_long_lists_of_repairs_stay_where_the_eye_is(desk: Desk, keys: Keyboard, dropped: Callable[..., None], qtbot: QtBot, tmp_path: Path) -> None:
    dropped(own_forms.very_odd(tmp_path / "odd.xlsx"))
    desk.window.resize(1280, 650)
    keys.tab_to("repairs_table")
    table = desk.child(RepairTable, "repairs_table")
    assert table.model().rowCount() > 12
    keys.press(*["Down"] * table.model().rowCount()).rest()
    bar = desk.child(QScrollArea, "adding_scroll").verticalScrollBar()
    assert bar.value() > 0, "the row that has the keyboard is in sight"
    before, key = bar.value(), table.current()
    keys.press("Space")
    looked_at(desk, qtbot)
    qtbot.waitUntil(lambda: bar.value() == before, timeout=OPENING)
    assert desk.child(RepairTable, "repairs_table").current() == key
    assert keys.at.objectName() == "repairs_table"


def test_the_same_form_again_is_not_added_twice(desk: Desk, keys: Keyboard, dropped: Callable[..., None], tmp_path: Path) -> None:
    form = own_forms.water(tmp_path / "water.xlsx")
    dropped(form)
    keys.press("Ctrl+Return").rest()
    dropped(form)
    assert desk.text("sentence") == "This form is here already"
    assert not desk.child(Button, "add_this_form").isEnabled()


# ---- looking, reading only ----------------------------------------------------------------------------------------------


def test_a_form_is_tried_out_and_nothing_of_it_is_kept(desk: Desk, keys: Keyboard, tmp_path: Path) -> None:
    from desktop.services import intake

    desk.ask(lambda session: own_forms.add(session, own_forms.water(tmp_path / "water.xlsx")))
    desk.go("forms")
    keys.press("Ctrl+O").rest()
    assert state(desk).show == "trying"
    assert desk.text("try_note_words") == "Nothing you write here is kept."
    keys.write("Mae La").rest()
    keys.press("Escape").rest()
    assert state(desk).show == "library"
    assert not [one for one in desk.ask(intake.drafts) if one.digest]


def test_what_is_shown_is_found_again_in_the_other_language(desk: Desk, keys: Keyboard, dropped: Callable[..., None], tmp_path: Path) -> None:
    dropped(own_forms.odd(tmp_path / "odd.xlsx"))
    before = state(desk).adding.looked
    keys.press("F2").rest()
    assert state(desk).show == "adding"
    assert state(desk).adding.looked is before, "the file is not looked at anew"
    assert desk.text("page_title") == "Shirts"
    assert "ပြင်ဆင်ချက်" in desk.text("sentence")


def test_a_registrar_may_look_but_is_told_who_adds(registrar: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk = registrar
    desk.go("forms")
    assert not desk.child(Button, "add_form").isEnabled()
    assert desk.shell.commands.named("forms.add") is None
    assert drop(desk.window, [own_forms.water(tmp_path / "water.xlsx")], desk.child(QWidget, "page_forms"))
    desk.rest()
    looked_at(desk, qtbot)
    assert desk.text("adding_not_yet_words") == "Only coordinators and caseworkers add forms. You can look at it."
    assert not desk.child(Button, "add_this_form").isEnabled()


@pytest.mark.parametrize("language", ["en", "my"])
def test_every_part_can_be_named_read_reached_and_fits(
    desk: Desk, dropped: Callable[..., None], qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    if language == "my":
        desk.shell.changed_language()
    faults = []
    for what, path in (
        ("good", own_forms.water(tmp_path / "w.xlsx")), ("odd", own_forms.odd(tmp_path / "o.xlsx")),
        ("broken", own_forms.broken(tmp_path / "b.xlsx")), ("list", own_forms.with_list(tmp_path / "l.xlsx")),
    ):
        dropped(path)
        faults += desk.faults(f"{what} {language}")
    desk.ask(lambda session: own_forms.fill(session, tmp_path))
    state(desk).go("library")
    desk.go("forms", form=forms(desk)["water 2"].id)
    faults += desk.faults(f"library {language}")
    state(desk).open_filled()
    faults += desk.faults(f"filled {language}")
    state(desk).open_move()
    faults += desk.faults(f"moving {language}")
    form = state(desk).form
    assert form is not None
    state(desk).try_form(form)
    faults += desk.faults(f"trying {language}")
    assert not faults, "\n".join(faults)


def test_locking_while_a_form_is_looked_at_keeps_nothing_of_it(window: Window, desk: Desk, dropped: Callable[..., None], tmp_path: Path) -> None:
    dropped(own_forms.water(tmp_path / "water.xlsx"))
    desk.shell.open("today")
    desk.rest()
    desk.shell.back()
    desk.rest()
    assert state(desk).show == "adding"
    assert not forms(desk)


def test_trying_out_takes_no_file_into_the_vault(desk: Desk, tmp_path: Path) -> None:
    survey = [["type", "name", "label"], ["image", "face", "Face"], ["file", "paper", "Paper"]]
    path = own_forms.workbook(tmp_path / "faces.xlsx", {"survey": survey, "settings": [["form_id", "version"], ["faces", "1"]]})
    form = desk.ask(lambda session: form_library.add(session, compiled=look(path.read_bytes(), path.name).compiled or b"")[0])
    desk.go("forms", form=form.id)
    state(desk).try_form(form)
    desk.rest()
    entries = desk.child(FormsView, "page_forms").findChildren(FileEntry)
    assert len(entries) == 2
    for entry in entries:
        entry._came(carried([path]))
        assert not [one.objectName() for one in entry.findChildren(Button) if one.isVisibleTo(desk.window)]
    desk.rest()
    assert desk.ask(lambda session: session.journal(Folder.RECEPTION).database.execute("SELECT count(*) FROM file_list").fetchone()) == (0,)
