"""Signs that nobody sees and signs that look like others."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
                         "\u2032": "'", "\u2033": '"', "\u00b4": "'", "`": "'"})
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\uff08": "(", "\uff09": ")", "\uff0c": ",", "\uff1d": "=", "\uff1e": ">", "\uff1c": "<"})
_REFERENCE = re.compile(r"\$\s*\{([^{}]*)\}")


def cleaned(text: str) -> str:
    """A name, type or header without signs nobody sees, every run of spaces as one. Not for words of people: Burmese and Khmer break
    their lines at such signs."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()


def straight(rule: str) -> str:
    """A rule with the quotes and signs that rules are written with. Text within straight quotes stays as it is."""
    parts = re.split(r"(\"[^\"]*\"|'[^']*')", rule)
    return "".join(part if index % 2 else part.translate(_QUOTES).translate(_SIGNS) for index, part in enumerate(parts))


def references_cleaned(text: str) -> str:
    """The same with ``${ name }`` as ``${name}``."""
    return _REFERENCE.sub(lambda found: "${" + cleaned(found[1]) + "}", text)
