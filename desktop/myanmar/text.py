"""Burmese text: cleaning, the order of signs, syllables, and the form in which texts are compared.

Rules after chapter 16.3 of the Unicode standard and Unicode technical note 11. Texts in letters of Shan, Karen, Mon and the other
languages that share the script are only normalised (NFC): the order of signs below holds for Burmese.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
"""Control characters and signs that turn the direction of writing around among them: a name with one would lead eyes astray."""
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_OTHER_LANGUAGES = re.compile("[\u1022\u1028\u1033-\u1035\u1050-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f]")
_CLUSTER = re.compile("([\u1000-\u1021\u103f\u1023-\u102a](?:\u1039[\u1000-\u1021])*)([\u102b-\u1032\u1036-\u1038\u103a-\u103e]+)")
_MEDIAL_OR_LOWER = frozenset("\u103b\u103c\u103d\u103e\u102f\u1030")
_ASAT = "\u103a"
_RANK = {
    sign: rank
    for rank, signs in enumerate((
        "\u103b", "\u103c", "\u103d", "\u103e", "\u1031", "\u102d\u1032\u102e", "\u102f\u1030", "\u102b\u102c", "\u1036", "\u1037",
        "\u103a", "\u1038",
    ))
    for sign in signs
}

_LETTERS = "\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e"
_SIGNED = "[\u102b-\u1032\u1036-\u1038\u103a-\u103e]"
_ZERO_AS_WA = re.compile(
    f"\u1040(?={_SIGNED})|(?<=[{_LETTERS}\u102b-\u103e])\u1040(?![\u1040-\u1049])|(?<![\u1040-\u1049])\u1040(?=[{_LETTERS}])"
)
_SEVEN_AS_RA = re.compile(f"\u1047(?={_SIGNED})")
_E_BEFORE_WA = re.compile("(?<![\u1000-\u1021\u103b-\u103e])\u1031[\u1040\u101d](?=[\u102b\u102c])")

_E_FIRST = re.compile(
    "(?<![\u1000-\u1021\u1025\u103b-\u103f])\u1031([\u1000-\u1021](?:\u1039[\u1000-\u1021])*[\u103b-\u103e]*)(?![\u1031\u103a\u103b-\u103e])"
)

_FOLDS = (
    ("\u1005\u103b", "\u1008"),
    ("\u102b", "\u102c"), ("\u1029", "\u101e\u103c"), ("\u102a", "\u101e\u103c\u1031\u102c\u103a"), ("\u103f", "\u101e\u1039\u101e"),
    ("\u1025\u102c", "\u1009\u102c"), ("ယောကျာ်း", "ယောက်ျား"),
)
_NYA = re.compile("\u1009(?![\u103a\u1039])")
_DIGIT = re.compile("\\d")

_RUN = re.compile("[\u1000-\u103f\u104c-\u108f\u109a-\u109f\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f]+")
_PIECE = re.compile(rf"{_RUN.pattern}|\d+|[^\W\d_]+|\S")
_SYLLABLE_START = re.compile(
    "(?<!^)(?<!\u1039)(?=[\u1000-\u102a\u104c-\u104f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e"
    "\uaa60-\uaa6f\uaa71-\uaa76](?!\u103a|\u1037\u103a|\u1039))"
)


def has_myanmar(text: str) -> bool:
    """True if any letter of the Myanmar script is in it."""
    return _RUN.search(text) is not None


def canonical(text: str) -> str:
    """The signs of every cluster in the one order, repeated signs once. Idempotent, and stable under NFC.

    An asat straight after the base and before a medial or a lower vowel stays first: it marks a contraction (ယောက်ျား, ကျွန်ုပ်).
    """
    text = unicodedata.normalize("NFC", text)
    if _OTHER_LANGUAGES.search(text):
        return text
    return _CLUSTER.sub(lambda found: found[1] + _ordered(found[2]), text)


def _ordered(signs: str) -> str:
    first = ""
    if len(signs) > 1 and signs[0] == _ASAT and signs[1] in _MEDIAL_OR_LOWER:
        first, signs = _ASAT, signs[1:]
    kept = ""
    for sign in sorted(signs, key=_RANK.__getitem__):
        if not kept.endswith(sign):
            kept += sign
    return first + kept


def storable(text: str) -> str:
    """The text without what cannot be written down: NUL, and halves of characters, as broken texts leave them when they are pasted."""
    return _UNWRITABLE.sub("", text)


def visible(text: str) -> str:
    """What can be seen of the text: without invisible characters, runs of white space as one space, nothing around it."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", storable(text))).strip()


def clean(text: str) -> str:
    """As text is stored: no invisible characters, single spaces, canonical order, digits that stand for look-alike letters mended.

    A text of digits alone, and a digit that stands alone, stay as they are.
    """
    text = visible(text)
    if not has_myanmar(text) and "\u1040" not in text:
        return unicodedata.normalize("NFC", text)
    text = _E_BEFORE_WA.sub("\u101d\u1031", text)
    text = _SEVEN_AS_RA.sub("\u101b", _ZERO_AS_WA.sub("\u101d", text))
    text = text.replace("\u1044\u1004\u103a\u1038", "\u104e\u1004\u103a\u1038").replace("\u1025\u103a", "\u1009\u103a")
    return canonical(text)


def e_in_place(text: str) -> str:
    """The text with every E that was typed before its letter behind it, as hands that learnt Zawgyi write on a keyboard of Unicode: ေမာင် is
    မောင်. Only an E that belongs to no letter before it is moved. Not for texts that are Zawgyi."""
    return _E_FIRST.sub("\\1\u1031", text) if "\u1031" in text else text


def ascii_digits(text: str) -> str:
    """Digits of every script (Burmese, Shan, Thai ...) as 0-9."""
    return text if text.isascii() else _DIGIT.sub(lambda found: str(unicodedata.decimal(found[0])), text)


def folded(text: str) -> str:
    """The form in which two texts are compared: cleaned, look-alike spellings made one, digits 0-9, Latin in small letters without
    accents. Never shown."""
    text = clean(e_in_place(text))
    for spelling, one in _FOLDS:
        text = text.replace(spelling, one)
    text = ascii_digits(_NYA.sub("\u100a", text)).lower()
    if not text.isascii():
        parts = unicodedata.normalize("NFD", text)
        text = "".join(c for c in parts if not "\u0300" <= c <= "\u036f")
        text = unicodedata.normalize("NFC", text)
    return text


def syllables(text: str) -> list[str]:
    """Written syllables; a number, a Latin word and each other sign are pieces of their own, spaces are dropped. A stack stays whole:
    သန္တာ is one piece."""
    found: list[str] = []
    for piece in _PIECE.findall(text):
        found += _SYLLABLE_START.split(piece) if _RUN.match(piece) else [piece]
    return found


def sound_syllables(text: str) -> list[str]:
    """Syllables as they are spoken: stacks are taken apart (သန္တာ is သန် + တာ). For comparing and searching."""
    text = text.replace("\u103f", "\u101e\u103a\u101e").replace("\u103a\u1039", _ASAT).replace("\u1039", _ASAT)
    return syllables(text)
