"""What the window asks about Burmese texts while they are typed: whether they are Zawgyi, and which places they may mean. Needs no vault."""

from __future__ import annotations

from desktop.myanmar import places
from desktop.myanmar.places import Place
from desktop.myanmar.zawgyi import ASK, CONVERT, KEEP, Verdict, decide

__all__ = ["ASK", "CONVERT", "KEEP", "Place", "Verdict", "places_like", "reading"]


def reading(text: str) -> Verdict:
    """The verdict about a text of one or more lines, each line decided by itself; `converted` keeps the lines. Changes nothing."""
    lines = [decide(line) for line in text.split("\n")]
    found = {one.verdict for one in lines}
    verdict = CONVERT if CONVERT in found else ASK if ASK in found else KEEP
    return Verdict(text, verdict, text if verdict == KEEP else "\n".join(one.converted for one in lines))


def places_like(text: str, most: int = 8) -> list[Place]:
    """Townships whose name begins with, holds or sounds like what is typed so far, in either script, the likeliest first."""
    return places.like(text, most)
