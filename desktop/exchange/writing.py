"""Putting news on a stick: one file for all trusted sites, from the least of what they have (docs/BUNDLE.md §6, §7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.exchange import carrier, sections
from desktop.exchange.packing import unpack
from desktop.exchange.post import Post
from desktop.exchange.sealing import seal, unseal, with_dummies
from desktop.exchange.sections import Section, beyond, covered
from desktop.exchange.signed import Part, Signed, decode, encode, expect, site_of
from desktop.exchange.trust import Trust, TrustedSite
from desktop.journal.chains import Chain
from desktop.journal.journal import Journal

Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Given:
    """`changes`: entries in the file. `for_sites`: each site with the number of changes that are new to it as far as we know."""

    path: Path
    size: int
    changes: int
    for_sites: tuple[tuple[TrustedSite, int], ...]


@dataclass(frozen=True)
class _Writing:
    contents: Signed
    chains: dict[Folder, list[Chain]]


def missing(versions: Mapping[bytes, int], floor: Mapping[bytes, int]) -> int:
    """How many entries somebody with `floor` lacks of `versions`."""
    return sum(max(0, seq - floor.get(device, 0)) for device, seq in versions.items())


def least(floors: Sequence[Mapping[bytes, int]]) -> dict[bytes, int]:
    """What all of them have."""
    return {device: min(floor.get(device, 0) for floor in floors) for device in floors[0]} if floors else {}


def put(post: Post, trust: Trust, journals: Mapping[Folder, Journal], *, folder: Path, day: str, now: str, step: Step) -> Given:
    """Write the news; afterwards it was read back from the device and opened again, and older files it replaces are gone.

    `step` is told the steps done and all, and may raise to stop: then nothing stays on the stick.
    UserError stick.no_sites. KnownFault: stick.full, disk.readonly, stick.gone, stick.worn_out.
    """
    sites = [site for site in trust.sites() if not site.forked and set(site.folders) & set(journals)]
    if not sites:
        raise UserError("stick.no_sites")
    steps = len(journals) + 3
    step(0, steps)
    writing = _compose(post, trust, journals, sites, day, lambda done: step(done, steps))
    sealed = seal(encode(writing.contents, post.vault.device.sign), writing.contents.recipients)
    step(steps - 2, steps)

    def check(back: bytes) -> None:
        step(steps - 1, steps)
        _check(post, writing, back)
        step(steps, steps)  # the last moment to stop: next the file gets its name

    path = carrier.put(folder, sealed, check)
    carrier.sweep(folder)
    for other in carrier.candidates(folder):
        if other != path and _replaced(post, trust, other, writing):
            carrier.remove(other)
    trust.mark_given([site.root for site in sites], now)
    return Given(path, len(sealed), sum(part.changes for part in writing.contents.parts), tuple(
        (site, sum(missing(journals[one].versions(), trust.floor(site.root, one)) for one in site.folders if one in journals))
        for site in sites
    ))


def _compose(
    post: Post, trust: Trust, journals: Mapping[Folder, Journal], sites: list[TrustedSite], day: str, step: Callable[[int], None]
) -> _Writing:
    made: list[Part] = []
    chains: dict[Folder, list[Chain]] = {}
    for at, (folder, journal) in enumerate(sorted(journals.items(), key=lambda item: item[0].value), 1):
        readers = [site for site in sites if folder in site.folders]
        if readers:
            keys = with_dummies([post.folder_key(folder), *(site.folders[folder] for site in readers)])
            floor = least([trust.floor(site.root, folder) for site in readers])
            journal.checkpoint()
            chains[folder] = list(journal.chains_since(floor))
            made += sections.parts(folder, journal.versions(), chains[folder], keys)
        step(at)
    recipients = with_dummies([post.key, *(site.outer for site in sites)])
    return _Writing(Signed(post.vault.device.public, post.vault.device.certificate, day, recipients, tuple(made)), chains)


def _check(post: Post, writing: _Writing, back: bytes) -> None:
    """Open what the stick gave back, down to the last byte, as a receiver would."""
    signed = decode(unseal(back, post.identity))
    expect([part.sealed for part in signed.parts] == [part.sealed for part in writing.contents.parts])
    for part in signed.parts:
        identity = post.folder_identity(Folder(part.folder))
        if identity is None:
            raise KnownFault("bundle.damaged")
        unpack(unseal(part.sealed, identity))


def _replaced(post: Post, trust: Trust, path: Path, by: _Writing) -> bool:
    """True if this is an older file of ours, and everybody it was for has what is in it or finds it in the new one."""
    try:
        plain = unseal(carrier.read(path), post.identity)
        if site_of(plain) != post.site:
            return False
        return all(_part_replaced(post, trust, part, by) for part in decode(plain).parts)
    except KnownFault:
        return False  # not ours, or not readable: nothing we may take away


def _part_replaced(post: Post, trust: Trust, part: Part, by: _Writing) -> bool:
    folder = sections.folder_of(part)
    identity = post.folder_identity(folder) if folder else None
    if folder is None or identity is None:
        return False
    section = sections.decode(folder, unseal(part.sealed, identity))
    return all(
        _has(trust.floor(site.root, section.folder), section) or _finds(site.folders[section.folder], section, by)
        for site in trust.sites() if site.folders.get(section.folder) in part.recipients
    )


def _has(floor: Mapping[bytes, int], section: Section) -> bool:
    return not any(beyond(chain, floor) for chain in section.chains)


def _finds(key: bytes, section: Section, by: _Writing) -> bool:
    addressed = any(part.folder == section.folder.value and key in part.recipients for part in by.contents.parts)
    return addressed and all(covered(chain, by.chains.get(section.folder, ())) for chain in section.chains)
