"""Shaping, drawing, and reading the drawn text back."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
import pytest
import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.paper import shaping
from desktop.paper.fonts import font
from desktop.paper.page import Print, lines_of, width_of
from desktop.resources import folder
from tests.desktop.paper.samples import LINES, OTHERS, SYLLABLES


def drawn(*lines: str, bold: bool = False, size: float = 11) -> bytes:
    paper = Print("T", checked=True)
    page = paper.page()
    for place, line in enumerate(lines):
        page.text(15, 20 + place * 12, line, size, bold=bold)
    assert not paper.faults()
    return paper.pdf()


def copied(pdf: bytes) -> str:
    """All text of a file as pdfium copies it. It joins double spaces, and lines of one letter to the line before: any white space
    counts as one space."""
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(text.split())


def said(lines: Iterable[str]) -> str:
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("bold", [False, True])
def test_copied_text_is_the_text(bold: bool) -> None:
    assert copied(drawn(*LINES, bold=bold)) == said(LINES)


def test_poppler_reads_the_same(tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    pdf = drawn(*LINES)
    read = subprocess.run([program, "-layout", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    assert said(read.decode().splitlines()) == said(LINES)


MIXED = st.lists(st.sampled_from(SYLLABLES + OTHERS), min_size=1, max_size=14).map(lambda parts: " ".join("".join(parts).split()))


@settings(max_examples=40, deadline=None)
@given(st.lists(MIXED.filter(lambda text: text and not text.endswith("-")), min_size=1, max_size=18))
def test_copied_text_of_any_mixture(lines: list[str]) -> None:
    kept = [line for line in lines if 12 < width_of(line, 9) < 180]  # shorter lines pdfium runs together
    if kept:
        assert copied(drawn(*kept, size=9)) == said(kept)


@pytest.mark.parametrize("text", LINES)
@pytest.mark.parametrize("bold", [False, True])
def test_glyphs_and_places_are_those_of_harfbuzz(text: str, bold: bool) -> None:
    shaped = (shaping.bold() if bold else shaping.regular()).shape(text)
    assert "".join(run.text for run in shaped.runs) == text
    for run in shaped.runs:
        buffer = hb.Buffer()
        buffer.add_str(run.text)
        buffer.guess_segment_properties()
        buffer.language = shaping.language_of(text)
        hb.shape(run.font.hb, buffer)
        wanted = [(info.codepoint, p.x_advance, p.x_offset, p.y_offset) for info, p in zip(buffer.glyph_infos, buffer.glyph_positions)]
        assert [(g.id, g.advance, g.dx, g.dy) for g in run.glyphs] == wanted
        assert all(glyph.id != 0 for glyph in run.glyphs)


def test_drawn_places_equal_shaped_places() -> None:
    """The PDF itself, read back by pdfium: every character of a plain text stands where it was measured."""
    text = "Kyaw Swar Lin Htet"
    document = pypdfium2.PdfDocument(drawn(text, size=20))
    page = document[0].get_textpage()
    at, k = 15 * 72 / 25.4, 20 / 1000
    used = font("latin")
    for place, glyph in enumerate(shaping.regular().shape(text).runs[0].glyphs):
        box = used.box(glyph.id)
        if box:
            left, _, right, _ = page.get_charbox(place)
            assert left == pytest.approx(at + box[0] * k, abs=0.3)
            assert right == pytest.approx(at + box[2] * k, abs=0.3)
        at += glyph.advance * k
    document.close()


def test_fallback_keeps_marks_on_their_letter() -> None:
    runs = shaping.regular().shape("Saw ကျိၥ် (ကို) é").runs
    for run in runs:
        assert not (0x102B <= ord(run.text[0]) <= 0x103E)
        assert all(ord(c) in run.font.covers for c in run.text if c != " ")
    assert [run.text for run in runs] == ["Saw ", "ကျိၥ် ", "(", "ကို", ") é"]


def test_letters_no_font_has_are_seen_and_still_copied() -> None:
    text = "กא王 x"
    shaped = shaping.regular().shape(text)
    assert shaped.unknown == "א王"
    assert all(glyph.id for run in shaped.runs for glyph in run.glyphs)
    paper = Print("T", checked=True)
    paper.page().text(20, 30, text, 12)
    assert any("no font has" in fault for fault in paper.faults())
    assert copied(paper.pdf()) == text


def test_languages_choose_their_own_forms() -> None:
    face = shaping.regular()
    assert shaping.language_of("ဘာသာမန် ဍုၚ်") == "mnw"
    assert shaping.language_of("ဖိၣ်") == "ksw"
    assert shaping.language_of("ၵူၼ်း") == "shn"
    assert shaping.language_of("ကို Saw") == "my"
    ids = {language: [g.id for run in face.shape("ကွ", language).runs for g in run.glyphs] for language in ("my", "ksw")}
    assert ids["my"] != ids["ksw"]


def test_same_bytes_for_the_same_input_whatever_was_drawn_before() -> None:
    first = drawn(*LINES)
    drawn(*reversed(LINES), "ကြွေ fi ffi office", bold=True)
    assert drawn(*LINES) == first


def test_measures_are_those_of_what_is_drawn() -> None:
    paper = Print("T", checked=True)
    page = paper.page()
    wide = page.text(100, 50, "အလယ်", 12, align="centre")
    ends = page.text(100, 70, "အဆုံး", 12, align="right")
    centre, right = page.marks
    assert wide == pytest.approx(width_of("အလယ်", 12))
    assert ends == pytest.approx(width_of("အဆုံး", 12))
    assert (centre.left + centre.right) / 2 == pytest.approx(100, abs=0.5)
    assert right.right == pytest.approx(100, abs=0.5)


def test_justified_lines_end_at_the_edge_and_the_last_does_not() -> None:
    text = "The desk is open every day from eight in the morning until six in the evening and the night guard calls. " * 3
    paper = Print("T", checked=True)
    page = paper.page()
    page.paragraph(20, 40, text.strip(), 110, 10, align="justify")
    edges = [mark.right for mark in page.marks]
    assert all(edge == pytest.approx(130, abs=0.6) for edge in edges[:-1])
    assert edges[-1] < 129


def test_long_text_shrinks_to_its_place_but_not_under_the_floor() -> None:
    paper = Print("T", checked=True)
    page = paper.page()
    page.text(20, 40, "ကျော်စွာလင်းထက်အောင်", 14, fit=45)
    assert not page.faults()
    assert page.marks[0].size < 14
    page.text(20, 60, "ကျော်စွာလင်းထက်အောင်" * 3, 14, fit=30)
    assert page.marks[1].size == 9
    assert any("wider than its place" in fault for fault in page.faults())


@pytest.mark.parametrize("spoil", ["touch", "cut", "outside", "small", "black", "quiet"])
def test_faults_are_told(spoil: str) -> None:
    from desktop.paper.codes import qr

    page = Print("T").page()
    page.text(30, 50, "ပုဂ္ဂိုလ်", 12)
    assert not page.faults()
    if spoil == "touch":
        page.text(34, 51, "Person", 12)
    if spoil == "cut":
        page.line(20, 49, 60, 49)
    if spoil == "outside":
        page.text(195, 80, "outside here", 12)
    if spoil == "small":
        page.text(30, 80, "ငယ်", 8.5)
    if spoil == "black":
        page.fill(28, 44, 20, 10)
    if spoil == "quiet":
        qr(page, 30, 54, 20, "7KQM4XVH")
    assert page.faults()


def test_wrapped_text_stays_within_its_width() -> None:
    for line in lines_of("ရောက်ရှိသူအားလုံး၏အမည်အပြည့်အစုံကို" * 4, 60, 11):
        assert width_of(line.rstrip(), 11) <= 60


_WRITTEN = {"Myanmar": (0x1000, 0x10A0), "Myanmar A": (0xAA60, 0xAA80), "Myanmar B": (0xA9E0, 0xAA00), "Thai": (0xE00, 0xE80), "Latin": (0x20, 0x180)}


@pytest.mark.parametrize("name", _WRITTEN)
def test_every_letter_of_the_scripts_is_in_a_font(name: str) -> None:
    letters = "".join(chr(code) for code in range(*_WRITTEN[name]) if unicodedata.category(chr(code)) not in ("Cn", "Cc"))
    assert shaping.regular().shape(letters).unknown == shaping.bold().shape(letters).unknown == ""


def test_every_font_has_its_source_and_licence() -> None:
    fonts = folder("fonts")
    told = (fonts / "SOURCES.md").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "OFL.txt").read_text(encoding="utf-8")
    found = sorted(fonts.rglob("*.ttf"))
    assert len(found) == 9
    assert [path.name for path in found if path.name not in told] == []


def test_fonts_are_static_and_one_object_each() -> None:
    assert font("latin") is font("latin")
    for face in (shaping.regular(), shaping.bold(), shaping.codes()):
        assert all(used.hb.face.upem == 1000 for used in face.fonts)
