"""``contacts list|show``."""

from __future__ import annotations

import click

from desktop.cli import output
from desktop.cli.opening import Choices, opened, with_vault
from desktop.cli.output import as_json, say, table
from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.services import contacts
from desktop.words.labels import choice_label, field_label, value_text

HEADS = ("code", "name", "people", "stage", "next talk", "hours late", "who may call", "volunteer")


@click.group()
def command() -> None:
    """People who have not arrived yet."""


@command.command("list")
@click.option("--everyone", is_flag=True, help="Also those who arrived, lost touch or closed.")
@with_vault
def list_contacts(choices: Choices, everyone: bool) -> None:
    """Contacts, those on the way first."""
    with opened(choices) as session:
        rows = contacts.contacts(session, stage="all" if everyone else "open")
    if choices.json:
        as_json(rows)
        return
    table(HEADS, [
        (
            codes.shown(row.code), row.call_name, row.people, choice_label("stage", row.stage, output.language), row.next_talk, row.late_hours,
            choice_label("call_rule", row.call_rule, output.language), row.volunteer,
        )
        for row in rows
    ])


@command.command()
@click.argument("code")
@with_vault
def show(choices: Choices, code: str) -> None:
    """Everything about the contact with this number."""
    wanted = codes.parse(code)
    if wanted is None:
        raise UserError("code.mistyped")
    with opened(choices) as session:
        found = [row for row in contacts.contacts(session, stage="all") if row.code == wanted]
        if not found:
            raise UserError("record.missing")
        page = contacts.page(session, contact=found[0].id)
    if choices.json:
        as_json(page)
        return
    for name, shown in page.fields.items():
        text = value_text(shown.field, shown.value, output.language)
        if text:
            say(f"{field_label('contact', name, output.language)}: {text}")
    for talk in page.talks:
        say(f"{talk.at}\t{talk.author}\t{talk.words}")
