"""``names compare``."""

from __future__ import annotations

import click

from desktop.cli.opening import Choices, with_vault
from desktop.cli.output import as_json, say
from desktop.myanmar.likeness import compare as liken
from desktop.words.name_reasons import reason, verdict


@click.group()
def command() -> None:
    """Spellings of names."""


@command.command()
@click.argument("one")
@click.argument("two")
@with_vault
def compare(choices: Choices, one: str, two: str) -> None:
    """Say whether ONE and TWO may be the name of one person, in Burmese or Latin letters. Needs no folder."""
    found = liken(one, two)
    why = [reason(code, choices.language) for code in found.why]
    if choices.json:
        as_json({"verdict": found.verdict, "why": why})
    else:
        say(verdict(found.verdict, choices.language))
        for line in why:
            say(f"- {line}")
