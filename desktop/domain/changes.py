"""What a service changed, so that each open page can decide whether to read again."""

from __future__ import annotations

from dataclasses import dataclass

from .ids import RecordId


@dataclass(frozen=True)
class Changes:
    """`kinds`: record kinds and areas touched (person, household, contact, health, form, submission, file, draft, conflict, site,
    volunteer, setting, paper). `records`: the records touched, where they are known. An empty `Changes` means nothing changed."""

    kinds: frozenset[str] = frozenset()
    records: frozenset[RecordId] = frozenset()

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.kinds | other.kinds, self.records | other.records)


@dataclass(frozen=True)
class Problem:
    """Something wrong with what a person entered: where, and the code of the sentence that says so. A value, not an exception."""

    where: str
    code: str
    fields: tuple[tuple[str, str | int], ...] = ()
    severe: bool = True  # False: doubtful, kept, shown in amber
