"""Who matches what is typed: at first those who are found at once, then the others, who stand below them.

At once are found those with that name, number or code, with a name that sounds so, by their parents, places and papers. Names with a slip,
the households of those who were found, and whoever comes after the first hundreds take longer; nobody should wait for them at each key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain import codes
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.myanmar.names import name_tokens
from desktop.services.filters import Narrowed
from desktop.services.progress import Progress
from desktop.services.projections import search
from desktop.services.scan_codes import number_in
from desktop.services.session import Session
from desktop.services.standing import codes_of, standing
from desktop.vault.database import Database

_ENOUGH = 12  # found by name or sound: then nobody is looked for whose name is spelt with a mistake
_FEW = 3  # the same where one of them is called just so, and for names that are further away
_MISSPELT = 60
_WHOLE = 0.99  # of `search.closest_first`
_PARTS = 3  # of a search that goes on: whether it is still wanted is asked before each


@dataclass(frozen=True)
class Rest:
    """What was not looked for yet. `many`: more have that name than are ranked. `seen`: how many were found otherwise than by their code;
    `whole`: one of them is called just so."""

    query: str
    wanted: str
    fits: Narrowed
    many: bool = False
    seen: int = 0
    whole: bool = False


def first(session: Session, query: str, fits: Narrowed) -> tuple[list[int], dict[int, str], Rest]:
    """Keys, the best first; why those match that are not there by their name or number; and what is left to look for."""
    database = session.journal(Folder.RECEPTION).database
    wanted = search.expression(query)
    keys = search.keys(database, wanted, fits.facts, limit=search.MANY + 1) if wanted else []
    if len(keys) > search.MANY:
        return keys[: search.MANY], {}, Rest(query, wanted, fits, many=True)
    named, rest = search.best_first(database, _newest_first(database, keys), name_tokens([query]))
    exact, nearly = _by_code(session, database, query, fits)
    known = {*exact, *keys}
    why = dict.fromkeys((key for key in nearly if key not in known), "code_nearly")
    seen, whole = len(keys), False
    sounding: list[int] = []  # the whole name sounds so: likelier than a name with what was typed somewhere in it
    for reason, found in _wider(session, database, query, fits, len(keys)):
        seen += len(found)
        close = search.closest_first(database, found, query) if reason == "sound" else dict.fromkeys(found, 0.0)
        fresh = [key for key in close if key not in why and key not in known]
        why.update(dict.fromkeys(fresh, reason))
        sounding += [key for key in fresh if close[key] > _WHOLE]
        whole = whole or any(one > _WHOLE for one in close.values())
    ranked = list(dict.fromkeys([*exact, *named, *sounding, *rest, *why]))
    return ranked, why, Rest(query, wanted, fits, seen=seen, whole=whole)


def below(session: Session, rest: Rest, known: Sequence[int], progress: Progress) -> tuple[list[int], dict[int, str]]:
    """Those who stand below the known ones, with their reasons. Cancelled if `progress` says so."""
    database = session.journal(Folder.RECEPTION).database
    progress(0, _PARTS)
    there = set(known)
    if rest.many:
        return [key for key in search.keys(database, rest.wanted, rest.fits.facts) if key not in there], {}
    found = _nearly(database, rest, progress)
    close = search.closest_first(database, found, rest.query, slips=True) if found else {}
    why = {key: "spelling" for key in close if key not in there}
    progress(2, _PARTS)
    related = _related(database, rest.wanted, {*there, *why}, rest.fits) if rest.wanted else []
    return [*why, *related], why


def _newest_first(database: Database, keys: list[int]) -> list[int]:
    rows = database.execute(
        "SELECT key FROM person_list WHERE key IN (SELECT value FROM json_each(?)) ORDER BY arrived DESC, key DESC", (json.dumps(keys),)
    )
    return [key for (key,) in rows.fetchall()] if keys else []


def _by_code(session: Session, database: Database, query: str, fits: Narrowed) -> tuple[list[int], list[int]]:
    """Whoever has this code, or is of the household that has it on papers of theirs, whatever the filters say; and whoever has a code that
    differs from it in one character, which the check character shows to be wrong."""
    code = number_in(query)
    if code is not None:
        return _with_codes(database, [code, *_standing_codes(session, code)], None) or _of_joined_household(session, database, code), []
    return [], _with_codes(database, codes.meant(query), fits)


def _standing_codes(session: Session, code: str) -> list[str]:
    """The code of whoever stands for a person with this code who was found to be somebody registered before."""
    return codes_of(session, code)[1:]


def _of_joined_household(session: Session, database: Database, code: str) -> list[int]:
    """The people of the household that stands for the one with this code, which is off the lists."""
    row = database.execute("SELECT record FROM merged_list WHERE code = ? AND kind = 'household'", (code,)).fetchone()
    if row is None:
        return []
    stands = standing(session, RecordId.parse(row[0]))
    drawn = database.execute("SELECT key FROM person_list WHERE household = ? ORDER BY relationship <> 'focal', key", (stands.text(),))
    return [key for (key,) in drawn.fetchall()]


def _with_codes(database: Database, wanted: list[str], fits: Narrowed | None) -> list[int]:
    if not wanted:
        return []
    rows = database.execute(
        "SELECT key FROM person_list WHERE code IN (SELECT value FROM json_each(?)) ORDER BY key", (json.dumps(wanted),)
    ).fetchall()
    keys = [key for (key,) in rows]
    return keys if fits is None else fits.keep(database, keys)


def _wider(session: Session, database: Database, query: str, fits: Narrowed, seen: int) -> Iterator[tuple[str, list[int]]]:
    """What is found beyond names and numbers as they are written, a reason at a time."""
    most = search.MANY if seen < _ENOUGH else _MISSPELT
    for reason, wanted in search.wider(query, papers=session.role.sees_restricted):
        yield reason, search.keys(database, wanted, fits.facts, limit=most, beside=reason in search.BESIDE)


def _nearly(database: Database, rest: Rest, progress: Progress) -> list[int]:
    """People whose name is not what was typed but for a slip, where few were seen, and fewer still where one of them is called just so: each
    way to look costs some milliseconds."""
    nearly: dict[int, None] = {}

    def look(wanted: str) -> None:
        if wanted:
            nearly.update(dict.fromkeys(search.keys(database, wanted, rest.fits.facts, limit=_MISSPELT)))

    for wanted in search.respelt(rest.query):
        if rest.seen + len(nearly) < (_FEW if rest.whole else _ENOUGH):
            look(wanted)
    progress(1, _PARTS)
    if rest.seen + len(nearly) < _FEW:
        look(search.misspelt(database, rest.query))
    if rest.seen + len(nearly) < _FEW and not rest.whole:
        look(search.misheard(rest.query))
    return list(nearly)


def _related(database: Database, wanted: str, known: set[int], fits: Narrowed) -> list[int]:
    """People of the same households as those who match."""
    households = search.households(database, wanted)
    if not households or len(households) >= search.MANY:
        return []
    rows = database.execute(
        "SELECT key FROM person_list WHERE household IN (SELECT value FROM json_each(?)) ORDER BY arrived DESC, key DESC", (json.dumps(households),)
    ).fetchall()
    return fits.keep(database, [key for (key,) in rows if key not in known])
