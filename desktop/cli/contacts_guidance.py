"""``contacts guidance list|show|add|renew|give|print``."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.ids import record_of
from desktop.cli.opening import Choices, opened, typed_in, with_vault
from desktop.cli.output import as_json, listed, say
from desktop.domain.values import Value
from desktop.services import guidance, papers


@click.group()
def command() -> None:
    """Short texts that help people on their way."""


@command.command("list")
@click.option("--old", is_flag=True, help="Every version, also those that were replaced.")
@with_vault
def list_sheets(choices: Choices, old: bool) -> None:
    """The sheets, those that are no longer right last."""
    with opened(choices) as session:
        found = guidance.sheets(session, old=old)
    listed(found, ("title", "version", "date", "area", "right until", "state", "id"), lambda one: (
        one.title, one.version, one.dated, one.area, one.stale_after, "replaced" if one.replaced else "stale" if one.stale else "right",
        one.id.text(),
    ), json=choices.json)


@command.command()
@click.argument("sheet", metavar="ID")
@with_vault
def show(choices: Choices, sheet: str) -> None:
    """The text of a sheet, and who was given which version."""
    with opened(choices) as session:
        page = guidance.page(session, sheet=record_of(sheet))
    if choices.json:
        as_json(page)
        return
    say(page.text)
    for one in page.given:
        say("\t".join((one.at, one.author, one.contact_code, one.way)))


@command.command()
@click.option("--title", required=True)
@click.option("--source", required=True, help="Where it comes from. No names.")
@click.option("--stale-after", required=True, metavar="DAY", help="The day after which nobody should rely on it.")
@click.option("--area", default="", help="In general words.")
@click.option("--date", "dated", default="", help="Of the news; today, if it is not said.")
@with_vault
def add(choices: Choices, title: str, source: str, stale_after: str, area: str, dated: str) -> None:
    """A new sheet; its text is read from standard input. Tells its id."""
    values: dict[str, Value] = {"title": title, "source": source, "stale_after": stale_after, "area": area, "text": typed_in()}
    with opened(choices) as session:
        made, _ = guidance.add(session, values={**values, **({"dated": dated} if dated else {})})
    say(made.text())


@command.command()
@click.argument("sheet", metavar="ID")
@click.option("--stale-after", required=True, metavar="DAY", help="The day after which nobody should rely on it.")
@click.option("--source", default="", help="Where it comes from, if that is another source.")
@with_vault
def renew(choices: Choices, sheet: str, stale_after: str, source: str) -> None:
    """A new version; its text is read from standard input. Tells its id."""
    values: dict[str, Value] = {"stale_after": stale_after, "text": typed_in(), **({"source": source} if source else {})}
    with opened(choices) as session:
        made, _ = guidance.new_version(session, sheet=record_of(sheet), values=values)
    say(made.text())


@command.command()
@click.argument("code")
@click.argument("sheet", metavar="ID")
@click.option("--way", required=True, type=click.Choice(guidance.WAYS))
@click.option("--stale-too", is_flag=True, help="Also if its day is over.")
@with_vault
def give(choices: Choices, code: str, sheet: str, way: str, stale_too: bool) -> None:
    """Write down that a contact was given a sheet."""
    from desktop.cli.contacts import by_code

    with opened(choices) as session:
        guidance.give(session, contact=by_code(session, code).id, sheet=record_of(sheet), way=way, stale_too=stale_too)


@command.command("print")
@click.argument("code")
@click.argument("sheet", metavar="ID")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write. Anybody who finds it can read it.")
@click.option("--size", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True)
@with_vault
def print_sheet(choices: Choices, code: str, sheet: str, out: Path, size: str) -> None:
    """The sheet as a PDF with the number of the contact; it counts as given."""
    from desktop.cli.contacts import by_code

    with opened(choices) as session:
        contact, found = by_code(session, code).id, record_of(sheet)
        session.require(writes=True)
        paper = guidance.paper(session, contact=contact, sheet=found, paper_size=size)
        papers.save_as(session, paper=paper, path=out)
        guidance.give(session, contact=contact, sheet=found, way="printed", stale_too=True)
    say(f"{paper.pages}")
