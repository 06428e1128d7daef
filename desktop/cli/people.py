"""``people list|show|find``, and what `people_doubles`, `people_tracing` and `people_children` add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from desktop.cli import output, people_children, people_doubles, people_tracing
from desktop.cli.opening import Choices, opened, typed_in, with_vault
from desktop.cli.output import as_json, listed, say
from desktop.domain import codes
from desktop.domain.ids import RecordId
from desktop.services import people
from desktop.services.people import PersonPage, PersonRow
from desktop.services.session import Session
from desktop.services.standing import standing
from desktop.words.labels import choice_label, field_label, value_text

HEADS = ("code", "name", "other name", "household", "people", "arrived", "age", "state", "needs")


@click.group()
def command() -> None:
    """People who are registered."""


for verb in (people_doubles.duplicates, people_doubles.merge, people_doubles.unmerge, people_tracing.command, people_children.command):
    command.add_command(verb)


def by_code(session: Session, text: str) -> RecordId:
    """The person with this case code; whoever stands for them, if they were made one with somebody. UserError code.mistyped, record.missing."""
    return standing(session, people_doubles.registered(session, text))


@command.command("list")
@click.option("--everyone", is_flag=True, help="Also those who moved on, left or died.")
@click.option("--limit", type=click.IntRange(min=0), default=200, show_default=True)
@with_vault
def list_people(choices: Choices, everyone: bool, limit: int) -> None:
    """People here now, the newest arrival first."""
    with opened(choices) as session:
        _show(session, choices, people.find(session, state="" if everyone else "here", limit=limit).keys[:limit])


@command.command()
@click.argument("query")
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True)
@with_vault
def find(choices: Choices, query: str, limit: int) -> None:
    """Find people by name (in either script, however it is spelt), case number, telephone number, parents or place. QUERY - reads it from standard input, so that no other program sees it."""
    wanted = typed_in(line=True).strip() if query == "-" else query
    with opened(choices) as session:
        found = people.find(session, query=wanted, state="", limit=limit)
        _show(session, choices, found.keys[:limit], wanted, found.why)


@command.command()
@click.argument("code")
@with_vault
def show(choices: Choices, code: str) -> None:
    """What you may read about the person with this case number, their household, notes and next steps. --json tells who wrote it and when, and more."""
    with opened(choices) as session:
        page = people.page(session, person=by_code(session, code))
    if choices.json:
        as_json(page)
    else:
        _print_page(page)


def _show(session: Session, choices: Choices, keys: Sequence[int], query: str = "", why: Mapping[int, str] | None = None) -> None:
    listed(people.rows(session, keys=keys, query=query, why=why), HEADS, _cells, json=choices.json)


def _cells(row: PersonRow) -> tuple[object, ...]:
    needs = ", ".join(field_label("person", f"need_{need}", output.language) for need in row.needs)
    return (
        codes.shown(row.code), row.name, row.name_other, codes.shown(row.household_code), row.household_size, row.arrived,
        "" if row.age is None else row.age, choice_label("state", row.state, output.language), needs,
    )


def _print_page(page: PersonPage) -> None:
    language = output.language
    for kind, found in (
        ("person", page.fields), ("household", page.household_fields), ("health", page.health or {}), ("assessment", page.assessment or {}),
        *(("left_behind", one.fields) for one in page.left_behind),
    ):
        for name, shown in found.items():
            text = value_text(shown.field, shown.value, language)
            if text:
                say(f"{field_label(kind, name, language)}: {text}")
    for note in page.notes:
        _print_line(field_label("note", "text", language), note.at, note.author, note.text)
    for step in page.steps:
        done = field_label("step", "done", language) if step.done else ""
        _print_line(field_label("step", "what", language), step.due, step.who_name, step.what, done)
    for member in page.members:
        _print_line(choice_label("relationship", member.relationship, language), *_cells(member.person)[:3])


def _print_line(*cells: object) -> None:
    """Cells parted by tabs."""
    say("\t".join(" ".join(str(cell).split()) for cell in cells))
