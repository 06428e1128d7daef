"""Two thousand lines of real syllables, printed and read back by the two programs that most readers of PDF are made of."""

from __future__ import annotations

import random
import shutil
import subprocess
from functools import cache

import pypdfium2
import pytest

from desktop.paper.page import Print, width_of
from desktop.resources import folder
from tests.desktop.paper.golden import STRINGS
from tests.desktop.paper.samples import OTHERS, SYLLABLES

COUNT, ON_A_PAGE = 2000, 36


def _pieces() -> list[str]:
    rows = folder("reference", "names", "name_words.tsv").read_text(encoding="utf-8").splitlines()[1:]
    words = [word for group in STRINGS.values() for text in group for word in text.split()]
    return [*(row.split("\t")[0] for row in rows), *SYLLABLES, *words, *OTHERS * 4]


@cache
def lines() -> list[str]:
    """Lines as a form may hold them. Not too short, not wider than the sheet, none that ends with a hyphen: readers join such lines."""
    chance, pieces, made = random.Random(5), _pieces(), list[str]()
    while len(made) < COUNT:
        text = " ".join("".join(chance.choices(pieces, k=chance.randint(3, 16))).split())
        if 12 < width_of(text, 9) < 180 and text[-1] not in "-–":
            made.append(text)
    return made


@cache
def printed() -> bytes:
    paper = Print("T")
    for start in range(0, COUNT, ON_A_PAGE):
        page = paper.page()
        for place, line in enumerate(lines()[start:start + ON_A_PAGE]):
            page.text(15, 20 + place * 7, line, 9, bold=place % 5 == 0)
    return paper.pdf()


def compare(pages: list[str]) -> None:
    """White space of any kind counts as one space: both programs make lines of their own."""
    assert len(pages) == -(-COUNT // ON_A_PAGE)
    for start, page in zip(range(0, COUNT, ON_A_PAGE), pages):
        assert page.split() == " ".join(lines()[start:start + ON_A_PAGE]).split()


def test_pdfium_reads_what_was_written() -> None:
    document = pypdfium2.PdfDocument(printed())
    compare([page.get_textpage().get_text_bounded() for page in document])
    document.close()


def test_poppler_reads_what_was_written() -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    ran = subprocess.run([program, "-layout", "-enc", "UTF-8", "-", "-"], input=printed(), capture_output=True, check=True)
    compare(ran.stdout.decode().split("\f")[:-1])
