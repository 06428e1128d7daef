"""Names of the instances of repeats: what stays when numbers move.

An instance gets a random name when it is made and keeps it in every state of the form. Where people cannot add or take out instances the
name is made of the number: two people who fill one form mean the same instance. In forms of our own a hidden row that saves to
``kind.record`` is the name (`docs/decisions/0003-forms-to-records.md`)."""

from __future__ import annotations

from desktop.forms.tree import Item, Tree
from desktop.forms.xpath.elements import Element


def names_in(tree: Tree) -> dict[str, tuple[str, ...]]:
    """Path of a repeat without its last number -> names of its instances in order; also of repeats that have none."""
    found = {}
    for node in tree.root.walk():
        if not isinstance(node, Item):
            continue
        for child in node.spec.children:
            if child.kind == "repeat":
                found[f"{node.path}/{child.name}"] = tuple(row.instance_name for row in node.named.get(child.name, ()) if isinstance(row, Item))
    return found


def named_path(item: Item) -> str:
    """The path of an item with names in place of numbers: ``/data/person[k3f…]/age``."""
    steps: list[str] = []
    at: Element | None = item
    while isinstance(at, Item):
        steps.append(at.name if at.spec.kind != "repeat" else f"{at.name}[{at.instance_name}]")
        at = at.parent
    return "/" + "/".join(reversed(steps))
