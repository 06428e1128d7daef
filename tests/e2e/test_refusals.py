"""What goes wrong outside the program is told in the window in one plain sentence, and loses nothing."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.driver import Program, Screen, wait_for
from tests.e2e.sites import PASSPHRASE, Site, befriend, make_site

pytestmark = [pytest.mark.screen, pytest.mark.needs("import", "dbus-daemon", "setxkbmap")]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with news for another one."""
    made, other = (make_site(tmp_path / name, name) for name in ("Riverside", "Hilltop"))
    befriend(made, other, people=("အောင်မျိုး",))
    return made


@pytest.fixture
def program(screen: Screen, site: Site) -> Iterator[Program]:
    """The window of that site, open."""
    made = screen.start("--vault", str(site.vault))
    unlock(made)
    made.find(role="frame", name="Today")
    yield made
    if made.running():
        made.press("alt+F4")
        assert made.ended() == 0


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[[str, str], Path]]:
    """Puts a small disk of its own into a folder: ``mount("full", "size=64k")``. Skips where the system does not let us."""
    places: list[Path] = []

    def put(name: str, options: str) -> Path:
        place = tmp_path / name
        place.mkdir()
        tried = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "waystation-test", str(place)], capture_output=True, timeout=10, check=False)
        if tried.returncode:
            pytest.skip("this user may not mount a small disk")
        places.append(place)
        return place

    yield put
    for place in places:
        subprocess.run(["umount", "-l", str(place)], timeout=10, check=True)


def unlock(program: Program) -> None:
    program.find("passphrase", state="focused")
    program.type(PASSPHRASE)
    program.press("Return")


def put_news(program: Program, folder: Path) -> None:
    """Take the folder in place of a stick, and put news into it."""
    program.press("ctrl+5")
    program.click("use_folder")
    program.find("fileNameEdit", state="focused")
    program.press("ctrl+a")
    program.write(str(folder))
    program.press("Return")
    program.find("sentence", name=f"Folder: {folder.name}")
    program.find("put_news", state="enabled")
    program.press("alt+p")


def test_a_second_window_of_the_same_folder_is_refused(screen: Screen, program: Program, site: Site) -> None:
    second = screen.start("--vault", str(site.vault))
    unlock(second)
    second.find("passphrase_problem_words", name="already open in another window")
    second.press("alt+F4")
    assert second.ended() == 0
    program.press("ctrl+2")
    program.find("people_list", name="အောင်မျိုး", role="table cell")


def test_a_stick_that_cannot_be_written(program: Program, tmp_path: Path, mount: Callable[[str, str], Path]) -> None:
    locked = tmp_path / "locked"
    if os.geteuid() == 0:
        mount("locked", "size=4m,ro")
    else:
        locked.mkdir(mode=0o500)
    put_news(program, locked)
    program.find("sentence", name="Nothing can be written there")
    program.find("try_again", state="focused")
    assert list(locked.iterdir()) == []


def test_a_full_stick_and_then_one_with_room(program: Program, mount: Callable[[str, str], Path], stick: Path) -> None:
    full = mount("full", "size=64k")
    put_news(program, full)
    program.find("sentence", name="There is no room left on the stick")
    assert list(full.iterdir()) == []
    put_news(program, stick)
    program.find("sentence", name="The news is on the stick")
    program.find("given_done", state="focused")
    assert len(list(stick.iterdir())) == 1


def test_the_disk_of_the_laptop_is_full(screen: Screen, mount: Callable[[str, str], Path]) -> None:
    """It is told once in a box and then on the page; saving is refused; what was typed stands there and is saved once there is room."""
    disk = mount("disk", "size=8m")
    site = make_site(disk, "Riverside")
    program = screen.start("--vault", str(site.vault))
    unlock(program)
    program.find(role="frame", name="Today")
    program.press("ctrl+n")
    program.find("name", state="focused")
    fill_up(disk / "photos")
    program.write("သီရိ")
    no_room(program)
    program.find("register_kept_words", name="Not saved: There is no room left on the disk")
    program.type("ထက်")
    program.press("Tab")
    program.write("Thiri Htet")
    program.press("ctrl+s")
    no_room(program)
    assert program.look(role="dialog") is None
    assert program.find("name").text == "သီရိထက်"
    (disk / "photos").unlink()
    program.press("ctrl+s")
    wait_for("an empty card", lambda: program.find("name").text == "", instead=program.told)
    program.press("ctrl+2")
    program.find("people_list", name="သီရိထက်", role="table cell")
    program.press("alt+F4")
    assert program.ended() == 0


def test_what_is_half_typed_outlives_a_lock_and_a_kill(screen: Screen, program: Program, site: Site) -> None:
    program.press("ctrl+n")
    program.find("name", state="focused")
    program.write("Naw Paw")
    program.press("ctrl+l")
    unlock(program)
    program.find("today_list", name="Naw Paw", role="list item")
    program.press("Return")
    program.find("name", state="focused")
    assert program.find("name").text == "Naw Paw"
    program.type(" Htoo")
    program.find("name", name="Naw Paw Htoo")
    wait_for("the draft on the disk", lambda: program.look("register_kept_words", name="Saved as you type"))
    time.sleep(1.5)  # the longest that a letter may wait for the disk
    program.kill()
    again = screen.start("--vault", str(site.vault))
    unlock(again)
    again.find("today_list", name="Naw Paw Htoo", role="list item")
    again.press("alt+F4")
    assert again.ended() == 0


def no_room(program: Program) -> None:
    program.find(role="dialog", name="There is no room left on the disk")
    program.press("Return")
    program.gone(name="Everything saved before is safe")


def fill_up(path: Path) -> None:
    """Write until nothing more fits."""
    with path.open("wb", buffering=0) as stream:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    stream.write(b"x" * size)
            except OSError:
                continue
