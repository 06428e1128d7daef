"""How much work one guess of a passphrase costs: the parameters of Argon2id (RFC 9106), their floor and their ceiling."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.domain.errors import KnownFault
from desktop.vault.machine import GIB, memory_bytes

MIB = 1024  # in KiB, the unit of Argon2
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_PATIENCE = 1.5  # seconds that opening may take


@dataclass(frozen=True)
class Hardness:
    """`memory` in KiB, `passes` over it, `lanes` side by side."""

    memory: int
    passes: int
    lanes: int

    @property
    def allowed(self) -> bool:
        """False for what Waystation would never write: cheaper than the floor (somebody lowered it) or beyond 1 GiB (a trap)."""
        return FLOOR.memory <= self.memory <= GIB // 1024 and FLOOR.passes <= self.passes <= 64 and 1 <= self.lanes <= 16

    def stretch(self, passphrase: str, salt: bytes) -> bytes:
        """32 bytes that cost this much work to compute. KnownFault memory.short if the machine lacks the memory now."""
        derivation = Argon2id(salt=salt, length=32, iterations=self.passes, lanes=self.lanes, memory_cost=self.memory)
        try:
            return derivation.derive(plain(passphrase).encode(errors="surrogatepass"))
        except MemoryError as error:
            raise KnownFault("memory.short") from error


FLOOR = Hardness(128 * MIB, 3, 2)
USUAL = Hardness(256 * MIB, 3, 2)


def plain(passphrase: str) -> str:
    """The passphrase as it is computed with: one way of writing each letter (NFKC), no invisible characters, single spaces.

    Burmese keyboards put invisible breaks between syllables; they must not decide whether somebody can sign in.
    """
    return " ".join(unicodedata.normalize("NFKC", passphrase).translate(_INVISIBLE).split())


def calibrated() -> Hardness:
    """The usual hardness, or less on a machine that would need much more than 1.5 s for it, but never below the floor."""
    if memory_bytes() < 2 * GIB:
        return FLOOR
    started = time.perf_counter()
    FLOOR.stretch("measuring", bytes(16))
    per_mib = (time.perf_counter() - started) / (FLOOR.memory // MIB)
    affordable = int(_PATIENCE / per_mib) // 32 * 32 * MIB
    return Hardness(max(FLOOR.memory, min(USUAL.memory, affordable)), USUAL.passes, USUAL.lanes)
