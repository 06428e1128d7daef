"""Every document that can be printed: who may carry it, whom it is about, what stands on it, and what the volunteer types for it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.paper_asks import (
    ASKS_BED,
    ASKS_DESK,
    ASKS_HELD,
    ASKS_RATION,
    ASKS_RECEIPT,
    ASKS_REFERRAL,
    ASKS_TALLY,
    ASKS_TRANSFER,
    Ask,
)

ARRIVAL_SLIP, REGISTRATION_FILLED, HOUSEHOLD_LIST = "arrival_slip", "registration_filled", "household_list"
RECOVERY_SHEET, SITE_CARD = "recovery_sheet", "site_card"
BLANK_FORM, FILLED_FORM = "blank_form", "filled_form"
GUIDANCE = "guidance_sheet"
RATION_CARD, BED_ASSIGNMENT, TALLY, STIPEND_RECEIPT = "ration_card", "bed_assignment", "tally", "stipend_receipt"
MEDICAL_REFERRAL, CONSENT, TRANSFER_LETTER, HELD_RECEIPT = "medical_referral", "consent", "transfer_letter", "held_receipt"
DESK_LIST, THERMAL_SLIP, THERMAL_RECEIPT = "desk_list", "thermal_slip", "thermal_receipt"

NAME, PHOTO = "name", "photo"
"""What a volunteer may choose to show on carried paper. Without a choice it shows the number and nothing else."""


@dataclass(frozen=True)
class Document:
    """`carry`: ``carried`` (may be searched), ``kept`` (locked cupboard) or ``sealed`` (envelope, hand to hand).
    `about`: ``person``, ``household``, ``site``, ``form``, ``filled`` (a form that somebody filled in) or ``sheet`` (guidance). `shows`
    and `hides` are lines in English that say what is on the page and what is not; `tr` has them in every language. `asks`: what the
    volunteer types; `same`: the keys of those whose values make it another paper, so that it is no copy of the one before. `may_show`:
    what may be chosen to stand on it. `roll`: for a roll of 80 mm, whatever the size of the paper."""

    code: str
    carry: str
    about: str
    form_id: str
    shows: tuple[str, ...]
    hides: tuple[str, ...]
    names_people: bool  # printing needs a second confirmation
    asks: tuple[Ask, ...] = ()
    same: tuple[str, ...] = ()
    may_show: tuple[str, ...] = ()
    roll: bool = False


_CODE = "Case number with its code to scan"
_NO_WORD = "Day and place"
_WHAT_FOR = "What it is for, and who gave it"

DOCUMENTS = (
    Document(
        ARRIVAL_SLIP, "carried", "person", "C1", (_CODE, "Number of the copy", "A wallet card with the same number"),
        ("Names", _NO_WORD, _WHAT_FOR), False, may_show=(NAME,),
    ),
    Document(
        THERMAL_SLIP, "carried", "person", "C6", (_CODE, "Number of the copy", "For a printer with a roll of 80 mm"),
        ("Names", _NO_WORD, _WHAT_FOR), False, may_show=(NAME,), roll=True,
    ),
    Document(
        RATION_CARD, "carried", "household", "C4",
        ("Household number with its code to scan", "Number of shares and of the copy", "36 squares to punch", "A copy for the desk, to cut off"),
        ("Names", _NO_WORD), False, ASKS_RATION, may_show=(NAME, PHOTO),
    ),
    Document(
        REGISTRATION_FILLED, "kept", "person", "R2",
        ("Every answer of the form, with unknown, refused and not asked", _CODE, "Room for signatures and a thumbprint"),
        ("Sections in folders you cannot open", "Names of volunteers"), True,
    ),
    Document(
        HOUSEHOLD_LIST, "kept", "household", "H1",
        ("Name, relationship, sex, age and case number of everybody who came", "Food, bed, clothes and other things needed today",
         "How those left behind are related"),
        ("Health, fear and service", "Names and places of those left behind"), True,
    ),
    Document(
        BED_ASSIGNMENT, "kept", "household", "B1",
        ("Case number and bed of everybody of the household", "A tag for each bed, to cut off"), ("Names", "Names of volunteers"), False, ASKS_BED,
    ),
    Document(
        STIPEND_RECEIPT, "kept", "person", "P1",
        ("The amount in figures and in words", "Room for two signatures and a thumbprint", "A slip to carry, without the amount"),
        ("Names", "Names of volunteers"), False, ASKS_RECEIPT, ("number",),
    ),
    Document(
        THERMAL_RECEIPT, "kept", "person", "P3",
        ("The amount in figures and in words", "A slip to carry, without the amount", "For a printer with a roll of 80 mm"),
        ("Names", "Names of volunteers"), False, ASKS_RECEIPT, ("number",), roll=True,
    ),
    Document(
        HELD_RECEIPT, "kept", "person", "P2",
        ("What kind of papers we keep, and why", "Room for two signatures and a thumbprint", "A slip to carry, with numbers only"),
        ("Names", "Numbers of the papers"), False, ASKS_HELD, ("number",),
    ),
    Document(
        CONSENT, "kept", "person", "K1", ("Each purpose with the answer that is recorded", "Room for signatures and a thumbprint"),
        ("Names", "Names of volunteers"), False,
    ),
    Document(
        TALLY, "kept", "site", "D2", ("The number of everybody here now, of each household, or rooms", "Boxes to cross each time"),
        ("Names", "Needs and health"), False, ASKS_TALLY, ("number",),
    ),
    Document(
        DESK_LIST, "kept", "site", "D1", ("The number of everybody here now", "Boxes for what is due today"),
        ("Names", "Why something is due"), False, ASKS_DESK, ("number",),
    ),
    Document(
        BLANK_FORM, "kept", "form", "F1",
        ("Every question with a place to write", "When to ask each question, in words", "A number and a strip to tear off, if a person is chosen"),
        ("Answers", "Questions that the program works out by itself"), False,
    ),
    Document(
        FILLED_FORM, "kept", "filled", "F2",
        ("Every answer of the form, with unknown, refused and not asked", "The case number, if it is about a person"),
        ("Photos, files and places on a map", "Names of volunteers"), True,
    ),
    Document(
        MEDICAL_REFERRAL, "sealed", "person", "M1",
        (_CODE, "What the person agreed to share, and nothing else", "A slip that the clinic sends back"), ("Names", "What happened to the person"),
        False, ASKS_REFERRAL, ("day",),
    ),
    Document(
        TRANSFER_LETTER, "sealed", "household", "T1",
        ("The numbers of those who go, child or adult", "Food, bed, clothes and other things needed", "A slip that the other site sends back"),
        ("Names", "Health, fear and service"), False, ASKS_TRANSFER, ("leaves",),
    ),
    Document(
        RECOVERY_SHEET, "sealed", "site", "S3",
        ("The 32 characters that open this laptop", "The same as a code to scan"), ("Name of the site", "Names of people", "Day"), False,
    ),
    Document(
        SITE_CARD, "sealed", "site", "S2",
        ("Nickname of this site", "Twelve words to compare", "A code to scan with the public keys of this site"),
        ("Secrets", "Names of people"), False,
    ),
    Document(
        GUIDANCE, "kept", "sheet", "G1",
        ("Number of the contact", "The text of the sheet, its date and area", "After which day it is no longer right"),
        ("Names", "Where the news comes from", "How and when we talk", "Agreed words"), False,
    ),
)


def document(code: str) -> Document:
    """The document of that code. StopIteration if there is none."""
    return next(one for one in DOCUMENTS if one.code == code)
