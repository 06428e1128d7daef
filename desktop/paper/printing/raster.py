"""Pages as the pictures that printers without PDF take: PWG raster (PWG 5102.4) and URF. Black, or grey with eight bits to a dot.

Both begin with a word that names them, have a head before every page, and pack lines alike: how often the line comes, then runs of equal
dots and stretches of different ones.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

PWG, URF = "image/pwg-raster", "image/urf"
_DARK = 160  # of 255: what is darker is a black dot where there is no grey
_RUNS = re.compile(rb"(.)\1{1,127}", re.DOTALL)
_MOST_LINES = 256
_GREY_SPACE, _BLACK_SPACE = 18, 3


@dataclass(frozen=True)
class Drawing:
    """How the dots are sent: the name of the format, dots to the inch, whether there is grey, the name of the sheet."""

    kind: str
    dpi: int
    grey: bool
    media: str


@dataclass(frozen=True)
class Grey:
    """A page as dots, one byte each, 255 is white, rows without padding."""

    width: int
    height: int
    dots: bytes


def begin(drawing: Drawing, pages: int) -> bytes:
    """What stands before the first page."""
    return b"UNIRAST\0" + struct.pack(">I", pages) if drawing.kind == URF else b"RaS2"


def page(drawing: Drawing, grey: Grey, pages: int) -> Iterator[bytes]:
    """One page, a little at a time."""
    dots, wide = grey.dots, grey.width
    if not drawing.grey:
        picture = Image.frombytes("L", (grey.width, grey.height), dots).point([255 * (at < _DARK) for at in range(256)]).convert("1")
        dots, wide = picture.tobytes(), (grey.width + 7) // 8
    yield _urf_head(drawing, grey) if drawing.kind == URF else _pwg_head(drawing, grey, wide, pages)
    packed: dict[bytes, bytes] = {}
    for line, times in _lines(dots, wide, grey.height):
        if line not in packed:
            packed[line] = _packed(line)
        yield bytes([times - 1]) + packed[line]


def _lines(dots: bytes, wide: int, high: int) -> Iterator[tuple[bytes, int]]:
    """Every line and how many times it stands under itself."""
    last, times = dots[:wide], 0
    for at in range(high):
        line = dots[at * wide:(at + 1) * wide]
        if line == last and times < _MOST_LINES:
            times += 1
            continue
        yield last, times
        last, times = line, 1
    yield last, times


def _packed(line: bytes) -> bytes:
    """Runs as (times - 1, dot), stretches of different dots as (257 - count, dots); a single dot is a run of one."""
    out, at = bytearray(), 0
    for run in _RUNS.finditer(line):
        _different(out, line[at:run.start()])
        out += bytes((run.end() - run.start() - 1, line[run.start()]))
        at = run.end()
    _different(out, line[at:])
    return bytes(out)


def _different(out: bytearray, dots: bytes) -> None:
    for at in range(0, len(dots), 128):
        piece = dots[at:at + 128]
        out.append(0 if len(piece) == 1 else 257 - len(piece))
        out += piece


def _urf_head(drawing: Drawing, grey: Grey) -> bytes:
    one_side, normal = 1, 4
    return struct.pack(">BBBBIIIIII", 8, 0, one_side, normal, 0, 0, grey.width, grey.height, drawing.dpi, 0) + bytes(4)


def _pwg_head(drawing: Drawing, grey: Grey, line: int, pages: int) -> bytes:
    """1,796 bytes; what is not named stays zero. Places are those of the standard's table."""
    head = bytearray(1796)
    bits = 8 if drawing.grey else 1
    head[0:9] = b"PwgRaster"
    for at, value in (
        (276, drawing.dpi), (280, drawing.dpi), (340, 1), (352, round(grey.width * 72 / drawing.dpi)),
        (356, round(grey.height * 72 / drawing.dpi)), (372, grey.width), (376, grey.height), (384, bits), (388, bits), (392, line),
        (400, _GREY_SPACE if drawing.grey else _BLACK_SPACE), (420, 1), (452, pages), (456, 1), (460, 1), (480, 0xFFFFFF),
    ):
        struct.pack_into(">I", head, at, value)
    name = drawing.media.encode("ascii")[:63]
    head[1732:1732 + len(name)] = name
    return bytes(head)
