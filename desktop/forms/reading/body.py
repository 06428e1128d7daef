"""What a form shows: its controls, groups and repeats by the path of their node."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element as Xml

from desktop.forms.reading.document import JAVAROSA, WAYSTATION, XFORMS, elements, local, steps

Names = tuple[str, ...]
_CONTROLS = frozenset({"input", "select1", "select", "upload", "trigger", "range", "rank", "secret"})


@dataclass
class Body:
    """`controls` and `groups`: elements by path (a group's are its own and its repeat's). `repeats`: path -> repeat element.
    `actions`: (setvalue element, path of the control or repeat it stands in)."""

    controls: dict[Names, Xml] = field(default_factory=dict)
    groups: dict[Names, Xml] = field(default_factory=dict)
    repeats: dict[Names, Xml] = field(default_factory=dict)
    actions: list[tuple[Xml, Names]] = field(default_factory=list)


def read_body(body: Xml, identified: dict[str, Names], root: Names) -> Body:
    """Walk the body. `identified`: paths of binds that have an id, for controls that name their bind. `root`: the path of the root of the
    data, where paths begin that are not absolute."""
    found = Body()
    _walk(body, root, found, identified)
    return found


def _walk(parent: Xml, above: Names, found: Body, identified: dict[str, Names]) -> None:
    for child in elements(parent):
        kind = local(child.tag)
        if kind == "setvalue":
            found.actions.append((child, above))
            continue
        if kind not in _CONTROLS and kind not in ("group", "repeat"):
            continue
        path = _path(child, above, identified)
        if kind == "repeat":
            found.repeats[path] = child
        elif kind == "group":
            if path != above:
                found.groups[path] = child
        else:
            found.controls.setdefault(path, child)
        _walk(child, path, found, identified)


def _path(element: Xml, above: Names, identified: dict[str, Names]) -> Names:
    bound = element.get("bind")
    if bound in identified:
        return identified[bound]
    reference = element.get("nodeset") or element.get("ref")
    return above if reference is None else steps(reference, above)


def label_of(element: Xml | None) -> Xml | None:
    """The label of a control, group or item, if it has one."""
    return None if element is None else element.find(f"{XFORMS}label")


def begins(element: Xml | None) -> int | None:
    """How many instances of a repeat a new form has, if the form says so: ``body::ws:begins``."""
    said = None if element is None else element.get(f"{WAYSTATION}begins")
    return int(said) if said is not None and said.isdecimal() else None


def count(element: Xml) -> str:
    """The expression that says how many instances a repeat has, "" if people add them."""
    return element.get(f"{JAVAROSA}count", "").strip()
