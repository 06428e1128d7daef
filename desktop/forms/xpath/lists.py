"""Rows of big lists by the value of a column, so that a choice filter or `pulldata` need not look at every row."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.forms.xpath.elements import Document, Element, Scalar
from desktop.forms.xpath.operators import CLOSE, same
from desktop.forms.xpath.values import to_number, to_text

Nodes = Sequence[Element]
_DIGITS = 6  # numbers are kept rounded to so many decimals and then compared exactly


class Column:
    """The rows of a list by what stands in one column; a row without it counts as blank, as in a comparison."""

    def __init__(self, rows: Nodes, column: tuple[str, ...]) -> None:
        self._rows = rows
        self._values = [_values(row, column) for row in rows]
        self.only_texts = all(type(value) is str for values in self._values for value in values)
        self._by_text: dict[str, list[int]] = {}
        self._by_number: dict[float, list[int]] | None = None
        for at, values in enumerate(self._values):
            for value in values:
                self._by_text.setdefault(to_text(value), []).append(at)

    def equal_to(self, wanted: Sequence[Scalar]) -> Nodes:
        """The rows with one of these texts or numbers, in order."""
        if len(wanted) == 1 and isinstance(wanted[0], str):
            return [self._rows[at] for at in self._by_text.get(to_text(wanted[0]), ())]
        found: set[int] = set()
        for value in wanted:
            found.update(self._by_text.get(to_text(value), ()) if isinstance(value, str) else self._with_number(value))
        return [self._rows[at] for at in sorted(found)]

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


def rows_equal_to(document: Document, parent: Element, rows: str, column: tuple[str, ...], wanted: Sequence[Scalar]) -> Nodes | None:
    """The children `rows` of a node of that document in whose column (names on the way down; none: the row itself) one of the values
    stands. None where only comparing row by row gives the right answer. The first look at a column reads the whole list."""
    if any(isinstance(value, bool) for value in wanted):
        return None
    key = (id(parent), rows, column)
    kept = document.indexes.get(key)
    if kept is None:
        kept = document.indexes[key] = Column(parent.named.get(rows, ()), column)
    assert isinstance(kept, Column)
    return kept.equal_to(wanted) if kept.only_texts else None


def _values(row: Element, column: tuple[str, ...]) -> tuple[Scalar, ...]:
    nodes: Nodes = (row,)
    for name in column:
        nodes = nodes[0].named.get(name, ()) if len(nodes) == 1 else [child for node in nodes for child in node.named.get(name, ())]
    return tuple(node.content() if node.children else node.value for node in nodes) or ("",)
