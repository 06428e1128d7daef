"""Digits as they are typed: those of any script mean the same number, and are stored as 0 to 9."""

from __future__ import annotations

import re
import unicodedata

_OTHER = re.compile(r"[^\D0-9]")


def plain_digits(text: str) -> str:
    """The text with the digits of every script (Burmese, Shan, Thai, full width) as 0 to 9; everything else as it is."""
    return _OTHER.sub(lambda found: str(unicodedata.decimal(found[0])), text)
