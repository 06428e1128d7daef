"""What a form sets by itself: at the beginning, in new instances, when another question is answered, and from what was saved before."""

from __future__ import annotations

import pytest

from desktop.domain.errors import UserError
from desktop.forms.compile import compile_workbook
from desktop.forms.filled import FilledForm
from desktop.forms.loading import load
from tests.desktop.forms.sheets import NOW, answer, filled, form, table, value


def test_questions_that_set_each_other_are_set_along_the_chain() -> None:
    shown = filled(table(
        "type | name | label | calculation | trigger", "text | first | First | |", "text | second | Second | concat(${first}, '!') | ${first}",
        "text | third | Third | concat(${second}, '?') | ${second}",
    ))
    answer(shown, first="a")
    assert [shown.node(f"/data/{name}").value for name in ("second", "third")] == ["a!", "a!?"]
    answer(shown, second="b")
    assert shown.node("/data/third").value == "b?"


def test_a_trigger_in_a_repeat_sets_its_own_instance() -> None:
    shown = filled(table(
        "type | name | label | calculation | trigger", "begin_repeat | kid | Kid | |", "text | name | Name | |",
        "calculate | told | | concat('<', ${name}, '>') | ${name}", "end_repeat | | | |",
    ))
    second = shown.add("/data/kid")
    assert shown.set(f"{second}/name", "b") == ""
    assert [value(shown, f"/data/kid[{place}]/told") for place in (1, 2)] == ["", "<b>"]


def test_what_is_set_when_a_form_is_opened_again_is_set_again_and_nothing_else() -> None:
    definition = form(table("type | name | label | default", "text | a | A | once", "dateTime | b | B | now()"))
    before = FilledForm(definition, now=NOW)
    assert before.set("/data/a", "") == ""
    again = FilledForm.from_state(definition, before.state(), now=NOW.replace(year=2027))
    assert again.node("/data/a").value == ""
    assert again.node("/data/b").value == before.node("/data/b").value


def test_the_form_saved_last_is_there_if_it_is_given() -> None:
    definition = form(table("type | name | label | default", "text | town | Town | ${last-saved#town}", "text | name | Name |"))
    before = FilledForm(definition, now=NOW)
    assert before.node("/data/town").value == ""
    answer(before, town="Mae Sot", name="Mu")
    after = FilledForm(definition, now=NOW, last_saved=before.state())
    assert [after.node(f"/data/{name}").value for name in ("town", "name")] == ["Mae Sot", ""]
    asked = form(table("type | name | label | calculation", "text | town | Town |", "calculate | same | | ${last-saved#town} = ${town}"))
    filled_before = FilledForm(asked, now=NOW, state={"answers": {"/data/town": "Mae Sot"}})
    now = FilledForm(asked, now=NOW, last_saved=filled_before.state())
    copied = now.copy_with({**now.state(), "answers": {"/data/town": "Mae Sot"}})
    assert (now.node("/data/same").value, copied.node("/data/same").value) == ("false", "true")


def test_looking_things_up_in_a_list_beside_the_form() -> None:
    survey = table("type | name | label | calculation", "text | code | Code |", "calculate | town | | pulldata('towns', 'name', 'code', ${code})")
    compiled = compile_workbook(f"| survey |\n{survey}").xml
    definition = load(compiled, {"towns.csv": 'code;name\nA1;"မော်လမြိုင်; Mon"\n'.encode("utf-8-sig")})
    assert definition.media == ("towns.csv",)
    shown = FilledForm(definition, now=NOW)
    answer(shown, code="A1")
    assert value(shown, "/data/town") == "မော်လမြိုင်; Mon"
    bare = FilledForm(load(compiled), now=NOW)
    answer(bare, code="A1")
    assert value(bare, "/data/town") == ""


def test_choices_in_an_order_of_chance_keep_it() -> None:
    survey = table("type | name | label | parameters", "select_one n | pick | Pick | randomize=true", "text | a | A |")
    choices = table("list_name | name | label", *(f"n | c{number} | C{number}" for number in range(30)))
    shown = filled(survey, choices)
    first = shown.node("/data/pick").choices
    answer(shown, a="x")
    shown.use_language("my")
    assert [choice.name for choice in shown.node("/data/pick").choices] == [choice.name for choice in first]
    assert len(first) == 30


def test_choices_out_of_a_repeat_follow_what_is_answered_there() -> None:
    shown = filled(table(
        "type | name | label | choice_filter", "begin_repeat | person | Person |", "text | name | Name |", "end_repeat | | |",
        "select_one ${name} | head | Head | ${name} != ''",
    ))
    shown.set("/data/person[1]/name", "Mu")
    shown.set(f"{shown.add('/data/person')}/name", "Paw")
    assert [choice.label for choice in shown.node("/data/head").choices] == ["Mu", "Paw"]
    assert shown.set("/data/head", "Paw") == ""
    shown.set("/data/person[2]/name", "Paw Paw")
    assert [choice.name for choice in shown.node("/data/head").choices] == ["Mu", "Paw Paw"]
    assert shown.node("/data/head").value == ""


def test_binds_that_do_not_begin_at_the_root_and_groups_without_questions() -> None:
    source = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title><model>
    <instance><data id="d"><a/><b><c/></b><empty/><told/></data></instance><bind nodeset="a" type="int"/><bind nodeset="b/c" relevant="../../a = 1"/>
    <bind nodeset="told" calculate="a + 1"/></model></h:head><h:body><input ref="a"><label>A</label></input><group ref="b"><input ref="c"/></group>
    <group ref="empty"><label>Nothing</label></group><group ref="told"><label>T</label></group></h:body></h:html>"""
    shown = FilledForm(load(source), now=NOW)
    kinds = {item.path: (item.spec.kind, item.relevant) for item in shown.items()}
    assert kinds == {
        "/data/a": ("question", True), "/data/b": ("group", True), "/data/b/c": ("question", False), "/data/empty": ("group", True),
        "/data/told": ("data", True),
    }
    assert shown.set("/data/a", "x") == "bad-value"
    answer(shown, a="1")
    assert shown.node("/data/b/c").relevant


def test_words_of_choices_out_of_a_repeat_are_never_old() -> None:
    source = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title><model>
    <instance><data id="d"><p><id>one</id><name/></p><who/></data></instance></model></h:head><h:body><group ref="/data/p"><repeat nodeset="/data/p">
    <input ref="/data/p/id"/><input ref="/data/p/name"/></repeat></group><select1 ref="/data/who"><itemset nodeset="/data/p[id != '']">
    <value ref="id"/><label ref="name"/></itemset></select1></h:body></h:html>"""
    shown = FilledForm(load(source), now=NOW)
    for name in ("Mu", "Paw"):
        shown.set("/data/p[1]/name", name)
        assert [(choice.name, choice.label) for choice in shown.node("/data/who").choices] == [("one", name)]


@pytest.mark.parametrize("rule", ["magic(1)", "1 +"])
def test_a_rule_that_nobody_can_read_is_refused_wherever_it_stands(rule: str) -> None:
    source = f"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>T</h:title><model>
    <instance><data id="d"><a/></data></instance><bind nodeset="/data/a/@x" calculate="{rule}"/></model></h:head><h:body/></h:html>"""
    with pytest.raises(UserError):
        load(source.encode())
