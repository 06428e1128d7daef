"""Search as you type over 100,000 invented people, beside plain SQLite full-text search of one column of names: from the key to the rows of
the first page, and to everybody who is found, those with a slip in their name and the others of their households among them."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desktop.domain.folders import Folder
from desktop.services import caseworkers, filters, people, practice, upkeep
from desktop.services.filters import Filters
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.benchmarks.search_window import painted
from tests.benchmarks.table import Row, percentile, timed

PEOPLE, PAGE = 100_000, 40
_PASSPHRASE = "bench bench bench bench"
TYPED = (
    "အောင်မျိုး", "ကျော်ဇင်", "မခင်သန္တာ", "ဦးထွန်းလင်း", "aung myo htet", "u kyaw zaw", "khin", "su su", "ma nilar aye", "zaw", "thida win",
    "K7M4-2QXP", "09000123", "0004211", "hla moe naing", "ရွှေစင်", "nyein chan may", "aung myoo htat", "khin thandar", "u htun lynn",
    "kyaw zaww", "nilarr aye", "thidar winn", "မခင်သန္ဒာ", "အောင်မြိုးထက်",
)

FILTERED = {
    "those who moved on": Filters(state="moved_on"), "those of one site": Filters(site="ours"),
    "those who need a doctor": Filters(needs="sick medicine pregnant"), "those of the last thirty days": Filters(arrived="month"),
    "those who came before": Filters(state="", arrived="longer"), "those who came between two days": Filters(state="", arrived="between"),
    "my people": Filters(caseworker="me"), "those nobody looks after": Filters(caseworker="nobody"),
}
Times = list[tuple[float, float]]
"""Milliseconds of one search: until the first rows, and until everybody is found."""


def rows() -> list[Row]:
    """Build the people, then type each query letter by letter."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        vault, _ = Vault.create(folder, site="Bench", name="Bench", passphrase=_PASSPHRASE, hardness=FLOOR)
        session = Session(vault)
        built = timed(lambda: practice.fill_fast(session, people=PEOPLE))
        loose = _typed(session, Filters())
        steps = _tidied(session)
        keys = _typed(session, Filters())
        whole = [_timed_find(session, query) for query in TYPED for _ in range(5)]
        _look_after(session)
        narrowed = {name: _typed(session, _of_today(session, wanted)) for name, wanted in FILTERED.items()}
        fresh = [_fresh(session, _of_today(session, wanted)) for wanted in FILTERED.values()]
        counted = timed(lambda: filters.options(session, Filters())) * 1000
        first = timed(lambda: people.find(session))
        again = timed(lambda: people.find(session))
        plain = _plain(session, Path(place) / "plain.db")
        session.close()
        window = list(zip(*painted(folder, _PASSPHRASE, TYPED)))
    beside = "SQLite FTS5, not encrypted, names only"
    return [
        Row(f"{PEOPLE:,} people, one key typed to first rows, 95 of 100", _at_once(keys), "ms", 16, beside, percentile(plain, 0.95)),
        Row("the same, half of the keys", _at_once(keys, 0.5), "ms", None, beside, percentile(plain, 0.5)),
        Row("one key typed to everybody found, 95 of 100", _in_all(keys), "ms", 16),
        Row("the same, half of the keys", _in_all(keys, 0.5), "ms"),
        Row("whole query typed to first rows, 95 of 100", _at_once(whole), "ms", 16),
        Row("whole query typed to everybody found, 95 of 100", _in_all(whole), "ms", 16),
        *(row for name, times in narrowed.items() for row in (
            Row(f"one key to first rows, only {name}, 95 of 100", _at_once(times), "ms", 16),
            Row(f"one key to everybody found, only {name}, 95 of 100", _in_all(times), "ms", 16),
        )),
        Row("in the window, one key typed to first rows painted, 95 of 100", _at_once(window), "ms"),
        Row("the same, half of the keys", _at_once(window, 0.5), "ms"),
        Row("in the window, one key typed to everybody found, 95 of 100", _in_all(window), "ms"),
        Row("a filter chosen, nothing typed, first time after a change", max(fresh), "ms"),
        Row("how many people fit each answer of each filter", counted, "ms"),
        Row("everybody here, first time after a change", first * 1000, "ms"),
        Row("everybody here, again", again * 1000, "ms"),
        Row("before the index is put in order, one key typed to first rows, 95 of 100", _at_once(loose), "ms", 16),
        Row("before the index is put in order, one key typed to everybody found, 95 of 100", _in_all(loose), "ms", 16),
        Row(f"{PEOPLE:,} people written", built, "s"),
        Row("the index put in order, one step each minute at rest: the longest step", max(steps), "ms"),
        Row("the same: steps until all is in order after so many people at once", len(steps), ""),
    ]


def _tidied(session: Session) -> list[float]:
    """Milliseconds of each step that the window takes, one a minute, until nothing is left to do."""
    found: list[float] = []
    more = True
    while more:
        began = time.perf_counter()
        more = upkeep.tidy(session)
        found.append((time.perf_counter() - began) * 1000)
    return found


def _at_once(times: Times, share: float = 0.95) -> float:
    return percentile([first for first, _ in times], share)


def _in_all(times: Times, share: float = 0.95) -> float:
    return percentile([everybody for _, everybody in times], share)


def _typed(session: Session, wanted: Filters) -> Times:
    """Each query letter by letter, twice."""
    return [_timed_find(session, query[:length], wanted) for _ in range(2) for query in TYPED for length in _lengths(query)]


def _of_today(session: Session, wanted: Filters) -> Filters:
    """The filter with this site's own key, and with two days that are months ago."""
    today = session.now().date()
    site = session.vault.site_public.hex() if wanted.site else ""
    days = f"{today - timedelta(days=150)}..{today - timedelta(days=40)}" if wanted.arrived == "between" else wanted.arrived
    return replace(wanted, site=site, arrived=days)


def _lengths(query: str) -> range:
    return range(1, len(query) + 1)


def _look_after(session: Session) -> None:
    """The newest thirty people are looked after by whoever is signed in."""
    for row in people.rows(session, keys=people.find(session, limit=30).keys):
        caseworkers.assign(session, person=row.id, caseworker=caseworkers.me(session))


def _fresh(session: Session, wanted: Filters) -> float:
    """Milliseconds from choosing a filter to the rows of the first page, after something was changed."""
    row = people.rows(session, keys=people.find(session, limit=1).keys)[0]
    people.change(session, record=row.id, values={"note": f"seen {time.perf_counter()}"})
    return _timed_find(session, "", wanted)[0]


def _timed_find(session: Session, query: str, wanted: Filters | None = None) -> tuple[float, float]:
    """From the query to the rows of the first page, and to everybody who is found."""
    began = time.perf_counter()
    found = people.begin(session, query=query, filters=wanted or Filters())
    people.rows(session, keys=found.keys[:PAGE], query=query, why=found.why)
    rows = time.perf_counter()
    people.go_on(session, known=found)
    return (rows - began) * 1000, (time.perf_counter() - began) * 1000


def _plain(session: Session, path: Path) -> list[float]:
    """The same keys against a full-text index of the names, as one would do it without encryption, folding, roles or households."""
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE names USING fts5(name, prefix='1 2 3')")
    source = session.journal(Folder.RECEPTION).database.execute("SELECT name || ' ' || name_roman FROM person_list")
    database.executemany("INSERT INTO names VALUES (?)", source.fetchall())
    database.commit()
    found = []
    for query in TYPED * 2:
        for length in _lengths(query):
            words = [word for word in query[:length].replace("-", " ").split() if word]
            if not words:
                continue
            began = time.perf_counter()
            match = " AND ".join(f'"{word}"*' for word in words)
            hits = database.execute("SELECT rowid FROM names WHERE names MATCH ? ORDER BY rowid DESC", (match,)).fetchall()
            marks = ",".join("?" * len(hits[:PAGE]))
            database.execute(f"SELECT * FROM names WHERE rowid IN ({marks})", [key for (key,) in hits[:PAGE]]).fetchall()
            found.append((time.perf_counter() - began) * 1000)
    database.close()
    return found
