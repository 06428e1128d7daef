"""What depends on what in a form, in which order it is brought up to date, and whether that ever ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from desktop.domain.errors import UserError
from desktop.forms.definition import Definition, Expression, Names, Spec
from desktop.forms.xpath.references import Reference

_Key = tuple[Names, str]


@dataclass(frozen=True)
class Target:
    """Something that is computed: `aspect` is count, relevant, value, required, readonly, constraint or choices of the node at
    `path`. A lower `rank` is computed first."""

    rank: int
    path: Names
    aspect: str
    expression: Expression


@dataclass(frozen=True)
class Reader:
    """A target that reads a node. Only the target's nodes in the same instance of the repeat of `shared` names read it; 0: all do."""

    target: Target
    shared: int


@dataclass(frozen=True)
class Graph:
    """`readers`: path of a node -> who reads it. `own`: path -> targets of the nodes there. `growing`: repeats whose number of instances
    depends on what stands in their own instances ("one more until somebody says that this was the last")."""

    targets: tuple[Target, ...]
    readers: dict[Names, tuple[Reader, ...]]
    own: dict[Names, tuple[Target, ...]]
    growing: frozenset[Names]


@lru_cache(maxsize=32)
def graph_of(definition: Definition) -> Graph:
    """The graph of a form, built once for each. UserError: form.cycle with the questions on the way round."""
    wanted = list(_computed(definition.root))
    paths = _PathIndex(definition)
    strict: dict[_Key, set[_Key]] = {(path, aspect): set() for path, aspect, _ in wanted}
    for path, aspect, expression in wanted:
        strict[(path, aspect)].update(_needs(path, aspect, expression, strict, paths))
    ranks = {key: rank for rank, key in enumerate(_in_order(strict))}
    targets = sorted(
        (Target(ranks[(path, aspect)], path, aspect, expression) for path, aspect, expression in wanted), key=lambda t: t.rank
    )
    readers: dict[Names, dict[Reader, None]] = {}
    own: dict[Names, list[Target]] = {}
    for target in targets:
        own.setdefault(target.path, []).append(target)
        for read, shared in _reads(target, paths):
            readers.setdefault(read, {})[Reader(target, shared)] = None
    return Graph(
        tuple(targets), {path: tuple(found) for path, found in readers.items()}, {path: tuple(found) for path, found in own.items()},
        frozenset(target.path for target in targets if target.aspect == "count" and _feeds_itself(target, own, paths)),
    )


def _feeds_itself(counting: Target, own: dict[Names, list[Target]], paths: _PathIndex) -> bool:
    """Whether a number of instances depends, also by way of calculations, on a node in these instances."""
    repeat, seen, waiting = counting.path, set[Names](), [counting]
    while waiting:
        for read, _ in _reads(waiting.pop(), paths):
            if read[: len(repeat)] == repeat:
                return True
            if read not in seen:
                seen.add(read)
                waiting += [target for target in own.get(read, ()) if target.aspect in ("value", "relevant")]
    return False


def _computed(spec: Spec) -> Iterator[tuple[Names, str, Expression]]:
    for node in spec.walk():
        aspects = {
            "count": node.counted, "relevant": node.relevant, "value": node.calculate, "required": node.required,
            "readonly": node.readonly, "constraint": node.constraint,
        }
        for aspect, expression in aspects.items():
            if expression is not None:
                yield node.path, aspect, expression
        if node.itemset is not None:
            yield node.path, "choices", node.itemset.names or node.itemset.nodes


class _PathIndex:
    """The paths of a form that a reference may mean."""

    def __init__(self, definition: Definition) -> None:
        self._specs = definition.specs
        self.repeats = definition.repeats

    def meant(self, reference: Reference) -> Iterable[Names]:
        if "*" not in reference.path and "**" not in reference.path:
            return (reference.path,)
        return [path for path in self._specs if _matches(path, reference.path)]

    def relevant(self, path: Names) -> Expression | None:
        return self._specs[path].relevant

    def shared(self, one: Names, two: Names, most: int) -> int:
        """The length of the deepest repeat path, of at most `most` names, that both are inside of."""
        deepest = 0
        for length in range(1, min(len(one), len(two), most) + 1):
            if one[length - 1] != two[length - 1]:
                break
            if one[:length] in self.repeats:
                deepest = length
        return deepest


def _matches(path: Names, pattern: Names) -> bool:
    if not pattern:
        return not path
    if pattern[0] == "**":
        return any(_matches(path[skip:], pattern[1:]) for skip in range(len(path) + 1))
    return bool(path) and pattern[0] in ("*", path[0]) and _matches(path[1:], pattern[1:])


def _needs(path: Names, aspect: str, expression: Expression, known: dict[_Key, set[_Key]], paths: _PathIndex) -> Iterator[_Key]:
    """The targets that must be up to date before this one. How many instances a repeat has is not among them: it may depend on what
    is counted in the instances there are, and whoever reads them is computed again when one comes or goes."""
    if aspect == "relevant":
        for length in range(1, len(path)):
            if (path[:length], "relevant") in known:
                yield path[:length], "relevant"
    if aspect == "count" and (path, "relevant") in known:
        yield path, "relevant"
    for reference in expression.reads:
        for read in paths.meant(reference):
            if reference.chosen and paths.shared(path, read, len(path)) > reference.pinned:
                continue  # it may mean the same question in another instance, which is no cycle
            if (read, "value") in known:
                yield read, "value"
            for length in range(1, len(read) + 1):
                if (read[:length], "relevant") in known:
                    yield read[:length], "relevant"


def _reads(target: Target, paths: _PathIndex) -> Iterator[tuple[Names, int]]:
    """(path that the target reads, names shared with the instance that reads it). A constraint reads its own question; how many
    instances a repeat has also depends on whether they would be relevant."""
    if target.aspect == "constraint":
        yield target.path, paths.shared(target.path, target.path, len(target.path))
    found = set(target.expression.reads)
    relevant = paths.relevant(target.path) if target.aspect == "count" else None
    if relevant is not None:
        found |= relevant.reads
    for reference in found:
        for read in paths.meant(reference):
            yield read, paths.shared(target.path, read, reference.pinned)


def _in_order(needs: dict[_Key, set[_Key]]) -> Iterator[_Key]:
    """Every key after all it needs; else as in the form. UserError: form.cycle."""
    done: dict[_Key, bool] = {}  # False while on the way
    for start in needs:
        if start in done:
            continue
        way: list[tuple[_Key, Iterator[_Key]]] = [(start, iter(sorted(needs[start])))]
        done[start] = False
        while way:
            key, rest = way[-1]
            following = next(rest, None)
            if following is None:
                done[key] = True
                yield key
                way.pop()
            elif following not in done:
                done[following] = False
                way.append((following, iter(sorted(needs[following]))))
            elif not done[following]:
                on_way = [at for at, _ in way]
                raise _cycle(on_way[on_way.index(following) :])


def _cycle(keys: list[_Key]) -> UserError:
    names = ["/".join(path[1:]) or path[0] for path, _ in keys]
    shown = [name for place, name in enumerate(names) if place == 0 or name != names[place - 1]]
    shown.reverse()
    return UserError("form.cycle", way=" → ".join([*shown, shown[0]]))
