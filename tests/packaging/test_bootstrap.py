"""Setting up: what is decided, what is said, and a real environment made from an empty lock file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import bootstrap
import catalogues
import environment
import pytest
import system

LIBRARIES = (("libone.so.1", "libone1"), ("libtwo.so.2", "libtwo2"))
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux")


def only_one(file_name: str) -> object:
    if "one" not in file_name:
        raise OSError(file_name)
    return object()


@pytest.mark.parametrize(
    ("have", "dev", "todo"),
    [
        ({}, False, "anew"),
        ({"python": "3.11", "run": "a"}, False, "nothing"),
        ({"python": "3.11", "run": "a", "dev": "b"}, False, "nothing"),
        ({"python": "3.11", "run": "a", "dev": "b"}, True, "nothing"),
        ({"python": "3.11", "run": "a"}, True, "add"),
        ({"python": "3.11", "run": "a", "dev": "old"}, True, "anew"),
        ({"python": "3.11", "run": "old"}, False, "anew"),
        ({"python": "3.10", "run": "a"}, False, "anew"),
    ],
)
def test_what_is_done_follows_from_the_stamp(have: dict[str, str], dev: bool, todo: str) -> None:
    want = {"python": "3.11", "run": "a"} | ({"dev": "b"} if dev else {})
    assert environment.step(have, want) == todo


def project(folder: Path, lock: str = "# nothing\n") -> Path:
    (folder / "packaging").mkdir(exist_ok=True)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (folder / "packaging" / name).write_text(lock, encoding="utf-8")
    return folder


def test_line_ends_of_a_checkout_do_not_change_the_hash(tmp_path: Path) -> None:
    unix = environment.wanted(project(tmp_path), dev=True)
    for path in (tmp_path / "packaging").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert environment.wanted(tmp_path, dev=True) == unix


def test_an_environment_is_made_once_kept_and_made_anew_for_another_lock(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    python = environment.ready(project(tmp_path), dev=False)
    inside = subprocess.run([str(python), "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=True)
    assert Path(inside.stdout.strip()).resolve() == (tmp_path / ".venv").resolve()
    assert "Setting up" in capsys.readouterr().out

    by_hand = tmp_path / ".venv" / "put-in-by-hand"
    by_hand.touch()
    assert environment.ready(tmp_path, dev=False) == python
    assert by_hand.exists()
    assert capsys.readouterr().out == ""

    environment.ready(project(tmp_path, "# something else\n"), dev=False)
    assert not by_hand.exists()


def test_a_set_up_that_failed_begins_afresh(tmp_path: Path) -> None:
    stamp = tmp_path / ".venv" / environment.STAMP
    stamp.parent.mkdir()
    stamp.write_text(json.dumps(environment.wanted(project(tmp_path), dev=False)), encoding="utf-8")
    project(tmp_path, "this is no requirement !\n")
    with pytest.raises(system.NotReady, match="did not finish"):
        environment.ready(tmp_path, dev=False)
    assert not stamp.exists()


def test_a_damaged_stamp_counts_as_none(tmp_path: Path) -> None:
    stamp = tmp_path / environment.STAMP
    for content in ("", "[1]", '{"python": '):
        stamp.write_text(content, encoding="utf-8")
        assert environment._read(stamp) == {}
    stamp.write_text(json.dumps({"python": "3.11"}), encoding="utf-8")
    assert environment._read(stamp) == {"python": "3.11"}


def test_no_other_python_packages_get_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    monkeypatch.setenv("VIRTUAL_ENV", "elsewhere")
    monkeypatch.setenv("LANG", "my_MM.UTF-8")
    kept = environment.clean()
    assert "PYTHONPATH" not in kept
    assert "VIRTUAL_ENV" not in kept
    assert kept["PYTHONNOUSERSITE"] == "1"
    assert kept["LANG"] == "my_MM.UTF-8"


@linux_only
@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_way_to_a_screen_counts(name: str) -> None:
    assert system.no_screen({})
    assert system.no_screen({name: ""})
    assert not system.no_screen({name: "x"})


def test_libraries_that_do_not_open_are_named_by_package() -> None:
    assert system.missing(LIBRARIES, only_one) == ["libtwo2"]


@pytest.mark.parametrize(("glibc", "name"), [((2, 36), "libglib2.0-0"), ((2, 39), "libglib2.0-0t64"), ((2, 41), "libglib2.0-0t64")])
def test_package_names_follow_the_age_of_the_system(glibc: tuple[int, int], name: str) -> None:
    assert system.names_here(["libgl1", "libglib2.0-0"], glibc) == ["libgl1", name]


@linux_only
def test_who_is_not_root_is_told_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "_root", lambda: False)
    monkeypatch.setattr(system, "missing", lambda wanted: ["libegl1", "libgl1"])
    with pytest.raises(system.NotReady) as stopped:
        system.require_libraries(LIBRARIES)
    assert str(stopped.value).splitlines()[1:] == ["  sudo apt-get install -y --no-install-recommends libegl1 libgl1"]


@linux_only
def test_root_installs_and_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = tmp_path / "said"
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$@" >>{said}\n', encoding="utf-8")
    apt.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(system, "_root", lambda: True)
    monkeypatch.setattr(system, "missing", lambda wanted: [] if said.exists() else ["libegl1"])
    system.require_libraries(LIBRARIES)
    assert said.read_text().splitlines() == ["update -qq", "install -y -qq --no-install-recommends libegl1"]


@linux_only
def test_missing_test_tools_stop_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(system, "_root", lambda: False)
    monkeypatch.setattr(system, "missing", lambda *wanted: [])
    monkeypatch.setattr(system.shutil, "which", lambda command: None if command == "age" else "/usr/bin/" + command)
    system.offer_test_tools()
    assert capsys.readouterr().out.rstrip().endswith("--no-install-recommends age")


@linux_only
def test_an_old_system_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "glibc", lambda: (2, 31))
    with pytest.raises(system.NotReady, match=r"Debian 12, Ubuntu 22\.04"):
        system.require_platform()


def test_an_old_python_is_told_so(root: Path) -> None:
    old = "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); runpy.run_path('packaging/bootstrap.py')"
    ran = subprocess.run([sys.executable, "-c", old], cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr == "Waystation needs Python 3.10 or newer; this is Python 3.9.\n"


def test_without_a_screen_the_tour_runs_and_its_folder_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "prepare", lambda dev: Path("python"))
    monkeypatch.setattr(system, "no_screen", lambda: True)
    monkeypatch.setattr(system, "require_libraries", lambda wanted: None)
    monkeypatch.setattr(bootstrap, "start", lambda python, *arguments: started.append(arguments) or 0)
    out = str(bootstrap.ROOT / "out" / "tour")
    assert bootstrap.main(["run"]) == 0
    assert started == [("main.py", "tour", "--out", out)]
    told = capsys.readouterr().out
    assert "no screen" in told
    assert told.rstrip().endswith(out)


def test_exit_statuses(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main([]) == 2
    assert bootstrap.main(["fly"]) == 2
    assert "run, test, check" in capsys.readouterr().err

    def lacking(dev: bool) -> Path:
        raise system.NotReady("This is missing.")

    monkeypatch.setattr(bootstrap, "prepare", lacking)
    assert bootstrap.main(["setup"]) == 5
    assert capsys.readouterr().err == "This is missing.\n"


@pytest.mark.parametrize("results", [(0, 0, 0), (1, 0, 0), (0, 0, 1)])
def test_check_runs_every_tool_and_fails_if_one_does(monkeypatch: pytest.MonkeyPatch, results: tuple[int, ...]) -> None:
    left = list(results)
    monkeypatch.setattr(bootstrap, "prepare", lambda dev: Path("python"))
    monkeypatch.setattr(bootstrap, "start", lambda python, *arguments: left.pop(0))
    assert bootstrap.main(["check"]) == max(results)
    assert left == []


def test_only_stale_translations_are_compiled(tmp_path: Path) -> None:
    folder = tmp_path / "resources" / "locale" / "my"
    folder.mkdir(parents=True)
    source = folder / "window.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#, fuzzy\nmsgid "Today"\nmsgstr "ယနေ့"\n', encoding="utf-8"
    )
    assert catalogues.stale(tmp_path) == [source]
    catalogues.compile_stale(tmp_path)
    assert catalogues.stale(tmp_path) == []
    assert "ယနေ့".encode() in source.with_suffix(".mo").read_bytes()
    os.utime(source.with_suffix(".mo"), (1, 1))
    assert catalogues.stale(tmp_path) == [source]
