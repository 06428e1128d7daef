"""``paper pads list|sheets|make|print|back``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from desktop.cli.ids import record_of
from desktop.cli.opening import Choices, named_language, opened, with_vault
from desktop.cli.output import as_json, listed, say
from desktop.domain.codes import shown
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.services import form_papers, pads, scan_codes


@click.group()
def command() -> None:
    """Piles of blank forms with a number on each sheet."""


def _number(text: str) -> str:
    """A number as it is typed or scanned."""
    found = scan_codes.number_in(text)
    if found is None:
        raise UserError("pads.not_ours")
    return found


@command.command("list")
@with_vault
def list_pads(choices: Choices) -> None:
    """Every pad, the newest first, and what became of its sheets."""
    with opened(choices) as session:
        found = pads.pads(session)
    listed(found, ("form", "version", "site", "made", "sheets", *pads.STATES, "printed", "id"), lambda one: (
        one.form, one.version, one.site, one.at, one.sheets, one.out, one.used, one.returned, one.spoiled, one.doubled, one.copies, one.id.text(),
    ), json=choices.json)


@command.command()
@click.argument("pad", metavar="ID")
@with_vault
def sheets(choices: Choices, pad: str) -> None:
    """The numbers of a pad, and what became of each."""
    with opened(choices) as session:
        found = pads.sheets(session, pad=record_of(pad))
    at = {one.code: number for number, one in enumerate(found, 1)}
    listed(found, ("number", "state", "sheet", "printed"), lambda one: (shown(one.code), one.state, at[one.code], one.copies), json=choices.json)


@command.command()
@click.option("--form", "form_id", required=True, metavar="FORM_ID")
@click.option("--version", default="", help="The newest in use, if it is not named.")
@click.option("--sheets", "count", required=True, type=click.IntRange(1, pads.MOST), help="How many, each with a number of its own.")
@click.option("--in", "languages", multiple=True, metavar="LANGUAGE", help="One of the form's own languages, by name or code; twice for two beside each other. If none is named: --language, else Burmese and English.")
@click.option("--rows", type=click.IntRange(0, 20), default=0, help="Lines in each table. 0: what the form says, else 4.")
@click.option("--guidance", is_flag=True, help="With the longer hints for the volunteer.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write. Anybody who finds it can read it.")
@click.option("--size", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True)
@with_vault
def make(choices: Choices, form_id: str, version: str, count: int, out: Path, size: str, **asked: Any) -> None:
    """Reserve numbers and write their sheets as a PDF. Tells the id of the pad and the pages."""
    languages = asked["languages"] or tuple(filter(None, [named_language(choices)]))
    with opened(choices) as session:
        form = form_papers.by_name(session, form_id, version)
        pad, _ = pads.reserve(
            session, form=form, sheets=count, languages=languages, rows=asked["rows"], guidance=asked["guidance"], paper_size=size,
        )
        pages = _saved(session, pad, out)
    if choices.json:
        as_json({"id": pad, "pages": pages})
    else:
        say(f"{pad.text()}\t{pages}")


@command.command("print")
@click.argument("pad", metavar="ID")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write. Anybody who finds it can read it.")
@click.option("--from", "first", type=click.IntRange(1, pads.MOST), default=1, help="The first sheet, as they lie on each other; see: paper pads sheets")
@click.option("--to", "last", type=click.IntRange(1, pads.MOST), default=pads.MOST, help="The last sheet.")
@click.option("--destroyed", is_flag=True, help="Those of these sheets that were printed before are destroyed: two with one number would give it to two people.")
@with_vault
def print_pad(choices: Choices, pad: str, out: Path, first: int, last: int, destroyed: bool) -> None:
    """The sheets of a pad that may still be used, or some of them, as a PDF. Tells the pages."""
    if first > last:
        raise click.UsageError("--from is after --to")
    with opened(choices) as session:
        found = record_of(pad)
        if pads.printed_before(session, pad=found, first=first, last=last) and not destroyed:
            raise click.UsageError("Sheets of these were printed before. Destroy the earlier sheets first, all of them; then say --destroyed")
        pages = _saved(session, found, out, first, last)
    if choices.json:
        as_json({"id": found, "pages": pages})
    else:
        say(f"{pages}")


def _saved(session: Any, pad: RecordId, out: Path, first: int = 1, last: int = pads.MOST) -> int:
    """Write sheets of a pad as a file, and count them; the number of its pages."""
    paper = pads.paper(session, pad=pad, first=first, last=last)
    pads.save(session, pad=pad, paper=paper, path=out, first=first, last=last)
    return paper.pages


@command.command()
@click.argument("numbers", nargs=-1, metavar="NUMBER...")
@click.option("--all", "pad", default="", metavar="ID", help="Every sheet of this pad that is still out.")
@click.option("--as", "state", type=click.Choice([pads.RETURNED, pads.SPOILED, pads.OUT]), default=pads.RETURNED, show_default=True, help="Unused, not to be used, or still out after all.")
@with_vault
def back(choices: Choices, numbers: tuple[str, ...], pad: str, state: str) -> None:
    """Count sheets back. Those that were used stay used. Tells what became of each."""
    if bool(numbers) == bool(pad):
        raise click.UsageError("Name the numbers, or a pad with --all")
    with opened(choices) as session:
        wanted = [_number(one) for one in numbers] or [row.code for row in pads.sheets(session, pad=record_of(pad)) if row.state == pads.OUT]
        pads.count_back(session, sheets=wanted, state=state)
        rows = {row.code: row for one in {found for code in wanted for found in pads.pads_of(session, code)} for row in pads.sheets(session, pad=one)}
    listed([rows[code] for code in wanted], ("number", "state"), lambda one: (shown(one.code), one.state), json=choices.json)
