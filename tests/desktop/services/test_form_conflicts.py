"""Two different answers in filled forms of any kind: asked in the form's own words, settled by a person, the same at both sites."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.values import Silence, Value
from desktop.services import any_form, history, intake
from desktop.services.history import TwoAnswers
from desktop.services.session import Session
from tests.desktop.services.any_forms import added, again, begun, family, heads, only, put, taken_out_and_answered

Carry = Callable[[Session, Session], object]


@pytest.fixture
def differing(session: Session, other: Session, carry: Carry) -> Callable[[str, str, str], TwoAnswers]:
    """Makes both sites answer a question of one filled form; the two answers as the first site sees them."""

    def differ(name: str, mine: str, theirs: str) -> TwoAnswers:
        any_form.save(session, opened=begun(session, village="Hill", wells="2"))
        carry(session, other)
        for site, text in ((session, mine), (other, theirs)):
            opened = again(site)
            put(opened, **{name: text})
            any_form.save(site, opened=opened)
        carry(session, other)
        carry(other, session)
        (found,) = history.conflicts(session, language="en")
        return found

    return differ


def settle(session: Session, one: TwoAnswers, value: Value) -> None:
    history.settle(session, folder=one.folder, record=one.record, field=one.field.name, value=value)


def test_choice_is_asked_in_the_words_and_language_of_the_form(differing: Callable[..., TwoAnswers], session: Session) -> None:
    one = differing("clean", "clean", "dirty")
    assert (one.kind, one.title, one.label) == ("submission", "Water survey", "Is the water clean?")
    assert {answer.words for answer in one.answers} == {"Clean", "Dirty"}
    assert one.choices == (("clean", "Clean"), ("dirty", "Dirty"))
    assert {answer.site for answer in one.answers} == {"", "Hill School"}
    (burmese,) = history.conflicts(session, language="my")
    assert burmese.label == "ရေ သန့်ပါသလား။"
    assert {answer.words for answer in burmese.answers} == {"သန့်သည်", "ညစ်ညမ်းသည်"}


@pytest.mark.parametrize("right", ["3", "4", "17", Silence.UNKNOWN])
def test_settled_answer_reaches_both_sites(
    differing: Callable[..., TwoAnswers], session: Session, other: Session, carry: Carry, right: Value
) -> None:
    one = differing("wells", "3", "4")
    assert one.typed
    if isinstance(right, Silence):
        with pytest.raises(UserError, match=r"values\.wrong"):
            settle(session, one, right)
        return
    settle(session, one, right)
    carry(session, other)
    for site in (session, other):
        assert history.conflicts(site) == []
        assert again(site).form.node("/data/place/wells").value == right
        assert only(site).conflicts == 0
    history.undo(session)
    assert len(history.conflicts(session)) == 1


@pytest.mark.parametrize("wrong", ["many", "2026-01-01", 7])
def test_answer_that_the_question_cannot_hold_is_refused(differing: Callable[..., TwoAnswers], session: Session, wrong: Value) -> None:
    one = differing("wells", "3", "4")
    with pytest.raises(UserError, match=r"values\.wrong"):
        settle(session, one, wrong)
    assert len(history.conflicts(session)) == 1


@pytest.mark.parametrize("stays", [True, False])
def test_whether_an_instance_stays_is_asked(session: Session, other: Session, carry: Carry, stays: bool) -> None:
    taken_out_and_answered(session, other, carry)
    carry(other, session)
    (one,) = history.conflicts(session, language="en")
    assert one.label == "Family (2)"
    words = {answer.words: answer.value for answer in one.answers}
    assert set(words) == {"It is in the form", "It was taken out"}
    settle(session, one, words["It is in the form" if stays else "It was taken out"])
    carry(session, other)
    for site in (session, other):
        assert history.conflicts(site) == []
        assert heads(again(site)) == (["One", "Two"] if stays else ["One"])


def test_values_that_the_form_works_out_are_never_asked_about(session: Session, other: Session, carry: Carry) -> None:
    opened = begun(session, village="Hill")
    opened.form.set("/data/people/family[1]/size", "1")
    any_form.save(session, opened=opened)
    carry(session, other)
    for site in (session, other):
        here = again(site)
        here.form.set(f"{family(here, 'More')}/size", "5")
        any_form.save(site, opened=here)
    carry(session, other)
    carry(other, session)
    assert again(session).form.node("/data/people/all").label == "People in all: 11"
    assert [history.conflicts(site) for site in (session, other)] == [[], []]
    assert only(session).conflicts == 0


def test_deleted_here_and_changed_there_is_asked(session: Session, other: Session, carry: Carry) -> None:
    any_form.save(session, opened=begun(session, village="Hill"))
    carry(session, other)
    any_form.delete(session, submission=only(session).id)
    there = again(other)
    put(there, wells="4")
    any_form.save(other, opened=there)
    carry(other, session)
    (one,) = history.conflicts(session)
    assert (one.kind, one.title) == ("submission", "Water survey")
    settle(session, one, "no")
    assert again(session).form.node("/data/place/wells").value == "4"


def test_form_that_is_not_here_is_told_by_names_alone(session: Session, other: Session, carry: Carry) -> None:
    with session.act("form") as act, session.save(act, Folder.RECEPTION) as save:
        record = save.create("submission", {"form": "far", "version": "7", "digest": "f" * 64, "/data/place/a": "kept"})
    carry(session, other)
    for site, text in ((session, "one"), (other, "two")):
        with site.act("form") as act, site.save(act, Folder.RECEPTION) as save:
            save.set(record, {"/data/place/a": text})
    carry(other, session)
    (one,) = history.conflicts(session)
    assert (one.title, one.label, {answer.words for answer in one.answers}) == ("far", "a", {"one", "two"})
    with pytest.raises(UserError, match=r"form\.elsewhere"):
        settle(session, one, "three")
    settle(session, one, "two")
    assert history.conflicts(session) == []


def test_whoever_cannot_open_the_folder_is_not_asked(sign_in: Callable[[Role], Session], other: Session, carry: Carry) -> None:
    session = sign_in(Role.COORDINATOR)
    any_form.save(session, opened=begun(session, added(session, folder=Folder.HEALTH), village="Hill", wells="2"))
    carry(session, other)
    for site, text in ((session, "3"), (other, "4")):
        opened = again(site)
        put(opened, wells=text)
        any_form.save(site, opened=opened)
    read = carry(other, session)
    assert read.decisions == 1  # type: ignore[attr-defined]
    assert [one.folder for one in history.conflicts(session)] == [Folder.HEALTH]
    assert history.conflicts(sign_in(Role.REGISTRAR)) == []


def test_our_own_forms_are_settled_on_the_record(session: Session) -> None:
    card = intake.begin_arrival(session, language="en")
    card.form.set("/data/name", "Ko Aung")
    intake.save_arrival(session, opened=card)
    record = next(iter(session.journal(Folder.RECEPTION).records("submission")))
    with pytest.raises(UserError, match=r"settle\.nothing"):
        history.settle(session, folder=Folder.RECEPTION, record=record, field="/data/name", value="U Aung")


def test_form_about_a_person_is_told_by_their_name(session: Session) -> None:
    card = intake.begin_arrival(session, language="en")
    card.form.set("/data/name", "Ko Aung")
    registered, _ = intake.save_arrival(session, opened=card)
    any_form.save(session, opened=begun(session, None, registered.person, village="Hill"))
    one = only(session)
    with session.act("form") as act, session.save(act, one.folder) as save:
        save.set_known(one.id, "/data/place/village", None, "Valley")
    assert [asked.title for asked in history.conflicts(session)] == ["Ko Aung · Water survey"]
