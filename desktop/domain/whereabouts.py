"""Exact places in running text: what must never be written down about people who are on their way."""

from __future__ import annotations

import re

_DIGITS = str.maketrans("၀၁၂၃၄၅၆၇၈၉", "0123456789")
_APART = r"(?:[\s°,;/၊NSEWnsew]|lat|lon|long|latitude|longitude)+"  # between two numbers that are one place
_PLACES = (
    re.compile(rf"(?<![\d.])-?\d{{1,3}}\.\d{{3,}}{_APART}-?\d{{1,3}}\.\d{{3,}}", re.IGNORECASE),  # 16.8661, 96.1951
    re.compile(r"(?<![\d.])-?\d{1,3},\d{4,}\s*°?\s*[NSns]?\s*[;/ ]\s*-?\d{1,3},\d{4,}"),  # 16,8661; 96,1951
    re.compile(rf"(?<![\d.])(?:[5-9]|[12]\d)\.\d{{2,}}{_APART}(?:9\d|10\d)\.\d{{2,}}(?!\d)", re.IGNORECASE),  # 16.86, 96.19
    re.compile(rf"(?<![\d.])(?:9\d|10\d)\.\d{{2,}}{_APART}(?:[5-9]|[12]\d)\.\d{{2,}}(?!\d)", re.IGNORECASE),
    re.compile(r"\b\d{1,3}[ :-]\d{1,2}[ :-]\d{1,2}(\.\d+)?\s*[NSns]\b"),  # 16 51 58 N
    re.compile(r"\d{1,3}\s*°\s*\d{1,2}(\.\d+)?\s*['’′]?"),  # 16°51'58"
    re.compile(  # 47Q KA 1234 5678, and no day of a month
        r"\b[1-6]\d\s?(?!jan|feb|mar|apr|may|jun|jul|aug|sep|dec)[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?\d{3,5}\s?\d{3,5}\b", re.IGNORECASE,
    ),
    re.compile(r"\b[1-6]\d\s?[C-HJ-NP-X]\s+\d{6}\s+\d{6,7}\b", re.IGNORECASE),  # 47Q 123456 1867000
    re.compile(r"\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b", re.IGNORECASE),  # 7MG8V55V+CX
    re.compile(r"\bgeo:\s*-?\d|(maps\.|/maps|goo\.gl|what3words|w3w\.co|///\w+\.\w+\.\w+)", re.IGNORECASE),
)


def names_exact_place(text: str) -> bool:
    """True if the text holds coordinates, a grid square, a plus code or a link to a map."""
    plain = text.translate(_DIGITS)
    return any(pattern.search(plain) for pattern in _PLACES)
