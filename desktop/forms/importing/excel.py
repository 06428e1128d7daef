"""Workbooks of Excel to cells: the packed kind (xlsx, xlsm) and the old one (xls)."""

from __future__ import annotations

import datetime
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from itertools import chain
from typing import Any

from desktop.forms.importing.merged import merged_in
from desktop.forms.importing.refused import Refused
from desktop.forms.importing.table import EMPTY_ROWS, ROLES, Book, Sheet, sheet_of

MOST_CELLS = 1_000_000
MOST_COLUMNS = 400
_HEAD_ROWS = 15
"""Somewhere among the first rows stand the headers: cells to the right of them mean nothing."""
_PLAIN_STYLES = b'<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
_PARTS = ("[content_types].xml", "_rels/", "xl/workbook", "xl/_rels/", "xl/sharedstrings", "xl/worksheets/")


def read_xlsx(content: bytes) -> Book:
    """Refused: import.damaged, import.too_many_cells."""
    return _read(content) or _read(_bare(content)) or _nothing()


def _read(content: bytes) -> Book | None:
    """None where the reader fails, in one of its many ways; often only on decorations."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about decorations that are not read anyway
        try:
            return _packed(content)
        except Refused:
            raise
        except Exception:
            return None


def _nothing() -> Book:
    raise Refused("import.damaged")


def _packed(content: bytes) -> Book:
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.read()
    try:
        book, budget = Book("xlsx"), [MOST_CELLS]
        for name in reader.wb.sheetnames:
            sheet = reader.wb[name]
            if not hasattr(sheet, "iter_rows"):
                continue  # a sheet that is nothing but a chart
            sheet.reset_dimensions()
            head = sheet.iter_rows(max_row=_HEAD_ROWS, max_col=MOST_COLUMNS, values_only=True)
            width = max((len(_texts(row)) for row in head), default=1)
            rows = (_texts(row) for row in sheet.iter_rows(max_col=max(1, width), values_only=True))
            read = _sheet(name, rows, len(reader.wb.sheetnames), budget)
            read.merged = merged_in(reader.archive.read(sheet._worksheet_path)) if read.rows else []
            book.sheets.append(read)
        return book
    finally:
        reader.wb.close()
        reader.archive.close()


def _bare(content: bytes) -> bytes:
    """The same book without styles, themes, properties and drawings."""
    made = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, zipfile.ZipFile(made, "w") as bare:
            for member in archive.infolist():
                if member.filename.lower().startswith(_PARTS):
                    bare.writestr(member.filename, archive.read(member))
            bare.writestr("xl/styles.xml", _PLAIN_STYLES)
    except Exception:
        raise Refused("import.damaged") from None
    return made.getvalue()


def _sheet(name: str, rows: Iterator[list[str]], sheets: int, budget: list[int]) -> Sheet:
    """Read whole if it is worth it. Sheets that hold nothing of the form may be huge; those with another name but the right headers
    are read."""
    if sheets > 1 and not any(_near(name, role) for role in ROLES):
        first = next(rows, [])
        if "name" not in (text.lower() for text in first):
            return sheet_of(name, [])
        rows = chain([first], rows)
    return sheet_of(name, _grid(rows, budget))


def _near(name: str, role: str) -> bool:
    from difflib import SequenceMatcher

    bare = "".join(name.lower().split()).strip("_")
    return bare == role or SequenceMatcher(None, bare, role).ratio() >= 0.75


def _grid(rows: Iterable[list[str]], budget: list[int]) -> list[tuple[int, list[str]]]:
    """The rows up to the long gap that ends a sheet, numbered; `budget` holds how many cells may still come."""
    found: list[tuple[int, list[str]]] = []
    empty = 0
    for number, texts in enumerate(rows, 1):
        filled = sum(map(bool, texts))
        budget[0] -= filled
        if budget[0] < 0:
            raise Refused("import.too_many_cells", most=MOST_CELLS)
        empty = 0 if filled else empty + 1
        if empty > EMPTY_ROWS:
            break
        found.append((number, texts))
    return found


def _texts(values: Iterable[object]) -> list[str]:
    texts = [_text(value) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: object) -> str:
    """A cell's value as these forms mean it: whole numbers without a point, truths in capitals."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()


def read_xls(content: bytes) -> Book:
    """Refused: import.damaged, import.locked, import.too_many_cells."""
    import xlrd

    try:
        source = xlrd.open_workbook(file_contents=content, logfile=StringIO(), on_demand=True)
        book, budget = Book("xls"), [MOST_CELLS]
        for name in source.sheet_names():
            book.sheets.append(_sheet(name, _old_rows(source, source.sheet_by_name(name)), source.nsheets, budget))
        return book
    except Refused:
        raise
    except xlrd.XLRDError as error:
        raise Refused("import.locked" if "encrypt" in str(error).lower() else "import.damaged") from None
    except Exception:  # as above
        raise Refused("import.damaged") from None


def _old_rows(book: Any, sheet: Any) -> Iterator[list[str]]:
    from xlrd import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_ERROR
    from xlrd.biffh import error_text_from_code
    from xlrd.xldate import XLDateError, xldate_as_datetime

    for number in range(sheet.nrows):
        values: list[object] = []
        for cell in sheet.row(number)[:MOST_COLUMNS]:
            value: object = cell.value
            if cell.ctype == XL_CELL_BOOLEAN:
                value = bool(value)
            elif cell.ctype == XL_CELL_ERROR:
                value = error_text_from_code.get(cell.value, "#ERROR")
            elif cell.ctype == XL_CELL_DATE:
                try:
                    value = xldate_as_datetime(cell.value, book.datemode) if cell.value >= 1 else _time(cell.value)
                except (XLDateError, OverflowError, ValueError):
                    value = cell.value
            values.append(value)
        yield _texts(values)


def _time(part: float) -> datetime.time:
    seconds = round(part * 86400) % 86400
    return datetime.time(seconds // 3600, seconds // 60 % 60, seconds % 60)
