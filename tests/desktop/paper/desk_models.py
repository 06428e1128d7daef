"""Models of the papers of the desk: empty, ordinary, and the longest that may come. All invented."""

from __future__ import annotations

from dataclasses import replace

from desktop.forms.shipped import definition
from desktop.paper.documents.bed_assignment import SAFE, Bed, BedAssignment
from desktop.paper.documents.blank_form_model import BlankForm
from desktop.paper.documents.consent import PURPOSES, Consent, Purpose
from desktop.paper.documents.desk_list import COLUMNS, DeskList, Waiting
from desktop.paper.documents.guidance_sheet import GuidanceSheet
from desktop.paper.documents.held_receipt import KINDS, HeldReceipt
from desktop.paper.documents.medical_referral import AGREED, SHARED, MedicalReferral
from desktop.paper.documents.ration_card import RationCard
from desktop.paper.documents.stipend_receipt import StipendReceipt
from desktop.paper.documents.tally import Line, Tally
from desktop.paper.documents.thermal import ThermalSlip
from desktop.paper.documents.transfer_letter import GOES, Moving, TransferLetter
from desktop.paper.words import Pair
from desktop.services.form_on_paper_blank import blank_form as for_the_pen
from tests.desktop.paper.models import KAREN, LONG_EN, LONG_MY, MON, SHAN, UNBROKEN, code

DAY = "2026-11-21"
NONE = Pair("", "")
GIRL = Pair("မိန်းကလေး", "Girl")
KAREN_WORDS = Pair("ကရင်", "Karen")
STORY = "ဖျားသည် ၃ ရက်၊ ချောင်းဆိုး၊ အစားနည်း။ သွေးဖောက်စစ်ရန်။ Fever 3 days, cough, eats little. Please test blood. "
LONG_NAME = Pair.same(LONG_MY)


def rations() -> dict[str, RationCard]:
    return {
        "usual": RationCard(code(9), 4, "D", DAY, "V07"),
        "empty": RationCard(code(9), 0, "", DAY),
        "huge": RationCard(code(8), 999, "ZZ", DAY, "V07", 888),
        "named": RationCard(code(8), 12, "D", DAY, "V07", 2, Pair.same("ကျော်စွာလင်းထက်")),
        "photo": RationCard(code(8), 12, "D", DAY, "V07", 2, LONG_NAME, True),
        "long name": RationCard(code(8), 12, "D", DAY, "V07", 2, Pair.same(UNBROKEN), True),
        "only photo": RationCard(code(8), 12, "D", DAY, "V07", 1, NONE, True),
    }


def beds() -> dict[str, BedAssignment]:
    def many(count: int, bed: str = "3-B-{at:02}") -> tuple[Bed, ...]:
        return tuple(Bed(bed.format(at=at), code(at)) for at in range(1, count + 1))

    wide = "အဆောင်အမှတ် ၁၂ အောက်"
    return {
        "usual": BedAssignment(code(9), "3", "3-B", DAY, "2026-11-28", many(4), frozenset(SAFE[:1]), DAY, "V11"),
        "empty": BedAssignment(code(9), "", "", "", "", (), frozenset(), DAY),
        "for the pen": BedAssignment(code(9), "", "", "", "", many(3, ""), frozenset(), DAY, "V11"),
        "twelve": BedAssignment(code(9), wide, wide, DAY, DAY, many(12, "အခန်း-3-B-{at:02}"), frozenset(SAFE), DAY, "V11", 12),
        "names that mean harm": BedAssignment(code(9), "3", "3-B", DAY, DAY, tuple(
            Bed(name, code(at)) for at, name in enumerate(("ဩ" * 12, "e" + "\u0301" * 11, "က" + "ိ" * 11, "W" * 12, "က္က" * 4, "ကြွှုံ့ကြွှုံ့"), 1)
        ), frozenset(), DAY),
        "forty": BedAssignment(code(9), "M" * 20, "W" * 20, DAY, DAY, many(40, "WWWWWWWWWW{at:02}"), frozenset(SAFE), DAY, "V11", 888),
    }


def tallies() -> dict[str, Tally]:
    def lines(count: int, people: int = 4) -> tuple[Line, ...]:
        return tuple(Line(code(at), people) for at in range(count))

    return {
        "usual": Tally(code(3), "ဆန် Rice, 2 kg", DAY, 3, lines(18), True, DAY, "V07"),
        "empty": Tally(code(3), "", "", 1, (), False, DAY),
        "rooms": Tally(code(3), "Soup", DAY, 3, tuple(Line("", 0, f"အဆောင် {at} အခန်း B") for at in range(14)), False, DAY, "V07", 2),
        "long rooms": Tally(code(3), "Soup", DAY, 7, (Line("", 0, "W" * 40), Line("", 0, LONG_MY[:40])), False, DAY, "V07"),
        "hundred": Tally(code(3), LONG_MY, DAY, 7, lines(100, 123_456), False, DAY, "V07", 12),
        "full page": Tally(code(3), LONG_EN, DAY, 7, lines(17, 12), True, DAY, "V07"),
        "nearly full": Tally(code(3), "Rice", DAY, 1, lines(20, 12), True, DAY, "V07"),
    }


def receipts() -> dict[str, StipendReceipt]:
    return {
        "usual": StipendReceipt(code(1), "K4T7", DAY, "နိုဝင်ဘာလ November", 200_000, "MMK", "Cash", DAY, "V07"),
        "empty": StipendReceipt(code(1), "", "", "", 0, "MMK", "", DAY),
        "huge": StipendReceipt(code(1), "WWWWWWWWWWWW", DAY, LONG_MY, 999_999_999, "USD", "Voucher", DAY, "V07", 888),
        "spelt": StipendReceipt(code(1), "K4T7", DAY, UNBROKEN, 777_777_777, "MMK", "Mobile money", DAY, "V07", 12),
        "baht": StipendReceipt(code(1), "K4T7", DAY, LONG_EN, 1_500, "THB", "", DAY, "V07"),
    }


def helds() -> dict[str, HeldReceipt]:
    return {
        "usual": HeldReceipt(code(1), "K4T7", KINDS[:2], "", "Asked us to", DAY, "2026-12-01", DAY, "V07"),
        "empty": HeldReceipt(code(1), "", (), "", "", "", "", DAY),
        "all": HeldReceipt(code(1), "WWWWWWWWWWWW", KINDS, LONG_MY, LONG_EN, DAY, DAY, DAY, "V07", 888),
        "unbroken": HeldReceipt(code(1), "K4T7", KINDS, UNBROKEN, LONG_MY, DAY, DAY, DAY, "V07", 3),
    }


def referrals() -> dict[str, MedicalReferral]:
    everything = frozenset(SHARED)
    return {
        "usual": MedicalReferral(
            code(4), "Within 24 hours", "Clinic", "3", GIRL, KAREN_WORDS, "မိခင် Mother", STORY, "", "Paracetamol", everything,
            frozenset(AGREED[1:3]), DAY, "V02",
        ),
        "empty": MedicalReferral(code(4), "", "", "", NONE, NONE, "", "", "", "", frozenset(), frozenset(), DAY),
        "long": MedicalReferral(
            code(4), "Right now", "Someone to talk to", "108", GIRL, KAREN_WORDS, "W" * 24, (STORY * 3)[:240], LONG_MY[:60], LONG_EN[:60],
            everything, frozenset(AGREED), DAY, "V02", 888,
        ),
        "unbroken": MedicalReferral(
            code(4), "Routine", "Mother and child", "3", GIRL, KAREN_WORDS, LONG_MY[:24], (LONG_MY * 4)[:240], UNBROKEN[:60], LONG_MY[:60],
            everything, frozenset(AGREED), DAY, "V02", 12,
        ),
    }


def consents() -> dict[str, Consent]:
    answers = ("yes", "no", "not_asked", "")
    usual = tuple(Purpose(one, answers[at % 4]) for at, one in enumerate(PURPOSES))
    return {
        "usual": Consent(code(1), usual, "clinic only", "signed", DAY, DAY, "V07"),
        "empty": Consent(code(1), tuple(Purpose(one) for one in PURPOSES), "", "", "", DAY),
        "long": Consent(code(1), usual, LONG_MY * 3 + LONG_EN, "spoken_witnessed", DAY, DAY, "V07", 888),
        "very long": Consent(code(1), usual, (LONG_MY + " " + LONG_EN + " ") * 8, "thumb", DAY, DAY, "V07", 888),
    }


def transfers() -> dict[str, TransferLetter]:
    needs = Pair("အစားအစာ၊ စောင်၊ အဝတ်အစား၊ အိပ်ရာ၊ ဆပ်ပြာစသည်", "Food, blanket, clothes, bed, hygiene kit, papers")

    def people(count: int, needed: Pair = NONE) -> tuple[Moving, ...]:
        return tuple(Moving(code(at), ("Adult", "Child", "")[at % 3], needed if at % 2 else NONE) for at in range(count))

    return {
        "usual": TransferLetter(code(9), "ကြာနီ K-1", "စံပယ် J-4", "2026-11-24", people(4, Pair("ဆေးခန်း", "Clinic")), frozenset(GOES[:2]), DAY, "V01"),
        "empty": TransferLetter(code(9), "", "", "", (), frozenset(), DAY),
        "twelve": TransferLetter(code(9), LONG_MY, LONG_EN, DAY, people(12, needs), frozenset(GOES), DAY, "V01", 12),
        "thirty": TransferLetter(code(9), UNBROKEN[:40], "W" * 40, DAY, people(30, needs), frozenset(GOES), DAY, "V01", 888),
    }


def desks() -> dict[str, DeskList]:
    def waiting(count: int) -> tuple[Waiting, ...]:
        return tuple(Waiting(code(at), frozenset(place for place in range(8) if (at + place) % 3)) for at in range(count))

    return {
        "usual": DeskList(code(2), DAY, ("Food", "Stipend", "Clinic", "Talk"), waiting(18), DAY),
        "empty": DeskList(code(2), "", (), (), DAY),
        "all": DeskList(code(2), DAY, COLUMNS, waiting(120), DAY, 888),
        "one": DeskList(code(2), DAY, ("Hygiene kit",), waiting(1), DAY, 2),
    }


def slips() -> dict[str, ThermalSlip]:
    return {
        "usual": ThermalSlip(code(1)), "again": ThermalSlip(code(2), 888), "named": ThermalSlip(code(1), 1, LONG_NAME),
        "scripts": ThermalSlip(code(1), 1, Pair.same(f"{KAREN} {SHAN} {MON}")),
    }


def guidance() -> dict[str, GuidanceSheet]:
    text = "လမ်းကို မိုးမချုပ်မီ သွားပါ။ ရေ ယူပါ။\n\nWalk before dark. Take water."
    return {
        "usual": GuidanceSheet(code(5), "လမ်းခရီး The way", text, DAY, "မြောက်ပိုင်း north", "2026-12-01", 3, DAY),
        "empty": GuidanceSheet(code(5), "", "", "", "", "", 1, DAY),
        "long": GuidanceSheet(code(5), LONG_MY, f"{LONG_MY} {UNBROKEN} {KAREN} {SHAN} {MON}\n" * 60, DAY, LONG_EN[:60], DAY, 99, DAY, 12),
    }


def pens() -> dict[str, BlankForm]:
    """The short form for the pen: for somebody, for nobody, for a volunteer who needs hints, in one language."""
    form = definition("arrival")
    return {
        "usual": replace(for_the_pen(form, code=code(6)), printed_on=DAY), "again": replace(for_the_pen(form, code=code(6), copy=888), printed_on=DAY), "empty": for_the_pen(form),
        "hints": for_the_pen(form, code=code(6), guidance=True, rows=9), "burmese": for_the_pen(form, languages=("my",)),
        "english": for_the_pen(form, languages=("en",), code=code(6)),
    }
