"""QR codes and case codes as marks on a page."""

from __future__ import annotations

from functools import lru_cache

import zxingcpp

from desktop.paper import shaping
from desktop.paper.page import HAIR, MM, Page, shape

_CELLS = 8.42  # a case code takes eight cells and the air around its check character


def squares(data: str | bytes, level: str = "Q") -> list[list[int]]:
    """A QR code as rows of modules, 0 dark and 255 light, without its quiet zone."""
    code = zxingcpp.create_barcode(data, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    rows: list[list[int]] = memoryview(code.to_image(scale=1, add_quiet_zones=False)).tolist()  # type: ignore[arg-type, assignment]
    return rows


@lru_cache(maxsize=256)
def _pattern(data: str | bytes, level: str) -> tuple[int, str]:
    """(modules to a side, rectangles as PDF operators in units of modules). Runs of dark modules are joined, first along the row,
    then down the rows, so that no printer leaves hairlines between them."""
    rows = squares(data, level)
    size = len(rows)
    open_runs: dict[tuple[int, int], int] = {}
    done: list[str] = []
    for y in range(size + 1):
        runs = set(_runs(rows[y])) if y < size else set()
        for run in sorted(set(open_runs) - runs):
            top = open_runs.pop(run)
            done.append(f"{run[0]} {top} {run[1] - run[0]} {y - top} re")
        for run in runs:
            open_runs.setdefault(run, y)
    return size, " ".join(done)


def _runs(row: list[int]) -> list[tuple[int, int]]:
    runs, start = [], None
    for x, value in enumerate([*row, 255]):
        if value < 128 and start is None:
            start = x
        elif value >= 128 and start is not None:
            runs.append((start, x))
            start = None
    return runs


def qr(page: Page, x: float, y: float, side: float, data: str | bytes, level: str = "Q") -> float:
    """A QR code, `side` mm wide without its quiet zone. Returns the size of a module in mm."""
    modules, rectangles = _pattern(data, level)
    page.squares(x, y, side, modules, rectangles)
    return side / modules


def case_code(page: Page, x: float, y: float, code: str, size: float, *, align: str = "left", cell: float = 0.0) -> float:
    """A case code with its baseline at y: two groups of four in fixed cells, the check character in a box with air on both sides.
    Returns its width in mm."""
    cell = cell or size * 0.228
    gap = cell * 0.6
    wide = _CELLS * cell + gap
    x -= {"left": 0.0, "centre": wide / 2, "right": wide}[align]
    for place, character in enumerate(code):
        x += gap if place == 4 else cell * 0.21 if place == 7 else 0.0
        page.text(x + cell / 2, y, character, size, align="centre", face=shaping.codes())
        if place == 7:
            high, air = size * 0.714 / MM, size * 0.05
            _, bottom, _, _ = shape(character, face=shaping.codes()).ink  # the tail of a Q hangs below the line
            below = max(air, -bottom * size / 1000 / MM + 0.3 * air)
            page.box(x - 0.09 * cell, y - high - air, cell * 1.18, high + air + below, 1.0 if size > 18 else HAIR)
        x += cell
    return wide
