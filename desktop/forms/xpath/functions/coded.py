"""Texts that stand for other texts: digests, Base64, signed contents, random names and regular expressions."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
import string
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import uuid4

from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.functions.signature import Function
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import XValue, to_number, to_text

if TYPE_CHECKING:
    from regex import Pattern

_ALGORITHMS = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256", "SHA384": "sha384", "SHA512": "sha512"}
_SIGNATURE = 64
_LONGEST_NAME = 1000  # of a random name
_LONGEST_PATTERN = 20_000
_LONGEST_MATCH = 100_000  # signs that a text must have to match: the library writes out what has to be repeated
_PART = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\{(?P<times>\d+)[^}]*\}|.", re.DOTALL)
PATIENCE = 0.05
"""Seconds that one regular expression may take: a pattern can be written so that it would take longer than anybody lives."""


def _digest(scope: Scope, value: XValue, algorithm: XValue, encoding: XValue = "base64") -> str:
    """Algorithms MD5, SHA-1, SHA-256, SHA-384, SHA-512; encodings base64 and hex; in any case."""
    name, form = to_text(algorithm).upper().replace("-", ""), to_text(encoding).lower()
    if name not in _ALGORITHMS or form not in ("base64", "hex"):
        raise EvaluationError("unknown digest")
    found = hashlib.new(_ALGORITHMS[name], to_text(value).encode(errors="replace"), usedforsecurity=False).digest()
    return found.hex() if form == "hex" else base64.b64encode(found).decode()


def _bytes(value: XValue) -> bytes:
    """What Base64 stands for; nothing if it is not well-formed. Signs that do not belong to it are passed over."""
    try:
        return base64.b64decode(to_text(value).encode("ascii", errors="ignore"))
    except binascii.Error:
        return b""


def _base64_decode(scope: Scope, value: XValue) -> str:
    return _bytes(value).decode(errors="replace")


def _extract_signed(scope: Scope, contents: XValue, key: XValue) -> str:
    """The message behind an Ed25519 signature, if it was signed with that public key (both in Base64); else blank."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signed = _bytes(contents)
    try:
        Ed25519PublicKey.from_public_bytes(_bytes(key)).verify(signed[:_SIGNATURE], signed[_SIGNATURE:])
    except (InvalidSignature, ValueError):
        return ""
    return signed[_SIGNATURE:].decode(errors="replace")


def _uuid(scope: Scope, length: XValue | None = None) -> str:
    """A UUID; with a length so many random letters and digits."""
    if length is None:
        return str(uuid4())
    number = to_number(length)
    count = int(min(max(number, 0), _LONGEST_NAME)) if number == number else 0
    return "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(count))


@lru_cache(maxsize=512)
def _pattern(source: str) -> Pattern[str]:
    import regex  # only for forms that use one

    if len(source) > _LONGEST_PATTERN:
        raise EvaluationError("regex: too long")
    if _least(source) > _LONGEST_MATCH:
        raise EvaluationError("regex: repeats too often")
    try:
        return regex.compile(source.replace(r"\k<", r"\g<"), regex.VERSION1 if "&&" in source else regex.VERSION0)
    except (regex.error, RecursionError, OverflowError) as error:
        raise EvaluationError(f"regex: {error}") from None


def _least(source: str) -> int:
    """How many signs a pattern asks for, repetitions written out; rather too many than too few."""
    groups, last = [0], 0
    for part in _PART.finditer(source):
        if part["times"]:
            times = max(1, int(part["times"][:9]))
            groups[-1] += last * (times - 1)
            last *= times
        elif part[0] == "(":
            groups.append(0)
        else:
            last = groups.pop() if part[0] == ")" and len(groups) > 1 else 1
            groups[-1] += last
    return sum(groups)


def _regex(scope: Scope, value: XValue, pattern: XValue) -> bool:
    """True if the whole text matches, as in JavaRosa."""
    try:
        return _pattern(to_text(pattern)).fullmatch(to_text(value), timeout=PATIENCE) is not None
    except TimeoutError:
        raise EvaluationError("regex: takes too long") from None


FUNCTIONS = {
    "digest": Function(_digest, 2, 3),
    "base64-decode": Function(_base64_decode, 1, 1),
    "extract-signed": Function(_extract_signed, 2, 2),
    "uuid": Function(_uuid, 0, 1),
    "regex": Function(_regex, 2, 2),
}
