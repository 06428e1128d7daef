"""Repeats: instances that come and go."""

from __future__ import annotations

import pytest

from desktop.forms.filled import FilledForm
from tests.desktop.forms.sheets import answer, filled, table, value

FAMILY = table(
    "type | name | label | calculation | relevant | default", "begin repeat | kid | Child | | |", "text | name | Name | | |", "integer | age | Age | | |",
    "calculate | place | | position(..) | |", "calculate | older | | ${age} + ${years} | |", "text | school | School | | ${age} > 5 |", "end repeat | | | | |",
    "integer | years | Years | | | 1", "calculate | many | | count(${kid}) | |", "calculate | all | | sum(${age}) | |",
    "calculate | second | | indexed-repeat(${name}, ${kid}, 2) | |",
)


def family() -> FilledForm:
    """Three children: Su 4, Mya 7, Hla 9."""
    form = filled(FAMILY)
    for number, (name, age) in enumerate((("Su", "4"), ("Mya", "7"), ("Hla", "9")), start=1):
        if number > 1:
            assert form.add("/data/kid") == f"/data/kid[{number}]"
        assert form.set(f"/data/kid[{number}]/name", name) == ""
        assert form.set(f"/data/kid[{number}]/age", age) == ""
    return form


def test_each_instance_is_computed_by_itself_and_all_together() -> None:
    form = family()
    assert [value(form, f"/data/kid[{n}]/older") for n in (1, 2, 3)] == ["5", "8", "10"]
    assert [form.node(f"/data/kid[{n}]/school").relevant for n in (1, 2, 3)] == [False, True, True]
    assert (value(form, "/data/many"), value(form, "/data/all"), value(form, "/data/second")) == ("3", "20", "Mya")
    answer(form, years="10")
    assert [value(form, f"/data/kid[{n}]/older") for n in (1, 2, 3)] == ["14", "17", "19"]


def test_later_instances_move_up() -> None:
    form = family()
    assert form.remove("/data/kid[1]") == ""
    assert [node.path for node in form.children("") if node.kind == "repeat"] == ["/data/kid[1]", "/data/kid[2]"]
    assert [form.node(f"/data/kid[{n}]/name").value for n in (1, 2)] == ["Mya", "Hla"]
    assert [value(form, f"/data/kid[{n}]/place") for n in (1, 2)] == ["1", "2"]
    assert (value(form, "/data/many"), value(form, "/data/all"), value(form, "/data/second")) == ("2", "16", "Hla")


def test_a_repeat_may_become_empty_and_begin_again() -> None:
    form = family()
    for _ in range(3):
        assert form.remove("/data/kid[1]") == ""
    assert form.repeats() == [("/data/kid", "Child", 0)]
    assert (value(form, "/data/many"), value(form, "/data/all")) == ("0", "0")
    assert form.add("/data/kid") == "/data/kid[1]"
    assert next(node.path for node in form.children("")) == "/data/kid[1]"


def test_what_cannot_be_added_or_removed_says_why() -> None:
    form = filled(
        table(
            "type | name | label | repeat_count | relevant", "integer | n | N | |", "begin repeat | fixed | F | 2 |", "text | a | A | |", "end repeat | | | |",
            "begin repeat | kid | K | | ${n} = 1", "text | b | B | |", "end repeat | | | |",
        )
    )
    assert form.refuses_add("/data/fixed") == "count-controlled"
    assert form.remove("/data/fixed[1]") == "count-controlled"
    assert form.refuses_add("/data/kid") == "not-relevant"
    assert form.refuses_add("/data/n") == "not-a-repeat"
    assert form.refuses_add("/data/none") == "not-a-repeat"
    assert form.refuses_add("/none/kid") == "no-such-node"
    assert form.remove("/data/n") == "not-a-repeat"
    assert form.remove("/data/kid[7]") == "no-such-node"
    assert form.repeats() == [("/data/fixed", "F", 2)]
    with pytest.raises(ValueError, match="count-controlled"):
        form.add("/data/fixed")


@pytest.mark.parametrize(("number", "instances"), [("3", 3), ("0", 0), ("", 0), ("-2", 0)])
def test_a_computed_number_of_instances(number: str, instances: int) -> None:
    form = filled(
        table(
            "type | name | label | repeat_count | default | calculation", "integer | n | N | | |", "begin repeat | kid | K | ${n} | |", "text | a | A | | x |",
            "end repeat | | | | |", "calculate | many | | | | count(${kid})",
        )
    )
    answer(form, n="2")
    assert form.set("/data/kid[1]/a", "first") == ""
    answer(form, n=number)
    assert len([node for node in form.children("") if node.kind == "repeat"]) == instances
    assert value(form, "/data/many") == str(instances)
    if instances:
        assert [form.node(f"/data/kid[{n}]/a").value for n in range(1, instances + 1)] == ["first", *["x"] * (instances - 1)]


def test_a_computed_number_waits_while_the_repeat_is_not_relevant() -> None:
    form = filled(
        table(
            "type | name | label | repeat_count | relevant", "integer | n | N | |", "text | on | O | |", "begin repeat | kid | K | ${n} | ${on} = 'yes'",
            "text | a | A | |", "end repeat | | | |",
        )
    )
    answer(form, n="2")
    assert form.repeats() == []
    answer(form, on="yes")
    assert form.repeats() == [("/data/kid", "K", 2)]
    answer(form, on="no", n="5")
    assert len([node for node in form.children("") if node.kind == "repeat"]) == 2
    answer(form, on="yes")
    assert form.repeats() == [("/data/kid", "K", 5)]


def test_repeats_inside_repeats() -> None:
    form = filled(
        table(
            "type | name | label | calculation", "begin repeat | house | H |", "text | town | T |", "begin repeat | person | P |", "integer | age | A |",
            "calculate | where | | concat(${town}, position(..))", "end repeat | | |", "calculate | sum | | sum(${age})", "end repeat | | |",
            "calculate | total | | sum(${age})",
        )
    )
    form.set("/data/house[1]/town", "A")
    form.add("/data/house")
    form.set("/data/house[2]/town", "B")
    assert form.add("/data/house[2]/person") == "/data/house[2]/person[1]"  # a new instance begins without instances inside it
    form.add("/data/house[2]/person")
    form.set("/data/house[1]/person[1]/age", "1")
    form.set("/data/house[2]/person[1]/age", "10")
    form.set("/data/house[2]/person[2]/age", "20")
    assert value(form, "/data/house[1]/sum") == "1"
    assert value(form, "/data/house[2]/sum") == "30"
    assert value(form, "/data/total") == "31"
    assert value(form, "/data/house[2]/person[2]/where") == "B2"
    form.remove("/data/house[1]")
    assert value(form, "/data/total") == "30"
    assert value(form, "/data/house[1]/person[2]/where") == "B2"


def test_an_instance_may_read_the_one_before_it() -> None:
    form = filled(
        table(
            "type | name | label | calculation", "begin repeat | day | D |", "integer | n | N |",
            "calculate | sofar | | ${n} + coalesce(../preceding-sibling::day[1]/sofar, 0)", "end repeat | | |",
        )
    )
    for number, text in enumerate(("1", "2", "3"), start=1):
        if number > 1:
            form.add("/data/day")
        form.set(f"/data/day[{number}]/n", text)
    assert [value(form, f"/data/day[{n}]/sofar") for n in (1, 2, 3)] == ["1", "3", "6"]
    form.set("/data/day[1]/n", "10")
    assert [value(form, f"/data/day[{n}]/sofar") for n in (1, 2, 3)] == ["10", "12", "15"]


def test_the_number_of_instances_may_follow_from_what_is_in_them() -> None:
    form = filled(
        table(
            "type | name | label | repeat_count | calculation", "calculate | wanted | | | 1 + count-non-empty(${more})", "begin repeat | kid | K | ${wanted} |",
            "text | more | Another? | |", "end repeat | | | |",
        )
    )
    assert form.repeats() == [("/data/kid", "K", 1)]
    form.set("/data/kid[1]/more", "yes")
    assert form.repeats() == [("/data/kid", "K", 2)]
    form.set("/data/kid[2]/more", "yes")
    assert form.repeats() == [("/data/kid", "K", 3)]


@pytest.mark.parametrize(("count", "numbers"), [("2", [2, 2]), ("position(..)", [1, 2]), ("${wanted}", [3, 0]), ("${wanted} + 1", [4, 0])])
def test_a_repeat_in_a_repeat_counts_what_stands_beside_it(count: str, numbers: list[int]) -> None:
    form = filled(table(
        "type | name | label | repeat_count", "begin_repeat | kid | Kid |", "integer | wanted | W |", f"begin_repeat | toy | Toy | {count}",
        "text | name | N |", "end_repeat | | |", "end_repeat | | |",
    ))
    form.add("/data/kid")
    form.set("/data/kid[1]/wanted", "3")
    assert [len(form.instance_names()[f"/data/kid[{place}]/toy"]) for place in (1, 2)] == numbers


def test_a_repeat_whose_relevance_fails_is_told_by_its_own_path() -> None:
    form = filled(table("type | name | label | relevant", "text | day | D |", "begin_repeat | kid | Kid | date(${day}) > 1", "text | a | A |", "end_repeat | | |"))
    form.set("/data/day", "soon")
    assert form.refuses_add("/data/kid") == "not-relevant"
    assert dict(form.failed()) == {"/data/kid[1]": "not a date", "/data/kid": "not a date"}
    form.set("/data/day", "2026-01-15")
    assert form.refuses_add("/data/kid") == ""
    assert form.failed() == []
