"""The Stick page over two real sites: trust, putting, reading, and what cannot be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.services import contacts, files, stick
from desktop.services.session import Session
from desktop.services.stick import Read
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.ui.conftest import Unlocked, got, settle
from tests.ui.door import Recorded
from tests.ui.two_sites import PASSPHRASE, TwoSites, build
from tests.ui.walk import clipped, nameless
from ui import words
from ui.pages.stick.state import Came, StickState
from ui.pages.stick.view import StickView
from ui.widgets.labels import Words
from ui.window import Window
from ui.words import tr


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> TwoSites:
    return build(tmp_path_factory.mktemp("two"), families=2)


@pytest.fixture(autouse=True)
def no_drives(monkeypatch: pytest.MonkeyPatch) -> None:
    """No stick of the machine that runs the tests comes in between."""
    monkeypatch.setattr(stick, "sticks", list)


@pytest.fixture
def here(unlocked: Unlocked, two: TwoSites, tmp_path: Path, qtbot: QtBot) -> Window:
    window = unlocked(Path(shutil.copytree(two.here, tmp_path / "here")))
    assert window.shell is not None
    window.shell.open("stick")
    settle(window, qtbot)
    return window


def page(window: Window) -> StickView:
    assert window.shell is not None
    assert isinstance(window.shell.page, StickView)
    return window.shell.page


def state(window: Window) -> StickState:
    found = page(window).findChild(QWidget, "stick_scroll")
    assert found is not None
    return page(window)._state


def button(window: Window, name: str) -> QPushButton:
    found = page(window).findChild(QPushButton, name)
    assert isinstance(found, QPushButton), name
    return found


def sentence(window: Window) -> str:
    found = page(window).findChild(Words, "sentence")
    return found.text() if isinstance(found, Words) else ""


def told(window: Window) -> str:
    return " ".join(one.text() for one in page(window).findChildren(Words))


def look_over(window: Window) -> None:
    for size in ((1366, 768), (1280, 650)):
        window.resize(*size)
        window.repaint()
        assert nameless(page(window)) == []
        assert clipped(window) == []


def press(window: Window, name: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(window, name), Qt.MouseButton.LeftButton)
    settle(window, qtbot)


def test_news_is_read_and_ours_is_put(here: Window, two: TwoSites, tmp_path: Path, qtbot: QtBot, door: Recorded) -> None:
    carried = Path(shutil.copytree(two.stick, tmp_path / "stick"))
    before = {path.name: path.read_bytes() for path in carried.iterdir()}
    door.paths = [carried]
    press(here, "use_folder", qtbot)
    assert sentence(here) == "Folder: stick"
    look_over(here)
    press(here, "read_stick", qtbot)
    assert sentence(here).startswith("News from Hill School is in: ")
    assert {path.name: path.read_bytes() for path in carried.iterdir()} == before
    look_over(here)
    state(here).read()
    settle(here, qtbot)
    assert sentence(here) == "We had all the news from Hill School already. Nothing changed."
    state(here).begin()
    settle(here, qtbot)
    assert not state(here).fresh
    press(here, "put_news", qtbot)
    assert sentence(here).startswith("The news is on the stick")
    look_over(here)
    assert len(list(carried.iterdir())) == len(before) + 1


def test_a_damaged_file_says_so_and_changes_nothing(here: Window, two: TwoSites, tmp_path: Path, qtbot: QtBot) -> None:
    carried = Path(shutil.copytree(two.stick, tmp_path / "stick"))
    page(here).use_folder(carried)
    settle(here, qtbot)
    victim = state(here).fresh[0].path
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    state(here).read()
    settle(here, qtbot)
    assert state(here).show == "failed"
    assert "Nothing" in " ".join(one.text() for one in page(here).findChildren(Words))
    look_over(here)
    victim.write_bytes(bytes(data[: len(data) // 2]) + bytes([data[len(data) // 2] ^ 1]) + bytes(data[len(data) // 2 + 1 :]))
    press(here, "try_again", qtbot)
    assert sentence(here).startswith("News from Hill School is in")


def test_a_stick_that_comes_is_noticed_and_one_that_goes_is_gone(
    here: Window, two: TwoSites, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged = [stick.Stick(two.stick, "KINGSTON", 14_200_000_000, True)]
    monkeypatch.setattr(stick, "sticks", lambda: list(plugged))
    qtbot.waitUntil(lambda: sentence(here) == "Stick found: KINGSTON", timeout=8000)
    settle(here, qtbot)
    assert any("14.2 GB are free" in one.text() for one in page(here).findChildren(Words))
    plugged.clear()
    qtbot.waitUntil(lambda: sentence(here) == "Plug in a stick", timeout=8000)


def test_a_folder_that_is_gone_is_left_and_a_stick_is_noticed_after_a_folder(
    here: Window, two: TwoSites, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged: list[stick.Stick] = []
    monkeypatch.setattr(stick, "sticks", lambda: list(plugged))
    page(here).use_folder(tmp_path / "gone")
    settle(here, qtbot)
    assert sentence(here) == "The stick did not answer."
    press(here, "later", qtbot)
    assert sentence(here) == "Plug in a stick"
    page(here).use_folder(two.stick)
    settle(here, qtbot)
    assert sentence(here) == "Folder: stick"
    plugged.append(stick.Stick(two.stick, "KINGSTON", 0, True))  # a full one is a stick all the same
    qtbot.waitUntil(lambda: sentence(here) == "Stick found: KINGSTON", timeout=8000)
    settle(here, qtbot)
    plugged.clear()
    qtbot.waitUntil(lambda: sentence(here) == "Plug in a stick", timeout=8000)


def test_a_stick_with_nothing_but_damage_says_so_in_whole_sentences(here: Window, two: TwoSites, tmp_path: Path, qtbot: QtBot) -> None:
    carried = Path(shutil.copytree(two.stick, tmp_path / "stick"))
    for one in carried.iterdir():
        one.write_bytes(one.read_bytes()[:-200])
    page(here).use_folder(carried)
    settle(here, qtbot)
    shown = [one.text() for one in page(here).findChildren(Words) if one.isVisible()]
    assert "What is on it for us cannot be read." in shown
    assert any(one.startswith("This file is damaged. Nothing here was changed. Take the stick out") for one in shown)
    assert not button(here, "read_stick").isEnabled()
    look_over(here)


@pytest.mark.parametrize("same", [True, False])
def test_a_site_is_trusted_after_its_words_were_compared(here: Window, tmp_path: Path, qtbot: QtBot, door: Recorded, same: bool) -> None:
    vault, _ = Vault.create(tmp_path / "third", site="Old Mill", name="Nai Tala", passphrase=PASSPHRASE, hardness=FLOOR)
    third = Session(vault)
    card = stick.save_card(third, folder=tmp_path)
    shown = stick.my_card(third).words
    third.close()
    press(here, "sites_we_trust", qtbot)
    look_over(here)
    door.paths = [card]
    press(here, "read_card", qtbot)
    assert sentence(here) == "The card of Old Mill"
    found = page(here).findChild(QWidget, "fingerprint")
    assert found is not None
    assert found.accessibleName() == " ".join(shown)
    look_over(here)
    press(here, "trust_site" if same else "not_same", qtbot)
    assert state(here).show == "sites"
    assert [one.nickname for one in state(here).sites if one.nickname == "Old Mill"] == (["Old Mill"] if same else [])
    if same:
        old = next(one for one in state(here).sites if one.nickname == "Old Mill")
        assert old.folders == frozenset({Folder.RECEPTION})
        state(here).stop_trust(old)
        settle(here, qtbot)
        assert all(one.nickname != "Old Mill" or one.stopped for one in state(here).sites)
    else:
        assert door.asked[-1].title == "Do not trust this card"


def test_our_card_is_written_where_the_volunteer_says(here: Window, tmp_path: Path, qtbot: QtBot, door: Recorded) -> None:
    press(here, "sites_we_trust", qtbot)
    door.paths = [tmp_path]
    press(here, "save_card", qtbot)
    assert state(here).told.startswith("Our card is written: ")


def test_the_keyboard_stays_on_the_page_while_it_fills(here: Window, qtbot: QtBot) -> None:
    assert here.shell is not None
    here.shell.open("today")
    here.shell.open("stick", show="sites")
    settle(here, qtbot)
    assert page(here).isAncestorOf(here.focusWidget())
    assert here.focusWidget().objectName() == "read_card"


def test_what_waited_for_a_folder_comes_in_when_somebody_opens_it(
    unlocked: Unlocked, two: TwoSites, tmp_path: Path, qtbot: QtBot
) -> None:
    folder, carried = Path(shutil.copytree(two.here, tmp_path / "here")), tmp_path / "carried"
    carried.mkdir()
    there = Session(Vault.open(Path(shutil.copytree(two.there, tmp_path / "there")), PASSPHRASE))
    contacts.add(there, values={"call_name": "Saw Htoo", "stage": "considering"})
    stick.put_news(there, folder=carried)
    there.close()
    registrar = Session(Vault.open(folder, f"{PASSPHRASE} registrar"))
    read, _ = stick.read_news(registrar, path=next(carried.iterdir()))
    assert read.waiting
    registrar.close()
    window = unlocked(folder, f"{PASSPHRASE} caseworker")
    assert window.shell is not None
    found = got(window.shell, qtbot, lambda session: contacts.contacts(session, stage="all"))
    assert "Saw Htoo" in [one.call_name for one in found]  # type: ignore[attr-defined]


def test_a_site_with_two_histories_and_folders_we_do_not_share_are_told(here: Window, qtbot: QtBot) -> None:
    came = Came((Read("Hill School", "2026-11-20", 0, 0, 1, 0, 0, False, (), frozenset({Folder.HEALTH}), ("Hill School",)),), Changes())
    state(here).came = came
    state(here).show = "came"
    state(here).changed.emit()
    settle(here, qtbot)
    told = " ".join(one.text() for one in page(here).findChildren(Words) if one.isVisibleTo(page(here)))
    assert "Hill School signed two different histories" in told
    assert "news of Health" in told


@pytest.mark.parametrize("language", ["en", "my"])
def test_photos_and_files_are_told_of(here: Window, two: TwoSites, tmp_path: Path, qtbot: QtBot, language: str) -> None:
    """That they are on the stick, that they came, that some did not fit and go or come later."""
    there = Session(Vault.open(Path(shutil.copytree(two.there, tmp_path / "there")), PASSPHRASE))
    files.keep(there, folder=Folder.RECEPTION, content=b"small", media_type="text/plain")
    files.keep(there, folder=Folder.RECEPTION, content=bytes(500_000), media_type="text/plain")
    place = tmp_path / "brought"
    place.mkdir()
    stick.put_news(there, folder=place, files_most=100_000)
    there.close()
    assert here.shell is not None
    words.use(language)
    page(here).use_folder(place)
    settle(here, qtbot)
    read = button(here, "read_stick")

    assert tr("{n} photo or file", n=1) in read.accessibleDescription()
    state(here).read()
    settle(here, qtbot)
    assert tr("{n} photo or file has not come yet. It comes on a later stick.", n=1) in told(here)
    look_over(here)
    state(here).given = stick.Put(place / "x.dat", 70_000_000, 3, (("Hill School", 3),), 200, 12)
    state(here)._go("given")
    assert tr("{n} photos or files did not fit. They go next time.", n=12) in told(here)
    assert tr("With it: {what}.", what=tr("{n} photos or files", n=200)) in told(here)
    look_over(here)
    state(here).given = stick.Put(place / "x.dat", 70_000_000, 0, (("Hill School", 0),), 200, 0)
    state(here)._go("given")
    assert sentence(here) == tr("The news is on the stick: {what}.", what=tr("{n} photos or files", n=200))
