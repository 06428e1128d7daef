"""Tokens to the tree of an expression."""

from __future__ import annotations

from desktop.forms.xpath.axes import AXES
from desktop.forms.xpath.errors import ExpressionError
from desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Literal, Negation, Path, Step
from desktop.forms.xpath.tokens import Token, tokenize

_STRENGTH = {
    operator: strength
    for strength, operators in enumerate((("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod")))
    for operator in operators
}
_NODE_TESTS = frozenset({"node", "text", "comment", "processing-instruction"})
_DESCENT = Step("descendant-or-self", "node()")
_DEEPEST = 150  # an expression nested deeper than this was not written by a person (ifs in the last place of an if do not count)


def parse(source: str) -> Expression:
    """The expression in `source`. ExpressionError if it is none."""
    reader = _Reader(tokenize(source))
    try:
        expression = reader.expression()
    except RecursionError:  # called from deep down itself
        raise ExpressionError("syntax", reader.now.value) from None
    if reader.now.kind != "end":
        raise ExpressionError("syntax", reader.now.value)
    return expression


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def now(self) -> Token:
        return self._tokens[self._at]

    def _after(self) -> Token:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    @property
    def _before(self) -> Token:
        return self._tokens[self._at - 1]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        if token.kind != "end":
            self._at += 1
        return token

    def _is(self, *values: str) -> bool:
        return self.now.kind in ("sign", "operator") and self.now.value in values

    def _expect(self, value: str) -> None:
        if not self._is(value):
            raise ExpressionError("syntax", self.now.value or value)
        self._take()

    def expression(self, weakest: int = 0, base: Expression | None = None) -> Expression:
        """All that binds at least as strongly as `weakest`. `base`: what it begins with, if that was read already."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExpressionError("syntax", self.now.value)
        left = self._unary(base)
        while self.now.kind == "operator" and _STRENGTH.get(self.now.value, -1) >= weakest:
            operator = self._take().value
            left = Binary(operator, left, self.expression(_STRENGTH[operator] + 1))
        self._depth -= 1
        return left

    def _unary(self, base: Expression | None) -> Expression:
        negative = False
        while base is None and self._is("-"):
            self._take()
            negative = not negative
        left = self._path(base)
        while self._is("|"):
            self._take()
            left = Binary("|", left, self._path(None))
        return Negation(left) if negative else left

    def _path(self, base: Expression | None) -> Expression:
        base = self._primary() if base is None else base
        if base is not None:
            predicates = self._predicates()
            if predicates:
                base = Filter(base, predicates)
            if not self._is("/", "//"):
                return base
            return Path(base, False, tuple(self._more_steps()))
        steps: list[Step] = []
        absolute = self._is("/", "//")
        if absolute:
            if self._take().value == "//":
                steps.append(_DESCENT)
            elif self.now.kind != "name" and not self._is(".", "..", "@", "*"):
                return Path(None, True, ())
        steps.append(self._step())
        steps += self._more_steps()
        return Path(None, absolute, tuple(steps))

    def _more_steps(self) -> list[Step]:
        steps: list[Step] = []
        while self._is("/", "//"):
            if self._take().value == "//":
                steps.append(_DESCENT)
            steps.append(self._step())
        return steps

    def _primary(self) -> Expression | None:
        kind, value = self.now
        if kind == "text":
            self._take()
            return Literal(value)
        if kind == "number":
            self._take()
            return Literal(float(value))
        if self._is("("):
            self._take()
            inner = self.expression()
            self._expect(")")
            return inner
        if self._is_call("if"):
            return self._choice()
        if kind == "name" and self._after() == Token("sign", "(") and value not in _NODE_TESTS:
            self._take()
            return Call(value, self._arguments())
        return None

    def _is_call(self, name: str) -> bool:
        return self.now == Token("name", name) and self._after() == Token("sign", "(")

    def _choice(self) -> Expression:
        """``if(a, b, if(c, d, ...))``: hundreds of them inside each other are read one after another."""
        opened: list[list[Expression]] = []
        given = self._opened_choice()
        while self._wants_third(given) and self._is_call("if"):
            opened.append(given)
            given = self._opened_choice()
        if self._wants_third(given):
            given.append(self.expression())
        result = self._closed_choice(given)
        while opened:
            outer = opened.pop()
            outer.append(self.expression(base=result))
            result = self._closed_choice(outer)
        return result

    def _opened_choice(self) -> list[Expression]:
        """What stands between ``if(`` and its second comma."""
        self._take()
        self._expect("(")
        given: list[Expression] = []
        while not self._is(")") and len(given) < 2:
            given.append(self.expression())
            if not self._is(","):
                break
            self._take()
        return given

    def _wants_third(self, given: list[Expression]) -> bool:
        return len(given) == 2 and self._before == Token("sign", ",")

    def _closed_choice(self, given: list[Expression]) -> Expression:
        while self._is(","):
            self._take()
            given.append(self.expression())
        self._expect(")")
        return Call("if", tuple(given))

    def _arguments(self) -> tuple[Expression, ...]:
        self._expect("(")
        found: list[Expression] = []
        if not self._is(")"):
            found.append(self.expression())
            while self._is(","):
                self._take()
                found.append(self.expression())
        self._expect(")")
        return tuple(found)

    def _predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self._is("["):
            self._take()
            found.append(self.expression())
            self._expect("]")
        return tuple(found)

    def _step(self) -> Step:
        if self._is("."):
            self._take()
            return Step("self", "node()", self._predicates())
        if self._is(".."):
            self._take()
            return Step("parent", "node()", self._predicates())
        axis = "child"
        if self._is("@"):
            self._take()
            axis = "attribute"
        elif self.now.kind == "name" and self._after() == Token("sign", "::"):
            axis = self._take().value
            self._take()
            if axis not in AXES:
                raise ExpressionError("syntax", axis)
        test, prefix, target = self._test()
        return Step(axis, test, self._predicates(), prefix, target)

    def _test(self) -> tuple[str, str, str]:
        """(test, prefix of a name, target of a processing instruction)."""
        kind, value = self._take()
        if value == "*" and kind in ("sign", "operator"):
            return "*", "", ""
        if kind != "name":
            raise ExpressionError("syntax", value or "/")
        if self._is("(") and value in _NODE_TESTS:
            self._take()
            target = self._take().value if self.now.kind == "text" and value == "processing-instruction" else ""
            self._expect(")")
            return f"{value}()", "", target
        prefix, _, name = value.rpartition(":")
        return name, prefix, ""
