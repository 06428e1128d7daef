"""Putting news on a stick: one file for all trusted sites, from the least of what they have (docs/BUNDLE.md §7, §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.exchange import blobs, carrier, sections
from desktop.exchange.blobs import Shelf
from desktop.exchange.lading import FILES_MOST, Carrying, Freight, Lading, carrying, laded, needless, older_files
from desktop.exchange.packing import unpack
from desktop.exchange.post import Post
from desktop.exchange.sealing import seal, unseal, with_dummies
from desktop.exchange.sections import Section, beyond, covered
from desktop.exchange.signed import Part, Signed, decode, encode, expect, site_of
from desktop.exchange.trust import Trust, TrustedSite
from desktop.journal.chains import Chain
from desktop.journal.journal import Journal
from desktop.vault.files import FileStore

Step = Callable[[int, int], None]
_STEPS = 3  # of writing one file


@dataclass(frozen=True)
class Given:
    """`path`: the file with the news, `size`: bytes of it and of those with more kept files. `changes`: entries in it. `for_sites`: each
    site with the number of changes that are new to it as far as we know. `files`: kept files that were put there, `left`: those for which there was no room."""

    path: Path
    size: int
    changes: int
    for_sites: tuple[tuple[TrustedSite, int], ...]
    files: int = 0
    left: int = 0


@dataclass(frozen=True)
class _Writing:
    """What goes into a file. `keys`: to whom the parts of each folder are sealed."""

    contents: Signed
    chains: dict[Folder, list[Chain]]
    keys: dict[Folder, tuple[bytes, ...]]

    def with_files(self, load: Sequence[Freight], store: FileStore) -> _Writing:
        """With these kept files in it."""
        by_folder = {one.folder: [other.name for other in load if other.folder is one.folder] for one in load}
        made = [part for folder, names in by_folder.items() for part in blobs.parts(folder, names, store, self.keys[folder])]
        return replace(self, contents=replace(self.contents, parts=(*self.contents.parts, *made)))

    def files_only(self) -> _Writing:
        """The same without the news."""
        return replace(self, contents=replace(self.contents, parts=()), chains={})


def missing(versions: Mapping[bytes, int], floor: Mapping[bytes, int]) -> int:
    """How many entries somebody with `floor` lacks of `versions`."""
    return sum(max(0, seq - floor.get(device, 0)) for device, seq in versions.items())


def least(floors: Sequence[Mapping[bytes, int]]) -> dict[bytes, int]:
    """What all of them have."""
    return {device: min(floor.get(device, 0) for floor in floors) for device in floors[0]} if floors else {}


def put(
    post: Post, trust: Trust, journals: Mapping[Folder, Journal], shelf: Shelf, *, folder: Path, day: str, now: str, step: Step,
    files_most: int = FILES_MOST,
) -> Given:
    """Write the news; afterwards it was read back from the device and opened again, and older files it replaces are gone. Kept files that
    sites lack go with it, and in further files, as far as there is room and at most `files_most` bytes; the news never waits for them.

    `step` is told the steps done and all, and may raise to stop: then nothing stays on the stick, but for files already finished.
    UserError stick.no_sites. KnownFault: stick.full, disk.readonly, stick.gone, stick.worn_out.
    """
    sites = [site for site in trust.sites() if not site.forked and set(site.folders) & set(journals)]
    if not sites:
        raise UserError("stick.no_sites")
    steps = len(journals) + _STEPS
    step(0, steps)
    news = _compose(post, trust, journals, shelf, sites, day, lambda done: step(done, steps))
    older = older_files(post, folder)
    room = carrier.room(folder) - sum(len(part.sealed) for part in news.contents.parts)
    lading = laded(trust, shelf, sites, sorted(news.keys, key=lambda one: one.value), older, room, files_most)
    written: list[tuple[Carrying, int]] = []
    for one, size in _written(post, shelf, news, lading, folder, len(journals), step):
        written.append((one, size))
        trust.count_given(name for _, name in one.files)
        if len(written) == 1:
            trust.mark_given([site.root for site in sites], now)
    new = [one for one, _ in written]
    _clear(post, trust, shelf, folder, older, new, news)
    return Given(new[0].path, sum(size for _, size in written), sum(part.changes for part in news.contents.parts), tuple(
        (site, sum(missing(journals[one].versions(), trust.floor(site.root, one)) for one in site.folders if one in journals))
        for site in sites
    ), sum(len(one.files) for one in new), lading.left + sum(len(load) for load in lading.loads[len(written) :]))


def _written(
    post: Post, shelf: Shelf, news: _Writing, lading: Lading, folder: Path, done: int, step: Step
) -> Iterator[tuple[Carrying, int]]:
    """Each file in turn and its length, when it is on the stick. The first holds the news; when there is no room for another one, what was
    to be in it goes another time. `done`: the steps done already."""
    steps = done + _STEPS * len(lading.loads)
    for at, load in enumerate(lading.loads):
        writing = (news if at == 0 else news.files_only()).with_files(load, shelf.store)
        begun = done + _STEPS * at
        try:
            path, size = _put(post, writing, folder, lambda more, begun=begun: step(begun + more, steps))  # type: ignore[misc]
        except KnownFault as fault:
            if at == 0 or fault.code != "stick.full":
                raise
            step(steps, steps)
            return
        yield carrying(path, writing.contents), size


def _put(post: Post, writing: _Writing, folder: Path, step: Callable[[int], None]) -> tuple[Path, int]:
    """One file: sealed, written, read back and checked. Its name and length."""
    sealed = seal(encode(writing.contents, post.vault.device.sign), writing.contents.recipients)
    step(1)

    def check(back: bytes) -> None:
        step(2)
        _check(post, writing, back)
        step(_STEPS)  # the last moment to stop: next the file gets its name

    return carrier.put(folder, sealed, check), len(sealed)


def _clear(
    post: Post, trust: Trust, shelf: Shelf, folder: Path, older: Sequence[Carrying], new: Sequence[Carrying], news: _Writing
) -> None:
    """Take away what was cut short before, and older files of ours that nobody needs any more."""
    carrier.sweep(folder)
    known, ours = {one.path: one for one in older}, {one.path for one in new}
    for path in carrier.candidates(folder):
        one = known.get(path)
        if path in ours or (one and not needless(post, trust, shelf, one, new)):
            continue
        if (one and one.plain) or _replaced(post, trust, path, news):
            carrier.remove(path)


def _compose(
    post: Post, trust: Trust, journals: Mapping[Folder, Journal], shelf: Shelf, sites: list[TrustedSite], day: str, step: Callable[[int], None]
) -> _Writing:
    made: list[Part] = []
    chains: dict[Folder, list[Chain]] = {}
    sealed_to: dict[Folder, tuple[bytes, ...]] = {}
    for at, (folder, journal) in enumerate(sorted(journals.items(), key=lambda item: item[0].value), 1):
        readers = [site for site in sites if folder in site.folders]
        if readers:
            keys = sealed_to[folder] = with_dummies([post.folder_key(folder), *(site.folders[folder] for site in readers)])
            floor = least([trust.floor(site.root, folder) for site in readers])
            journal.checkpoint()
            chains[folder] = list(journal.chains_since(floor))
            made += sections.parts(folder, journal.versions(), chains[folder], keys)
            if shelf.known(folder):
                made.append(blobs.wanted_part(folder, shelf.missing(folder), keys))
        step(at)
    recipients = with_dummies([post.key, *(site.outer for site in sites)])
    return _Writing(Signed(post.vault.device.public, post.vault.device.certificate, day, recipients, tuple(made)), chains, sealed_to)


def _check(post: Post, writing: _Writing, back: bytes) -> None:
    """Open what the stick gave back, down to the last byte, as a receiver would."""
    signed = decode(unseal(back, post.identity))
    expect([part.sealed for part in signed.parts] == [part.sealed for part in writing.contents.parts])
    for part in signed.parts:
        if part.kind == blobs.FILES:
            continue  # the same bytes that the store gave
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
    if part.kind in (blobs.FILES, blobs.WANTED):
        return True  # files were looked at before; what we want is said anew
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
