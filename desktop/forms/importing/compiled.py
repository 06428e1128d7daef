"""Compiled forms: guarded against harm before they are read, and what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.parsers import expat

from desktop.domain.errors import UserError
from desktop.forms.definition import Definition
from desktop.forms.importing.refused import Refused

DEEPEST, MOST_ELEMENTS = 120, 1_000_000
_FILE = re.compile(rb"jr://(?:images|image|audio|video|file-csv|file)/([^\"'<>\s][^\"'<>]*)")


def guard(source: bytes) -> bytes:
    """The same form in UTF-8 or with its own declaration, without what stands before it. Refused: import.hostile (declarations of its
    own), import.too_deep, import.too_many_cells, import.damaged."""
    source = source.lstrip(b"\xef\xbb\xbf \t\r\n")
    reader = expat.ParserCreate()
    state = [0, 0]

    def begin(_name: str, _attributes: object) -> None:
        state[0] += 1
        state[1] += 1
        if state[0] > DEEPEST:
            raise Refused("import.too_deep")
        if state[1] > MOST_ELEMENTS:
            raise Refused("import.too_many_cells", most=MOST_ELEMENTS)

    def end(_name: str) -> None:
        state[0] -= 1

    def declared(*_about: object) -> None:
        raise Refused("import.hostile")

    reader.StartElementHandler, reader.EndElementHandler = begin, end
    reader.EntityDeclHandler = reader.StartDoctypeDeclHandler = declared
    try:
        reader.Parse(source, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise Refused("import.damaged") from None
    return source


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Can a question be called that? Letters of Burmese and of other scripts that are younger than XML cannot: no reader would take it."""
    if re.fullmatch(r"[A-Za-z_][\w.\-]*", text, re.ASCII):
        return True
    if not re.fullmatch(r"[^\W\d][\w.\-]*", text):
        return False
    try:
        expat.ParserCreate().Parse(f"<{text}/>", True)
    except expat.ExpatError:
        return False
    return True


def wanted_files(xml: bytes) -> tuple[str, ...]:
    """The names of the companion files a form speaks of, in order."""
    from html import unescape

    found = (unescape(name.decode("utf-8", "replace")).strip() for name in _FILE.findall(xml))
    return tuple(dict.fromkeys(found))


def read(xml: bytes, media: Mapping[str, bytes]) -> Definition:
    """The definition. UserError as `load`. Refused: import.compiler_failed where the loader stumbles: a file of others has to get a
    sentence even then."""
    from desktop.forms.loading import load

    try:
        return load(xml, media)
    except UserError:
        raise
    except Exception as error:  # also a nesting that is too deep
        raise Refused("import.compiler_failed") from error
