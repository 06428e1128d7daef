"""``forms play``: no window, no vault, no password, and no file is changed.

Exit status: 0 played, 2 the form cannot be used, 3 the steps cannot be used, 1 anything else; but for 0 standard output carries
``{"error": {"kind": "form" | "steps" | "internal", "message": …}}``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.domain.errors import UserError
from desktop.forms.playing import BadSteps, as_json, play, read_script

if TYPE_CHECKING:
    from desktop.forms.importing import Refusal, Repair

_STATUS = {"form": 2, "steps": 3, "internal": 1}


class Companions(Mapping[str, bytes]):
    """The files of a folder by name, each read when it is asked for; none if there is no folder."""

    def __init__(self, folder: Path | None) -> None:
        self._files = {file.name: file for file in folder.iterdir() if file.is_file()} if folder is not None and folder.is_dir() else {}

    def __getitem__(self, name: str) -> bytes:
        try:
            return self._files[name].read_bytes()
        except OSError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


class _UnusableForm(Exception):
    """The message says why."""


class PlayCommand(click.Command):
    """Even a wrong call is answered with one JSON document."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.show(sys.stderr)
            _fail(ctx, "internal", error.format_message())
            raise


@click.command(cls=PlayCommand, name="play")
@click.argument("form", type=click.Path(path_type=Path))
@click.argument("steps", type=click.Path(path_type=Path))
@click.option("--media", type=click.Path(path_type=Path), help="Folder with the lists that the form wants.")
@click.pass_context
def command(context: click.Context, form: Path, steps: Path, media: Path | None) -> None:
    """Play the answers of STEPS (JSON) on FORM (XForm or XLSForm) and print how every question stands, as JSON."""
    try:
        _print(as_json(_played(form, steps, media)))
    except UserError as error:
        _fail(context, "form", _words(error))
    except _UnusableForm as error:
        _fail(context, "form", str(error))
    except BadSteps as error:
        _fail(context, "steps", str(error))
    except click.exceptions.Exit:
        raise
    except Exception as error:  # a fault of ours: the caller still gets one JSON document
        _fail(context, "internal", type(error).__name__)


def _played(form: Path, steps: Path, media: Path | None) -> dict[str, object]:
    from desktop.forms.loading import load

    companions = Companions(media)
    try:
        content = form.read_bytes()
    except OSError:
        raise _UnusableForm("The file with the form cannot be read.") from None
    compiled, warnings = _compiled(content, form.name, companions)
    definition = load(compiled, companions)
    try:
        script = read_script(steps.read_bytes())
    except OSError:
        raise BadSteps("The file with the steps cannot be read.") from None
    return play(definition, script, warnings)


def _compiled(content: bytes, name: str, media: Mapping[str, bytes]) -> tuple[bytes, list[str]]:
    """The compiled form, and a sentence for each repair that it needed: only harmless ones are made."""
    from desktop.forms.importing import look

    found = look(content, name, media)
    needed = [repair for repair in found.repairs if repair.needed and not repair.accepted]
    if found.compiled is None and needed and not found.refusals and all(repair.harmless for repair in needed):
        mended = look(content, name, media, [repair.id for repair in needed])
        if mended.compiled is not None:
            return mended.compiled, [_said(repair.what_code, repair) for repair in needed]
    if found.compiled is None:
        said = [_said(refusal.code, refusal) for refusal in found.refusals] or [_said(repair.what_code, repair) for repair in needed]
        raise _UnusableForm(" ".join(said) or "The form cannot be used.")
    return found.compiled, []


def _said(code: str, found: Repair | Refusal) -> str:
    """Where something stands, and what is the matter with it."""
    from desktop.words import form_findings as told

    words = told.finding(code, found.fields, "en")
    where = told.place(found.sheet, found.row, found.column, found.header, "en")
    return " ".join(part for part in (f"{where}:" if where else "", words.happened, words.means) if part)


def _words(error: UserError) -> str:
    from desktop.words.errors import sentence

    said = sentence(error, "en")
    return " ".join(part for part in (said.happened, said.means) if part)


def _fail(context: click.Context, kind: str, message: str) -> None:
    _print(as_json({"error": {"kind": kind, "message": message}}))
    context.exit(_STATUS[kind])


def _print(text: str) -> None:
    """UTF-8 whatever the terminal is said to take."""
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()
