"""What is said to printers, and what their answers are taken for, also where they are broken."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.paper.printing import message
from desktop.paper.printing.message import Answer, Attribute, NotIpp


def field(tag: int, name: str, raw: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(raw)) + raw


def said(*fields: bytes, status: int = 0) -> bytes:
    return struct.pack(">BBHI", 1, 1, status, 1) + b"\x04" + b"".join(fields) + b"\x03"


def test_a_request_is_written_as_the_standard_has_it() -> None:
    made = message.request(
        message.PRINT_JOB, "ipp://127.0.0.1:631/ipp/print", [Attribute(message.NAME, "job-name", ["document"])],
        [Attribute(message.INTEGER, "copies", [2]), Attribute(message.BOOLEAN, "x", [True]), Attribute(message.KEYWORD, "media", ["a", "b"])],
    )
    assert made == (
        b"\x01\x01\x00\x02\x00\x00\x00\x01\x01"
        + field(0x47, "attributes-charset", b"utf-8") + field(0x48, "attributes-natural-language", b"en")
        + field(0x45, "printer-uri", b"ipp://127.0.0.1:631/ipp/print") + field(0x42, "job-name", b"document")
        + b"\x02" + field(0x21, "copies", b"\0\0\0\2") + field(0x22, "x", b"\1") + field(0x44, "media", b"a") + field(0x44, "", b"b")
        + b"\x03"
    )


def test_answers_are_read_with_all_their_kinds() -> None:
    read = message.answer(said(
        field(0x44, "formats", b"one"), field(0x44, "", b"two"), field(0x21, "number", b"\xff\xff\xff\xfe"), field(0x22, "flag", b"\1"),
        field(0x33, "range", struct.pack(">ii", 1, 99)), field(0x32, "dpi", struct.pack(">iib", 600, 300, 3)),
        field(0x32, "cm", struct.pack(">iib", 118, 118, 4)), field(0x36, "name", b"\0\2en\0\3abc"), field(0x13, "nothing", b""),
        field(0x34, "deep", b""), field(0x4A, "", b"member"), field(0x21, "", b"\0\0\0\1"), field(0x37, "", b""), field(0x44, "after", b"z"),
    ))
    assert read.good
    assert read.texts("formats") == ("one", "two")
    assert read.number("number") == -2
    assert read.number("flag", 7) == 7
    assert read.about["flag"] == (True,)
    assert read.pairs("range") == ((1, 99),)
    assert read.pairs("dpi") == ((600, 300),)
    assert read.pairs("cm") == ((300, 300),)
    assert read.texts("name") == ("abc",)
    assert read.about["nothing"] == (None,)
    assert read.texts("deep") == ()
    assert read.texts("after") == ("z",)
    assert not message.answer(said(status=0x0406)).good


@pytest.mark.parametrize("data", [b"", b"<html>no</html>", said()[:-1], said(field(0x44, "a", b"bcd"))[:-3], said(field(0x21, "a", b"\0"))])
def test_what_is_no_answer_is_told_as_such(data: bytes) -> None:
    with pytest.raises(NotIpp):
        message.answer(data)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for tried in (data, b"\x01\x01\x00\x00\x00\x00\x00\x01" + data):
        try:
            assert isinstance(message.answer(tried), Answer)
        except NotIpp:
            continue
