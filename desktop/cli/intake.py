"""``intake submit``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from desktop.cli.opening import Choices, opened, typed_in, with_vault
from desktop.cli.output import as_json, say
from desktop.cli.people import by_code
from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.values import Silence
from desktop.services import any_form, form_library, intake
from desktop.services.intake import FilledForm, Open
from desktop.services.session import Session

_INSTANCE = re.compile(r"^(.*)\[(\d+)\]")


@click.group()
def command() -> None:
    """Fill forms."""


@command.command()
@click.argument("form")
@click.argument("answers", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--case", default="", help="Case number of the person; needed for the registration form.")
@click.option("--form-version", help="Version of an added form; the newest that is in use, if it is not named.")
@with_vault
def submit(choices: Choices, form: str, answers: Path, case: str, form_version: str | None) -> None:
    """Fill FORM (arrival, registration, or the form_id of a form that was added) with the answers of a JSON file (- for standard
    input) and save it.

    The file holds one object: the path of each question with the text of its answer, or with {"silence": "unknown"}, "refused" or
    "not_asked". Instances of repeats are made as their numbers ask for them: /data/with_you[2]/member_name.
    """
    if form == intake.REGISTRATION and not case:
        raise click.UsageError("Say about whom: --case CODE")
    given = _read(answers)
    with opened(choices) as session:
        if form == intake.ARRIVAL:
            found = _arrival(session, choices.language, given)
        elif form == intake.REGISTRATION:
            found = _registration(session, choices.language, given, case)
        else:
            found = _added(session, choices.language, given, form, form_version, case)
    if choices.json:
        as_json(found)
    else:
        say("\t".join(str(value) for value in found.values()))


def _arrival(session: Session, language: str, given: dict[str, object]) -> dict[str, object]:
    card = intake.begin_arrival(session, language=language)
    _fill(card.form, given)
    saved, _ = intake.save_arrival(session, opened=card)
    return {"code": codes.shown(saved.code), "token": saved.token, "people": saved.people}


def _registration(session: Session, language: str, given: dict[str, object], case: str) -> dict[str, object]:
    long_form = intake.begin_registration(session, person=by_code(session, case), language=language)
    _fill(long_form.form, given)
    _refuse_problems(session, long_form)
    intake.save_registration(session, opened=long_form)
    return {"code": case, "answers": len(given)}


def _added(
    session: Session, language: str, given: dict[str, object], form: str, version: str | None, case: str
) -> dict[str, object]:
    """A form that somebody added: all of it, finished."""
    known = form_library.versions(session, form_id=form)
    fitting = [one for one in known if (one.state == "in_use" if version is None else one.version == version)]
    if not fitting:
        raise UserError("form.unknown")
    person = by_code(session, case) if case else None
    filled = any_form.begin(session, form=fitting[0].id, person=person, language=language)
    _fill(filled.form, given)
    _refuse_problems(session, filled)
    any_form.finish(session, opened=filled)
    return {"form": form, "version": fitting[0].version, "answers": len(given)}


def _refuse_problems(session: Session, form: Open) -> None:
    wrong = [problem for problem in intake.problems(session, opened=form) if problem.severe]
    if wrong:
        raise UserError("form.problems", count=len(wrong))


def _read(source: Path) -> dict[str, object]:
    """The answers; UserError form.bad_answers if the file is not one of answers."""
    try:
        text = typed_in() if str(source) == "-" else source.read_text(encoding="utf-8-sig")
        found = json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError("The file with the answers cannot be read.") from error
    except json.JSONDecodeError:
        raise UserError("form.bad_answers", path=1, reason="not-json") from None
    if not isinstance(found, dict):
        raise UserError("form.bad_answers", path=1, reason="not-an-object")
    return found


def _fill(form: FilledForm, given: dict[str, object]) -> None:
    for path, answer in given.items():
        _make_instances(form, path)
        if isinstance(answer, dict):
            silence = str(answer.get("silence", ""))
            known = silence in {one.value for one in Silence}
            reason = form.be_silent(path, Silence(silence)) if known else "not-a-silence"
        else:
            reason = form.set(path, str(answer))
        if reason:
            raise UserError("form.bad_answers", path=path, reason=reason)


def _make_instances(form: FilledForm, path: str) -> None:
    """Add instances of repeats until the one that the path names is there."""
    found = _INSTANCE.match(path)
    if found is None:
        return
    repeat, wanted = found[1], int(found[2])
    _make_instances(form, repeat)
    there = next((count for name, _, count in form.repeats(repeat.rpartition("/")[0]) if name == repeat), wanted)
    if wanted > there + 1:
        raise UserError("form.bad_answers", path=path, reason="no-such-node")
    if wanted == there + 1:
        form.add(repeat)
