"""Site cards: what two sites show each other before they trust each other (docs/BUNDLE.md §2).

A card is text of the QR alphanumeric set, so that the same characters stand in the code on paper and in the file. It is signed by
the site's root key, which proves that whoever made it holds that key; whose key it is only people can say, by comparing the words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.exchange.signed import canonical, strict
from desktop.vault.identity import signed_by

MARK = b"WS1:"
FORMAT = 1
MAX_BYTES = 500
MAX_NICKNAME = 60  # bytes of UTF-8
WORDS = 12
_DOMAIN = b"waystation site card 1\0"
_KEYS_DOMAIN = b"waystation card words 1\0"
_SIGNATURE = 64
_BASE45 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@dataclass(frozen=True)
class Card:
    """`root` is the site's Ed25519 public key and its identity; `outer` and `folders` are raw age public keys."""

    nickname: str
    root: bytes
    outer: bytes
    folders: dict[Folder, bytes]

    @property
    def keys(self) -> bytes:
        """The keys in one fixed spelling: what the words stand for and what a trusted site must keep."""
        return canonical([FORMAT, self.root, self.outer, {folder.value: key for folder, key in self.folders.items()}])


def words(keys: bytes, word_list: Sequence[str]) -> tuple[str, ...]:
    """The fingerprint of a card's `keys`: twelve of 2,048 words, 132 bits of a SHA-256. The nickname is not part of it."""
    if len(word_list) != 2048:
        raise ValueError("2,048 words are needed")
    whole = int.from_bytes(hashlib.sha256(_KEYS_DOMAIN + keys).digest(), "big")
    return tuple(word_list[whole >> 256 - 11 * at & 2047] for at in range(1, WORDS + 1))


def short_nickname(nickname: str) -> str:
    """The nickname cut to what a card holds, whole characters only, without invisible ones."""
    visible = "".join(character for character in nickname if character.isprintable())
    return visible.encode()[:MAX_NICKNAME].decode(errors="ignore").strip()


def encode(card: Card, sign: Callable[[bytes], bytes]) -> bytes:
    """The card as text; `sign` signs with the site's root key."""
    body = canonical([
        FORMAT, short_nickname(card.nickname), card.root, card.outer, {folder.value: key for folder, key in card.folders.items()},
    ])
    return MARK + base45(sign(_DOMAIN + body) + body)


def looks_like_card(start: bytes) -> bool:
    """True if a file that starts so claims to be a card."""
    return start.startswith(MARK)


def decode(data: bytes) -> Card:
    """The card in this text, its signature checked. UserError: card.not_a_card, card.damaged, card.newer."""
    text = data.strip()
    if not looks_like_card(text) or len(text) > MAX_BYTES:
        raise UserError("card.not_a_card")
    raw = unbase45(text[len(MARK) :])
    try:
        body = strict(raw[_SIGNATURE:])
        if isinstance(body, list) and body and type(body[0]) is int and body[0] > FORMAT:
            raise UserError("card.newer")
        card = _card(body)
    except (ValueError, KnownFault):
        raise UserError("card.damaged") from None
    if not signed_by(card.root, raw[:_SIGNATURE], _DOMAIN + raw[_SIGNATURE:]):
        raise UserError("card.damaged")
    return card


def _card(body: Any) -> Card:
    if not (isinstance(body, list) and len(body) == 5 and body[0] == FORMAT and isinstance(body[4], dict)):
        raise ValueError
    _, nickname, root, outer, folders = body
    keys = [root, outer, *folders.values()]
    if not (isinstance(nickname, str) and nickname.isprintable() and all(type(k) is bytes and len(k) == 32 for k in keys)):
        raise ValueError
    return Card(nickname, root, outer, {Folder(name): key for name, key in folders.items()})


def base45(data: bytes) -> bytes:
    """Base45 (RFC 9285)."""
    made = bytearray()
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, digit = divmod(number, 45)
            made.append(_BASE45[digit])
    return bytes(made)


def unbase45(text: bytes) -> bytes:
    """The inverse of `base45`. UserError card.damaged."""
    made = bytearray()
    for at in range(0, len(text), 3):
        digits = [_BASE45.find(character) for character in text[at : at + 3]]
        number = sum(digit * 45**place for place, digit in enumerate(digits))
        if len(digits) < 2 or min(digits) < 0 or number >= 256 ** (len(digits) - 1):
            raise UserError("card.damaged")
        made += number.to_bytes(len(digits) - 1, "big")
    return bytes(made)
