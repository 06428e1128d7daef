"""Townships of Myanmar: which one a text means, in either script and by older names, and which ones it may become while it is typed.

The list helps and never decides: any text is a place. Source: ``resources/reference/places.json`` (place codes: MIMU).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from desktop.myanmar.sounds import keys_of, readings
from desktop.myanmar.text import folded, has_myanmar, sound_syllables
from desktop.resources import folder

_LONGEST = 80
_NOT_NAME = re.compile(r"[\s,;/.\-_'’()\u104a\u104b]+|\b(?:township|town|city)\b|မြို့နယ်ခွဲ|မြို့နယ်|မြို့")
_BREATH = re.compile("h(?=[pt])|(?<=[ptk])h(?=[aeiouyrw])")  # Hpa-An, Pha An and Pa-an are one place
_OLDER = {
    "Mawlamyine": ("Moulmein",), "Pathein": ("Bassein",), "Bago": ("Pegu",), "Pyay": ("Prome",), "Sittwe": ("Akyab",), "Dawei": ("Tavoy",),
    "Myeik": ("Mergui",), "Pyinoolwin": ("Maymyo", "Pyin Oo Lwin"), "Taungoo": ("Toungoo",), "Hpapun": ("Papun",), "Bagan": ("Pagan",),
    "Thanlyin": ("Syriam",), "Myawaddy": ("Myawady", "Myawadi"),
}
"""Names of before 1989 and usual other spellings that older papers and people have."""


@dataclass(frozen=True)
class Place:
    """A township or sub-township. `en` and `my` are its usual names, `state_en` and `state_my` those of its state or region; `others` further
    spellings of its name, in either script."""

    pcode: str
    en: str
    my: str
    state_en: str
    state_my: str
    others: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Every spelling."""
        return tuple(name for name in (self.en, self.my, *self.others) if name)


@cache
def _data() -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(folder("reference", "places.json").read_text(encoding="utf-8"))
    return found


def _texts(row: dict[str, object], name: str) -> tuple[str, ...]:
    found = row.get(name)
    return tuple(map(str, found)) if isinstance(found, list) else ()


@cache
def townships() -> dict[str, Place]:
    """All of them by place code."""
    states = {str(row["pcode"]): row for row in _data()["states"]}
    found = {}
    for row in _data()["townships"]:
        state, code, en = states[str(row["state"])], str(row["pcode"]), str(row["en"])
        others = (*_texts(row, "alt_en"), *_texts(row, "alt_my"), *_OLDER.get(en, ()))
        found[code] = Place(code, en, str(row.get("my") or ""), str(state["en"]), str(state["my"]), others)
    return found


def _plain(text: str) -> str:
    """The form in which spellings of a place are compared."""
    text = _NOT_NAME.sub("", folded(text[:_LONGEST]))
    return text if has_myanmar(text) else _BREATH.sub("", text)


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    """Compared spelling -> codes of the townships of that name; of towns that have a name of their own, the township they are in."""
    found: dict[str, tuple[str, ...]] = {}
    for place in townships().values():
        for name in place.names():
            _enter(found, name, place.pcode)
    towns: dict[str, tuple[str, ...]] = {}
    for row in _data()["towns"]:
        for name in (str(row["en"]), str(row.get("my") or "")):
            if _plain(name) not in found and str(row["township"]) in townships():
                _enter(towns, name, str(row["township"]))
    return {**towns, **found}


def _enter(found: dict[str, tuple[str, ...]], name: str, code: str) -> None:
    plain = _plain(name)
    if plain and code not in found.get(plain, ()):
        found[plain] = (*found.get(plain, ()), code)


@lru_cache(maxsize=4096)
def meant(text: str) -> tuple[str, ...]:
    """Place codes of the townships that a text names, () if none; several where several have that name."""
    return _by_name().get(_plain(text), ())


def key(text: str) -> str:
    """The same text for every spelling of the same township; of what is no township we know, the text in its compared form."""
    found = meant(text)
    return "+".join(sorted(found)) if found else folded(text)


def spellings(texts: Iterable[str]) -> list[str]:
    """These texts, and with those that mean one township every spelling of it: what somebody may look for."""
    found: dict[str, None] = {}
    for text in texts:
        codes = meant(text)
        found[text] = None
        if len(codes) == 1:
            found.update(dict.fromkeys(townships()[codes[0]].names()))
    return [text for text in found if text]


def like(text: str, most: int) -> list[Place]:
    """Townships that a beginning of a text may become: names that begin so, then those that hold it, then those that sound so."""
    wanted = _plain(text)
    if not wanted:
        return []
    ranked: dict[str, int] = {}
    sounding = _sounding(text)
    for code, names in _compared():
        if any(name.startswith(wanted) for name in names):
            ranked[code] = 0
        elif len(wanted) > 1 and any(wanted in name for name in names):
            ranked[code] = 1
        elif sounding & _sounds()[code]:
            ranked[code] = 2
    found = sorted(ranked, key=lambda code: (ranked[code], townships()[code].en))
    return [townships()[code] for code in found[:most]]


@cache
def _compared() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((code, tuple(_plain(name) for name in place.names())) for code, place in townships().items())


def _sounding(text: str) -> frozenset[str]:
    whole = len(sound_syllables(text)) > 1 or (not has_myanmar(text) and len(text) > 3)
    return frozenset(found for way in readings(text) for found in keys_of(way)) if whole else frozenset()


@cache
def _sounds() -> dict[str, frozenset[str]]:
    return {code: frozenset().union(*(_sounding(name) for name in place.names())) for code, place in townships().items()}
