"""Rules of a form as plain facts about questions, for whoever has to say them in words.

Paper cannot run an expression. Most rules of real forms are simple: an answer is this or that, a number lies between two others, a list
has an option crossed. Those are told here as `Test`s; everything else is `Unsaid`, which is never the text of the expression.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union

from desktop.forms.definition import Definition, Names
from desktop.forms.xpath.errors import ExpressionError
from desktop.forms.xpath.parser import parse
from desktop.forms.xpath.syntax import Binary, Call, Expression, Literal, Negation, Path

_OPPOSITE = {
    "is": "is_not", "is_not": "is", "more": "most", "most": "more", "least": "less", "less": "least", "answered": "empty",
    "empty": "answered",
}
_RELATIONS = {"=": "is", "!=": "is_not", ">": "more", ">=": "least", "<": "less", "<=": "most"}
_TURNED = {"=": "=", "!=": "!=", ">": "<", ">=": "<=", "<": ">", "<=": ">="}
_SAME_VALUE = frozenset({"number", "int", "string", "once", "date", "decimal-date-time"})
_DEEPEST = 6  # calculations that lead to other calculations


@dataclass(frozen=True)
class Test:
    """One fact about the answer to `question` (its path). `relation`: is, is_not, more, least, less, most (compared with `value`), answered,
    empty. `value` is a text, a number as text, ``today``, or "" where `other` names the question it is compared with. `measure` is what
    of the answer is compared: the answer itself (""), one option of several (``option``: is means crossed), how many options are crossed
    (``count``) or how long the text is (``length``)."""

    question: Names
    relation: str
    value: str = ""
    other: Names = ()
    measure: str = ""

    def negated(self) -> Test:
        """The opposite fact."""
        return Test(self.question, _OPPOSITE[self.relation], self.value, self.other, self.measure)


@dataclass(frozen=True)
class Every:
    """All of the parts hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Either:
    """At least one of the parts holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Truth:
    """Always, or never."""

    holds: bool


@dataclass(frozen=True)
class Unsaid:
    """A rule that plain words do not carry."""


Condition = Union[Test, Every, Either, Truth, Unsaid]


def condition_of(definition: Definition, source: str, path: Names) -> Condition:
    """What an expression at the node `path` says."""
    try:
        return _Reader(definition, path).read(parse(source))
    except (ExpressionError, RecursionError):
        return Unsaid()


def question_read(definition: Definition, source: str, path: Names) -> Names | None:
    """The path of the one question whose answer an expression is, or None if it is anything else."""
    try:
        return _Reader(definition, path).question(parse(source))
    except (ExpressionError, RecursionError):
        return None


def constant_of(source: str) -> str | None:
    """The text of an expression that is nothing but a number or a text."""
    try:
        found = parse(source)
    except (ExpressionError, RecursionError):
        return None
    return _literal(found)


def leaves(condition: Condition) -> list[Condition]:
    """The facts that a condition is made of."""
    if isinstance(condition, (Every, Either)):
        return [leaf for part in condition.parts for leaf in leaves(part)]
    return [condition]


def every(*parts: Condition) -> Condition:
    """All of these hold."""
    return _joined("and", list(parts))


def negated(condition: Condition) -> Condition:
    """What holds when the condition does not."""
    if isinstance(condition, Test):
        return condition.negated()
    if isinstance(condition, Truth):
        return Truth(not condition.holds)
    if isinstance(condition, Every):
        return _joined("or", [negated(part) for part in condition.parts])
    if isinstance(condition, Either):
        return _joined("and", [negated(part) for part in condition.parts])
    return condition


class _Reader:
    def __init__(self, definition: Definition, path: Names) -> None:
        self._definition = definition
        self._path = path
        self._depth = 0

    def read(self, expression: Expression) -> Condition:
        if isinstance(expression, Call):
            return self._call(expression)
        if isinstance(expression, Binary):
            if expression.operator in ("and", "or"):
                return _joined(expression.operator, [self.read(expression.left), self.read(expression.right)])
            if expression.operator in _RELATIONS:
                return self._comparison(expression.operator, expression.left, expression.right)
        question = self.question(expression)
        return Test(question, "answered") if question and self._asked(question) else Unsaid()

    def _call(self, call: Call) -> Condition:
        if call.name in ("true", "false") and not call.arguments:
            return Truth(call.name == "true")
        if call.name in ("not", "boolean") and len(call.arguments) == 1:
            inner = self.read(call.arguments[0])
            return negated(inner) if call.name == "not" else inner
        if call.name == "selected" and len(call.arguments) == 2:
            return self._selected(call.arguments[0], _literal(call.arguments[1]))
        return Unsaid()

    def _selected(self, of: Expression, option: str | None) -> Condition:
        question = self.question(of)
        if question is None or option is None:
            return Unsaid()
        if not self._asked(question):
            return self._computed(question, "=", option)
        several = self._definition.specs[question].type in ("select_multiple", "rank")
        return Test(question, "is", option, measure="option" if several else "")

    def _comparison(self, operator: str, left: Expression, right: Expression) -> Condition:
        if _literal(left) is not None or _is_today(left):
            left, right, operator = right, left, _TURNED[operator]
        measure, measured = _measured(left)
        question = self.question(measured)
        if question is None:
            return self._of_a_truth(operator, left, right)
        value = "today" if _is_today(right) else _literal(right)
        if not self._asked(question):
            return self._computed(question, operator, value) if value is not None and not measure else Unsaid()
        relation = _RELATIONS[operator]
        if value is None:
            other = self.question(right)
            return Test(question, relation, "", other) if other and self._asked(other) and not measure else Unsaid()
        if value == "" or (measure == "length" and (relation, value) in _NO_TEXT):
            return Test(question, "empty" if relation in ("is", "most", "less") else "answered")
        if measure and (relation, value) in _SOME:
            return Test(question, "answered")
        return Test(question, relation, value, measure=measure)

    def _of_a_truth(self, operator: str, left: Expression, right: Expression) -> Condition:
        """``selected(…) = true()``, ``(…) = 1``: a condition compared with a truth."""
        if operator not in ("=", "!=") or not isinstance(left, (Call, Binary)):
            return Unsaid()
        if isinstance(right, Call) and right.name in ("true", "false") and not right.arguments:
            holds = right.name == "true"
        elif _literal(right) in ("0", "1") and isinstance(left, Call) and left.name == "selected":
            holds = _literal(right) == "1"
        else:
            return Unsaid()
        inner = self.read(left)
        return inner if holds is (operator == "=") else negated(inner)

    def _computed(self, node: Names, operator: str, value: str | None) -> Condition:
        """A calculation compared with a text: what its own ``if`` asks, where that can be said."""
        spec = self._definition.specs.get(node)
        if spec is None or spec.calculate is None or operator not in ("=", "!=") or value is None or self._depth >= _DEEPEST:
            return Unsaid()
        before, self._path = self._path, node
        self._depth += 1
        try:
            found = self._gives(parse(spec.calculate.source), value)
        finally:
            self._path = before
            self._depth -= 1
        return found if operator == "=" else negated(found)

    def _gives(self, expression: Expression, value: str) -> Condition:
        """When an expression has this value."""
        literal = _literal(expression)
        if literal is not None:
            return Truth(literal == value)
        if isinstance(expression, Call) and expression.name == "if" and len(expression.arguments) == 3:
            test, then, otherwise = expression.arguments
            asked = self.read(test)
            return _joined("or", [
                _joined("and", [asked, self._gives(then, value)]), _joined("and", [negated(asked), self._gives(otherwise, value)]),
            ])
        if isinstance(expression, Call) and expression.name in _SAME_VALUE and len(expression.arguments) == 1:
            return self._gives(expression.arguments[0], value)
        question = self.question(expression)
        if question is None:
            return Unsaid()
        return Test(question, "is", value) if self._asked(question) else self._computed(question, "=", value)

    def _asked(self, question: Names) -> bool:
        spec = self._definition.specs[question]
        return spec.kind == "question" and spec.type != "note" and spec.calculate is None

    def question(self, expression: Expression) -> Names | None:
        """The path of the leaf that a path of plain steps leads to."""
        while isinstance(expression, Call) and expression.name in _SAME_VALUE and len(expression.arguments) == 1:
            expression = expression.arguments[0]
        if not isinstance(expression, Path) or (expression.base is not None and expression.base != Call("current", ())):
            return None
        names = [] if expression.absolute else list(self._path)
        for step in expression.steps:
            if step.predicates or step.axis not in ("child", "parent", "self"):
                return None
            if step.axis == "child":
                names.append(step.test)
            elif step.axis == "parent":
                del names[-1:]
        spec = self._definition.specs.get(tuple(names))
        return spec.path if spec is not None and not spec.children else None


_NO_TEXT = frozenset({("is", "0"), ("less", "1"), ("most", "0")})
_SOME = frozenset({("more", "0"), ("least", "1"), ("is_not", "0")})


def _joined(how: str, parts: list[Condition]) -> Condition:
    """Parts under one ``and`` or ``or``, without those that change nothing."""
    kind, decides = (Every, False) if how == "and" else (Either, True)
    kept: list[Condition] = []
    for part in parts:
        if isinstance(part, Truth):
            if part.holds is decides:
                return part
            continue
        kept += [one for one in (part.parts if isinstance(part, kind) else (part,)) if one not in kept]
    if not kept:
        return Truth(not decides)
    return kept[0] if len(kept) == 1 else kind(tuple(kept))


def _literal(expression: Expression) -> str | None:
    if isinstance(expression, Negation) and isinstance(expression.operand, Literal) and isinstance(expression.operand.value, float):
        return _number(-expression.operand.value)
    if not isinstance(expression, Literal):
        return None
    return expression.value if isinstance(expression.value, str) else _number(expression.value)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _is_today(expression: Expression) -> bool:
    while isinstance(expression, Call) and expression.name in ("date", "format-date") and expression.arguments:
        expression = expression.arguments[0]
    return isinstance(expression, Call) and expression.name in ("today", "now") and not expression.arguments


def _measured(expression: Expression) -> tuple[str, Expression]:
    if isinstance(expression, Call) and len(expression.arguments) == 1:
        measure = {"string-length": "length", "count-selected": "count"}.get(expression.name)
        if measure:
            return measure, expression.arguments[0]
    return "", expression

