"""age envelopes: sealed to some recipients, their number hidden by dummies, the length of the contents hidden by padding.

The format is age (https://age-encryption.org/v1), so that the standard tool opens what we seal. Recipients and identities
are handled as raw public keys (32 bytes) and age identities.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from functools import cache

import pyrage

from desktop.domain.errors import KnownFault
from desktop.vault.padding import padded_length

HEAD = b"age-encryption.org/v1\n"
GROUP = 4  # the number of recipients is always a multiple of it
MAX_RECIPIENTS = 256
_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # Bech32, BIP 173: how age writes its keys
_PREFIX = "age"


def _checksum(values: Iterable[int]) -> int:
    state = 1
    for value in values:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            state ^= generator if top >> at & 1 else 0
    return state


def _expanded() -> list[int]:
    return [ord(c) >> 5 for c in _PREFIX] + [0] + [ord(c) & 31 for c in _PREFIX]


@cache
def recipient_text(public: bytes) -> str:
    """A raw X25519 public key as age writes it: ``age1...``."""
    bits, held, fives = 0, 0, []
    for byte in public:
        bits, held = bits << 8 | byte, held + 8
        while held >= 5:
            held -= 5
            fives.append(bits >> held & 31)
    if held:
        fives.append(bits << 5 - held & 31)
    check = _checksum([*_expanded(), *fives, 0, 0, 0, 0, 0, 0]) ^ 1
    return f"{_PREFIX}1" + "".join(_CHARSET[n] for n in [*fives, *(check >> 5 * (5 - at) & 31 for at in range(6))])


def recipient_bytes(text: str) -> bytes:
    """The raw public key in ``age1...``. ValueError if it is not one."""
    body = text[len(_PREFIX) + 1 :]
    if not text.startswith(f"{_PREFIX}1") or len(body) != 58 or any(c not in _CHARSET for c in body):
        raise ValueError("not an age recipient")
    fives = [_CHARSET.index(c) for c in body]
    if _checksum([*_expanded(), *fives]) != 1:
        raise ValueError("not an age recipient")
    whole = 0
    for five in fives[:-6]:
        whole = whole << 5 | five
    return (whole >> 4).to_bytes(32, "big")


def public_key(identity: pyrage.x25519.Identity) -> bytes:
    """The raw public key that belongs to an age identity."""
    return recipient_bytes(str(identity.to_public()))


def with_dummies(recipients: Iterable[bytes]) -> tuple[bytes, ...]:
    """The recipients, filled up with public keys whose secret nobody holds to a multiple of four, in random order."""
    wanted = sorted(set(recipients))
    while not wanted or len(wanted) % GROUP:
        wanted.append(public_key(pyrage.x25519.Identity.generate()))
    secrets.SystemRandom().shuffle(wanted)
    return tuple(wanted)


def seal(plain: bytes, recipients: Sequence[bytes]) -> bytes:
    """An age file for these raw public keys, in this order (see `with_dummies`)."""
    sealed: bytes = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient_text(one)) for one in recipients])
    return sealed


def looks_sealed(start: bytes) -> bool:
    """True if a file that starts so is an age file."""
    return start.startswith(HEAD)


def unseal(sealed: bytes, identity: pyrage.x25519.Identity) -> bytes:
    """What is inside. KnownFault: bundle.foreign (no envelope, or not for this identity), bundle.damaged."""
    if not looks_sealed(sealed):
        raise KnownFault("bundle.foreign")
    try:
        plain: bytes = pyrage.decrypt(sealed, [identity])
    except pyrage.DecryptError as error:
        # The library tells its reasons apart by words only; for every other reason the envelope is broken.
        code = "bundle.foreign" if "No matching keys" in str(error) else "bundle.damaged"
        raise KnownFault(code) from None
    return plain


def padded(plain: bytes) -> bytes:
    """The bytes, zeros added up to the Padmé length."""
    return plain + bytes(padded_length(len(plain)) - len(plain))
