"""The hash chain of a device, and what its key signs.

h(0) = SHA-256(start, folder, device); h(n) = SHA-256(link, folder, h(n-1), device, n, header, SHA-256(body)). The header says when, by
whom and to which record; the body says what. As only the body's hash goes in, a body can be erased for good and the chain still
proves that nothing else was changed. A checkpoint is an Ed25519 signature of the device over (folder, site, device, n, h(n)): the site
stands in it because anybody can certify the public key of somebody else's device, and would pass off its history as their own.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable

from desktop.domain.folders import Folder

EVERY = 64
"""A device signs its chain at each entry whose number is a multiple of this."""

_START = b"waystation journal start v1\0"
_LINK = b"waystation journal link v1\0"
_CHECKPOINT = b"waystation journal checkpoint v1\0"
_SEQ = struct.Struct(">Q")
_HEADER = struct.Struct(">Q32sQBBB")  # clock, device and number of the record's first entry, erases, lengths of author and kind


def start(folder: Folder, device: bytes) -> bytes:
    """The hash before a device's first entry."""
    return hashlib.sha256(_START + folder.value.encode() + b"\0" + device).digest()


def header(at: int, record_device: bytes, record_seq: int, erases: bool, author: bytes, kind: bytes) -> bytes:
    """The part of an entry that stays when its body is erased. `kind` is empty unless the entry creates its record."""
    return _HEADER.pack(at, record_device, record_seq, erases, len(author), len(kind)) + author + kind


def linker(folder: Folder, device: bytes) -> Callable[[bytes, int, bytes, bytes], bytes]:
    """A function (hash before, number, header, SHA-256 of the body) -> hash, for one device's chain."""
    opening = _LINK + folder.value.encode() + b"\0"
    sha256, pack = hashlib.sha256, _SEQ.pack

    def link(before: bytes, seq: int, head: bytes, digest: bytes) -> bytes:
        return sha256(opening + before + device + pack(seq) + head + digest).digest()

    return link


def statement(folder: Folder, site: bytes, device: bytes, seq: int, chain_hash: bytes) -> bytes:
    """What a checkpoint signs; `site` is the root public key of the site that the device belongs to."""
    return _CHECKPOINT + folder.value.encode() + b"\0" + site + device + _SEQ.pack(seq) + chain_hash
