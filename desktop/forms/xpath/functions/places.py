"""Places on the Earth: geopoints are ``latitude longitude altitude accuracy``, traces and shapes geopoints between semicolons.

The Earth is a ball with the radius that ODK takes, and heights do not count."""

from __future__ import annotations

import math
from itertools import pairwise

from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.functions.signature import Function, texts_of
from desktop.forms.xpath.scope import Scope
from desktop.forms.xpath.values import XValue, to_number, to_text

_RADIUS = 6_378_100.0  # metres
_DEGREE = 2 * math.pi * _RADIUS / 360  # metres along the equator
_Point = tuple[float, float]


def _point(text: str) -> _Point:
    """(latitude, longitude). EvaluationError if it is no geopoint."""
    parts = [to_number(part) for part in text.split()]
    if not 2 <= len(parts) <= 4 or any(part != part for part in parts):
        raise EvaluationError("not a geopoint")
    return parts[0], parts[1]


def _points(values: tuple[XValue, ...]) -> list[_Point]:
    """All points of all arguments: several geopoints, or a trace or shape; blank ones are passed over."""
    return [_point(part) for text in texts_of(values) for part in text.split(";") if part.strip()]


def _area(scope: Scope, *values: XValue) -> float:
    """Square metres inside the line through the points, closed by itself."""
    points = _points(values)
    if len(points) < 3:
        return 0.0
    zero = points[0]
    flat = [
        ((longitude - zero[1]) * _DEGREE * math.cos(math.radians(latitude)), (latitude - zero[0]) * _DEGREE)
        for latitude, longitude in points[1:]
    ]
    return abs(math.fsum((one[1] * two[0] - one[0] * two[1]) / 2 for one, two in pairwise(flat)))


def _distance(scope: Scope, *values: XValue) -> float:
    """Metres along the points in order."""
    points = _points(values)
    return math.fsum(_between(one, two) for one, two in pairwise(points) if one != two)


def _between(one: _Point, two: _Point) -> float:
    first, second, turn = math.radians(one[0]), math.radians(two[0]), math.radians(one[1] - two[1])
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(turn)
    return math.acos(max(-1.0, min(1.0, cosine))) * _RADIUS


def _geofence(scope: Scope, point: XValue, shape: XValue) -> bool:
    """Whether a geopoint is inside a shape: a line from it to the east crosses the border an odd number of times."""
    latitude, longitude = _point(to_text(point))
    corners = _points((shape,))
    inside = False
    for one, two in pairwise(corners):
        if (one[0] > latitude) != (two[0] > latitude):
            crossing = two[1] + (one[1] - two[1]) * (latitude - two[0]) / (one[0] - two[0])
            inside = inside != (longitude < crossing)
    return inside


FUNCTIONS = {
    "area": Function(_area, 1, 1),
    "enclosed-area": Function(_area, 1, 1),
    "distance": Function(_distance, 1, None),
    "geofence": Function(_geofence, 2, 2),
}
