"""A birth as people know it: a day, a month, a year, or an age that somebody guessed on a certain day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_YEARS_MOST = 1000
_LENGTHS = {"day": 10, "month": 7, "year": 4}


def earliest(iso: str) -> date | None:
    """The first day that an ISO day, month or year can mean; None if it is not one."""
    parts = iso.split("-")
    if len(parts) > 3 or len(parts[0]) != 4 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    try:
        return date(*numbers, *[1] * (3 - len(numbers)))  # type: ignore[call-arg, misc, unused-ignore]
    except ValueError:
        return None


@dataclass(frozen=True)
class Birth:
    """`precision` is ``day``, ``month``, ``year`` or ``age``. For ``age``, `years` were told (or guessed, if `about`) on `told_on`."""

    precision: str
    born: str = ""  # ISO: YYYY-MM-DD, YYYY-MM or YYYY
    years: int = 0
    told_on: str = ""
    about: bool = False

    def value(self) -> dict[str, str | int | bool]:
        """As it is stored in a register: one value, so that two sites disagree about a birth and never about half of one."""
        if self.precision == "age":
            return {"precision": "age", "years": self.years, "told_on": self.told_on, "about": self.about}
        return {"precision": self.precision, "born": self.born, "about": self.about}

    @classmethod
    def read(cls, value: object) -> Birth | None:
        """The stored mapping as a Birth; None if it is not one: another precision, no such day, a word where a number belongs."""
        if not isinstance(value, Mapping):
            return None
        texts = [value.get(name, "") for name in ("precision", "born", "told_on")]
        years, about = value.get("years", 0), value.get("about", False)
        if not all(isinstance(text, str) for text in texts) or type(years) is not int or abs(years) > _YEARS_MOST:
            return None
        precision, born, told_on = texts
        day, length = (told_on, 10) if precision == "age" else (born, _LENGTHS.get(precision, -1))
        return cls(precision, born, years, told_on, bool(about)) if len(day) == length and earliest(day) else None

    def age_on(self, day: date) -> int | None:
        """Whole years on that day; where only a year is known, the smaller possible age is not claimed: the difference of years."""
        if self.precision == "age":
            told = date.fromisoformat(self.told_on)
            return self.years + max(0, (day - told).days // 365)
        parts = [int(part) for part in self.born.split("-")]
        before_birthday = tuple(parts[1:]) > (day.month, day.day)[: len(parts) - 1]
        return day.year - parts[0] - int(before_birthday)
