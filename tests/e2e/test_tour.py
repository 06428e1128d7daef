"""The whole tour as a program of its own: what it leaves behind, and what it never touches."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import zstandard

from desktop.cli.tour_steps import SEED
from desktop.practice.people import families
from desktop.services import history, integrity, papers, people, vaults
from tests.tree import ROOT

STEP = re.compile(r"^ *(\d+\.\d\d) s  (.+)$", re.MULTILINE)
ZLIB_HEADS, ZSTD_HEAD = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"), b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True)
class Tour:
    """One run: what it printed, where its things lie, and the system calls about networks (None without strace)."""

    printed: str
    out: Path
    calls: str | None


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Tour:
    out = tmp_path_factory.mktemp("tour")
    command = [sys.executable, str(ROOT / "main.py"), "tour", "--out", str(out), "--keep", "--no-pictures"]
    calls, strace = out / "calls", shutil.which("strace")
    if strace:
        command = [strace, "-f", "-qq", "-e", "trace=%network", "-o", str(calls), *command]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=110, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return Tour(done.stdout, out, calls.read_text(encoding="utf-8") if strace else None)


def names() -> list[str]:
    """Every name that was typed in, whole."""
    invented = [*families(SEED, 12), next(families(SEED + 1, 1)), next(families(SEED + 101, 1))]
    return [name for family in invented for person in family.people for name in (person.name_my, person.name_roman)]


def files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                yield path


def unpacked(data: bytes) -> Iterator[bytes]:
    """The data, and whatever in it can be unpacked."""
    yield data
    for head in ZLIB_HEADS:
        at = data.find(head)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(data[at:], 1 << 20)
            at = data.find(head, at + 1)
    if ZSTD_HEAD in data:
        with suppress(zstandard.ZstdError):
            yield zstandard.ZstdDecompressor().decompress(data[data.find(ZSTD_HEAD):], max_output_size=1 << 24)


def found_in(data: bytes, wanted: list[str]) -> list[str]:
    """Names that stand in the data, in any of the usual encodings."""
    return [
        name for name in wanted for encoding in ("utf-8", "utf-16-le", "utf-16-be") if any(name.encode(encoding) in one for one in unpacked(data))
    ]


def test_every_step_is_told_with_its_time(tour: Tour) -> None:
    steps = STEP.findall(tour.printed)
    assert len(steps) >= 15
    assert "12 households" in tour.printed
    assert "settled there too" in tour.printed
    assert sum(float(seconds) for seconds, _ in steps) < 60


def test_the_papers_lie_there(tour: Tour) -> None:
    """Every document that a tour has something for: all but those of a form that somebody chose, and guidance."""
    printed = {path.stem for path in (tour.out / "papers").glob("*.pdf")}
    assert printed == {kind.code for kind in papers.documents()} - {"blank_form", "filled_form", "guidance_sheet"} | {"recovery_sheet", "site_card"}
    assert len(printed) >= 16
    of_households = list((tour.out / "papers" / "households").glob("*.pdf"))
    assert len(of_households) == 2 * 12
    assert all(path.read_bytes().startswith(b"%PDF") for path in (tour.out / "papers").rglob("*.pdf"))


def test_no_name_can_be_read_anywhere_else(tour: Tour) -> None:
    wanted = names()
    assert found_in(f"-- {wanted[0]} --".encode("utf-16-le"), wanted) == [wanted[0]]
    assert found_in(zlib.compress(wanted[1].encode()), wanted) == [wanted[1]]
    searched = 0
    places = {Path(tempfile.gettempdir()), Path(os.environ["HOME"]), tour.out / "vaults"}
    for path in files(*places):
        assert found_in(path.read_bytes(), wanted) == [], path.name
        searched += 1
    assert searched >= 8


def test_only_its_owner_may_read_the_vault(tour: Tour) -> None:
    for site in ("river", "school"):
        folder = tour.out / "vaults" / site
        assert folder.stat().st_mode & 0o077 == 0
        assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*"))


@pytest.mark.needs("strace")
def test_no_network_is_touched(tour: Tour) -> None:
    assert tour.calls is not None
    assert not [line for line in tour.calls.splitlines() if "AF_INET" in line or "AF_NETLINK" in line or "AF_PACKET" in line]


def test_the_vaults_open_again_and_agree(tour: Tour) -> None:
    sessions = []
    for site in ("river", "school"):
        passphrase = (tour.out / "vaults" / f"{site}.passphrase").read_text(encoding="utf-8").strip()
        sessions.append(vaults.open_vault(tour.out / "vaults" / site, passphrase=passphrase))
    river, school = sessions
    try:
        for session in sessions:
            assert integrity.redraw(session) == ()
            assert history.conflicts(session) == []
            assert session.vault.damaged() == []
        assert people.find(river).total == people.find(school).total > 12
        assert people.find(river, query=names()[1]).keys
    finally:
        for session in sessions:
            session.close()


def test_nothing_stays_behind_without_being_asked(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "tour", "--out", str(tmp_path / "out"), "--no-pictures", "--language", "my"]
    before = set(files(Path(os.environ["HOME"]), Path(tempfile.gettempdir())))
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=110, check=True)
    assert "စတစ်" in done.stdout
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["papers"]
    after = {path for path in files(Path(os.environ["HOME"]), Path(tempfile.gettempdir())) if tmp_path not in path.parents}
    assert after - before == set()
