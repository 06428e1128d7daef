"""The words of the window in the language it speaks now.

`tr` stands around every English text in the window; `mark` around one that is translated later. Numbers inside sentences are
written in Burmese digits in Burmese; codes, times and tables keep 0-9, because people type and compare them: pass those as text.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.words.catalogue import LANGUAGES, translate
from ui.theme.tokens import BURMESE, LATIN, Metrics

NAMES = {"en": "English", "my": "မြန်မာ"}
_BURMESE_DIGITS = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")
_now = {"language": "en"}


def language() -> str:
    """``en`` or ``my``."""
    return _now["language"]


def use(name: str) -> None:
    """Speak this language from now on. ValueError for one we do not have. Views that stand have to be built again."""
    if name not in LANGUAGES:
        raise ValueError(name)
    _now["language"] = name


def other() -> str:
    """The language that F2 changes to."""
    return "en" if language() == "my" else "my"


def metrics() -> Metrics:
    """The heights of the language that is spoken now."""
    return BURMESE if language() == "my" else LATIN


def digits(number: int | str) -> str:
    """Digits as running text of this language writes them."""
    text = f"{number:,}" if isinstance(number, int) else number
    return text.translate(_BURMESE_DIGITS) if language() == "my" else text


def listed(parts: Iterable[str]) -> str:
    """Parts of a line after each other, as this language separates them; empty ones are left out."""
    return ("၊ " if language() == "my" else ", ").join(part for part in parts if part)


def mark(text: str) -> str:
    """The text itself: it is put through `tr` where it is shown."""
    return text


def tr(text: str, **fields: str | int) -> str:
    """The text in the language of the window, its gaps ``{name}`` filled. Whole numbers become digits of that language."""
    found = translate(text, language())
    if not fields:
        return found
    return found.format(**{name: digits(value) if isinstance(value, int) else value for name, value in fields.items()})


def counted(number: int, one: str, many: str, **fields: str | int) -> str:
    """`one` if the number is 1, else `many`; both may show ``{n}``."""
    return tr(one if number == 1 else many, n=number, **fields)
