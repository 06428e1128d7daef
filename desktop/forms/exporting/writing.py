"""Tables as files: comma separated values, and a workbook. Rows are written as they come; nothing is kept but what is being packed.

The workbook is written here and not by a library, because those that write row by row keep the rows in a temporary file: a copy of people's
answers that nobody locked, in a place nobody chose.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import BinaryIO

from desktop.forms.exporting.tables import Table

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,14})?")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*")
_COMMANDS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UNSEEN = re.compile("[\\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*")
"""What some programs skip at the beginning of a cell."""
_CELL_MOST = 32_767
"""Characters that a cell of a workbook can hold."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def harmless(text: str) -> str:
    """A text that no spreadsheet program takes for a command: an apostrophe before what begins like one. Numbers stay as they are."""
    bare = text[_UNSEEN.match(text).end():]  # type: ignore[union-attr]  # it matches everywhere
    if text.startswith(("\t", "\r")) or (bare.startswith(_COMMANDS) and not _PLAIN_NUMBER.fullmatch(text)):
        return f"'{text}"
    return text


class CommaFile:
    """One table as comma separated values: UTF-8 with a mark at its beginning, so that spreadsheet programs read Burmese right."""

    def __init__(self, stream: BinaryIO, table: Table) -> None:
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=False)
        self._rows = csv.writer(self._text)
        self.add(table.heads)

    def add(self, cells: Sequence[str]) -> None:
        """One row."""
        self._rows.writerow([harmless(cell) for cell in cells])

    def close(self) -> None:
        """Write what is left. The stream stays open."""
        self._text.flush()
        self._text.detach()


class Workbook:
    """Tables as the sheets of one workbook (.xlsx). The first sheet goes straight to the file; the others are packed in memory and follow."""

    def __init__(self, stream: BinaryIO, tables: Sequence[Table], title: str) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        self._names = _sheet_names([table.name or title for table in tables])
        _write_frame(self._zip, self._names)
        self._first = self._zip.open("xl/worksheets/sheet1.xml", "w", force_zip64=True)
        self._sheets = [_Sheet(self._first.write if place == 0 else None, table) for place, table in enumerate(tables)]

    def add(self, place: int, cells: Sequence[str]) -> None:
        """One row of the table at that place."""
        self._sheets[place].add(cells)

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Finish the file; one that failed is only let go of."""
        if error is None:
            self.close()
        else:
            with suppress(OSError, ValueError):
                self._first.close()
                self._zip.close()

    def close(self) -> None:
        """Finish the file. The stream stays open."""
        self._sheets[0].close()
        self._first.close()
        for place, sheet in enumerate(self._sheets[1:], 2):
            with self._zip.open(f"xl/worksheets/sheet{place}.xml", "w", force_zip64=True) as entry:
                sheet.close()
                sheet.pour(entry.write)
        self._zip.close()


_SHEET_BEGINS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    "</sheetViews><sheetData>"
)
_SHEET_ENDS = "</sheetData></worksheet>"
_AT_ONCE = 64 * 1024


class _Sheet:
    """The rows of one sheet. Without `write` they are packed in memory until `pour`."""

    def __init__(self, write: object, table: Table) -> None:
        self._write = write
        self._packer = zlib.compressobj(4)
        self._packed = io.BytesIO()
        self._numbers = table.numbers
        self._letters = [column_letters(at) for at in range(len(table.heads))]
        self._count = 0
        self._waiting: list[str] = [_SHEET_BEGINS]
        self._size = 0
        self._put([_text_cell(text) for text in table.heads])

    def add(self, cells: Sequence[str]) -> None:
        self._put([
            f"><v>{text}</v></c>" if number and _NUMBER.fullmatch(text) else _text_cell(text)
            for text, number in zip(cells, self._numbers)
        ])

    def _put(self, cells: Sequence[str]) -> None:
        self._count += 1
        row = str(self._count)
        made = "".join(f'<c r="{letters}{row}"{cell}' for letters, cell in zip(self._letters, cells) if cell)
        self._waiting.append(f'<row r="{row}">{made}</row>')
        self._size += len(made)
        if self._size > _AT_ONCE:
            self._send()

    def _send(self) -> None:
        data = "".join(self._waiting).encode()
        self._waiting.clear()
        self._size = 0
        if callable(self._write):
            self._write(data)
        else:
            self._packed.write(self._packer.compress(data))

    def close(self) -> None:
        self._waiting.append(_SHEET_ENDS)
        self._send()
        self._packed.write(self._packer.flush())

    def pour(self, write: object) -> None:
        """Hand the rows that were packed on."""
        assert callable(write)
        self._packed.seek(0)
        unpacker = zlib.decompressobj()
        while piece := self._packed.read(_AT_ONCE):
            write(unpacker.decompress(piece))
        write(unpacker.flush())


def _text_cell(text: str) -> str:
    if not text:
        return ""
    if len(text) > _CELL_MOST:
        text = f"{text[:_CELL_MOST - 1]}…"
    return f' t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'


def escaped(text: str) -> str:
    """Text as it may stand in XML; signs that XML cannot hold are left out."""
    if _UNWRITABLE.search(text):
        text = _UNWRITABLE.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("\r", "&#13;")


def column_letters(at: int) -> str:
    """A, B, … Z, AA: the column at that place, from 0."""
    return chr(65 + at) if at < 26 else column_letters(at // 26 - 1) + chr(65 + at % 26)


_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_NAME_MOST = 31


def _sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that a workbook takes, each once. Excel keeps one for itself."""
    found: list[str] = []
    taken = {"history"}
    for name in wanted:
        bare = _NOT_IN_A_NAME.sub(" ", name).strip()[:_NAME_MOST] or "form"
        unique, number = bare, 2
        while unique.lower() in taken:
            unique = f"{bare[:_NAME_MOST - len(str(number)) - 1]} {number}"
            number += 1
        found.append(unique)
        taken.add(unique.lower())
    return found


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _write_frame(packed: zipfile.ZipFile, names: Sequence[str]) -> None:
    """All parts of the workbook but its sheets (ECMA-376, part 1, 12.3)."""
    sheets = range(1, len(names) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>' for at in sheets
    )
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>' + "".join(
            f'<sheet name="{escaped(name)}" sheetId="{at}" r:id="r{at}"/>' for at, name in zip(sheets, names)
        ) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">' + "".join(
            f'<Relationship Id="r{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in sheets
        ) + "</Relationships>",
    }
    for name, body in parts.items():
        packed.writestr(name, _HEAD + body)
