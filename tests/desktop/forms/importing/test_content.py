"""A file is judged by what it is; what nobody should open is not opened."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from desktop.forms.compile import compile_workbook
from desktop.forms.importing import content, excel, look
from tests.desktop.forms.importing.books import SURVEY, form, rows, xls, xlsx

CSV = "survey,,,\n,type,name,label\n,text,who,{label}\n"
MD = "| survey |\n| | type | name | label |\n| | text | who | Who? |\n"


def packed(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return made.getvalue()


def changed(source: bytes, member: str, body: bytes) -> bytes:
    """A workbook with one of its parts exchanged or added."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return packed({**{name: archive.read(name) for name in archive.namelist()}, member: body})


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (form(SURVEY), "xlsx"), (xls(rows(*SURVEY)), "xls"), (MD.encode(), "md"), (CSV.format(label="Who?").encode(), "csv"),
        (compile_workbook(MD).xml, "xform"), (b"\xef\xbb\xbf\n" + compile_workbook(MD).xml, "xform"),
    ],
)
@pytest.mark.parametrize("name", ["form.xls", "form.xlsx", "form.csv", "form", "form.xml"])
def test_the_name_does_not_matter(source: bytes, kind: str, name: str) -> None:
    found = look(source, name)
    assert (found.kind, found.questions, found.usable) == (kind, 1, "as_it_is")
    assert all(repair.id == "extension" for repair in found.repairs)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (CSV.format(label="အမည်"), "utf-8"), (CSV.format(label="အမည်"), "utf-8-sig"), (CSV.format(label="အမည်"), "utf-16"),
        (CSV.format(label="အမည်"), "utf-16-le"), (CSV.format(label="Où?"), "cp1252"), (CSV.format(label="အမည်").replace(",", ";"), "utf-8"),
        (CSV.format(label="အမည်").replace(",", "\t"), "utf-16"), ('survey\n,type,name,label\n,text,who,"အမည်, x"\n', "utf-8"),
        ("type,name,label\ntext,who,အမည်\n", "utf-8"),
    ],
)
def test_csv_as_programs_write_it(text: str, code: str) -> None:
    found = look(text.encode(code), "form.csv")
    assert found.compiled is not None, found.refusals
    label = "Où?" if "Où" in text else "အမည်, x" if "အမည်, x" in text else "အမည်"
    assert f"<label>{label}</label>" in found.compiled.decode()


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "import.empty_file"), (b" \r\n ", "import.empty_file"), (b"\x00" * 50, "import.empty_file"),
        (b"<html><table><tr><td>type</td></tr></table></html>", "import.web_page"),
        (b"<!-- a --> <!-- b --><!DOCTYPE html><html></html>", "import.web_page"),
        (b"<!-- -->" * 1_000_000, "import.not_a_form"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "import.other_workbook"),
        (packed({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "import.other_workbook"),
        (packed({"xl/workbook.bin": b"x"}), "import.other_workbook"), (packed({"word/document.xml": b"<x/>"}), "import.not_a_form"),
        (b"%PDF-1.7 1 0 obj", "import.not_a_form"), (b"hello there", "import.not_a_form"), (b"PK\x03\x04 and no more", "import.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "import.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99 + "EncryptedPackage".encode("utf-16-le"), "import.locked"),
        (b"<h:html", "import.damaged"), (b"<a/>", "import.not_xform"), (b"<a>" * 500 + b"</a>" * 500, "import.too_deep"),
        (b'<!DOCTYPE a [<!ENTITY e "e">]><a>&e;</a>', "import.hostile"),
        (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "import.hostile"),
        (changed(form(SURVEY), "xl/worksheets/sheet1.xml", b'<!DOCTYPE a [<!ENTITY e "e">]><worksheet>&e;</worksheet>'), "import.hostile"),
        (changed(form(SURVEY), "xl/sharedStrings.xml", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a []><a/>'.encode("utf-16")), "import.hostile"),
        (changed(form(SURVEY), "xl/worksheets/sheet1.xml", b"<worksheet>"), "import.damaged"),
        (changed(form(SURVEY), "xl/media/image1.bin", b"\x00" * (content.MOST_UNPACKED // 8)), "import.bomb"),
        (form(SURVEY)[:1500], "import.damaged"), (b"survey,type,name\n" + b"x" * content.MOST_BYTES, "import.too_big"),
    ],
)
def test_what_is_no_form_says_what_it_is(source: bytes, code: str) -> None:
    began = time.perf_counter()
    found = look(source, "form.xlsx")
    assert [refusal.code for refusal in found.refusals] == [code]
    assert found.compiled is None
    assert time.perf_counter() - began < 5


def test_decorations_that_cannot_be_read_do_no_harm() -> None:
    for member, body in (("xl/styles.xml", b"<broken"), ("docProps/core.xml", b"<nothing/>"), ("xl/theme/theme1.xml", b"\x00\x01")):
        assert look(changed(form(SURVEY), member, body)).usable == "as_it_is", member


def test_too_many_cells_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_CELLS", 50)
    found = look(form([*SURVEY, *(f"text | q{number} | Q" for number in range(60))]))
    assert [refusal.code for refusal in found.refusals] == ["import.too_many_cells"]


def test_rows_after_a_long_gap_and_sheets_that_are_none_of_the_form_are_left_alone() -> None:
    far: list[list[object]] = [*rows(*SURVEY), *[[None, None, None]] * 70, ["nonsense", "x", "y"]]
    found = look(xlsx({"notes": [["x"] * 30] * 500, "survey": far}))
    assert (found.usable, found.questions) == ("as_it_is", 1)


def test_numbers_truths_and_dates_become_the_texts_that_were_meant() -> None:
    import datetime

    found = look(xlsx({
        "survey": [["type", "name", "label", "default"], ["select_one l", "a", "A", 1.0], ["date", "d", 5, datetime.datetime(2026, 1, 5)]],
        "choices": [["list_name", "name", "label"], ["l", 1.0, True], ["l", 2, 2.5]],
    }))
    assert found.compiled is not None
    xml = found.compiled.decode()
    assert "<name>1</name>" in xml
    assert "<label>TRUE</label>" in xml
    assert "<d>2026-01-05</d>" in xml
    assert "<a>1</a>" in xml
