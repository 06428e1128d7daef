"""From places on a sheet to places on a picture of it: a straight-line map that also takes the slant of a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
_SMALL = 1e-12


@dataclass(frozen=True)
class Flat:
    """x' = (ax + by + c) / (gx + hy + 1), y' = (dx + ey + f) / (gx + hy + 1)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    g: float = 0.0
    h: float = 0.0

    def __call__(self, x: float, y: float) -> Point:
        """Where a place of the sheet lies on the picture."""
        below = self.g * x + self.h * y + 1.0
        return (self.a * x + self.b * y + self.c) / below, (self.d * x + self.e * y + self.f) / below

    def coefficients(self, scale: float, left: float = 0.0, top: float = 0.0) -> tuple[float, ...]:
        """The eight numbers of Pillow's PERSPECTIVE for a picture with `scale` dots for a millimetre whose corner is at (left, top)."""
        below = self.g * left + self.h * top + 1.0
        parts = (
            self.a / scale, self.b / scale, self.a * left + self.b * top + self.c,
            self.d / scale, self.e / scale, self.d * left + self.e * top + self.f, self.g / scale, self.h / scale,
        )
        return tuple(part / below for part in parts)


def fitted(pairs: Sequence[tuple[Point, Point]], *, slanted: bool) -> Flat | None:
    """The map that takes the first of each pair closest to the second; without `slanted` parallels stay parallel. None if the places do not
    tell (too few, or all on one line)."""
    unknowns = 8 if slanted else 6
    if 2 * len(pairs) < unknowns:
        return None
    mid_x = sum(source[0] for source, _ in pairs) / len(pairs)
    mid_y = sum(source[1] for source, _ in pairs) / len(pairs)
    sums = [[0.0] * (unknowns + 1) for _ in range(unknowns)]
    for (whole_x, whole_y), (u, v) in pairs:
        x, y = (whole_x - mid_x) / 100, (whole_y - mid_y) / 100
        for row in (
            [x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u], [0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v],
        ):
            known = row[:unknowns]
            for i, left in enumerate(known):
                if left:
                    line = sums[i]
                    for j, right in enumerate(known):
                        line[j] += left * right
                    line[unknowns] += left * row[8]
    found = _solved(sums)
    if found is None:
        return None
    a, b, c, d, e, f, *slant = found
    g, h = slant or (0.0, 0.0)
    # Back from places around the middle, in units of 100 mm, to millimetres from the corner.
    below = 1.0 - (g * mid_x + h * mid_y) / 100
    if abs(below) < 0.05:
        return None
    return Flat(
        a / 100 / below, b / 100 / below, (c - (a * mid_x + b * mid_y) / 100) / below,
        d / 100 / below, e / 100 / below, (f - (d * mid_x + e * mid_y) / 100) / below, g / 100 / below, h / 100 / below,
    )


def _solved(lines: list[list[float]]) -> list[float] | None:
    """Elimination with the largest pivot; None if the equations do not tell."""
    count = len(lines)
    largest = max(abs(value) for line in lines for value in line) or 1.0
    for at in range(count):
        best = max(range(at, count), key=lambda row: abs(lines[row][at]))
        if abs(lines[best][at]) < _SMALL * largest:
            return None
        lines[at], lines[best] = lines[best], lines[at]
        for row in range(at + 1, count):
            times = lines[row][at] / lines[at][at]
            if times:
                lines[row] = [value - times * above for value, above in zip(lines[row], lines[at])]
    found = [0.0] * count
    for at in range(count - 1, -1, -1):
        rest = sum(lines[at][right] * found[right] for right in range(at + 1, count))
        found[at] = (lines[at][count] - rest) / lines[at][at]
    return found
