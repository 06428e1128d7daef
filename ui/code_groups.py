"""The recovery code in groups of four characters: as it stands on paper, is read aloud and is typed back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from desktop.services.vaults import RecoveryPart, recovery_parts

SIZE = 4
_READ_AS = str.maketrans("OIL", "011", " -")
_RANDOM = secrets.SystemRandom()


@dataclass(frozen=True)
class Group:
    """A group to type back. `number` from 1; on a sheet in parts, `part` and the row that goes together with the part `along`."""

    number: int
    characters: str = field(repr=False)
    part: int = 0
    along: int = 0

    def right(self, typed: str) -> bool:
        """Whether this is what was typed. O is read as 0, I and L as 1."""
        return typed.upper().translate(_READ_AS) == self.characters


class Sheet:
    """The recovery sheet while its code is still known: as one sheet, or in three parts of which two are needed. `asked` are two groups to type
    back, drawn at random unless their `numbers` are given."""

    def __init__(self, code: str, numbers: tuple[int, int] | None = None) -> None:
        whole = [Group(number, characters) for number, characters in enumerate(groups(code), 1)]
        self.code = "".join(one.characters for one in whole)
        self.divided = False
        self._parts: tuple[RecoveryPart, ...] = ()
        self._asked = [whole[number - 1] for number in numbers or sorted(_RANDOM.sample(range(1, len(whole) + 1), 2))]
        self._asked_of_parts: list[Group] = []

    @property
    def asked(self) -> tuple[Group, Group]:
        """In the order of the paper; on a sheet in parts they are of two different ones."""
        first, second = self._asked_of_parts if self.divided else self._asked
        return first, second

    @property
    def parts(self) -> tuple[RecoveryPart, ...]:
        """Always the same ones; none for one sheet."""
        return self._parts if self.divided else ()

    def divide(self, on: bool) -> None:
        """Three parts, or one sheet."""
        if on and not self._parts:
            self._parts = recovery_parts(self.code)
            self._asked_of_parts = [_any_group(self._parts[at]) for at in sorted(_RANDOM.sample(range(len(self._parts)), 2))]
        self.divided = on

    def lines(self) -> list[str]:
        """All groups, numbered, a line for each; for a sheet in parts a line for each row of each part."""
        if not self.divided:
            return [f"{at}.  {group}" for at, group in enumerate(groups(self.code), 1)]
        return [f"{part.number} + {along}:  {' '.join(groups(row))}" for part in self._parts for along, row in sorted(part.rows.items())]


def groups(code: str) -> list[str]:
    """The code (with or without marks between its characters) in its groups."""
    plain = "".join(character for character in code if character.isalnum())
    return [plain[at : at + SIZE] for at in range(0, len(plain), SIZE)]


def _any_group(part: RecoveryPart) -> Group:
    along = _RANDOM.choice(sorted(part.rows))
    number, characters = _RANDOM.choice(list(enumerate(groups(part.rows[along]), 1)))
    return Group(number, characters, part.number, along)
