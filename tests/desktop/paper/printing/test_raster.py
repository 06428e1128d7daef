"""Pages as pictures come back dot for dot."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.paper.printing import raster
from desktop.paper.printing.raster import PWG, URF, Drawing, Grey

HEAD = {PWG: 1796, URF: 32}


def unpacked(data: bytes, wide: int, high: int) -> bytes:
    """The dots, read by the rules of the standard."""
    lines: list[bytes] = []
    at = 0
    while len(lines) < high:
        times, at = data[at] + 1, at + 1
        line = bytearray()
        while len(line) < wide:
            count, at = data[at], at + 1
            if count < 128:
                line += data[at:at + 1] * (count + 1)
                at += 1
            else:
                assert count != 128
                line += data[at:at + 257 - count]
                at += 257 - count
        assert len(line) == wide
        lines += [bytes(line)] * times
    assert (at, len(lines)) == (len(data), high)
    return b"".join(lines)


@st.composite
def pages(draw: st.DrawFn) -> Grey:
    wide, high = draw(st.integers(1, 300)), draw(st.integers(1, 5))
    run = st.tuples(st.sampled_from([0, 90, 200, 255]), st.integers(1, 300))
    dots = b""
    while len(dots) < wide * high:
        value, times = draw(run)
        dots += bytes([value]) * times + draw(st.binary(max_size=140))
    return Grey(wide, high, dots[:wide * high])


@given(pages(), st.sampled_from([PWG, URF]))
def test_grey_comes_back_dot_for_dot(page: Grey, kind: str) -> None:
    made = b"".join(raster.page(Drawing(kind, 300, True, "iso_a4_210x297mm"), page, 1))
    assert unpacked(made[HEAD[kind]:], page.width, page.height) == page.dots


@given(pages())
def test_black_has_one_bit_for_each_dot(page: Grey) -> None:
    made = b"".join(raster.page(Drawing(PWG, 300, False, ""), page, 1))
    wide = (page.width + 7) // 8
    bits = unpacked(made[1796:], wide, page.height)
    for y in range(page.height):
        row = int.from_bytes(bits[y * wide:(y + 1) * wide], "big") >> (wide * 8 - page.width)
        expected = "".join(str(int(dot < 160)) for dot in page.dots[y * page.width:(y + 1) * page.width])
        assert f"{row:0{page.width}b}" == expected


def test_a_long_white_page_is_short() -> None:
    page = Grey(2480, 3508, b"\xff" * 2480 * 3508)
    assert len(b"".join(raster.page(Drawing(PWG, 300, True, ""), page, 1))) < 1796 + 14 * 60


@pytest.mark.parametrize(("grey", "bits", "line", "space"), [(True, 8, 2480, 18), (False, 1, 310, 3)])
def test_the_heads_say_what_follows(grey: bool, bits: int, line: int, space: int) -> None:
    page = Grey(2480, 16, b"\xff" * 2480 * 16)
    drawing = Drawing(PWG, 300, grey, "iso_a4_210x297mm")
    assert raster.begin(drawing, 7) == b"RaS2"
    head = next(iter(raster.page(drawing, page, 7)))
    number = lambda at: struct.unpack_from(">I", head, at)[0]  # noqa: E731
    assert [number(at) for at in (276, 280, 352, 372, 376, 384, 388, 392, 400, 420, 452)] == [
        300, 300, 595, 2480, 16, bits, bits, line, space, 1, 7,
    ]
    assert head[1732:].rstrip(b"\0") == b"iso_a4_210x297mm"
    urf = Drawing(URF, 300, True, "")
    assert raster.begin(urf, 7) == b"UNIRAST\0\0\0\0\7"
    assert struct.unpack(">BBBB8xIII8x", next(iter(raster.page(urf, page, 7)))) == (8, 0, 1, 4, 2480, 16, 300)
