"""Kept files read from docs/BUNDLE.md alone; shares no code with the program."""

from __future__ import annotations

import json
import struct
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any

import cbor2
import zstandard
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tests.desktop.exchange.test_vectors import entries, opened, padme

TOLD: dict[str, Any] = json.loads(Path(__file__).with_name("vectors_files.json").read_text(encoding="utf-8"))


def parts(file: str, identity: str) -> dict[tuple[str, str], bytes]:
    """(kind, folder) -> the part."""
    plain = opened(b64decode(file), identity)
    (length,) = struct.unpack(">I", plain[136:140])
    at, found = 204 + length, {}
    for told in cbor2.loads(plain[140 : 140 + length])["parts"]:
        found[told["kind"], told["folder"]] = plain[at : at + told["size"]]
        at += told["size"]
    return found


def inner(sealed: bytes, identity: str) -> tuple[dict[str, Any], bytes]:
    plain = opened(sealed, identity)
    length, packed = struct.unpack(">II", plain[:8])
    body = zstandard.ZstdDecompressor().decompress(plain[8 + length : 8 + length + packed])
    return cbor2.loads(plain[8 : 8 + length]), body


def test_what_is_wanted() -> None:
    found = parts(TOLD["asking"], TOLD["asking outer identity"])
    told, body = inner(found["wanted", "reception"], TOLD["asking folder identity"])
    assert told["wanted"] == [bytes.fromhex(TOLD["blob"])]
    assert body == b""
    assert ("wanted", "contacts") not in found


def test_the_file() -> None:
    found = parts(TOLD["file"], TOLD["outer identity"])
    _, body = inner(found["entries", "reception"], TOLD["folder identity"])
    _, (piece,) = cbor2.loads(body)
    ((_, record),) = entries(piece, b"reception")
    key = bytes.fromhex(record["key"])
    name = sha256(b"waystation kept file name v1\0" + key).digest()[:16]
    assert name.hex() == record["blob"] == TOLD["blob"]
    part = found["files", "reception"]
    carried, length = struct.unpack(">16sQ", part[:24])
    assert (carried, length) == (name, len(part) - 24)
    sealed, plain = part[24:], b""
    pieces = [sealed[at : at + 65_552] for at in range(0, len(sealed), 65_552)]
    assert len(pieces) == 2
    for number, one in enumerate(pieces):
        nonce = number.to_bytes(11, "big") + bytes([number == len(pieces) - 1])
        plain += ChaCha20Poly1305(key).decrypt(nonce, one, b"waystation kept file v1\0" + name.hex().encode())
    content = plain[: record["size"]]
    assert len(plain) == padme(max(len(content), 4096))
    assert not any(plain[len(content) :])
    assert sha256(content).hexdigest() == record["digest"]
    assert content == "ဦးအောင်မျိုးထက် ".encode() * 1600
