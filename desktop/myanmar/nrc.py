"""The number on a citizenship card: ``12/ကမရ(နိုင်)123456``, in Burmese or Roman letters.

Kept is the state (1 to 14), the township code in Burmese letters, the letter of the class and the digits. What is unusual is told as a
warning and never refused: neither list of codes is official, they disagree in 24 rows, twelve codes mean two places, and cards with five
digits exist. A Roman code may stand for two Burmese ones (9 of them do): then both are offered and what was typed is kept.
Source of the codes: ``resources/reference/nrc_townships.json``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from desktop.domain.changes import Problem
from desktop.myanmar.text import ascii_digits, clean, folded, has_myanmar
from desktop.myanmar.zawgyi import in_unicode
from desktop.resources import folder

_SHAPE = re.compile(
    r"\s*(?P<state>\d{1,2})\s*[/\\|,.\-]?\s*(?P<code>[^\d()/\\\[\]]+?)\s*[(\[]\s*(?P<class>[^()\[\]\d]*?)\s*[)\]]\s*(?P<digits>[\d\s]+)\s*"
)
_NO_BRACKETS = re.compile(r"\s*(?P<state>\d{1,2})\s*[/\\|\-]\s*(?P<rest>[^\d()/\\\[\]]+?)\s*(?P<digits>\d[\d\s]*)\s*")
_LONGEST = 80


@dataclass(frozen=True)
class Nrc:
    """`code`: three Burmese letters, "" where the typed letters fit several or none; then `possible` has those that fit. `letter`: the class
    in Burmese (``နိုင်``), "" if it is none we know. `typed` is what was written, cleaned."""

    state: int
    code: str
    letter: str
    digits: str
    typed: str
    possible: tuple[str, ...] = ()


@dataclass(frozen=True)
class Township:
    """A row of the list of codes. `roman`: spellings, the usual one first. `places`: (English, Burmese) names of what the code means; several where it is not certain."""

    state: int
    code: str
    roman: tuple[str, ...]
    places: tuple[tuple[str, str], ...]


@cache
def _data() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(folder("reference", "nrc_townships.json").read_text(encoding="utf-8"))
    return found


@cache
def townships() -> dict[tuple[int, str], Township]:
    """All codes by (state, Burmese code)."""
    found = {}
    for row in _data()["townships"]:
        places: list[dict[str, str]] = row["places"]  # type: ignore[assignment]
        sources: dict[str, list[str]] = row["roman_src"]  # type: ignore[assignment]
        one = Township(
            int(str(row["state"])), str(row["code"]), tuple(sorted(sources, key=lambda spelling: "mm-nrc" not in sources[spelling])),
            tuple((place.get("en") or "", place.get("my") or "") for place in places),
        )
        found[(one.state, one.code)] = one
    return found


def codes(state: int) -> list[Township]:
    """The codes of one state, in the order of the list."""
    return [one for (number, _), one in townships().items() if number == state]


@cache
def states() -> dict[int, tuple[str, str]]:
    """Number of a state or region -> (English, Burmese) name."""
    return {int(str(row["number"])): (str(row["en"]), str(row["my"])) for row in _data()["states"]}


@cache
def letters() -> dict[str, str]:
    """Letter of the class in Burmese -> in Roman letters."""
    return {str(row["my"]): str(row["en"]) for row in _data()["classes"] if row["my"]}


@cache
def _spelt_letters() -> dict[str, str]:
    """Every usual spelling of a class -> the letter in Burmese."""
    found: dict[str, str] = {}
    for row in _data()["classes"]:
        if row["my"]:
            spellings = [row["my"], row["en"], *row.get("alt_my", ()), *row.get("alt_en", ())]  # type: ignore[misc]
            found.update({str(one).lower(): str(row["my"]) for one in spellings})
    return {**found, "naing": "နိုင်", "naining": "နိုင်", "eh": "ဧည့်", "ae": "ဧည့်", "pyu": "ပြု", "ဧည်": "ဧည့်", "နိင်": "နိုင်"}


def read(text: str) -> Nrc | None:
    """A card number out of what was typed or pasted, in either script; None if it does not look like one, or is too long to be one. The class
    is known in Zawgyi too: cards are copied from there."""
    if len(text) > _LONGEST:
        return None
    typed = clean(text)
    plain = ascii_digits(typed)
    found = _SHAPE.fullmatch(plain)
    if found is not None:
        code, letter = found["code"], found["class"]
    else:
        found = _NO_BRACKETS.fullmatch(plain)
        if found is None:
            return None
        code, letter = _parted(found["rest"])
    digits = re.sub(r"\s+", "", found["digits"])
    state = int(found["state"])
    possible = tuple(_meant(state, code))
    return Nrc(
        state, possible[0] if len(possible) == 1 else "", _letter(letter), digits, typed,
        possible if len(possible) > 1 else (),
    )


def _letter(typed: str) -> str:
    """The letter of the class that is meant, in Burmese; "" if it is none."""
    spelt = _spelt_letters()
    return spelt.get(typed.strip().lower(), "") or spelt.get(clean(in_unicode(typed)), "")


def _parted(rest: str) -> tuple[str, str]:
    """The code and the class where no brackets part them: ကမရနိုင်."""
    for spelling in sorted(_spelt_letters(), key=len, reverse=True):
        if rest.lower().endswith(spelling) and len(rest) > len(spelling) + 2:
            return rest[: -len(spelling)], spelling
    return rest, ""


def _meant(state: int, code: str) -> Iterator[str]:
    """The Burmese codes of a state that these letters can mean; Burmese letters mean themselves, known or not."""
    bare = re.sub(r"[\s.\-]+", "", code)
    if has_myanmar(bare):
        yield bare
        return
    wanted = bare.upper()
    for one in codes(state):
        if wanted in one.roman or wanted in _spellings(one.code):
            yield one.code


@cache
def _spellings(code: str) -> frozenset[str]:
    """Every way to write a code in Roman letters, by the table of letters."""
    table: dict[str, list[str]] = _data()["letter_romanisations"]  # type: ignore[assignment]
    return frozenset("".join(way) for way in product(*(table.get(letter, [""]) for letter in code)))


def stored(number: Nrc) -> str:
    """The one way it is kept, so that two spellings of a card are equal: ``12/ကမရ(နိုင်)123456``. What could not be read stays as typed."""
    if not number.code or not number.letter:
        return number.typed
    return f"{number.state}/{number.code}({number.letter}){number.digits}"


def roman(number: Nrc) -> str:
    """The number in Roman letters as cards of the second kind have it: ``12/KAMAYA(N)123456``; as typed if the code is not known."""
    one = townships().get((number.state, number.code))
    if one is None or not one.roman or not number.letter:
        return number.typed
    return f"{number.state}/{one.roman[0]}({letters()[number.letter]}){number.digits}"


def doubts(number: Nrc, where: str = "") -> list[Problem]:
    """What is unusual about a number, none of it severe. Codes: nrc.state, nrc.code, nrc.several (with the codes), nrc.letter, nrc.digits."""
    found = []
    if number.state not in states():
        found.append(Problem(where, "nrc.state", severe=False))
    elif number.possible:
        found.append(Problem(where, "nrc.several", (("codes", " / ".join(number.possible)),), severe=False))
    elif (number.state, number.code) not in townships():
        found.append(Problem(where, "nrc.code", severe=False))
    if not number.letter:
        found.append(Problem(where, "nrc.letter", severe=False))
    if len(number.digits) != 6:
        found.append(Problem(where, "nrc.digits", (("count", len(number.digits)),), severe=False))
    return found


def agree(one: str, two: str) -> bool:
    """True if two texts are the same card, in whichever script they are written."""
    first, second = read(one), read(two)
    if first is None or second is None:
        return clean(one) == clean(two) != ""
    if (first.state, first.digits) != (second.state, second.digits):
        return False
    mine, other = ({number.code} if number.code else set(number.possible) for number in (first, second))
    return bool(mine & other)


_HALF = re.compile(r"(?P<state>\d{0,2})/(?P<code>[^()/]*)\((?P<letter>[^()]*)\)(?P<digits>[\d\s]*)")


def parts(text: str) -> tuple[str, str, str, str] | None:
    """State, code, letter of the class and digits of a number that was typed in parts or as a whole; None if it is no number of a card."""
    number = read(text)
    if number is not None and (number.code or number.possible) and number.letter:
        return str(number.state), number.code or _typed_code(number.typed), number.letter, number.digits
    found = _HALF.fullmatch(ascii_digits(clean(text))) if len(text) <= _LONGEST else None
    if found is None:
        return None
    letter = _letter(found["letter"])
    if found["letter"].strip() and not letter:
        return None
    return found["state"], found["code"].strip(), letter, found["digits"].strip()


def _typed_code(typed: str) -> str:
    found = _SHAPE.fullmatch(ascii_digits(typed))
    return found["code"] if found is not None else ""


def joined(pieces: tuple[str, str, str, str]) -> str:
    """The number of these parts as it is kept; half a number in the same shape, "" for nothing."""
    if not any(pieces):
        return ""
    state, code, letter, digits = pieces
    text = f"{state}/{code.strip()}({letter}){ascii_digits(digits).strip()}"
    number = read(text)
    return stored(number) if number is not None else clean(text)


def codes_like(state: int, text: str, most: int) -> list[Township]:
    """Codes that begin like the text in either script, then those of places whose name begins so or holds it; of one state, or of all (0)."""
    wanted = folded(text).replace(" ", "")
    if not wanted:
        return []
    first, second = [], []
    for (number, code), one in townships().items():
        if state not in (0, number):
            continue
        names = [folded(name).replace(" ", "") for place in one.places for name in place]
        if folded(code).startswith(wanted) or any(spelling.lower().startswith(wanted) for spelling in one.roman):
            first.append(one)
        elif any(wanted in name for name in names):
            second.append(one)
    return [*first, *second][:most]
