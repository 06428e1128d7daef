"""The lists of contacts and of guidance sheets, and what people said when they arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.myanmar.names import name_tokens, phone_tokens
from desktop.services.projections import merged
from desktop.services.projections.table import ListTable, listed, number, plain
from desktop.vault.database import Database

_TEXTS = ("arrival_words", "agreed_words", "warning_word", "person_code", "if_silent", "check_in", "handover_to", "handover_key")


class ContactList(ListTable):
    """`words` are the tokens of the name and of the number or name they use, for searching; `warned` is the last moment the warning word
    was used, `not_persons` the case numbers of people they are not, parted by spaces."""

    kind = "contact"
    table = "contact_list"
    columns = (
        ("code", "TEXT"), ("call_name", "TEXT"), ("people", "INTEGER"), ("stage", "TEXT"), ("next_talk", "TEXT"),
        ("late_after_hours", "INTEGER"), ("call_rule", "TEXT"), ("volunteer", "TEXT"), ("words", "TEXT"),
        ("clock_ahead", "INTEGER"), ("warned", "TEXT"), ("not_persons", "TEXT"),
        *((name, "TEXT") for name in _TEXTS),
    )
    indexes = ("stage", "code")

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        handle = plain(values.get("handle"))
        words = " ".join([name_tokens([plain(values.get("call_name")), handle]), phone_tokens(handle)]).strip()
        return (
            plain(values.get("code")), plain(values.get("call_name")), number(values.get("people")),
            plain(values.get("stage")) or "first_contact", plain(values.get("next_talk")), number(values.get("late_after_hours")),
            plain(values.get("call_rule")), plain(values.get("volunteer")), words,
            number(values.get("clock_ahead")),
            max(listed(values.get("warned")), default=""), " ".join(listed(values.get("not_persons"))),
            *(plain(values.get(name)) for name in _TEXTS),
        )


class SheetList(ListTable):
    """Guidance sheets: one row for each version."""

    kind = "sheet"
    table = "sheet_list"
    columns = tuple((name, "TEXT") for name in ("title", "dated", "area", "source", "stale_after", "series", "replaces"))

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return tuple(plain(values.get(name)) for name, _ in self.columns)


class SaidList(ListTable):
    """Who said words at the desk when they arrived: a row only for those. Nothing of Contacts stands in it."""

    kind = "person"
    table = "said_list"
    columns = (("code", "TEXT"), ("words", "TEXT"), ("arrived", "TEXT"))

    def row(self, values: Mapping[str, Value], differs: Sequence[str]) -> tuple[object, ...]:
        return plain(values.get("code")), plain(values.get("said_words")), plain(values.get("arrived"))

    def project(
        self, database: Database, key: int, record: RecordId, kind: str, values: Mapping[str, Value], differs: Sequence[str], deleted: bool
    ) -> None:
        off = deleted or not plain(values.get("said_words")) or merged.target_of(record, values) is not None
        super().project(database, key, record, kind, values, differs, off)
