"""Bring a form up to date: after one answer, only what depends on it."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
from itertools import count

from desktop.forms.definition import Expression, Names, Spec
from desktop.forms.graph import Graph, Target
from desktop.forms.tree import MOST_INSTANCES, Item, Tree
from desktop.forms.xpath.elements import Element
from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.scope import Scope, World
from desktop.forms.xpath.values import Moment, XValue, scalar, stored, to_boolean, to_number, to_text

CHOOSING = ("select_one", "select_multiple", "rank")
"""Types whose answers are names of choices."""

_ZONE = len("2026-01-15T09:30:00.000")  # what follows in the text of a moment
_MOST_ROUNDS = 50  # one node computed more often than this in one go never comes to rest


class Evaluation:
    """Computes the targets of a graph over a tree. `born`: instances of repeats that appeared since somebody emptied the list: their
    defaults are still to be set."""

    def __init__(self, graph: Graph, tree: Tree, world: World) -> None:
        self._graph = graph
        self._tree = tree
        self._world = world
        self._waiting: list[tuple[int, int, Target, Item]] = []
        self._queued: set[tuple[int, int]] = set()
        self._serial = count()
        self._failed: dict[tuple[Item, str], str] = {}
        self._held: dict[tuple[int, int], tuple[Target, Item]] = {}
        self._probes: dict[tuple[Item, Names], Item] = {}
        self.born: list[Item] = []

    def all(self) -> None:
        """Everything in the form is to be computed."""
        for target in self._graph.targets:
            for item in self._items(target):
                self._queue(target, item)

    def fresh(self, instance: Item) -> None:
        """A new instance of a repeat: all in it, and who counts or sums over it."""
        for item in instance.walk():
            if isinstance(item, Item):
                for target in self._graph.own.get(item.spec.path, ()):
                    if target.aspect != "count":
                        self._queue(target, item)
                self._count_inside(item)
        self.structure(instance.spec)

    def _count_inside(self, item: Item) -> None:
        """The numbers of instances of the repeats directly in an item are to be computed."""
        for child in item.spec.children:
            for target in self._graph.own.get(child.path, ()):
                if target.aspect == "count":
                    self._queue(target, item)

    def speaking(self) -> None:
        """What shows words of the form is to be computed: the language has changed."""
        for target in self._graph.targets:
            if "jr:" in target.expression.source:
                for item in self._items(target):
                    self._queue(target, item)

    def structure(self, repeat: Spec) -> None:
        """The number or order of a repeat's instances has changed."""
        for spec in repeat.walk():
            for reader in self._graph.readers.get(spec.path, ()):
                for item in self._items(reader.target):
                    self._queue(reader.target, item)

    def changed(self, item: Item) -> None:
        """The value or the relevance of an item has changed."""
        for reader in self._graph.readers.get(item.spec.path, ()):
            for reading in self._tree.near(_place(reader.target), reader.shared, item):
                self._queue(reader.target, reading)

    def settle(self) -> None:
        """Compute what waits, and what follows from it, until nothing changes."""
        rounds: dict[tuple[int, int], int] = {}
        for held, at in self._held.values():
            self._queue(held, at)
        self._held.clear()
        while self._waiting:
            rank, _, target, item = heapq.heappop(self._waiting)
            key = (rank, id(item))
            self._queued.discard(key)
            if item.gone:
                continue
            rounds[key] = rounds.get(key, 0) + 1
            if rounds[key] > _MOST_ROUNDS:
                self._failed[(item, target.expression.source)] = "never comes to rest"
                continue
            self._compute(target, item)

    def value(self, expression: Expression, item: Element) -> XValue:
        """The value of an expression at an item; blank if it has none."""
        try:
            value = expression.run(Scope(item, self._world))
        except EvaluationError as error:
            if isinstance(item, Item):
                self._failed[(item, expression.source)] = str(error)
            return ""
        if self._failed and isinstance(item, Item):
            self._failed.pop((item, expression.source), None)
        return value

    def failures(self) -> list[tuple[str, str]]:
        """(path of a node, why an expression of it has no result now), in the order in which they failed."""
        return [(item.path, why) for (item, _), why in self._failed.items() if not _is_gone(item)]

    def offered(self, item: Item) -> tuple[str, ...]:
        """The names of the choices on offer, in order."""
        if item.offered is None:
            itemset = item.spec.itemset
            item.offered = tuple(choice.name for choice in item.spec.choices)
            if itemset is not None:
                item.offered += tuple(to_text(self.value(itemset.name, node)) for node in self.choice_nodes(item))
        return item.offered

    def choice_nodes(self, item: Item) -> Sequence[Element]:
        """The items of a computed choice list: the same ones in the same order until an answer changes them."""
        if item.rows is None:
            itemset = item.spec.itemset
            found: XValue = () if itemset is None else self.value(itemset.nodes, item)
            item.rows = () if isinstance(found, (str, float, bool)) else found
        return item.rows

    def repeat_relevant(self, parent: Item, repeat: Spec) -> bool:
        """Whether instances of a repeat would be relevant in this place, even if there are none yet."""
        if not parent.relevant:
            return False
        if repeat.relevant is None:
            return True
        return to_boolean(self.value(repeat.relevant, self._probe(parent, repeat)))

    def _probe(self, parent: Item, repeat: Spec) -> Item:
        """A node that stands where instances of a repeat stand and is none of them: what is said of the repeat is asked from there."""
        probe = self._probes.get((parent, repeat.path))
        if probe is None:
            probe = self._probes[(parent, repeat.path)] = Item(repeat)
            probe.parent = parent
        return probe

    def _queue(self, target: Target, item: Item) -> None:
        key = (target.rank, id(item))
        if key not in self._queued:
            self._queued.add(key)
            heapq.heappush(self._waiting, (target.rank, next(self._serial), target, item))

    def _items(self, target: Target) -> Iterable[Item]:
        return self._tree.items[_place(target)]

    def _compute(self, target: Target, item: Item) -> None:
        if target.aspect == "count":
            self._resize(item, target)
            return
        if target.aspect == "choices":
            self._narrow(item)
            return
        if target.aspect == "constraint":
            item.valid = item.text == "" or to_boolean(self.value(target.expression, item))
            return
        value = self.value(target.expression, item)
        if target.aspect == "value":
            self._take(item, value)
        elif target.aspect == "relevant":
            item.own_relevant = to_boolean(value)
            self._spread(item, item.own_relevant and (item.parent is None or item.parent.relevant))
        elif target.aspect == "required":
            item.required = to_boolean(value)
        else:
            item.readonly = to_boolean(value)

    def _take(self, item: Item, value: XValue) -> None:
        if self.put(item, value):
            self.changed(item)

    def put(self, item: Item, value: XValue) -> bool:
        """Store a result in the form of the item's type: whole numbers, the day of a moment or its time. True if anything changed."""
        plain, text, kind = scalar(value), stored(value), item.spec.data_type
        if kind == "integer" and isinstance(plain, float) and math.isfinite(plain):
            text = stored(float(int(plain)))
        elif isinstance(plain, Moment) and kind in ("date", "time", "datetime"):
            day, mark, clock = str(plain).partition("T")
            text = {"date": day, "time": clock or text, "datetime": text if mark else f"{day}T00:00:00.000{self._world.now[_ZONE:]}"}[kind]
            plain = Moment.read(text) or ""
        return item.put(text, plain if isinstance(plain, (bool, Moment)) else None)

    def _spread(self, item: Item, relevant: bool) -> None:
        """Carry relevance down; tell the readers of whatever has changed."""
        if item.relevant == relevant:
            return
        item.relevant = relevant
        self.changed(item)
        for target in self._graph.own.get(item.spec.path, ()) if relevant else ():
            if target.aspect == "choices":
                self._queue(target, item)
        self._count_inside(item)
        for child in item.children:
            if isinstance(child, Item):
                self._spread(child, relevant and child.own_relevant)

    def _narrow(self, item: Item) -> None:
        """An answer loses what is no longer on offer."""
        itemset = item.spec.itemset
        if itemset is not None and itemset.moves:
            item.offered = item.rows = None
        if not item.text or not item.relevant or item.spec.type not in CHOOSING:
            return
        names = set(self.offered(item))
        chosen = [item.text] if item.spec.type == "select_one" else item.text.split()
        kept = " ".join(name for name in chosen if name in names)
        if kept != item.text and item.put(kept):
            self.changed(item)

    def _resize(self, parent: Item, target: Target) -> None:
        """Give a repeat the number of instances that the form computes, while it is relevant."""
        repeat = self._tree.definition.specs[target.path]
        if not self.repeat_relevant(parent, repeat):
            return
        wanted = to_number(self.value(target.expression, self._probe(parent, repeat)))
        number = min(int(wanted), MOST_INSTANCES) if 0 < wanted < float("inf") else 0
        if number < wanted - 1:
            self._failed[(self._probe(parent, repeat), target.expression.source)] = f"more than {MOST_INSTANCES} instances"
        if repeat.path in self._graph.growing:
            number = self._held_back(parent, target, number)
        while len(parent.named.get(repeat.name, ())) > number:
            last = parent.named[repeat.name][-1]
            assert isinstance(last, Item)
            self._tree.remove(last)
            self.structure(repeat)
        while len(parent.named.get(repeat.name, ())) < number:
            if self._tree.full:
                self._failed[(self._probe(parent, repeat), target.expression.source)] = "too many instances in the whole form"
                break
            self.begin(self._tree.add(parent, repeat))

    def _held_back(self, parent: Item, target: Target, number: int) -> int:
        """Where every instance asks for another one, the next comes when somebody has answered in the last."""
        row = parent.named.get(target.path[-1], ())
        if number <= len(row):
            return number
        self._held[(id(target), id(parent))] = (target, parent)
        if row and not any(isinstance(item, Item) and item.text and item.spec.asked for item in row[-1].walk()):
            return len(row)
        return len(row) + 1

    def begin(self, instance: Item) -> None:
        """A new instance takes the relevance of where it stands; once its defaults are set (`born`), what depends on it follows."""
        self.born.append(instance)
        parent = instance.parent
        if parent is not None and not parent.relevant:
            for item in instance.walk():
                item.relevant = False


def _is_gone(item: Item) -> bool:
    return item.gone or (isinstance(item.parent, Item) and item.parent.gone)


def _place(target: Target) -> Names:
    """Where a target is computed: at the nodes of its path; the number of instances at the parents of the repeat."""
    return target.path[:-1] if target.aspect == "count" else target.path
