"""Search as you type over 100,000 invented people, from the key to the rows of the first page, beside plain SQLite full-text search of
one column of names."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

from desktop.domain.folders import Folder
from desktop.services import caseworkers, filters, people, practice
from desktop.services.filters import Filters
from desktop.services.session import Session
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.benchmarks.table import Row, percentile, timed

PEOPLE, PAGE = 100_000, 40
TYPED = (
    "အောင်မျိုး", "ကျော်ဇင်", "မခင်သန္တာ", "ဦးထွန်းလင်း", "aung myo htet", "u kyaw zaw", "khin", "su su", "ma nilar aye", "zaw", "thida win",
    "K7M4-2QXP", "09000123", "0004211", "hla moe naing", "ရွှေစင်", "nyein chan may", "aung myoo htat", "khin thandar", "u htun lynn",
    "kyaw zaww", "nilarr aye", "thidar winn", "မခင်သန္ဒာ", "အောင်မြိုးထက်",
)

FILTERED = {
    "those who need a doctor": Filters(needs="sick medicine pregnant"), "those of the last thirty days": Filters(arrived="month"),
    "those who came before": Filters(state="", arrived="longer"), "my people": Filters(caseworker="me"),
    "those nobody looks after": Filters(caseworker="nobody"),
}


def rows() -> list[Row]:
    """Build the people, then type each query letter by letter."""
    with tempfile.TemporaryDirectory() as place:
        vault, _ = Vault.create(Path(place) / "vault", site="Bench", name="Bench", passphrase="bench bench bench bench", hardness=FLOOR)
        session = Session(vault)
        built = timed(lambda: practice.fill_fast(session, people=PEOPLE))
        keys = [_timed_find(session, TYPED[at % len(TYPED)][:length]) for at in range(2 * len(TYPED)) for length in _lengths(TYPED[at % len(TYPED)])]
        whole = [_timed_find(session, query) for query in TYPED for _ in range(5)]
        _look_after(session)
        narrowed = {
            name: [
                _timed_find(session, TYPED[at][:length], wanted)
                for _ in range(2) for at in range(len(TYPED)) for length in _lengths(TYPED[at])
            ]
            for name, wanted in FILTERED.items()
        }
        fresh = [_fresh(session, wanted) for wanted in FILTERED.values()]
        counted = timed(lambda: filters.options(session, Filters())) * 1000
        first = timed(lambda: people.find(session))
        again = timed(lambda: people.find(session))
        plain = _plain(session, Path(place) / "plain.db")
        session.close()
    return [
        Row(f"{PEOPLE:,} people, one key typed to rows shown, 95 of 100", percentile(keys, 0.95), "ms", 16, "SQLite FTS5, not encrypted, names only", percentile(plain, 0.95)),
        Row("the same, half of the keys", percentile(keys, 0.5), "ms", None, "SQLite FTS5, not encrypted, names only", percentile(plain, 0.5)),
        Row("whole query typed, 95 of 100", percentile(whole, 0.95), "ms", 16),
        *(Row(f"the same, only {name}, 95 of 100", percentile(times, 0.95), "ms", 16) for name, times in narrowed.items()),
        Row("a filter chosen, nothing typed, first time after a change", max(fresh), "ms"),
        Row("how many people fit each answer of each filter", counted, "ms"),
        Row("everybody here, first time after a change", first * 1000, "ms"),
        Row("everybody here, again", again * 1000, "ms"),
        Row(f"{PEOPLE:,} people written", built, "s"),
    ]


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
    return _timed_find(session, "", wanted)


def _timed_find(session: Session, query: str, wanted: Filters | None = None) -> float:
    """Milliseconds from the query to the rows of the first page."""
    began = time.perf_counter()
    found = people.find(session, query=query, filters=wanted)
    people.rows(session, keys=found.keys[:PAGE], query=query)
    return (time.perf_counter() - began) * 1000


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
