"""Every repair: offered where it belongs, nothing changed before it is accepted, the right thing changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import pytest

from desktop.forms.importing import Import, Repair, look
from desktop.words.form_findings import finding, place
from desktop.words.sentences.forms_repairs import SENTENCES
from tests.desktop.forms.importing.books import SURVEY, form, looked


class Case(NamedTuple):
    """A damaged form; `code` is offered at `at` with `before` and `after`; accepted, the compiled form holds `gives` and not `takes`."""

    code: str
    survey: tuple[str, ...]
    choices: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    at: tuple[str, int, str] = ("survey", 1, "A")
    before: str = ""
    after: str = ""
    gives: str = ""
    takes: str = "never there"
    harmless: bool = True
    needed: bool = True
    more: Mapping[str, tuple[str, ...]] = MappingProxyType({})


LIST = ("list_name | name | label", "l | a | A", "l | b | B")
CASES = [
    Case("sheet_name", (), at=("Surveys", 0, ""), before="Surveys", after="survey", gives='ref="/data/who"', more={"Surveys": SURVEY, "other": ("x | y",)}),
    Case("sheet_name", (), at=("My sheet", 0, ""), before="My sheet", after="survey", gives='ref="/data/who"', more={"My sheet": SURVEY, "other": ("x | y",)}),
    Case("header_row", (" | | ", *SURVEY), at=("survey", 2, ""), before="", after="type | name | label", gives='ref="/data/who"'),
    Case("header_row", ("My form | | ", " | | ", *SURVEY), at=("survey", 3, ""), before="My form", after="type | name | label", gives='ref="/data/who"'),
    Case("header_signs", ("type | na\u200bme | label", "text | who | Who?"), at=("survey", 1, "B"), before="na\u200bme", after="name", gives='ref="/data/who"'),
    Case("header_colon", ("type | name | label::English | label:Burmese", "text | who | Who? | ဘယ်သူ"), at=("survey", 1, "D"), before="label:Burmese",
         after="label::Burmese", gives="ဘယ်သူ", needed=False),
    Case("header_misspelled", ("type | name | lable", "text | who | Who?"), at=("survey", 1, "C"), before="lable", after="label", gives="Who?", harmless=False),
    Case("header_misspelled", ("type | name | label | relevent", "text | a | A | ", "text | b | B | ${a} = 1"), at=("survey", 1, "D"), before="relevent", after="relevant",
         gives="relevant=", harmless=False, needed=False),
    Case("language", ("type | name | label::English (en) | hint::English(en)", "text | who | Who? | Name"), LIST[:1], at=("survey", 1, "D"),
         before="hint::English(en)", after="hint::English (en)", gives='lang="English (en)"', takes='lang="English(en)"', needed=False),
    Case("column_left_out", ("type | name | label | instance::tag", "text | who | Who? | x"), at=("survey", 1, "D"), before="instance::tag", takes="tag", needed=False),
    Case("column_left_out", ("type | name | label", "select_one l | q | Q"), ("list_name | name | label | $kuid", "l | a | A | x9"), at=("choices", 1, "D"),
         before="$kuid", gives="<name>a</name>", takes="x9"),
    Case("columns_alike", ("type | name | label | image | media::image", "text | who | Who? | a.png | ", "text | why | Why? | | b.png"), at=("survey", 1, "E"),
         before="image | media::image", after="image", gives="b.png"),
    Case("columns_alike", ("type | name | label | relevance | relevant", "text | a | A | | ", "text | b | B | ${a} = 1 | ${a} = 1"), at=("survey", 1, "E"),
         before="relevance | relevant", after="relevance", gives='relevant=" /data/a  = 1"'),
    Case("columns_differ", ("type | name | caption | label", "text | who | Who? | Name?"), at=("survey", 1, "D"), before="caption | label", after="caption", gives="Who?",
         takes="Name?", harmless=False, needed=False),
    Case("unseen_signs", ("type | name | label", "text | wh\u200bo | Who?"), at=("survey", 2, "B"), before="wh\u200bo", after="who", gives='ref="/data/who"'),
    Case("unseen_signs", ("type | name | label", "select_one\u2003l | q | Q"), LIST, at=("survey", 2, "A"), before="select_one\u2003l", after="select_one l", gives="select1"),
    Case("reference_spaces", ("type | name | label | relevant", "text | a | A | ", "text | b | B | ${ a } = 1"), at=("survey", 3, "D"), before="${ a } = 1",
         after="${a} = 1", gives='relevant=" /data/a  = 1"'),
    Case("reference_case", ("type | name | label | relevant", "text | age | A | ", "text | b | B | ${Age} = 1"), at=("survey", 3, "D"), before="${Age} = 1",
         after="${age} = 1", gives='relevant=" /data/age  = 1"'),
    Case("curly_quotes", ("type | name | label | relevant", "text | a | A | ", "text | b | B | ${a} = „x“"), at=("survey", 3, "D"), before="${a} = „x“",
         after='${a} = "x"', gives="= &quot;x&quot;"),
    Case("function", ("type | name | label | calculation", "date | a | A | ", "calculate | b | | difference-in-days(${a}, today())"), at=("survey", 3, "D"),
         before="difference-in-days(${a}, today())", after="(int(decimal-date-time(today())) - int(decimal-date-time(${a})))", gives="decimal-date-time", harmless=False),
    Case("label_missing", ("type | name | label", "text | who | ", "integer | age | "), at=("survey", 2, "C"), after="who", gives="<label>age</label>"),
    Case("calculation_missing", ("type | name | label | calculation", "text | who | Who? | ", "calculate | c | | "), at=("survey", 3, "D"), after="''", gives="/data/c"),
    Case("type_name", ("type | name | label", "tel | who | Who?"), at=("survey", 2, "A"), before="tel", after="text", gives='ref="/data/who"'),
    Case("type_name", ("type | name | label", "Integer | n | N?"), at=("survey", 2, "A"), before="Integer", after="integer", gives='type="int"'),
    Case("type_name", ("type | name | label", "selectone L | q | Q"), LIST, at=("survey", 2, "A"), before="selectone L", after="select_one l", gives="select1"),
    Case("type_name", ("type | name | label", "add integer question | n | N?"), at=("survey", 2, "A"), before="add integer question", after="integer", gives='type="int"'),
    Case("external_list", ("type | name | label | choice_filter", "text | a | A | ", "select_one_external l | q | Q | x = ${a}"), ("list_name | name | label", "m | c | C"),
         at=("survey", 3, "A"), before="select_one_external l", after="select_one l", gives="<x>1</x>", takes="query", needed=False,
         more={"external_choices": ("list_name | name | label | x", "l | a | A | 1")}),
    Case("list_missing", ("type | name | label", "select_one nowhere | q | Q"), LIST, at=("survey", 2, "A"), before="select_one nowhere", after="text", gives="<input",
         harmless=False),
    Case("list_spelled", ("type | name | label", "select_one L | q | Q"), LIST, at=("survey", 2, "A"), before="select_one L", after="select_one l", gives="select1"),
    Case("list_name_below", ("type | name | label", "select_one l | q | Q"), ("list_name | name | label", "l | a | A", " | b | B"), at=("choices", 3, "A"), after="l",
         gives="<name>b</name>", harmless=False, needed=False),
    Case("begin_alone", ("type | name | label", "begin group | g | G", "text | who | Who?"), at=("survey", 2, "A"), before="begin group", after="end group",
         gives="/data/g/who", harmless=False),
    Case("end_alone", (*SURVEY, "end group | | "), at=("survey", 3, "A"), before="end group", gives='ref="/data/who"', harmless=False),
    Case("end_kind", ("type | name | label", "begin repeat | g | G", "text | who | Who?", "end group | | "), at=("survey", 4, "A"), before="end group", after="end repeat",
         gives="<repeat", harmless=False),
    Case("group_asks_itself", ("type | name | label | relevant", "begin group | g | G | ./who = 'x'", "text | who | Who? | ", "end group | | | "), at=("survey", 2, "D"),
         before="./who = 'x'", gives="/data/g/who", takes="relevant", harmless=False),
    Case("choice_empty", ("type | name | label", "select_one l | q | Q"), (*LIST, "l | | "), at=("choices", 4, ""), before="l", gives="<name>b</name>"),
    Case("choice_name", ("type | name | label", "select_one l | q | Q"), (*LIST, "l | | Sea Food"), at=("choices", 4, "B"), after="sea_food", gives="<name>sea_food</name>",
         harmless=False),
    Case("choice_row_twice", ("type | name | label", "select_one l | q | Q"), (*LIST, "l | a | A"), at=("choices", 4, ""), before="l | a", gives="<name>b</name>"),
    Case("choices_twice", ("type | name | label", "select_one l | q | Q"), (*LIST, "l | a | Another"), at=("choices", 4, "B"), before="a", after="a", gives="Another",
         harmless=False),
    Case("choices_twice", ("type | name | label | choice_filter", "text | p | P | ", "select_one l | q | Q | x = ${p}"), ("list_name | name | label | x", "l | a | A | 1", "l | a | A | 2"),
         at=("choices", 3, "B"), before="a", after="a", gives="<x>2</x>"),
    Case("choice_space", ("type | name | label | relevant", "select_multiple l | q | Q | ", "text | t | T | selected(${q}, 'sea food')"), (*LIST, "l | sea food | Fish"),
         at=("choices", 4, "B"), before="sea food", after="sea_food", gives="'sea_food'", takes="sea food", harmless=False),
    Case("choice_number", ("type | name | label", "select_one l | q | Q"), ("list_name | name | label", "l | 1.0 | A", "l | 2.0 | B"), at=("choices", 2, "B"), before="1.0",
         after="1", gives="<name>2</name>", harmless=False, needed=False),
    Case("name_missing", ("type | name | label", "text | | Your Name"), at=("survey", 2, "B"), after="your_name", gives="/data/your_name", harmless=False),
    Case("name_not_valid", ("type | name | label | relevant", "text | first name | N | ", "text | b | B | ${first name} = 'x'"), at=("survey", 2, "B"), before="first name",
         after="first_name", gives='relevant=" /data/first_name  =', harmless=False),
    Case("name_not_valid", ("type | name | label", "text | အမည် | အမည်", "note | n | ${အမည်}"), at=("survey", 2, "B"), before="အမည်", after="question_2",
         gives='<output value=" /data/question_2 "/>', harmless=False),
    Case("name_reserved", (*SURVEY, "begin group | meta | M", "text | b | B", "end group | | "), at=("survey", 3, "B"), before="meta", after="meta_group",
         gives="/data/meta_group/b", harmless=False),
    Case("name_twice", (*SURVEY, "text | who | Who else?"), at=("survey", 3, "B"), before="who", after="who_2", gives="/data/who_2", harmless=False),
    Case("default_language", ("type | name | label::English (en) | label::Burmese (my)", "text | who | Who? | ဘယ်သူ"), settings=("form_id | default_language", "f | my"),
         at=("settings", 2, "B"), before="my", after="Burmese (my)", gives='lang="Burmese (my)" default="true()"', needed=False),
    Case("form_id", SURVEY, settings=("form_id", "my form"), at=("settings", 2, "A"), before="my form", after="my_form", gives='id="my_form"', needed=False),
]


def see(case: Case, *accepted: str) -> Import:
    return look(form(case.survey, case.choices, case.settings, **case.more), "test.xlsx", accepted=accepted)


def offered(case: Case, found: Import) -> Repair:
    alike = [repair for repair in found.repairs if repair.what_code == f"repair.{case.code}"]
    assert len(alike) == 1, (found.repairs, found.refusals)
    return alike[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.before or case.after}")
def test_a_repair_is_offered_and_does_what_it_says(case: Case) -> None:
    before = see(case)
    repair = offered(case, before)
    assert (repair.sheet, repair.row, repair.column) == case.at
    assert (repair.before, repair.after) == (case.before, case.after)
    assert (repair.harmless, repair.needed, repair.accepted) == (case.harmless, case.needed, False)
    assert before.refusals == ()
    assert (before.compiled is None) == case.needed
    assert before.usable == ("after_repairs" if case.needed else "as_it_is")

    after = see(case, repair.id)
    assert offered(case, after).accepted
    assert after.compiled is not None, after.refusals
    xml = after.compiled.decode()
    assert case.gives in xml
    assert case.takes not in xml
    assert after.usable == "as_it_is"


@pytest.mark.parametrize("case", [case for case in CASES if not case.needed], ids=lambda case: case.code)
def test_nothing_is_changed_unasked(case: Case) -> None:
    first, second, third = see(case), see(case, "name_twice:survey:B77"), see(case, offered(case, see(case)).id)
    assert first.compiled == second.compiled
    assert first.compiled != third.compiled or case.code == "column_left_out"


def test_every_repair_has_a_test_and_its_words() -> None:
    assert {f"repair.{case.code}" for case in CASES} | {"repair.extension"} == set(SENTENCES)
    for case in CASES:
        repair = offered(case, see(case))
        for language in ("en", "my"):
            assert finding(repair.what_code, repair.fields, language).means
            assert repair.sheet in place(repair.sheet, repair.row, repair.column, repair.header, language)


def test_repairs_of_a_column_are_one_and_ids_stay_the_same() -> None:
    lines = ("type | name | label | relevant", *(f"text | q{n} | Q | ${{ q0 }} = „{n}“" for n in range(9)))
    found = looked(lines)
    counts = {repair.id: repair.count for repair in found.repairs}
    assert counts == {"reference_spaces:survey:D2": 9, "curly_quotes:survey:D2": 9}
    again = look(form(lines), "test.xlsx", accepted=["reference_spaces:survey:D2"])
    assert [(repair.id, repair.accepted) for repair in again.repairs] == [("reference_spaces:survey:D2", True), ("curly_quotes:survey:D2", False)]


def test_several_repairs_together() -> None:
    found = looked(("Type | Name | label", "tel | first name | Phone", "begin group | g | G", "text | g1 | ", "text | g1 | "), settings=("form_id", "f"))
    assert found.usable == "after_repairs"
    kinds = {repair.what_code for repair in found.repairs}
    assert kinds == {"repair.type_name", "repair.name_not_valid", "repair.begin_alone", "repair.label_missing", "repair.name_twice"}
    whole = look(
        form(("Type | Name | label", "tel | first name | Phone", "begin group | g | G", "text | g1 | ", "text | g1 | "), settings=("form_id", "f")),
        accepted=[repair.id for repair in found.repairs],
    )
    assert whole.compiled is not None
    assert whole.questions == 3
