"""What lies inside a sealed part: a head in canonical CBOR, a packed body, zeros up to a round length (docs/BUNDLE.md §4).

A few bytes of zstd can stand for gigabytes, so unpacking believes nothing: the declared size, the window, the ratio and the
real length are each held to a limit, and packing never makes what unpacking would refuse.
"""

from __future__ import annotations

import struct
from typing import Any

import zstandard

from desktop.domain.errors import KnownFault
from desktop.exchange.signed import canonical, count, expect, strict

MAX_HEAD = 4 << 20
MAX_BODY = 64 << 20
MAX_WINDOW = 8 << 20
ROUND = 256  # only sites that get other parts of the file see this length, and they are told the number of changes
_FREE_RATIO = 4 << 20  # a body this small may have any ratio
_RATIO = 200
_LENGTHS = struct.Struct(">II")  # head, packed body
_SMALL = 1 << 20  # what sticks carry from day to day is packed as small as can be, a whole history fast
_LEVELS = (19, 3)


def pack(head: dict[str, Any], body: bytes) -> bytes:
    """The plain text of a part. `head` gets two more entries, ``size`` and ``packing``. ValueError for a body over `MAX_BODY`:
    cut it before."""
    if len(body) > MAX_BODY:
        raise ValueError("body too long")
    level = _LEVELS[len(body) > _SMALL]
    packing, packed = "zstd", bytes(zstandard.ZstdCompressor(level=level).compress(body))
    if not _within_ratio(len(body), len(packed)):
        packing, packed = "none", body  # too even to be told from a bomb
    told = canonical({**head, "size": len(body), "packing": packing})
    inner = b"".join([_LENGTHS.pack(len(told), len(packed)), told, packed])
    return inner + bytes(-len(inner) % ROUND)


def unpack(plain: bytes) -> tuple[dict[str, Any], bytes]:
    """(head without the two entries of `pack`, body). KnownFault: bundle.damaged, bundle.too_big."""
    expect(len(plain) >= _LENGTHS.size)
    head_length, packed_length = _LENGTHS.unpack_from(plain)
    if head_length > MAX_HEAD:
        raise KnownFault("bundle.too_big")
    body_at = _LENGTHS.size + head_length
    end = body_at + packed_length
    expect(len(plain) == end + -end % ROUND and plain.count(0, end) == len(plain) - end)
    head = strict(plain[_LENGTHS.size : body_at])
    expect(isinstance(head, dict) and {"size", "packing"} <= set(head))
    size, packing = count(head.pop("size"), MAX_BODY), head.pop("packing")
    packed = plain[body_at:end]
    body = _decompressed(packed, size) if packing == "zstd" else packed
    expect(packing in ("zstd", "none") and len(body) == size)
    return head, body


def _within_ratio(size: int, packed: int) -> bool:
    return size <= max(_FREE_RATIO, _RATIO * packed)


def _decompressed(packed: bytes, size: int) -> bytes:
    if not _within_ratio(size, len(packed)):
        raise KnownFault("bundle.too_big")
    try:
        told = zstandard.get_frame_parameters(packed)
        if told.window_size > MAX_WINDOW:
            raise KnownFault("bundle.too_big")
        expect(told.content_size == size)  # so that no more than the declared size is ever set aside
        return bytes(zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).decompress(packed, allow_extra_data=False))
    except zstandard.ZstdError:
        raise KnownFault("bundle.damaged") from None
