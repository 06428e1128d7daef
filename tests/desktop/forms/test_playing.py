"""``forms play``: every sentence of its contract."""

from __future__ import annotations

import json
from datetime import datetime, timezone

import pytest

from desktop.forms.compile import compile_workbook
from desktop.forms.definition import Definition
from desktop.forms.loading import load
from desktop.forms.playing import DEFAULT_NOW, BadSteps, Script, Step, play, read_script
from tests.desktop.forms.sheets import form, table

CHOICES = table(
    "list_name | name | label | in", "sex | f | F |", "sex | m | M |", "fruit | apple | Apple | n", "fruit | pear | Pear | n", "fruit | fig | Fig | s",
)
ALL = table(
    "type | name | label | relevant | readonly | calculation | constraint | choice_filter | parameters",
    "integer | whole | W | | | | . < 100 | |", "decimal | part | P | | | | | |", "date | day | D | | | | | |", "time | clock | C | | | | | |",
    "dateTime | moment | M | | | | | |", "text | words | T | | | | | |", "select_one sex | sex | S | | | | | |",
    "select_multiple fruit | fruits | F | | | | | in = ${side} |", "rank fruit | order | O | | | | | |", "text | side | Side | | | | | |",
    "geopoint | point | G | | | | | |", "acknowledge | ok | OK | | | | | |", "file | paper | File | | | | | |", "range | scale | R | | | | | | start=1 end=5 step=1",
    "calculate | twice | | | | ${whole} * 2 | | |", "note | told | Told ${whole} | | | | | |", "begin_group | locked | L | | yes | | | |",
    "text | inside | I | | | | | |", "end_group | | | | | | | |", "text | hidden | H | ${whole} = 7 | | | | |",
    "begin_repeat | kid | Kid | ${whole} != 9 | | | | |", "text | name | N | | | | | |", "end_repeat | | | | | | | |",
)


@pytest.fixture(scope="module")
def everything() -> Definition:
    return form(ALL, CHOICES)


def nodes(state: dict[str, object]) -> dict[str, dict[str, object]]:
    found = state["nodes"]
    assert isinstance(found, list)
    return {node["path"]: node for node in found}


def value(definition: Definition, path: str, *steps: Step) -> object:
    return nodes(play(definition, Script(steps)))[path]["value"]


def reasons(definition: Definition, *steps: Step) -> list[str]:
    found = play(definition, Script(steps))["rejected"]
    assert isinstance(found, list)
    return [f"{one['step']} {one['reason']}" for one in found]


def put(path: str, text: str) -> Step:
    return Step("set", f"/data/{path}", text)


def test_the_example_of_the_contract() -> None:
    definition = form(
        table(
            "type | name | label | relevant | repeat_count", "integer | n | N | |", "begin_repeat | kid | Kid | | ${n}", "text | name | Name | |",
            "select_one sex | sex | Sex | |", "end_repeat | | | |", "note | many | Many | ${n} > 2 |",
        ),
        CHOICES,
    )
    state = play(definition, Script((put("n", "1"), put("kid[1]/sex", "f"), put("many", "x"))))
    found = state["nodes"]
    assert isinstance(found, list)
    plain = {"required": False, "readonly": False, "valid": True}
    assert found[:5] == [
        {"path": "/data/n", "kind": "question", "relevant": True, "type": "integer", "value": "1", **plain},
        {"path": "/data/kid[1]", "kind": "repeat", "relevant": True},
        {"path": "/data/kid[1]/name", "kind": "question", "relevant": True, "type": "text", "value": "", **plain},
        {"path": "/data/kid[1]/sex", "kind": "question", "relevant": True, "type": "select_one", "choices": ["f", "m"], "value": "f", **plain},
        {"path": "/data/many", "kind": "question", "relevant": False, "type": "text", "value": "", **plain, "readonly": True},
    ]
    assert (state["rejected"], state["warnings"], state["problems"]) == ([{"step": 3, "reason": "not-relevant"}], [], [])


GOOD = {
    "whole": ("7", "-7", "123456789", "0", "99"), "part": ("1.5", "-0.25", "3"), "day": ("2026-01-15", "2024-02-29"),
    "clock": ("09:30:00.000Z", "09:30:00.000+06:30", "23:59:59.999Z"), "moment": ("2026-01-15T09:30:00.000Z", "2024-02-29T00:00:00.000+06:30"),
    "words": ("anything", "အင်္ဂလိပ်", "two\nlines"), "sex": ("f", "m"), "order": ("fig apple pear", "apple"), "point": ("16.7 98.5 0 0", "-16.7 -98.5 12.5 3"),
    "ok": ("OK",), "paper": ("one.pdf",), "scale": ("3", "1"),
}
BAD = {
    "whole": ("1234567890", "1.5", "x", " 7", "+7", "1e3", "၇", "７"), "part": ("1,5", "x", "1e5", "NaN", "၁.၅"),
    "day": ("2026-02-30", "2025-02-29", "2026-13-01", "15.01.2026", "2026-1-5", "2026-01-15T00:00:00.000Z"),
    "clock": ("24:00:00.000Z", "9:30", "09:61:00.000Z", "09:30:00.000+99:00"), "moment": ("2026-01-15", "2026-02-30T09:30:00.000Z", "2026-01-15 09:30"),
    "point": ("16.7", "north", "91 0 0 0", "0 181 0 0"), "ok": ("ok", "yes"), "scale": ("x", "2.5"), "paper": ("../../secret",),
    "order": ("fig fig",),
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in GOOD.items() for text in texts])
def test_values_in_the_form_of_a_submission_are_taken_and_blank_clears(everything: Definition, name: str, text: str) -> None:
    assert reasons(everything, put(name, text)) == []
    assert value(everything, f"/data/{name}", put(name, text)) == text
    assert value(everything, f"/data/{name}", put(name, text), put(name, "")) == ""


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_values_of_another_form_or_a_day_that_is_none_are_refused(everything: Definition, name: str, text: str) -> None:
    assert reasons(everything, put(name, text)) == ["1 bad-value"]
    assert value(everything, f"/data/{name}", put(name, text)) == ""


def test_the_first_reason_that_fits_is_told(everything: Definition) -> None:
    steps = {
        put("nothing", "x"): "no-such-node", put("words[1]", "x"): "no-such-node", put("kid[9]/name", "x"): "no-such-node",
        Step("set", "data/words", "x"): "no-such-node", Step("set", "", "x"): "no-such-node", put("kid[0]/name", "x"): "no-such-node",
        put("locked", "x"): "not-a-question", put("kid[1]", "x"): "not-a-question", put("twice", "4"): "not-a-question",
        put("meta/instanceID", "x"): "not-a-question", put("hidden", "x"): "not-relevant", put("told", "x"): "read-only",
        put("locked/inside", "x"): "read-only", put("sex", "x"): "not-a-choice", put("fruits", "apple"): "not-a-choice",
        put("order", "fig grape"): "not-a-choice", put("day", "x"): "bad-value",
        Step("add", "/data/no/kid"): "no-such-node", Step("add", "/data/words"): "not-a-repeat", Step("add", "/data/nothing"): "not-a-repeat",
        Step("remove", "/data/kid[2]"): "no-such-node", Step("remove", "/data/words"): "not-a-repeat",
    }
    assert reasons(everything, *steps) == [f"{number} {reason}" for number, reason in enumerate(steps.values(), start=1)]


def test_repeats_that_cannot_be_changed_say_why() -> None:
    definition = form(table(
        "type | name | label | relevant | repeat_count", "integer | n | N | |", "begin_repeat | fixed | F | ${n} = 5 | 2", "text | a | A | |",
        "end_repeat | | | |", "begin_repeat | kid | K | ${n} != 9 |", "text | b | B | |", "end_repeat | | | |",
    ))
    steps = (Step("add", "/data/fixed"), put("n", "9"), Step("add", "/data/kid"), Step("remove", "/data/kid[1]"), put("n", "5"), Step("remove", "/data/fixed"))
    assert reasons(definition, *steps) == ["1 count-controlled", "3 not-relevant", "4 not-relevant", "6 count-controlled"]


def test_a_missing_index_means_the_first_and_later_instances_move_up(everything: Definition) -> None:
    steps = [Step("add", "/data/kid"), Step("add", "/data/kid"), put("kid/name", "a"), put("kid[2]/name", "b"), put("kid[3]/name", "c")]
    found = nodes(play(everything, Script((*steps, Step("remove", "/data/kid[2]")))))
    assert [found[f"/data/kid[{place}]/name"]["value"] for place in (1, 2)] == ["a", "c"]
    assert "/data/kid[3]" not in found
    assert "/data/kid[1]" not in nodes(play(everything, Script((Step("remove", "/data/kid"),))))


def test_a_broken_constraint_is_kept_and_shown_only_while_it_matters(everything: Definition) -> None:
    found = nodes(play(everything, Script((put("whole", "150"),))))["/data/whole"]
    assert (found["value"], found["valid"]) == ("150", False)
    assert nodes(play(everything, Script(())))["/data/whole"]["valid"] is True


def test_kinds_types_and_what_is_inherited(everything: Definition) -> None:
    found = nodes(play(everything, Script(())))
    assert [found[f"/data/{name}"]["kind"] for name in ("whole", "told", "twice", "locked", "kid[1]", "meta", "meta/instanceID")] == [
        "question", "question", "data", "group", "repeat", "group", "data",
    ]
    types = {name: found[f"/data/{name}"]["type"] for name in (*GOOD, "fruits", "told", "twice")}
    assert types == {
        "whole": "integer", "part": "decimal", "day": "date", "clock": "time", "moment": "datetime", "words": "text", "sex": "select_one",
        "order": "rank", "point": "geopoint", "ok": "acknowledge", "paper": "file", "scale": "range", "fruits": "select_multiple", "told": "text",
        "twice": "data",
    }
    assert found["/data/locked/inside"]["readonly"] is True
    assert found["/data/told"]["readonly"] is True
    assert found["/data/sex"]["choices"] == ["f", "m"]
    assert "type" not in found["/data/locked"]
    assert "value" not in found["/data/kid[1]"]


def test_answers_lose_what_is_no_longer_on_offer(everything: Definition) -> None:
    steps = (put("side", "n"), put("fruits", "apple pear"))
    assert nodes(play(everything, Script(steps)))["/data/fruits"]["choices"] == ["apple", "pear"]
    assert value(everything, "/data/fruits", *steps, put("side", "s")) == ""


def test_what_is_not_relevant_keeps_its_answer_and_is_blank_to_others() -> None:
    definition = form(table(
        "type | name | label | relevant | calculation", "integer | n | N | |", "text | a | A | ${n} = 1 |", "calculate | seen | | | concat('<', ${a}, '>')",
    ))
    steps = (put("n", "1"), put("a", "x"))
    assert value(definition, "/data/seen", *steps) == "<x>"
    found = nodes(play(definition, Script((*steps, put("n", "2")))))
    assert (found["/data/a"]["value"], found["/data/a"]["relevant"], found["/data/seen"]["value"]) == ("x", False, "<>")


@pytest.mark.parametrize(("text", "number"), [("2", 2), ("0", 0), ("-3", 0), ("", 0)])
def test_a_counted_repeat_has_exactly_so_many(text: str, number: int) -> None:
    definition = form(table(
        "type | name | label | repeat_count", "integer | n | N |", "begin_repeat | kid | K | ${n}", "text | a | A |", "end_repeat | | |",
    ))
    found = nodes(play(definition, Script((put("n", "4"), put("n", text)))))
    assert len([path for path in found if path.startswith("/data/kid[") and path.endswith("]")]) == number


def test_only_the_whole_part_of_a_count_counts_and_only_while_relevant() -> None:
    definition = form(table(
        "type | name | label | repeat_count | relevant", "decimal | n | N | |", "text | on | On | |",
        "begin_repeat | kid | K | ${n} | ${on} = 'yes'", "text | a | A | |", "end_repeat | | | |",
    ))
    def count(*steps: Step) -> int:
        return len([path for path in nodes(play(definition, Script(steps))) if path.startswith("/data/kid[") and path.endswith("]")])

    assert count(put("on", "yes"), put("n", "2.9")) == 2
    assert count(put("on", "yes"), put("n", "2.9"), put("on", ""), put("n", "5")) == 2


def test_numbers_truth_and_what_is_no_number_as_text() -> None:
    definition = form(table(
        "type | name | label | calculation", "calculate | three | | 6 div 2", "calculate | none | | number('x')", "calculate | half | | 1 div 2",
        "calculate | true | | 1 = 1", "calculate | again | | if(${true}, 'a', 'b')", "calculate | no | | 1 = 2", "calculate | still | | if(${no}, 'a', 'b')",
    ))
    found = nodes(play(definition, Script()))
    assert {name: found[f"/data/{name}"]["value"] for name in ("three", "none", "half", "true", "again", "no", "still")} == {
        "three": "3", "none": "", "half": "0.5", "true": "true", "again": "a", "no": "false", "still": "b",
    }


def test_the_clock_stands_still_in_utc_and_what_a_laptop_does_not_know_is_blank() -> None:
    definition = form(table(
        "type | name | label | calculation | default", "start | begun | | |", "end | ended | | |", "today | day | | |", "deviceid | device | | |",
        "username | user | | |", "calculate | now | | now() |", "calculate | date | | today() |", "text | told | Told | | today()",
    ))
    script = Script((), datetime(2025, 3, 1, 23, 30, tzinfo=timezone.utc))
    found = nodes(play(definition, script))
    assert {name: found[f"/data/{name}"]["value"] for name in ("begun", "ended", "day", "device", "user", "now", "date", "told")} == {
        "begun": "2025-03-01T23:30:00.000Z", "ended": "", "day": "2025-03-01", "device": "", "user": "", "now": "2025-03-01T23:30:00.000Z",
        "date": "2025-03-01", "told": "2025-03-01",
    }


def test_defaults_apply_at_load_and_in_a_new_instance() -> None:
    definition = form(table(
        "type | name | label | default", "text | who | Who | Nobody", "begin_repeat | kid | K |", "text | a | A | x", "integer | b | B | 1 + 1",
        "end_repeat | | |",
    ))
    found = nodes(play(definition, Script((Step("add", "/data/kid"),))))
    assert [found[f"/data/{path}"]["value"] for path in ("who", "kid[1]/a", "kid[1]/b", "kid[2]/a", "kid[2]/b")] == ["Nobody", "x", "2", "x", "2"]


def test_what_a_form_gives_itself_takes_the_form_of_its_type() -> None:
    definition = form(table(
        "type | name | label | default | calculation", "date | a | A | now() |", "time | b | B | now() |", "dateTime | c | C | today() |",
        "integer | d | D | 7 div 2 |", "dateTime | e | E | | today()", "date | f | F | | now()", "time | g | G | | now()", "text | h | H | now() |",
        "calculate | same | | | ${c} = today()",
    ))
    found = nodes(play(definition, Script()))
    moment = ("2026-01-15", "09:30:00.000Z", "2026-01-15T00:00:00.000Z")
    assert [found[f"/data/{name}"]["value"] for name in "abcdefgh"] == [*moment, "3", moment[2], *moment[:2], "2026-01-15T09:30:00.000Z"]
    assert found["/data/same"]["value"] == "true"


def test_words_of_the_form_are_those_of_its_default_language() -> None:
    source = "\n".join((
        "| survey |", table("type | name | label::English (en) | label::မြန်မာ (my) | calculation", "select_one c | c | C | စီ |",
                            "calculate | said | | | jr:choice-name(${c}, '${c}')"),
        "| choices |", table("list_name | name | label::English (en) | label::မြန်မာ (my)", "c | x | Rice | ဆန်"),
        "| settings |", table("form_id | default_language", "f | မြန်မာ (my)"),
    ))
    assert value(load(compile_workbook(source).xml), "/data/said", put("c", "x")) == "ဆန်"


def test_expressions_that_fail_are_listed_and_their_result_is_blank() -> None:
    definition = form(table("type | name | label | relevant | calculation", "calculate | when | | | date('soon')", "text | b | B | date('soon') = 1 |"))
    state = play(definition, Script())
    found, problems = nodes(state), state["problems"]
    assert isinstance(problems, list)
    assert sorted(problem["path"] for problem in problems) == ["/data/b", "/data/when"]
    assert all(problem["message"] for problem in problems)
    assert (found["/data/when"]["value"], found["/data/b"]["relevant"]) == ("", False)


def test_a_choice_from_a_list_beside_the_form_plays_as_free_text() -> None:
    source = "\n".join((
        "| survey |", table("type | name | label | choice_filter", "text | s | S |", "select_one_external town | town | Town | state=${s}"),
        "| choices |", CHOICES, "| external_choices |", table("list_name | name | label | state", "town | a | A | mon"),
    ))
    definition = load(compile_workbook(source).xml, {"itemsets.csv": b"list_name,name,label,state\ntown,a,A,mon\n"})
    found = nodes(play(definition, Script((put("s", "mon"), put("town", "anywhere"), put("s", "x")))))["/data/town"]
    assert (found["type"], found["value"], "choices" in found) == ("text", "anywhere", False)


def test_what_phones_do_by_themselves_is_said() -> None:
    state = play(form(table("type | name | label", "start-geopoint | here |", "text | a | A")), Script())
    assert state["warnings"] == ["/data/here: the place is not found out by itself."]


def test_steps_are_read_with_their_clock() -> None:
    source = {"now": "2025-02-03T10:00:00+06:30", "steps": [{"op": "set", "path": "/data/a", "value": "x", "why": 1}, {"op": "add", "path": "/data/k"}]}
    script = read_script(b"\xef\xbb\xbf" + json.dumps(source).encode())
    assert script.steps == (Step("set", "/data/a", "x"), Step("add", "/data/k"))
    assert script.now == datetime(2025, 2, 3, 3, 30, tzinfo=timezone.utc)
    assert read_script(b'{"steps": []}').now == DEFAULT_NOW
    assert read_script(b'{"steps": [], "now": "2025-02-03T10:00:00Z"}').now.hour == 10


@pytest.mark.parametrize("source", [
    b"", b"\xff", b"[]", b"{}", b'{"steps": {}}', b'{"steps": [1]}', b'{"steps": [{"op": "go", "path": "/a"}]}', b'{"steps": [{"op": "add"}]}',
    b'{"steps": [{"op": "set", "path": "/a"}]}', b'{"steps": [{"op": "set", "path": "/a", "value": 7}]}', b'{"steps": [], "now": "soon"}',
    b'{"steps": [], "now": 5}', b'{"steps": [], "now": "9999-12-31T23:59:59-14:00"}',
])
def test_steps_that_cannot_be_used_are_refused_as_a_whole(source: bytes) -> None:
    with pytest.raises(BadSteps):
        read_script(source)
