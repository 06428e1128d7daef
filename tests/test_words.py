"""What is said on screens and paper: every text in both languages, every error with its sentences, no word that harms or puzzles."""

from __future__ import annotations

import ast
import re
import zipfile
from collections.abc import Iterator
from functools import cache

from desktop.words import errors
from desktop.words.catalogue import LANGUAGES, known, translate
from tests.tree import ROOT, TEXT, files, name, none

MARKERS = {"tr": (0,), "mark": (0,), "counted": (1, 2), "translate": (0,), "translate_in": (1,), "pair": (0,)}
"""Functions whose arguments at these places are English texts for people."""

MODULES = {"words", "catalogue", "errors"}
"""Modules that a marker may be called through, as in ``words.tr``."""

ERRORS = {"UserError": (0,), "KnownFault": (0,), "Problem": (1,)}
"""What carries the code of a sentence, and at which place."""

BANNED = ("desert" + "er", "တပ်" + "ပြေး", "စစ်" + "ပြေး")
NEVER_ON_SCREEN = re.compile(r"\b(vault|merge|key|sync|bundle|conflict|journal|compartment|database)s?\b", re.IGNORECASE)


@cache
def calls() -> tuple[tuple[str, str, ast.expr], ...]:
    """(place, name of the function, argument) of every call of a marker or an error in the program."""
    found = []
    for path in (*files("desktop", "ui", endings={".py"}), ROOT / "main.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = named(node.func)
            for place in MARKERS.get(called, ERRORS.get(called, ())):
                if len(node.args) > place:
                    found.append((f"{name(path)}:{node.lineno}", called, node.args[place]))
    return tuple(found)


def named(function: ast.expr) -> str:
    """The name a function is called by; "" for a method, for `str.translate` is no text of ours."""
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id in MODULES:
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def texts_of(argument: ast.expr) -> Iterator[str]:
    """The texts an argument may be: a literal, or either side of a choice between literals."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.IfExp):
        yield from texts_of(argument.body)
        yield from texts_of(argument.orelse)


def screen_texts() -> list[tuple[str, str]]:
    """(place, English text) of everything said on a screen or on paper."""
    marked = [(place, text) for place, called, argument in calls() if called in MARKERS for text in texts_of(argument)]
    said = [
        (f"error {code}", text)
        for code, sentence in errors.table().items()
        for text in (sentence.happened, sentence.means, sentence.todo)
    ]
    return [(place, text) for place, text in marked + said if text]


def gaps(text: str) -> set[str]:
    """The names of the gaps ``{name}`` in a sentence."""
    return set(re.findall(r"\{(\w*)[^{}]*\}", text.replace("{{", "").replace("}}", "")))


def test_every_text_has_its_burmese() -> None:
    none(f"{place}: {text!r}" for place, text in screen_texts() if not known(text, "my"))


def test_every_translation_keeps_the_gaps() -> None:
    changed = [
        f"{place}: {text!r}"
        for place, text in screen_texts()
        for language in LANGUAGES
        if gaps(translate(text, language)) != gaps(text)
    ]
    none(changed)


def test_texts_are_whole_sentences_with_named_gaps() -> None:
    """A text put together in the call (f-string, +, %) can never be found in the catalogue."""
    built = [place for place, called, argument in calls() if called in MARKERS and isinstance(argument, ast.JoinedStr | ast.BinOp)]
    nameless = [f"{place}: {text!r}" for place, text in screen_texts() if "" in gaps(text)]
    none(built + nameless)


def test_every_error_has_its_sentences() -> None:
    raised = {(text, place) for place, called, argument in calls() if called in ERRORS for text in texts_of(argument)}
    none(f"{place}: {code}" for code, place in raised if code not in errors.table())
    none(code for code, sentence in errors.table().items() if not sentence.happened)


def test_words_that_mean_nothing_to_a_volunteer_are_not_said() -> None:
    said = [f"{place}: {text!r}" for place, text in screen_texts() if NEVER_ON_SCREEN.search(re.sub(r"\{\w+\}", "", text))]
    none(said)


def test_nobody_is_called_by_the_word_of_those_who_hunt_them() -> None:
    found = []
    for path in (*files("desktop", "ui", "resources"), ROOT / "main.py"):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                content = b"\n".join(packed.read(member) for member in packed.namelist()).decode("utf-8", "replace")
        elif path.suffix in TEXT:
            content = path.read_text(encoding="utf-8")
        else:
            continue
        found += [f"{name(path)}: {word}" for word in BANNED if word in content.lower()]
    none(found)
