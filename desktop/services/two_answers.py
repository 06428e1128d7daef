"""Answers that stand beside each other because two people gave them without knowing of each other."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.fields import Field, Kind
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.journal.body import DELETED

OFF_THE_LIST = Field(DELETED, Kind.CHOICE, "yes_no")
"""The question whether a record stays on the lists: somebody took it off while somebody else changed it."""


@dataclass(frozen=True)
class Answer:
    """One of the answers that stand beside each other. `words`: the answer to a question of a form, in the words of that form;
    of a field that names a person or household, the name or number of that."""

    stamp: Stamp
    value: Value
    author: str
    site: str  # "" if ours
    at: str
    shown_now: bool
    words: str = ""


@dataclass(frozen=True)
class TwoAnswers:
    """A field that two people changed without knowing of each other. For a question of a form that was added here `label` is its words, "" for a
    field of a record; `choices` are (name, words) of what can be chosen there, and `typed` says that the right answer can be typed."""

    folder: Folder
    record: RecordId
    kind: str
    title: str  # the name of the person, household code or contact code; of a filled form the person's name and the form's title
    field: Field
    answers: tuple[Answer, ...]  # two or more, the one shown now first
    label: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    typed: bool = False
