"""The pages of a form: what is asked on each, in the order of the form.

A section (a group outside all others) is one page if it is short. A long one is cut where the form itself has parts: groups in it get pages
of their own, set in below it in the contents, and long runs of questions are cut into several. What stands in no group comes under the
title of the form. So no page ever holds hundreds of questions, and a form of 600 opens as fast as a short one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.services.intake import Definition, Spec

ONE_PAGE = 40  # questions that a section may have to stay one page
RUN = 20  # questions on a page of a long section
_OF_ITS_OWN = 6  # questions from which a group in a long section gets its own page
_REPEAT = 4  # what a repeat counts as: its table


@dataclass(frozen=True)
class Sheet:
    """One page. `key` names it; `parent` is the node whose children it shows, all or those in `names`. `titled` is the node that gives its
    name ("" the form itself), `part` its number where several have that name (0: only one). `section` is the path of the section it belongs
    to, "" for what stands in none. `depth`: how far it is set in."""

    key: str
    parent: str
    names: tuple[str, ...]
    titled: str
    section: str
    depth: int = 0
    part: int = 0

    @property
    def paths(self) -> tuple[str, ...]:
        """The nodes it shows."""
        return tuple(f"{self.parent}/{name}" for name in self.names) if self.names else (self.parent,)


def outline(definition: Definition) -> tuple[Sheet, ...]:
    """All pages of a form, whether they apply now or not."""
    root = definition.root
    top = f"/{root.name}"
    found: list[Sheet] = []
    loose: list[Spec] = []

    def close() -> None:
        found.extend(_runs(top, loose, "", "", 0))
        loose.clear()

    for spec in root.children:
        if not spec.shown:
            continue
        if spec.kind == "question":
            loose.append(spec)
            continue
        close()
        path = f"{top}/{spec.name}"
        found.extend(_section(spec, path) if spec.kind == "group" else [Sheet(path, top, (spec.name,), path, "")])
    close()
    return tuple(_numbered(found))


def _section(spec: Spec, path: str) -> Iterator[Sheet]:
    if _weight(spec) <= ONE_PAGE:
        yield Sheet(path, path, (), path, path)
    else:
        yield from _cut(spec, path, path, 0)


def _cut(spec: Spec, path: str, section: str, depth: int) -> Iterator[Sheet]:
    """The pages of a long group: runs of its questions and small groups, in between its larger groups, set in."""
    run: list[Spec] = []
    for child in (child for child in spec.children if child.shown):
        small = child.kind != "group" or (_weight(child) < _OF_ITS_OWN and "field-list" not in child.appearance)
        if small:
            run.append(child)
            continue
        yield from _runs(path, run, path, section, depth)
        run = []
        inside = f"{path}/{child.name}"
        if _weight(child) <= ONE_PAGE:
            yield Sheet(inside, inside, (), inside, section, depth + 1)
        else:
            yield from _cut(child, inside, section, depth + 1)
    yield from _runs(path, run, path, section, depth)


def _runs(parent: str, specs: Sequence[Spec], titled: str, section: str, depth: int) -> Iterator[Sheet]:
    names: list[str] = []
    weight = 0
    for spec in specs:
        if names and weight + _weight(spec) > RUN and "list-nolabel" not in spec.appearance:
            yield Sheet(f"{parent}#{names[0]}", parent, tuple(names), titled, section, depth)
            names, weight = [], 0
        names.append(spec.name)
        weight += _weight(spec)
    if names:
        yield Sheet(f"{parent}#{names[0]}", parent, tuple(names), titled, section, depth)


def _weight(spec: Spec) -> int:
    """How many questions a part shows at once."""
    if spec.kind == "question":
        return 1
    if spec.kind == "repeat":
        return _REPEAT
    return sum(_weight(child) for child in spec.children if child.shown)


def _numbered(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Pages with the same name get numbers."""
    seen: dict[str, int] = {}
    many = {one.titled for one in sheets if sum(1 for other in sheets if other.titled == one.titled) > 1}
    found = []
    for one in sheets:
        if one.titled not in many:
            found.append(one)
            continue
        seen[one.titled] = seen.get(one.titled, 0) + 1
        found.append(replace(one, part=seen[one.titled]))
    return found
