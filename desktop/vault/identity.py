"""Who this laptop is to other sites: the site's root key, the key of this device, and the proof that the one vouches for the other.

A vault that was copied or restored must not go on as the same device: two laptops would then write different entries under the
same numbers. `resting_place` tells where a vault lies; when it changes, a new device key is made. It notices a copy to another
folder, disk or machine and a restored folder (new files have new numbers). It does not notice older content written over the very
same files on the same machine, nor a disk image moved to a machine that was imaged as well; the journal finds those as a fork.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop.vault.machine import machine_name

_DEVICE = b"waystation device certificate v1\0"
# The encodings (sign bit cleared) of the points of Ed25519 whose order divides eight: under such a "public key" one signature
# fits many messages, and the library accepts them. RFC 8032 leaves refusing them to the caller.
_WEAK = frozenset(
    bytes.fromhex(code)
    for code in (
        "00" * 32,
        "01" + "00" * 31,
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    )
)


def new_signing_key() -> bytes:
    """A fresh Ed25519 private key, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def signing_public(private: bytes) -> bytes:
    """The Ed25519 public key of a private key, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    """An Ed25519 signature, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def signed_by(public: bytes, signature: bytes, message: bytes) -> bool:
    """True if the signature is right, by a key under which a signature means something."""
    if len(public) != 32 or public[:31] + bytes([public[31] & 0x7F]) in _WEAK:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True)
class DeviceKey:
    """The key this device signs its history with. `certificate` is the site's public key (32 bytes) and its signature (64)."""

    public: bytes
    certificate: bytes
    private: bytes = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature by this device, 64 bytes."""
        return sign(self.private, message)


def new_device(site_private: bytes) -> DeviceKey:
    """A fresh device key, vouched for by the site."""
    private = new_signing_key()
    public = signing_public(private)
    return DeviceKey(public, signing_public(site_private) + sign(site_private, _DEVICE + public), private)


def site_of(device_public: bytes, certificate: bytes) -> bytes | None:
    """The public key of the site that vouches for this device, or None if the certificate is not a right one."""
    site, signature = certificate[:32], certificate[32:]
    return site if len(certificate) == 96 and signed_by(site, signature, _DEVICE + device_public) else None


def resting_place(folder: Path, site_public: bytes) -> bytes:
    """A fingerprint of where the vault lies: this machine, this file system, this folder, this very `home` file."""
    directory, home = folder.stat(), (folder / "home").stat()
    disk = os.statvfs(folder).f_fsid if hasattr(os, "statvfs") else 0
    where = f"{disk or directory.st_dev} {directory.st_ino} {home.st_ino}".encode()
    return hashlib.sha256(site_public + machine_name() + b"\0" + where).digest()
