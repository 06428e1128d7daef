"""What lies on a stick: files for us, files for others, site cards. Reads only, takes nothing in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import KnownFault
from desktop.domain.folders import Folder
from desktop.exchange import cards, carrier, reading
from desktop.exchange.blobs import Shelf
from desktop.exchange.post import Post
from desktop.exchange.sealing import looks_sealed
from desktop.exchange.sections import beyond
from desktop.exchange.trust import Trust


@dataclass(frozen=True)
class Found:
    """`problem` is the code of why it cannot be read; then `day` and `changes` are empty, and `site` where it is not known. `files`:
    kept files in it whose content is not here."""

    path: Path
    site: str
    day: str
    changes: int
    fresh: bool
    problem: str = ""
    files: int = 0
    news: bool = True  # False: it carries kept files only, and is to be read after those that carry news


@dataclass(frozen=True)
class Seen:
    """What lies in a folder of a stick."""

    bundles: tuple[Found, ...]
    foreign: int
    cards: tuple[Path, ...]


def looked(post: Post, trust: Trust, folder: Path, versions: Mapping[Folder, Mapping[bytes, int]], shelf: Shelf) -> Seen:
    """The files in a folder, newest day first, those with news before those with kept files only. `versions`: what is had here, of each open folder. KnownFault: stick.gone, disk.readonly."""
    bundles: list[Found] = []
    foreign, found_cards = 0, []
    for path in carrier.candidates(folder):
        start = _beginning(path)
        if start is None:
            foreign += 1
        elif cards.looks_like_card(start):
            found_cards.append(path)
        elif looks_sealed(start):
            try:
                found = _look_into(post, trust, path, versions, shelf)
            except KnownFault as fault:
                if fault.code == "bundle.foreign":
                    foreign += 1
                    continue
                found = Found(path, str(fault.fields.get("site", "")), "", 0, False, fault.code)
            bundles += [found] if found else []
    return Seen(tuple(sorted(bundles, key=lambda one: (one.day, one.news), reverse=True)), foreign, tuple(found_cards))


def _beginning(path: Path) -> bytes | None:
    """The first bytes of a file; None if this one file may not be read, which must not hide the others."""
    try:
        return carrier.beginning(path)
    except KnownFault as fault:
        if fault.code == "stick.gone":
            raise
        return None


def _look_into(
    post: Post, trust: Trust, path: Path, versions: Mapping[Folder, Mapping[bytes, int]], shelf: Shelf
) -> Found | None:
    data = carrier.read(path)
    if reading.is_ours(post, path, data):
        return None
    news = reading.news(post, trust, path, data)
    new = sum(beyond(chain, versions[section.folder]) for section in news.sections for chain in section.chains)
    new += sum(part.changes for part in news.kept if not trust.knows(part.sealed))
    files = sum(shelf.store.length(name) is None for _, name, _ in news.brought.opened)
    return Found(path, news.site.nickname, news.day, new, not trust.was_read(data), "", files, bool(news.sections or news.kept))
