"""How often names and places occur, asked of the search index: for one card while it is typed, when there is no time to count everybody."""

from __future__ import annotations

from desktop.myanmar.sound_search import as_tokens
from desktop.services.doubles.weighing import Population
from desktop.services.projections import search
from desktop.vault.database import Database

_MOST = 2000  # more than that is as common as names get


class Indexed(Population):
    """Counts are cut off at 2,000; those of single answers are remembered for as long as this lives."""

    def __init__(self, database: Database, size: int) -> None:
        self.size = size
        self._database = database
        self._known: dict[tuple[str, str], int] = {}

    def count(self, what: str, key: str) -> int:
        known = self._known.get((what, key))
        if known is None:
            known = self._known[what, key] = self._asked(what, key)
        return known

    def told(self, what: str) -> int:
        return self.size

    def _asked(self, what: str, key: str) -> int:
        if what == "township":
            found = self._database.execute("SELECT count(*) FROM person_list WHERE place = ?", (key,)).fetchone()
            return int(found[0])
        column = "parents" if what == "parent" else "sounds"
        terms = [f'"{part}"' for part in as_tokens(key).split(" * ")]
        match = f"{column} : ({' AND '.join(terms)})"
        return search.count_of(self._database, match, most=_MOST, beside=what == "parent")
