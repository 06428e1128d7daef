"""The words of a form as paper and export want them: which of its languages, and without the marks for bold and colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from desktop.forms.definition import Definition
from desktop.forms.showing import Language, language_of
from desktop.words.catalogue import translate

_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE), re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^()\s]+)\)")
_MARKS = re.compile(r"\*\*|__|`|^\s{0,3}#{1,6}\s+", re.MULTILINE)
_SLANTED = re.compile(r"(?<![\\\w*_])([*_])(?=[^\s*_])([^*_\n]+?)(?<=[^\s\\])\1(?![\w*_])")
_ESCAPED = re.compile(r"\\([*_#\\`])")


def plain_lines(label: str) -> str:
    """A text without marks; its lines stay."""
    text = _TAG[1].sub("", _TAG[0].sub("\n", label))
    text = _SLANTED.sub(lambda found: found[2], _MARKS.sub("", _LINK.sub(r"\1", text)))
    text = _ESCAPED.sub(r"\1", text)
    lines = (" ".join(line.split()) for line in unescape(text).splitlines())
    return "\n".join(line for line in lines if line)


def plain(label: str) -> str:
    """A text without marks on one line."""
    return plain_lines(label).replace("\n", " ")


def languages_for(definition: Definition, wanted: Sequence[str] = ()) -> tuple[Language, ...]:
    """One or two languages of the form to print side by side, Burmese first: those that are wanted (names or codes) and there; else Burmese
    and English, or the form's default language with English."""
    offered = definition.languages or (language_of(definition.default_language),)
    found = [one for name in wanted for one in offered if name in (one.name, one.code)]
    if not found:
        default = next((one for one in offered if one.name == definition.default_language), offered[0])
        found = [one for code in ("my", "en") for one in offered if one.code == code]
        if not any(one.code == "my" for one in found) and default not in found:
            found.insert(0, default)
    unique = list(dict.fromkeys(found))[:2]
    return tuple(sorted(unique, key=lambda one: one.code != "my"))


def spoken(languages: Sequence[Language]) -> tuple[str, ...]:
    """In which of its two languages the program's own words stand beside these."""
    codes = {one.code for one in languages}
    return tuple(code for code in ("my", "en") if code in codes) or ("en",)


def shown(languages: Sequence[Language]) -> str:
    """Languages as the foot of a page tells them: ``MY·EN``."""
    return "·".join((one.code or one.name[:2]).upper() for one in languages if one.code or one.name not in ("", "default"))


def title_in(definition: Definition, language: Language) -> str:
    """The title of a form, in this language where the program knows it; XLSForm itself has one title only."""
    return translate(plain(definition.title) or definition.form_id, language.code or "en")
