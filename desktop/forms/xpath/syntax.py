"""The tree of an expression as it was read. Plain, frozen, comparable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True)
class Literal:
    """A text or a number that stands in the expression."""

    value: str | float


@dataclass(frozen=True)
class Negation:
    """An expression with a minus before it."""

    operand: Expression


@dataclass(frozen=True)
class Binary:
    """`operator`: or, and, =, !=, <, <=, >, >=, +, -, *, div, mod, | (union)."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Filter:
    """An expression narrowed by predicates."""

    base: Expression
    predicates: tuple[Expression, ...]


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Step:
    """`test` is a name without its prefix, ``*``, ``node()``, ``text()``, ``comment()`` or ``processing-instruction()``; `target` is
    the name that the last one asks for, if it does."""

    axis: str
    test: str
    predicates: tuple[Expression, ...] = ()
    prefix: str = ""
    target: str = ""


@dataclass(frozen=True)
class Path:
    """`base` is the expression it starts from, or None: then it starts at the root (`absolute`) or at the node in hand."""

    base: Expression | None
    absolute: bool
    steps: tuple[Step, ...]


Expression = Union[Literal, Negation, Binary, Filter, Call, Path]


def parts_of(expression: Expression) -> Iterator[Expression]:
    """The expressions directly inside one, in order."""
    if isinstance(expression, Binary):
        yield from (expression.left, expression.right)
    elif isinstance(expression, Negation):
        yield expression.operand
    elif isinstance(expression, Call):
        yield from expression.arguments
    elif isinstance(expression, Filter):
        yield expression.base
        yield from expression.predicates
    elif isinstance(expression, Path):
        if expression.base is not None:
            yield expression.base
        for step in expression.steps:
            yield from step.predicates
