"""The signed contents of a bundle: a fixed head, a manifest in canonical CBOR, then the parts, then zeros (docs/BUNDLE.md §3).

Nothing of the manifest is parsed before the signature of a device of the named site was found right, and the parts are held
to the sizes and hashes in the manifest, so what is parsed further comes from that device, unaltered.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import cbor2

from desktop.domain.errors import KnownFault
from desktop.exchange.sealing import MAX_RECIPIENTS, padded
from desktop.vault.identity import signed_by
from desktop.vault.identity import site_of as certified_by
from desktop.vault.padding import padded_length

MAGIC = b"WSNEWS"
VERSION = 1
DOMAIN = b"waystation bundle signature 1\0"
MAX_MANIFEST = 1 << 20
MAX_PARTS = 1024
MAX_COUNT = 1 << 40
_HEAD = struct.Struct(">6sH32s96sI")  # magic, version, device, its certificate, length of manifest
_SIGNATURE = 64


@dataclass(frozen=True)
class Part:
    """`kind` says what it is (``entries`` today; readers pass over kinds they do not know), `folder` whose it is, `changes` how
    many entries it carries, `recipients` the raw age keys it is sealed to, dummies included. `sealed` is the part itself."""

    kind: str
    folder: str
    changes: int
    recipients: tuple[bytes, ...]
    sealed: bytes


@dataclass(frozen=True)
class Signed:
    """What a device signed. `certificate` makes the device one of its site's."""

    device: bytes
    certificate: bytes
    day: str  # ISO, the day it was written
    recipients: tuple[bytes, ...]  # of the outer envelope, dummies included
    parts: tuple[Part, ...]

    @property
    def site(self) -> bytes:
        """The root public key of the site."""
        return self.certificate[:32]


def canonical(value: object) -> bytes:
    """The value as canonical CBOR."""
    return bytes(cbor2.dumps(value, canonical=True))


def strict(data: bytes) -> Any:
    """The value of canonical CBOR. KnownFault bundle.damaged for anything else: the one right spelling of plain values."""
    try:
        value = cbor2.loads(data)
        if canonical(value) == data:
            return value
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError, MemoryError):
        pass
    raise KnownFault("bundle.damaged")


def encode(contents: Signed, sign: Callable[[bytes], bytes]) -> bytes:
    """The padded plain text of the outer envelope; `sign` signs as `contents.device`."""
    manifest = canonical({
        "day": contents.day,
        "recipients": sorted(contents.recipients),
        "parts": [
            {
                "kind": part.kind, "folder": part.folder, "changes": part.changes, "recipients": sorted(part.recipients),
                "size": len(part.sealed), "hash": hashlib.sha256(part.sealed).digest(),
            }
            for part in contents.parts
        ],
    })
    head = _HEAD.pack(MAGIC, VERSION, contents.device, contents.certificate, len(manifest))
    covered = head + manifest
    return padded(b"".join([covered, sign(DOMAIN + covered), *(part.sealed for part in contents.parts)]))


def site_of(plain: bytes) -> bytes:
    """Who claims to have written this; nothing is checked yet but that it is ours to read.

    KnownFault: bundle.foreign (age, but nothing of ours inside), bundle.newer.
    """
    if plain[:6] != MAGIC or len(plain) < 8:
        raise KnownFault("bundle.foreign")
    if int.from_bytes(plain[6:8], "big") > VERSION:
        raise KnownFault("bundle.newer")
    if len(plain) < _HEAD.size:
        raise KnownFault("bundle.damaged")
    return plain[40:72]


def decode(plain: bytes) -> Signed:
    """The contents, after everything about them was checked: signature, certificate, sizes, hashes. Whether the site is trusted
    the caller must ask before. KnownFault as in `site_of`, and bundle.damaged, bundle.too_big."""
    site = site_of(plain)
    _, version, device, certificate, manifest_length = _HEAD.unpack_from(plain)
    expect(version == VERSION)
    if manifest_length > MAX_MANIFEST:
        raise KnownFault("bundle.too_big")
    signature_at = _HEAD.size + manifest_length
    parts_at = signature_at + _SIGNATURE
    expect(signed_by(device, plain[signature_at:parts_at], DOMAIN + plain[:signature_at]))
    expect(certified_by(device, certificate) == site)
    return Signed(device, certificate, *_checked(strict(plain[_HEAD.size : signature_at]), plain, parts_at))


def expect(right: object) -> None:
    """KnownFault bundle.damaged unless it holds."""
    if not right:
        raise KnownFault("bundle.damaged")


def count(value: Any, most: int = MAX_COUNT) -> int:
    """The value if it is a whole number from 0 to `most`. KnownFault bundle.damaged, or bundle.too_big if it is more."""
    expect(type(value) is int and value >= 0)
    if value > most:
        raise KnownFault("bundle.too_big")
    return int(value)


def keys(value: Any) -> tuple[bytes, ...]:
    """The value if it is a sorted list of 32-byte keys, a multiple of four. KnownFault bundle.damaged, bundle.too_big."""
    expect(isinstance(value, list) and all(type(key) is bytes and len(key) == 32 for key in value))
    expect(value == sorted(set(value)) and value and len(value) % 4 == 0)
    count(len(value), MAX_RECIPIENTS)
    return tuple(value)


def _checked(manifest: Any, plain: bytes, at: int) -> tuple[str, tuple[bytes, ...], tuple[Part, ...]]:
    expect(isinstance(manifest, dict) and set(manifest) == {"day", "recipients", "parts"} and isinstance(manifest["parts"], list))
    try:
        day = date.fromisoformat(manifest["day"]).isoformat()
    except (TypeError, ValueError):
        raise KnownFault("bundle.damaged") from None
    count(len(manifest["parts"]), MAX_PARTS)
    parts = []
    for told in manifest["parts"]:
        expect(isinstance(told, dict) and set(told) == {"kind", "folder", "changes", "recipients", "size", "hash"})
        expect(isinstance(told["kind"], str) and isinstance(told["folder"], str))
        sealed = plain[at : at + count(told["size"], len(plain))]
        expect(hashlib.sha256(sealed).digest() == told["hash"])
        parts.append(Part(told["kind"], told["folder"], count(told["changes"]), keys(told["recipients"]), sealed))
        at += len(sealed)
    expect(len(plain) == padded_length(at) and plain.count(0, at) == len(plain) - at)
    return day, keys(manifest["recipients"]), tuple(parts)
