"""One filled form at two sites: nothing is lost, and what differs is asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.services import any_form, history, intake
from desktop.services.session import Session
from tests.desktop.services.any_forms import again, begun, family, heads, only, put, said, taken_out_and_answered

Carry = Callable[[Session, Session], object]


def test_draft_of_a_saved_form_is_gone_on_with_over_what_others_saved_since(session: Session, other: Session, carry: Carry) -> None:
    first = begun(session, village="Hill", wells="2")
    first.form.set("/data/people/family[1]/head", "One")
    any_form.save(session, opened=first)
    carry(session, other)
    mine = again(session)
    put(mine, remark="from the draft")
    family(mine, "Mine")
    mine.form.remove("/data/people/family[1]")
    intake.keep(session, opened=mine)
    theirs = again(other)
    put(theirs, wells="5")
    family(theirs, "Theirs")
    any_form.save(other, opened=theirs)
    carry(other, session)
    back = again(session)
    assert back.draft == mine.draft
    assert heads(back) == ["Theirs", "Mine"]
    assert (back.form.node("/data/place/wells").value, back.form.node("/data/remark").value) == ("5", "from the draft")
    any_form.save(session, opened=back)
    assert heads(again(session)) == ["Theirs", "Mine"]


def test_two_sites_fill_different_sections(session: Session, other: Session, carry: Carry) -> None:
    any_form.save(session, opened=begun(session, village="Hill"))
    carry(session, other)
    here, there = again(session), again(other)
    put(here, wells="4")
    any_form.save(session, opened=here)
    there.form.set("/data/people/family[1]/head", "Aung")
    any_form.save(other, opened=there)
    carry(session, other)
    carry(other, session)
    assert said(again(session)) == said(again(other))
    assert said(again(session)).items() >= {"/data/place/wells": "4", "/data/people/family[1]/head": "Aung"}.items()
    assert history.conflicts(session) == []
    assert only(session).conflicts == 0


def test_two_sites_add_instances_and_both_stay(session: Session, other: Session, carry: Carry) -> None:
    opened = begun(session, village="Hill")
    opened.form.set("/data/people/family[1]/head", "One")
    any_form.save(session, opened=opened)
    carry(session, other)
    for site, names in ((session, ("A", "B")), (other, ("C", "D"))):
        here = again(site)
        for name in names:
            family(here, name)
        any_form.save(site, opened=here)
    carry(session, other)
    carry(other, session)
    assert heads(again(session)) == heads(again(other))
    assert set(heads(again(session))) == {"One", "A", "B", "C", "D"}
    assert heads(again(session))[0] == "One"


def test_two_sites_that_fill_the_first_instance_of_an_untouched_repeat_keep_both(session: Session, other: Session, carry: Carry) -> None:
    any_form.save(session, opened=begun(session, village="Hill"))
    carry(session, other)
    for site, name in ((session, "A"), (other, "B")):
        here = again(site)
        here.form.set("/data/people/family[1]/head", name)
        any_form.save(site, opened=here)
    carry(session, other)
    carry(other, session)
    assert set(heads(again(session))) == {"A", "B"}


def test_instance_taken_out_while_another_site_answers_in_it_is_asked_about(session: Session, other: Session, carry: Carry) -> None:
    taken_out_and_answered(session, other, carry)
    carry(session, other)
    carry(other, session)
    for site in (session, other):
        assert heads(again(site)) == ["One", "Two"], "it stays until somebody decides"
        assert only(site).conflicts == 1


def test_same_question_answered_differently_stands_twice(session: Session, other: Session, carry: Carry) -> None:
    any_form.save(session, opened=begun(session, village="Hill", wells="2"))
    carry(session, other)
    for site, wells in ((session, "3"), (other, "4")):
        here = again(site)
        put(here, wells=wells)
        any_form.save(site, opened=here)
    carry(session, other)
    carry(other, session)
    assert only(session).conflicts == only(other).conflicts == 1


def test_answer_that_came_while_the_form_was_open_is_not_overwritten_unseen(session: Session, other: Session, carry: Carry) -> None:
    any_form.save(session, opened=begun(session, village="Hill", wells="2"))
    carry(session, other)
    here, there = again(session), again(other)
    put(there, wells="4")
    any_form.save(other, opened=there)
    carry(other, session)
    put(here, wells="3")
    any_form.save(session, opened=here)
    assert only(session).conflicts == 1


def test_form_that_has_not_come_blocks_opening(session: Session, other: Session, carry: Carry) -> None:
    any_form.save(session, opened=begun(session, village="Hill"))
    one = only(session)
    with session.act("form") as act, session.save(act, Folder.RECEPTION) as save:
        record = save.create("submission", {"form": "far", "version": "7", "digest": "f" * 64, "/data/a": "kept"})
    carry(session, other)
    rows = {row.form_id: row for row in any_form.filled(other)}
    assert (rows["far"].title, rows["water"].title) == ("", "Water survey")
    for site in (session, other):
        with pytest.raises(UserError, match=r"form\.elsewhere"):
            any_form.open_saved(site, submission=record, language="en")
    assert said(any_form.open_saved(other, submission=one.id, language="en"))["/data/place/village"] == "Hill"
