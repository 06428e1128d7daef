"""What a filled form needs to be printed: plain values in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.values import Silence
from desktop.paper.words import Pair


@dataclass(frozen=True)
class Chosen:
    """A chosen option: its number in the list, so that a volunteer who cannot read the words can key it, and its words."""

    number: int
    words: Pair


@dataclass(frozen=True)
class Answer:
    """One question and what was said: a text, chosen options, or a silence; all empty if nobody asked. `number` is that of the question on the
    sheet for the pen; None: the next of this sheet."""

    label: Pair
    text: str = ""
    chosen: tuple[Chosen, ...] = ()
    silence: Silence | None = None
    number: str | None = None


@dataclass(frozen=True)
class Part:
    """Questions under a heading inside a section (one person of several); the first part often has none."""

    answers: tuple[Answer, ...]
    heading: Pair | None = None


@dataclass(frozen=True)
class Section:
    """`locked`: the answers lie in a folder that this volunteer cannot open, so the sheet says only that there is such a section."""

    title: Pair
    parts: tuple[Part, ...]
    locked: bool = False


@dataclass(frozen=True)
class FilledSheet:
    """A filled form. `code` is the case code of whom it is about, "" if it is about nobody. `form` is what the foot calls it. `printed_on` is
    an ISO day; `volunteer` a code, never a name. `confirmed`: it is read back and signed. `languages` is what the foot says. `silences`:
    the form lets people say why there is no answer, so there are columns for it."""

    code: str
    title: Pair
    version: str
    sections: tuple[Section, ...]
    printed_on: str
    volunteer: str = ""
    copy: int = 1
    form: str = "R2"
    confirmed: bool = True
    languages: str = "MY·EN"
    silences: bool = True
