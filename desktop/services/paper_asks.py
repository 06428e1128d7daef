"""What a volunteer types for a paper whose facts stand in no record: room, bed, amount, what for. Nothing of it is kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain import codes
from desktop.domain.changes import Problem

LETTERS = 80
"""The longest line."""
_TEXT = 240
_NUMBER = 6
_BETWEEN = ","
_LETTERS_WRONG = "paper.ask_letters"


@dataclass(frozen=True)
class Ask:
    """One question. `label`, `hint` and the words of `choices` (key, words) are English; `tr` has them in every language, gaps are filled
    with `fields`. `kind`: ``line``, ``text`` (several lines), ``number`` (1 to `most`), ``day`` (ISO), ``one`` or ``many`` of the choices.
    `most`: characters or the largest number. `start`: what is there before anybody types: a value, ``today``, or ``new`` (a fresh random
    number of the paper). `each`: asked for everybody of the household, the key then ends in ``:`` and the case code. `when`: asked only
    while another question (its key) has that answer."""

    key: str
    label: str
    kind: str = "line"
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    most: int = LETTERS
    start: str = ""
    hint: str = ""
    each: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    when: tuple[str, str] | None = None

    def due(self, typed: Mapping[str, str]) -> bool:
        """True if it is asked, as the other answers are now."""
        return self.when is None or typed.get(self.when[0], "") == self.when[1]


def _same(*words: str) -> tuple[tuple[str, str], ...]:
    """Choices whose keys are short names made of their words."""
    return tuple((key(one), one) for one in words)


def key(words: str) -> str:
    """The key of a choice: its English words in small letters, joined by dashes."""
    plain = "".join(letter if letter.isalnum() else " " for letter in words.lower())
    return "-".join(plain.split())


CURRENCY = (("MMK", "kyat"), ("THB", "baht"), ("USD", "dollars"))
WAY = _same("Cash", "Mobile money", "Voucher")
SAFE = _same("Family kept together", "Women apart", "Worker agreed")
SOON = _same("Right now", "Within 24 hours", "Within 3 days", "Routine")
SERVICE = _same("Clinic", "Hospital", "Mother and child", "Someone to talk to", "Eyes or teeth", "Other help")
SHARED = _same("Age, sex", "Symptoms", "Medicine", "Language")
AGREED = _same("Signed", "Spoken, with witness", "By the parent", "Child agrees too")
GOES = _same("Ration card", "Medicine", "Own papers", "Stipend paid")
HELD = _same("Citizenship card", "Household register", "Passport", "Birth certificate", "Service card", "Other paper")
DUE = _same("Food", "Bed", "Blanket", "Clothes", "Hygiene kit", "Stipend", "Clinic", "Talk")
LINE_FOR = (("household", "Each household"), ("person", "Each person"), ("room", "Each room"))

_LIST_NUMBER = Ask("number", "List number", start="list", most=8, needed=True, hint="To print the same list again, type its number.")
_RECEIPT_NUMBER = Ask("number", "Receipt number", start="new", most=12, needed=True, hint="To print the same receipt again, type its number.")

ASKS_RATION = (
    Ask("shares", "Food shares", "number", most=999, needed=True, start="people"),
    Ask("card", "Letter of the series", most=2, needed=True, hint="One letter. A new series of cards gets the next one."),
)
ASKS_BED = (
    Ask("building", "Building", most=20), Ask("room", "Room", most=20), Ask("bed", "Bed of {code}", most=12, each=True),
    Ask("since", "From day", "day", start="today"), Ask("look_again", "Look again on", "day"), Ask("safe", "Safe sleep", "many", SAFE),
)
ASKS_RECEIPT = (
    Ask("amount", "Amount", "number", most=999_999_999, needed=True), Ask("currency", "Currency", "one", CURRENCY, needed=True, start="MMK"),
    Ask("for", "What it is for", needed=True), Ask("way", "Paid by", "one", WAY), Ask("received", "Received on", "day", start="today"),
    _RECEIPT_NUMBER,
)
ASKS_REFERRAL = (
    Ask("soon", "How soon", "one", SOON, needed=True), Ask("service", "Service wanted", "one", SERVICE, needed=True),
    Ask("shared", "May be shared", "many", SHARED, hint="Ask for each. What is not chosen is not printed."),
    Ask("why", "Why", "text", most=_TEXT, hint="Only what the clinic must know. Never what was done to the person, and no names."),
    Ask("allergies", "Allergies", most=60), Ask("medicine", "Medicine now", most=60), Ask("comes_with", "Comes with", most=24),
    Ask("agreed", "Agreed how", "many", AGREED), Ask("day", "Day", "day", start="today"),
)
ASKS_TRANSFER = (
    Ask("to", "Nickname of the other site", most=40, needed=True, hint="Never the name of the place."), Ask("leaves", "Leaves on", "day"),
    Ask("who", "Who goes", "many", needed=True, start="all"), Ask("goes", "Goes with them", "many", GOES),
)
ASKS_HELD = (
    Ask("papers", "Papers we keep", "many", HELD, needed=True), Ask("note", "Note", hint="Never the numbers of the papers."),
    Ask("why", "Why we keep it"), Ask("kept_on", "Taken on", "day", start="today"), Ask("give_back", "Give back on", "day"), _RECEIPT_NUMBER,
)
ASKS_TALLY = (
    Ask("what", "What is given", needed=True), Ask("line_for", "One line for", "one", LINE_FOR, needed=True, start="household"),
    Ask("rooms", "Rooms", "text", most=2000, needed=True, hint="One room in each line, as it is called here.", when=("line_for", "room")),
    Ask("rounds", "How many times", "number", most=7, needed=True, start="1"), Ask("day", "Day", "day", start="today"), _LIST_NUMBER,
)
ASKS_DESK = (
    Ask("columns", "What is due today", "many", DUE, needed=True, start="food,bed,clothes"), Ask("day", "Day", "day", start="today", needed=True),
    _LIST_NUMBER,
)


def for_household(asks: Sequence[Ask], members: Sequence[str]) -> tuple[Ask, ...]:
    """The questions with those about each member (case codes) asked for everybody."""
    made: list[Ask] = []
    for ask in asks:
        if ask.each:
            made += [replace(ask, key=f"{ask.key}:{code}", each=False, fields=(("code", codes.shown(code)),)) for code in members]
        elif ask.key == "who":
            made.append(replace(ask, choices=tuple((code, codes.shown(code)) for code in members)))
        else:
            made.append(ask)
    return tuple(made)


def starts(asks: Sequence[Ask], today: str, people: int = 0) -> dict[str, str]:
    """What stands in the fields before anybody types. `people`: how many the household has."""
    said = {"today": today, "people": str(people or 1)}
    made = {}
    for ask in asks:
        if ask.start == "new":
            made[ask.key] = "".join(secrets.choice(codes.ALPHABET) for _ in range(_NUMBER))
        elif ask.start == "list":
            made[ask.key] = codes.new()
        elif ask.start == "all":
            made[ask.key] = _BETWEEN.join(code for code, _ in ask.choices)
        else:
            made[ask.key] = said.get(ask.start, ask.start)
    return made


def for_many(asked: Sequence[Sequence[Ask]]) -> tuple[Ask, ...]:
    """The questions of several documents that have one answer for everybody: not the numbers of receipts, nor what is about one person or
    one household. Each key once."""
    own = ("new", "people", "all", "list")
    return tuple({one.key: one for asks in asked for one in asks if not one.each and one.start not in own}.values())


def chosen(typed: Mapping[str, str], key: str) -> frozenset[str]:
    """The keys that are ticked in an answer of kind ``many``."""
    return frozenset(filter(None, typed.get(key, "").split(_BETWEEN)))


def joined(keys: frozenset[str] | set[str]) -> str:
    """Ticked keys as one answer."""
    return _BETWEEN.join(sorted(keys))


def whole(text: str) -> int | None:
    """A typed number, with spaces and commas between its thousands or digits of Burmese; None if it is no whole number."""
    plain = text.replace(",", "").replace(" ", "")
    return int(plain) if plain.isdecimal() else None


def problems(asks: Sequence[Ask], typed: Mapping[str, str]) -> tuple[Problem, ...]:
    """What is missing or wrong, by the key of the question."""
    found = []
    for ask in asks:
        if not ask.due(typed):
            continue
        value = typed.get(ask.key, "").strip()
        code = _wrong(ask, value) if value else "paper.ask_needed" if ask.needed else ""
        if code:
            found.append(Problem(ask.key, code, (("most", f"{ask.most:,}"), ("letters", _unknown(value) if code == _LETTERS_WRONG else ""))))
    return tuple(found)


def _wrong(ask: Ask, value: str) -> str:
    if ask.kind == "number":
        number = whole(value)
        return "paper.ask_number" if number is None or not 1 <= number <= ask.most else ""
    if ask.kind == "day":
        return "" if _is_day(value) else "paper.ask_day"
    if ask.kind in ("one", "many"):
        offered = {name for name, _ in ask.choices}
        picked = set(value.split(_BETWEEN))
        return "" if picked <= offered and (ask.kind == "many" or len(picked) == 1) else "paper.ask_choice"
    if len(value) > ask.most:
        return "paper.ask_long"
    if ask.start == "list":
        return "" if codes.parse(value) else "paper.ask_code"
    return _LETTERS_WRONG if _unknown(value) else "" if value.isprintable() or ask.kind == "text" else "paper.ask_long"


def _unknown(value: str) -> str:
    """The letters that no face of the papers has, a few of them."""
    from desktop.paper import shaping

    return " ".join(dict.fromkeys(shaping.regular().shape(value).unknown))[:20]


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False
