"""What can be taken back while a form is filled, and the order of its questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.services.intake import Definition, FilledForm

_MOST = 60
NUMBER = re.compile(r"\[\d+\]")
_STEP = re.compile(r"([^/\[\]]+)(?:\[(\d+)\])?")


@dataclass(frozen=True)
class Step:
    """How the form stood before one answer. `path`: what was answered; `out`: the instance that was taken out, "" if it was not that."""

    path: str
    state: Mapping[str, object]
    refused: Mapping[str, str]
    editing: Mapping[str, str]
    out: str = ""


class Steps:
    """The last steps, the newest at the end."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._open = False

    @property
    def last(self) -> Step | None:
        """The step that would be taken back next."""
        return self._steps[-1] if self._steps else None

    def goes_on(self, path: str, *, whole: bool) -> bool:
        """True if an answer at this path belongs to the last step: somebody types on."""
        return not whole and self._open and self._steps[-1].path == path

    def put(self, step: Step, *, whole: bool) -> None:
        """A new step. `whole`: the next answer is another step, wherever it is."""
        self._steps.append(step)
        del self._steps[:-_MOST]
        self._open = not whole

    def close(self) -> None:
        """Somebody went to another question: what is typed there next is another step."""
        self._open = False

    def take(self) -> Step | None:
        """Take the last step off."""
        self._open = False
        return self._steps.pop() if self._steps else None


def moved_up(path: str, repeat: str, gone: int) -> str:
    """The path once the instance of a repeat with that number is gone; "" if it went with it."""
    found = re.match(rf"{re.escape(repeat)}\[(\d+)\](.*)", path)
    if found is None:
        return path
    number = int(found[1])
    if number == gone:
        return ""
    return path if number < gone else f"{repeat}[{number - 1}]{found[2]}"


def in_order(definition: Definition, paths: Iterable[str]) -> list[str]:
    """Paths in the order of the form."""

    def place(path: str) -> tuple[tuple[int, int], ...]:
        spec, found = definition.root, []
        for name, number in _STEP.findall(path)[1:]:
            at = next((at for at, child in enumerate(spec.children) if child.name == name), -1)
            if at < 0:
                break
            spec = spec.children[at]
            found.append((at, int(number or 0)))
        return tuple(found)

    return sorted(paths, key=place)


def kept_aside(form: FilledForm, before: Step | None, aside: dict[str, str]) -> dict[str, str]:
    """Where a number that is typed decides how many instances there are, a 3 on the way to 30 takes most of them out. What they held is
    kept aside, and comes back with them. Returns what is aside now: path -> text."""
    counted = {path for path, spec in form.definition.specs.items() if spec.counted is not None}
    kept = before.state.get("answers") if before is not None and not before.out else None
    if not counted or not isinstance(kept, dict):
        return aside
    gone: dict[str, bool] = {}
    known = {**aside, **{path: text for path, text in kept.items() if _stood_in_gone(form, path, counted, gone)}}
    return {path: text for path, text in known.items() if form.set(path, text) in ("no-such-node", "not-relevant")}


def _stood_in_gone(form: FilledForm, path: str, counted: set[tuple[str, ...]], gone: dict[str, bool]) -> bool:
    """True if an instance of a counted repeat that a path stands in is not there. `gone` remembers what was looked up."""
    for found in NUMBER.finditer(path):
        instance = path[: found.end()]
        if tuple(NUMBER.sub("", instance).strip("/").split("/")) not in counted:
            continue
        if instance not in gone:
            gone[instance] = not _is_there(form, instance)
        if gone[instance]:
            return True
    return False


def _is_there(form: FilledForm, path: str) -> bool:
    try:
        form.node(path)
    except KeyError:
        return False
    return True
