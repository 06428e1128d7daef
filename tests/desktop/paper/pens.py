"""A page filled in with a pen and scanned, without a pen and a scanner: strokes on a printed page, then paper, glass and telephone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import cos, radians, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from desktop.paper import preview
from desktop.paper.page import TickBox

DRAWN_AT = 300
_DOT = DRAWN_AT / 25.4
CROSS, TICK, SCRIBBLE, STROKE = "cross", "tick", "scribble", "stroke"
MARKS = (CROSS, TICK, SCRIBBLE, STROKE)
BLACKENED, LONG = "blackened", "long"
"""A box that was struck out until it is black, and a tick whose tail runs far out of its box."""
THROUGH, AROUND, PALE = "through", "around", "pale"
"""What is no clear cross: a line that comes from elsewhere and goes on, a circle around a box, and a pencil that hardly shows."""


@dataclass(frozen=True)
class Look:
    """How a page was scanned. `tilt` in degrees, `slant` and `scale` as shares of the page, `turned` in quarters; `noise` is the spread of grey
    levels. `bits`: only black and white."""

    dpi: int = 200
    tilt: float = 0.0
    slant: float = 0.0
    scale: float = 1.0
    noise: float = 6.0
    bits: bool = False
    quality: int = 60
    turned: int = 0


def blank(pdf: bytes, page: int) -> Image.Image:
    """The page as the printer made it, in grey."""
    width, height, dots = preview.grey(pdf, page, DRAWN_AT)
    return Image.frombytes("L", (width, height), dots)


def put(picture: Image.Image, box: TickBox, kind: str, chance: random.Random) -> None:
    """Mark a box as a person does: over its edges, off its middle, with a pen that is thin or thick, dark or light."""
    pen = ImageDraw.Draw(picture)
    width = round(chance.uniform(0.3, 0.75) * _DOT)
    shade = chance.randint(10, 95)
    middle_x = (box.x + box.side / 2 + chance.gauss(0, 0.35)) * _DOT
    middle_y = (box.y + box.side / 2 + chance.gauss(0, 0.35)) * _DOT
    reach = box.side / 2 * chance.uniform(0.62, 1.15) * _DOT

    def line(points: Sequence[tuple[float, float]]) -> None:
        bent = [(middle_x + (x + chance.gauss(0, 0.06)) * reach, middle_y + (y + chance.gauss(0, 0.06)) * reach) for x, y in points]
        pen.line(bent, fill=shade, width=width, joint="curve")

    if kind == CROSS:
        line([(-1, -1), (0.1, 0), (1, 1)])
        line([(-1, 1), (0, 0.1), (1, -1)])
    elif kind == TICK:
        line([(-0.75, -0.1), (-0.2, 0.7), (1.05, -1.05)])
    elif kind == LONG:
        line([(-0.75, 0.1), (-0.15, 0.75), (chance.uniform(1.4, 2.6), chance.uniform(-2.6, -1.2))])
    elif kind == BLACKENED:
        pen.ellipse([middle_x - 1.0 * reach, middle_y - 1.0 * reach, middle_x + reach, middle_y + reach], fill=shade)
    elif kind == THROUGH:
        slope = chance.uniform(-0.5, 0.5)
        line([(-4, -4 * slope), (0, 0), (4, 4 * slope)] if chance.random() < 0.5 else [(-4 * slope, -4), (0, 0), (4 * slope, 4)])
    elif kind == AROUND:
        reach = box.side * chance.uniform(0.75, 0.95) * _DOT
        pen.ellipse([middle_x - reach, middle_y - reach, middle_x + reach, middle_y + reach], outline=shade, width=width)
    elif kind == PALE:
        shade = chance.randint(192, 205)
        line([(-1, -1), (0.1, 0), (1, 1)])
        line([(-1, 1), (0, 0.1), (1, -1)])
    elif kind == STROKE:
        line([(-0.9, 0.9), (0, 0), (0.9, -0.9)])
    else:
        rows = chance.randint(5, 8)
        line([((-0.8 if at % 2 else 0.8), -0.8 + 1.6 * at / rows) for at in range(rows + 1)])


def handwriting(picture: Image.Image, boxes: Sequence[TickBox], chance: random.Random, words: int = 24) -> None:
    """Words with a pen all over the page, but not through boxes."""
    pen = ImageDraw.Draw(picture)
    for _ in range(words):
        x, y = chance.uniform(22, 170), chance.uniform(55, 250)
        wide = chance.uniform(8, 26)
        if any(x - 3 < box.x + box.side and box.x < x + wide + 3 and y - 3.5 < box.y + box.side and box.y < y + 3.5 for box in boxes):
            continue
        points = [
            ((x + wide * at / 30) * _DOT + chance.gauss(0, 4), (y + 1.8 * sin(at * chance.uniform(0.8, 1.6))) * _DOT) for at in range(31)
        ]
        pen.line(points, fill=chance.randint(20, 80), width=round(0.45 * _DOT), joint="curve")


def scanned(picture: Image.Image, look: Look, chance: random.Random) -> Image.Image:
    """The page as it comes off the glass, in grey."""
    tone = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.6, 1.5)))
    tone = tone.point([round(24 + value * 0.86) for value in range(256)])
    wide, high = (round(side * look.dpi / DRAWN_AT) for side in picture.size)
    edge = round(0.03 * wide)
    size = (wide + 2 * edge, high + 2 * edge)
    flat = tone.transform(size, Image.Transform.PERSPECTIVE, _back(picture.size, size, look, chance), Image.Resampling.BICUBIC, fillcolor=238)
    if look.noise:
        grain = Image.effect_noise(size, look.noise * 2)
        flat = ImageChops.add(flat, grain, 1.0, -128)
    if look.bits:
        flat = flat.point([0 if value < 150 else 255 for value in range(256)])
    return flat.rotate(90 * look.turned, expand=True) if look.turned else flat


def _back(drawn: tuple[int, int], size: tuple[int, int], look: Look, chance: random.Random) -> tuple[float, ...]:
    """From places on the scan to places on the page: turned a little, larger or smaller, and slanted."""
    turn, times = radians(look.tilt), drawn[0] / (size[0] * 0.943 * look.scale)
    cosine, sine = cos(turn) * times, sin(turn) * times
    g = look.slant * chance.uniform(-1, 1) / size[0]
    h = look.slant * chance.uniform(-1, 1) / size[1]
    mid_x, mid_y = size[0] / 2 + chance.uniform(-4, 4), size[1] / 2 + chance.uniform(-4, 4)
    below = 1 - g * mid_x - h * mid_y
    a, b, c = cosine, -sine, drawn[0] / 2 - cosine * mid_x + sine * mid_y
    d, e, f = sine, cosine, drawn[1] / 2 - sine * mid_x - cosine * mid_y
    # The middle of the page stays in the middle: the numerator takes part in the slant.
    a, b, c = a + g * drawn[0] / 2, b + h * drawn[0] / 2, c - (g * mid_x + h * mid_y) * drawn[0] / 2
    d, e, f = d + g * drawn[1] / 2, e + h * drawn[1] / 2, f - (g * mid_x + h * mid_y) * drawn[1] / 2
    return tuple(value / below for value in (a, b, c, d, e, f, g, h))


def as_file(picture: Image.Image, look: Look, kind: str = "JPEG") -> bytes:
    """The bytes of a scan."""
    out = BytesIO()
    if look.bits:
        picture.convert("1").save(out, "TIFF" if kind == "TIFF" else "PNG")
    else:
        picture.save(out, kind, **({"quality": look.quality} if kind == "JPEG" else {}))
    return out.getvalue()


