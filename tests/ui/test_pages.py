"""Every page over a real vault: it can be named, read, reached and fits, in both languages and at both sizes."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from pytestqt.qtbot import QtBot

from desktop.services import people
from tests.ui.conftest import settle
from tests.ui.walk import clipped, focusable, nameless, reached_by_tab, unreadable_rows
from ui import words
from ui.pages.settings.view import SECTIONS
from ui.shell import PLACES
from ui.window import Window

SIZES = ((1366, 768), (1280, 650))


def keywords(window: Window, qtbot: QtBot, name: str) -> dict[str, object]:
    """What a page needs to show something."""
    if name not in ("person", "longform", "paper"):
        return {}
    found: list[object] = []
    assert window.shell is not None
    window.shell.read(window, lambda session: people.rows(session, keys=list(people.find(session).keys)[:1])[0].id, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=5000)
    return {"person": found[0]}


def look_over(window: Window, what: str) -> list[str]:
    assert window.shell is not None
    found = [*nameless(window.shell), *clipped(window.shell), *unreadable_rows(window.shell)]
    reached = reached_by_tab(window)
    found += [f"Tab does not reach {one.objectName()}" for one in focusable(window.shell) if one.objectName() not in reached]
    return [f"{what}: {one}" for one in found]


@pytest.mark.parametrize("language", ["en", "my"])
def test_every_page_can_be_named_read_reached_and_fits(window: Window, qtbot: QtBot, language: str) -> None:
    shell = window.shell
    assert shell is not None
    if language == "my":
        shell.changed_language()
    found = []
    for place in PLACES:
        if find_spec(f"ui.pages.{place.name}") is None:
            continue
        shell.open(place.name, **keywords(window, qtbot, place.name))
        for size in SIZES:
            window.resize(*size)
            settle(window, qtbot)
            found += look_over(window, f"{place.name} {language} {size[0]}x{size[1]}")
    for section, _, _ in SECTIONS:
        if section != "sites":
            shell.open("settings", show=section)
            settle(window, qtbot)
            found += look_over(window, f"settings {section} {language}")
    shell.open("stick", show="sites")
    settle(window, qtbot)
    found += look_over(window, f"sites {language}")
    assert words.language() == language
    assert not found, "\n".join(found)


def test_work_begins_where_the_page_says(window: Window, qtbot: QtBot) -> None:
    shell = window.shell
    assert shell is not None
    for place in PLACES[:6]:
        if find_spec(f"ui.pages.{place.name}") is None:
            continue
        shell.open(place.name)
        settle(window, qtbot)
        page = shell.page
        assert page is not None
        assert page.first_focus() is not None, place.name
        assert page.isAncestorOf(window.focusWidget()), place.name
