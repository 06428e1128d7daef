"""The catalogue: an English sentence in, the sentence in the chosen language out.

Sources are the `.po` files in ``resources/locale/<language>/``, one for each part of the program, so that translators use their
own tools. `packaging/bootstrap.py` compiles them; where a compiled file is missing or older than its source it is compiled in
memory. A packed program carries the compiled files only. English is the language of the source: it needs no file.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from desktop.resources import folder

LANGUAGES = ("en", "my")


def sources(language: str) -> list[Path]:
    """The `.po` files of a language; also those of which only the compiled file is here."""
    return sorted({path.with_suffix(".po") for path in folder("locale", language).glob("*.[mp]o")})


def compile_source(source: Path) -> bytes:
    """One `.po` file as the bytes of a `.mo` file. Drafts that no native reader has seen (fuzzy) are used all the same."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as stream:
        catalogue = read_po(stream)
    made = BytesIO()
    write_mo(made, catalogue, use_fuzzy=True)
    return made.getvalue()


@cache
def _area(source: Path) -> dict[str, str]:
    compiled = source.with_suffix(".mo")
    if compiled.exists() and not (source.exists() and source.stat().st_mtime > compiled.stat().st_mtime):
        data = compiled.read_bytes()
    else:
        data = compile_source(source)
    entries: dict[str, str] = GNUTranslations(BytesIO(data))._catalog  # type: ignore[attr-defined]
    return {key: value for key, value in entries.items() if key and value}


@cache
def _catalogue(language: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for source in sources(language):
        words.update(_area(source))
    return words


def translate(text: str, language: str) -> str:
    """The text in that language; the English text itself where the catalogue has none."""
    return text if language == "en" else _catalogue(language).get(text, text)


def translate_in(area: str, text: str, language: str) -> str:
    """As `translate`, from one area's file only: for texts that are cut to a place, such as those of a paper."""
    return text if language == "en" else _area(folder("locale", language, f"{area}.po")).get(text, text)


def known(text: str, language: str) -> bool:
    """True if the catalogue has this text. Tests walk every text of the program with it."""
    return language == "en" or text in _catalogue(language)
