"""Functions of other programs in rules, written with those that every program knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from desktop.forms.importing.repairs.fix import Fix, fix
from desktop.forms.importing.rules import rules
from desktop.forms.importing.table import Book, Column, Row

_CALL = re.compile(r"(?<![\w:.-])(?:cht:)?(difference-in-(?:days|weeks|months|years))\s*\(")


def _months(first: str, last: str) -> str:
    """Whole calendar months between two dates, blank while one of them is."""
    years = f"(number(format-date({last}, '%Y')) - number(format-date({first}, '%Y'))) * 12"
    months = f"number(format-date({last}, '%n')) - number(format-date({first}, '%n'))"
    days = f"if(number(format-date({last}, '%e')) < number(format-date({first}, '%e')), 1, 0)"
    return f"if({first} = '' or {last} = '', '', {years} + {months} - {days})"


def _days(first: str, last: str) -> str:
    return f"(int(decimal-date-time({last})) - int(decimal-date-time({first})))"


_WRITTEN: dict[str, Callable[[str, str], str]] = {
    "difference-in-months": _months,
    "difference-in-days": _days,
    "difference-in-weeks": lambda first, last: f"floor({_days(first, last)} div 7)",
    "difference-in-years": lambda first, last: f"floor(({_months(first, last)}) div 12)",
}


def functions(book: Book) -> Iterator[Fix]:
    """Differences of dates as the Community Health Toolkit counts them."""
    for sheet, row, column, before in list(rules(book)):
        after = rewritten(before)
        if after != before:
            yield fix(
                "repair.function", sheet.place(row, column), partial(_write, row, column, after), before=before, after=after, harmless=False,
                needed=True,
            )


def _write(row: Row, column: Column, text: str) -> None:
    row.cells[column.at] = text


def rewritten(rule: str) -> str:
    """The rule with every call of a known function of other programs written out; unchanged if it is not written as it must be."""
    for _ in range(20):
        found = _CALL.search(rule)
        if found is None:
            break
        given, end = _arguments(rule, found.end())
        if len(given) != 2:
            break
        rule = rule[: found.start()] + _WRITTEN[found[1]](given[0], given[1]) + rule[end:]
    return rule


def _arguments(rule: str, start: int) -> tuple[list[str], int]:
    """The arguments of a call whose bracket opened before `start`, and where it ends; none if it never does."""
    depth, quote, begin = 1, "", start
    found: list[str] = []
    for at in range(start, len(rule)):
        sign = rule[at]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
            if depth == 0:
                return [*found, rule[begin:at].strip()], at + 1
        elif sign == "," and depth == 1:
            found.append(rule[begin:at].strip())
            begin = at + 1
    return [], start
