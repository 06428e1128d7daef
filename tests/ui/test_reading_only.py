"""Somebody whose role reads only is offered nothing that changes anything, on any page and by no shortcut."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Role
from tests.ui.conftest import OPENING, Unlocked, settle
from tests.ui.two_sites import PASSPHRASE, TwoSites, build
from ui.shell import Shell
from ui.window import Window

CHANGING = {
    "register_arrival", "empty_register", "today_put", "people_register", "person_change", "person_delete", "add_member",
    "change_relationship", "add_left_behind", "change_household", "long_form", "keep_answer", "begin_again", "read_stick", "put_news",
    "read_card", "print", "save", "keep_site", "new_sheet", "add_volunteer", "change_folders", "close_access",
    "paper_size_A4", "paper_size_Letter", "lock_minutes", "own_answer", "keep_1", "keep_2", "pads_new", "pads_begin", "pads_print", "pads_save",
    "pads_back", "pads_all_back", "test_page", "look_for_printers", "ask_printer", "printer_off", "print_system", "give_print", "give_save",
}
COMMANDS = {
    "people.register", "answers.settle", "answers.keep", "answers.keep_1", "window.undo", "person.change", "person.delete", "person.form",
    "stick.read", "stick.put", "paper.print", "paper.save", "settings.add", "pads.new", "pads.print", "pads.save",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoSites:
    return build(tmp_path_factory.mktemp("reading"), families=4)


@pytest.fixture
def shell(unlocked: Unlocked, built: TwoSites, tmp_path: Path, qtbot: QtBot) -> Shell:
    window = unlocked(Path(shutil.copytree(built.here, tmp_path / "here")), f"{PASSPHRASE} {Role.OBSERVER.value}")
    assert window.shell is not None
    return window.shell


def test_nothing_that_changes_anything_is_offered(shell: Shell, built: TwoSites, qtbot: QtBot) -> None:
    from desktop.services import people

    found: list[people.PersonRow] = []
    shell.read(shell, lambda session: people.rows(session, keys=people.find(session).keys[:1]), found.extend)
    qtbot.waitUntil(lambda: bool(found), timeout=OPENING)
    person = {"person": found[0].id}
    window = shell.window()
    assert isinstance(window, Window)
    places: list[tuple[str, dict[str, object]]] = [
        ("today", {}), ("people", {}), *(("person", {**person, "tab": tab}) for tab in ("overview", "household", "forms", "history")),
        ("answers", {}), ("register", {}), ("stick", {}), ("stick", {"show": "sites"}),
        *(("paper", {**person, "document": name}) for name in ("arrival_slip", "household_list")),
        *(("settings", {"show": name}) for name in ("volunteers", "place", "language", "lock", "recovery", "printing")),
        ("pads", {}),
    ]
    for name, where in places:
        shell.open(name, **where)
        settle(window, qtbot)
        if name == "stick" and not where:
            shell.page.use_folder(built.stick)  # type: ignore[union-attr]
            settle(window, qtbot)
        assert shell.page is not None
        offered = {one.objectName() for one in shell.page.findChildren(QWidget) if one.isVisibleTo(shell.page) and one.isEnabled()}
        assert offered & CHANGING == set(), (name, where)
        assert {one.id for one in shell.commands.all()} & COMMANDS == set(), (name, where)


def test_the_names_that_are_looked_for_are_those_of_the_window(window: Window, qtbot: QtBot) -> None:
    """A button that is called something else by now would never be found: a coordinator is offered most of them."""
    shell = window.shell
    assert shell is not None
    seen: set[str] = set()
    for name, where in (
        ("today", {}), ("people", {}), *(("settings", {"show": show}) for show in ("volunteers", "lock", "place", "printing")), ("pads", {}), ("paper", {}),
    ):
        shell.open(name, **where)
        settle(window, qtbot)
        assert shell.page is not None
        seen |= {one.objectName() for one in shell.page.findChildren(QWidget) if one.isEnabled()}
        seen |= {one.objectName() for one in shell.page.findChildren(QPushButton)}
    assert {"register_arrival", "people_register", "add_volunteer", "lock_minutes", "keep_site", "close_access", "look_for_printers", "pads_begin", "print"} <= seen
