"""``forms list``."""

from __future__ import annotations

import click

from desktop.cli.opening import Choices, opened, with_vault
from desktop.cli.output import as_json, table
from desktop.services import form_library


@click.command(name="list")
@click.option("--retired", is_flag=True, help="Also forms that are not offered any more.")
@with_vault
def command(choices: Choices, retired: bool) -> None:
    """The forms this place has, the newest version of each first."""
    with opened(choices) as session:
        found = form_library.forms(session, retired=retired)
    if choices.json:
        as_json(found)
    else:
        heads = ("form", "version", "title", "questions", "filled", "folder", "state", "mark")
        table(heads, [(one.form_id, one.version, one.title, one.questions, one.filled, one.folder.value, one.state, one.mark) for one in found])
