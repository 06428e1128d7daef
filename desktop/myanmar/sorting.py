"""The order of Burmese dictionaries: by syllable, in each by initial, medials, rhyme and tone.

Measured against ICU's collation for Burmese on 872 names and places: 14 of 379,756 pairs differ, all by one foreign spelling.
"""

from __future__ import annotations

import re

from desktop.myanmar.names import without_honorific
from desktop.myanmar.text import ascii_digits, clean, has_myanmar, sound_syllables

_INITIALS = "ကခဂဃငစဆဇဈဉညဋဌဍဎဏတထဒဓနပဖဗဘမယရလဝသဟဠအ"
_MEDIALS = ("", "ျ", "ြ", "ွ", "ှ", "ျွ", "ြွ", "ျှ", "ြှ", "ွှ", "ျွှ", "ြွှ")
_OPEN = ("", "ာ", "ိ", "ီ", "ု", "ူ", "ေ", "ဲ", "ော", "ော်", "ံ", "ို")
_TONES = ("", "\u1037", "\u1038")
_INDEPENDENT = {"ဣ": "အိ", "ဤ": "အီ", "ဥ": "အု", "ဦ": "အူ", "ဧ": "အေ", "ဩ": "အော", "ဪ": "အော်"}
_PARTS = re.compile(
    f"(?P<initial>[{_INITIALS}])\u103a?(?P<medials>[\u103b-\u103e]*)(?P<vowel>[\u102b-\u1032\u1036]*\u103a?)(?P<tone>[\u1037\u1038]*)"
    f"(?:(?P<final>[{_INITIALS}])(?P<dot>\u1037?)\u103a(?P<high>\u1038?))?"
)
_NO_FINAL, _LAST = 0, 99


def _plain(text: str) -> str:
    return ascii_digits(clean(text)).lower().replace("\u102b", "\u102c")


def sort_key(text: str) -> str:
    """A text that sorts as the name does: Latin and digits first, then Burmese. It tells the name: keep it where the name is kept."""
    keyed: list[str] = []
    as_written: list[str] = []
    for piece in sound_syllables(_plain(text)):
        if not has_myanmar(piece):
            keyed.append(f" {piece}\x01")
            continue
        plain = _INDEPENDENT.get(piece[0], piece[0]) + piece[1:]
        keyed.append(_syllable(plain))
        as_written.append("1" if plain != piece else "0")
    return "".join(keyed) + "\x00" + "".join(as_written) + "\x00" + text


def name_sort_key(name: str) -> str:
    """The same for a name of a person: a leading honorific (ဦး, Ko ...) does not count."""
    words = _plain(name).split()
    if len(words) == 1 and has_myanmar(words[0]):
        words = sound_syllables(words[0])
    short = without_honorific(words)
    return sort_key(("" if has_myanmar(name) else " ").join(short)) + name


def _syllable(syllable: str) -> str:
    """The four numbers of a syllable, two digits each; what is none sorts behind those that are."""
    found = _PARTS.match(syllable)
    if found is None:
        return f"{_LAST}{syllable}"
    medials = _place(_MEDIALS, "".join(sorted(found["medials"])))
    vowel, final = found["vowel"], found["final"]
    tone = _place(_TONES, (found["dot"] or found["high"] or found["tone"])[:1])
    return f"{_INITIALS.index(found['initial']):02}{medials:02}{_rhyme(vowel, final)}{tone:02}"


def _rhyme(vowel: str, final: str | None) -> str:
    """Open rhymes first; closed ones by their final and in it by vowel. ိံ and ုံ stand with the final မ."""
    if final is None and vowel in ("ိံ", "ုံ"):
        return f"{1 + _INITIALS.index('မ'):02}{(5 if vowel == 'ိံ' else 10):02}"
    if final is None:
        return f"{_NO_FINAL:02}{_place(_OPEN, vowel):02}"
    order = {"": 0, "ာ": 2, "ိ": 4, "ီ": 6, "ု": 9, "ူ": 11, "ေ": 13, "ဲ": 15, "ော": 17, "ို": 19}
    return f"{1 + _INITIALS.index(final):02}{order.get(vowel, 30):02}"


def _place(order: tuple[str, ...], sign: str) -> int:
    return order.index(sign) if sign in order else len(order)
