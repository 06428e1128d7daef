"""The catalogue reads compiled translations, and makes do without them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.words import catalogue

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of Burmese translations, in the place of the program's own."""
    _forget()
    monkeypatch.setattr(catalogue, "folder", lambda *parts: tmp_path.joinpath(*parts[2:]))
    yield tmp_path
    _forget()


def _forget() -> None:
    catalogue._area.cache_clear()
    catalogue._catalogue.cache_clear()


def write(folder: Path, burmese: str) -> Path:
    source = folder / "window.po"
    source.write_text(f'{HEADER}#, fuzzy\nmsgid "Today"\nmsgstr "{burmese}"\n', encoding="utf-8")
    return source


def test_drafts_are_used_and_what_is_missing_stays_english(folder: Path) -> None:
    write(folder, "ယနေ့")
    assert catalogue.translate("Today", "my") == "ယနေ့"
    assert catalogue.translate("Today", "en") == "Today"
    assert catalogue.translate("Tomorrow", "my") == "Tomorrow"
    assert catalogue.known("Today", "my")
    assert not catalogue.known("Tomorrow", "my")
    assert catalogue.translate_in("window", "Today", "my") == "ယနေ့"


def test_an_older_compiled_file_is_not_believed(folder: Path) -> None:
    source = write(folder, "အဟောင်း")
    compiled = source.with_suffix(".mo")
    compiled.write_bytes(catalogue.compile_source(source))
    write(folder, "ယနေ့")
    os.utime(compiled, (1, 1))
    assert catalogue.translate("Today", "my") == "ယနေ့"


def test_the_compiled_file_alone_suffices(folder: Path) -> None:
    source = write(folder, "ယနေ့")
    source.with_suffix(".mo").write_bytes(catalogue.compile_source(source))
    source.unlink()
    assert catalogue.sources("my") == [source]
    assert catalogue.translate("Today", "my") == "ယနေ့"
    assert catalogue.translate_in("window", "Today", "my") == "ယနေ့"
