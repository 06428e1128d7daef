"""The search index of Reception: names, codes and telephone numbers of people, people left behind and households.

`search_text` holds the tokens of each record, `search_index` is the full-text index over it. Facts (kind, state, open needs) are tokens of
the same index, so that a search among those here now is one look-up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.myanmar.names import BETWEEN, id_fits, id_query, name_fits, name_query
from desktop.vault.database import Database

TABLES = ("search_text",)
MANY = 250
"""Up to this many hits are ranked by how well they fit and joined by their households; beyond, the newest come first."""


@dataclass(frozen=True)
class Tokens:
    """What is stored for one record. `household` is the text id of the household it leads to."""

    household: str = ""
    names: str = ""
    ids: str = ""
    facts: str = ""


def schema(database: Database) -> None:
    """Make the tables where they are not there yet."""
    database.execute(
        "CREATE TABLE IF NOT EXISTS search_text (key INTEGER PRIMARY KEY, household TEXT NOT NULL, names TEXT NOT NULL, "
        "ids TEXT NOT NULL, facts TEXT NOT NULL) STRICT"
    )
    known = database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'search_index'").fetchone()
    if not known:
        database.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(names, ids, facts, content='search_text', content_rowid='key', "
            "prefix='1 2 3', tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\")"
        )
        database.execute("INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)")  # no words of erased records stay


def put(database: Database, key: int, tokens: Tokens | None) -> None:
    """Store the tokens of a record, or forget it (None). Unchanged ones cost one look-up."""
    old = database.execute("SELECT names, ids, facts, household FROM search_text WHERE key = ?", (key,)).fetchone()
    new = None if tokens is None else (tokens.names, tokens.ids, tokens.facts, tokens.household)
    if old == new:
        return
    if old and (new is None or old[:3] != new[:3]):
        database.execute(
            "INSERT INTO search_index (search_index, rowid, names, ids, facts) VALUES ('delete', ?, ?, ?, ?)", (key, *old[:3])
        )
    if new is None:
        database.execute("DELETE FROM search_text WHERE key = ?", (key,))
        return
    database.execute(
        "INSERT OR REPLACE INTO search_text (names, ids, facts, household, key) VALUES (?, ?, ?, ?, ?)", (*new, key)
    )
    if not old or old[:3] != new[:3]:
        database.execute("INSERT INTO search_index (rowid, names, ids, facts) VALUES (?, ?, ?, ?)", (key, *new[:3]))


def clear(database: Database) -> None:
    """Forget everything."""
    database.execute("DELETE FROM search_text")
    database.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")


def check(database: Database) -> None:
    """Compare the index with the tokens it was made from. KnownFault vault.damaged if they differ."""
    database.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")


def fact(letter: str, name: str) -> str:
    """The token of a fact: ``s`` state, ``n`` need, ``k`` kind."""
    return letter + name.replace("_", "")


def expression(query: str) -> str:
    """The typed query as an expression for the index, "" if nothing in it can be looked for."""
    names, ids = name_query(query), id_query(query)
    parts = [f"(names : ({names}))"] if names else []
    parts += [f"(ids : ({ids}))"] if ids else []
    return "(" + " OR ".join(parts) + ")" if parts else ""


def keys(database: Database, wanted: str, facts: Iterable[str], limit: int | None = None) -> list[int]:
    """Keys of the records that match an `expression` and have all of the facts, the newest first."""
    match = " AND ".join([*([wanted] if wanted else []), *(f'(facts : "{token}")' for token in facts)])
    rows = database.execute(
        "SELECT rowid FROM search_index WHERE search_index MATCH ? ORDER BY rowid DESC LIMIT ?", (match, -1 if limit is None else limit)
    ).fetchall()
    return [key for (key,) in rows]


def reasons(database: Database, keys: list[int], query: str) -> dict[int, str]:
    """Why each of these records matches the query: ``name``, ``id`` (a code or telephone number) or "" (through somebody else)."""
    by_name, by_id = name_fits(query), id_fits(query)
    rows = database.execute(
        "SELECT key, names, ids FROM search_text WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(keys),)
    ).fetchall()
    return {key: "name" if by_name(names) else "id" if by_id(ids) else "" for key, names, ids in rows}


def count(database: Database, facts: Iterable[str]) -> int:
    """How many records have all of these facts."""
    match = " AND ".join(f'(facts : "{token}")' for token in facts)
    return int(database.execute("SELECT count(*) FROM search_index WHERE search_index MATCH ?", (match,)).fetchone()[0])


def households(database: Database, wanted: str) -> list[str]:
    """Households that a matching record leads to; at most `MANY`."""
    rows = database.execute(
        "SELECT DISTINCT t.household FROM search_index i JOIN search_text t ON t.key = i.rowid "
        "WHERE search_index MATCH ? AND t.household <> '' LIMIT ?", (wanted, MANY)
    ).fetchall()
    return [household for (household,) in rows]


def best_first(database: Database, found: list[int], query_tokens: str) -> list[int]:
    """These keys with whole names first, then names that begin so, then the rest; the order inside each is kept."""
    wanted = "SELECT key, names FROM search_text WHERE key IN (SELECT value FROM json_each(?))"
    names = dict(database.execute(wanted, (json.dumps(found),)).fetchall())

    def fit(key: int) -> int:
        parts = names.get(key, "").split(f" {BETWEEN} ")
        if query_tokens in parts:
            return 0
        return 1 if any(part.startswith(query_tokens) for part in parts) else 2

    return sorted(found, key=fit)
