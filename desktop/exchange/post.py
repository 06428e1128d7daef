"""Our own addresses: the keys of an open vault as the exchange uses them."""

from __future__ import annotations

import pyrage

from desktop.domain.folders import Folder
from desktop.exchange.cards import Card, encode, short_nickname
from desktop.exchange.sealing import public_key, recipient_bytes
from desktop.vault.vault import Vault


class Post:
    """`identity` opens what is sealed to this vault; `key` is its raw public key, `site` our root key, `folders` what can be opened."""

    def __init__(self, vault: Vault) -> None:
        self.vault = vault
        self.identity = vault.age_identity
        self.key = public_key(self.identity)
        self.site = vault.site_public
        self.folders = vault.folders

    def folder_key(self, folder: Folder) -> bytes:
        """The raw public key that this folder's parts are sealed to; known for folders nobody here opened too."""
        return recipient_bytes(self.vault.folder_keys.recipient(folder))

    def folder_identity(self, folder: Folder) -> pyrage.x25519.Identity | None:
        """What opens this folder's parts; None if this volunteer cannot open the folder."""
        return self.vault.folder_keys.identity(folder)

    def card(self, nickname: str) -> Card:
        """Our card."""
        return Card(short_nickname(nickname), self.site, self.key, {folder: self.folder_key(folder) for folder in Folder})

    def card_data(self, nickname: str) -> bytes:
        """Our card, signed, as it stands in the square code and in the file."""
        return encode(self.card(nickname), self.vault.sign_as_site)
