"""Filled forms, by the form and by the person they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.values import Value
from desktop.journal.body import DELETED
from desktop.services.projections.table import ListTable, number, plain

DONE = "done:"
"""Prefix of the register that says that a section is done; the rest is the path of the section."""

FINISHED = "finished"
"""The register that says that somebody declared the whole form done."""

INSTANCE = "instance:"
"""Prefix of the register that says that an instance of a repeat is there (its place among the others); the rest is its path."""

COMPUTED = "data:"
"""Prefix of the registers of what the form works out by itself: two sites may come to different results, and nobody is asked."""


class SubmissionList(ListTable):
    """`done` counts the sections that somebody declared done, `sections` all that the form has. `conflicts` are answers that two people gave
    differently. `digest` names the exact form, "" where only its version was written down."""

    kind = "submission"
    table = "submission_list"
    columns = (
        ("form", "TEXT"), ("version", "TEXT"), ("digest", "TEXT"), ("person_code", "TEXT"), ("done", "INTEGER"), ("sections", "INTEGER"),
        ("finished", "INTEGER"), ("conflicts", "INTEGER"),
    )
    indexes = ("person_code", "form", "digest")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        done = sum(1 for name, value in values.items() if name.startswith(DONE) and value is True)
        return (
            *(plain(values.get(name)) for name in ("form", "version", "digest", "person_code")), done, number(values.get("sections")),
            int(values.get(FINISHED) is True), sum(1 for name in differs if asked_about(name)),
        )


def asked_about(register: str) -> bool:
    """True for the registers of a filled form that a person answers: questions (by their path), instances of repeats, and whether the form
    stays on the lists."""
    return register.startswith(("/", "~", INSTANCE, DELETED))
