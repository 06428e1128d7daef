"""Identifiers as they are given on the command line."""

from __future__ import annotations

from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId, Stamp


def record_of(text: str) -> RecordId:
    """The record that an identifier of a list names. UserError record.missing if it is none."""
    try:
        return Stamp.parse(text)
    except ValueError:
        raise UserError("record.missing") from None
