"""Sealing a few bytes to a volunteer's public key: HPKE (RFC 9180), base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305.

`about` is bound to the sealed bytes: whoever opens them must name the same purpose.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def new_private() -> bytes:
    """A fresh X25519 private key, 32 bytes."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key of a private key, 32 bytes."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(secret: bytes, public: bytes, about: bytes) -> bytes:
    """`secret`, readable only with the private key of `public`."""
    return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(public), about)


def unseal(sealed: bytes, private: bytes, about: bytes) -> bytes | None:
    """What was sealed, or None if it was not sealed to this key for this purpose."""
    try:
        return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), about)
    except (InvalidTag, ValueError):
        return None
