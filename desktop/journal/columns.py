"""Columns of numbers and of values as bytes that compress well and are read back fast."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from typing import Any

import cbor2

from desktop.journal.codec import TEXT_MOST, Damaged, Raw, check, dumps, head, text_bytes

_CODES = {1: "B", 2: "H", 4: "I", 8: "Q"}
if any(array(code).itemsize != width for width, code in _CODES.items()):  # pragma: no cover - no such machine is known
    raise ImportError("whole numbers have unusual sizes here")


def pack(numbers: Sequence[int]) -> bytes:
    """Numbers from 0 to 2^64 - 1: one byte with the width that holds the largest (0: all are zero), then all lowest bytes, all second
    bytes, and so on."""
    largest = max(numbers, default=0)
    if not largest:
        return b"\0"
    width = next(width for width in _CODES if largest < 1 << 8 * width)
    cells = array(_CODES[width], numbers)
    if sys.byteorder == "big":
        cells.byteswap()
    data = cells.tobytes()
    return bytes((width,)) + b"".join(data[plane::width] for plane in range(width))


def unpack(data: Any, count: int, below: int) -> list[int]:
    """The inverse of `pack` for that many numbers, all smaller than `below`. `Damaged` otherwise."""
    if type(data) is not bytes or not data:
        raise Damaged("column")
    width = data[0]
    if width == 0 and len(data) == 1 and (below > 0 or not count):
        return [0] * count
    if width not in _CODES or len(data) != 1 + width * count or not count:
        raise Damaged("column")
    cells = bytearray(width * count)
    for plane in range(width):
        cells[plane::width] = data[1 + plane * count : 1 + (plane + 1) * count]
    numbers = array(_CODES[width], bytes(cells))
    if sys.byteorder == "big":
        numbers.byteswap()
    if max(numbers) >= below:
        raise Damaged("column")
    return numbers.tolist()


def signed(number: int) -> int:
    """A number of either sign as one that `pack` takes: 0, -1, 1, -2, ..."""
    return number << 1 if number >= 0 else (-number << 1) - 1


def unsigned(number: int) -> int:
    """The inverse of `signed`."""
    return -((number + 1) >> 1) if number & 1 else number >> 1


def pack_items(items: list[Raw]) -> bytes:
    """Values one after another in canonical CBOR."""
    return dumps(items)[len(head(4, len(items))) :]


def unpack_items(data: Any, count: int) -> tuple[list[Any], list[bytes]]:
    """That many items, and the bytes of each. Nothing is said yet about what they are. `Damaged` unless they fill `data` in canonical form."""
    if type(data) is not bytes or count > len(data):
        raise Damaged("column")
    try:
        items = cbor2.loads(head(4, count) + data, max_depth=4, allow_indefinite=False, allow_duplicate_keys=False)
        if set(map(type, items)) <= {str}:
            written = [text_bytes(item) for item in items]
        else:
            written = [text_bytes(item) if type(item) is str else dumps(item) for item in items]
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, ArithmeticError, AttributeError, RecursionError, MemoryError) as error:
        raise Damaged("encoding") from error
    if b"".join(written) != data:
        raise Damaged("encoding")
    return items, written


def check_items(items: list[Any]) -> None:
    """`Damaged` unless every item is the raw form of a value."""
    if set(map(type, items)) <= {str}:
        if max(map(len, items), default=0) > TEXT_MOST or "\0" in "".join(items):
            raise Damaged("text")
        return
    for item in items:
        check(item)
