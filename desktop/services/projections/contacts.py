"""The list of contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.values import Value
from desktop.myanmar.names import name_tokens, phone_tokens
from desktop.services.projections.table import ListTable, number, plain


class ContactList(ListTable):
    """`words` are the tokens of the name and of the number or name they use, for searching."""

    kind = "contact"
    table = "contact_list"
    columns = (
        ("code", "TEXT"), ("call_name", "TEXT"), ("people", "INTEGER"), ("stage", "TEXT"), ("next_talk", "TEXT"),
        ("late_after_hours", "INTEGER"), ("call_rule", "TEXT"), ("volunteer", "TEXT"), ("words", "TEXT"),
    )
    indexes = ("stage", "code")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        handle = plain(values.get("handle"))
        words = " ".join([name_tokens([plain(values.get("call_name")), handle]), phone_tokens(handle)]).strip()
        return (
            plain(values.get("code")), plain(values.get("call_name")), number(values.get("people")),
            plain(values.get("stage")) or "first_contact", plain(values.get("next_talk")), number(values.get("late_after_hours")),
            plain(values.get("call_rule")), plain(values.get("volunteer")), words,
        )
