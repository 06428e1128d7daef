"""Damage done to workbooks at random, the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from desktop.forms.importing.excel import read_xls, read_xlsx
from tests.desktop.forms.importing.books import rows, xlsx

Sheets = list[tuple[str, list[list[str]]]]
JUNK = (
    "", "  ", "\u200bname", "${", "${x", "${ age }", "${nothing}", "if(", "1 +", "selected(", "‘yes’", "“", "begin group", "end group", "begin repeat", "end repeat",
    "select_one", "select_one nolist", "select_multiple yes_no or_other", "1.0", "-1", "<b>&amp;", "&", "meta", "data", "a b c", "1abc", "é", "အမည်", "TRUE",
    "2020-01-01 00:00:00", "x" * 4000, "../..", "/data/x", ".", "instance(", "indexed-repeat(${a}, ${b}, 1)", "pulldata('a', 'b', 'c', 'd')", "repeat", "range",
    "audit", "rank", "calculate", "note", "text", "string", "image", "geopoint", "start", "#REF!", "\n", "\t", "$", "{", "}", "label::", "::", "media::image", "type",
    "name", "list_name", "or_other", "search('x')", "table-list", "${last-saved#age}",
)
PATHS = ("", "/data/x", "../..", "(", "'", "/", "//", "${x}", "instance(1)", "jr:itext(", "0", "-1", "1e9", "  ")
_TAG = re.compile(r"<[^>]+>")
_VALUE = re.compile(r'="([^"]*)"')
_ATTRIBUTE = re.compile(r' [\w:]+="[^"]*"')
_LEAF = re.compile(r"<([\w:]+)\b[^>]*?/>|<([\w:]+)\b[^>]*>[^<]*</\2>")
NAMES = ("Survey", "survey ", "choice", "settings", "x", "external_choices", "entities", "osm")
OWN: Sheets = [
    ("survey", [[str(cell or "") for cell in row] for row in rows(
        "type | name | label::English | label::Burmese | relevant | calculation | constraint | choice_filter | appearance | repeat_count | required | default",
        "start | begun | | | | | | | | | |", "text | who | Who? | ဘယ်သူလဲ | | | | | | | yes |", "integer | age | Age | အသက် | | | . < 120 | | | | |",
        "begin group | about | About | အကြောင်း | ${age} > 3 | | | | field-list | | |", "select_one yes_no | well | Well? | နေကောင်းလား | | | | | | | |",
        "select_multiple needs | need | Needs | လိုအပ်ချက် | ${well} = 'no' | | | | minimal | | |", "note | told | For ${who} | ${who} အတွက် | | | | | | | |",
        "end group | | | | | | | | | | |", "begin repeat | kin | Kin | ဆွေမျိုး | | | | | | ${age} | |", "text | kin_name | Name | အမည် | | | | | | | |",
        "calculate | older | | | | if(${age} > 18, 1, 0) | | | | | |", "end repeat | | | | | | | | | | |",
        "select_one towns | town | Town | မြို့ | | | | state = ${who} | | | |", "date | day | Day | ရက် | | | . <= today() | | | | | today()",
    )]),
    ("choices", [[str(cell or "") for cell in row] for row in rows(
        "list_name | name | label::English | label::Burmese | state", "yes_no | yes | Yes | ဟုတ် |", "yes_no | no | No | မဟုတ် |", "needs | bed | Bed | အိပ်ရာ |",
        "needs | food | Food | အစာ |", "towns | t1 | One | တစ် | a", "towns | t2 | Two | နှစ် | b",
    )]),
    ("settings", [["form_title", "form_id", "version", "default_language"], ["Needs", "needs", "3", "English"]]),
]


def sheets_of(source: bytes) -> Sheets:
    """The sheets of a workbook as lists of texts."""
    book = read_xlsx(source) if source.startswith(b"PK") else read_xls(source)
    return [
        (sheet.name, [[column.header for column in sheet.columns], *([row.cells.get(column.at, "") for column in sheet.columns] for row in sheet.rows)])
        for sheet in book.sheets if sheet.role
    ]


def damaged(source: Sheets, seed: int) -> bytes:
    """The workbook with one to six things broken in it; one in six is broken as a file too."""
    chance = random.Random(seed)
    sheets = [(name, [list(row) for row in table]) for name, table in source]
    for _ in range(chance.choice((1, 1, 2, 2, 3, 6))):
        at = chance.randrange(len(sheets))
        table = sheets[at][1]
        if table:
            chance.choice(_WAYS)(chance, sheets, at)
    names = dict.fromkeys((name or "x")[:31].strip("'") for name, _ in sheets)
    made = {name: next(table for other, table in sheets if (other or "x")[:31].strip("'") == name) for name in names}
    content = xlsx({name: [[ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row] for row in table] for name, table in made.items()})
    return _broken(chance, content) if chance.randrange(6) == 0 else content


def damaged_xml(source: str, seed: int) -> bytes:
    """A compiled form with one thing broken in it: cut, a tag or an attribute gone, an attribute changed, an element gone or twice."""
    chance = random.Random(seed)
    way = chance.randrange(6)
    if way == 0:
        return source[: chance.randrange(len(source))].encode("utf-8")
    pattern = (_TAG, _VALUE, _ATTRIBUTE, _LEAF, _LEAF)[way - 1]
    found = chance.choice(list(pattern.finditer(source)))
    if way == 2:
        return (source[: found.start(1)] + chance.choice(PATHS) + source[found.end(1) :]).encode("utf-8")
    if way == 5:
        place = chance.choice(list(pattern.finditer(source))).end()
        return (source[:place] + found.group() + source[place:]).encode("utf-8")
    return (source[: found.start()] + source[found.end() :]).encode("utf-8")


def _broken(chance: random.Random, content: bytes) -> bytes:
    if chance.randrange(2):
        return content[: chance.randrange(len(content))]
    bits = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        bits[chance.randrange(len(bits))] ^= 1 << chance.randrange(8)
    return bytes(bits)


def _cell(chance: random.Random, sheets: Sheets, at: int) -> None:
    row = chance.choice(sheets[at][1])
    if row:
        row[chance.randrange(len(row))] = chance.choice(JUNK)


def _inside(chance: random.Random, sheets: Sheets, at: int) -> None:
    row = chance.choice(sheets[at][1])
    if row:
        column = chance.randrange(len(row))
        place = chance.randrange(len(row[column]) + 1)
        row[column] = row[column][:place] + chance.choice(JUNK) + row[column][place + chance.randrange(3) :]


def _from_elsewhere(chance: random.Random, sheets: Sheets, at: int) -> None:
    row, other = chance.choice(sheets[at][1]), chance.choice(chance.choice(sheets)[1] or [[""]])
    if row and other:
        row[chance.randrange(len(row))] = chance.choice(other)


def _header(chance: random.Random, sheets: Sheets, at: int) -> None:
    heads = sheets[at][1][0]
    if heads:
        heads[chance.randrange(len(heads))] = chance.choice([*JUNK, *heads])


def _row_gone(chance: random.Random, sheets: Sheets, at: int) -> None:
    sheets[at][1].pop(chance.randrange(len(sheets[at][1])))


def _row_again(chance: random.Random, sheets: Sheets, at: int) -> None:
    table = sheets[at][1]
    table.insert(chance.randrange(len(table) + 1), list(chance.choice(table)))


def _column_gone(chance: random.Random, sheets: Sheets, at: int) -> None:
    column = chance.randrange(max(1, len(sheets[at][1][0])))
    for row in sheets[at][1]:
        del row[column : column + 1]


def _sheet_name(chance: random.Random, sheets: Sheets, at: int) -> None:
    sheets[at] = (chance.choice(NAMES), sheets[at][1])


def _shuffled(chance: random.Random, sheets: Sheets, at: int) -> None:
    chance.shuffle(sheets[at][1])


_WAYS: tuple[Callable[[random.Random, Sheets, int], None], ...] = (
    _cell, _cell, _cell, _inside, _inside, _from_elsewhere, _from_elsewhere, _header, _header, _row_gone, _row_again, _column_gone, _sheet_name, _shuffled,
)
