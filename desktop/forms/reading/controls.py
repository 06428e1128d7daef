"""What a control of the body says about its look."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element as Xml

from desktop.forms.reading.document import local
from desktop.forms.showing import Widget

_CALL = re.compile(r"[\w:-]+\s*\([^()]*(?:\([^()]*\)[^()]*)*\)")
_LONGEST = 15  # figures before or behind the point: what is beyond all measure counts as not said
_INTENT = re.compile(r"\bex:([^\s(]+)")


def appearance(element: Xml | None) -> frozenset[str]:
    """The words of an appearance, in small letters; calls such as ``search('list')`` stay out."""
    if element is None:
        return frozenset()
    return frozenset(_CALL.sub(" ", element.get("appearance", "")).lower().split())


def widget_of(control: Xml, bind: Xml | None) -> Widget:
    """What control and bind say; what is no number where one belongs counts as not said."""
    said = {local(name): value for source in (bind, control) if source is not None for name, value in source.attrib.items()}
    kind = local(control.tag)
    is_range = kind == "range"
    intent = said.get("intent", "") or next(iter(_INTENT.findall(said.get("appearance", ""))), "")
    return Widget(
        start=_number(said.get("start")) if is_range else None, end=_number(said.get("end")) if is_range else None,
        step=_number(said.get("step")) if is_range else None,
        media_type=_media_type(said) if kind == "upload" else "",
        rows=_whole(said.get("rows")), mask=said.get("inputMask", "") or said.get("mask", ""), max_pixels=_whole(said.get("max-pixels")),
        accuracy_threshold=_number(said.get("accuracyThreshold")),
        unacceptable_accuracy=_number(said.get("unacceptableAccuracyThreshold")), intent=intent, listed=bool(said.get("query")),
    )


def _media_type(said: dict[str, str]) -> str:
    return said.get("accept", "") or said.get("mediatype", "") or "*/*"


def _number(text: str | None) -> Decimal | None:
    try:
        number = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _LONGEST else None


def _whole(text: str | None) -> int:
    number = _number(text)
    return int(number) if number is not None and 0 < number < 100_000 else 0
