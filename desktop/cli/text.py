"""``text convert``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from desktop.cli.opening import Choices, with_vault
from desktop.cli.output import json_line, say
from desktop.domain.errors import UserError
from desktop.myanmar.zawgyi import decide


@click.group()
def command() -> None:
    """Burmese text."""


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@with_vault
def convert(choices: Choices, file: Path) -> None:
    """Tell for each line of FILE (- for standard input) whether it is in the old Zawgyi letters, and what it is in Unicode. Changes no file.
    Needs no folder. With --json each line gives one object: text, verdict (keep, ask, convert) and converted."""
    for line in _lines(file):
        found = decide(line)
        if choices.json:
            json_line(found)
        else:
            say(f"{found.verdict}\t{found.converted}")


def _lines(file: Path) -> Iterator[str]:
    if str(file) == "-" and sys.stdin is None:
        raise click.UsageError("There is no standard input to read from.")
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise click.UsageError("The file cannot be read.") from error
    except UnicodeDecodeError as error:
        raise UserError("text.not_utf8") from error
    lines = text.split("\n")
    yield from (line.removesuffix("\r") for line in (lines[:-1] if not lines[-1] else lines))
