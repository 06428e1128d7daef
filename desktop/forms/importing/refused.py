"""The end of looking: a reason why a file cannot be used at all."""

from __future__ import annotations

from desktop.forms.importing.findings import Place, Refusal


class Refused(Exception):
    """Raised inside the package where nothing more can be found out; `refusals` say why."""

    def __init__(self, code: str, place: Place = Place(), **fields: str | int) -> None:  # noqa: B008 (frozen)
        super().__init__(code)
        self.refusals = (refusal(code, place, **fields),)


def refusal(code: str, place: Place = Place(), **fields: str | int) -> Refusal:  # noqa: B008 (frozen)
    """A refusal at a place."""
    return Refusal(code, place.sheet, place.row, place.column, fields, place.header, place.text)
