"""Lines under each other: lists that hang, gaps between paragraphs, sizes side by side."""

from __future__ import annotations

from itertools import pairwise

import pytest

from desktop.paper.blocks import Line, block, paragraphs
from desktop.paper.documents import guidance_sheet
from desktop.paper.page import Print
from tests.desktop.paper.golden import overlaps
from tests.desktop.paper.models import code
from tests.desktop.paper.test_text import copied

SENTENCE = "လမ်းတွင် ရေနှင့် အစားအစာကို ဂိတ်များတွင် ရနိုင်သည်။ Ask for water at each stop and wait for the call. "
LIST = f"{SENTENCE}\n\n၁။ {SENTENCE}\n10) {SENTENCE}\n– {SENTENCE}\n(3) {SENTENCE}๔. {SENTENCE}"


@pytest.mark.parametrize("marker", ["၁။ ", "1. ", "10) ", "(3) ", "– ", "•  ", "๔. "])
def test_items_of_a_list_hang(marker: str) -> None:
    first, *rest = paragraphs(marker + SENTENCE, 80, 11)
    assert first.text.startswith(marker)
    assert first.inset == 0
    assert len(rest) > 1
    start = Line(marker, 11).width
    assert all(line.inset == pytest.approx(start) for line in rest)
    assert all(line.width <= 80.01 for line in (first, *rest))


@pytest.mark.parametrize("text", ["1.5 litres of water for each person and day " * 3, "2026. " + SENTENCE, "-5 " + SENTENCE, "၁၂ " + SENTENCE])
def test_what_only_begins_with_a_number_does_not_hang(text: str) -> None:
    assert {line.inset for line in paragraphs(text, 80, 11)} == {0}


def test_an_empty_line_is_a_gap_and_the_words_are_all_there() -> None:
    lines = paragraphs(f"\n{LIST}\n\n", 90, 11)
    assert "".join(line.text for line in lines).replace(" ", "") == LIST.replace(" ", "").replace("\n", "")
    gaps = [at for at, line in enumerate(lines) if not line.text]
    assert len(gaps) == 1
    assert 0 < gaps[0] < len(lines) - 1
    without = block([line for line in lines if line.text])
    assert block(lines).height > without.height + 1


def test_a_guidance_sheet_has_every_word_of_its_text_and_no_fault() -> None:
    paper = Print("G1", checked=True)
    text = "\n".join([LIST] * 12)
    guidance_sheet.draw(paper, guidance_sheet.GuidanceSheet(
        code=code(3), title="ခရီးလမ်း Journey", text=text, dated="2026-11-20", area="မြောက်ဘက်",
        stale_after="2026-12-01", version=2, printed_on="2026-11-21",
    ))
    assert len(paper.pages) > 2
    assert paper.faults() == []
    pdf = paper.pdf()
    assert min(share for share, _ in overlaps(paper, pdf)) > 0.85
    read = copied(pdf).split()
    assert read.count("ဂိတ်များတွင်") == LIST.count("ဂိတ်များတွင်") * 12


def test_sizes_and_weights_share_a_line() -> None:
    paper = Print("T", checked=True)
    page = paper.page()
    at = 20.0
    for text, size, bold in (("ကုဒ် ", 9, False), ("A7KM ", 20, True), ("ကျိၥ်ဖိၣ် ", 11, True), ("ชื่อ ", 14, False), ("end", 8, False)):
        at += page.text(at, 40, text, size, bold=bold)
    assert paper.faults() == []
    marks = page.marks
    assert all(one.right <= other.left + 0.3 for one, other in pairwise(marks))
    pdf = paper.pdf()
    assert min(share for share, _ in overlaps(paper, pdf)) > 0.85
    assert copied(pdf).split() == ["ကုဒ်", "A7KM", "ကျိၥ်ဖိၣ်", "ชื่อ", "end"]
