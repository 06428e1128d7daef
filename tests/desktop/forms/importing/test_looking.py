"""What is told of a form: languages byte for byte, questions, limits, companion files; forms of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.forms.importing import look
from desktop.forms.importing.looking import form_id_of
from desktop.forms.loading import load
from desktop.words.form_findings import finding
from tests.desktop.forms.importing.books import SURVEY, form, looked, xlsx
from tests.tree import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "xlsforms"
LABELS = {
    "English": "“Who”  is ‘it’?\nSecond line", "Burmese (my)": "အင်္ဂလိပ် နာမည်\u200bက ဘယ်သူလဲ။", "Karen": "နမံၤဒ်လဲၣ်", "Shan": "ၸိုဝ်ႈသုမ်\u00a0သင်", "Mon": "ယၟုဒးရော",
}


def test_words_of_people_survive_byte_for_byte() -> None:
    heads = ["type", "name", *(f"label::{language}" for language in LABELS), "constraint", *(f"constraint_message::{language}" for language in LABELS)]
    found = look(xlsx({
        "survey": [heads, ["text", "who", *LABELS.values(), ". != ''", *LABELS.values()], ["select_one l", "q", *LABELS.values(), None, *LABELS.values()]],
        "choices": [["list_name", "name", *(f"label::{language}" for language in LABELS)], ["l", "က", *LABELS.values()]],
        "settings": [["form_title", "form_id"], ["‘ပုံစံ’", "f"]],
    }))
    assert found.compiled is not None, found.refusals
    assert set(found.languages) == set(LABELS)
    assert found.title == "‘ပုံစံ’"
    texts = load(found.compiled).texts
    for language, words in LABELS.items():
        said = {name: "".join(part for part in text.parts if isinstance(part, str)) for name, text in texts[language].items()}
        assert said["/data/who:label"] == said["l-0"] == said["/data/who:jr:constraintMsg"] == words


def test_what_a_laptop_cannot_do_is_told_with_its_questions() -> None:
    found = looked(
        (
            "type | name | label | appearance", "geopoint | where | Where | placement-map", "geotrace | way | Way |", "deviceid | device | |", "audio | voice | Voice |",
            "barcode | code | Code |", "audit | | |", "start-geopoint | begin_at | |", "image | photo | Photo | signature", "text | app | App | ex:org.example.app(a=1)",
            "text | person | Person | select-contact type-person", "date | day | Day | no-calendar", "select_one l | q | Q | search('x')",
        ),
        ("list_name | name | label", "l | a | A"),
    )
    assert {limit.code: limit.questions for limit in found.limits} == {
        "limit.point": ("where",), "limit.map_view": ("where",), "limit.map": ("way",), "limit.phone": ("device",), "limit.recording": ("voice",),
        "limit.barcode": ("code",), "limit.audit": (), "limit.background": ("begin_at",), "limit.app": ("app",), "limit.contact_picker": ("person",),
        "limit.looks": ("day",), "limit.search": ("q",),
    }
    assert found.compiled is not None
    assert all(finding(limit.code, {}, "my").happened for limit in found.limits)
    again = {limit.code: limit.questions for limit in look(found.compiled).limits}
    assert again["limit.recording"] == ("voice",)
    assert again["limit.barcode"] == ("code",)
    assert again["limit.point"] == ("where",)


def test_the_id_comes_from_the_file_where_settings_name_none() -> None:
    assert look(form(SURVEY), "C:\\forms\\Needs of people (2).xlsx").form_id == "Needs_of_people"
    assert look(form(SURVEY, settings=("form_id | form_title | version", "own | Own title | 7")), "x.xlsx").form_id == "own"
    assert (form_id_of("a/b - Copy.xlsx"), form_id_of("b.v2.xlsx"), form_id_of("")) == ("b", "b.v2", "")
    assert look(form(SURVEY)).form_id == "data"


def test_companion_files_that_are_missing_are_named() -> None:
    survey = ("type | name | label | image | calculation", "select_one_from_file towns.csv | t | T | | ", "calculate | c | | | pulldata('camps', 'name', 'id', '1')", "text | p | P | p.png | ")
    alone = look(form(survey), "f.xlsx")
    assert set(alone.missing_media) == {"towns.csv", "camps.csv", "p.png"}
    assert alone.compiled is not None
    some = look(form(survey), "f.xlsx", {"towns.csv": b"name,label\na,A\n", "p.png": b"x"})
    assert some.missing_media == ("camps.csv",)
    assert some.compiled == alone.compiled


def test_the_same_file_gives_the_same_form() -> None:
    source = form(SURVEY)
    assert look(source, "f.xlsx").compiled == look(source, "f.xlsx").compiled


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not at hand")
def test_forms_of_others_import_or_say_why_not() -> None:
    said: dict[str, object] = {}
    paths: list[Path] = sorted(path for path in CORPUS.glob("*") if path.suffix in (".xml", ".xlsx", ".xls"))
    assert len(paths) == 28
    for path in paths:
        source = path.read_bytes()
        found = look(source, path.name)
        if found.usable == "after_repairs":
            said[path.name] = sorted(found.needed)
            found = look(source, path.name, accepted=found.needed)
        if found.compiled is None:
            said[path.name] = [(one.code, one.fields) for one in found.refusals]
        else:
            assert found.questions or path.name == "pull_data.xlsx"  # which only tells, and asks nothing
            assert load(found.compiled).form_id == found.form_id
    assert said == {
        "simple-dag-cycle.xml": [("import.cycle", {"way": "group/a → group/a"})],
        "cht_pregnancy.xlsx": ["column_left_out:survey:AF1", "function:survey:U30", "group_asks_itself:survey:K2", "name_reserved:survey:B282"],
    }
