"""``forms export``: answers as plain files."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli import output
from desktop.cli.opening import Choices, named_language, opened, with_vault
from desktop.cli.output import as_json, say
from desktop.words.catalogue import translate


@click.command("export")
@click.argument("form")
@click.option("--as", "what", type=click.Choice(["csv", "xlsx", "xml", "package"]), required=True, help="Tables, a workbook, submissions, or the form with its submissions.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write. Anybody who finds it can read it.")
@click.option("--labels", is_flag=True, help="Answers in words instead of stored names (csv, xlsx).")
@click.option("--in", "spoken", default="", metavar="LANGUAGE", help="The words of which of the form's own languages, by name or code.")
@click.option("--yes", is_flag=True, help="You know that the file will not be locked.")
@with_vault
def command(choices: Choices, form: str, what: str, out: Path, labels: bool, spoken: str, yes: bool) -> None:
    """Write what was filled in with FORM (its form id), of all its versions, to a file that is not locked.

    csv: one table for the form, and one beside it for each repeat; xlsx: the same as sheets; xml: a zip with a submission for each filled form
    and its files; package: that with the form itself, for the servers of ODK and Kobo. See docs/EXPORT.md.
    """
    click.echo(translate("What is written now is not locked: whoever finds the file reads everything in it.", output.language), err=True)
    if not yes:
        raise click.UsageError("Say that you know it: --yes")
    from desktop.services import form_export

    with opened(choices) as session:
        done = form_export.export(session, form_id=form, what=what, to=out, labels=labels, language=spoken or named_language(choices))  # type: ignore[arg-type]
    if choices.json:
        as_json(done)
        return
    for path in done.files:
        say(str(path))
    say(f"{done.rows}")
    if done.missing:
        words = translate("{count} photos or files are not in it: their content has not come here yet, or is damaged.", output.language)
        click.echo(words.format(count=done.missing), err=True)
    if done.skipped:
        words = translate("{count} filled forms are not in it: the form they were filled with has not come here yet.", output.language)
        click.echo(words.format(count=done.skipped), err=True)
