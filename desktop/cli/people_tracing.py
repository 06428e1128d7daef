"""``people tracing``: who is sought, who here may be them, and which answers wait to be passed on."""

from __future__ import annotations

import click

from desktop.cli import output
from desktop.cli.opening import Choices, opened, with_vault
from desktop.cli.output import as_json, say, table
from desktop.domain import codes
from desktop.services import sought, tracing
from desktop.services.sought import Match
from desktop.services.tracing import Request
from desktop.words.labels import choice_label


@click.command("tracing")
@click.option("--everything", is_flag=True, help="Also requests that were ended.")
@with_vault
def command(choices: Choices, everything: bool) -> None:
    """Families who look for somebody: requests, people of this place who may be the ones who are sought and were not asked yet, and answers to
    pass on. For caseworkers and coordinators."""
    with opened(choices) as session:
        wanted = tracing.requests(session, state="" if everything else tracing.LOOKING)
        to_ask, answers = sought.review(session), tracing.to_pass_on(session)
    if choices.json:
        as_json({
            "requests": [_told(one) for one in wanted], "to_pass_on": [_told(one) for one in answers],
            "to_ask": [
                {"request": one.request.id, "name": one.request.name, "person": one.person, "likely": one.likely, "agreements": one.agreements,
                 "agree": one.agree} for one in to_ask
            ],
        })
        return
    table(("who is sought", "relationship", "age", "asked by", "state", "answers"), [_request(one) for one in wanted])
    if to_ask:
        say("")
        table(("who is sought", "code", "may be", "same", "different"), [_match(one) for one in to_ask])


def _told(one: Request) -> dict[str, object]:
    """Without the records of answers: their ids name the place that wrote them."""
    return {
        "id": one.id, "name": one.name, "relationship": one.relationship, "age": one.age, "state": one.state, "asked_by": one.asked_by,
        "ours": one.ours, "replies": [{"reply": reply.reply, "message": reply.message, "told_on": reply.told_on} for reply in one.replies],
    }


def _request(one: Request) -> tuple[object, ...]:
    return (
        one.name, choice_label("relationship", one.relationship, output.language) if one.relationship else "", "" if one.age is None else one.age,
        one.asked_by, choice_label("tracing_state", one.state, output.language), len(one.replies),
    )


def _match(one: Match) -> tuple[object, ...]:
    same = ", ".join(fact.what for fact in one.agreements if fact.agrees)
    different = ", ".join(fact.what for fact in one.agreements if not fact.agrees)
    return one.request.name, codes.shown(one.person.code), one.person.name, same, different
