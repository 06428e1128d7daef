"""How a form was laid out on a sheet for the pen, in a few characters that stand in its code to scan: with the exact form they give the
same sheet again, and so the place of every box on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.forms.definition import Definition
from desktop.services.form_words import languages_for

MOST_ROWS = 20
_SIZES = {"A": "A4", "L": "Letter"}
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Layout:
    """`size` of the paper (A4 or Letter), `rows` in each table (0: what the form says), with `guidance` for the volunteer, and the names of
    one or two `languages`."""

    size: str
    rows: int
    guidance: bool
    languages: tuple[str, ...]

    @classmethod
    def of(cls, definition: Definition, *, size: str, rows: int, guidance: bool, languages: Sequence[str]) -> Layout:
        """As it is printed when this is asked for."""
        chosen = tuple(one.name for one in languages_for(definition, languages))
        return cls(size if size in _SIZES.values() else "A4", min(MOST_ROWS, max(0, rows)), guidance, chosen)

    def text(self, definition: Definition) -> str:
        """Capital letters and digits: ``A00401`` is A4, short hints, rows 04, the languages 0 and 1 of the form."""
        letter = next(letter for letter, size in _SIZES.items() if size == self.size)
        names = [one.name for one in definition.languages]
        spoken = "".join(_DIGITS[names.index(name)] for name in self.languages if name in names[: len(_DIGITS)])
        return f"{letter}{int(self.guidance)}{self.rows:02}{spoken}"

    @classmethod
    def read(cls, text: str, definition: Definition) -> Layout | None:
        """The layout that was written so; None if it is none of this form."""
        if len(text) < 4 or text[0] not in _SIZES or text[1] not in "01" or not text[2:4].isdecimal() or not text.isascii():
            return None
        places = [_DIGITS.find(letter) for letter in text[4:]]
        if any(not 0 <= place < len(definition.languages) for place in places):
            return None
        names = [definition.languages[place].name for place in places]
        return cls.of(definition, size=_SIZES[text[0]], rows=int(text[2:4]), guidance=text[1] == "1", languages=names)


def mark_of(digest: str) -> str:
    """How a code to scan names an exact form."""
    return digest[:8].upper()
