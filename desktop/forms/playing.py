"""Play steps on a form and tell how every node stands: for support, for authors of forms and for tests.

It follows the contract of ``forms play``; nothing here knows of a vault."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from desktop.forms.definition import Definition
from desktop.forms.evaluation import CHOOSING
from desktop.forms.filled import FilledForm
from desktop.forms.tree import Item

DEFAULT_NOW = datetime(2026, 1, 15, 9, 30, tzinfo=timezone.utc)
_OPERATIONS = ("set", "add", "remove")


class BadSteps(Exception):
    """The text of the steps cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Step:
    """`operation`: set, add or remove. `value` belongs to set."""

    operation: str
    path: str
    value: str = ""


@dataclass(frozen=True)
class Script:
    """What is done to a form, and the clock that stands still meanwhile."""

    steps: tuple[Step, ...] = ()
    now: datetime = DEFAULT_NOW


def read_script(source: bytes) -> Script:
    """Steps as JSON: ``{"now": …, "steps": [{"op": …, "path": …, "value": …}]}``. BadSteps."""
    try:
        found = json.loads(source.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadSteps(f"The steps are not JSON: {error}") from None
    if not isinstance(found, dict):
        raise BadSteps("The steps are not a JSON object.")
    steps = found.get("steps")
    if not isinstance(steps, list):
        raise BadSteps('"steps" is missing or is no list.')
    return Script(tuple(_step(number, step) for number, step in enumerate(steps, start=1)), _now(found.get("now")))


def _step(number: int, found: object) -> Step:
    if not isinstance(found, dict):
        raise BadSteps(f"Step {number} is not an object.")
    operation, path, value = found.get("op"), found.get("path"), found.get("value")
    if operation not in _OPERATIONS:
        raise BadSteps(f'Step {number}: "op" is none of {", ".join(_OPERATIONS)}.')
    if not isinstance(path, str):
        raise BadSteps(f'Step {number}: "path" is missing or is no text.')
    if operation == "set" and not isinstance(value, str):
        raise BadSteps(f'Step {number}: "value" is missing or is no text.')
    return Step(operation, path, value if isinstance(value, str) else "")


def _now(found: object) -> datetime:
    if found is None:
        return DEFAULT_NOW
    try:
        if not isinstance(found, str):
            raise ValueError
        text = found.strip()
        told = datetime.fromisoformat(f"{text[:-1]}+00:00" if text.endswith(("Z", "z")) else text)
        return told.replace(tzinfo=timezone.utc) if told.tzinfo is None else told.astimezone(timezone.utc)
    except (ValueError, OverflowError):  # the latter on the last and the first day that there are
        raise BadSteps('"now" is no date with a time.') from None


def play(definition: Definition, script: Script, warnings: Sequence[str] = ()) -> dict[str, object]:
    """The state of a new form after the steps, as plain values for JSON: ``nodes``, ``rejected``, ``warnings``, ``problems``."""
    form = FilledForm(definition, language=definition.default_language, now=script.now)
    rejected = []
    for number, step in enumerate(script.steps, start=1):
        reason = _do(form, step)
        if reason:
            rejected.append({"step": number, "reason": reason})
    return {
        "nodes": [_told(form, item) for item in form.items()],
        "rejected": rejected,
        "warnings": [*warnings, *definition.ignored],
        "problems": [{"path": path, "message": message} for path, message in form.failed()],
    }


def _do(form: FilledForm, step: Step) -> str:
    """Do one step: "" or the reason why it was refused."""
    if step.operation == "set":
        return form.set(step.path, step.value)
    if step.operation == "remove":
        return form.remove(step.path)
    reason = form.refuses_add(step.path)
    if not reason:
        form.add(step.path)
    return reason


def _told(form: FilledForm, item: Item) -> dict[str, object]:
    spec = item.spec
    told: dict[str, object] = {"path": item.path, "kind": spec.kind, "relevant": item.relevant}
    if spec.kind in ("group", "repeat"):
        return told
    told.update(
        type="text" if spec.type == "note" else spec.type, required=item.required, readonly=item.locked or spec.type == "note",
        value=item.text, valid=item.valid or not item.relevant or not item.text,
    )
    if spec.type in CHOOSING and item.relevant:
        told["choices"] = list(form.offered(item))
    return told


def as_json(document: object) -> str:
    """One line of JSON."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))

