"""The medical referral: sealed paper with a number instead of a name, and the slip that comes back to us."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.paper.furniture import TOP, FormId, footer, numbered_head, option, sealed_bar, section
from desktop.paper.page import HAIR, SIDE, Page, Print
from desktop.paper.parts import (
    Cell,
    body_end,
    cells_row,
    char_boxes,
    lift,
    options_row,
    return_slip,
    signatures,
    text_block,
    writing_box,
)
from desktop.paper.signs import both
from desktop.paper.words import Pair, pair

FORM, RETURN = FormId("M1", 1), FormId("M2", 1)
HOW_SOON = ("Right now", "Within 24 hours", "Within 3 days", "Routine")
SHARED = ("Age, sex", "Symptoms", "Medicine", "Language")
AGREED = ("Signed", "Spoken, with witness", "By the parent", "Child agrees too")
SERVICES = ("Clinic", "Hospital", "Mother and child", "Someone to talk to", "Eyes or teeth", "Other help")
_RETURN = 47.4


@dataclass(frozen=True)
class MedicalReferral:
    """`soon`, `service` are English words of `HOW_SOON`, `SERVICES`; `shared` of `SHARED`, `agreed` of `AGREED`. The texts hold only what
    the person agreed to share; empty ones are left to the pen."""

    code: str
    soon: str
    service: str
    age: str
    sex: Pair
    language: Pair
    comes_with: str
    why: str
    allergies: str
    medicine: str
    shared: frozenset[str]
    agreed: frozenset[str]
    printed_on: str
    volunteer: str = ""
    copy: int = 1


def draw(paper: Print, model: MedicalReferral) -> None:
    """One sheet with the return slip at its foot."""
    page = paper.page()
    sealed_bar(page, pair("SEALED ENVELOPE ONLY — no name inside"))
    numbered_head(page, FORM, 1, model.code, pair("Case number"), pair("Medical referral"), pair("No name. Number only."))
    y = options_row(page, TOP, pair("How soon"), [(pair(one), one == model.soon) for one in HOW_SOON])
    y = cells_row(page, y, (
        Cell(3.2, pair("Service wanted"), pair(model.service) if model.service else Pair("", "")), Cell(1.6, pair("Age"), Pair.same(model.age)),
        Cell(1.9, pair("Sex"), model.sex), Cell(2.5, pair("Language"), model.language), Cell(2.8, pair("Comes with"), Pair.same(model.comes_with)),
    ))
    cut_at = page.height - 10 - _RETURN
    end = body_end(page, cut_at)
    y = section(page, y + 2.5, "A", pair("Why"))
    below = (
        Cell(6, pair("Allergies"), Pair.same(model.allergies)), Cell(6, pair("Medicine now"), Pair.same(model.medicine)),
    )
    needed = text_block(page, model.why).height + 4 if model.why else 0.0
    closing = 15.0 + 2.5 + 7.4 + 26 + 2 + 22.5 + (6.0 if len(model.allergies) > 30 or len(model.medicine) > 30 else 0.0)
    high = max(needed, min(64.0, end - y - closing))
    writing_box(page, y, high, model.why)
    y = cells_row(page, y + high, below, 14.0)
    y = section(page, y + 2.5, "B", pair("What may be shared"))
    y = options_row(page, y, Pair("", ""), [(pair(one), one in model.shared) for one in SHARED], framed=False)
    page.line(SIDE, y, page.right, y, HAIR)
    y = options_row(page, y, Pair("", ""), [(pair(one), one in model.agreed) for one in AGREED], framed=False)
    left, right = pair("Referred by (code only)"), pair("Person or witness")
    signatures(page, y, min(24.0, end - y), left, right, volunteer=model.volunteer)
    footer(page, FORM, 1, 1, printed_on=model.printed_on, copy=model.copy, lift=lift(page, cut_at))
    _return(page, cut_at, model)


def _return(page: Page, cut_at: float, model: MedicalReferral) -> None:
    words = pair("Return slip: the clinic tears here")
    y = return_slip(page, cut_at, words, pair("Return slip"), model.code, f"{model.code}/{RETURN.id}/1", RETURN)
    room = page.live - 33
    seen = ("Seen", "Did not come", "Come again", "Sent on")
    for place, english in enumerate(seen):
        option(page, SIDE + place * room / 4, y - 1, pair(english), fit=room / 4 - 8)
    first = both(page, SIDE, y + 15.4, pair("Done, and what to do next"), 9.5, 8.5)
    page.line(SIDE + first + 3, y + 16, page.right - 33, y + 16, HAIR)
    page.line(SIDE, y + 25, SIDE + 82, y + 25, HAIR)
    date = both(page, SIDE + 88, y + 24, pair("Date"), 9, 8)
    char_boxes(page, SIDE + 88 + date + 2, y + 18.4)
