"""Trust other sites; put news on a stick; read a stick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop.domain import codes
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import answered
from desktop.exchange import cards, carrier, drives, lading, reading, writing
from desktop.exchange.blobs import Shelf
from desktop.exchange.looking import looked
from desktop.exchange.post import Post
from desktop.exchange.trust import Trust, TrustedSite
from desktop.journal.journal import Journal
from desktop.services import history, homes, late_answers
from desktop.services.form_conflicts import is_added
from desktop.services.progress import Progress, silent
from desktop.services.projections import files
from desktop.services.projections.submissions import asked_about
from desktop.services.reading import may_know
from desktop.services.session import Session
from desktop.words.spoken import words as spoken

MOST_LINES = 500
FILES_MOST = lading.FILES_MOST
"""Bytes of photos and other kept files that go on a stick, if nobody says otherwise."""
_SITE = Changes(frozenset({"site"}))


@dataclass(frozen=True)
class SiteCard:
    """What two sites show each other. `words` are the fingerprint, read aloud; `data` is what the QR code and the file hold: text of
    the alphanumeric set, at most 500 bytes. `folders`: those the site has a key for."""

    nickname: str
    words: tuple[str, ...]  # twelve
    data: bytes


@dataclass(frozen=True)
class Site:
    """Another site that we trust."""

    id: str
    nickname: str
    words: tuple[str, ...]
    since: str
    folders: frozenset[Folder]  # which folders we share with it
    to_go: int  # changes it did not say it has, in the folders that are open here
    last_heard: str  # ISO day its newest news was written; "" if there was none
    last_given: str  # ISO minute; "" if never
    waiting: int  # changes that came for folders nobody has opened yet
    stopped: bool  # quarantined: it signed two different histories
    files_to_go: int = 0  # photos and other kept files that it lacks as far as we know, in the folders that are open here


@dataclass(frozen=True)
class Stick:
    """A drive, or a folder chosen in its place."""

    path: Path
    name: str
    free: int  # bytes
    writable: bool


@dataclass(frozen=True)
class Bundle:
    """A file on a stick that is for us. `site` is the sender; `fresh` is False if we read it before. `problem` is the code of the
    sentence that says why it cannot be read ("" if it can); then only `path` is known, and `site` where it is."""

    path: Path
    site: str
    written: str  # ISO day
    changes: int  # that are new here
    fresh: bool
    problem: str = ""
    files: int = 0  # kept files in it whose content is not here yet


@dataclass(frozen=True)
class Look:
    """What lies on a stick."""

    bundles: tuple[Bundle, ...]
    foreign: int  # files that look like ours but are not for us
    cards: tuple[Path, ...]  # site cards on the stick


@dataclass(frozen=True)
class Put:
    """What was written on a stick, and for whom."""

    path: Path
    size: int
    changes: int
    for_sites: tuple[tuple[str, int], ...]  # (nickname, changes)
    files: int = 0  # photos and other kept files that were put there
    files_left: int = 0  # those for which there was no room: they go another time


@dataclass(frozen=True)
class Read:
    """What reading a file brought."""

    site: str
    written: str
    new_people: int
    new_contacts: int
    other_changes: int
    decisions: int  # two different answers that came up
    waiting: int  # changes kept sealed for a folder this volunteer cannot open
    already: bool  # everything in it was known
    lines: tuple[tuple[str, str, str], ...]  # (what: new/changed/differs, record title, field name or "")
    unshared: frozenset[Folder] = frozenset()  # they share these with us and we not with them: nothing was taken from them
    stopped: tuple[str, ...] = ()  # sites found to have signed two different histories; nothing more is taken from them
    files: int = 0  # photos and other kept files whose content came
    files_awaited: int = 0  # those that are known here and have not come yet, from whomever


def my_card(session: Session) -> SiteCard:
    """Our card, for paper and for the screen."""
    post = Post(session.vault)
    return SiteCard(session.site, cards.words(post.card(session.site).keys, spoken()), post.card_data(session.site))


def save_card(session: Session, *, folder: Path) -> Path:
    """Write the site card as a file with a neutral name. KnownFault: stick.full, disk.readonly, stick.gone."""
    return carrier.put(folder, my_card(session).data, lambda back: None)


def read_card(session: Session, *, source: Path | bytes) -> SiteCard:
    """UserError: card.not_a_card, card.damaged, card.newer, card.our_own, card.known (site), card.changed (site), card.name_taken (site).
    KnownFault: stick.gone."""
    data = source if isinstance(source, bytes) else carrier.beginning(source, 4096)
    card = cards.decode(data)
    if card.root == session.vault.site_public:
        raise UserError("card.our_own")
    _trust(session).check(card)
    return SiteCard(card.nickname, cards.words(card.keys, spoken()), data.strip())


def trust(session: Session, *, card: SiteCard, folders: frozenset[Folder]) -> Changes:
    """After the words were compared. Coordinators only (UserError role.not_allowed); UserError as for `read_card`."""
    session.require(coordinates=True)
    decoded = cards.decode(read_card(session, source=card.data).data)
    _trust(session).add(decoded, folders, session.moment())
    session.vault.audit("site_trusted", site=decoded.root.hex(), folders=" ".join(sorted(folder.value for folder in folders)))
    return _SITE


def share(session: Session, *, site: str, folders: frozenset[Folder]) -> Changes:
    """Share just these folders with a trusted site from now on. Coordinators only. UserError: role.not_allowed, site.missing."""
    session.require(coordinates=True)
    found = _site(session, site)
    _trust(session).share(found.root, folders)
    session.vault.audit("site_shared", site=site, folders=" ".join(sorted(folder.value for folder in folders)))
    return _SITE


def stop_trust(session: Session, *, site: str) -> Changes:
    """Give it nothing and take nothing from it any more. Coordinators only. UserError: role.not_allowed, site.missing."""
    session.require(coordinates=True)
    found = _site(session, site)
    _trust(session).remove(found.root, session.moment())
    session.vault.audit("site_stopped", site=site)
    return _SITE


def sites(session: Session) -> list[Site]:
    """The sites we trust, in the order of their nicknames."""
    known = _trust(session)
    have = {folder: journal.versions() for folder, journal in _journals(session).items()}
    shelf, here = _shelf(session), session.vault.files.names()
    return [
        Site(
            id=site.root.hex(),
            nickname=site.nickname,
            words=cards.words(site.keys, spoken()),
            since=site.since,
            folders=frozenset(site.folders),
            to_go=sum(writing.missing(have[one], known.floor(site.root, one)) for one in site.folders if one in have),
            last_heard=site.last_heard,
            last_given=site.last_given,
            waiting=known.waiting_changes(site.root),
            stopped=site.forked,
            files_to_go=sum(len(lading.lacking(known, site, one, shelf) & here) for one in site.folders if one in have),
        )
        for site in known.sites()
    ]


def sticks() -> list[Stick]:
    """Removable drives that are plugged in now. Needs no vault."""
    return [Stick(drive.path, drive.name, drive.free, drive.writable) for drive in drives.drives()]


def look(session: Session, *, folder: Path) -> Look:
    """What lies on a stick, or in any folder. Reads only. KnownFault: stick.gone, disk.readonly."""
    have = {one: journal.versions() for one, journal in _journals(session).items()}
    seen = looked(Post(session.vault), _trust(session), folder, have, _shelf(session))
    return Look(
        tuple(Bundle(one.path, one.site, one.day, one.changes, one.fresh, one.problem, one.files) for one in seen.bundles), seen.foreign, seen.cards
    )


def put_news(session: Session, *, folder: Path, progress: Progress = silent, files_most: int = FILES_MOST) -> Put:
    """Write what the trusted sites do not have yet; written, synced, renamed, read back and checked before this returns. Photos and other
    kept files go too as far as there is room, at most `files_most` bytes of them; the rest goes another time.

    UserError: stick.no_sites, role.not_allowed. KnownFault: stick.full, disk.readonly, stick.gone, stick.worn_out.
    """
    session.require(writes=True)
    given = writing.put(
        Post(session.vault), _trust(session), _journals(session), _shelf(session),
        folder=folder, day=session.today(), now=session.moment(), step=progress, files_most=files_most,
    )
    session.vault.audit("news_put", changes=given.changes, sites=len(given.for_sites), files=given.files, left=given.left)
    for_sites = tuple((site.nickname, changes) for site, changes in given.for_sites)
    return Put(given.path, given.size, given.changes, for_sites, given.files, given.left)


def read_news(session: Session, *, path: Path, progress: Progress = silent) -> tuple[Read, Changes]:
    """Check all of it, then take it in at once. KnownFault: bundle.damaged, bundle.foreign (not for us), bundle.unknown_sender,
    bundle.newer, bundle.too_big, bundle.fork (site), stick.gone; UserError role.not_allowed. After any of them nothing here was changed;
    the stick is never written. What waited for folders that are open now is taken in as well."""
    session.require(writes=True)
    post, known, journals = Post(session.vault), _trust(session), _journals(session)
    progress(0, 3)
    data = carrier.read(path)
    progress(1, 3)
    news = reading.news(post, known, path, data)
    taken = reading.take(known, journals, _shelf(session), news, lambda: progress(2, 3))  # nothing stops it any more once it is kept
    earlier = reading.take_waiting(post, known, journals, _shelf(session))
    for one in journals:
        session.tidy(one)  # of files that were erased elsewhere
    _renew(session, journals)
    carried = _carry(session, [taken, earlier])
    session.vault.audit(
        "news_read", changes=taken.new + earlier.new, decisions=len(taken.differing), waiting=taken.waiting, files=taken.files + earlier.files
    )
    return _told(session, news, taken), _changes(session, [taken, earlier]) | carried


def take_waiting(session: Session) -> Changes:
    """Take in what came earlier for folders that nobody could open then. For when a volunteer has just opened the vault."""
    if not session.role.writes:
        return Changes()
    journals = _journals(session)
    taken = reading.take_waiting(Post(session.vault), _trust(session), journals, _shelf(session))
    _renew(session, journals)
    return _changes(session, [taken]) | _carry(session, [taken])


def _carry(session: Session, taken: list[reading.Taken]) -> Changes:
    """Late answers in records that were made one with others go to those who stand for them, and nobody is left in a household that went."""
    touched = (ids.get(Folder.RECEPTION, frozenset()) for one in taken for ids in (one.created, one.changed))
    records = frozenset[RecordId]().union(*touched)
    if not records or not session.can_open(Folder.RECEPTION):
        return Changes()
    return late_answers.carry(session, records) | homes.settle_homes(session)


def _renew(session: Session, journals: Mapping[Folder, Journal]) -> None:
    """Go on as a new device if what came shows that the numbers of this one are not ours alone."""
    if any(journal.spent for journal in journals.values()):
        session.renew_device()


def _shelf(session: Session) -> Shelf:
    return Shelf(session.vault.files, lambda folder: files.blobs(session.journal(folder).database))


def _trust(session: Session) -> Trust:
    return Trust(session.vault.home)


def _site(session: Session, site: str) -> TrustedSite:
    found = next((one for one in _trust(session).sites() if one.root.hex() == site), None)
    if found is None:
        raise UserError("site.missing")
    return found


def _journals(session: Session) -> Mapping[Folder, Journal]:
    folders = sorted(session.folders, key=lambda one: one.value)
    for folder in folders:
        session.journal(folder)  # opening one may make us another device, so the answers are those of the second round
    return {folder: session.journal(folder) for folder in folders}


def _changes(session: Session, taken: list[reading.Taken]) -> Changes:
    """The kinds and records touched."""
    records: set[RecordId] = set()
    kinds: set[str] = set()
    for one in taken:
        for touched in (one.created, one.changed):
            for folder, ids in touched.items():
                records |= ids
                kinds |= {_kind(session.journal(folder), record) for record in ids}
        kinds |= {"conflict"} if one.differing else set()
        kinds |= {"file", "form"} if one.files else set()  # large forms are kept files
        kinds |= set() if one.nothing else {"site"}
    return Changes(frozenset(kinds - {""}), frozenset(records))


def _kind(journal: Journal, record: RecordId) -> str:
    try:
        return journal.kind(record)
    except UserError:
        return ""  # erased, or the entry that creates it has not come yet


def _asks(session: Session, journal: Journal, record: RecordId, name: str) -> bool:
    """True if a person is asked about these two different answers."""
    kind = _kind(journal, record)
    return history.may_be_asked(session, kind) and (kind != "submission" or (asked_about(name) and is_added(journal, record)))


def _told(session: Session, news: reading.News, taken: reading.Taken) -> Read:
    created = [(folder, record) for folder, records in taken.created.items() for record in records]
    kinds = [_kind(session.journal(folder), record) for folder, record in created]
    people, contacts = kinds.count("person"), kinds.count("contact")
    return Read(
        site=news.site.nickname,
        written=news.day,
        new_people=people,
        new_contacts=contacts,
        other_changes=taken.new - people - contacts,
        decisions=sum(_asks(session, session.journal(folder), record, name) for folder, record, name in taken.differing),
        waiting=taken.waiting,
        already=taken.nothing,
        lines=_lines(session, taken),
        unshared=news.unshared,
        stopped=taken.forked,
        files=taken.files,
        files_awaited=sum(len(_shelf(session).missing(folder)) for folder in session.folders),
    )


def _lines(session: Session, taken: reading.Taken) -> tuple[tuple[str, str, str], ...]:
    """Decisions first, then what is new, then what changed; each record by what people know it by."""
    told = [("differs", folder, record, name) for folder, record, name in taken.differing]
    for what, touched in (("new", taken.created), ("changed", taken.changed)):
        told += [(what, folder, record, "") for folder, records in touched.items() for record in sorted(records)]
    shown = (one for one in told if may_know(session, _kind(session.journal(one[1]), one[2])))
    titled = ((what, _title(session.journal(folder), record), name) for what, folder, record, name in islice(shown, MOST_LINES))
    return tuple((what, title, name) for what, title, name in titled if title)


def _title(journal: Journal, record: RecordId) -> str:
    """The name to call in public where there is one; "" for a record that shows nothing of itself."""
    if _kind(journal, record) in ("", files.KIND):
        return ""
    values = journal.values(record)
    names = (values.get(name) for name in ("call_name", "name", "name_my", "name_roman"))
    code = str(values.get("code") or "")
    return next((str(name) for name in names if answered(name) and name), codes.shown(code) if code else "")
