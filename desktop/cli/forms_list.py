"""``forms list``."""

from __future__ import annotations

import click

from desktop.cli.opening import Choices, opened, with_vault
from desktop.cli.output import listed
from desktop.services import form_library


@click.command(name="list")
@click.option("--retired", is_flag=True, help="Also forms that are not offered any more.")
@with_vault
def command(choices: Choices, retired: bool) -> None:
    """The forms this place has, the newest version of each first."""
    with opened(choices) as session:
        found = form_library.forms(session, retired=retired)
    listed(found, ("form", "version", "title", "questions", "filled", "folder", "state", "mark"), lambda one: (
        one.form_id, one.version, one.title, one.questions, one.filled, one.folder.value, one.state, one.mark,
    ), json=choices.json)
