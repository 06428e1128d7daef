"""Which values a field can hold. Another site may be newer than we are, faulty or dishonest: what cannot be read as its field says is not
shown, so that no page has to expect a list where a text belongs, and no text is shown that no page could draw. All stays in the history."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime

from desktop.domain import carers
from desktop.domain.births import Birth, earliest
from desktop.domain.fields import FIELDS, LONGEST, Kind
from desktop.domain.ids import Stamp
from desktop.domain.values import Silence, Value

_NUMBER_MOST = 10**9
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def fitting(kind: str, registers: Mapping[str, Value], sets: Mapping[str, tuple[str, ...]]) -> dict[str, Value]:
    """Those values of a record of this kind that its fields can hold. Names that we do not know come back as they are, and so does a choice
    that only a newer version has. A field that is a set shows its elements before a silence; no other field shows elements."""
    fields = FIELDS.get(kind, {})
    found = {
        name: as_shown(fields[name].kind, value) if name in fields else value
        for name, value in registers.items()
        if name not in fields or value is None or isinstance(value, Silence) or _FITS[fields[name].kind](value)
    }
    found.update({name: elements for name, elements in sets.items() if name not in fields or fields[name].kind is Kind.SET})
    return found


def as_shown(kind: Kind, value: Value) -> Value:
    """A value as pages show it: a text is not longer than its kind, and holds no signs that turn the direction of writing around, which would
    lead eyes astray."""
    if not isinstance(value, str):
        return value
    most, plain = LONGEST.get(kind), value if value.isascii() else _TURNING.sub("", value)
    return plain[:most] + "…" if most and len(plain) > most else plain


def _text(value: Value) -> bool:
    return isinstance(value, str)


def _number(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _NUMBER_MOST


def _date(value: Value) -> bool:
    return isinstance(value, str) and earliest(value) is not None


def _moment(value: Value) -> bool:
    try:
        return isinstance(value, str) and 1000 < datetime.fromisoformat(value).year < 3000  # years that bear a shift of zone
    except ValueError:
        return False


def _record(value: Value) -> bool:
    try:
        return isinstance(value, str) and Stamp.parse(value).seq > 0
    except ValueError:
        return False


def _birth(value: Value) -> bool:
    return Birth.read(value) is not None


def _volunteer(value: Value) -> bool:
    return carers.read(value) is not None


def _set(value: Value) -> bool:
    return isinstance(value, (list, tuple))


_FITS: dict[Kind, Callable[[Value], bool]] = {
    Kind.TEXT: _text, Kind.NAME: _text, Kind.NOTE: _text, Kind.CHOICE: _text, Kind.SET: _set, Kind.DATE: _date, Kind.MOMENT: _moment,
    Kind.NUMBER: _number, Kind.BIRTH: _birth, Kind.PERSON: _record, Kind.HOUSEHOLD: _record,
    Kind.VOLUNTEER: _volunteer,
}
