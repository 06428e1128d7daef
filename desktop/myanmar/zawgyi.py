"""Zawgyi, the older way of writing Burmese on computers: does a text look like it, and what it is in Unicode.

Zawgyi puts other signs on the same code points, so a text in it cannot be read here, and converting a text that was Unicode already
destroys it. The decision is therefore never the detector's alone: on names of one to four syllables it is wrong in 1 to 5 of 100 at any
single cut, and three rules about which signs can stand beside each other bring the harm to none in 5,071 measured names. Nothing is
converted without the person having seen both texts: a verdict is an offer.

The rules of conversion are Unicode CLDR's (``resources/reference/zawgyi_rules.json``). They turn a lone digit four or zero at the end
of a text into a letter; such digits are taken aside first.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from desktop.myanmar.text import canonical, clean, has_myanmar, visible
from desktop.resources import folder

if TYPE_CHECKING:
    from myanmartools import ZawgyiDetector

KEEP, ASK, CONVERT = "keep", "ask", "convert"

_SHORT = 12  # code points; what is longer is settled by the detector alone
_SURE, _DOUBTFUL, _NEVER = 0.95, 0.5, 0.05
_NAME_MOST = 60  # code points of a name
_LONGEST = 20_000  # characters that are looked at; a longer text is decided by its beginning

_OTHER_LANGUAGES = re.compile("[\u1022\u1028\u1050-\u1059\u105b-\u105f\u1098-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f]")
_ZAWGYI = re.compile(
    "(?<![\u1000-\u1021\u103b-\u103e])\u1031"  # E before its letter
    "|\u1039(?![\u1000-\u1021])"  # a stack of nothing
    "|\u103a[\u102b-\u1030\u1032-\u1034\u1036]"  # a vowel on a letter that is silent
    "|(?<![\u1000-\u1021\u103f])\u103b"  # a medial without its letter
    "|[\u102f\u1030][\u102d\u102e]"  # u before i
)
_UNICODE = re.compile(
    "\u1031(?:[\u102b-\u1030\u1036-\u1038\u103a]|(?![\u1000-\u109f]))"
    "|[\u103e\u103f]|\u1004\u103a\u1039[\u1000-\u1021]|\u103a\u1038|\u1037\u103a"
)
_SYLLABLE = (
    "(?:"
    "(?:\u1004\u103a\u1039)?[\u1000-\u1021\u103f](?:\u1039[\u1000-\u1021]){0,2}"
    "(?:\u103a?\u103b?\u103c?\u103d?\u103e?)"
    "(?:\u1031[\u102b\u102c]?\u103a?|[\u102d\u102e\u1032]?\u102f?|\u1030|[\u102b\u102c])\u1036?"
    "(?:\u1037?\u1038?)"
    "(?:[\u1000-\u1021]\u1037?\u103a\u1038?){0,2}"
    "|[\u1023-\u102a](?:\u1031?[\u102b\u102c]?|\u1032|\u102f)\u1036?\u1037?\u103a?\u1038?(?:[\u1000-\u1021]\u1037?\u103a\u1038?){0,2}"
    "|\u104e\u1004\u103a\u1038|[\u104c-\u104f])"
)
_WELL_FORMED = re.compile(f"(?:{_SYLLABLE}|[^\u1000-\u109f]|[\u1040-\u104b])*")
_LONE_DIGITS = re.compile("(?:(?<=\\s)|^)[\u1040-\u1049]+(?=\\s|[\u104a\u104b]|$)")
_ASIDE = "\ue000"  # stands for digits that are taken aside; a private sign no font and no rule knows


@dataclass(frozen=True)
class Verdict:
    """`verdict`: ``keep`` (Unicode, or nothing to decide), ``ask`` (both readings are possible: show both) or ``convert`` (Zawgyi; still shown
    with an undo). `converted` is the text in Unicode, cleaned; for ``keep`` it is the text itself."""

    text: str
    verdict: str
    converted: str


class _Rule(NamedTuple):
    find: re.Pattern[str]
    to: str
    again: bool  # look at the replacement once more


def decide(text: str) -> Verdict:
    """Whether a text that somebody typed or pasted is to be converted. Never raises; takes about 50 microseconds for a name."""
    looked_at = text[:_LONGEST]
    if not has_myanmar(looked_at) or _OTHER_LANGUAGES.search(looked_at):
        return Verdict(text, KEEP, text)
    as_unicode = clean(to_unicode(looked_at))
    if as_unicode == clean(looked_at):
        return Verdict(text, KEEP, text)
    verdict = _verdict(visible(looked_at), as_unicode)
    if verdict == KEEP or (verdict == ASK and _is_of_names(clean(looked_at)) and not _is_of_names(as_unicode)):
        return Verdict(text, KEEP, text)
    return Verdict(text, verdict, as_unicode if looked_at == text else clean(to_unicode(text)))


def _is_of_names(text: str) -> bool:
    """True if words that names are made of follow each other in this text and nothing else: မြ, ကိုမြ, သန္တာ are, မွ is not. Nobody is to be asked
    about their own name each time it is written."""
    if len(text) > _NAME_MOST:
        return False
    words, reached = _name_words(), {0}
    for at in range(len(text)):
        if at in reached:
            reached.update(at + len(word) for word in words if text.startswith(word, at))
            reached.update({at + 1} if text[at] == " " else ())
    return len(text) in reached and bool(text)


@cache
def _name_words() -> frozenset[str]:
    """Words of Burmese names, and titles. Source: ``resources/reference/names``."""
    files = (folder("reference", "names", name) for name in ("name_words.tsv", "honorifics.tsv"))
    return frozenset(line.split("\t")[0] for file in files for line in file.read_text(encoding="utf-8").splitlines()[1:])


def in_unicode(text: str) -> str:
    """For comparing and searching, never to be shown: a text that is Zawgyi beyond doubt as it reads in Unicode, any other as it is. Costs next
    to nothing for a text in Unicode."""
    if not _ZAWGYI.search(text):
        return text
    found = decide(text)
    return found.converted if found.verdict == CONVERT else text


def _verdict(text: str, as_unicode: str) -> str:
    probability = _probability(text)
    if probability < _NEVER:
        return KEEP
    like_zawgyi, like_unicode = bool(_ZAWGYI.search(text)), bool(_UNICODE.search(text))
    reads_as_it_is = well_formed(clean(text))
    if probability >= _SURE:
        if len(text) >= _SHORT or like_zawgyi:
            return CONVERT
        if like_unicode:
            return KEEP
        return ASK if reads_as_it_is else CONVERT
    if like_unicode and not like_zawgyi:
        return KEEP
    reads_converted = well_formed(as_unicode)
    if like_zawgyi and not like_unicode and reads_converted:
        return CONVERT
    if reads_as_it_is and not reads_converted:
        return KEEP
    if reads_converted and not reads_as_it_is and probability >= _DOUBTFUL:
        return CONVERT
    return ASK if probability >= _DOUBTFUL or like_zawgyi else KEEP


def well_formed(text: str) -> bool:
    """True if every piece of Burmese in a text in canonical order is a syllable that can be spoken."""
    return _WELL_FORMED.fullmatch(text) is not None


def to_unicode(text: str) -> str:
    """The text read as Zawgyi. It damages a text that is Unicode already: ask `decide` first."""
    aside: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        aside.append(found[0])
        return _ASIDE

    digits = iter(aside)
    converted = _LONE_DIGITS.sub(put_aside, text.replace(_ASIDE, ""))
    for stage in _stages():
        converted = _through(stage, converted)
    return canonical(re.sub(_ASIDE, lambda _: next(digits), converted))


def _through(stage: tuple[_Rule, ...], text: str) -> str:
    """One stage: at each place the first rule that fits, from left to right."""
    at, done = 0, []
    while at < len(text):
        for rule in stage:
            found = rule.find.match(text, at)
            if found and found.end() > at:
                replacement = found.expand(rule.to)
                if rule.again:
                    text = text[:at] + replacement + text[found.end():]
                else:
                    done.append(replacement)
                    at = found.end()
                break
        else:
            done.append(text[at])
            at += 1
    return "".join(done)


@cache
def _stages() -> tuple[tuple[_Rule, ...], ...]:
    rules = json.loads(folder("reference", "zawgyi_rules.json").read_text(encoding="utf-8"))
    return tuple(tuple(_rule(rule) for rule in stage) for stage in rules["stages"])


def _rule(rule: dict[str, object]) -> _Rule:
    replacement = re.sub(r"\$(\d)", r"\\g<\1>", _unescaped(str(rule["to"])))
    return _Rule(re.compile(str(rule["find"])), replacement, bool(rule.get("resume_at_start")))


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda code: chr(int(code[1], 16)), text)


@lru_cache(maxsize=512)
def _probability(text: str) -> float:
    return float(_detector().get_zawgyi_probability(text))


@cache
def _detector() -> ZawgyiDetector:
    from myanmartools import ZawgyiDetector

    return ZawgyiDetector()
