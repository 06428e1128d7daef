"""How commands speak: results on standard output, errors on standard error."""

from __future__ import annotations

import errno
import json
import re
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

import click

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.ids import Stamp
from desktop.domain.values import Silence
from desktop.words.errors import sentence

FAULT, WRONG_USAGE, WRONG_PASSPHRASE, REFUSED, ENVIRONMENT = 1, 2, 3, 4, 5
_PASSPHRASE = frozenset({"passphrase.wrong", "recovery.wrong", "recovery.mistyped", "recovery.part_mistyped", "recovery.parts_apart"})
_ENVIRONMENT = ("disk.", "memory.", "stick.gone", "vault.in_use")
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UNSPEAKABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
Item = TypeVar("Item")
language = "en"
"""In which language this run speaks; set by `opening`."""


def say(text: str) -> None:
    """One line of result. Signs that would steer the terminal (another site may have written them) and bytes of file names that are no
    text are shown as what they are."""
    shown = _STEERING.sub(lambda found: repr(found[0])[1:-1], text).encode(errors="backslashreplace").decode()
    try:
        click.echo(shown)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise KnownFault("disk.full") from error


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Rows parted by tabs below a line of heads, so that other programs can read them."""
    say("\t".join(heads))
    for row in rows:
        say("\t".join(str(cell).replace("\t", " ").replace("\n", " ") for cell in row))


def as_json(value: object) -> None:
    """A result for scripts: dataclasses as objects, record ids as text, silences as ``{"silence": "unknown"}``."""
    say(_json(value, 1))


def listed(found: Sequence[Item], heads: Sequence[str], cells: Callable[[Item], Sequence[object]], *, json: bool) -> None:
    """Several of a kind: with `json` as objects, else as a table with these cells for each."""
    if json:
        as_json(found)
    else:
        table(heads, [cells(one) for one in found])


def json_line(value: object) -> None:
    """The same on one line, for results that are one object for each line of what was asked."""
    say(_json(value, None))


def _json(value: object, indent: int | None) -> str:
    """Signs that `say` would change, or that others take for the end of a line, are written as JSON writes them."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=indent)
    return _UNSPEAKABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def plain(value: object) -> object:
    """The value in lists, mappings, texts and numbers."""
    if isinstance(value, Stamp):
        return value.text()
    if isinstance(value, Silence):
        return {"silence": value.value}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in (sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)]
    return str(value) if isinstance(value, (Path, bytes)) else value


def failure(error: Exception) -> int:
    """Tell what went wrong and what to do; the exit status for it."""
    if isinstance(error, UserError):
        words = sentence(error, language)
        click.echo(" ".join(part for part in (words.happened, words.means) if part), err=True)
        if words.todo:
            click.echo(words.todo, err=True)
        return status(error)
    click.echo("Something went wrong inside the program. What was saved before is safe.", err=True)
    for frame in traceback.extract_tb(error.__traceback__)[-8:]:  # places in the program only: values could be about a person
        click.echo(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}", err=True)
    click.echo(f"  {type(error).__name__}", err=True)
    return FAULT


def status(error: UserError) -> int:
    """The exit status for an error."""
    if error.code in _PASSPHRASE:
        return WRONG_PASSPHRASE
    return ENVIRONMENT if error.code.startswith(_ENVIRONMENT) else REFUSED


def is_terminal() -> bool:
    """True if a person sits at the keyboard of this run."""
    return sys.stdin is not None and sys.stdin.isatty()
