"""Kept files: photos, scans, big forms. Each is one encrypted file in ``files/`` of the vault, under a name that tells nothing.

A blob is the content, filled up with zeros to a Padmé length, in pieces of 64 KiB, each sealed with ChaCha20-Poly1305 under a random key that
no other file has. The number of a piece and whether it is the last are its nonce; the name is bound to every piece. So pieces cannot be
left out, cut off, put in another order or into another file. The name is made of the key: who names a blob has proven to hold its key,
and nothing that comes from outside can point to a file of somebody else, or out of the folder.

The key, the length and the digest of the content stand in a record of the folder that the file belongs to (see `desktop.services.files`).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desktop.domain.errors import KnownFault, UserError
from desktop.vault import durable
from desktop.vault.faults import explained
from desktop.vault.padding import padded_length

MOST = 20 << 20
"""The longest content of one file, in bytes."""
KEY_BYTES = 32
NAME_BYTES = 16
_PIECE = 64 << 10
_SEAL = 16
_LEAST = 4096  # nothing is shorter on the disk: small files all look alike
_NAME = b"waystation kept file name v1\0"
_BOUND = b"waystation kept file v1\0"
_NAMED = re.compile(rf"[0-9a-f]{{{2 * NAME_BYTES}}}")
_PART, _WAITING = ".part", ".wait"


@dataclass(frozen=True)
class Blob:
    """What a record knows of its blob: the key, and what the content must be (`digest`: SHA-256)."""

    key: bytes = field(repr=False)
    size: int
    digest: bytes

    @property
    def name(self) -> str:
        """The name of the blob, 32 hex digits."""
        return name_of(self.key)


def name_of(key: bytes) -> str:
    """The name of the blob that this key opens."""
    return hashlib.sha256(_NAME + key).hexdigest()[: 2 * NAME_BYTES]


def new_blob(content: bytes) -> Blob:
    """A fresh key for this content. UserError file.too_large (most, in MB)."""
    if len(content) > MOST:
        raise UserError("file.too_large", most=MOST >> 20)
    return Blob(os.urandom(KEY_BYTES), len(content), hashlib.sha256(content).digest())


def sealed_length(size: int) -> int:
    """How long the blob of so many bytes is."""
    plain = padded_length(max(size, _LEAST))
    return plain + _SEAL * -(-plain // _PIECE)


def possible(length: int) -> bool:
    """True if a blob can be so long."""
    pieces = -(-length // (_PIECE + _SEAL))
    plain = length - _SEAL * pieces
    return _LEAST <= plain <= padded_length(MOST) and sealed_length(plain) == length


def seal(blob: Blob, content: bytes) -> bytes:
    """The blob with this content."""
    cipher, bound = ChaCha20Poly1305(blob.key), _BOUND + blob.name.encode()
    length = padded_length(max(len(content), _LEAST))
    sealed = bytearray()
    for at in range(0, length, _PIECE):
        piece = content[at : at + _PIECE]
        piece += bytes(min(_PIECE, length - at) - len(piece))
        sealed += cipher.encrypt(_nonce(at, length), piece, bound)
    return bytes(sealed)


def unseal(blob: Blob, sealed: bytes) -> bytes:
    """The content, every byte of the blob checked. KnownFault file.damaged."""
    length = len(sealed) - _SEAL * -(-len(sealed) // (_PIECE + _SEAL))
    if not 0 <= blob.size <= MOST or len(sealed) != sealed_length(blob.size):
        raise KnownFault("file.damaged")
    cipher, bound = ChaCha20Poly1305(blob.key), _BOUND + blob.name.encode()
    content = bytearray()
    try:
        for at in range(0, length, _PIECE):
            start = at // _PIECE * (_PIECE + _SEAL)
            content += cipher.decrypt(_nonce(at, length), sealed[start : start + _PIECE + _SEAL], bound)
    except InvalidTag:
        raise KnownFault("file.damaged") from None
    if content.count(0, blob.size) != len(content) - blob.size:
        raise KnownFault("file.damaged")
    del content[blob.size :]
    if hashlib.sha256(content).digest() != blob.digest:
        raise KnownFault("file.damaged")
    return bytes(content)


def _nonce(at: int, length: int) -> bytes:
    return (at // _PIECE).to_bytes(11, "big") + bytes([at + _PIECE >= length])


class FileStore:
    """The blobs of one vault. It knows names and lengths; keys come with each call. Blobs that nobody here can open yet may wait in it,
    sealed and unjudged, apart from the others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self) -> None:
        """Take away what a power cut left half written. KnownFault: disk.full, disk.readonly."""
        with explained():
            self.folder.mkdir(mode=0o700, exist_ok=True)
            for path in self.folder.glob(f"*{_PART}"):
                path.unlink()

    def write(self, blob: Blob, content: bytes) -> None:
        """Keep the content; when this returns it survives a power cut. KnownFault: disk.full, disk.readonly, disk.failed."""
        self._put(blob.name, seal(blob, content))

    def read(self, blob: Blob) -> bytes:
        """The content. UserError file.elsewhere (it is not here), KnownFault file.damaged."""
        return unseal(blob, self.sealed(blob.name))

    def sealed(self, name: str) -> bytes:
        """A blob as it lies on the disk, for carrying it to others. UserError file.elsewhere, KnownFault file.damaged (no blob can be so long)."""
        with explained():
            try:
                with self._path(name).open("rb") as stream:
                    length = os.fstat(stream.fileno()).st_size
                    if not possible(length):
                        raise KnownFault("file.damaged")
                    return stream.read(length)
            except FileNotFoundError:
                raise UserError("file.elsewhere") from None

    def length(self, name: str) -> int | None:
        """How long a blob is on the disk; None if it is not here."""
        try:
            return self._path(name).stat().st_size
        except OSError:
            return None

    def take(self, blob: Blob, sealed: bytes) -> None:
        """Keep a blob that came from outside, if it is the right one. KnownFault: file.damaged, disk.full, disk.readonly, disk.failed."""
        unseal(blob, sealed)
        self._put(blob.name, sealed)
        self.let_go(blob.name)

    def remove(self, name: str) -> None:
        """Take a blob away; one that is not here is gone already. KnownFault: disk.readonly."""
        with explained():
            self._path(name).unlink(missing_ok=True)
            self._path(name, _WAITING).unlink(missing_ok=True)

    def names(self) -> frozenset[str]:
        """The names of the blobs that are here."""
        return frozenset(self._found(""))

    # -- blobs that nobody here can open yet

    def keep_waiting(self, name: str, sealed: bytes, room: int) -> None:
        """Keep a blob that cannot be judged yet. All that wait take at most `room` bytes: the oldest make place."""
        if self.length(name) is not None:
            return
        waiting = sorted((self._path(one, _WAITING) for one in self._found(_WAITING)), key=lambda path: path.stat().st_mtime_ns)
        total = len(sealed) + sum(path.stat().st_size for path in waiting)
        with explained():
            while waiting and total > room:
                total -= waiting[0].stat().st_size
                waiting.pop(0).unlink()
            if total <= room:
                durable.write_all({self._path(name, _WAITING): sealed})

    def waiting(self, name: str) -> bytes | None:
        """A blob that waits."""
        try:
            return self._path(name, _WAITING).read_bytes()
        except FileNotFoundError:
            return None

    def let_go(self, name: str) -> None:
        """A blob does not wait any more."""
        with suppress(OSError):
            self._path(name, _WAITING).unlink(missing_ok=True)

    def names_waiting(self) -> frozenset[str]:
        """The names of the blobs that wait."""
        return frozenset(self._found(_WAITING))

    def _put(self, name: str, sealed: bytes) -> None:
        with explained():
            self.folder.mkdir(mode=0o700, exist_ok=True)
        durable.write_all({self._path(name): sealed})

    def _found(self, ending: str) -> Iterator[str]:
        with suppress(FileNotFoundError), os.scandir(self.folder) as entries:
            for entry in entries:
                name = entry.name.removesuffix(ending) if ending else entry.name
                if entry.name == name + ending and _NAMED.fullmatch(name):
                    yield name

    def _path(self, name: str, ending: str = "") -> Path:
        if not _NAMED.fullmatch(name):
            raise ValueError("not the name of a blob")
        return self.folder / (name + ending)
