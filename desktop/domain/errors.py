"""What can go wrong, told apart: a person's mistake, the environment's fault, and everything else (ours).

Neither class carries English. `desktop.words.errors` holds, for every code and language, what happened, what it means and
what to do.
"""

from __future__ import annotations


class UserError(Exception):
    """Something a person can understand and put right.

    `code` names the sentence to show (for example ``passphrase.wrong``); `fields` fill its gaps. Fields never hold a
    person's data: they may reach a log.
    """

    def __init__(self, code: str, **fields: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


class KnownFault(UserError):
    """The environment's fault: a full disk, a stick taken out, a damaged file, a vault from a newer version."""
