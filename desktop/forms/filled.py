"""A form being filled: answers, and what follows from them.

The window, the paper and the command line all read a form through `Node`. Paths are absolute with a 1-based index for each repeat
on the way (``/data/person[2]/age``), as in the contract of ``forms play``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.values import Silence


@dataclass(frozen=True)
class Choice:
    name: str
    label: str


@dataclass(frozen=True)
class Node:
    """One node as it stands now, in the chosen language. `kind`: group, repeat (one instance) or question; data nodes are not shown.
    `appearance` is a set of words; of ours are ``w1`` to ``w12`` (columns of twelve that a question takes on a wide page).
    `silences` are the silences the form allows here. `folder` is the compartment its answers belong to, ``reception`` if the form
    says nothing. `save_to` is ``kind.field`` (for example ``person.name``) or ""."""

    path: str
    kind: str
    type: str
    label: str
    hint: str
    appearance: frozenset[str]
    relevant: bool
    required: bool
    readonly: bool
    value: str
    silence: Silence | None
    silences: tuple[Silence, ...]
    valid: bool
    message: str  # what is wrong, in the form's words, if not valid
    choices: tuple[Choice, ...]
    folder: str
    save_to: str


@dataclass(frozen=True)
class FormProblem:
    """`code`: required, constraint, bad_value."""

    path: str
    code: str
    message: str  # the form's own words, or ""


class FilledForm:
    """Answers to one definition. Everything that depends on an answer is brought up to date before a call returns."""

    language: str

    @property
    def form_id(self) -> str:
        raise NotImplementedError

    @property
    def version(self) -> str:
        raise NotImplementedError

    @property
    def title(self) -> str:
        raise NotImplementedError

    def use_language(self, language: str) -> None:
        """``en`` or ``my``; the form's default language where it lacks that one."""
        raise NotImplementedError

    def sections(self) -> list[Node]:
        """The top-level groups that are relevant now, in order."""
        raise NotImplementedError

    def children(self, path: str) -> list[Node]:
        """The nodes directly inside a group, a repeat instance or the root (path "" or "/data"), relevant or not, in document order.
        Instances of a repeat appear one after another as nodes of kind ``repeat``."""
        raise NotImplementedError

    def node(self, path: str) -> Node:
        """KeyError if there is none."""
        raise NotImplementedError

    def set(self, path: str, value: str) -> str:
        """Answer a question with text as stored in a submission ("" clears). Returns "" or the reason of the refusal: no-such-node,
        not-a-question, not-relevant, read-only, not-a-choice, bad-value. An answer that breaks its constraint is kept and not valid."""
        raise NotImplementedError

    def be_silent(self, path: str, silence: Silence | None) -> str:
        """Unknown, refused or not asked instead of an answer (which is cleared); None takes it back."""
        raise NotImplementedError

    def add(self, repeat: str) -> str:
        """A new instance at the end of a repeat (``/data/person``): its path."""
        raise NotImplementedError

    def repeats(self, group: str = "") -> list[tuple[str, str, int]]:
        """Repeats directly in a group: (path without index, label, number of instances); those with none are there too."""
        raise NotImplementedError

    def remove(self, path: str) -> str:
        """Remove a repeat instance; later ones move up. "" or the reason of the refusal."""
        raise NotImplementedError

    def problems(self, section: str = "") -> list[FormProblem]:
        """Required questions without an answer or a silence, broken constraints, in document order; below `section` if given."""
        raise NotImplementedError

    def progress(self, section: str) -> tuple[int, int]:
        """(questions answered or silent, relevant questions) of a section."""
        raise NotImplementedError

    def answers(self) -> Sequence[Node]:
        """Every relevant question that has a value or a silence, in document order."""
        raise NotImplementedError

    def state(self) -> dict[str, object]:
        """All answers, silences and repeat counts as plain values, for a draft."""
        raise NotImplementedError
