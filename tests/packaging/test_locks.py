"""The lock files: everything pinned, everything hashed, no address in them."""

from __future__ import annotations

import re
from pathlib import Path

import environment
import pytest

LINE = re.compile(r"^(?:(?P<pin>[a-z0-9-]+==[^\s;]+)(?: ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?)$")
BOTH = pytest.mark.parametrize("dev", [False, True], ids=["run", "dev"])


def hashes_of(path: Path) -> dict[str, set[str]]:
    """``name==version`` -> its hashes. AssertionError for a line of any other shape."""
    found: dict[str, set[str]] = {}
    pin = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        shape = LINE.match(line)
        assert shape, f"{path.name}: {line!r}"
        if shape["pin"]:
            pin = shape["pin"]
            found.setdefault(pin, set())
        else:
            found[pin].add(line.split("sha256:")[1][:64])
    return found


@BOTH
def test_every_line_is_a_pin_or_a_hash_and_every_pin_has_a_hash(root: Path, dev: bool) -> None:
    found = hashes_of(environment.lock(root, dev))
    assert len(found) > 20
    assert [pin for pin, hashes in found.items() if not hashes] == []


@BOTH
def test_nothing_names_a_place_to_fetch_from(root: Path, dev: bool) -> None:
    text = environment.lock(root, dev).read_text(encoding="utf-8")
    assert re.search(r"https?:|file:|//|index|find-links|trusted|@ ", text) is None


@BOTH
def test_all_that_was_asked_for_is_in_the_lock(root: Path, dev: bool) -> None:
    asked = environment.lock(root, dev).with_suffix(".in").read_text(encoding="utf-8").lower()
    names = {pin.split("==")[0] for pin in hashes_of(environment.lock(root, dev))}
    wanted = re.findall(r"^[a-z0-9-]+", asked, flags=re.MULTILINE)
    assert [name for name in wanted if not name.startswith("-") and name not in names] == []


def test_the_lock_for_developing_holds_the_one_for_running_whole(root: Path) -> None:
    run, dev = hashes_of(environment.lock(root, False)), hashes_of(environment.lock(root, True))
    assert {pin: hashes for pin, hashes in run.items() if dev.get(pin) != hashes} == {}


@BOTH
def test_qt_comes_without_its_browser_engine(root: Path, dev: bool) -> None:
    names = {pin.split("==")[0] for pin in hashes_of(environment.lock(root, dev))}
    assert "pyside6-essentials" in names
    assert not names & {"pyside6", "pyside6-addons"}


def test_a_version_that_breaks_is_named(root: Path, tmp_path: Path) -> None:
    assert environment.unwanted_pins(root) == []
    folder = tmp_path / "packaging"
    folder.mkdir()
    (folder / "requirements.lock").write_text("pyside6-essentials==6.11.3 \\\n", encoding="utf-8")
    (folder / "requirements-dev.lock").write_text("cbor2==1.0 \\\npyside6-essentials==6.12.0 \\\n", encoding="utf-8")
    (named,) = environment.unwanted_pins(tmp_path)
    assert "requirements-dev.lock" in named
    assert "6.12.0" in named
