"""Which kept files go on a stick: what the sites lack, never given before first, small before big, as far as there is room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import KnownFault
from desktop.domain.folders import Folder
from desktop.exchange import blobs, carrier
from desktop.exchange.blobs import Shelf
from desktop.exchange.post import Post
from desktop.exchange.sealing import unseal
from desktop.exchange.signed import Signed, decode, site_of
from desktop.exchange.trust import Trust, TrustedSite

FILES_MOST = 1 << 30
"""Bytes of kept files on one stick, if nobody says otherwise."""
LOAD = 24 << 20  # of kept files in one bundle: some seven times as much is in memory at once
_MARGIN = 1.13  # what padding may add
_SLACK = 4 << 20


@dataclass(frozen=True)
class Freight:
    """A kept file that sites lack. `length`: bytes on the disk."""

    folder: Folder
    name: str
    length: int


@dataclass(frozen=True)
class Lading:
    """`loads`: what goes into each bundle, the first one beside the news. `left`: how many go another time."""

    loads: tuple[tuple[Freight, ...], ...]
    left: int


@dataclass(frozen=True)
class Carrying:
    """A file of ours on the stick. `files`: (folder, name) of the kept files in it and the age keys they are for. `plain`: it carries
    nothing else."""

    path: Path
    files: Mapping[tuple[str, str], frozenset[bytes]]
    plain: bool


def lacking(trust: Trust, site: TrustedSite, folder: Folder, shelf: Shelf) -> frozenset[str]:
    """The blobs that the site lacks as far as we know: of records it had not heard of when it told us last, and those it asked for."""
    told, floor = trust.wanted(site.root, folder), trust.floor(site.root, folder)
    return frozenset(
        blob.name for record, blob in shelf.listed(folder)
        if told is None or blob.name in told or record.seq > floor.get(record.device, 0)
    )


def laded(
    trust: Trust, shelf: Shelf, sites: Sequence[TrustedSite], folders: Iterable[Folder], older: Sequence[Carrying], room: int, most: int
) -> Lading:
    """What goes, of these open folders. `room`: bytes free on the stick, `most`: bytes of kept files that are wanted on it."""
    here = shelf.store.names()
    wanted: dict[tuple[Folder, str], set[bytes]] = {}
    for folder in folders:
        for site in sites:
            if folder in site.folders:
                for name in lacking(trust, site, folder, shelf) & here:
                    wanted.setdefault((folder, name), set()).add(site.folders[folder])
    freight = [
        Freight(folder, name, shelf.store.length(name) or 0) for (folder, name), keys in wanted.items()
        if not any(keys <= one.files.get((folder.value, name), frozenset()) for one in older)
    ]
    given = trust.files_given()
    freight.sort(key=lambda one: (given.get(one.name, 0), one.length, one.name))
    return _loaded(freight, min(most, int((room - _SLACK) / _MARGIN)))


def _loaded(freight: list[Freight], room: int) -> Lading:
    loads: list[list[Freight]] = [[]]
    size, left = 0, 0
    for one in freight:
        if one.length > room:
            left += 1
            continue
        room -= one.length
        if loads[-1] and (size + one.length > LOAD or len(loads[-1]) >= blobs.MOST_BLOBS):
            loads.append([])
            size = 0
        loads[-1].append(one)
        size += one.length
    return Lading(tuple(tuple(load) for load in loads), left)


def older_files(post: Post, folder: Path) -> list[Carrying]:
    """Files of ours on the stick that carry kept files."""
    found = []
    for path in carrier.candidates(folder):
        try:
            plain = unseal(carrier.read(path), post.identity)
            if site_of(plain) == post.site:
                found.append(carrying(path, decode(plain)))
        except KnownFault:
            continue  # not ours, or not readable
    return [one for one in found if one.files]


def carrying(path: Path, signed: Signed) -> Carrying:
    """What is in a file of ours, without the bytes."""
    files = {
        (part.folder, name): frozenset(part.recipients) for part in signed.parts if part.kind == blobs.FILES for name, _ in blobs.blobs(part)
    }
    return Carrying(path, files, all(part.kind == blobs.FILES for part in signed.parts))


def needless(post: Post, trust: Trust, shelf: Shelf, one: Carrying, new: Iterable[Carrying]) -> bool:
    """True if everybody whom the kept files in an older file were for has them, or finds them in the new ones."""
    brought: dict[tuple[str, str], frozenset[bytes]] = {}
    for other in new:
        brought.update(other.files)
    for site in trust.sites():
        for folder, key in site.folders.items():
            carried = {name for (of, name), keys in one.files.items() if of == folder.value and key in keys}
            awaited = {name for name in carried if key not in brought.get((folder.value, name), ())}
            if awaited and (folder not in post.folders or awaited & lacking(trust, site, folder, shelf)):
                return False
    return True
