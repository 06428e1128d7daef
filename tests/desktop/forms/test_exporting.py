"""Tables and submissions from definitions and answers: columns over versions, linked repeats, nothing that a spreadsheet program runs."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree.ElementTree import Element

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

from desktop.domain.values import Silence
from desktop.forms.compile import compile_workbook
from desktop.forms.definition import Definition
from desktop.forms.exporting.given import given
from desktop.forms.exporting.package import FormFiles, Package
from desktop.forms.exporting.submission import Mould, instance_of
from desktop.forms.exporting.tables import Filled, Labels, Table, rows_of, tables_of
from desktop.forms.exporting.writing import CommaFile, Workbook, column_letters, escaped, harmless
from desktop.forms.filled import FilledForm
from desktop.forms.loading import load
from desktop.forms.shipped import compiled, definition
from tests.desktop.forms.sheets import NOW, table

CHOICES = table("list_name | name | label", "l | x | Ex", "l | y | Why")


def form_xml(survey: str, choices: str = CHOICES, version: str = "1") -> bytes:
    settings = table("form_id | version", f"survey | {version}")
    return compile_workbook("\n".join(("| survey |", survey, "| choices |", choices, "| settings |", settings))).xml


FIRST = form_xml(table(
    "type | name | label | relevant", "text | name | Name | ", "integer | age | Age | ", "select_multiple l | many | Many | ",
    "select_one l | one | One | ${age} > 5", "begin_repeat | child | Child | ", "text | called | Called | ", "begin_repeat | toy | Toy | ",
    "text | what | What | ", "end_repeat | | | ", "end_repeat | | | ", "calculate | twice | | ",
).replace("calculate | twice | | ", "note | told | Thank you | "))
SECOND = form_xml(
    table("type | name | label", "text | name | Full name", "text | village | Village", "select_multiple l | many | Many"),
    table("list_name | name | label", "l | y | Why", "l | z | Zed"), "2",
)


def filled(xml: bytes, **answers: str) -> FilledForm:
    form = FilledForm(load(xml), now=NOW)
    for name, text in answers.items():
        assert form.set(f"/data/{name}", text) == "", name
    return form


def family() -> FilledForm:
    form = filled(FIRST, name="Aye", age="30", many="y x", one="x")
    for child, toys in (("Mya", ("ball", "kite")), ("Ko", ())):
        at = form.add("/data/child") if child == "Ko" else "/data/child[1]"
        form.set(f"{at}/called", child)
        for place, toy in enumerate(toys or ("",), 1):
            inner = f"{at}/toy[1]" if place == 1 and child == "Mya" else form.add(f"{at}/toy")
            form.set(f"{inner}/what", toy)
    return form


def row(form: FilledForm, key: str = "k", labels: bool = False) -> Filled:
    words = Labels(form.definition, form.definition.default_language) if labels else None
    return Filled(key, form.version, "", True, "2026-01-15", given(form), words)


def of(versions: list[Definition], *, labels: bool = False) -> list[Table]:
    return tables_of(versions, [one.default_language for one in versions], labels=labels)


def told(form: FilledForm, tables: list[Table], labels: bool = False) -> list[tuple[str, dict[str, str]]]:
    return [(tables[place].name, dict(zip(tables[place].heads, cells))) for place, cells in rows_of(row(form, labels=labels), tables)]


def test_columns_are_those_of_all_versions_in_their_order() -> None:
    main = of([load(SECOND), load(FIRST)])[0]
    assert [column.head for column in main.columns] == [
        "name", "age", "village", "many", "many/y", "many/z", "many/x", "one", "meta/instanceName",
    ][:8]
    old = filled(FIRST, name="Aye", many="y x")
    cells = told(old, of([load(SECOND), load(FIRST)]))[0][1]
    assert (cells["name"], cells["village"], cells["many"], cells["many/x"], cells["many/y"], cells["many/z"]) == ("Aye", "", "y x", "1", "1", "0")


def test_repeats_are_tables_linked_by_keys() -> None:
    rows = told(family(), of([load(FIRST)]))
    assert [(name, cells["_key"], cells.get("_parent_key")) for name, cells in rows] == [
        ("", "k", None), ("child", "k/child[1]", "k"), ("toy", "k/child[1]/toy[1]", "k/child[1]"), ("toy", "k/child[1]/toy[2]", "k/child[1]"),
        ("child", "k/child[2]", "k"), ("toy", "k/child[2]/toy[1]", "k/child[2]"),
    ]
    assert [cells["child/toy/what"] for name, cells in rows if name == "toy"] == ["ball", "kite", ""]


def test_what_does_not_apply_is_left_out() -> None:
    form = filled(FIRST, name="Aye", age="30", one="x")
    form.set("/data/age", "3")
    assert told(form, of([load(FIRST)]))[0][1]["one"] == ""
    assert b"<one>" not in Mould(FIRST).submission(form.root, instance_id="uuid:1")


def test_answers_and_heads_in_words() -> None:
    tables = of([load(FIRST)], labels=True)
    cells = told(family(), tables, labels=True)[0][1]
    assert cells["Name"] == "Aye"
    assert cells["Many"] == "Why; Ex"
    assert cells["One"] == "Ex"
    assert cells["Many / Ex"] == "1"


def test_silences_have_columns_of_their_own() -> None:
    form = FilledForm(definition("arrival"), now=NOW)
    question = next(node for node in form.children("") if node.silences and node.kind == "question" and node.relevant)
    assert form.be_silent(question.path, Silence.REFUSED) == ""
    name = question.path.split("/", 2)[2]
    cells = told(form, of([form.definition]))[0][1]
    assert (cells[name], cells[f"{name}?"]) == ("", "refused")


@pytest.mark.parametrize(("text", "written"), [
    ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"),
    ("-5", "-5"), ("+9595123456", "+9595123456"), ("-3.25", "-3.25"), ("-", "'-"), ("a=1", "a=1"), ("", ""), ("၁၂", "၁၂"), ("＝1", "'＝1"),
])
def test_nothing_is_taken_for_a_command(text: str, written: str) -> None:
    assert harmless(text) == written


def test_names_of_tables_differ_on_every_disk_and_in_every_workbook() -> None:
    repeats = [line for name in ("History", "Member", "member", "member-3") for line in (f"begin_repeat | {name} | R", f"text | q_{name} | Q", "end_repeat | | ")]
    tables = of([load(form_xml(table("type | name | label", *repeats)))])
    names = [one.name.casefold() for one in tables]
    assert len({*names}) == 5
    stream = io.BytesIO()
    with Workbook(stream, tables, "survey"):
        pass
    sheets = openpyxl.load_workbook(stream).sheetnames
    assert "history" not in {one.lower() for one in sheets}  # Excel keeps that name for itself
    assert len({one.lower() for one in sheets}) == 5


@pytest.mark.parametrize("text", ["1\u1042", "\u1041", "1.\u1042", "\uff11"])
def test_only_plain_digits_are_numbers_of_a_workbook(text: str) -> None:
    stream = io.BytesIO()
    tables = of([load(form_xml(table("type | name | label", "integer | age | Age")))])
    with Workbook(stream, tables, "survey") as book:
        book.add(0, ["k", "1", "", "yes", "", text])
    sheet = openpyxl.load_workbook(stream).worksheets[0]
    assert sheet["F2"].value == text


def test_a_comma_file_reads_back() -> None:
    tables = of([load(FIRST)])
    stream = io.BytesIO()
    made = CommaFile(stream, tables[0])
    form = filled(FIRST, name='မြို့ "quoted", with\nlines =', age="7")
    for place, cells in rows_of(row(form), tables):
        if place == 0:
            made.add(cells)
    made.close()
    data = stream.getvalue()
    assert data.startswith(b"\xef\xbb\xbf_key,")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [(one["name"], one["age"]) for one in rows] == [('မြို့ "quoted", with\nlines =', "7")]


def test_a_workbook_reads_back_with_texts_as_texts() -> None:
    tables = of([load(FIRST)])
    stream = io.BytesIO()
    made = Workbook(stream, tables, "survey/[1]*?" * 6)
    form = family()
    assert form.set("/data/name", "=HYPERLINK(1)<&>" + "မ" * 40_000) == ""
    for place, cells in rows_of(row(form), tables):
        made.add(place, cells)
    made.close()
    book = openpyxl.load_workbook(io.BytesIO(stream.getvalue()))
    assert [sheet.title for sheet in book][1:] == ["child", "toy"]
    assert len(book.sheetnames[0]) <= 31
    sheet = book.worksheets[0]
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2]))
    assert cells["name"].data_type == "s"
    assert str(cells["name"].value).startswith("=HYPERLINK(1)<&>မ")
    assert len(str(cells["name"].value)) == 32_767
    assert cells["age"].value == 30
    assert [line[3].value for line in book["toy"].iter_rows(min_row=2) if len(line) > 3] == []
    assert [line[2].value for line in book["toy"].iter_rows(min_row=2)] == ["ball", "kite", None]


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    assert escaped("a\x00\x0bb\ud800\uffffc<&>\"\r") == "abc&lt;&amp;&gt;&quot;&#13;"


def test_letters_of_columns() -> None:
    assert [column_letters(at) for at in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def children(element: Element) -> list[str]:
    return [child.tag.rpartition("}")[2] for child in element]


def test_a_submission_has_the_shape_of_the_forms_own_data() -> None:
    form = family()
    root = fromstring(Mould(FIRST).submission(form.root, instance_id="uuid:none"))
    assert root.tag == "data"
    assert (root.get("id"), root.get("version")) == ("survey", "1")
    assert children(root) == ["name", "age", "many", "one", "child", "child", "told", "meta"]
    assert [one.findtext("called") for one in root.findall("child")] == ["Mya", "Ko"]
    assert [toy.findtext("what") for toy in root.findall("child/toy")] == ["ball", "kite", ""]
    assert root.findtext("meta/instanceID") == instance_of(form.root)
    assert (root.findtext("meta/instanceID") or "").startswith("uuid:")


def test_a_form_without_meta_gets_one() -> None:
    bare = FIRST.replace(b"<meta>", b"<other>").replace(b"</meta>", b"</other>").replace(b"/data/meta/", b"/data/other/")
    form = FilledForm(load(bare), now=NOW)
    root = fromstring(Mould(bare).submission(form.root, instance_id="uuid:abc"))
    assert root.findtext("{http://openrosa.org/xforms}meta/{http://openrosa.org/xforms}instanceID") == "uuid:abc"


def test_answers_cannot_break_out_of_the_xml() -> None:
    nasty = "</name><evil a='1'>&amp;]]>\x0b" + "မြို့"
    form = filled(FIRST, name=nasty.replace("\x0b", ""))
    root = fromstring(Mould(FIRST).submission(form.root, instance_id="uuid:1"))
    assert root.findtext("name") == nasty.replace("\x0b", "")
    assert children(root).count("evil") == 0


def test_shipped_forms_have_submissions() -> None:
    for name in ("arrival", "registration"):
        root = fromstring(Mould(compiled(name).read_bytes()).submission(FilledForm(definition(name), now=NOW).root, instance_id="uuid:1"))
        assert root.get("id") == name
        assert not [one for one in root.iter() if any("waystation" in attribute for attribute in one.attrib)]


def test_a_package_holds_form_files_and_submissions_and_no_way_out() -> None:
    stream = io.BytesIO()
    versions = [FormFiles("2", SECOND, b"PK\x03\x04x", {"list.csv": b"a"}), FormFiles("1", FIRST, b"", {})]
    with Package(stream, "../../etc/survey", versions) as made:
        made.add("uuid:1-2", b"<data/>", {"photo.jpg": b"J", "../x.jpg": b"K"})
        made.add("uuid:1-2", b"<data/>", {})
    with zipfile.ZipFile(io.BytesIO(stream.getvalue())) as packed:
        names = packed.namelist()
        assert len(names) == len(set(names))
        assert not [name for name in names if ".." in name.split("/") or name.startswith("/")]
        inside = [name.rpartition("forms/")[2] for name in names if name.startswith("ODK")]
        base = names[0].split("/")[2]
        assert f"{base}/{base}.xml" in inside
        assert f"{base}/{base}-media/list.csv" in inside
        assert f"{base}/instances/uuid1-2/submission.xml" in inside
        assert f"{base}/instances/uuid1-2/photo.jpg" in inside
        assert {name for name in names if name.startswith("form/")} == {
            f"form/2/{base}.xml", f"form/2/{base}.xlsx", "form/2/media/list.csv", f"form/1/{base}.xml",
        }
