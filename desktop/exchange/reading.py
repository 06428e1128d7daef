"""Reading news from a stick: all of it is checked before anything is taken in; the stick is never written (docs/BUNDLE.md §8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.domain.errors import KnownFault
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.exchange import blobs, carrier, sections
from desktop.exchange.blobs import Brought, Shelf
from desktop.exchange.post import Post
from desktop.exchange.sealing import unseal
from desktop.exchange.sections import Section
from desktop.exchange.signed import Part, Signed, decode, expect, site_of
from desktop.exchange.trust import Trust, TrustedSite
from desktop.journal.chains import Chain
from desktop.journal.codec import Damaged
from desktop.journal.journal import Journal
from desktop.journal.receive import Received


@dataclass(frozen=True)
class News:
    """A file that was checked whole. `sections` are for folders that are shared and open here, `kept` for those that are shared and
    closed, `unshared` names folders that the sender shares with us and we not with it. `brought` are kept files; `wanted` says, for a folder,
    which ones the sender lacks."""

    site: TrustedSite
    day: str
    sealed: bytes
    sections: tuple[Section, ...]
    kept: tuple[Part, ...]
    unshared: frozenset[Folder]
    brought: Brought = field(default_factory=Brought)
    wanted: Mapping[Folder, frozenset[str] | None] = field(default_factory=dict)


def news(post: Post, trust: Trust, path: Path, data: bytes) -> News:
    """The news in a file, nothing of it taken in yet.

    KnownFault: bundle.foreign, bundle.damaged, bundle.unknown_sender, bundle.newer, bundle.too_big, bundle.fork (site).
    """
    plain = _opened(post, path, data)
    site = _sender(post, trust, plain)
    signed = decode(plain)
    if post.key not in signed.recipients:
        raise KnownFault("bundle.foreign")
    return _sorted(post, site, signed, data)


def is_ours(post: Post, path: Path, data: bytes) -> bool:
    """True if we wrote this file ourselves. KnownFault: bundle.foreign, bundle.damaged, bundle.newer."""
    return site_of(_opened(post, path, data)) == post.site


def _opened(post: Post, path: Path, data: bytes) -> bytes:
    try:
        return unseal(data, post.identity)
    except KnownFault as fault:
        if fault.code == "bundle.foreign" and carrier.name_fits(path, data) is False:
            raise KnownFault("bundle.damaged") from None
        raise


def _sender(post: Post, trust: Trust, plain: bytes) -> TrustedSite:
    root = site_of(plain)
    if root == post.site:
        raise KnownFault("bundle.foreign")
    site = trust.site(root)
    if site is None:
        raise KnownFault("bundle.unknown_sender")
    if site.forked:
        raise KnownFault("bundle.fork", site=site.nickname)
    return site


def _sorted(post: Post, site: TrustedSite, signed: Signed, data: bytes) -> News:
    ours = [(part, folder) for part in signed.parts for folder in [_folder_of(part)] if folder and post.folder_key(folder) in part.recipients]
    shared = [(part, folder) for part, folder in ours if folder in site.folders]
    opened = [(part, folder) for part, folder in shared if folder in post.folders]
    told = [(part, folder) for part, folder in shared if part.kind != blobs.FILES]
    return News(
        site, signed.day, data,
        sections=tuple(section(post, folder, part.sealed) for part, folder in opened if part.kind == sections.KIND),
        kept=tuple(part for part, folder in told if folder not in post.folders),
        unshared=frozenset(folder for part, folder in ours if folder not in site.folders),
        brought=_brought(post, shared),
        wanted={folder: blobs.wanted_in(_inner(post, folder, part.sealed)) for part, folder in opened if part.kind == blobs.WANTED},
    )


def _folder_of(part: Part) -> Folder | None:
    return next((folder for kind in (sections.KIND, blobs.FILES, blobs.WANTED) if (folder := sections.folder_of(part, kind))), None)


def _brought(post: Post, shared: Sequence[tuple[Part, Folder]]) -> Brought:
    found = [(folder, name, sealed) for part, folder in shared if part.kind == blobs.FILES for name, sealed in blobs.blobs(part)]
    if len(found) > blobs.MOST_BLOBS:
        raise KnownFault("bundle.too_big")
    return Brought(
        tuple(one for one in found if one[0] in post.folders), tuple((name, sealed) for folder, name, sealed in found if folder not in post.folders)
    )


def section(post: Post, folder: Folder, sealed: bytes) -> Section:
    """The section in a sealed part for an open folder. KnownFault: bundle.damaged, bundle.too_big."""
    return sections.decode(folder, _inner(post, folder, sealed))


def _inner(post: Post, folder: Folder, sealed: bytes) -> bytes:
    identity = post.folder_identity(folder)
    expect(identity is not None)
    try:
        return unseal(sealed, identity)
    except KnownFault:
        raise KnownFault("bundle.damaged") from None  # the signed list says that it is for us


@dataclass(frozen=True)
class Taken:
    """What came in. `new`: entries that were not here. `created`, `changed`: records by folder; `differing`: fields with two different
    answers that came up. `waiting`: changes kept sealed. `files`: kept files whose content came. `parked`: entries kept until those before them come. `forked`: nicknames
    of sites found to have signed two different histories (a root key in hex for one that we do not know)."""

    new: int = 0
    created: Mapping[Folder, frozenset[RecordId]] = field(default_factory=dict)
    changed: Mapping[Folder, frozenset[RecordId]] = field(default_factory=dict)
    differing: tuple[tuple[Folder, RecordId, str], ...] = ()
    waiting: int = 0
    parked: int = 0
    forked: tuple[str, ...] = ()
    files: int = 0

    @property
    def nothing(self) -> bool:
        """True if everything in it was here already."""
        return not (self.new or self.waiting or self.parked or self.forked or self.files)

    def and_(self, other: Taken) -> Taken:
        """Both together; `parked` is what is parked after the other."""
        return Taken(
            self.new + other.new, _both(self.created, other.created), _both(self.changed, other.changed),
            self.differing + other.differing, self.waiting + other.waiting, other.parked, self.forked + other.forked,
            self.files + other.files,
        )


_Records = Mapping[Folder, frozenset[RecordId]]


def _both(one: _Records, other: _Records) -> _Records:
    return {folder: one.get(folder, frozenset()) | other.get(folder, frozenset()) for folder in {*one, *other}}


def take(trust: Trust, journals: Mapping[Folder, Journal], shelf: Shelf, news: News, stop: Callable[[], None]) -> Taken:
    """Take checked news in: all folders or none, but for a power cut in the very last moment, after which reading again does the rest.
    Kept files come after the entries that say what they are; one that does not come to the end stays wanted.

    `stop` is called before each folder and a last time before all is kept; it may raise: then nothing was changed. KnownFault: bundle.damaged (an entry does not hold), disk.full.
    """
    fresh = not trust.was_read(news.sealed)
    taken = _apply(trust, journals, [(section, news.site.root, fresh) for section in news.sections], stop)
    waiting = 0
    with trust.home.transaction():
        for folder, names in news.wanted.items() if fresh else ():
            trust.set_wanted(news.site.root, folder, names)
        for part in news.kept:
            kept = trust.keep(news.site.root, Folder(part.folder), news.day, part.changes, fresh, part.sealed, part.kind)
            waiting += part.changes if kept else 0
        trust.mark_read(news.sealed, news.site.root, news.day)
    return replace(taken, waiting=waiting, files=blobs.take(shelf, news.brought))


def take_waiting(post: Post, trust: Trust, journals: Mapping[Folder, Journal], shelf: Shelf) -> Taken:
    """Take in what waited for the folders that are open now. A part that does not hold is dropped: its site gives it again."""
    taken = Taken()
    for part in trust.waiting(journals):
        try:
            if part.kind == blobs.WANTED:
                names = blobs.wanted_in(_inner(post, part.folder, part.sealed))
                trust.set_wanted(part.root, part.folder, names if part.fresh else trust.wanted(part.root, part.folder))
            else:
                opened = section(post, part.folder, part.sealed)
                taken = taken.and_(_apply(trust, journals, [(opened, part.root, part.fresh)], lambda: None))
        except KnownFault as fault:
            if not fault.code.startswith("bundle."):
                raise
        trust.taken(part)
    return replace(taken, files=blobs.take_waiting(shelf, journals))


def _apply(
    trust: Trust, journals: Mapping[Folder, Journal], found: Sequence[tuple[Section, bytes, bool]], stop: Callable[[], None]
) -> Taken:
    """Take sections (section, root key of who gave it, whether what it says is news) into their folders, in one go."""
    by_folder: dict[Folder, list[Chain]] = {}
    for given, _, _ in found:
        by_folder.setdefault(given.folder, []).extend(given.chains)
    received: dict[Folder, Received] = {}
    with ExitStack() as together:
        for folder, chains in by_folder.items():
            stop()
            together.enter_context(journals[folder].database.transaction())
            try:
                received[folder] = journals[folder].receive(chains, _roots(trust, journals[folder], chains))
            except Damaged:
                raise KnownFault("bundle.damaged") from None
        stop()
    with trust.home.transaction():
        for given, root, fresh in found:
            if fresh:
                trust.set_floor(root, given.folder, given.versions)
                trust.set_wanted(root, given.folder, None)  # until it says more
        forked = {journals[folder].devices.by_public[device].site for folder, one in received.items() for device in one.forks}
        for root in forked:
            trust.mark_forked(root)
    nicknames = {site.root: site.nickname for site in trust.sites()}
    return Taken(
        new=sum(one.entries for one in received.values()),
        created={folder: frozenset(one.new) for folder, one in received.items() if one.new},
        changed={folder: frozenset(one.changed) for folder, one in received.items() if one.changed},
        differing=tuple((folder, record, name) for folder, one in received.items() for record, name in one.conflicts),
        parked=sum(one.parked for one in received.values()),
        forked=tuple(sorted(nicknames.get(root, root.hex()[:8]) for root in forked)),
    )


def _roots(trust: Trust, journal: Journal, chains: Sequence[Chain]) -> frozenset[bytes]:
    """The sites whose entries are taken: all that a trusted site carries, but for those we stopped trusting. Every piece proves itself, and
    a site that is trusted with a folder could write the same in its own name."""
    carried = {chain.certificate[:32] for chain in (*chains, *journal.parking.waiting())}
    return frozenset(carried) - trust.stopped()
