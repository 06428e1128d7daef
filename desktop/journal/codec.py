"""How a value is written as bytes: canonical CBOR (RFC 8949 §4.2.1, keys ordered by length), read strictly.

A silence is a CBOR simple value of its own, so that it can never be mistaken for a text. What comes from another site is held to
limits of size, count and depth, and must be written exactly as we would write it: anything else is `Damaged`.

Inside the journal values stay in their *raw* form, as the CBOR library gives them; `shown` turns one into a `Value`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import cbor2

from desktop.domain.values import Silence, Value

Raw = Any
"""str, int, bool, None, CBORSimpleValue (a silence), a list of str, or a dict of str to str, int or bool."""

TEXT_MOST = 1 << 16  # characters
LIST_MOST = 1 << 10
MAP_MOST = 64
NAME_MOST = 200  # characters of a field's, kind's or author's name
WHOLE_MOST = 1 << 63

_SIMPLE = {Silence.UNKNOWN: 16, Silence.REFUSED: 17, Silence.NOT_ASKED: 18}  # unassigned numbers, one byte each
_SILENT = {silence: cbor2.CBORSimpleValue(number) for silence, number in _SIMPLE.items()}
_SILENCES = {number: silence for silence, number in _SIMPLE.items()}
_PLAIN_TYPES = frozenset({str, bool, int})


class Damaged(ValueError):
    """Bytes that no working program of ours would have written. The text names the part, never what is in it."""


@lru_cache(maxsize=1 << 16)
def head(major: int, number: int) -> bytes:
    """The first bytes of a CBOR item: its major type (0 to 7) and its number or length, as short as can be."""
    if number < 24:
        return bytes((major << 5 | number,))
    for code, width in ((24, 1), (25, 2), (26, 4)):
        if number < 1 << 8 * width:
            return bytes((major << 5 | code,)) + number.to_bytes(width, "big")
    return bytes((major << 5 | 27,)) + number.to_bytes(8, "big")


_TEXT_HEADS = [head(3, length) for length in range(256)]


def text_bytes(text: str) -> bytes:
    """A text in CBOR. `Damaged` for a lone surrogate."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise Damaged("text") from None
    return (_TEXT_HEADS[len(data)] if len(data) < 256 else head(3, len(data))) + data


def raw(value: Value) -> Raw:
    """The raw form of a value. `Damaged` if a register cannot hold it: too long, too many, a kind of thing it does not know."""
    if isinstance(value, Silence):
        return _SILENT[value]
    if isinstance(value, Mapping):
        made: Raw = dict(value)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        made = list(value)
    else:
        made = value
    check(made)
    return cbor2.loads(dumps(made)) if type(made) is dict else made  # mappings in canonical order


def check(value: Raw) -> None:
    """`Damaged` unless this is the raw form of a value."""
    kind = type(value)
    if kind is str:
        if len(value) > TEXT_MOST or "\0" in value:
            raise Damaged("text")
    elif kind is int:
        if not -WHOLE_MOST <= value < WHOLE_MOST:
            raise Damaged("number")
    elif kind is list:
        check_texts(value)
    elif kind is dict:
        if len(value) > MAP_MOST or {type(key) for key in value} - {str} or {type(part) for part in value.values()} - _PLAIN_TYPES:
            raise Damaged("mapping")
        for item in (*value, *value.values()):
            check(item)
    elif kind is cbor2.CBORSimpleValue:
        if value.value not in _SILENCES:
            raise Damaged("silence")
    elif value is not None and kind is not bool:
        raise Damaged("value")


def check_texts(value: list[Any]) -> None:
    """`Damaged` unless these are texts, and not too many."""
    if len(value) > LIST_MOST or {type(item) for item in value} - {str}:
        raise Damaged("list")
    for item in value:
        if len(item) > TEXT_MOST or "\0" in item:
            raise Damaged("text")


def check_name(name: object) -> str:
    """The name of a field, kind, act or author: 1 to 200 printable characters. `Damaged` otherwise."""
    if type(name) is not str or not 0 < len(name) <= NAME_MOST or not name.isprintable():
        raise Damaged("name")
    return name


def shown(value: Raw) -> Value:
    """The value of a raw form that passed `check`."""
    kind = type(value)
    if kind is cbor2.CBORSimpleValue:
        return _SILENCES[value.value]
    if kind is list:
        return tuple(value)
    return value  # type: ignore[no-any-return]


def same(one: Raw, other: Raw) -> bool:
    """True if the two are the same answer: 1, true and the text "1" are three."""
    if type(one) is not type(other):
        return False
    return bool(one == other) and (type(one) is not dict or dumps(one) == dumps(other))


def dumps(item: object) -> bytes:
    """Canonical CBOR. `Damaged` for a lone surrogate."""
    try:
        return cbor2.dumps(item, canonical=True)
    except UnicodeEncodeError:
        raise Damaged("text") from None


def loads(data: bytes, depth: int = 6) -> Any:
    """One CBOR item, which must fill all of `data` and stand there in canonical form. `Damaged` otherwise."""
    try:
        item = cbor2.loads(data, max_depth=depth, allow_indefinite=False, allow_duplicate_keys=False)
        written = cbor2.dumps(item, canonical=True)
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, ArithmeticError, AttributeError, RecursionError, MemoryError) as error:
        raise Damaged("encoding") from error
    if written != data:
        raise Damaged("encoding")
    return item


def encode(value: Value) -> bytes:
    """A value as bytes. `Damaged` if a register cannot hold it."""
    return dumps(raw(value))


def decode(data: bytes) -> Value:
    """The inverse of `encode`. `Damaged` for everything that `encode` does not write."""
    item = loads(data, 3)
    check(item)
    return shown(item)
