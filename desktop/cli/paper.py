"""``paper list|make``; pads are in `desktop.cli.paper_pads`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from desktop.cli.ids import record_of
from desktop.cli.opening import Choices, named_language, opened, with_vault
from desktop.cli.output import listed, say
from desktop.cli.paper_pads import command as pads_command
from desktop.cli.people import by_code
from desktop.domain.ids import RecordId
from desktop.services import papers
from desktop.services.papers import Document, Paper


@click.group()
def command() -> None:
    """Make documents."""


command.add_command(pads_command, "pads")


@command.command("list")
@with_vault
def list_documents(choices: Choices) -> None:
    """Every document, and whether it is carried (may be searched), kept or sealed."""
    found = papers.documents()
    listed(found, ("document", "carry", "about", "to write", "may show"), lambda one: (
        _shown(one.code), one.carry, one.about, _to_write(one), " ".join(one.may_show),
    ), json=choices.json)


def _to_write(document: Document) -> str:
    """The keys for ``--set``; those that are needed and empty at first with a star."""
    return " ".join(f"{ask.key}{':CODE' if ask.each else ''}{'*' if ask.needed and not ask.start else ''}" for ask in document.asks)


def _shown(code: str) -> str:
    """The name of a document as it is typed."""
    return code.replace("_", "-") if code in (papers.BLANK_FORM, papers.FILLED_FORM) else code


@command.command()
@click.argument("document")
@click.option("--case", default="", help="Case number of the person; of a blank form, whose number stands on it.")
@click.option("--form", "form_id", default="", metavar="FORM_ID", help="Of a blank form: which form.")
@click.option("--version", default="", help="Of a blank form: which version; the newest in use, if it is not named.")
@click.option("--submission", default="", metavar="ID", help="Of a filled form: which one.")
@click.option("--in", "languages", multiple=True, metavar="LANGUAGE", help="Of a form: one of its own languages, by name or code; twice for two beside each other. If none is named: --language, else Burmese and English.")
@click.option("--rows", type=click.IntRange(0, 20), default=0, help="Of a blank form: lines in each table. 0: what the form says, else 4.")
@click.option("--guidance", is_flag=True, help="Of a blank form: with the longer hints for the volunteer.")
@click.option("--set", "typed", multiple=True, metavar="KEY=TEXT", help="What a volunteer would write; the keys stand in: paper list. Several choices with commas between them.")
@click.option("--show", "shown", multiple=True, type=click.Choice([papers.NAME, papers.PHOTO]), help="Of carried paper: what it shows beside the number. At a checkpoint it then tells who carries it.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write. Anybody who finds it can read it.")
@click.option("--size", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True)
@with_vault
def make(choices: Choices, document: str, out: Path, size: str, **asked: Any) -> None:
    """Make one document as a PDF: one of those that ``paper list`` tells.

    blank-form needs --form, filled-form needs --submission (see: intake list), the others --case, but for those about the site.
    """
    code = document.replace("-", "_")
    if code not in {one.code for one in papers.documents()} - {papers.RECOVERY_SHEET}:
        raise click.UsageError("There is no document of this name that can be made here; see: paper list")
    asked["languages"] = asked["languages"] or tuple(filter(None, [named_language(choices)]))
    with opened(choices) as session:
        paper, person = _made(session, code, size, asked)
        papers.save_as(session, paper=paper, path=out)
        papers.note_printed(session, paper=paper, person=person, saved=True)
    say(f"{paper.pages}")


def _made(session: Any, code: str, size: str, asked: dict[str, Any]) -> tuple[Paper, RecordId | None]:
    """The paper, and the person it is counted for."""
    from desktop.services import form_papers

    person = by_code(session, asked["case"]) if asked["case"] else None
    if code == papers.SITE_CARD:
        return papers.site_card(session, paper_size=size), None
    if code == papers.BLANK_FORM:
        if not asked["form_id"]:
            raise click.UsageError("Say which form: --form FORM_ID")
        form = form_papers.by_name(session, asked["form_id"], asked["version"])
        return form_papers.blank(
            session, form=form, languages=asked["languages"], rows=asked["rows"], person=person, guidance=asked["guidance"], paper_size=size,
        ), person
    if code == papers.FILLED_FORM:
        return form_papers.filled(session, submission=_submission(asked["submission"]), languages=asked["languages"], paper_size=size)
    made = papers.make(
        session, document=code, person=person, typed=_typed(asked["typed"]), shown=frozenset(asked["shown"]), paper_size=size,
    )
    return made, None if made.document.about == "site" else person


def _typed(pairs: tuple[str, ...]) -> dict[str, str]:
    """``key=text`` pairs as the answers of a volunteer."""
    if any("=" not in one for one in pairs):
        raise click.UsageError("Write what is set as --set KEY=TEXT")
    return {key.strip(): text for key, _, text in (one.partition("=") for one in pairs)}


def _submission(text: str) -> RecordId:
    if not text:
        raise click.UsageError("Say which filled form: --submission ID")
    return record_of(text)
