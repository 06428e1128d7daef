"""Text of an expression to tokens."""

from __future__ import annotations

import re
from typing import NamedTuple

from desktop.forms.xpath.errors import ExpressionError


class Token(NamedTuple):
    """`kind`: text (a literal without its quotes), number, sign (punctuation), operator (also ``and or mod div *`` where they
    are operators), name, end."""

    kind: str
    value: str


_PATTERN = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')"""
    r"""|(?P<number>\d+(?:\.\d*)?|\.\d+)"""
    r"""|(?P<sign>\.\.|::|//|!=|<=|>=|[()\[\]/@,|+\-*=<>.])"""
    r"""|(?P<name>[^\W\d][\w.\-]*(?::(?!:)(?:[^\W\d][\w.\-]*|\*))?)"""
)
_SPACE = re.compile(r"\s*")
_WORDS = frozenset({"and", "or", "mod", "div"})
_OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">=", "+", "-", "|"})
_OPENERS = frozenset({"(", "[", ",", "/", "//", "@", "::"})


def tokenize(source: str) -> list[Token]:
    """The tokens, with one of kind ``end`` last. ExpressionError at the first character that fits nowhere."""
    found: list[Token] = []
    at = _SPACE.match(source, 0).end()  # type: ignore[union-attr]  # \s* always matches
    while at < len(source):
        match = _PATTERN.match(source, at)
        if match is None:
            raise ExpressionError("syntax", source[at : at + 20])
        found.append(_token(match, found[-1] if found else None))
        at = _SPACE.match(source, match.end()).end()  # type: ignore[union-attr]
    found.append(Token("end", ""))
    return found


def _token(match: re.Match[str], before: Token | None) -> Token:
    kind, value = str(match.lastgroup), match.group()
    if kind == "text":
        return Token("text", value[1:-1])
    after_operand = before is not None and before.kind != "operator" and not (
        before.kind == "sign" and before.value in _OPENERS
    )
    if value in _OPERATORS or (after_operand and (value == "*" or value in _WORDS)):
        return Token("operator", value)
    return Token(kind, value)
