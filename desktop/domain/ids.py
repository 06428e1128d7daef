"""Identities of entries and records."""

from __future__ import annotations

from typing import NamedTuple

SEQ_MOST = (1 << 40) - 1
"""The highest number of an entry."""


class Stamp(NamedTuple):
    """The identity of one journal entry: which device wrote it and its place in that device's chain (from 1).

    `device` is the device's 32-byte Ed25519 public key. A record's id is the stamp of the entry that created it, so two
    sites agree on it without asking each other.
    """

    device: bytes
    seq: int

    def text(self) -> str:
        """A short, stable text form: 64 hex digits, a dash, the sequence number."""
        return f"{self.device.hex()}-{self.seq}"

    @classmethod
    def parse(cls, text: str) -> Stamp:
        """The inverse of `text`. ValueError if it is not one."""
        device, _, seq = text.partition("-")
        made = cls(bytes.fromhex(device), int(seq))
        if len(made.device) != 32 or not 1 <= made.seq <= SEQ_MOST or made.text() != text:
            raise ValueError(text)
        return made


RecordId = Stamp
