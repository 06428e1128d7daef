"""What a field may hold.

A value is text, a whole number, true/false, a list of texts, a small mapping (a birth, a consent), or a silence: the three
different ways in which there is no answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Union


class Silence(Enum):
    """Why there is no answer. They are three different facts and are never folded into an empty text."""

    UNKNOWN = "unknown"  # asked; the person does not know
    REFUSED = "refused"  # asked; the person does not want to say
    NOT_ASKED = "not_asked"  # nobody asked yet, on purpose


Plain = Union[str, int, bool]
Value = Union[str, int, bool, Silence, Sequence[str], Mapping[str, Plain], None]
"""None clears a field. Mappings hold only str, int and bool."""


def answered(value: Value) -> bool:
    """True if there is a real answer: neither empty nor a silence."""
    return value is not None and value != "" and not isinstance(value, Silence)
