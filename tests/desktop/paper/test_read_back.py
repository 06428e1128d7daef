"""Two thousand lines of real syllables, printed and read back by the two programs that most readers of PDF are made of."""

from __future__ import annotations

import random
import re
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


JUSTIFIED = "မြို့မှ ထွက်လာပြီး လမ်းတွင် ရက်ပေါင်းများစွာ ကြာခဲ့ပါသည်။ နော်ဖော ကျိၥ်ဖိၣ် Naw Paw နှင့် ဂကူမန် တို့ အတူ ရောက်သည်။ " * 5


def justified() -> tuple[list[float], bytes]:
    """Right edges of the lines in mm, and the file."""
    paper = Print("T", checked=True)
    paper.page().paragraph(20, 40, JUSTIFIED.strip(), 110, 11, align="justify")
    edges = [mark.right for mark in paper.pages[0].marks]
    assert paper.faults() == []
    return edges, paper.pdf()


def test_justified_burmese_is_read_as_it_was_written() -> None:
    edges, pdf = justified()
    assert sum(edge == pytest.approx(130, abs=0.6) for edge in edges) > len(edges) / 2
    assert all(edge < 130.6 for edge in edges)
    document = pypdfium2.PdfDocument(pdf)
    assert document[0].get_textpage().get_text_bounded().split() == JUSTIFIED.split()
    document.close()
    program = shutil.which("pdftotext")
    if program:
        ran = subprocess.run([program, "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
        assert ran.stdout.decode().split() == JUSTIFIED.split()


@pytest.mark.parametrize("word", ["ရက်ပေါင်းများစွာ", "ကျိၥ်ဖိၣ်", "Naw Paw", "ဂကူမန်"])
def test_words_are_found_by_searching(word: str) -> None:
    document = pypdfium2.PdfDocument(justified()[1])
    search = document[0].get_textpage().search(word)
    found = 0
    while search.get_next():
        found += 1
    document.close()
    assert found == 5


def test_only_what_is_used_of_a_font_is_in_the_file_and_its_language_and_title_are_said() -> None:
    pdf = justified()[1]
    names = set(re.findall(rb"/FontName /([^ /\r\n]+)", pdf))
    assert names
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in names)
    assert len(pdf) < 60_000  # the fonts whole would be 700,000
    assert b"/Lang (my)" in pdf
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_dict(skip_empty=True) == {
        "Title": "T", "CreationDate": "D:20000101000000+00'00'", "ModDate": "D:20000101000000+00'00'",
    }
    document.close()
