"""Files on a stick: never half there under a final name, whatever fails."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import KnownFault
from desktop.exchange import carrier


def accept(data: bytes) -> None:
    assert data == b"sealed"


def test_put_gives_a_neutral_name_and_a_fixed_time(tmp_path: Path) -> None:
    path = carrier.put(tmp_path, b"sealed", accept)
    assert [path] == list(tmp_path.iterdir()) == carrier.candidates(tmp_path)
    assert path.name == carrier.name_for(b"sealed")
    assert path.stat().st_mtime == carrier.FIXED_TIME
    assert carrier.read(path) == b"sealed"


def test_names_tell_damage_from_strangers(tmp_path: Path) -> None:
    path = carrier.put(tmp_path, b"sealed", accept)
    assert carrier.name_fits(path, b"sealed") is True
    assert carrier.name_fits(path, b"seal") is False
    assert carrier.name_fits(tmp_path / "report.dat", b"sealed") is None


@pytest.mark.parametrize(("number", "code"), [
    (errno.ENOSPC, "stick.full"), (errno.EROFS, "disk.readonly"), (errno.EIO, "stick.gone"), (errno.ENOENT, "stick.gone"),
])
@pytest.mark.parametrize("call", ["open", "fsync", "replace", "utime"])
def test_faults_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, code: str) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, "stick")

    monkeypatch.setattr(carrier.os, call, fail)
    with pytest.raises(KnownFault, match=code):
        carrier.put(tmp_path, b"sealed", accept)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_a_failed_check_leaves_nothing(tmp_path: Path) -> None:
    def refuse(_: bytes) -> None:
        raise KnownFault("bundle.damaged")

    with pytest.raises(KnownFault, match=r"bundle\.damaged"):
        carrier.put(tmp_path, b"sealed", refuse)
    assert list(tmp_path.iterdir()) == []


def test_a_stick_that_keeps_other_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrier, "_read_from_device", lambda part: b"rotten")
    with pytest.raises(KnownFault, match=r"stick\.worn_out"):
        carrier.put(tmp_path, b"sealed", accept)
    assert list(tmp_path.iterdir()) == []


def test_too_little_room_is_told_before_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: os.terminal_size((0, 0)) and type("Usage", (), {"free": 1000})())
    with pytest.raises(KnownFault, match=r"stick\.full"):
        carrier.put(tmp_path, b"sealed", accept)


def test_a_stick_that_is_gone(tmp_path: Path) -> None:
    for act in (lambda: carrier.put(tmp_path / "no", b"sealed", accept), lambda: carrier.candidates(tmp_path / "no"),
                lambda: carrier.read(tmp_path / "no.dat")):
        with pytest.raises(KnownFault, match=r"stick\.gone"):
            act()


def test_sweeping_takes_only_our_own_leftovers(tmp_path: Path) -> None:
    for name in ("0123456789abcdef.part", "film.part", "0123456789abcdef.dat", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    carrier.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0123456789abcdef.dat", "film.part", "notes.txt"]


def test_a_file_beyond_any_honest_size(tmp_path: Path) -> None:
    large = tmp_path / "large.dat"
    with large.open("wb") as stream:
        stream.truncate(carrier.MAX_FILE + 1)
    assert carrier.candidates(tmp_path) == []
    with pytest.raises(KnownFault, match=r"bundle\.too_big"):
        carrier.read(large)
