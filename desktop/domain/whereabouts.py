"""Exact places in running text: what must never be written down about people who are on their way."""

from __future__ import annotations

import re

_DIGITS = str.maketrans("၀၁၂၃၄၅၆၇၈၉", "0123456789")
_PLACES = (
    re.compile(r"(?<![\d.])-?\d{1,3}[.,]\d{3,}\s*°?\s*[NSns]?\s*[,;/ ]\s*-?\d{1,3}[.,]\d{3,}"),  # 16.8661, 96.1951
    re.compile(r"\d{1,3}\s*°\s*\d{1,2}(\.\d+)?\s*['’′]?"),  # 16°51'58"
    re.compile(r"\b[1-6]\d\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{2,5}\s?\d{2,5}\b"),  # 47Q KA 1234 5678
    re.compile(r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b", re.IGNORECASE),  # 7MG8V55V+CX
    re.compile(r"\bgeo:\s*-?\d|(maps\.|/maps|goo\.gl|what3words|w3w\.co|///\w+\.\w+\.\w+)", re.IGNORECASE),
)


def names_exact_place(text: str) -> bool:
    """True if the text holds coordinates, a grid square, a plus code or a link to a map."""
    plain = text.translate(_DIGITS)
    return any(pattern.search(plain) for pattern in _PLACES)
