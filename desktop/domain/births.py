"""A birth as people know it: a day, a month, a year, or an age that somebody guessed on a certain day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


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
        """The stored mapping as a Birth; None if it is not one."""
        if not isinstance(value, Mapping) or "precision" not in value:
            return None
        return cls(
            str(value["precision"]), str(value.get("born", "")), int(value.get("years", 0)), str(value.get("told_on", "")),
            bool(value.get("about", False)),
        )

    def age_on(self, day: date) -> int | None:
        """Whole years on that day; where only a year is known, the smaller possible age is not claimed: the difference of years."""
        if self.precision == "age":
            told = date.fromisoformat(self.told_on)
            return self.years + max(0, (day - told).days // 365)
        parts = [int(part) for part in self.born.split("-")]
        before_birthday = tuple(parts[1:]) > (day.month, day.day)[: len(parts) - 1]
        return day.year - parts[0] - int(before_birthday)
