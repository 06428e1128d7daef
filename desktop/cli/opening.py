"""Options that every command takes, and opening the vault with them."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from desktop.cli import output
from desktop.domain.errors import UserError
from desktop.words.catalogue import LANGUAGES

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Choices:
    """What was chosen on the command line, before or after the command. `pictures` draws the screens for the tour; the caller of
    `desktop.cli.run` hands it over, because the command line knows no window."""

    vault: Path | None = None
    passphrase_file: str = ""
    json: bool = False
    language: str = "en"
    pictures: Callable[[Path, str, Path], list[Path]] | None = None

    def folder(self) -> Path:
        """The folder of the vault: the one that was named, else the one the window would open."""
        if self.vault is not None:
            return self.vault
        from desktop.services import places

        return places.chosen()


def with_vault(command: Command) -> Command:
    """Adds ``--vault``, ``--passphrase-file``, ``--language`` and ``--json``, and hands them over as `choices`."""

    @click.option("--vault", type=click.Path(path_type=Path, file_okay=False), help="The folder that holds everything; the one the window opens, if it is not named.")
    @click.option("--passphrase-file", metavar="F", help="A file whose first line is the passphrase; - for standard input.")
    @click.option("--language", type=click.Choice(LANGUAGES), help="Language of words in results and errors.")
    @click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
    @functools.wraps(command)
    def wrapped(*args: Any, vault: Path | None, passphrase_file: str | None, language: str | None, as_json: bool, **more: Any) -> Any:
        choices = click.get_current_context().find_root().ensure_object(Choices)
        choices.vault = vault or choices.vault
        choices.passphrase_file = passphrase_file or choices.passphrase_file
        choices.language = output.language = language or choices.language
        choices.json = as_json or choices.json
        return command(*args, choices=choices, **more)

    return wrapped  # type: ignore[return-value]


def named_language(choices: Choices) -> str:
    """The language that was named with this command (``--language``), "" if none was: for what is made in a language of its own."""
    named = click.get_current_context().get_parameter_source("language") is click.core.ParameterSource.COMMANDLINE
    return choices.language if named else ""


def typed_in(*, line: bool = False) -> str:
    """All of standard input, or its next line without the end. UserError text.not_utf8; wrong usage where there is none."""
    if sys.stdin is None:
        raise click.UsageError("There is no standard input to read from.")
    try:
        return (sys.stdin.readline().rstrip("\r\n") if line else sys.stdin.read()).removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("text.not_utf8") from error


def secret(source: str, question: str) -> str:
    """A passphrase or code: the first line of a file, of standard input (``-``), or typed unseen by a person."""
    if source == "-":
        return typed_in(line=True)
    if source:
        try:
            return Path(source).read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise click.UsageError("The file with the passphrase cannot be read.") from error
    if not output.is_terminal():
        raise click.UsageError("Say where the passphrase is: --passphrase-file F, or - for standard input")
    return str(click.prompt(question, hide_input=True, err=True))


@contextmanager
def opened(choices: Choices) -> Iterator[Any]:
    """The session of the vault, locked again at the end."""
    from desktop.services import vaults

    session = vaults.open_vault(choices.folder(), passphrase=secret(choices.passphrase_file, "Passphrase"))
    try:
        yield session
    finally:
        vaults.lock(session)
