"""Every code to scan on every document is read from a bad picture: black and white, askew, with specks and spread toner."""

from __future__ import annotations

from functools import cache
from random import Random

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from desktop.paper.faults import Shape
from tests.desktop.paper.test_documents import DOCUMENTS, printed

SKEW = 3.0
SPECKS = 2  # of 256 pixels that come out wrong
NOISE = 70  # grey levels up and down, before black and white
SMALL = 25.0
QUIET = 3.0


CASES = [*((name, "usual") for name in DOCUMENTS), ("site_card", "long"), ("bed_assignment", "twelve"), ("registration", "longest")]


@cache
def pages(name: str, which: str) -> tuple[tuple[Image.Image, int], ...]:
    """Each page at 300 dots, and how many codes are on it."""
    paper = printed(name, which)
    counts = [sum(shape.kind == "pattern" for shape in page.shapes) for page in paper.pages]
    document = pypdfium2.PdfDocument(paper.pdf())
    pictures = [page.render(scale=300 / 72, grayscale=True).to_pil() for page in document]
    document.close()
    return tuple(zip(pictures, counts))


def worn(picture: Image.Image, dpi: int, skew: float, seed: int) -> Image.Image:
    """As a cheap scanner gives it: turned, blurred, noisy, then black and white. The same for the same seed."""
    small = picture.resize((picture.width * dpi // 300, picture.height * dpi // 300), Image.Resampling.BOX)
    turned = small.rotate(skew, Image.Resampling.BICUBIC, expand=True, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
    noise = Image.frombytes("L", turned.size, Random(seed).randbytes(turned.width * turned.height))
    grain = noise.point([value * 2 * NOISE // 256 for value in range(256)])
    noisy = ImageChops.add(turned, grain, 1, -NOISE).point([0] * 128 + [255] * 128)
    wrong = noise.point([255 if value < SPECKS else 0 for value in range(256)])
    return ImageChops.difference(noisy, wrong)


def read(picture: Image.Image) -> list[bytes]:
    return sorted(bytes(found.bytes) for found in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode))


@pytest.mark.parametrize("dpi", [150, 200])
@pytest.mark.parametrize(("name", "which"), CASES)
def test_every_code_is_read_from_a_bad_picture(name: str, which: str, dpi: int) -> None:
    for at, (picture, count) in enumerate(pages(name, which)):
        clean = read(picture)
        assert len(clean) == count
        for skew in (-SKEW, SKEW):
            assert read(worn(picture, dpi, skew, at)) == clean


def test_a_picture_can_be_too_bad() -> None:
    picture = pages("arrival_slip", "usual")[0][0]
    assert read(worn(picture, 20, SKEW, 0)) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_codes_are_large_enough(name: str) -> None:
    for page in printed(name, "usual").pages:
        for shape in page.shapes:
            if shape.kind == "pattern":
                assert shape.right - shape.left >= SMALL


FOLDED = {
    "arrival_slip": "down", "ration_card": "down", "medical_referral": "across", "transfer_letter": "across", "recovery_sheet": "across",
    "recovery_parts": "across", "site_card": "across",
}


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize(("name", "which"), [*((name, "usual") for name in FOLDED), ("transfer_letter", "empty")])
def test_no_fold_runs_through_a_code(name: str, which: str, size: str) -> None:
    page = printed(name, which, size).pages[0]
    middle = page.width / 2 if FOLDED[name] == "down" else page.height / 2
    marks = [shape for shape in page.shapes if shape.kind == "line" and _at(shape, FOLDED[name], middle)]
    assert marks
    for shape in page.shapes:
        if shape.kind == "pattern":
            low, high = (shape.left, shape.right) if FOLDED[name] == "down" else (shape.top, shape.bottom)
            assert not low - QUIET < middle < high + QUIET


def _at(shape: Shape, way: str, middle: float) -> bool:
    """True for a short mark where the sheet folds."""
    ends = (shape.left, shape.right, shape.bottom - shape.top) if way == "down" else (shape.top, shape.bottom, shape.right - shape.left)
    return ends[0] == ends[1] == middle and 1 < ends[2] < 2
