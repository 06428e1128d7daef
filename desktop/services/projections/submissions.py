"""Filled forms by the person they are about."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.values import Value
from desktop.services.projections.table import ListTable, number, plain

DONE = "done:"
"""Prefix of the register that says that a section is done; the rest is the path of the section."""


class SubmissionList(ListTable):
    """`done` counts the sections that somebody declared done, `sections` all that the form has."""

    kind = "submission"
    table = "submission_list"
    columns = (("form", "TEXT"), ("version", "TEXT"), ("person_code", "TEXT"), ("done", "INTEGER"), ("sections", "INTEGER"))
    indexes = ("person_code",)

    def row(self, values: Mapping[str, Value], differs: bool) -> tuple[object, ...]:
        done = sum(1 for name, value in values.items() if name.startswith(DONE) and value is True)
        return (
            plain(values.get("form")), plain(values.get("version")), plain(values.get("person_code")), done,
            number(values.get("sections")),
        )
