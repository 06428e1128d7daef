"""Filled forms move to another version only when somebody says so, and lose nothing by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence
from desktop.services import any_form, form_library, history, integrity, moving
from desktop.services.session import Session
from tests.desktop.services.any_forms import added, again, begun, compiled, named, only, put, said, table

Carry = Callable[[Session, Session], object]
COLUMNS = "type | name | label | bind::ws:silence"
CHOICES = table("list_name | name | label", "state | good | Good", "state | bad | Bad", "state | fair | Fair")
FEWER = table("list_name | name | label", "state | good | Good", "state | poor | Poor")
LINES = (
    "text | name | Name | unknown", "integer | wells | Wells | none", "select_one state | water | Water | none", "text | old | Old question | none",
    "begin repeat | family | Family | ", "text | head | Head | none", "text | trade | Trade | none", "end repeat | | | ",
)
AFTER = (
    "text | name | Name | none", "select_one state | water | Water | none", "text | wells | Wells in words | none",
    "text | fresh | Fresh question | none", "begin repeat | family | Family | ", "text | chief | Chief | none", "end repeat | | | ",
    "text | trade | Trade of the place | none",
)


def version(number: str, lines: tuple[str, ...] = LINES, choices: str = CHOICES) -> bytes:
    sheet = table("form_id | version | form_title | namespaces", f'place | {number} | Place | ws="urn:waystation:xforms"')
    return compiled(table(COLUMNS, *lines), choices, sheet)


@pytest.fixture
def filled(session: Session) -> RecordId:
    """A filled form in version 1, with two families."""
    opened = begun(session, added(session, version("1")), wells="7", water="bad", old="kept words")
    opened.form.be_silent("/data/name", Silence.UNKNOWN)
    for number, head in ((1, "Aung"), (2, "Paw")):
        path = "/data/family[1]" if number == 1 else opened.form.add("/data/family")
        opened.form.set(f"{path}/head", head)
        opened.form.set(f"{path}/trade", f"trade {number}")
    any_form.save(session, opened=opened)
    return only(session).id


def test_plan_tells_what_becomes_of_every_answer(session: Session, filled: RecordId) -> None:
    to = added(session, version("2", AFTER, FEWER))
    plan = moving.move_plan(session, submission=filled, to=to, renames={"/data/family/head": "/data/family/chief", "/data/nothing": "/data/fresh"})
    assert (plan.version_before, plan.version_after) == ("1", "2")
    assert plan.renames == {"/data/family/head": "/data/family/chief"}
    told = {(row.path_before, row.instance): (row.label, row.before, row.after, row.what) for row in plan.rows}
    assert told == {
        ("/data/name", ""): ("Name", "Unknown", "", "refused"),
        ("/data/wells", ""): ("Wells", "7", "7", "same"),
        ("/data/water", ""): ("Water", "Bad", "", "refused"),
        ("/data/old", ""): ("Old question", "kept words", "", "dropped"),
        ("/data/family/head", "1"): ("Head", "Aung", "Aung", "renamed"),
        ("/data/family/trade", "1"): ("Trade", "trade 1", "", "dropped"),
        ("/data/family/head", "2"): ("Head", "Paw", "Paw", "renamed"),
        ("/data/family/trade", "2"): ("Trade", "trade 2", "", "dropped"),
        ("", ""): told[("", "")],
    }
    assert [row.path_after for row in plan.rows if row.what == "new"] == ["/data/fresh", "/data/trade"]
    assert said(again(session))["/data/wells"] == "7", "a plan changes nothing"
    assert again(session).kept.version == "1"  # type: ignore[union-attr]


def test_moving_keeps_what_has_no_place(session: Session, filled: RecordId) -> None:
    before = said(again(session))
    to = added(session, version("2", AFTER, FEWER))
    moving.move(session, submission=filled, to=to, renames={"/data/family/head": "/data/family/chief"})
    back = again(session)
    assert (back.kept.version, only(session).version) == ("2", "2")  # type: ignore[union-attr]
    assert [back.form.node(f"/data/family[{n}]/chief").value for n in (1, 2)] == ["Aung", "Paw"]
    assert (back.form.node("/data/wells").value, back.form.node("/data/water").value) == ("7", "")
    kept = {(one.version, one.label, one.answer) for one in moving.kept_answers(session, submission=filled, language="en")}
    assert kept == {
        ("1", "Name", "Unknown"), ("1", "Water", "Bad"), ("1", "Old question", "kept words"), ("1", "Trade (1)", "trade 1"), ("1", "Trade (2)", "trade 2"),
    }
    put(back, water="poor", fresh="new")
    any_form.save(session, opened=back)
    assert len(moving.kept_answers(session, submission=filled, language="my")) == 5, "saving in the new version loses nothing of the old"
    history.undo(session)
    history.undo(session)
    assert said(again(session)) == before
    assert again(session).kept.version == "1"  # type: ignore[union-attr]
    assert integrity.redraw(session) == ()


def test_what_was_said_for_two_versions_is_remembered(session: Session, filled: RecordId) -> None:
    to = added(session, version("2", AFTER, FEWER))
    renames = {"/data/family/head": "/data/family/chief", "/data/old": "/data/fresh"}
    moving.move(session, submission=filled, to=to, renames=renames)
    opened = begun(session, form_library.versions(session, form_id="place")[1].id, old="second")
    any_form.save(session, opened=opened)
    second = next(one for one in any_form.filled(session) if one.id != filled)
    assert moving.move_plan(session, submission=second.id, to=to).renames == renames
    moving.move(session, submission=second.id, to=to)
    assert any_form.open_saved(session, submission=second.id, language="en").form.node("/data/fresh").value == "second"


def test_two_questions_change_places(session: Session, filled: RecordId) -> None:
    to = added(session, version("3", (*LINES[:3], "text | old | Old question | none", "text | name2 | N | none", *LINES[4:])))
    swapped = {"/data/family/head": "/data/family/trade", "/data/family/trade": "/data/family/head"}
    moving.move(session, submission=filled, to=to, renames=swapped)
    back = again(session)
    assert [back.form.node(f"/data/family[1]/{name}").value for name in ("head", "trade")] == ["trade 1", "Aung"]
    assert moving.kept_answers(session, submission=filled, language="en") == []
    moving.move(session, submission=filled, to=form_library.versions(session, form_id="place")[1].id, renames=swapped)
    assert [again(session).form.node(f"/data/family[2]/{name}").value for name in ("head", "trade")] == ["Paw", "trade 2"]


def test_answer_that_gives_way_to_another_is_kept(session: Session, filled: RecordId) -> None:
    to = added(session, version("2", (*LINES[:3], *LINES[4:])))
    moving.move(session, submission=filled, to=to, renames={"/data/old": "/data/name", "/data/wells": "/data/name"})
    back = again(session).form
    assert (back.node("/data/name").value, back.node("/data/wells").value) in (("kept words", "7"), ("7", ""))
    assert back.node("/data/name").silence is None
    answers = {one.answer for one in moving.kept_answers(session, submission=filled, language="en")}
    assert answers == ({"Unknown"} if back.node("/data/wells").value else {"Unknown", "kept words"})


def test_only_other_versions_of_the_same_form(session: Session, filled: RecordId) -> None:
    other_form = added(session, compiled(table("type | name | label", "text | a | A"), settings=named("else", "2")))
    here = next(one.id for one in form_library.versions(session, form_id="place"))
    ours = next(one.id for one in form_library.forms(session) if one.form_id == "arrival")
    for to in (other_form, here, ours):
        with pytest.raises(UserError, match=r"form\.not_a_version"):
            moving.move(session, submission=filled, to=to)


def test_who_may_move(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    any_form.save(session, opened=begun(session, added(session, version("1"), Folder.HEALTH), wells="7"))
    one, to = only(session).id, added(session, version("2"))
    for role, code in ((Role.OBSERVER, "role.not_allowed"), (Role.REGISTRAR, "folder.locked")):
        with pytest.raises(UserError, match=code):
            moving.move(sign_in(role), submission=one, to=to)


def test_moved_here_and_answered_in_the_old_version_there(session: Session, other: Session, carry: Carry, filled: RecordId) -> None:
    carry(session, other)
    there = again(other)
    to = added(session, version("2", AFTER, FEWER))
    moving.move(session, submission=filled, to=to, renames={"/data/old": "/data/fresh"})
    put(there, wells="9", old="newer words")
    any_form.save(other, opened=there)
    carry(session, other)
    carry(other, session)
    for site in (session, other):
        back = again(site)
        assert (back.kept.version, back.form.node("/data/wells").value) == ("2", "9")  # type: ignore[union-attr]
        assert back.form.node("/data/fresh").value == "kept words"
        (asked,) = history.conflicts(site, language="en")
        assert (asked.label, {answer.words for answer in asked.answers}) == ("Old question", {"", "newer words"})
    newer = next(answer.value for answer in asked.answers if answer.words)
    history.settle(session, folder=asked.folder, record=asked.record, field=asked.field.name, value=newer)
    assert "newer words" in {one.answer for one in moving.kept_answers(session, submission=filled, language="en")}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("one", "two")),
        st.sampled_from(("move2", "move3", "back", "name", "wells", "old", "fresh", "family", "out", "undo", "carry")),
    ),
    min_size=3, max_size=12,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_two_sites_come_to_the_same_whatever_they_do(session: Session, other: Session, carry: Carry, steps: list[tuple[str, str]]) -> None:
    forms = [added(session, version("1")), added(session, version("2", AFTER, FEWER)), added(session, version("3"))]
    opened = begun(session, forms[0], wells="7", old="words")
    any_form.save(session, opened=opened)
    one = max((row for row in any_form.filled(session)), key=lambda row: row.id.seq).id
    carry(session, other)
    for count, (who, what) in enumerate(steps):
        site, elsewhere = (session, other) if who == "one" else (other, session)
        if what == "carry":
            carry(site, elsewhere)
        elif what == "undo":
            if site.acts:
                history.undo(site)
        else:
            _do(site, one, forms, what, str(count))
        if not any(row.id == one for row in any_form.filled(site)):
            return  # its making was taken back
    for _ in range(2):
        carry(session, other)
        carry(other, session)
    assert session.journal(Folder.RECEPTION).state_hash() == other.journal(Folder.RECEPTION).state_hash()
    shown = [any_form.open_saved(site, submission=one, language="en") for site in (session, other)]
    assert said(shown[0]) == said(shown[1])
    kept = [set(moving.kept_answers(site, submission=one, language="en")) for site in (session, other)]
    assert kept[0] == kept[1]


def _do(site: Session, one: RecordId, forms: list[RecordId], what: str, text: str) -> None:
    places = {"back": 0, "move2": 1, "move3": 2}
    opened = any_form.open_saved(site, submission=one, language="en")
    if what in places:
        to = forms[places[what]]
        if opened.kept and opened.kept.digest != form_library.stored_form(site, form=to).digest:
            moving.move(site, submission=one, to=to, renames={"/data/old": "/data/fresh"})
        return
    if what == "family":
        path = opened.form.add("/data/family")
        opened.form.set(f"{path}/head", text)
        opened.form.set(f"{path}/chief", text)
    elif what == "out":
        if opened.form.instance_names()["/data/family"]:
            opened.form.remove("/data/family[1]")
    else:
        opened.form.set(f"/data/{what}", text)
    any_form.save(site, opened=opened)
