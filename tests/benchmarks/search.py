"""Search as you type over 100,000 invented people, from the key to the rows of the first page, beside plain SQLite full-text search of
one column of names."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

from desktop.domain.folders import Folder
from desktop.services import people, practice
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


def rows() -> list[Row]:
    """Build the people, then type each query letter by letter."""
    with tempfile.TemporaryDirectory() as place:
        vault, _ = Vault.create(Path(place) / "vault", site="Bench", name="Bench", passphrase="bench bench bench bench", hardness=FLOOR)
        session = Session(vault)
        built = timed(lambda: practice.fill_fast(session, people=PEOPLE))
        keys = [_timed_find(session, TYPED[at % len(TYPED)][:length]) for at in range(2 * len(TYPED)) for length in _lengths(TYPED[at % len(TYPED)])]
        whole = [_timed_find(session, query) for query in TYPED for _ in range(5)]
        first = timed(lambda: people.find(session))
        again = timed(lambda: people.find(session))
        plain = _plain(session, Path(place) / "plain.db")
        session.close()
    return [
        Row(f"{PEOPLE:,} people, one key typed to rows shown, 95 of 100", percentile(keys, 0.95), "ms", 16, "SQLite FTS5, not encrypted, names only", percentile(plain, 0.95)),
        Row("the same, half of the keys", percentile(keys, 0.5), "ms", None, "SQLite FTS5, not encrypted, names only", percentile(plain, 0.5)),
        Row("whole query typed, 95 of 100", percentile(whole, 0.95), "ms", 16),
        Row("everybody here, first time after a change", first * 1000, "ms"),
        Row("everybody here, again", again * 1000, "ms"),
        Row(f"{PEOPLE:,} people written", built, "s"),
    ]


def _lengths(query: str) -> range:
    return range(1, len(query) + 1)


def _timed_find(session: Session, query: str) -> float:
    """Milliseconds from the query to the rows of the first page."""
    began = time.perf_counter()
    found = people.find(session, query=query)
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
