"""Where a line of running text may break when there is Burmese in it.

Qt breaks Burmese before any letter that begins a cluster, so that the last letter of a syllable can fall to the next line,
and joiner characters do not stop it. So such text is broken here: at spaces first, and between syllables only where one
phrase alone is wider than the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_LETTER = re.compile("[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]")
# A syllable begins at a letter that is neither stacked under another one nor closes a syllable with asat.
_SYLLABLE = re.compile(
    "(?<=[\u1000-\u109f\uaa60-\uaa7f])(?<!\u1039)"
    "(?=[\u1000-\u102a\u103f\u104e\u1040-\u1049\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\uaa60-\uaa6f\uaa71-\uaa76]"
    "(?!\u1037?[\u103a\u1039]))"
)
_DIGIT = re.compile("[\u1040-\u1049]")


def is_burmese(text: str) -> bool:
    """True if there is a letter of the Myanmar script in it."""
    return bool(_LETTER.search(text))


def syllables(phrase: str) -> list[str]:
    """The pieces between which a phrase may be broken; joined they give the phrase again. A number stays whole."""
    parts: list[str] = []
    for part in _SYLLABLE.split(phrase):
        if parts and _DIGIT.match(part) and parts[-1] and _DIGIT.match(parts[-1][-1]):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """`text` in lines no wider than `width` where that is possible; `measure` gives the width of a text. A line break in the text
    stays one. The lines joined give the text again, without its line breaks."""
    done: list[str] = []
    for paragraph in text.split("\n"):
        done += _paragraph(paragraph, width, measure)
    return done


def _paragraph(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    if measure(text.rstrip()) <= width:  # a layout also asks for widths without an end: then no phrase is measured
        return [text.lstrip()]
    done: list[str] = []
    now = ""
    for phrase in re.findall(r"\S+\s*", text):
        if now and measure((now + phrase).rstrip()) > width:
            done.append(now)
            now = ""
        if measure(phrase.rstrip()) <= width:
            now += phrase
            continue
        for part in syllables(phrase):
            if now and measure((now + part).rstrip()) > width:
                done.append(now)
                now = ""
            now += part
    return [*done, now] if now or not done else done
