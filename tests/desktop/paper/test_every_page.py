"""What every page of every document must have and must not have: measured on the page that is drawn, not on its plan."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace

import pypdfium2
import pytest
from PIL import Image

from desktop.domain import codes
from desktop.paper.documents import arrival_slip, consent, household_list, ration_card, thermal
from desktop.paper.documents.stipend_receipt import amount_words
from desktop.paper.faults import Mark
from desktop.paper.page import MARGIN, ROLL_SIDE, SIZES, Page, Print
from desktop.paper.words import Pair
from tests.desktop.paper import desk_models, models
from tests.desktop.paper.test_documents import CASES, DOCUMENTS, ROLLS, decoded, printed, streams
from tests.desktop.paper.test_text import copied

DPI = 100
ONCE = ("trial_page", "recovery_sheet", "recovery_parts", "handing_out")  # each print of these is a new one, or tells nothing
CARRIED = {"arrival_slip", "thermal_slip"}
NO_DAY = {*CARRIED, "recovery_sheet", "recovery_parts", "trial_page"}
NO_NUMBER = {"trial_page", "handing_out"}  # nothing to scan back: the one is for the printer, the other is a list of lists


def inked(picture: Image.Image) -> tuple[float, float, float, float]:
    """The edges of all ink, in mm from the top left."""
    box = picture.point([255 if value < 200 else 0 for value in range(256)]).getbbox()
    assert box is not None
    left, top, right, bottom = (edge * 25.4 / DPI for edge in box)
    return left, top, right, bottom


@pytest.mark.parametrize(("name", "which", "size"), CASES)
def test_ink_stays_inside_the_margins(name: str, which: str, size: str) -> None:
    paper = printed(name, which, size)
    margin = ROLL_SIDE if name in ROLLS else MARGIN
    document = pypdfium2.PdfDocument(paper.pdf())
    for page, drawn in zip(paper.pages, document):
        left, top, right, bottom = inked(drawn.render(scale=DPI / 72, grayscale=True).to_pil())
        assert min(left, top, page.width - right, page.height - bottom) > margin - 0.5
    document.close()


@pytest.mark.parametrize(("name", "which", "size"), [case for case in CASES if case[2] == "A4"])
def test_every_letter_has_its_glyph(name: str, which: str, size: str) -> None:
    """The letters as they are drawn, in their own face and weight: none is the empty box of the font."""
    for page in printed(name, which, size).pages:
        for shaped, *_ in page._texts:
            assert all(glyph.id for run in shaped.runs for glyph in run.glyphs), shaped.text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_black_and_white_only(name: str) -> None:
    for page in printed(name, "usual").pages:
        code = " ".join(page.code)
        assert set(re.findall(r"(\S+) [gG](?= |$)", code)) <= {"0", "1"}
        assert re.findall(r" (?:rg|RG|k|K|cs|CS|sc|SC|scn|SCN|sh|gs)(?= |$)", code) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_page_says_what_it_is(name: str) -> None:
    paper = printed(name, "usual")
    for at, page in enumerate(paper.pages, 1):
        said = " ".join(mark.text for mark in page.marks)
        assert re.search(r"\w · v\d", said)
        assert "MY·EN" in said
        assert "1/1" in said if name in ROLLS else f"Page {at} of {len(paper.pages)}" in said or "1 / 1" in said
        if name not in NO_DAY and name not in ROLLS:
            assert "Printed 21 Nov 2026" in said
        if name not in NO_NUMBER:
            assert any(shape.kind == "pattern" for shape in page.shapes)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_file_names_nobody(name: str) -> None:
    pdf = printed(name, "usual").pdf()
    document = pypdfium2.PdfDocument(pdf)
    told = document.get_metadata_dict(skip_empty=True)
    document.close()
    assert told == {"Title": "T", "CreationDate": "D:20000101000000+00'00'", "ModDate": "D:20000101000000+00'00'"}
    raw = streams(pdf).lower()
    for never in (b"reportlab", b"waystation", b"python", b"/author (a", b"/creator (r", b"/home/"):
        assert never not in raw


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in ONCE])
def test_a_reprint_is_marked_on_every_page(name: str) -> None:
    _, found = DOCUMENTS[name]
    again = next(which for which, model in found.items() if model.copy > 1)
    number = found[again].copy
    pages = printed(name, again).pages
    for page in pages[:1] if name == "bed_assignment" else pages:  # its tags are numbers that come back
        said = {mark.text for mark in page.marks}
        assert said & {f"Copy {number}", f"Copy number {number}", f"မိတ္တူ {number}  Copy {number}", "Copy number"}
        assert any(str(number) in text.split() for text in said)


@pytest.mark.parametrize("copy", [1, 2])
def test_the_mark_of_a_reprint_is_framed(copy: int) -> None:
    paper = Print("T", checked=True)
    consent.draw(paper, replace(desk_models.consents()["usual"], copy=copy))
    page = paper.pages[0]
    mark = next(mark for mark in page.marks if mark.text == f"Copy {copy}")
    around = [shape for shape in page.shapes if shape.top < mark.top and shape.bottom > mark.bottom and mark.right < shape.left < mark.right + 3]
    assert bool(around) is (copy > 1)


# ---- what is found in a pocket ------------------------------------------------------------------------------------------

NUMBER = {
    "Your number", "last character = check", "Copy number 1", "Keep this paper. Show it at the desk.", "Show it at the desk.",
    "It carries no name. Write nothing on it.", "It carries no name.", "It carries no name. Write nothing.", "Keep it dry. You may fold it.",
    "Lost? Tell us. You will get a new one.", "Lost? Tell us.", "Cut here", "Cut along the frame", "Fold on the dots", "MY·EN", "1 / 1",
    "MY·EN   1 / 1", "MY·EN 1/1", "Keep it. It carries no name.", "Keep it. Show it at the desk.", "Slip", "K4T7", "Slip K4T7",
}
DESK = {"For the desk: count and shred spoiled prints. Do not hand out this strip.", "Given"}  # a strip that is cut off and stays
FOOD = {"Food shares", "4", "Card", "D", "Copy number", "1", "One square is punched each time.", "Complaint? Speak at the desk."}
FORMS = {"C1 · v1", "C2 · v1", "C4 · v1", "C5 · v1", "C6 · v1", "C7 · v1", "C3 · v1   1 / 1"}
TAG = {"Bed", "3-B-01", "3-B-02", "3-B-03", "3-B-04", "Give it back when you leave. No name."}


def carried(name: str) -> list[tuple[Page, list[Mark]]]:
    """What the person has in the hand when all is cut: of each page the texts above or below the cut line."""
    pages = printed(name, "usual").pages
    if name == "thermal_receipt":
        return [(pages[1], pages[1].marks)]
    page = pages[0]
    cuts = [mark.top for mark in page.marks if mark.text in ("Cut here", "Bed tags: cut and hand out")]
    if name in ("arrival_slip", "thermal_slip"):
        return [(page, page.marks)]
    below = name != "ration_card"
    return [(page, [mark for mark in page.marks if (mark.top > cuts[0] + 5 if below else mark.bottom < cuts[0] - 1)])]


@pytest.mark.parametrize("name", [
    "arrival_slip", "thermal_slip", "ration_card", "stipend_receipt", "thermal_receipt", "held_receipt", "bed_assignment",
])
def test_a_pocket_tells_a_number_and_nothing_else(name: str) -> None:
    """Every English word on carried paper is one of these; the Burmese is the same sentence."""
    for _page, marks in carried(name):
        said = {mark.text for mark in marks if mark.text.isascii() or "·" in mark.text}
        numbers = {text for text in said if len(text) == 1 or (text.isdigit() and int(text) <= 36)}
        more = {"ration_card": FOOD, "bed_assignment": TAG, "arrival_slip": DESK}.get(name, set())
        assert said - numbers - NUMBER - FORMS - more == set()
        assert len(marks) > 8


@pytest.mark.parametrize(("name", "bare", "kept"), [
    ("arrival_slip", 2, 0), ("thermal_slip", 1, 0), ("ration_card", 1, 1), ("stipend_receipt", 1, 1), ("thermal_receipt", 1, 1),
    ("held_receipt", 1, 1), ("bed_assignment", 4, 1), ("medical_referral", 0, 2), ("transfer_letter", 0, 2),
])
def test_codes_to_scan_hold_a_number_and_on_kept_paper_its_form(name: str, bare: int, kept: int) -> None:
    """What a phone at a checkpoint reads from carried paper is the number that stands beside it."""
    found = [text.decode() for page in decoded(printed(name, "usual").pdf()) for text in page]
    assert sorted("/" in text for text in found) == [False] * bare + [True] * kept
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{8}(/[A-Z]\d/1)?", text) for text in found)


@pytest.mark.parametrize("name", ["arrival_slip", "thermal_slip", "ration_card"])
def test_carried_paper_is_the_same_for_everybody_but_for_the_number(name: str) -> None:
    """Two people with the same number of shares: only the characters of the code differ."""
    draw, found = DOCUMENTS[name]
    texts = []
    for at in (1, 2):
        paper = Print("T", checked=True)
        draw(paper, replace(found["usual"], code=models.code(at)))
        texts.append([mark.text for mark in paper.pages[0].marks if len(mark.text) > 1])
    assert texts[0] == texts[1]


def test_amounts_stand_in_figures_and_words_of_both_languages() -> None:
    text = copied(printed("stipend_receipt", "usual").pdf())
    for said in ("၂၀၀,၀၀၀/–", "200,000/–", "Two hundred thousand kyat only", "ကျပ် နှစ်သိန်းတိတိ"):
        assert said in text
    assert desk_models.receipts()["usual"].amount == 200_000


def test_one_of_a_currency_is_singular() -> None:
    assert amount_words(1, "USD").en == "One dollar only"
    assert amount_words(2, "USD").en == "Two dollars only"
    assert amount_words(1, "MMK").en == "One kyat only"


@pytest.mark.parametrize("name", ["tally", "transfer_letter", "bed_assignment", "household_list"])
def test_nobody_signs_a_page_without_lines(name: str) -> None:
    """The signatures stand under some of the lines they are for."""
    for which in DOCUMENTS[name][1]:
        for size in ("A4", "Letter"):
            pages = printed(name, which, size).pages
            signed = next(at for at, page in enumerate(pages) if any("(code only)" in mark.text for mark in page.marks))
            if signed:
                assert any(mark.text in ("Case number", "Household number") for mark in pages[signed].marks)
                assert sum(mark.text in ("No.", "Bed") for mark in pages[signed].marks) >= 1, (which, size)


def ending_in_q(found: object) -> object:
    """The model with each of its numbers replaced by one whose check character is a Q, the letter with a tail."""
    if isinstance(found, str):
        return Q_CODE if codes.parse(found) and len(found) == 8 else found
    if isinstance(found, tuple):
        made = [ending_in_q(one) for one in found]
        return type(found)(*made) if hasattr(found, "_fields") else tuple(made)
    if is_dataclass(found) and not isinstance(found, type):
        return replace(found, **{one.name: ending_in_q(getattr(found, one.name)) for one in fields(found) if one.init})  # type: ignore[type-var, return-value]
    return found


Q_CODE = next(code for code in (f"W{at:06}"[:7] + codes.check_character(f"W{at:06}"[:7]) for at in range(999)) if code.endswith("Q"))


@pytest.mark.parametrize(("name", "size"), [(name, size) for name in DOCUMENTS for size in SIZES])
def test_the_tail_of_a_q_hangs_free(name: str, size: str) -> None:
    draw, found = DOCUMENTS[name]
    for model in found.values():
        paper = Print("test", size, checked=True)
        draw(paper, ending_in_q(model))
        assert paper.faults() == []


PILES = ("a" + "\u0301" * 79, "်ျြွှ" * 16, "က" + "ိ" * 79)
LONGEST = ("W" * 80, "ဩ" * 80, "王小明" * 26, "ကျော် စွာ\nလင်း\r\nထက်\u2028မြတ်\x85နိုး\x0bဦး", *PILES)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", LONGEST)
def test_a_name_that_no_paper_has_room_for_stays_in_its_place(name: str, size: str) -> None:
    said = Pair.same(name)
    for draw, model in (
        (arrival_slip.draw, replace(models.slips()["usual"], name=said)), (thermal.draw_slip, replace(desk_models.slips()["usual"], name=said)),
        (ration_card.draw, replace(desk_models.rations()["photo"], name=said)),
        (household_list.draw, replace(models.households()["usual"], members=tuple(models.member(at, name, name) for at in range(12)))),
    ):
        paper = Print("test", size, checked=True)
        draw(paper, model)
        assert [one for one in paper.faults() if "no font has" not in one] == []


@pytest.mark.parametrize("name", PILES)
def test_what_is_piled_up_is_copied_whole(name: str) -> None:
    paper = Print("test")
    paper.page().text(20, 50, name, 11)
    assert copied(paper.pdf()).strip() == name
