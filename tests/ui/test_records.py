"""Editors of every kind of field: what is put in comes out, and what is typed is understood or refused in words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.births import Birth
from desktop.domain.fields import FIELDS, Field, Kind
from desktop.domain.values import Silence, Value
from desktop.services import people
from ui import dates
from ui.records.editors import Editor, editor, same
from ui.records.form import Group, RecordForm, readable


def made(qtbot: QtBot, kind: str, name: str) -> Editor:
    found = editor(FIELDS[kind][name], "field", "Label")
    qtbot.addWidget(found)
    return found


def type_into(one: Editor, name: str, text: str) -> None:
    line = one.findChild(QLineEdit, name)
    assert isinstance(line, QLineEdit)
    line.setText(text)
    line.textEdited.emit(text)


@pytest.mark.parametrize(("kind", "name", "value"), [
    ("person", "name", "အောင်မျိုးထက်"), ("person", "note", "one\ntwo"), ("person", "sex", "woman"), ("person", "marital", "widowed"),
    ("person", "languages", ["my", "ksw"]), ("person", "other_names", ["Saw Htoo", "ထူး"]), ("person", "entry_age", 17),
    ("person", "left_on", "2026-02"), ("person", "left_on", "2024"), ("person", "review_on", "2026-12-01"),
    ("person", "arrived", "2026-11-21T14:05"), ("contact", "next_talk", "2026-12-31T18:00"),
    ("person", "birth", Birth("age", years=30, told_on="2020-05-01", about=True).value()),
    ("person", "birth", Birth("month", born="1990-07").value()), ("person", "birth", Birth("year", born="1990", about=True).value()),
])
def test_what_is_put_in_comes_out(qtbot: QtBot, kind: str, name: str, value: Value) -> None:
    one = made(qtbot, kind, name)
    one.put(value)
    assert same(one.value(), value)
    assert one.problem() == ""
    one.put(None)
    assert same(one.value(), None)


def test_every_field_that_is_no_link_has_an_editor(qtbot: QtBot) -> None:
    for kind, fields in FIELDS.items():
        for name, field in fields.items():
            if field.kind not in (Kind.PERSON, Kind.HOUSEHOLD):
                assert made(qtbot, kind, name).value() in ("", []), (kind, name)


@pytest.mark.parametrize(("name", "part", "typed", "value", "problem"), [
    ("entry_age", "field", "၁၇", 17, ""),
    ("entry_age", "field", "abc", "abc", "Write a whole number in digits."),
    ("birth", "field", "၃၀", {"precision": "age", "years": 30, "told_on": dates.today().isoformat(), "about": False}, ""),
    ("birth", "field", "thirty", "", "Write the age in digits."),
    ("birth", "field_day_year", "1990", {"precision": "year", "born": "1990", "about": False}, ""),
    ("birth", "field_day_year", "90", "", "Write the year with four digits."),
    ("left_on", "field_day", "31", "", "Write the year with four digits."),
    ("review_on", "field_year", "၂၀၂၇", "2027", ""),
])
def test_typed_answers(qtbot: QtBot, name: str, part: str, typed: str, value: Value, problem: str) -> None:
    one = made(qtbot, "person", name)
    with qtbot.waitSignal(one.edited):
        type_into(one, part, typed)
    assert one.value() == value
    assert one.problem() == problem


@pytest.mark.parametrize(("clock", "value", "problem"), [
    ("6.30", "2026-12-31T06:30", ""), ("၁၈:၀၅", "2026-12-31T18:05", ""), ("25:00", "2026-12-31T00:00", "Write the time like 18:00."),
    ("", "2026-12-31T00:00", ""),
])
def test_times_as_people_write_them(qtbot: QtBot, clock: str, value: str, problem: str) -> None:
    one = made(qtbot, "contact", "next_talk")
    one.put("2026-12-31T18:00")
    type_into(one, "field_time", clock)
    assert (one.value(), one.problem()) == (value, problem)


def test_an_age_that_is_not_touched_keeps_the_day_it_was_told(qtbot: QtBot) -> None:
    told = Birth("age", years=30, told_on="2020-05-01").value()
    one = made(qtbot, "person", "birth")
    one.put(told)
    type_into(one, "field", "31")
    assert Birth.read(one.value()).told_on == dates.today().isoformat()  # type: ignore[union-attr]
    type_into(one, "field", "30")
    assert one.value() == told


@pytest.mark.parametrize(("one", "two", "equal"), [
    ("", None, True), ([], None, True), (["a", "b"], ("b", "a"), True), (["a"], [], False), (Silence.UNKNOWN, Silence.REFUSED, False),
    (Silence.UNKNOWN, "", False), (1, 1, True), (0, None, False), ("x", "y", False),
])
def test_what_counts_as_a_change(one: Value, two: Value, equal: bool) -> None:
    assert same(one, two) is equal


def test_a_form_tells_only_what_was_changed(qtbot: QtBot) -> None:
    groups = [Group("Names", ["name", ("call_name", "sex")])]
    form = RecordForm("person", groups, {"name": "A", "sex": "man"}, check=lambda values: people.check("person", values))
    qtbot.addWidget(form)
    for text in ("B", "A"):
        type_into(form._editors["name"], "field_name", text)
    assert form.changes() == {}, "written and written back"
    type_into(form._editors["call_name"], "field_call_name", "Ko A")
    assert form.changes() == {"call_name": "Ko A"}
    assert form.show_problems()
    type_into(form._editors["name"], "field_name", "")
    assert not form.show_problems()


def test_restricted_fields_are_left_out_for_those_who_do_not_see_them() -> None:
    groups = [Group("Service", [("force", "entry"), "rank_claimed", "rank_verified"]), Group("Only", ["threat"])]
    assert readable("person", groups, restricted=True) == [
        Group("Service", [("force", "entry"), ("rank_claimed",), ("rank_verified",)]), Group("Only", [("threat",)]),
    ]
    assert readable("person", groups, restricted=False) == [Group("Service", [("force",), ("rank_claimed",)])]


def test_a_link_to_another_record_has_no_editor() -> None:
    with pytest.raises(KeyError):
        editor(Field("household", Kind.HOUSEHOLD), "field", "Household")
