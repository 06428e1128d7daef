"""The nodes of a form being filled."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from desktop.domain.values import Silence
from desktop.forms.definition import Definition, Names, Spec
from desktop.forms.xpath.elements import Element, Scalar
from desktop.forms.xpath.values import Moment, to_number

MOST_INSTANCES = 2000
"""Of one repeat, where the number is computed or was kept by somebody else."""

MOST_NODES = 200_000
"""In a whole form: repeats inside repeats whose numbers are computed multiply."""

_STEP = re.compile(r"(?P<name>[^\[\]/]+)(?:\[(?P<which>[^\[\]/]+)\])?")
_NUMBER = re.compile(r"[1-9]\d{0,5}")


class Item(Element):
    """One node as it is being filled. `own_relevant` is what its own condition says, `relevant` counts its ancestors in. `offered`
    are the names of the choices on offer and `rows` the items of a computed list, or None while nobody has asked. `instance` is the name given to an instance of a repeat. `gone`: it
    was taken out with its instance."""

    __slots__ = ("gone", "instance", "offered", "own_relevant", "readonly", "required", "rows", "silence", "spec", "valid")

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec.name)
        self.spec = spec
        self.own_relevant = True
        self.required = False
        self.readonly = False
        self.valid = True
        self.silence: Silence | None = None
        self.offered: tuple[str, ...] | None = None
        self.rows: Sequence[Element] | None = None
        self.instance = ""
        self.gone = False

    def put(self, text: str, value: Scalar | None = None) -> bool:
        """Store a text; `value` is given where it is known better than from the text. True if anything changed."""
        typed = typed_value(text, self.spec.data_type) if value is None else value
        if text == self.text and typed == self.value and type(typed) is type(self.value):
            return False
        self.text, self.value = text, typed
        return True

    @property
    def locked(self) -> bool:
        """Read-only, by itself or by a group around it."""
        at: Element | None = self
        while isinstance(at, Item):
            if at.readonly:
                return True
            at = at.parent
        return False

    @property
    def path(self) -> str:
        """As in `desktop.forms.filled`: absolute, with a number for each repeat on the way."""
        steps: list[str] = []
        at: Element | None = self
        while isinstance(at, Item):
            number = at.number if at.spec.kind == "repeat" else 0
            steps.append(f"{at.name}[{number}]" if number else at.name)
            at = at.parent
        return "/" + "/".join(reversed(steps))

    @property
    def number(self) -> int:
        """The place of a repeat instance among its siblings, from 1; 0 for what stands for the repeat and is no instance of it."""
        assert self.parent is not None
        row = self.parent.named.get(self.name, ())
        return next((place for place, child in enumerate(row, start=1) if child is self), 0)

    @property
    def instance_name(self) -> str:
        """The name of an instance of a repeat (see `desktop.forms.names`): what its hidden row of a record says, else its own."""
        for child in self.spec.children:
            if child.kind == "data" and child.save_to.endswith(".record"):
                told = self.named[child.name][0].text
                if told:
                    return told
        return self.instance


def typed_value(text: str, data_type: str) -> Scalar:
    """The value that expressions see for a stored text of a type."""
    if not text:
        return ""
    if data_type in ("integer", "decimal"):
        number = to_number(text)
        return number if number == number else text
    if data_type in ("date", "datetime"):
        return Moment.read(text) or text
    return text


class Tree:
    """All items of a form: as a tree below `document`, and by the path of their spec."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.document = Element("#document")
        self.items: dict[Names, list[Item]] = {path: [] for path in definition.specs}
        self._size = 0
        self.root = self._grow(definition.root, definition.model)
        self.document.insert(self.root)

    def _grow(self, spec: Spec, seed: Element | None) -> Item:
        """A fresh item with all below it. `seed` is the author's data for it: where there is none the spec's defaults hold."""
        item = Item(spec)
        self._size += 1
        self.items[spec.path].append(item)
        if spec.leaf:
            item.put(spec.default if seed is None else seed.text)
        for child in spec.children:
            seeds = [] if seed is None else seed.named.get(child.name, [])
            if child.kind != "repeat":
                item.insert(self._grow(child, seeds[0] if seeds else None))
                continue
            for place in range(len(seeds) if child.anew is None else min(child.anew, MOST_INSTANCES)):
                if place and child.anew is not None and self.full:
                    break
                made = self._grow(child, seeds[place] if place < len(seeds) else None)
                made.instance = fresh_name(child, place + 1)
                item.insert(made)
        return item

    @property
    def full(self) -> bool:
        """True if no program should add more by itself."""
        return self._size >= MOST_NODES

    def add(self, parent: Item, spec: Spec) -> Item:
        """A new instance after the last one of a repeat."""
        made = self._grow(spec, None)
        made.instance = fresh_name(spec, len(parent.named.get(spec.name, ())) + 1)
        parent.insert(made, _place_after(parent, spec))
        return made

    def remove(self, instance: Item) -> None:
        """Take a repeat instance out with all below it."""
        below = [item for item in instance.walk() if isinstance(item, Item)]
        self._size -= len(below)
        for item in below:
            item.gone = True
        for path in {item.spec.path for item in below}:
            self.items[path] = [item for item in self.items[path] if not item.gone]
        assert instance.parent is not None
        instance.parent.drop(instance)

    def near(self, path: Names, shared: int, item: Item) -> Sequence[Item]:
        """The items at a path that are in the same instance of the repeat of `shared` names as `item`; 0: all of them."""
        if not shared:
            return self.items[path]
        at: Element = item
        for _ in range(len(item.spec.path) - shared):
            assert at.parent is not None
            at = at.parent
        row: Sequence[Element] = (at,)
        for name in path[shared:]:
            row = [child for node in row for child in node.named.get(name, ())]
        return [node for node in row if isinstance(node, Item)]

    def find(self, path: str) -> Item | None:
        """The item at a path as `Item.path` gives it, or with names of instances in place of numbers; a missing number means 1. None if
        there is none."""
        at: Element | None = self.document if path.startswith("/") else None
        for step in path[1:].split("/"):
            match = _STEP.fullmatch(step)
            at = _one_of(at.named.get(match["name"], []), match["which"]) if at is not None and match else None
        return at if isinstance(at, Item) else None


def fresh_name(repeat: Spec, number: int) -> str:
    """A name for a new instance. Where the form says how many there are, the number is as good as a name."""
    return f"n{number}" if repeat.counted is not None or repeat.fixed else f"k{secrets.token_hex(8)}"


def _one_of(row: Sequence[Element], which: str | None) -> Element | None:
    """The node that a step means: the first, the instance of that number, or of that name."""
    if which is None:
        return row[0] if row else None
    instances = [node for node in row if isinstance(node, Item) and node.spec.kind == "repeat"]
    if _NUMBER.fullmatch(which):
        return instances[int(which) - 1] if int(which) <= len(instances) else None
    return next((node for node in instances if node.instance_name == which), None)


def _place_after(parent: Item, spec: Spec) -> int:
    """Where among all children a new instance goes: after the others of its repeat, else after what stands before it in the form."""
    before = {sibling.name for sibling in parent.spec.children[: parent.spec.children.index(spec) + 1]}
    for place in range(len(parent.children), 0, -1):
        if parent.children[place - 1].name in before:
            return place
    return 0
