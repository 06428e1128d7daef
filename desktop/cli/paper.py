"""``paper list|make``."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.opening import Choices, opened, with_vault
from desktop.cli.output import as_json, say, table
from desktop.cli.people import by_code
from desktop.services import papers


@click.group()
def command() -> None:
    """Make documents."""


@command.command("list")
@with_vault
def list_documents(choices: Choices) -> None:
    """Every document, and whether it is carried (may be searched), kept or sealed."""
    found = papers.documents()
    if choices.json:
        as_json(found)
    else:
        table(("document", "carry", "about"), [(one.code, one.carry, one.about) for one in found])


@command.command()
@click.argument("document")
@click.option("--case", default="", help="Case number of the person.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write. Anybody who finds it can read it.")
@click.option("--size", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True)
@with_vault
def make(choices: Choices, document: str, case: str, out: Path, size: str) -> None:
    """Make one document as a PDF."""
    if document not in {one.code for one in papers.documents()} - {papers.RECOVERY_SHEET}:
        raise click.UsageError("There is no document of this name that can be made here; see: paper list")
    with opened(choices) as session:
        if document == papers.SITE_CARD:
            paper, person = papers.site_card(session, paper_size=size), None
        else:
            person = by_code(session, case) if case else None
            paper = papers.make(session, document=document, person=person, paper_size=size)
        papers.save_as(session, paper=paper, path=out)
        papers.note_printed(session, paper=paper, person=person, saved=True)
    say(f"{paper.pages}")
