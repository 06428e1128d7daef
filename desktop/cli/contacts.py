"""``contacts list|show|add|change|talk|allow|arrived|arriving|handover``; guidance is in `desktop.cli.contacts_guidance`."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TextIO

import click

from desktop.cli import output
from desktop.cli.contacts_guidance import command as guidance_command
from desktop.cli.opening import Choices, opened, typed_in, with_vault
from desktop.cli.output import as_json, listed, say
from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import arriving as arrivals
from desktop.services import contacts, handover
from desktop.services.contact_list import ContactRow
from desktop.services.session import Session
from desktop.words.labels import choice_label, field_label, value_text

HEADS = ("code", "name", "people", "stage", "next talk", "for them", "hours late", "do not call", "who may call", "volunteer", "asked")

HIDDEN = "(hidden: ask with --words)"


@click.group()
def command() -> None:
    """People who have not arrived yet."""


command.add_command(guidance_command, "guidance")


def by_code(session: Session, code: str) -> ContactRow:
    """The contact with this number. UserError: code.mistyped, record.missing, folder.locked."""
    wanted = codes.parse(code)
    if wanted is None:
        raise UserError("code.mistyped")
    found = [row for row in contacts.contacts(session, stage="all") if row.code == wanted]
    if not found:
        raise UserError("record.missing")
    return found[0]


@command.command("list")
@click.option("--everyone", is_flag=True, help="Also those who arrived, lost touch or closed.")
@click.option("--late", is_flag=True, help="Only those who are overdue.")
@with_vault
def list_contacts(choices: Choices, everyone: bool, late: bool) -> None:
    """Contacts, those on the way first."""
    with opened(choices) as session:
        rows = [row for row in contacts.contacts(session, stage="all" if everyone else "open") if row.late_hours or not late]
    listed(rows, HEADS, _cells, json=choices.json)


def _cells(row: ContactRow) -> tuple[object, ...]:
    return (
        codes.shown(row.code), row.call_name, row.people, choice_label("stage", row.stage, output.language), row.next_talk, row.next_theirs,
        row.late_hours, row.warned, choice_label("call_rule", row.call_rule, output.language), row.volunteer, row.handover_to,
    )


@command.command()
@click.argument("code")
@click.option("--words", is_flag=True, help="Also the words that were agreed, the warning word, and talks in which it was used.")
@with_vault
def show(choices: Choices, code: str, words: bool) -> None:
    """Everything about the contact with this number."""
    with opened(choices) as session:
        page = contacts.page(session, contact=by_code(session, code).id)
    if not words:
        page = _without_words(page)
    if choices.json:
        as_json(page)
        return
    for name, shown in page.fields.items():
        text = value_text(shown.field, shown.value, output.language)
        if text and name != "handover_key":
            say(f"{field_label('contact', name, output.language)}: {text}")
    for talk in page.talks:
        how = choice_label("check_in", talk.check_in, output.language) if talk.check_in else ""
        say("\t".join((talk.at, talk.author, talk.words, how)))
    for given in page.given:
        say("\t".join((given.at, given.author, given.title, given.way)))


def _without_words(page: contacts.ContactPage) -> contacts.ContactPage:
    """Without the words that were agreed in secret, and without talks in which the warning word may stand."""
    fields = {name: shown for name, shown in page.fields.items() if shown.field.of != "words"}
    talks = tuple(replace(talk, words=HIDDEN) if talk.warned and talk.words else talk for talk in page.talks)
    return replace(page, fields=fields, talks=talks, last_changes=())


@command.command()
@click.argument("answers", type=click.File(encoding="utf-8"), metavar="FILE")
@with_vault
def add(choices: Choices, answers: TextIO) -> None:
    """A new contact from a file of answers: {"call_name": "...", "safe_hours": ["135 18:00-19:00"]}. Tells its number."""
    values = _values(answers)
    with opened(choices) as session:
        contact, _ = contacts.add(session, values=values)
        say(codes.shown(contacts.page(session, contact=contact).row.code))


@command.command()
@click.argument("code")
@click.argument("answers", type=click.File(encoding="utf-8"), metavar="FILE")
@with_vault
def change(choices: Choices, code: str, answers: TextIO) -> None:
    """Set fields of a contact from a file of answers; null takes an answer away."""
    values = _values(answers)
    with opened(choices) as session:
        contacts.change(session, contact=by_code(session, code).id, values=values)


def _values(answers: TextIO) -> dict[str, Value]:
    """What a file says: words about people never stand in the list of running programs. UserError contact.bad_answers."""
    try:
        told = json.load(answers)
    except ValueError:  # no JSON, or no UTF-8
        raise UserError("contact.bad_answers") from None
    plain = isinstance(told, dict) and all(
        one is None or isinstance(one, (str, int)) or (isinstance(one, list) and all(isinstance(item, str) for item in one))
        for one in told.values()
    )
    if not plain:
        raise UserError("contact.bad_answers")
    return {str(name): value for name, value in told.items()}


def words_in() -> str:
    """What was said, from standard input: words about people never stand in the list of running programs."""
    return typed_in()


@command.command()
@click.argument("code")
@click.option("--next", "next_talk", default="", metavar="MOMENT", help="When to talk next, on our clock: 2026-11-21T18:00.")
@click.option("--stage", default="", help="The stage they are in now.")
@click.option("--check-in", default="", type=click.Choice(["", "well", "delayed", "needs_help"]), help="How they are.")
@click.option("--warned", is_flag=True, help="They used the warning word: nobody calls them until a coordinator says so.")
@click.option("--words", is_flag=True, help="Read what they said from standard input.")
@with_vault
def talk(choices: Choices, code: str, next_talk: str, stage: str, check_in: str, warned: bool, words: bool) -> None:
    """Write what they said."""
    with opened(choices) as session:
        contacts.write_talk(
            session, contact=by_code(session, code).id, words=words_in() if words else "", next_talk=next_talk, stage=stage, check_in=check_in,
            warned=warned,
        )


@command.command()
@click.argument("code")
@with_vault
def allow(choices: Choices, code: str) -> None:
    """They may be called again; why is read from standard input. Only for coordinators."""
    with opened(choices) as session:
        contacts.allow_calls(session, contact=by_code(session, code).id, why=words_in())


@command.command()
@with_vault
def arriving(choices: Choices) -> None:
    """Contacts whose words somebody said at the desk."""
    with opened(choices) as session:
        found = arrivals.arriving(session)
    listed(found, ("contact", "person", "name", "arrived", "exactly", "warning word"), lambda one: (
        codes.shown(one.contact_code), codes.shown(one.person_code), one.person_name, one.arrived, "yes" if one.sure else "no",
        "yes" if one.warning else "",
    ), json=choices.json)


@command.command()
@click.argument("code")
@click.option("--person", default="", metavar="CODE", help="Case number of the person who is this contact.")
@click.option("--not", "denied", is_flag=True, help="This person is not this contact.")
@with_vault
def arrived(choices: Choices, code: str, person: str, denied: bool) -> None:
    """They have arrived, or (--not) somebody who seemed to be them is not."""
    if denied and codes.parse(person) is None:
        raise UserError("code.mistyped")
    with opened(choices) as session:
        contact = by_code(session, code).id
        if denied:
            arrivals.deny(session, contact=contact, person_code=codes.parse(person) or "")
        else:
            contacts.arrived(session, contact=contact, person_code=person)


@command.command("handover")
@click.argument("code")
@click.option("--to", "receiver", default="", help="Ask this volunteer, or this other site, by name.")
@click.option("--accept", is_flag=True, help="Take over, as you were asked to.")
@click.option("--end", is_flag=True, help="Do not take over, or ask no longer.")
@with_vault
def hand_over(choices: Choices, code: str, receiver: str, accept: bool, end: bool) -> None:
    """Ask somebody to look after a contact, accept, or end the asking."""
    if sum((bool(receiver), accept, end)) != 1:
        raise click.UsageError("Say one of --to NAME, --accept and --end")
    with opened(choices) as session:
        contact: RecordId = by_code(session, code).id
        if accept:
            handover.accept(session, contact=contact)
        elif end:
            handover.end(session, contact=contact)
        else:
            handover.ask(session, contact=contact, receiver=next((one.key for one in handover.receivers(session) if one.name == receiver), ""))
