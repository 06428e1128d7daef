"""What a form for the pen needs to be printed: questions, places to write, and what to say beside them. Plain values.

Every text is a `Pair` of the two languages the sheet was asked for, the first printed larger; in one language both are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Union

from desktop.domain.values import Silence
from desktop.paper.words import Pair


@dataclass(frozen=True)
class Option:
    """One answer to choose: its number in the list and its words."""

    number: int
    words: Pair


@dataclass(frozen=True)
class Ticks:
    """Options with a box before each: round for one answer, square for `several`."""

    options: tuple[Option, ...]
    several: bool = False


@dataclass(frozen=True)
class Ranks:
    """Options to put in order: a box for a number before each."""

    options: tuple[Option, ...]


@dataclass(frozen=True)
class Boxes:
    """Boxes for characters in groups, with signs between them: ``(3,)``, ``(4, ".", 2)``."""

    groups: tuple[Union[int, str], ...]


@dataclass(frozen=True)
class Day:
    """A date: day, month by name, year; `parts` are those of ``dmy`` that are asked. `clock`: hours and minutes too."""

    parts: str = "dmy"
    clock: bool = False


@dataclass(frozen=True)
class Lines:
    """Lines to write on. `cells`: boxes for characters under them, for a code or a number of a long list."""

    count: int = 1
    cells: int = 0


@dataclass(frozen=True)
class Scale:
    """A row of numbers with a box over each."""

    marks: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Latitude and longitude, to copy from a device."""


@dataclass(frozen=True)
class Attach:
    """Something that cannot be written: a box to cross when it lies with the sheet. `words` say what."""

    words: Pair


@dataclass(frozen=True)
class Drawing:
    """An empty frame of that height in mm, for a signature or a drawing."""

    height: float


Entry = Union[Ticks, Ranks, Boxes, Day, Lines, Scale, Place, Attach, Drawing]


@dataclass(frozen=True)
class Asked:
    """One question. `hints` stand small under the label, `only_if` under the answer, past a dotted line."""

    number: str
    label: Pair
    entry: Entry
    hints: tuple[Pair, ...] = ()
    only_if: Pair | None = None
    required: bool = False
    silences: tuple[Silence, ...] = ()


@dataclass(frozen=True)
class Note:
    """Something to read, or to read out."""

    words: Pair
    only_if: Pair | None = None


@dataclass(frozen=True)
class Heading:
    """The name of a group inside a section. `only_if` says for which questions when."""

    words: Pair
    only_if: Pair | None = None


@dataclass(frozen=True)
class Matrix:
    """Questions with the same options as one table; every row is one of them, without an entry of its own."""

    options: tuple[Option, ...]
    rows: tuple[Asked, ...]
    several: bool = False


@dataclass(frozen=True)
class Roster:
    """A repeat with room for `count` instances: a table with a column for each question where that fits (options are then written as
    numbers), else the items again for each."""

    words: Pair
    items: tuple[Item, ...]
    count: int
    only_if: Pair | None = None

    @property
    def columns(self) -> tuple[Asked, ...]:
        """The questions, if there is nothing but questions and notes."""
        flat = all(isinstance(item, (Asked, Note)) for item in self.items)
        return tuple(item for item in self.items if isinstance(item, Asked)) if flat else ()


Item = Union[Asked, Note, Heading, Matrix, Roster]


def questions_in(items: Sequence[Item]) -> list[Asked]:
    """Every question among these items, also those in tables."""
    found: list[Asked] = []
    for item in items:
        if isinstance(item, Asked):
            found.append(item)
        elif isinstance(item, Matrix):
            found += item.rows
        elif isinstance(item, Roster):
            found += questions_in(item.items)
    return found


@dataclass(frozen=True)
class BlankSection:
    """A part of the form under a letter."""

    title: Pair
    items: tuple[Item, ...]
    only_if: Pair | None = None


@dataclass(frozen=True)
class BlankForm:
    """A form for the pen. `form` and `version` are the form's own; `code` is the case code it is for, "" for empty boxes; `stub`: a strip
    with the code to tear off (only with a code). `spoken`: the languages of the program's own words, of ``my`` and ``en``. `confirmed`:
    it ends with a sentence to read back and two signatures. `languages` is what the foot says (``MY·EN``); `copy` which print with this number, `printed_on` an
    ISO day.
    `exact` and `layout` name the exact form and how it was laid out, for the code to scan; "" where the form is known by its id alone."""

    form: str
    version: str
    title: Pair
    sections: tuple[BlankSection, ...]
    spoken: tuple[str, ...] = ("my", "en")
    languages: str = "MY·EN"
    code: str = ""
    stub: bool = False
    confirmed: bool = False
    copy: int = 1
    exact: str = ""
    layout: str = ""
    printed_on: str = ""

    def numbered(self, code: str, exact: str, layout: str) -> BlankForm:
        """The same sheet for this number, with the strip to tear off."""
        return replace(self, code=code, stub=bool(code), exact=exact, layout=layout)

    def scanned(self, page: int) -> str:
        """What the code to scan of a page says: number, exact form, page and layout; see `desktop.services.scan_codes`."""
        number = self.code or "-"
        return f"{number}/{self.exact}/{page}/{self.layout}" if self.exact else f"{number}/{self.form}/{page}"

    def words(self, words: Pair) -> Pair:
        """Words of the program in the languages of this sheet."""
        if len(self.spoken) > 1:
            return words
        return Pair.same(words.my if self.spoken == ("my",) else words.en)
