"""``forms check``: needs no vault and changes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.cli.opening import Choices, with_vault
from desktop.cli.output import REFUSED, as_json, say
from desktop.services import form_import
from desktop.services.form_import import Given, Import
from desktop.words import form_findings as told
from desktop.words.catalogue import translate


def with_companions(file: Path, media: Path | None) -> Given:
    """The form's file and, from the folder `media`, those files that it names."""
    alone = form_import.given(file)
    if media is None:
        return alone
    wanted = form_import.look(None, files=alone).missing_media
    return Given(alone.name, alone.content, form_import.companions(media, wanted))


@click.command(name="check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--media", type=click.Path(path_type=Path, file_okay=False), help="Folder with the files that the form wants.")
@with_vault
def command(choices: Choices, file: Path, media: Path | None) -> None:
    """Tell what FILE is, whether it can be used, which repairs it needs and what this program cannot do of it. Ends with 0 if the form can
    be used as it is or after repairs, with 4 if not."""
    found = form_import.look(None, files=with_companions(file, media))
    if choices.json:
        as_json(as_object(found))
    else:
        for line in lines(found, choices.language):
            say(line)
    if found.usable == "no":
        click.get_current_context().exit(REFUSED)


def as_object(found: Import) -> dict[str, object]:
    """For scripts: everything but the compiled form itself."""
    return {
        "usable": found.usable, "kind": found.kind, "form_id": found.form_id, "version": found.version, "title": found.title,
        "languages": found.languages, "questions": found.questions, "repairs": found.repairs, "refusals": found.refusals,
        "limits": found.limits, "missing_media": found.missing_media,
    }


def lines(found: Import, language: str) -> list[str]:
    """For people: one line for what it is, one for each finding."""
    usable = {
        "as_it_is": translate("It can be used as it is.", language),
        "after_repairs": translate("It can be used after the repairs that are marked with !.", language),
        "no": translate("It cannot be used.", language),
    }[found.usable]
    made = [usable]
    if found.form_id:
        parts = [found.form_id, found.version, found.title, ", ".join(found.languages)]
        made.append("\t".join([found.kind, *parts, translate("{n} questions", language).format(n=found.questions)]))
    for refusal in found.refusals:
        words = told.finding(refusal.code, refusal.fields, language)
        where = told.place(refusal.sheet, refusal.row, refusal.column, refusal.header, language)
        made.append(" ".join(part for part in (f"{where}:" if where else "", words.happened, words.means, told.cell(refusal.text, language)) if part))
        made.append(f"  {words.todo}")
    for repair in found.repairs:
        words = told.finding(repair.what_code, repair.fields, language)
        where = told.place(repair.sheet, repair.row, repair.column, repair.header, language)
        mark = "!" if repair.needed and not repair.accepted else "-"
        made.append(" ".join(part for part in (f"{mark} {repair.id}", f"{where}:" if where else "", words.happened, words.means) if part))
        made.append(f"  {repair.before!r} → {repair.after!r}")
    for limit in found.limits:
        words = told.finding(limit.code, {}, language)
        names = ", ".join(limit.questions)
        made.append(" ".join(part for part in (words.happened, words.means, f"({names})" if names else "") if part))
    if found.missing_media:
        made.append(translate("Files that the form wants and that were not given: {names}", language).format(names=", ".join(found.missing_media)))
    return made
