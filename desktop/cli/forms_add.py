"""``forms add``."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.forms_check import lines, with_companions
from desktop.cli.opening import Choices, opened, with_vault
from desktop.cli.output import REFUSED, as_json, say
from desktop.domain.folders import Folder
from desktop.services import form_import


@click.command(name="add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--accept", multiple=True, metavar="ID", help="A repair to apply; ids as forms check tells them. May be given again.")
@click.option("--accept-all", is_flag=True, help="Apply every repair that is offered.")
@click.option("--media", type=click.Path(path_type=Path, file_okay=False), help="Folder with the files that the form wants.")
@click.option("--folder", type=click.Choice([one.value for one in Folder]), default=Folder.RECEPTION.value, help="The folder the answers belong to.")
@with_vault
def command(choices: Choices, file: Path, accept: tuple[str, ...], accept_all: bool, media: Path | None, folder: str) -> None:
    """Keep the form in FILE. Nothing is repaired unasked: without --accept or --accept-all only a form that can be used as it is is kept."""
    files = with_companions(file, media)
    if accept_all:
        found, _ = form_import.settled(files)
    else:
        found = form_import.look(None, files=files, accepted=accept)
    if found.compiled is None:
        for line in lines(found, choices.language):
            click.echo(line, err=True)
        click.get_current_context().exit(REFUSED)
    with opened(choices) as session:
        stored, _ = form_import.add(session, files=files, found=found, folder=Folder(folder))
        told = {"form_id": stored.form_id, "version": stored.version, "title": stored.title, "questions": stored.questions, "mark": stored.mark}
    if choices.json:
        as_json(told)
    else:
        say("\t".join(str(value) for value in told.values()))
