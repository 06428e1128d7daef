"""What was filled with a form: found, opened, moved to another version, taken out as files, deleted; a form that is not used any more."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.ids import RecordId
from desktop.services import any_form, form_library, intake
from desktop.services.any_form import Filled
from desktop.services.form_library import StoredForm
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.desktop.services.any_forms import again, begun, put
from tests.ui import own_forms, two_sites
from tests.ui.conftest import OPENING, Unlocked
from tests.ui.door import Recorded
from tests.ui.pages.asking import Desk
from tests.ui.pages.test_forms import forms, no_progress_box, rows, said, state
from tests.ui.typing import Keyboard
from ui.pages.longform.view import LongformView
from ui.widgets.buttons import Button
from ui.widgets.fields import Drop
from ui.widgets.lists import CellTable, RowList

assert no_progress_box is not None  # used by every test here


@pytest.fixture
def library(desk: Desk, tmp_path: Path) -> dict[str, StoredForm]:
    """Two versions of a survey, four times filled with the first; the page of forms is open at it."""
    desk.ask(lambda session: own_forms.fill(session, tmp_path))
    desk.go("forms", form=forms(desk)["water 2"].id)
    return forms(desk)


def filled(desk: Desk, **of: object) -> list[Filled]:
    found: list[Filled] = desk.ask(lambda session: any_form.filled(session, **of))
    return found


def box(desk: Desk, name: str, qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: desk.window.findChild(QDialog, name) is not None, timeout=OPENING)
    found = desk.window.findChild(QDialog, name)
    assert isinstance(found, QDialog)
    desk.rest()
    return found


def shown_form(desk: Desk) -> tuple[str, object, object]:
    """The page, and the form and the person it was opened with."""
    place, where = desk.shell._trail[-1]
    return place, where.get("form"), where.get("person")


def open_filled(desk: Desk, keys: Keyboard) -> None:
    keys.tab_to("forms_table").press("Return").rest()
    assert state(desk).show == "filled"


def choose(desk: Desk, about: str) -> None:
    """Make the filled form about this person the chosen one."""
    table = desk.child(CellTable, "filled_table")
    at = next(at for at, line in enumerate(rows(desk, "filled_table")) if line.startswith(about))
    table.choose_row(at)
    desk.rest()


# ---- the table ---------------------------------------------------------------------------------------------------------


def test_the_table_tells_how_far_each_is_and_is_searched_and_filtered(desk: Desk, keys: Keyboard, library: dict[str, StoredForm]) -> None:
    assert rows(desk, "forms_table")[1].split(" · ")[:4] == ["Water survey, English, Burmese", "2", "6", "4"]
    open_filled(desk, keys)
    lines = rows(desk, "filled_table")
    assert len(lines) == 4
    assert sorted(line.split(" · ")[2] for line in lines) == ["0 of 2", "0 of 2", "1 of 2", "finished"]
    assert any(line.startswith("nobody") for line in lines)
    keys.tab_to("filled_only_finished").press("Space").rest()
    assert len(rows(desk, "filled_table")) == 1
    keys.tab_to("filled_only_all").press("Space").rest()
    name = next(one.about for one in filled(desk, form_id="water") if one.about)
    desk.child(QLineEdit, "filled_search").setText(name[:4])
    assert 1 <= len(rows(desk, "filled_table")) < 4
    keys.press("Escape").rest()
    assert state(desk).show == "library"


def test_one_is_opened_where_it_is_filled(desk: Desk, keys: Keyboard, library: dict[str, StoredForm]) -> None:
    open_filled(desk, keys)
    one = state(desk).filled.one
    assert one is not None
    keys.press("Return").rest()
    assert desk.shell._trail[-1] == ("longform", {"submission": one.id})


def test_one_is_deleted_after_a_question_and_comes_back(desk: Desk, keys: Keyboard, door: Recorded, library: dict[str, StoredForm]) -> None:
    open_filled(desk, keys)
    choose(desk, "nobody")
    keys.tab_to("delete_one").press("Space").rest()
    assert door.asked[-1].title == "Delete this filled form?"
    assert len(rows(desk, "filled_table")) == 4, "going back deletes nothing"
    door.answers.append("go")
    keys.tab_to("delete_one").press("Space").rest()
    assert not any(line.startswith("nobody") for line in rows(desk, "filled_table"))
    keys.press("Ctrl+Z").rest()
    assert len(rows(desk, "filled_table")) == 4


def test_forms_are_printed_blank_and_filled(desk: Desk, keys: Keyboard, library: dict[str, StoredForm]) -> None:
    keys.press("Ctrl+P").rest()
    assert desk.shell.place == "paper"
    state_of_paper = desk.shell.page._state  # type: ignore[union-attr]
    assert state_of_paper.document.code == "blank_form"
    assert state_of_paper.paper is not None
    desk.go("forms", form=library["water 2"].id)
    open_filled(desk, keys)
    keys.press("Ctrl+P").rest()
    assert state_of_paper.document.code == "filled_form"
    assert state_of_paper.paper is not None


# ---- another version -----------------------------------------------------------------------------------------------------


def test_moving_shows_every_answer_before_and_after_and_takes_a_deliberate_act(
    desk: Desk, keys: Keyboard, library: dict[str, StoredForm]
) -> None:
    open_filled(desk, keys)
    about = next(one for one in filled(desk, form_id="water") if one.finished).about
    choose(desk, about)
    keys.press("Alt+M").rest()
    assert state(desk).show == "moving"
    assert desk.text("sentence") == "1 answer has no place in that version"
    lines = rows(desk, "move_table")
    assert lines[0] == "Remark · Ask the elder again in spring. ·  · Kept aside"
    assert any(line.startswith("Elder of the village") and line.endswith("New question") for line in lines)
    assert any(line.startswith("Village") and line.endswith("The same") for line in lines)
    keys.press("Escape").rest()
    assert {one.version for one in filled(desk, form_id="water")} == {"1"}, "looking moves nothing"


def test_a_question_with_another_name_takes_its_answer_along_and_all_of_it_can_be_taken_back(
    desk: Desk, keys: Keyboard, library: dict[str, StoredForm]
) -> None:
    open_filled(desk, keys)
    moved = next(one for one in filled(desk, form_id="water") if one.finished)
    choose(desk, moved.about)
    keys.press("Alt+M").rest()
    keys.tab_to("move_rename").press("Down").rest()
    drop = desk.child(Drop, "move_rename")
    assert drop.currentText() == "Elder of the village"
    assert desk.text("sentence") == "Every answer has its place"
    assert any(line.endswith("Another name") and "Ask the elder again in spring." in line for line in rows(desk, "move_table"))
    assert desk.child(Button, "move_go").text() == "Move it to version 2"
    keys.press("Ctrl+Return").rest()
    assert state(desk).show == "filled"
    assert "It is in the other version now." in said(desk)
    assert next(one.version for one in filled(desk, form_id="water") if one.id == moved.id) == "2"
    opened = desk.ask(lambda session: any_form.open_saved(session, submission=moved.id, language="en"))
    assert opened.form.node("/data/elder").value == "Ask the elder again in spring."
    keys.press("Ctrl+Z").rest()
    assert next(one.version for one in filled(desk, form_id="water") if one.id == moved.id) == "1"


# ---- taking out ----------------------------------------------------------------------------------------------------------


def test_exporting_warns_first_and_tells_what_was_written(
    desk: Desk, keys: Keyboard, door: Recorded, qtbot: QtBot, library: dict[str, StoredForm], tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    door.paths.append(out)
    keys.press("Ctrl+E").rest()
    export = box(desk, "export", qtbot)
    texts = [one.text() for one in export.findChildren(QLabel)]
    assert any("The files will not be locked." in text and "could hurt the people" in text for text in texts)
    go = export.findChild(Button, "export_go")
    assert go is not None
    assert not go.isEnabled()
    keys.press("Ctrl+Return").rest()
    assert not out.exists(), "nothing without the tick"
    keys.tab_to("export_sure").press("Space")
    sure = export.findChild(QCheckBox, "export_sure")
    assert sure is not None
    assert sure.isChecked()
    keys.press("Ctrl+Return").rest()
    qtbot.waitUntil(lambda: bool(door.asked), timeout=OPENING)
    assert door.asked[-1].title == "Exported: 4 filled forms in 1 file."
    assert str(out) in door.asked[-1].text
    assert "Delete them afterwards" in door.asked[-1].text
    with ZipFile(out) as packed:
        assert "xl/workbook.xml" in packed.namelist()


@pytest.mark.parametrize(("what", "name"), [("csv", "t.csv"), ("xml", "t.zip"), ("package", "t.zip")])
def test_every_kind_of_file_can_be_taken_out(
    desk: Desk, keys: Keyboard, door: Recorded, qtbot: QtBot, library: dict[str, StoredForm], tmp_path: Path, what: str, name: str
) -> None:
    door.paths.append(tmp_path / name)
    keys.press("Ctrl+E").rest()
    box(desk, "export", qtbot)
    keys.tab_to(f"export_what_{what}").press("Space").tab_to("export_sure").press("Space", "Ctrl+Return").rest()
    qtbot.waitUntil(lambda: bool(door.asked), timeout=OPENING)
    assert door.asked[-1].title.startswith("Exported: 4 filled forms")
    assert (tmp_path / name).stat().st_size > 100


# ---- not used any more ---------------------------------------------------------------------------------------------------


def test_a_form_that_is_not_used_any_more_is_kept_and_used_again(
    desk: Desk, keys: Keyboard, door: Recorded, library: dict[str, StoredForm]
) -> None:
    door.answers.append("go")
    keys.tab_to("forms_table")
    assert desk.child(CellTable, "forms_table").choose(library["kitchen 2026-10"].id)
    desk.rest()
    ways = desk.child(RowList, "form_ways")
    ways.setFocus()
    assert ways.choose("retire")
    keys.press("Return").rest()
    assert not any("Kitchen" in line for line in rows(desk, "forms_table"))
    keys.tab_to("show_retired").press("Space").rest()
    line = next(line for line in rows(desk, "forms_table") if "Kitchen" in line)
    assert "not used" in line
    assert desk.child(CellTable, "forms_table").choose(library["kitchen 2026-10"].id)
    desk.rest()
    assert not desk.child(Button, "fill_form").isEnabled()
    ways = desk.child(RowList, "form_ways")
    ways.setFocus()
    assert ways.choose("use_again")
    keys.press("Return").rest()
    stored = desk.ask(lambda session: form_library.stored_form(session, form=library["kitchen 2026-10"].id))
    assert stored.state == "in_use"


def test_a_form_is_filled_saved_and_opened_again(desk: Desk, keys: Keyboard, qtbot: QtBot, library: dict[str, StoredForm]) -> None:
    keys.press("Ctrl+Return").rest()
    box(desk, "choose_person", qtbot)
    keys.press("Return").rest()
    desk.window.activateWindow()
    desk.rest()
    page = desk.child(LongformView, "page_longform")
    page.setFocus()
    keys.tab_to("place_village").write("Nu Po").press("Alt+Down").rest()
    before = len(filled(desk, form_id="water"))
    assert before == 5
    desk.go("forms")
    open_filled(desk, keys)
    new = next(one for one in filled(desk, form_id="water") if one.version == "2")
    assert new.about
    choose(desk, new.about)
    assert state(desk).filled.one == new
    keys.tab_to("filled_table").press("Return").rest()
    desk.child(LongformView, "page_longform")._state.turn("/data/place")
    desk.rest()
    assert desk.child(QLineEdit, "place_village").text() == "Nu Po"


def test_a_step_back_does_not_do_the_errand_again(desk: Desk, keys: Keyboard, qtbot: QtBot, library: dict[str, StoredForm]) -> None:
    command = desk.shell.commands.named("forms.fill")
    assert command is not None
    command.do()
    desk.rest()
    box(desk, "choose_form", qtbot).reject()
    desk.rest()
    desk.go("today")
    desk.shell.back()
    desk.rest()
    assert desk.shell.place == "forms"
    assert desk.window.findChild(QDialog, "choose_form") is None


# ---- two sites ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def differing(unlocked: Unlocked, qtbot: QtBot, tmp_path: Path) -> Desk:
    """The window of a site where the remark of one filled form has two different answers."""
    sites = two_sites.build(tmp_path / "sites", families=2)
    here, there = (Session(Vault.open(folder, two_sites.PASSPHRASE)) for folder in (sites.here, sites.there))
    form = own_forms.add(here, own_forms.water(tmp_path / "water.xlsx"))
    any_form.save(here, opened=begun(here, form=form.id, village="Hill"))
    two_sites.carry(here, there, tmp_path)
    for session, remark in ((here, "Dry in April"), (there, "Never dry")):
        opened = again(session)
        put(opened, remark=remark)
        any_form.save(session, opened=opened)
    two_sites.carry(there, here, tmp_path)
    here.close()
    there.close()
    return Desk(unlocked(sites.here, two_sites.PASSPHRASE), qtbot)


def test_two_different_answers_in_a_form_read_with_the_words_of_its_question(differing: Desk, qtbot: QtBot) -> None:
    desk, keys = differing, Keyboard(differing.window, qtbot)
    desk.go("today")
    today = desk.child(RowList, "today_list")
    line = next(text for at in range(today.model().rowCount()) if "Remark" in (text := str(today.model().index(at, 0).data())))
    assert "Water survey" in line
    desk.go("forms", form=forms(desk)["water 1"].id)
    open_filled(desk, keys)
    keys.tab_to("filled_only_differ").press("Space").rest()
    assert rows(desk, "filled_table")[0].endswith("1 differs")
    desk.go("answers")
    shown = desk.child(RowList, "answers_list")
    at = next(at for at in range(shown.model().rowCount()) if str(shown.model().index(at, 0).data()).startswith("Remark"))
    shown.setCurrentIndex(shown.model().index(at, 0))
    desk.rest()
    assert desk.text("page_title").startswith("Remark")
    assert {"Dry in April", "Never dry"} <= set(said(desk).split("\n"))
    desk.shell.changed_language()
    desk.rest()
    assert "မှတ်ချက်" in desk.text("page_title")


# ---- filling, and the page of a person ------------------------------------------------------------------------------------


def test_a_form_is_filled_about_somebody_who_is_searched_or_about_nobody(
    desk: Desk, keys: Keyboard, qtbot: QtBot, library: dict[str, StoredForm]
) -> None:
    keys.press("Ctrl+Return").rest()
    chooser = box(desk, "choose_person", qtbot)
    assert chooser.windowTitle() == "Who is “Water survey” about?"
    keys.press("Return").rest()
    name, where = desk.shell._trail[-1]
    assert (name, where["form"]) == ("longform", library["water 2"].id)
    assert isinstance(where["person"], RecordId)
    desk.window.activateWindow()
    desk.go("forms", form=library["water 2"].id)
    keys.press("Ctrl+Return").rest()
    box(desk, "choose_person", qtbot)
    keys.tab_to("choose_nobody").press("Space").rest()
    assert shown_form(desk) == ("longform", library["water 2"].id, None)


def test_a_form_left_before_anything_was_saved_is_found_again_where_it_was_filled(
    desk: Desk, keys: Keyboard, library: dict[str, StoredForm]
) -> None:
    def half(session: Session) -> list[str]:
        opened = begun(session, form=library["kitchen 2026-10"].id, person=None, cook="Daw Mya")
        intake.keep(session, opened=opened)
        return [opened.draft]

    [draft] = desk.ask(half)
    desk.go("forms", form=library["kitchen 2026-10"].id)
    open_filled(desk, keys)
    [line] = rows(desk, "filled_table")
    assert line.startswith("nobody · 2026-10 · left half filled")
    assert not desk.child(Button, "delete_one").isEnabled()
    keys.tab_to("filled_table").press("Return").rest()
    page = desk.shell.page
    assert isinstance(page, LongformView)
    opened = page._state.filling.opened
    assert opened is not None
    assert (opened.draft, opened.form.node("/data/cook").value) == (draft, "Daw Mya")


def test_commands_are_found_by_their_words(desk: Desk, keys: Keyboard, qtbot: QtBot, library: dict[str, StoredForm]) -> None:
    desk.go("today")
    for text, id in (("fill a f", "forms.fill"), ("add a f", "forms.add"), ("export", "forms.export"), ("ပုံစံ ဖြည့်", "forms.fill")):
        assert id in [one.id for one in desk.shell.commands.matching(text)], text
    found = desk.shell.commands.named("forms.fill")
    assert found is not None
    found.do()
    desk.rest()
    box(desk, "choose_form", qtbot)
    keys.write("kitchen").press("Return").rest()
    assert box(desk, "choose_person", qtbot).windowTitle() == "Who is “Kitchen diary” about?"


def test_the_page_of_a_person_shows_their_forms_of_every_kind_and_what_is_half_filled(
    desk: Desk, keys: Keyboard, qtbot: QtBot, library: dict[str, StoredForm]
) -> None:
    one = next(one for one in filled(desk, form_id="water") if one.finished)
    assert one.person is not None
    person = one.person

    def half(session: object) -> None:
        opened = begun(session, form=library["kitchen 2026-10"].id, person=person, cook="Daw Mya")  # type: ignore[arg-type]
        intake.keep(session, opened=opened)  # type: ignore[arg-type]

    def changed(session: Session) -> None:
        opened = any_form.open_saved(session, submission=one.id, language="en")
        put(opened, remark="Ask again.")
        intake.keep(session, opened=opened)

    desk.ask(lambda session: [half(session), changed(session)])
    desk.go("person", person=person, tab="forms")
    lines = rows(desk, "forms")
    assert any(line.startswith("Kitchen diary") and "left half filled" in line for line in lines)
    assert any(line.startswith("Water survey · 1 · all done") for line in lines)
    assert len(lines) == len(desk.person(person).submissions) + len(filled(desk, person=person)) + 1
    table = desk.child(CellTable, "forms")
    assert table.choose(one.id)
    keys.tab_to("forms").press("Return").rest()
    assert desk.shell._trail[-1] == ("longform", {"submission": one.id})
    desk.window.activateWindow()
    desk.go("person", person=person, tab="forms")
    keys.press("Alt+N").rest()
    box(desk, "choose_form", qtbot)
    keys.write("water").press("Return").rest()
    assert shown_form(desk) == ("longform", library["water 2"].id, person)


def test_what_is_half_filled_stands_on_today_and_opens_again(desk: Desk, keys: Keyboard, library: dict[str, StoredForm]) -> None:
    def half(session: object) -> str:
        opened = begun(session, form=library["kitchen 2026-10"].id, cook="Daw Mya")  # type: ignore[arg-type]
        intake.keep(session, opened=opened)  # type: ignore[arg-type]
        return opened.draft

    draft = desk.ask(half)
    desk.go("today")
    today = desk.child(RowList, "today_list")
    texts = [str(today.model().index(at, 0).data()) for at in range(today.model().rowCount())]
    assert any(text.startswith("Kitchen diary") for text in texts)
    assert today.choose(("longform", (("draft", draft),)))
    keys.tab_to("today_list").press("Return").rest()
    assert desk.shell._trail[-1] == ("longform", {"draft": draft})
