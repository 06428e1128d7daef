"""The words printed by Waystation itself, in Burmese and English together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from desktop.words.catalogue import translate_in
from desktop.words.field_names import MONTHS


@dataclass(frozen=True)
class Pair:
    """One text in both languages. Burmese is printed first. Where both are the same (a number, a name) it is printed once."""

    my: str
    en: str

    @classmethod
    def same(cls, text: str) -> Pair:
        """A text that needs no translation."""
        return cls(text, text)

    @property
    def one(self) -> bool:
        """True if there is only one text to print."""
        return self.my == self.en or not self.my or not self.en


@cache
def pair(english: str) -> Pair:
    """A text of a document with its Burmese from ``resources/locale/my/paper.po``."""
    return Pair(translate_in("paper", english, "my"), english)


def filled(words: Pair, **fields: str | int) -> Pair:
    """The pair with its gaps ``{name}`` filled."""
    return Pair(words.my.format(**fields), words.en.format(**fields))


@cache
def month(number: int) -> Pair:
    """The name of a month, 1 to 12, the English one in three letters."""
    english = MONTHS[number - 1]
    return Pair(translate_in("fields", english, "my"), english[:3])


def day_short(iso: str) -> str:
    """A day as it stands in narrow places: ``21 Nov 2026``; a text that is no day as it is."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return iso
    return f"{int(parts[2])} {month(int(parts[1])).en} {parts[0]}"
