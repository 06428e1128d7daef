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


_GOES_ON = r"[^\s!-,/:-@\[-^`{-~]"  # of a name: all but space and punctuation; vowel signs of Burmese are no letters to `re`
_BEGINS = rf"(?![0-9.\-]){_GOES_ON}"
_PATTERN = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')"""
    r"""|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"""
    r"""|(?P<sign>\.\.|::|//|!=|<=|>=|[()\[\]/@,|+\-*=<>.])"""
    rf"""|(?P<name>{_BEGINS}{_GOES_ON}*(?::(?!:)(?:{_BEGINS}{_GOES_ON}*|\*))?)"""
)
_GLUED = re.compile(r"(?:and|or|mod|div)(?=[0-9])")  # ``1and1``: no name can stand there
_SPACE = re.compile(r"\s*")
_WORDS = frozenset({"and", "or", "mod", "div"})
_OPERATORS = frozenset({"=", "!=", "<", "<=", ">", ">=", "+", "-", "|"})
_OPENERS = frozenset({"(", "[", ",", "/", "//", "@", "::"})


def tokenize(source: str) -> list[Token]:
    """The tokens, with one of kind ``end`` last. ExpressionError at the first character that fits nowhere."""
    found: list[Token] = []
    at = _SPACE.match(source, 0).end()  # type: ignore[union-attr]  # \s* always matches
    while at < len(source):
        after_operand = _is_operand(found[-1] if found else None)
        match = _PATTERN.match(source, at)
        if match is None:
            raise ExpressionError("syntax", source[at : at + 20])
        glued = _GLUED.match(source, at) if after_operand else None
        if glued is not None:
            found.append(Token("operator", glued.group()))
            at = glued.end()
            continue
        found.append(_token(match, after_operand))
        at = _SPACE.match(source, match.end()).end()  # type: ignore[union-attr]
    found.append(Token("end", ""))
    return found


def _is_operand(before: Token | None) -> bool:
    """Whether an operator may follow."""
    return before is not None and before.kind != "operator" and not (before.kind == "sign" and before.value in _OPENERS)


def _token(match: re.Match[str], after_operand: bool) -> Token:
    kind, value = str(match.lastgroup), match.group()
    if kind == "text":
        return Token("text", value[1:-1])
    if value in _OPERATORS or (after_operand and (value == "*" or value in _WORDS)):
        return Token("operator", value)
    return Token(kind, value)
