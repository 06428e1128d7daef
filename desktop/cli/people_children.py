"""``people children``: children without parents, the steps for them and which are late."""

from __future__ import annotations

import click

from desktop.cli.opening import Choices, opened, with_vault
from desktop.cli.output import as_json, table
from desktop.domain import codes
from desktop.services import children
from desktop.services.children import Alone, Case


@click.command("children")
@click.option("--everything", is_flag=True, help="Also cases that were ended.")
@with_vault
def command(choices: Choices, everything: bool) -> None:
    """Children who need somebody: those without a case, then the cases with who looks after them and the steps that wait. For caseworkers and
    coordinators."""
    with opened(choices) as session:
        alone, cases = children.alone(session), children.cases(session, state="" if everything else children.OPEN)
    if choices.json:
        as_json({"alone": alone, "cases": cases})
    else:
        table(("code", "name", "age", "state", "caregiver", "late", "to do"), [*map(_alone, alone), *map(_case, cases)])


def _alone(one: Alone) -> tuple[object, ...]:
    return codes.shown(one.person.code), one.person.name, one.person.age, "no case", "", "", ""


def _case(one: Case) -> tuple[object, ...]:
    late = ", ".join(step.name for step in one.steps if step.late)
    waits = ", ".join(step.name for step in one.steps if not step.done and not step.late)
    code, name = (codes.shown(one.person.code), one.person.name) if one.person is not None else ("", "")
    return code, name, "" if one.age is None else one.age, one.state, one.caregiver, late, waits
