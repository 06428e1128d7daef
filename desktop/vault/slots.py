"""The key slots: a file of fixed size with sixteen equal slots, of which nobody can tell how many are used.

A secret (a passphrase stretched by Argon2id, or a recovery code) gives a tag that finds the slot and a key that opens it.
An opened slot yields the volunteer's private key; the home keys beside it are sealed to that volunteer's public key, so that
the home can be given a new key without knowing anybody's passphrase. Unused slots are random bytes with a home-key part sealed
to nobody, because the one-time public key in it can be told from random bytes.

File: header (magic, version, counter, Argon2 parameters, salt), 16 slots of 256 bytes, SHA-256 of all before it. Two copies lie
side by side and end with the same content; a half-written or damaged one gives way to the other. Every slot is bound to the
header by authenticated encryption (counter left out: it changes with each writing).
Slot: tag 16 | nonce 12 | owner, encrypted 80 | two home keys, sealed 112 | random 36.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from desktop.domain.errors import KnownFault
from desktop.vault import durable, sealing
from desktop.vault.faults import explained
from desktop.vault.hardness import Hardness

PLACES = 16
COPIES = ("slots", "slots.2")
_VERSION = 1
_MAGIC = b"WSK1"
_COUNTER_MOST = 1 << 63  # somebody who wrote more wanted no other slots to be written any more
_HEADER = struct.Struct(">4sHQIHH32s")
_SLOT, _TAG, _NONCE, _BOX, _HOME = 256, 16, 12, 80, 112
_LENGTH = _HEADER.size + PLACES * _SLOT + 32
HomeKeys = tuple[bytes, bytes]


@dataclass(frozen=True)
class Owner:
    """Whose slot it is. `private` is the volunteer's X25519 key; `recovery` tells the sheet from the passphrase."""

    volunteer: str
    private: bytes = field(repr=False)
    recovery: bool = False


@dataclass(frozen=True)
class Opened:
    """An opened slot. `home_keys`: the key of the home, and the one before it while a change of key is under way (else the same)."""

    place: int
    owner: Owner
    home_keys: HomeKeys = field(repr=False)


class Secret:
    """What opens a slot: 32 bytes that are as hard to guess as the passphrase was made, or a whole recovery code."""

    def __init__(self, root: bytes) -> None:
        self.tag = HKDFExpand(SHA256(), _TAG, b"waystation slot tag v1").derive(root)
        self.key = HKDFExpand(SHA256(), 32, b"waystation slot key v1").derive(root)


class Slots:
    """The slots in memory. Changes reach the disk with `write`."""

    def __init__(self, hardness: Hardness, salt: bytes, slots: list[bytes], counter: int = 0) -> None:
        self.hardness = hardness
        self.salt = salt
        self.counter = counter
        self._slots = slots

    @classmethod
    def new(cls, hardness: Hardness) -> Slots:
        """Sixteen unused slots with a fresh salt."""
        if not hardness.allowed:
            raise ValueError(hardness)
        made = cls(hardness, os.urandom(32), [])
        made._slots = [made._unused() for _ in range(PLACES)]
        return made

    @classmethod
    def read(cls, folder: Path) -> Slots:
        """The newest whole copy. KnownFault: vault.slots_missing, vault.slots_damaged, vault.newer."""
        copies = [data for name in COPIES if (data := _bytes(folder / name)) is not None]
        if not copies:
            raise KnownFault("vault.slots_missing")
        whole = [made for data in copies if (made := cls._parse(data))]
        if not whole:
            raise KnownFault("vault.slots_damaged")
        return max(whole, key=lambda made: made.counter)

    @classmethod
    def _parse(cls, data: bytes) -> Slots | None:
        if len(data) < _HEADER.size + 32 or hashlib.sha256(data[:-32]).digest() != data[-32:]:
            return None
        magic, version, counter, memory, passes, lanes, salt = _HEADER.unpack_from(data)
        if magic == _MAGIC and version > _VERSION:
            raise KnownFault("vault.newer")
        hardness = Hardness(memory, passes, lanes)
        if magic != _MAGIC or version != _VERSION or len(data) != _LENGTH or counter >= _COUNTER_MOST or not hardness.allowed:
            return None
        places = range(_HEADER.size, _LENGTH - 32, _SLOT)
        return cls(hardness, salt, [data[at : at + _SLOT] for at in places], counter)

    def by_passphrase(self, passphrase: str) -> Secret:
        """Costs a second and much memory, by intent."""
        return Secret(self.hardness.stretch(passphrase, self.salt))

    def by_code(self, code: str) -> Secret:
        """The code has 150 random bits: no stretching is needed."""
        return Secret(HKDF(SHA256(), 32, self.salt, b"waystation recovery code v1").derive(code.encode()))

    def taken(self, secret: Secret) -> bool:
        """True if a slot opens with this secret already."""
        return self._place(secret) is not None

    def open(self, secret: Secret) -> Opened | None:
        """The slot of this secret, or None if there is none. KnownFault vault.slots_damaged if it was tampered with."""
        place = self._place(secret)
        if place is None:
            return None
        slot, at = self._slots[place], _TAG + _NONCE
        try:
            plain = ChaCha20Poly1305(secret.key).decrypt(slot[_TAG:at], slot[at : at + _BOX], self._bound())
        except InvalidTag as error:
            raise KnownFault("vault.slots_damaged") from error
        owner = Owner(plain[1:32].rstrip(b"\0").decode(), plain[32:], plain[0] == 1)
        keys = sealing.unseal(slot[at + _BOX : at + _BOX + _HOME], owner.private, self._bound())
        if keys is None:
            raise KnownFault("vault.slots_damaged")
        return Opened(place, owner, (keys[:32], keys[32:]))

    def put(self, place: int, secret: Secret, owner: Owner, home_keys: HomeKeys) -> None:
        """Fill a slot; what was in it is gone with the next `write`."""
        name = owner.volunteer.encode()
        if len(name) > 31:
            raise ValueError(owner.volunteer)
        nonce = os.urandom(_NONCE)
        plain = bytes([owner.recovery]) + name.ljust(31, b"\0") + owner.private
        box = ChaCha20Poly1305(secret.key).encrypt(nonce, plain, self._bound())
        head = secret.tag + nonce + box
        self._slots[place] = head + self._home_part(sealing.public_of(owner.private), home_keys)

    def seal_home(self, place: int, public: bytes, home_keys: HomeKeys) -> None:
        """Give the owner of a slot other home keys, without their secret."""
        self._slots[place] = self._slots[place][: _TAG + _NONCE + _BOX] + self._home_part(public, home_keys)

    def empty(self, place: int) -> None:
        """Make a slot unused."""
        self._slots[place] = self._unused()

    def write(self, folder: Path) -> None:
        """Write both copies. KnownFault: disk.full, disk.readonly; both old copies are then untouched."""
        self.counter += 1
        durable.write_all({folder / name: self._data() for name in COPIES})

    @contextmanager
    def kept_together(self) -> Iterator[None]:
        """If the block fails, the slots in memory are again what they were before it."""
        before = list(self._slots)
        try:
            yield
        except BaseException:
            self._slots = before
            raise

    def mend(self, folder: Path) -> None:
        """Make both copies the same again after a write that was cut short, so that no removed slot lives on in an older one."""
        stale = [folder / name for name in COPIES if _bytes(folder / name) != self._data()]
        durable.write_all({path: self._data() for path in stale})

    def _place(self, secret: Secret) -> int | None:
        return next((place for place, slot in enumerate(self._slots) if slot[:_TAG] == secret.tag), None)

    def _bound(self) -> bytes:
        hardness = self.hardness
        return _HEADER.pack(_MAGIC, _VERSION, 0, hardness.memory, hardness.passes, hardness.lanes, self.salt)

    def _home_part(self, public: bytes, home_keys: HomeKeys) -> bytes:
        sealed = sealing.seal(b"".join(home_keys), public, self._bound())
        return sealed + os.urandom(_SLOT - _TAG - _NONCE - _BOX - _HOME)

    def _unused(self) -> bytes:
        nobody = sealing.public_of(sealing.new_private())
        return os.urandom(_TAG + _NONCE + _BOX) + self._home_part(nobody, (os.urandom(32), os.urandom(32)))

    def _data(self) -> bytes:
        hardness = self.hardness
        header = _HEADER.pack(_MAGIC, _VERSION, self.counter, hardness.memory, hardness.passes, hardness.lanes, self.salt)
        data = header + b"".join(self._slots)
        return data + hashlib.sha256(data).digest()


def _bytes(path: Path) -> bytes | None:
    try:
        with explained():
            return path.read_bytes()
    except FileNotFoundError:
        return None
