"""``people duplicates|merge|unmerge``."""

from __future__ import annotations

from collections.abc import Mapping

import click

from desktop.cli.opening import Choices, opened, with_vault
from desktop.cli.output import as_json, listed, say
from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.ids import RecordId
from desktop.services import merging, people, twice
from desktop.services.session import Session
from desktop.services.twice import Double


@click.command()
@with_vault
def duplicates(choices: Choices) -> None:
    """Pairs of people who may be one, the likeliest first, with what agrees and what differs."""
    with opened(choices) as session:
        found = twice.review(session)
    listed(found, ("code", "name", "code", "name", "same", "different"), _cells, json=choices.json)


def _cells(double: Double) -> tuple[object, ...]:
    same = ", ".join(one.what for one in double.agreements if one.agrees)
    different = ", ".join(one.what for one in double.agreements if not one.agrees)
    return codes.shown(double.one.code), double.one.name, codes.shown(double.two.code), double.two.name, same, different


@click.command()
@click.argument("one")
@click.argument("two")
@click.option("--take", multiple=True, metavar="FIELD=one|two", help="Whose answer stands where they differ; else that of the record that stands.")
@with_vault
def merge(choices: Choices, one: str, two: str, take: tuple[str, ...]) -> None:
    """Make the people with the case numbers ONE and TWO one person. Everything of both is kept."""
    wanted = _taken(take)
    with opened(choices) as session:
        stands, _ = merging.merge(session, one=registered(session, one), two=registered(session, two), take=wanted)
        row = people.page(session, person=stands).row
    if choices.json:
        as_json(row)
    else:
        say(codes.shown(row.code))


def _taken(take: tuple[str, ...]) -> Mapping[str, str]:
    pairs = [one.partition("=")[::2] for one in take]
    wrong = next((name for name, whose in pairs if whose not in ("one", "two") or name not in FIELDS["person"]), None)
    if wrong is not None:
        raise click.BadParameter(f"{wrong}: write the name of a field and =one or =two, for example name=two", param_hint="--take")
    return dict(pairs)


@click.command()
@click.argument("code")
@with_vault
def unmerge(choices: Choices, code: str) -> None:
    """Make the record with this case number, which was made one with another, a person of its own again."""
    with opened(choices) as session:
        record = registered(session, code)
        merging.unmerge(session, record=record)
        row = people.page(session, person=record).row
    if choices.json:
        as_json(row)
    else:
        say(codes.shown(row.code))


def registered(session: Session, text: str) -> RecordId:
    """The record with exactly this case number, also one that was made one with another. UserError code.mistyped, record.missing."""
    code = codes.parse(text)
    if code is None:
        raise UserError("code.mistyped")
    record = merging.person_with(session, code=code)
    if record is None:
        raise UserError("record.missing")
    return record
