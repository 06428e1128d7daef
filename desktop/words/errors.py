"""The sentence for every error code: what happened, what it means, what to do.

Each part of the program keeps its own table in `desktop/words/sentences/<area>.py`, so that a code stands beside its neighbours. The window
and the command line show the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from desktop.domain.errors import UserError
from desktop.words import sentences
from desktop.words.catalogue import translate


@dataclass(frozen=True)
class Sentence:
    """`happened` is one sentence. `means` and `todo` may be empty; `todo` may hold several lines, one for each thing to do.
    Gaps ``{name}`` are filled from the fields of the error."""

    happened: str
    means: str = ""
    todo: str = ""


@cache
def table() -> dict[str, Sentence]:
    """Code -> sentence, of all areas. A code that stands in two areas is our mistake: ValueError."""
    merged: dict[str, Sentence] = {}
    for found in iter_modules(sentences.__path__):
        for code, words in import_module(f"{sentences.__name__}.{found.name}").SENTENCES.items():
            if code in merged:
                raise ValueError(code)
            merged[code] = Sentence(*words)
    return merged


def sentence(error: UserError, language: str) -> Sentence:
    """The words for this error in that language, gaps filled. KeyError for a code without a sentence: a test walks them all."""
    found = table()[error.code]
    return Sentence(*(translate(text, language).format(**error.fields) for text in (found.happened, found.means, found.todo)))
