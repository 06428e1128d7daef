"""The place to write that each type of question needs on paper."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from desktop.forms.definition import Spec
from desktop.paper.documents.blank_form_model import (
    Attach,
    Boxes,
    Day,
    Drawing,
    Entry,
    Lines,
    Option,
    Place,
    Ranks,
    Scale,
    Ticks,
)
from desktop.paper.words import Pair, filled, pair
from desktop.services.form_hints import Bounds

CHOICES = ("select_one", "select_multiple", "rank")
_CELLS_OF_A_LIST = 6
_PHONE, _NUMBER, _DECIMAL = 12, 5, 4
_MOST_DIGITS, _MOST_MARKS = 12, 21

Place_and_hints = tuple[Entry, list[Pair]]


def entry_of(
    spec: Spec, options: tuple[Option, ...] | None, bounds: Bounds | None, told: Callable[[Pair], Pair],
) -> Place_and_hints:
    """The place for an answer, and what to say about filling it. `options`: None where the list is not printed. `told` gives the program's
    own words in the languages of the sheet."""
    if spec.type in CHOICES:
        return _choices(spec, options)
    if spec.type in ("integer", "decimal"):
        return Boxes(_digits(spec.type, bounds)), []
    if spec.type in ("date", "datetime"):
        parts = "y" if "year" in spec.appearance else "my" if "month-year" in spec.appearance else "dmy"
        return Day(parts, clock=spec.type == "datetime"), []
    if spec.type == "time":
        return Day("", clock=True), []
    if spec.type == "range":
        return _range(spec)
    if spec.type == "boolean":
        return Ticks((Option(1, told(pair("Yes"))), Option(2, told(pair("No"))))), []
    return _text(spec, bounds) if spec.type == "text" else (_other(spec, told), [])


def _choices(spec: Spec, options: tuple[Option, ...] | None) -> Place_and_hints:
    if not options:
        more = [pair("more than one may be written")] if spec.type != "select_one" else []
        return Lines(1 + len(more), _CELLS_OF_A_LIST), more
    if spec.type == "rank":
        return Ranks(options), [pair("write 1 for the first, 2 for the next")]
    several = spec.type == "select_multiple"
    return Ticks(options, several), [pair("more than one may be crossed")] if several else []


def _digits(kind: str, bounds: Bounds | None) -> tuple[int | str, ...]:
    values = [value for value in (*(bounds.beside if bounds else ()), bounds.most if bounds else "") if value]
    lengths = [len(value.lstrip("-").partition(".")[0]) for value in values if value.lstrip("-").replace(".", "", 1).isdigit()]
    most = bounds is not None and bounds.most.lstrip("-").replace(".", "", 1).isdigit()
    whole = min(_MOST_DIGITS, max(lengths)) if most and lengths else _DECIMAL if kind == "decimal" else _NUMBER
    sign: tuple[int | str, ...] = (1,) if bounds and bounds.least.startswith("-") else ()
    return (*sign, whole, ".", 2) if kind == "decimal" else (*sign, whole)


def _range(spec: Spec) -> Place_and_hints:
    start, end, step = spec.widget.start, spec.widget.end, spec.widget.step
    if start is None or end is None or not step:
        return Boxes((_DECIMAL,)), []
    low, high, step = min(start, end), max(start, end), abs(step)
    marks: list[str] = []
    at = low
    while at <= high and len(marks) <= _MOST_MARKS:
        marks.append(_plain_number(at))
        at += step
    if len(marks) <= _MOST_MARKS:
        return Scale(tuple(marks)), []
    whole = max(len(str(int(abs(low)))), len(str(int(abs(high)))))
    fine = step != step.to_integral_value()
    groups: tuple[int | str, ...] = (*((1,) if low < 0 else ()), whole, *((".", 2) if fine else ()))
    return Boxes(groups), [filled(pair("{least} to {most}"), least=_plain_number(low), most=_plain_number(high))]


def _plain_number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(spec: Spec, bounds: Bounds | None) -> Place_and_hints:
    if spec.widget.listed:
        return Lines(1, _CELLS_OF_A_LIST), []
    if "multiline" in spec.appearance or spec.widget.rows > 1:
        return Lines(max(3, min(12, spec.widget.rows))), []
    if "numbers" in spec.appearance or spec.save_to.endswith(".phone"):
        length = int(bounds.length) if bounds and bounds.length.isdigit() else _PHONE
        return Boxes((max(1, min(30, length)),)), []
    return Lines(1), []


def _other(spec: Spec, told: Callable[[Pair], Pair]) -> Entry:
    if spec.type == "geopoint":
        return Place()
    if spec.type in ("geotrace", "geoshape"):
        return Attach(told(pair("drawn on a map that lies with this sheet")))
    if spec.type == "acknowledge":
        return Attach(told(pair("read and agreed")))
    if "signature" in spec.appearance:
        return Drawing(22.0)
    if spec.appearance & {"draw", "annotate"}:
        return Drawing(45.0)
    if spec.widget.media_type.startswith("image"):
        return Attach(told(pair("a photo or picture lies with this sheet")))
    return Attach(told(pair("it lies with this sheet, or is kept on a device")))
