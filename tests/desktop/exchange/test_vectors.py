"""A reader written from docs/BUNDLE.md alone: it shares no code with the program, only the libraries that both stand on."""

from __future__ import annotations

import json
import struct
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any

import cbor2
import pyrage
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop.exchange import cards
from desktop.words.spoken import words

TOLD: dict[str, Any] = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def check(key: bytes, signature: bytes, message: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(key).verify(signature, message)


def certified(device: bytes, certificate: bytes) -> None:
    check(certificate[:32], certificate[32:], b"waystation device certificate v1\0" + device)


def padme(length: int) -> int:
    exponent = length.bit_length() - 1
    step = 1 << exponent - exponent.bit_length()
    return -(-length // step) * step


def opened(sealed: bytes, identity: str) -> bytes:
    return bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)]))


def numbers(column: bytes, count: int) -> list[int]:
    width, cells = column[0], column[1:]
    planes = [cells[plane * count : (plane + 1) * count] for plane in range(width)]
    return [sum(plane[at] << 8 * shift for shift, plane in enumerate(planes)) for at in range(count)]


def items(column: bytes, count: int) -> list[Any]:
    return list(cbor2.loads(b"\x9b" + struct.pack(">Q", count) + column))


def bundle() -> tuple[dict[str, Any], list[tuple[dict[str, Any], bytes]]]:
    """The manifest, and each part with its bytes; signature, padding and hashes checked."""
    plain = opened(b64decode(TOLD["file"]), TOLD["outer identity"])
    magic, version, device, certificate, length = struct.unpack(">6sH32s96sI", plain[:140])
    assert (magic, version) == (b"WSNEWS", 1)
    assert (device.hex(), certificate[:32].hex()) == (TOLD["device"], TOLD["site"])
    certified(device, certificate)
    check(device, plain[140 + length : 204 + length], b"waystation bundle signature 1\0" + plain[: 140 + length])
    manifest = cbor2.loads(plain[140 : 140 + length])
    at, parts = 204 + length, []
    for told in manifest["parts"]:
        parts.append((told, plain[at : at + told["size"]]))
        at += told["size"]
        assert sha256(parts[-1][1]).digest() == told["hash"]
    assert len(plain) == padme(at)
    assert not any(plain[at:])
    return manifest, parts


def pieces(folder: str) -> list[list[Any]]:
    """The pieces of chains in the folder's part."""
    _, parts = bundle()
    (sealed,) = (sealed for told, sealed in parts if told["folder"] == folder)
    inner = opened(sealed, TOLD["folder identities"][folder])
    length, packed = struct.unpack(">II", inner[:8])
    assert len(inner) % 256 == 0
    told = cbor2.loads(inner[8 : 8 + length])
    assert told["packing"] == "zstd"
    body = zstandard.ZstdDecompressor().decompress(inner[8 + length : 8 + length + packed])
    assert len(body) == told["size"]
    assert told["versions"] == {bytes.fromhex(TOLD["device"]): 3 if folder == "reception" else 1}
    version, found = cbor2.loads(body)
    assert version == 1
    return list(found)


def test_the_manifest() -> None:
    assert TOLD["name"] == sha256(b64decode(TOLD["file"])).hexdigest()[:16] + ".dat"
    manifest, parts = bundle()
    assert len(manifest["day"]) == 10
    assert len(manifest["recipients"]) == 4
    assert {told["folder"]: told["changes"] for told, _ in parts} == {"contacts": 1, "health": 0, "reception": 3}
    assert {told["kind"] for told, _ in parts} == {"entries"}


def test_no_other_folders_identity_opens_a_part() -> None:
    _, parts = bundle()
    for told, sealed in parts:
        for folder, identity in TOLD["folder identities"].items():
            if folder != told["folder"]:
                with pytest.raises(pyrage.DecryptError):
                    opened(sealed, identity)


def test_pieces_prove_themselves() -> None:
    ((device, certificate, first, count, before, after, signature, _),) = pieces("reception")
    certified(device, certificate)
    assert (first, count) == (1, 3)
    assert before == sha256(b"waystation journal start v1\0reception\0" + device).digest()
    check(device, signature, b"waystation journal checkpoint v1\0reception\0" + certificate[:32] + device + struct.pack(">Q", 3) + after)


def entries(piece: list[Any], folder: bytes) -> list[tuple[tuple[int, int], dict[str, Any]]]:
    """(record, values) of each entry of a piece whose bodies all stand in columns; the hash chain checked."""
    device, _, first, count, before, after, _, block = piece
    (devices, authors, kinds, names, shapes, clock, steps, counters, author, mark, record_device, record_seq, kind, shape,
     ref_device, ref_seq, values, adds, bodies, digests) = cbor2.loads(block)
    assert (set(numbers(mark, count)), bodies, digests, set(adds)) == ({0}, [], b"", {b""})
    owners, chosen = numbers(record_device, count), [shapes[at - 1] for at in numbers(shape, count)]
    seqs = iter(numbers(record_seq, count - owners.count(0)))
    made = iter(numbers(kind, owners.count(0)))
    total = sum(sum(one[3][1::2]) for one in chosen)
    refs = numbers(ref_device, total)
    named, ref_seqs = iter(refs), iter(numbers(ref_seq, total - refs.count(0)))
    columns = [iter(items(column, sum(one[1].count(at) for one in chosen))) for at, column in enumerate(values)]
    found, now, milliseconds = [], before, clock
    for at, step, tick, who in zip(range(count), numbers(steps, count), numbers(counters, count), numbers(author, count)):
        milliseconds += step >> 1 if step % 2 == 0 else -(step + 1 >> 1)
        record = (device, first + at) if owners[at] == 0 else (devices[owners[at] - 1], next(seqs))
        label = kinds[next(made)].encode() if owners[at] == 0 else b""
        act, listed, _, counted = chosen[at]
        cells = {names[name]: next(columns[name]) for name in listed}
        replaces = {}
        for name, how_many in zip(counted[::2], counted[1::2]):
            told = [(record if (place := next(named)) == 0 else (devices[place - 1], next(ref_seqs))) for _ in range(how_many)]
            assert {one for one, _ in told} == {device}
            replaces[names[name]] = [part for _, number in told for part in (1 if record[0] != device else 0, number)]
        body = cbor2.dumps([act, cells, {}, replaces, {}, None, [], [], [], []], canonical=True)
        header = struct.pack(">Q32sQBBB", milliseconds << 16 | tick, *record, 0, len(authors[who]), len(label)) + authors[who].encode()
        now = sha256(
            b"waystation journal link v1\0" + folder + b"\0" + now + device + struct.pack(">Q", first + at) + header + label + sha256(body).digest()
        ).digest()
        found.append((record, cells))
    assert now == after
    return found


def test_entries_are_what_people_wrote() -> None:
    (piece,) = pieces("reception")
    shown: dict[Any, dict[str, Any]] = {}
    for record, values in entries(piece, b"reception"):
        shown.setdefault(record, {}).update(values)
    assert [[one["name"], one["sex"]] for one in shown.values()] == TOLD["persons"]
    assert next(iter(shown.values()))["languages_note"] == cbor2.CBORSimpleValue(18)
    (contact,) = pieces("contacts")
    assert [values for _, values in entries(contact, b"contacts")] == [{"call_name": "ဦးလေး", "people": 4}]


def test_the_card_and_its_words() -> None:
    text = TOLD["card"]
    assert text.startswith("WS1:")
    raw = bytearray()
    for at in range(4, len(text), 3):
        digits = text[at : at + 3]
        number = sum(BASE45.index(digit) * 45**place for place, digit in enumerate(digits))
        raw += number.to_bytes(len(digits) - 1, "big")
    version, nickname, root, outer, folders = cbor2.loads(bytes(raw[64:]))
    check(root, bytes(raw[:64]), b"waystation site card 1\0" + bytes(raw[64:]))
    assert (version, nickname, set(folders)) == (1, "Hill School", {"reception", "contacts", "health"})
    keys = cbor2.dumps([1, root, outer, folders], canonical=True)
    bits = f"{int.from_bytes(sha256(b'waystation card words 1' + bytes(1) + keys).digest(), 'big'):0256b}"
    told = tuple(words()[int(bits[11 * at : 11 * at + 11], 2)] for at in range(12))
    assert told == cards.words(cards.decode(text.encode()).keys, words())
