"""Rows of big lists by the value of a column, so that a choice filter or `pulldata` need not look at every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from desktop.forms.xpath.elements import Document, Element, Scalar
from desktop.forms.xpath.operators import CLOSE, same
from desktop.forms.xpath.values import to_number, to_text

Nodes = Sequence[Element]
Wanted = Callable[[], Sequence[Scalar]]
_DIGITS = 6  # numbers are kept rounded to so many decimals and then compared exactly


class Column:
    """The rows of a list by what stands in one column; a row without it counts as blank, as in a comparison."""

    def __init__(self, rows: Nodes, column: tuple[str, ...]) -> None:
        self._values = [_values(row, column) for row in rows]
        self.only_texts = all(type(value) is str for values in self._values for value in values)
        self._by_text: dict[str, list[int]] = {}
        self._by_number: dict[float, list[int]] | None = None
        for at, values in enumerate(self._values):
            for value in values:
                self._by_text.setdefault(to_text(value), []).append(at)

    def places(self, wanted: Sequence[Scalar]) -> Sequence[int]:
        """The places of the rows with one of these texts or numbers, in order."""
        if len(wanted) == 1 and isinstance(wanted[0], str):
            return self._by_text.get(to_text(wanted[0]), ())
        found: set[int] = set()
        for value in wanted:
            found.update(self._by_text.get(to_text(value), ()) if isinstance(value, str) else self._with_number(value))
        return sorted(found)

    def _with_number(self, wanted: float) -> list[int]:
        if wanted != wanted or abs(wanted) == float("inf"):
            return []
        if self._by_number is None:
            self._by_number = {}
            for at, values in enumerate(self._values):
                for number in map(to_number, values):
                    if number == number:
                        self._by_number.setdefault(round(number, _DIGITS), []).append(at)
        near = {round(wanted - CLOSE, _DIGITS), round(wanted + CLOSE, _DIGITS)}
        return [
            at for number in near for at in self._by_number.get(number, ()) if any(same(value, wanted) for value in self._values[at])
        ]


def rows_equal_to(document: Document, parent: Element, rows: str, columns: Iterable[tuple[tuple[str, ...], Wanted]]) -> Nodes | None:
    """The children `rows` of a node of that document where in every one of the columns (names on the way down; none: the row itself)
    one of the wanted values stands; a column is asked only while there are rows left. None where only comparing row by row gives the
    right answer. The first look at a column reads the whole list."""
    row = parent.named.get(rows, ())
    places: Sequence[int] | None = None
    for column, wanted in columns:
        if places is not None and not places:
            break
        values = wanted()
        found = None if any(isinstance(value, bool) for value in values) else _places(document, parent, rows, column, values)
        if found is None:
            return None
        places = found if places is None else _both(places, found)
    return [row[at] for at in places or ()]


def _places(document: Document, parent: Element, rows: str, column: tuple[str, ...], values: Sequence[Scalar]) -> Sequence[int] | None:
    key = (id(parent), rows, column)
    kept = document.indexes.get(key)
    if kept is None:
        kept = document.indexes[key] = Column(parent.named.get(rows, ()), column)
    assert isinstance(kept, Column)
    return kept.places(values) if kept.only_texts else None


def _both(one: Sequence[int], two: Sequence[int]) -> Sequence[int]:
    few, many = sorted((one, two), key=len)
    return sorted(set(few).intersection(many))


def _values(row: Element, column: tuple[str, ...]) -> tuple[Scalar, ...]:
    nodes: Nodes = (row,)
    for name in column:
        nodes = nodes[0].named.get(name, ()) if len(nodes) == 1 else [child for node in nodes for child in node.named.get(name, ())]
    return tuple(node.content() if node.children else node.value for node in nodes) or ("",)
