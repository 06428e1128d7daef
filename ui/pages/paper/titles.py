"""What documents are called on the screen, in the order and the groups of the list."""

from __future__ import annotations

from desktop.services import papers
from desktop.services.papers import Document
from ui.widgets.rows import Cell
from ui.words import mark, tr

TITLES = {
    papers.ARRIVAL_SLIP: (mark("Arrival slip"), mark("a number to carry, twice")),
    papers.THERMAL_SLIP: (mark("Thermal slip"), mark("a number to carry, on a roll")),
    papers.RATION_CARD: (mark("Ration card"), mark("food without a laptop")),
    papers.REGISTRATION_FILLED: (mark("Filled registration form"), mark("all answers, signature lines")),
    papers.HOUSEHOLD_LIST: (mark("Household list"), mark("everybody who came together")),
    papers.BED_ASSIGNMENT: (mark("Bed assignment"), mark("who sleeps where, by number")),
    papers.STIPEND_RECEIPT: (mark("Stipend receipt"), mark("money handed to one person")),
    papers.THERMAL_RECEIPT: (mark("Stipend receipt on a roll"), mark("the same on 80 mm")),
    papers.HELD_RECEIPT: (mark("Receipt for papers we keep"), mark("what was taken into safe keeping")),
    papers.CONSENT: (mark("Consent, purpose by purpose"), mark("each purpose asked alone")),
    papers.TALLY: (mark("Tally of what is given"), mark("meals or goods, by number")),
    papers.DESK_LIST: (mark("Desk list for today"), mark("who is due for what, by number")),
    papers.BLANK_FORM: (mark("Form for the pen"), mark("any form, empty")),
    papers.FILLED_FORM: (mark("Filled form"), mark("any form, with its answers")),
    papers.MEDICAL_REFERRAL: (mark("Medical referral"), mark("for a clinic, no name")),
    papers.TRANSFER_LETTER: (mark("Transfer letter"), mark("for a household that moves on")),
    papers.SITE_CARD: (mark("Site card"), mark("for another site, hand to hand")),
}
CARRY = {
    "carried": (mark("Carried"), mark("may be searched: no names"), "carried", "accent"),
    "kept": (mark("Kept here"), mark("stays in the locked cupboard"), "cupboard", "plain"),
    "sealed": (mark("Sealed"), mark("in an envelope, hand to hand"), "lock", "warn"),
}


def title_of(document: Document) -> str:
    """The name of a document on the screen."""
    return tr(TITLES[document.code][0]) if document.code in TITLES else document.code


def documents(found: tuple[Document, ...]) -> list[Cell]:
    """The list: carried, kept and sealed paper under their heads."""
    cells: list[Cell] = []
    for carry, (name, where, icon, _tone) in CARRY.items():
        these = [one for one in found if one.carry == carry]
        if these:
            cells.append(Cell(tr(name), right=tr(where), heading=True))
        cells += [
            Cell(title_of(one), tr(TITLES[one.code][1]) if one.code in TITLES else "", icon=icon, tone="accent" if carry == "carried" else "plain", key=one.code)
            for one in these
        ]
    return cells
