"""Files from a scanner are opened in a process of their own: what ends it, or holds it for ever, is one file and not the program."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain.errors import UserError
from desktop.paper.scanning import apart, child, pages
from desktop.paper.scanning.apart import Opener

GREY = Image.linear_gradient("L").resize((300, 200))


def png(picture: Image.Image = GREY) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def quiet() -> None:
    """Nobody wants to stop."""


@pytest.fixture
def opener() -> Iterator[Opener]:
    with Opener() as made:
        yield made


def acting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str) -> None:
    """The process opens no file: where it would count pages it does this."""
    script = tmp_path / "child.py"
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(Path(child.__file__).parents[3])!r})\n"
        f"from desktop.paper.scanning import child, pages\nimport os, time\npages.count = lambda content: {line}\nraise SystemExit(child.serve())\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(apart, "command", lambda: [sys.executable, str(script)])


def test_pages_come_as_they_are_here(opener: Opener) -> None:
    tiff = BytesIO()
    GREY.save(tiff, "TIFF", save_all=True, append_images=[GREY.rotate(180)])
    for content, many in ((png(), 1), (tiff.getvalue(), 2)):
        assert opener.count(content, quiet) == many
        for number in range(many):
            got, here = opener.page(content, number, quiet), pages.page(content, number)
            assert (got.mode, got.size, got.tobytes()) == (here.mode, here.size, here.tobytes())


def test_a_page_of_a_file_before_the_last_one(opener: Opener) -> None:
    one, two = png(), png(GREY.transpose(Image.Transpose.ROTATE_90))
    assert [opener.count(one, quiet), opener.count(two, quiet)] == [1, 1]
    assert opener.page(one, 0, quiet).size == (300, 200)
    assert opener.page(two, 0, quiet).size == (200, 300)


def test_what_is_refused_is_told_with_its_fields_and_the_process_goes_on(opener: Opener) -> None:
    with pytest.raises(UserError) as refused:
        opener.count(png(Image.new("1", (20_001, 1))), quiet)
    assert (refused.value.code, refused.value.fields) == ("scan.too_large", {"most": 200})
    with pytest.raises(UserError, match=r"scan\.unreadable"):
        opener.count(b"hello", quiet)
    assert opener.alive
    assert opener.count(png(), quiet) == 1


@pytest.mark.parametrize("line", ["os.abort()", "os._exit(0)", "os.kill(os.getpid(), 11)", "1 / 0"])
def test_a_file_that_ends_the_process_is_told_and_the_next_one_is_opened(
    opener: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str,
) -> None:
    with monkeypatch.context() as during:
        acting(during, tmp_path, line)
        with pytest.raises(UserError, match=r"scan\.unreadable"):
            opener.count(png(), quiet)
    assert not opener.alive
    assert opener.count(png(), quiet) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="bounds are set in another way elsewhere")
def test_memory_has_an_end(opener: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    acting(monkeypatch, tmp_path, f"len(bytearray({child.MOST_MEMORY}))")
    with pytest.raises(UserError, match=r"scan\.unreadable"):
        opener.count(png(), quiet)


@pytest.mark.skipif(sys.platform == "win32", reason="no such bound there")
def test_nothing_can_be_written_there(opener: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    acting(monkeypatch, tmp_path, f"open({str(tmp_path / 'kept')!r}, 'wb', 0).write(b'x')")
    with pytest.raises(UserError, match=r"scan\.unreadable"):
        opener.count(png(), quiet)
    assert not (tmp_path / "kept").exists() or not (tmp_path / "kept").stat().st_size


def test_time_has_an_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    acting(monkeypatch, tmp_path, "time.sleep(60)")
    with Opener(seconds=0.5) as opener, pytest.raises(UserError, match=r"scan\.too_slow"):
        opener.count(png(), quiet)


def test_the_process_ends_itself_when_nobody_is_there_any_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    acting(monkeypatch, tmp_path, "time.sleep(60)")
    before = apart.command()
    script = Path(before[1])
    script.write_text(script.read_text(encoding="utf-8").replace("import os, time", "import os, time\nchild.MOST_SECONDS = -4.5"), encoding="utf-8")
    with Opener(seconds=20) as opener:
        begun = time.monotonic()
        with pytest.raises(UserError, match=r"scan\.unreadable"):
            opener.count(png(), quiet)
        assert time.monotonic() - begun < 15


def test_it_can_be_stopped_while_a_page_is_drawn(opener: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    acting(monkeypatch, tmp_path, "time.sleep(60)")

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        opener.count(png(), stop)
    assert not opener.alive


def test_a_process_that_does_not_start_is_our_fault(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "command", lambda: [sys.executable, "-c", "pass"])
    with pytest.raises(RuntimeError):
        opener.count(png(), quiet)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads what Linux tells of a process")
def test_the_process_is_given_the_bytes_and_nothing_else(opener: Opener) -> None:
    opener.count(png(), quiet)
    assert opener._process is not None
    place = Path("/proc", str(opener._process.pid))
    held = {os.readlink(one) for one in (place / "fd").iterdir()}
    assert {one.split(":")[0] for one in held} <= {"pipe", "/dev/null"}
    assert place.joinpath("cmdline").read_bytes().split(b"\0")[-2] == child.VERB.encode()
    loaded = place.joinpath("maps").read_text(encoding="utf-8")
    assert "sqlcipher" not in loaded
    assert "PySide6" not in loaded


def test_a_packed_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert apart.command() == [sys.executable, child.VERB]
