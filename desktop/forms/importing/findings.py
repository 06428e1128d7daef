"""What is found when a form file is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

Fields = Mapping[str, Union[str, int]]


@dataclass(frozen=True)
class Place:
    """Where something stands, as a spreadsheet shows it: `row` from 1 (0: the whole sheet), `column` as letters ("": the whole row),
    `header` the first cell of that column, `text` the cell's own text. A compiled form has no sheets: its places are blank."""

    sheet: str = ""
    row: int = 0
    column: str = ""
    header: str = ""
    text: str = ""


@dataclass(frozen=True)
class Repair:
    """A change that would make the form better or usable. Nothing is changed unless its `id` is accepted.

    `what_code` names its sentence, `fields` fill the gaps. `before` and `after` are the text that changes; where several cells of a
    column change alike, those of the first. `count`: how many cells. `harmless`: answers, names and rules mean the same afterwards.
    `needed`: the form cannot be used without it. `accepted`: it has been applied to what this finding tells of."""

    id: str
    sheet: str
    row: int
    column: str
    what_code: str
    fields: Fields
    before: str
    after: str
    harmless: bool
    needed: bool = False
    accepted: bool = False
    header: str = ""
    count: int = 1


@dataclass(frozen=True)
class Refusal:
    """Why the form cannot be used even if every repair is accepted. `header` and `text`: as in `Place`."""

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    fields: Fields = field(default_factory=dict)
    header: str = ""
    text: str = ""


@dataclass(frozen=True)
class Limit:
    """Something this program cannot do; the form works without it. `questions`: names of those concerned."""

    code: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Import:
    """All about a form file. `kind`: xlsx, xls, csv, md, xform, or "" if it is none of them. `languages`: the form's own names of
    its languages. `missing_media`: companion files that were not given. `compiled`: the form, or None while a refusal stands or a
    needed repair is not accepted."""

    kind: str
    form_id: str = ""
    title: str = ""
    version: str = ""
    languages: tuple[str, ...] = ()
    questions: int = 0
    repairs: tuple[Repair, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    limits: tuple[Limit, ...] = ()
    missing_media: tuple[str, ...] = ()
    compiled: bytes | None = None

    @property
    def usable(self) -> str:
        """``as_it_is``, ``after_repairs`` or ``no``."""
        if self.compiled is not None:
            return "as_it_is"
        return "no" if self.refusals else "after_repairs"

    @property
    def needed(self) -> tuple[str, ...]:
        """The ids of the repairs without which the form cannot be used and which are not accepted yet."""
        return tuple(repair.id for repair in self.repairs if repair.needed and not repair.accepted)
