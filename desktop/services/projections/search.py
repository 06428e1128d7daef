"""The search index of Reception: names, codes and telephone numbers of people, people left behind and households; of people also how
their names sound, their parents, places and numbers of papers.

`search_text` holds the tokens of each record. Two full-text indexes lie over it: `search_index` with names, and `search_beside` with what
else people are found by. Words of names are words of parents and places too: in one index each search for a place would go through everybody
of that name. Facts (kind, state, open needs) are tokens of both, so that a search among those here now is one look-up. Numbers of papers
stand in a column of their own: it is looked in only for those who may read them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from typing import Union

from desktop.myanmar.names import BETWEEN, id_fits, id_query, name_fits, name_query
from desktop.myanmar.slips import far_slip_query, meant_ways, slip_queries
from desktop.myanmar.sound_search import closeness, latin_words, sound_query, spelling_query, ways
from desktop.vault.database import Database

TABLES = ("search_text",)
DRAWN_WITH = ("person_list", "household_list", "left_behind_list")
"""The lists whose projections write the index: when it is made anew they are too, so that every record is drawn again."""
_PIECES_MOST = 4  # an index in so few pieces is left as it is
_PAGES_AT_ONCE = 256  # of the file, that are written in one step of bringing them together
MANY = 250
"""Up to this many hits are ranked by how well they fit and joined by their households; beyond, the newest come first."""


@dataclass(frozen=True)
class Tokens:
    """What is stored for one record: the columns of the index, and the text id of the `household` it leads to."""

    names: str = ""
    ids: str = ""
    facts: str = ""
    sounds: str = ""
    parents: str = ""
    places: str = ""
    papers: str = ""
    household: str = ""


_COLUMNS = tuple(field.name for field in fields(Tokens))


@dataclass(frozen=True)
class _Index:
    """One full-text index over some columns of `search_text`. Its names are constants of this file."""

    name: str
    columns: tuple[str, ...]

    def values(self, stored: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the stored columns that are in it."""
        return tuple(stored[_COLUMNS.index(column)] for column in self.columns)

    def make(self, database: Database) -> None:
        database.execute(
            f"CREATE VIRTUAL TABLE {self.name} USING fts5({', '.join(self.columns)}, content='search_text', content_rowid='key', "
            "prefix='1 2 3', tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* Co'\")"
        )
        self.tell(database, "secure-delete")  # no words of erased records stay

    def tell(self, database: Database, command: str) -> None:
        """Give it one of the commands of the extension that take 1."""
        database.execute(f"INSERT INTO {self.name} ({self.name}, rank) VALUES (?, 1)", (command,))  # noqa: S608

    def pieces(self, database: Database) -> int:
        """In how many pieces it lies in the file: each word is looked for in all of them."""
        return int(database.execute(f"SELECT count(DISTINCT segid) FROM {self.name}_idx").fetchone()[0])  # noqa: S608

    def join(self, database: Database) -> None:
        """One step towards a single piece. A negative number of pages asks for pieces of all sizes."""
        database.execute(f"INSERT INTO {self.name} ({self.name}, rank) VALUES ('merge', ?)", (-_PAGES_AT_ONCE,))  # noqa: S608

    def write(self, database: Database, key: int, old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> None:
        """Take out what was stored of a record and enter what is; nothing where both are the same."""
        before, after = (None if one is None else self.values(one) for one in (old, new))
        if before == after:
            return
        names, marks = ", ".join(self.columns), ", ?" * len(self.columns)
        if before is not None:
            sql = f"INSERT INTO {self.name} ({self.name}, rowid, {names}) VALUES ('delete', ?{marks})"  # noqa: S608
            database.execute(sql, (key, *before))
        if after is not None:
            database.execute(f"INSERT INTO {self.name} (rowid, {names}) VALUES (?{marks})", (key, *after))  # noqa: S608


_NAMES = _Index("search_index", ("names", "ids", "facts", "sounds"))
_BESIDE = _Index("search_beside", ("parents", "places", "papers", "facts"))
_INDEXES = (_NAMES, _BESIDE)


def schema(database: Database) -> None:
    """Make the tables where they are not there yet, and anew where another version of the program made them."""
    made = {"search_text": ("key", *_COLUMNS), **{index.name: index.columns for index in _INDEXES}}
    stands = {table: tuple(row[1] for row in database.execute(f"PRAGMA table_info({table})").fetchall()) for table in made}
    if stands == made:
        return
    for table in (*(index.name for index in _INDEXES), "search_text", *DRAWN_WITH):
        database.execute(f"DROP TABLE IF EXISTS {table}")
    columns = "".join(f", {name} TEXT NOT NULL" for name in _COLUMNS)
    database.execute(f"CREATE TABLE search_text (key INTEGER PRIMARY KEY{columns}) STRICT")
    for index in _INDEXES:
        index.make(database)


_READ = f"SELECT {', '.join(_COLUMNS)} FROM search_text WHERE key = ?"  # noqa: S608 - constants of this file
_STORE = f"INSERT OR REPLACE INTO search_text (key, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)})"  # noqa: S608


def put(database: Database, key: int, tokens: Tokens | None) -> None:
    """Store the tokens of a record, or forget it (None). Unchanged ones cost one look-up."""
    old = database.execute(_READ, (key,)).fetchone()
    new = None if tokens is None else astuple(tokens)
    if old == new:
        return
    for index in _INDEXES:
        index.write(database, key, old, new)
    if new is None:
        database.execute("DELETE FROM search_text WHERE key = ?", (key,))
    else:
        database.execute(_STORE, (key, *new))


def clear(database: Database) -> None:
    """Forget everything."""
    database.execute("DELETE FROM search_text")
    for index in _INDEXES:
        index.tell(database, "delete-all")


def tidy(database: Database) -> bool:
    """Take one step towards indexes in few pieces, of some tens of milliseconds; False if they are."""
    index = next((index for index in _INDEXES if index.pieces(database) > _PIECES_MOST), None)
    if index is not None:
        index.join(database)
    return index is not None


def check(database: Database) -> None:
    """Compare the indexes with the tokens they were made from. KnownFault vault.damaged if they differ."""
    for index in _INDEXES:
        index.tell(database, "integrity-check")


def fact(letter: str, name: str) -> str:
    """The token of a fact: ``s`` state, ``n`` need, ``k`` kind, ``c`` caseworker, ``d`` laptop that registered; of the arrival the day ``a``,
    the week ``w`` by its Monday, the month ``m`` and the year ``y``."""
    return letter + "".join(character for character in name if character.isalnum())


def expression(query: str) -> str:
    """The typed query as an expression for the index, "" if nothing in it can be looked for: names as they are written, codes, telephone
    numbers."""
    return _in_columns(names=name_query(query), ids=id_query(query))


BESIDE = frozenset({"paper", "parent", "place"})
"""Reasons whose expressions are for the other index: see `keys`."""


def wider(query: str, *, papers: bool) -> list[tuple[str, str]]:
    """Further expressions, the likelier first, each with the reason it is shown with: ``sound``, ``parent``, ``place``, and ``paper`` (only
    with `papers`: the volunteer may read them)."""
    names, ids, sounds = name_query(query), id_query(query), sound_query(query)
    parents = " OR ".join(wanted for wanted in (names, sounds) if wanted)
    found = [
        ("sound", _in_columns(sounds=sounds)), ("paper", _in_columns(papers=ids) if papers else ""),
        ("parent", _in_columns(parents=parents)), ("place", _in_columns(places=names)),
    ]
    return [(reason, wanted) for reason, wanted in found if wanted]


def respelt(query: str) -> Iterator[str]:
    """Expressions for names that may be written in another way than was typed, but for a slip; the likelier first."""
    return (_in_columns(sounds=one) for one in slip_queries(query))


def misspelt(database: Database, query: str) -> str:
    """An expression for names that are the typed one but for a letter in the one word that nobody has, or ""."""
    words = latin_words(query)
    unknown = [word for word in dict.fromkeys(words) if not _known(database, word)]
    return _in_columns(names=spelling_query(words, unknown[0]) if len(unknown) == 1 else "")


def misheard(query: str) -> str:
    """An expression for names that sound otherwise in one syllable, or ""."""
    return _in_columns(sounds=far_slip_query(query))


def _known(database: Database, word: str) -> bool:
    found = database.execute("SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1", (f'names : "{word}"',)).fetchone()
    return found is not None


def _in_columns(**wanted: str) -> str:
    parts = [f"({column} : ({expression}))" for column, expression in wanted.items() if expression]
    return "(" + " OR ".join(parts) + ")" if parts else ""


Fact = Union[str, tuple[str, ...]]
"""A fact that a record must have, or several of which it must have one."""


@dataclass(frozen=True)
class Facts:
    """What records must have beside a match: each of `having`, none of `without`."""

    having: tuple[Fact, ...] = ()
    without: tuple[str, ...] = ()

    def around(self, wanted: str) -> str:
        """The expression for the index of an expression with these facts."""
        match = " AND ".join([*([wanted] if wanted else []), *(_one_of(one if isinstance(one, tuple) else (one,)) for one in self.having)])
        return f"({match}) NOT {_one_of(self.without)}" if self.without else match


def _one_of(tokens: tuple[str, ...]) -> str:
    return "(facts : (" + " OR ".join(f'"{token}"' for token in tokens) + "))"


_KEYS = {  # in one row: thousands of rows would cost more than the look-up
    index.name: (
        f"SELECT json_group_array(rowid) FROM (SELECT rowid FROM {index.name} WHERE {index.name} MATCH ? ORDER BY rowid DESC LIMIT ?)"  # noqa: S608
    )
    for index in _INDEXES
}
_COUNT = {
    index.name: f"SELECT count(*) FROM (SELECT 1 FROM {index.name} WHERE {index.name} MATCH ? LIMIT ?)"  # noqa: S608
    for index in _INDEXES
}


def keys(database: Database, wanted: str, facts: Facts, limit: int | None = None, *, beside: bool = False) -> list[int]:
    """Keys of the records that match an expression and have the facts, the newest first. `beside`: an expression over parents, places or
    papers."""
    sql = _KEYS[_BESIDE.name if beside else _NAMES.name]
    found: list[int] = json.loads(database.execute(sql, (facts.around(wanted), -1 if limit is None else limit)).fetchone()[0])
    return found


def count_of(database: Database, wanted: str, *, most: int, beside: bool = False) -> int:
    """How many records match an expression, whatever they are; counted up to `most`. `beside`: as for `keys`."""
    sql = _COUNT[_BESIDE.name if beside else _NAMES.name]
    return int(database.execute(sql, (wanted, most)).fetchone()[0])


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


def best_first(database: Database, found: list[int], query_tokens: str) -> tuple[list[int], list[int]]:
    """Those of these keys whose whole name this is, then those whose name begins so; and the rest. The order inside each is kept."""
    typed = [one for one in query_tokens.split(f" {BETWEEN} ") if one]  # as it is written, and in one word
    wanted = "SELECT key, names FROM search_text WHERE key IN (SELECT value FROM json_each(?))"
    names = dict(database.execute(wanted, (json.dumps(found),)).fetchall())
    whole: list[int] = []
    begin: list[int] = []
    rest: list[int] = []
    for key in found:
        parts = names.get(key, "").split(f" {BETWEEN} ")
        is_whole, begins = any(one in parts for one in typed), any(part.startswith(tuple(typed)) for part in parts)
        (whole if is_whole else begin if begins else rest).append(key)
    return [*whole, *begin], rest


def closest_first(database: Database, found: list[int], query: str, *, slips: bool = False) -> dict[int, float]:
    """These keys, each with how much of its name sounds like what was typed (1: the whole name), the closest first; the order of equal ones is
    kept. With `slips`, as if a syllable of the query may be another."""
    wanted = "SELECT key, sounds FROM search_text WHERE key IN (SELECT value FROM json_each(?))"
    sounds = dict(database.execute(wanted, (json.dumps(found),)).fetchall())
    said = meant_ways(query) if slips else ways(query)
    close = {key: closeness(said, sounds.get(key, "")) for key in found}
    return dict(sorted(close.items(), key=lambda one: -one[1]))
