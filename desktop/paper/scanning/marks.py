"""Where a page lies on its picture: found by its code, its two rings and its black bar; then straightened."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from desktop.paper.documents.blank_form import Plate
from desktop.paper.scanning.flatness import Flat, Point, fitted

DPI = 200
SCALE = DPI / 25.4
"""Dots for a millimetre of a straightened page."""
_PATCH = 5.0  # dots for a millimetre where marks are looked for
_ONLY_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_READ_AT = 2600  # pixels of the longest side that are enough for a code
_RING_ROOM, _BAR_ROOM = 11.0, 8.0  # mm around the place where a mark is expected
_RING_SURE, _BAR_SURE = 0.45, 0.5


@dataclass(frozen=True)
class Code:
    """A code to scan that was found: what it says, and its corners on the picture (top left, top right, bottom right, bottom left of the
    code itself, however the picture is turned)."""

    text: str
    corners: tuple[Point, Point, Point, Point]


def codes_in(picture: Image.Image) -> list[Code]:
    """The codes on a grey picture. Several treatments are tried, the cheapest first."""
    share = max(1.0, max(picture.size) / _READ_AT)
    small = picture if share == 1.0 else picture.resize((round(picture.width / share), round(picture.height / share)), Image.Resampling.BOX)
    for treated in _treatments(small):
        rows = memoryview(treated.tobytes()).cast("B", (treated.height, treated.width))
        found = zxingcpp.read_barcodes(rows, formats=_ONLY_QR)
        times = picture.width / treated.width
        good = [Code(one.text, _corners(one.position, times)) for one in found if one.valid]
        if good:
            return good
    return []


def _treatments(picture: Image.Image) -> Iterator[Image.Image]:
    yield picture
    yield picture.filter(ImageFilter.GaussianBlur(1.2))
    yield ImageOps.autocontrast(picture.filter(ImageFilter.MedianFilter(3)), cutoff=2)
    yield picture.resize((max(1, picture.width // 2), max(1, picture.height // 2)), Image.Resampling.BOX)


def _corners(position: zxingcpp.Position, times: float) -> tuple[Point, Point, Point, Point]:
    places = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    one, two, three, four = ((place.x * times, place.y * times) for place in places)
    return one, two, three, four


def laid(picture: Image.Image, code: Code, plate: Plate) -> Flat | None:
    """Where the page lies on a grey picture; None if a ring is missing. Then nothing on the page can be trusted to its place."""
    left, top, side = plate.code
    square = ((left, top), (left + side, top), (left + side, top + side), (left, top + side))
    pairs: list[tuple[Point, Point]] = list(zip(square, code.corners))
    flat = fitted(pairs, slanted=False)
    if flat is None or not _plausible(flat, plate):
        return None
    # The ring that is nearer to the code first: it makes the place of the other one surer.
    for ring in sorted(plate.rings, key=lambda one: hypot(one[0] - left, one[1] - top)):
        found = _look(picture, flat, ring, _RING_ROOM, _ring_shape, _RING_SURE)
        if found is None:
            return None
        pairs.append((ring, found))
        flat = fitted(pairs, slanted=False) or flat
    bar_left, bar_top, _, bar_bottom = plate.bar
    bar = (bar_left, (bar_top + bar_bottom) / 2)
    found = _look(picture, flat, bar, _BAR_ROOM, lambda: _bar_shape((bar_bottom - bar_top) / 2), _BAR_SURE)
    if found is not None:
        pairs.append((bar, found))
    return fitted(pairs, slanted=True)


def _plausible(flat: Flat, plate: Plate) -> bool:
    """True if the page is neither a stamp nor a wall: 2 to 40 dots for a millimetre, about the same across and down."""
    (x0, y0), (x1, y1), (x2, y2) = flat(0, 0), flat(plate.width, 0), flat(0, plate.height)
    across, down = hypot(x1 - x0, y1 - y0) / plate.width, hypot(x2 - x0, y2 - y0) / plate.height
    return 2.0 <= across <= 40.0 and 0.6 <= across / down <= 1.7


Offsets = Sequence[tuple[int, int]]


def _ring_shape() -> tuple[Offsets, Offsets]:
    """Where a ring is dark and where it is light, in dots of a patch around its middle."""
    dark = [*_circle(1.52, 16), *_circle(0.3, 4), (0, 0)]
    return dark, [*_circle(0.92, 10), *_circle(2.25, 16)]


def _bar_shape(half: float) -> tuple[Offsets, Offsets]:
    """The same for the left end of the black bar, `half` mm above and below its middle."""
    high = [half * share for share in (-0.86, -0.5, 0.0, 0.5, 0.86)]
    dark = [(round(x * _PATCH), round(y * _PATCH)) for x in (0.5, 1.2, 2.0) for y in high]
    light = [(round(x * _PATCH), round(y * _PATCH)) for x in (-0.5, -1.2) for y in high]
    light += [(round(x * _PATCH), round(y * _PATCH)) for x in (0.5, 1.2, 2.0) for y in (-half - 0.6, half + 0.6)]
    return dark, light


def _circle(radius: float, count: int) -> list[tuple[int, int]]:
    return [
        (round(radius * _PATCH * cos(2 * pi * at / count)), round(radius * _PATCH * sin(2 * pi * at / count))) for at in range(count)
    ]


def _look(
    picture: Image.Image, flat: Flat, place: Point, room: float, shape: Callable[[], tuple[Offsets, Offsets]], sure: float
) -> Point | None:
    """Where on the picture the mark lies that is expected at this place of the sheet; None if there is nothing like it."""
    edge = 4.0  # mm beyond the places that are tried, for the shape itself
    side = round(2 * (room + edge) * _PATCH)
    corner = (place[0] - room - edge, place[1] - room - edge)
    patch = picture.transform(
        (side, side), Image.Transform.PERSPECTIVE, flat.coefficients(_PATCH, *corner), Image.Resampling.BILINEAR, fillcolor=255
    )
    dots = patch.filter(ImageFilter.GaussianBlur(0.7)).tobytes()
    dark, light = shape()
    darks, lights = [y * side + x for x, y in dark], [y * side + x for x, y in light]

    def score(x: int, y: int) -> float:
        at = y * side + x
        return sum([dots[at + one] for one in lights]) / len(lights) - sum([dots[at + one] for one in darks]) / len(darks)

    first, last = round(edge * _PATCH), side - round(edge * _PATCH)
    best = max((score(x, y), x, y) for y in range(first, last, 2) for x in range(first, last, 2))
    near = [
        (score(x, y), x, y) for y in range(best[2] - 3, best[2] + 4) for x in range(best[1] - 3, best[1] + 4)
        if first <= x < last and first <= y < last
    ]
    top = max(near)
    if top[0] < sure * _contrast(dots):
        return None
    x, y = _middle(near, top)
    return flat(corner[0] + (x + 0.5) / _PATCH, corner[1] + (y + 0.5) / _PATCH)


def _contrast(dots: bytes) -> float:
    """The difference between paper and print in a patch, at least 60."""
    ordered = sorted(dots[::7])
    return max(60.0, ordered[len(ordered) * 9 // 10] - ordered[len(ordered) // 200])


def _middle(near: Sequence[tuple[float, int, int]], top: tuple[float, int, int]) -> tuple[float, float]:
    """The middle of the best places, each by how good it is, finer than a dot."""
    floor = top[0] * 0.75
    weights = [(score - floor, x, y) for score, x, y in near if score > floor and abs(x - top[1]) <= 2 and abs(y - top[2]) <= 2]
    whole = sum(weight for weight, _, _ in weights) or 1.0
    return sum(weight * x for weight, x, _ in weights) / whole, sum(weight * y for weight, _, y in weights) / whole


def straightened(picture: Image.Image, flat: Flat, plate: Plate) -> Image.Image:
    """The page upright and flat, `DPI` dots for an inch."""
    size = round(plate.width * SCALE), round(plate.height * SCALE)
    return picture.transform(size, Image.Transform.PERSPECTIVE, flat.coefficients(SCALE), Image.Resampling.BICUBIC, fillcolor=255)


def upright(picture: Image.Image, code: Code) -> Image.Image:
    """The picture turned by quarters so that its code stands upright: for a page whose marks are not all there."""
    (x0, y0), (x1, y1) = code.corners[:2]
    across, down = x1 - x0, y1 - y0
    if abs(across) >= abs(down):
        return picture if across > 0 else picture.transpose(Image.Transpose.ROTATE_180)
    return picture.transpose(Image.Transpose.ROTATE_90 if down > 0 else Image.Transpose.ROTATE_270)
