"""What a pen left in the boxes of a straightened page, measured against the empty boxes that were printed.

An empty box is white inside its line, so what is dark inside is ink. Each box is found again by its own line first: paper stretches, and a
box that is not where it should be is told, not guessed. Around a box, ink is what is dark where the sheet was printed white: a line that comes from
far and goes on is no cross, and a circle around a word is no empty box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin

from PIL import Image, ImageChops, ImageFilter

from desktop.paper import preview
from desktop.paper.documents.blank_form import Plate
from desktop.paper.page import TickBox
from desktop.paper.scanning.flatness import Point, fitted
from desktop.paper.scanning.marks import DPI, SCALE

_ROOM, _BESIDE, _PLACES = 1.9, 0.6, 28  # mm around a box in which its line is looked for; mm outside of it that are paper; dots compared
_INSET = 0.62  # mm from the middle of the line of a box to where ink is counted
_CORE = 1.15  # mm around the middle: a pen that meant the box went through here
_SEEN = 0.33  # how dark the line of a box must be, of the blackest on the page
_FEW = 6
_AROUND, _NEAR, _FAR = 2.4, 0.8, 1.5  # mm around a box where ink is looked for; mm outside of its line that ink crosses which goes on
_OPPOSITE = 0.6  # how far from the opposite direction, in radians, a line may leave a box that it came into
_LINE = 3  # dots of print that are left out beside what was printed: pages never lie quite right
_DARK, _FAINT = 0.3, 0.12  # of the way from paper to print: from here on something is ink; something light, which may be a pencil
_PALE = 0.1  # more of a box than of most boxes of the page that is at least faint: somebody wrote there


@dataclass(frozen=True)
class Inked:
    """How much of a box is dark: of all of it (0 to 1), and of its middle. `seen`: its line is where it was printed; else the two say nothing.
    `ways`: how often ink leaves the box for what lies around it: a line from elsewhere comes and goes. `beside`: mm² of ink close around it.
    `pale`: something is in it that is too light for ink."""

    box: TickBox
    ink: float
    core: float
    seen: bool
    ways: int = 0
    beside: float = 0.0
    pale: bool = False


def measured(page: Image.Image, plate: Plate) -> list[Inked]:
    """Every box of the page (grey, straightened). [] if too few boxes are where they should be: it is another page, or it is torn or bent."""
    soft = page.filter(ImageFilter.BoxBlur(0.6))
    white, black = _levels(soft)
    if white - black < 50 or not plate.ticks:
        return []
    places = [_found(soft, box, white, black) for box in plate.ticks]
    seen = [place is not None for place in places]
    if sum(seen) < 0.7 * len(seen):
        return []
    smooth = _smoothed(plate.ticks, places)
    printed = _printed(plate)
    found = [_look(soft, printed, box, place, white, black) for box, place in zip(plate.ticks, smooth)]
    usual = sorted(one.faint for one in found)[len(found) // 2]
    return [
        Inked(box, one.ink, one.core, there, one.ways, one.beside, one.faint > usual + _PALE) for box, one, there in zip(plate.ticks, found, seen)
    ]


def _printed(plate: Plate) -> Image.Image:
    """The page as it was printed: 255 for what is dark, and what is close to it."""
    wide, high, dots = preview.grey(plate.pdf, plate.at, DPI)
    dark = Image.frombytes("L", (wide, high), dots).point([255 if value < 200 else 0 for value in range(256)])
    return dark.filter(ImageFilter.MaxFilter(2 * _LINE + 1))


def _levels(page: Image.Image) -> tuple[int, int]:
    """How light the paper and how dark the print is."""
    counts = page.histogram()
    whole = sum(counts)

    def level(share: float) -> int:
        left = whole * share
        for value, count in enumerate(counts):
            left -= count
            if left <= 0:
                return value
        return 255

    return level(0.6), level(0.012)


def _found(page: Image.Image, box: TickBox, white: int, black: int) -> Point | None:
    """The corner of the box, in dots of the page; None if its line is not to be seen."""
    left, top = round((box.x - _ROOM) * SCALE), round((box.y - _ROOM) * SCALE)
    side = round((box.side + 2 * _ROOM) * SCALE)
    dots = page.crop((left, top, left + side, top + side)).tobytes()
    line, beside = (
        [round(y) * side + round(x) for x, y in _outline(box, beyond)] for beyond in (0.0, _BESIDE)
    )
    middle = (side - 1) // 2
    reach = round((_ROOM - _BESIDE) * SCALE) - 1

    def score(x: int, y: int) -> float:
        at = (middle + y) * side + middle + x
        return sum([dots[at + one] for one in beside]) - sum([dots[at + one] for one in line])

    steps = range(-reach, reach + 1, 2)
    _, x, y = max((score(x, y), x, y) for y in steps for x in steps)
    near = [(score(i, j), i, j) for j in range(max(-reach, y - 2), min(reach, y + 2) + 1) for i in range(max(-reach, x - 2), min(reach, x + 2) + 1)]
    top_score = max(near)[0]
    if top_score / len(line) < _SEEN * (white - black):
        return None
    weights = [(value - 0.7 * top_score, i, j) for value, i, j in near if value > 0.7 * top_score]
    whole = sum(weight for weight, _, _ in weights)
    half = box.side / 2 * SCALE
    return (
        left + middle + sum(weight * i for weight, i, _ in weights) / whole + 0.5 - half,
        top + middle + sum(weight * j for weight, _, j in weights) / whole + 0.5 - half,
    )


def _outline(box: TickBox, beyond: float) -> list[Point]:
    """Places along the line of a box, or so many mm outside of it, in dots from its middle."""
    half = (box.side / 2 + beyond) * SCALE
    if box.round:
        return [(half * cos(2 * pi * at / _PLACES), half * sin(2 * pi * at / _PLACES)) for at in range(_PLACES)]
    along = [half * (2 * at / (_PLACES // 4) - 1) for at in range(_PLACES // 4)]
    return [*((one, -half) for one in along), *((half, one) for one in along), *((-one, half) for one in along), *((-half, -one) for one in along)]


def _smoothed(boxes: Sequence[TickBox], places: Sequence[Point | None]) -> list[Point]:
    """The corner of each box: where its line was found, unless that lies off what all the others tell; then where those tell."""
    pairs: list[tuple[Point, Point]] = [((box.x, box.y), place) for box, place in zip(boxes, places) if place is not None]
    flat = fitted(pairs, slanted=len(pairs) > 3 * _FEW) if len(pairs) >= _FEW else None
    found = []
    for box, place in zip(boxes, places):
        told = flat(box.x, box.y) if flat is not None else (box.x * SCALE, box.y * SCALE)
        near = place is not None and abs(place[0] - told[0]) < 0.5 * SCALE and abs(place[1] - told[1]) < 0.5 * SCALE
        found.append(place if near and place is not None else told)
    return found


@dataclass(frozen=True)
class _Look:
    """What is in a box and around it: see `Inked`. `faint` is the share of it that is faint or dark."""

    ink: float
    core: float
    faint: float
    ways: int
    beside: float


def _look(page: Image.Image, printed: Image.Image, box: TickBox, place: Point, white: int, black: int) -> _Look:
    side, room = round(box.side * SCALE), round(_AROUND * SCALE)
    left, top = round(place[0]), round(place[1])
    around = page.crop((left - room, top - room, left + side + room, top + side + room))
    paper = max(white - 40, _lightest(page.crop((left - 10, top - 10, left + side + 10, top + side + 10)).histogram()))
    limit, faint = (paper - share * (paper - black) for share in (_DARK, _FAINT))
    dark = around.point([255 if value < limit else 0 for value in range(256)])
    inside = (room, room, room + side, room + side)
    whole = _mask(side, _INSET * SCALE, box.round)
    share = _share(dark.crop(inside), whole)
    core = _share(dark.crop(inside), _mask(side, (box.side / 2 - _CORE) * SCALE, True))
    light = _share(around.crop(inside).point([255 if value < faint else 0 for value in range(256)]), whole)
    x, y = round(box.x * SCALE) - room, round(box.y * SCALE) - room
    ours = ImageChops.subtract(dark, printed.crop((x, y, x + dark.width, y + dark.height)))
    dots = ours.tobytes()
    far = _leaves(dots, dark.width, box, _FAR)
    if len(far) == 1:  # where a line goes on at the other side may be a printed word
        far += [one for one in _leaves(dots, dark.width, box, _NEAR) if abs((one - far[0]) % (2 * pi) - pi) < _OPPOSITE]
    return _Look(share, core, light, len(far), _beside(ours, room, side))


def _leaves(dots: bytes, wide: int, box: TickBox, beyond: float) -> list[float]:
    """In which directions from the middle of the box ink crosses a line so many mm outside of it."""
    middle, half = (wide - 1) / 2, (box.side / 2 + beyond) * SCALE
    count = round(8 * half)
    crossed = []
    for at in range(count):
        angle = 2 * pi * at / count
        reach = half if box.round else half / max(abs(cos(angle)), abs(sin(angle)))
        crossed.append(bool(dots[round(middle + reach * sin(angle)) * wide + round(middle + reach * cos(angle))]))
    # Two dots side by side at least: a single one is dust. The line is closed, so the place before the first one is the last one.
    solid = [crossed[at] and crossed[at - 1] for at in range(count)]
    return [2 * pi * at / count for at in range(count) if solid[at] and not any(solid[at - back] for back in range(1, 4))]


def _beside(ours: Image.Image, room: int, side: int) -> float:
    """mm² of ink around a box, without what is in it and on its line."""
    whole = ours.histogram()[255]
    edge = room - round(0.5 * SCALE)
    inner = ours.crop((edge, edge, 2 * room + side - edge, 2 * room + side - edge)).histogram()[255]
    return (whole - inner) / SCALE**2


def _lightest(counts: Sequence[int]) -> int:
    """The level of the paper around a box: nine of ten dots that are not ink are no lighter."""
    left = sum(counts) * 0.2
    for value in range(255, -1, -1):
        left -= counts[value]
        if left <= 0:
            return value
    return 0


@lru_cache(maxsize=64)
def _mask(side: int, inset: float, round_: bool) -> Image.Image:
    """Which dots of a box are counted: those so many dots within its edges, or within the circle that they make."""
    middle, reach = (side - 1) / 2, (side - 1) / 2 - inset
    rows = [
        255 if (hypot(x - middle, y - middle) if round_ else max(abs(x - middle), abs(y - middle))) <= reach else 0
        for y in range(side) for x in range(side)
    ]
    return Image.frombytes("L", (side, side), bytes(rows))


def _share(dark: Image.Image, mask: Image.Image) -> float:
    counts = dark.histogram(mask)
    return counts[255] / max(1, counts[0] + counts[255])
