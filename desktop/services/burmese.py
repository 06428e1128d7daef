"""What the window asks about Burmese texts while they are typed: whether they are Zawgyi, which places they may mean, and what the number of a
citizenship card says. Needs no vault."""

from __future__ import annotations

from desktop.myanmar import nrc, places
from desktop.myanmar.nrc import Township, letters, states
from desktop.myanmar.places import Place
from desktop.myanmar.text import has_myanmar
from desktop.myanmar.zawgyi import ASK, CONVERT, KEEP, Verdict, decide

__all__ = [
    "ASK", "CONVERT", "KEEP", "Place", "Township", "Verdict", "card_in_parts", "card_in_roman", "card_of_parts", "codes_like", "has_myanmar",
    "letters", "places_like", "reading", "states",
]

Parts = tuple[str, str, str, str]
"""Of the number of a card: the state ("1" to "14"), the code of the township, the letter of the class in Burmese, the digits; each may be ""."""


def reading(text: str) -> Verdict:
    """The verdict about a text of one or more lines, each line decided by itself; `converted` keeps the lines. Changes nothing."""
    lines = [decide(line) for line in text.split("\n")]
    found = {one.verdict for one in lines}
    verdict = CONVERT if CONVERT in found else ASK if ASK in found else KEEP
    return Verdict(text, verdict, text if verdict == KEEP else "\n".join(one.converted for one in lines))


def places_like(text: str, most: int = 8) -> list[Place]:
    """Townships whose name begins with, holds or sounds like what is typed so far, in either script, the likeliest first."""
    return places.like(text, most)


def codes_like(state: str, text: str, most: int = 8) -> list[Township]:
    """Codes of townships on cards that begin like the text or whose place does, of that state or ("") of all."""
    return nrc.codes_like(int(state) if state else 0, text, most)


def card_in_parts(text: str) -> Parts | None:
    """The number of a citizenship card, whole or half typed, in its parts; None if it is no such number. Letters that may mean several
    townships stay as they were typed."""
    return nrc.parts(text)


def card_of_parts(parts: Parts) -> str:
    """The number as it is kept; "" if all parts are empty."""
    return nrc.joined(parts)


def card_in_roman(text: str) -> str:
    """The number of a citizenship card in Roman letters; "" if it is none, or not known well enough."""
    found = nrc.read(text)
    roman = nrc.roman(found) if found is not None else ""
    return "" if found is None or roman == found.typed else roman
