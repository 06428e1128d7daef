"""What the history of a person is narrowed to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Narrowed:
    """It outlives a change of language. `area` is a part of the page, `field` is ``area.name``, `who` an author as they are shown."""

    area: str = ""
    field: str = ""
    who: str = ""
    words: str = ""
