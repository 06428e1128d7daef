"""What can be wrong with a drawn page, found from the true ink of its texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.paper.shaping import Shaped

_MM = 72 / 25.4
_TOUCH_X, _TOUCH_Y = 0.15, 0.1  # mm: ink boxes may kiss, letters inside them do not
_CUT = 0.1
_QUIET = 3.0  # modules would differ by code; 3 mm is two modules of the largest and four of the smallest


@dataclass(frozen=True)
class Mark:
    """The ink of one text: edges in mm from the top left, size in points."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    size: float
    floor: float
    white: bool
    too_wide: bool
    unknown: str

    @classmethod
    def of_text(
        cls, shaped: Shaped, size: float, x: float, y: float, spread: float, white: bool, too_wide: bool,
    ) -> Mark:
        """Of a text with its origin at (x, y) mm, `spread` mm wider than shaped."""
        k = size / 1000 / _MM
        left, bottom, right, top = shaped.ink
        floor = max(run.font.floor for run in shaped.runs)
        return cls(
            x + left * k, y - top * k, x + right * k + spread, y - bottom * k, shaped.text, size, floor, white, too_wide,
            shaped.unknown,
        )


@dataclass(frozen=True)
class Shape:
    """A line (one of its extents is zero), a fill, or a pattern (a QR code)."""

    kind: str
    left: float
    top: float
    right: float
    bottom: float


def page_faults(marks: Sequence[Mark], shapes: Sequence[Shape], width: float, height: float, margin: float) -> list[str]:
    """One sentence for each fault: type under its floor, text wider than its place, letters that no font has, ink outside the
    margins, texts that touch, lines through letters, text half on black, anything in the quiet zone of a QR code."""
    return [
        *_alone(marks, width, height, margin),
        *_together(marks),
        *(fault for shape in shapes for fault in _beside(shape, marks, width, height, margin)),
    ]


def _alone(marks: Sequence[Mark], width: float, height: float, margin: float) -> Iterator[str]:
    for mark in marks:
        if mark.size < mark.floor - 0.01:
            yield f"{mark.size:.1f} pt is under the floor: {mark.text!r}"
        if mark.too_wide:
            yield f"wider than its place: {mark.text!r}"
        if mark.unknown:
            yield f"no font has {mark.unknown!r}"
        if (
            mark.left < margin - 0.05 or mark.top < margin - 0.05
            or mark.right > width - margin + 0.05 or mark.bottom > height - margin + 0.05
        ):
            yield f"outside the margins: {mark.text!r}"


def _together(marks: Sequence[Mark]) -> Iterator[str]:
    ordered = sorted(marks, key=lambda mark: mark.top)
    for at, one in enumerate(ordered):
        for other in ordered[at + 1:]:
            if other.top > one.bottom:
                break
            if _overlap(one, other, _TOUCH_X, _TOUCH_Y):
                yield f"texts touch: {one.text!r} and {other.text!r}"


def _overlap(one: Mark | Shape, other: Mark | Shape, by_x: float, by_y: float) -> bool:
    return (
        min(one.right, other.right) - max(one.left, other.left) > by_x
        and min(one.bottom, other.bottom) - max(one.top, other.top) > by_y
    )


def _beside(shape: Shape, marks: Sequence[Mark], width: float, height: float, margin: float) -> Iterator[str]:
    if shape.kind == "pattern":
        quiet = Shape("quiet", shape.left - _QUIET, shape.top - _QUIET, shape.right + _QUIET, shape.bottom + _QUIET)
        if shape.left < margin or shape.top < margin or shape.right > width - margin or shape.bottom > height - margin:
            yield "a code lies outside the margins"
        for mark in marks:
            if _overlap(mark, quiet, 0.0, 0.0):
                yield f"in the quiet zone of a code: {mark.text!r}"
        return
    for mark in marks:
        if shape.kind == "line" and _cuts(shape, mark):
            yield f"a line cuts {mark.text!r}"
        if shape.kind == "fill" and not mark.white and _overlap(mark, shape, _CUT, _CUT):
            yield f"black on black: {mark.text!r}"


def _cuts(line: Shape, mark: Mark) -> bool:
    if line.top == line.bottom:
        return mark.top + _CUT < line.top < mark.bottom - _CUT and min(mark.right, line.right) - max(mark.left, line.left) > 0.2
    return mark.left + _CUT < line.left < mark.right - _CUT and min(mark.bottom, line.bottom) - max(mark.top, line.top) > 0.2
