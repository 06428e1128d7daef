"""The list of contacts: who they are, how far they are, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain import codes
from desktop.domain.fields import CHOICES
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.myanmar.names import name_tokens, without_honorific
from desktop.services.contact_times import ahead, on_our_clock, shifted
from desktop.services.session import Session

OVER = frozenset({"arrived", "lost_touch", "closed"})
_ORDER = ("on_the_way", "decided", "considering", "first_contact", "lost_touch", "arrived", "closed")


@dataclass(frozen=True)
class ContactRow:
    """One line of the list of contacts. Moments are on our clock."""

    id: RecordId
    code: str
    call_name: str
    people: int
    stage: str
    next_talk: str  # ISO moment or ""
    call_rule: str
    volunteer: str
    late_hours: int  # 0: not late
    if_silent: str = ""  # what was agreed to do when there is no word
    warned: str = ""  # when the warning word was used last: nobody calls until a coordinator says so; ISO moment or ""
    check_in: str = ""  # how they were when they were heard of last
    handover_to: str = ""  # who was asked to take over, "" if nobody
    asked_me: bool = False  # this volunteer was asked
    next_theirs: str = ""  # `next_talk` on their clock


@dataclass(frozen=True)
class Stored:
    """A row of the list as the table holds it, for those who compare contacts."""

    row: ContactRow
    arrival_words: str
    agreed_words: str
    warning_word: str
    person_code: str
    not_persons: frozenset[str]


_ROWS = (
    "SELECT key, code, call_name, people, stage, next_talk, late_after_hours, call_rule, volunteer, words, clock_ahead, warned, "
    "if_silent, check_in, handover_to, handover_key, arrival_words, agreed_words, warning_word, person_code, not_persons "
    "FROM contact_list WHERE ?1 IS NULL OR key = ?1"
)


def contacts(session: Session, *, query: str = "", stage: str = "open") -> list[ContactRow]:
    """By stage (on the way first), the latest first within it. `stage`: a stage, ``open`` (not arrived, lost or closed) or ``all``.
    UserError: folder.locked for those who cannot open Contacts."""
    drawn = session.journal(Folder.CONTACTS).database.execute(_ROWS, (None,)).fetchall()
    wanted = without_honorific(name_tokens([query]).split()) if query.strip() else []
    rows = [
        _row(session, one)
        for one in drawn
        if (stage == "all" or one[4] == stage or (stage == "open" and one[4] not in OVER)) and _matches(one, query, wanted)
    ]
    return sorted(rows, key=lambda row: (_place(row.stage), -row.late_hours, row.next_talk or "~", row.code))


def row_of(session: Session, contact: RecordId) -> ContactRow:
    """The line of one contact that is on the list. UserError folder.locked."""
    journal = session.journal(Folder.CONTACTS)
    return _row(session, journal.database.execute(_ROWS, (journal.key(contact),)).fetchone())


def stored(session: Session) -> list[Stored]:
    """Every contact with the words that were agreed. UserError folder.locked."""
    drawn = session.journal(Folder.CONTACTS).database.execute(_ROWS, (None,)).fetchall()
    return [Stored(_row(session, one), one[16], one[17], one[18], one[19], frozenset(one[20].split())) for one in drawn]


def counts(session: Session) -> dict[str, int]:
    """How many contacts are in each stage, and ``open``, ``late``. UserError folder.locked."""
    rows = contacts(session, stage="all")
    found = {stage: sum(row.stage == stage for row in rows) for stage in CHOICES["stage"]}
    return {**found, "open": sum(row.stage not in OVER for row in rows), "late": sum(row.late_hours > 0 for row in rows)}


def me(session: Session) -> tuple[str, str]:
    """How this volunteer is named when they are asked to take a contact over: as somebody of this site, and as themselves."""
    site = session.vault.site_public.hex()
    return site, f"{site}/{session.author}"


def _place(stage: str) -> int:
    """Where in the list; a stage that only a newer version knows stands behind those that we know."""
    return _ORDER.index(stage) if stage in _ORDER else len(_ORDER)


def _matches(drawn: tuple[object, ...], query: str, wanted: list[str]) -> bool:
    """Every word of the query begins a word of the contact, or the query is the beginning of the code."""
    words = str(drawn[9]).split()
    if all(any(word.startswith(one) for word in words) for one in wanted):
        return True
    code = codes.read_as("".join(character for character in query if character.isalnum()))
    return len(code) > 1 and (str(drawn[1]).startswith(code) or str(drawn[1])[4:].startswith(code))


def _row(session: Session, drawn: tuple[object, ...]) -> ContactRow:
    key, code, call_name, people, stage, next_talk, late_after, call_rule, volunteer, _, clock, warned, silent, well, to, asked = drawn[:16]
    moment = on_our_clock(session, str(next_talk))
    there = ahead(session, clock)  # type: ignore[arg-type]
    return ContactRow(
        session.journal(Folder.CONTACTS).record(int(str(key))), str(code), str(call_name), int(str(people or 1)), str(stage), moment,
        str(call_rule), str(volunteer), _late_hours(session, str(stage), moment, int(str(late_after or 0))), str(silent),
        _moment(session, str(warned)), str(well), str(to), bool(asked) and asked in me(session), shifted(moment, there),
    )


def _moment(session: Session, told: str) -> str:
    """When the warning word was used; another site may have written it in a way of its own: then it counts all the same."""
    try:
        return on_our_clock(session, told)
    except ValueError:
        return session.moment()


def _late_hours(session: Session, stage: str, next_talk: str, late_after: int) -> int:
    """Whole hours since the agreed moment, once the agreed patience is over; 0 before."""
    if stage in OVER or not next_talk:
        return 0
    agreed = datetime.fromisoformat(next_talk)
    hours = (session.now().replace(tzinfo=None) - agreed).total_seconds() / 3600
    return max(1, int(hours)) if hours > late_after else 0
