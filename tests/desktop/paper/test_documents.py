"""Every document, from empty to the longest, on both sizes of paper."""

from __future__ import annotations

import re
import tracemalloc
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from desktop.paper import preview, shaping
from desktop.paper.documents import (
    arrival_slip,
    bed_assignment,
    blank_form,
    consent,
    desk_list,
    filled_form,
    guidance_sheet,
    handing_out,
    held_receipt,
    household_list,
    medical_referral,
    ration_card,
    recovery_sheet,
    site_card,
    stipend_receipt,
    tally,
    thermal,
    transfer_letter,
    trial_page,
)
from desktop.paper.page import SIZES, Print
from desktop.resources import folder
from tests.desktop.paper import desk_models, models
from tests.desktop.paper.test_text import copied, said
from tests.tree import files

Draw = Callable[[Print, Any], None]
DOCUMENTS: dict[str, tuple[Draw, Mapping[str, Any]]] = {
    "arrival_slip": (arrival_slip.draw, models.slips()),
    "household_list": (household_list.draw, models.households()),
    "registration": (filled_form.draw, models.registrations()),
    "recovery_sheet": (recovery_sheet.draw, models.recoveries()),
    "recovery_parts": (recovery_sheet.draw_parts, models.recovery_parts()),
    "site_card": (site_card.draw, models.cards()),
    "trial_page": (trial_page.draw, {"usual": None}),
    "handing_out": (handing_out.draw, models.handing_out()),
    "ration_card": (ration_card.draw, desk_models.rations()),
    "bed_assignment": (bed_assignment.draw, desk_models.beds()),
    "tally": (tally.draw, desk_models.tallies()),
    "stipend_receipt": (stipend_receipt.draw, desk_models.receipts()),
    "held_receipt": (held_receipt.draw, desk_models.helds()),
    "medical_referral": (medical_referral.draw, desk_models.referrals()),
    "consent": (consent.draw, desk_models.consents()),
    "transfer_letter": (transfer_letter.draw, desk_models.transfers()),
    "desk_list": (desk_list.draw, desk_models.desks()),
    "thermal_slip": (thermal.draw_slip, desk_models.slips()),
    "thermal_receipt": (thermal.draw_receipt, desk_models.receipts()),
    "guidance_sheet": (guidance_sheet.draw, desk_models.guidance()),
    "blank_form": (blank_form.draw, desk_models.pens()),
}
ROLLS = ("thermal_slip", "thermal_receipt")
CASES = [
    (name, which, size) for name, (_, found) in DOCUMENTS.items() for which in found for size in SIZES if size == "A4" or name not in ROLLS
]


def printed(name: str, which: str, size: str = "A4") -> Print:
    draw, found = DOCUMENTS[name]
    paper = Print("T", size, checked=True)
    draw(paper, found[which])
    return paper


@pytest.mark.parametrize(("name", "which", "size"), CASES)
def test_no_faults(name: str, which: str, size: str) -> None:
    paper = printed(name, which, size)
    assert paper.faults() == []
    for page in paper.pages:
        assert all(glyph_ok(mark.text) for mark in page.marks)


def glyph_ok(text: str) -> bool:
    from desktop.paper import shaping

    return all(glyph.id for run in shaping.regular().shape(text).runs for glyph in run.glyphs)


@pytest.mark.parametrize(("name", "which"), sorted({(name, which) for name, which, _ in CASES}))
def test_same_bytes_twice(name: str, which: str) -> None:
    assert printed(name, which).pdf() == printed(name, which).pdf()


@pytest.mark.parametrize(("name", "which"), [("registration", "usual"), ("household_list", "usual"), ("site_card", "usual")])
def test_all_text_can_be_copied(name: str, which: str) -> None:
    paper = printed(name, which)
    wanted = {word for page in paper.pages for mark in page.marks for word in mark.text.split() if len(word) > 1}
    found = copied(paper.pdf())
    assert [word for word in sorted(wanted) if word not in found] == []


def decoded(pdf: bytes, dpi: int = 200) -> list[list[bytes]]:
    """What the codes of each page hold, read from a picture at `dpi` in black and white."""
    pages = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil().point(lambda v: 255 if v > 127 else 0)
        pages.append([bytes(found.bytes) for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)])
    document.close()
    return pages


@pytest.mark.parametrize(("name", "which", "wanted"), [
    ("arrival_slip", "usual", [[models.code(1).encode()] * 2]),
    ("household_list", "usual", [[f"{models.code(9)}/H1/1".encode()]]),
    ("registration", "usual", [[f"{models.code(1)}/R2/{n}".encode()] for n in (1, 2)]),
    ("recovery_sheet", "usual", [[models.recoveries()["usual"].code.encode()]]),
    ("recovery_parts", "usual", [[part.scanned.encode()] for part in models.recovery_parts()["usual"]]),
    ("site_card", "usual", [[models.cards()["usual"].data]]),
    ("site_card", "long", [[models.cards()["long"].data]]),
    ("trial_page", "usual", [[b"X1-" + b"0123456789" * 7, b"X1-" + b"0123456789" * 2, b"X1-0123456789"]]),
])
def test_every_code_is_read_from_paper(name: str, which: str, wanted: list[list[bytes]]) -> None:
    assert decoded(printed(name, which).pdf()) == wanted


def streams(pdf: bytes) -> bytes:
    """The file with everything in it that is packed unpacked."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            parts.append(zlib.decompress(found.group(1)))
        except zlib.error:
            parts.append(found.group(1))
    return b"\n".join(parts)


def test_the_carried_paper_says_nothing_but_its_number() -> None:
    pdf = printed("arrival_slip", "usual").pdf()
    raw = streams(pdf)
    text = copied(pdf)
    for never in ("Waystation", "ReportLab", "2026", "Arrival", "site", "register"):
        assert never.lower().encode() not in raw.lower().replace(b"opposite", b""), never
        assert never not in text
    properties = pypdfium2.PdfDocument(pdf).get_metadata_dict(skip_empty=True)
    assert properties == {"Title": "T", "CreationDate": "D:20000101000000+00'00'", "ModDate": "D:20000101000000+00'00'"}


def test_the_household_list_names_nobody_left_behind_and_no_health() -> None:
    text = copied(printed("household_list", "usual").pdf())
    assert "Mother" in text
    for never in ("Pregnant", "Sick", "Afraid", "Medicine"):
        assert never not in text


def test_the_recovery_sheet_says_nothing_about_the_place() -> None:
    raw = streams(printed("recovery_sheet", "usual").pdf()).lower()
    assert b"waystation" not in raw
    assert b"printed" not in raw


def test_long_answers_go_on_over_pages_whole() -> None:
    paper = printed("registration", "longest")
    assert len(paper.pages) > 4
    text = copied(paper.pdf()).replace(" ", "")
    story = "ကျွန်ုပ်တို့သည် မြို့မှ ထွက်လာပြီး လမ်းတွင် ရက်ပေါင်းများစွာ ကြာခဲ့ပါသည်။".replace(" ", "")
    assert text.count(story[-20:]) + text.count(story[:20]) > 70
    for name in (models.LONG_MY, models.LONG_EN, models.UNBROKEN * 4, models.KAREN * 3, models.SHAN * 4, models.MON * 5):
        assert name.replace(" ", "") in text


def test_twelve_long_names_are_all_on_the_list() -> None:
    text = copied(printed("household_list", "twelve").pdf()).replace(" ", "")
    assert text.count(models.LONG_MY) == 3
    assert text.count(said([models.SHAN])) == 2


def test_silences_are_crossed_in_their_column() -> None:
    page = printed("registration", "usual").pages[0]
    unknown = next(mark for mark in page.marks if mark.text == "Unknown")
    label = next(mark for mark in page.marks if mark.text == "Mother's name")
    crosses = [tuple(map(float, found)) for code in page.code for found in re.findall(r"1\.9 w 1 J (\S+) (\S+) m (\S+) (\S+) l", code)]
    rows = [
        (x0 + x1) / 2 / 72 * 25.4 for x0, y0, x1, y1 in crosses
        if abs(page.height - (y0 + y1) / 2 / 72 * 25.4 - (label.top + label.bottom) / 2) < 5
    ]
    assert len(rows) == 1
    assert rows[0] == pytest.approx((unknown.left + unknown.right) / 2, abs=1)


def test_pictures_are_rgb_rows_without_padding() -> None:
    pdf = printed("arrival_slip", "usual").pdf()
    width, height, data = preview.picture(pdf, 0, 50)
    assert (width, height) == (414, 585)
    assert len(data) == width * height * 3
    assert data[:3] == b"\xff\xff\xff"
    assert min(data) < 30
    with pytest.raises(IndexError):
        preview.picture(pdf, 1)


def test_hundreds_of_pages_wait_small_and_the_file_is_not_copied_about() -> None:
    held = models.registrations()["usual"]
    filled_form.draw(Print("R2"), held)  # fonts and words are read once for all
    tracemalloc.start()
    try:
        paper = Print("R2")
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(40):
            filled_form.draw(paper, held)
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        made = len(paper.pdf())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert paper.count > 60
    assert after - before < 2.5 * made
    assert peak - after < 2.5 * made


def test_every_part_of_a_recovery_sheet_says_that_only_the_newest_opens() -> None:
    paper = Print("S3")
    recovery_sheet.draw_parts(paper, next(iter(models.recovery_parts().values())))
    text = copied(paper.pdf())
    assert text.count("Only parts of the newest sheet open the laptop.") == paper.count == 3
    assert text.count("နောက်ဆုံးစာရွက်၏ အပိုင်းများဖြင့်သာ") == 3


def test_no_document_is_left_out() -> None:
    places = {draw.__module__ for draw, _ in DOCUMENTS.values()} | {blank_form.__name__}
    drawing = {f"desktop.paper.documents.{path.stem}" for path in files("desktop/paper/documents", endings={".py"}) if "def draw" in path.read_text(encoding="utf-8")}
    assert len(drawing) > 15
    assert {one for one in drawing if one not in places and one.rpartition(".")[2] not in PIECES} == set()


PIECES = {"blank_form_entries", "blank_form_rows", "blank_form_tables", "filled_form_rows"}
"""Parts of a document, drawn by its module."""


def test_screen_and_paper_have_the_same_faces() -> None:
    """But for Burmese: its face for screens keeps to the height of a field, that of paper has room for stacks."""
    screen = {path.name for path in folder("fonts").glob("*.ttf")}
    paper = {Path(str(font.face.filename)).name for face in (shaping.regular(), shaping.bold()) for font in face.fonts}
    assert {name for name in paper if "Myanmar" not in name} <= screen
    assert {name.split("_")[0].replace("UI", "").split("-")[0] for name in screen} == {name.split("_")[0].split("-")[0] for name in paper}
