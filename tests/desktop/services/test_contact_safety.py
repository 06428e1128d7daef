"""Nobody on the way is lost sight of, and nothing about contacts gives anybody away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.safe_times import AHEAD_MOST
from desktop.domain.values import Value
from desktop.paper.documents import guidance_sheet
from desktop.services import arriving, contacts, guidance, handover, history, intake, merging, people, stick, today
from desktop.services.session import Session
from desktop.services.two_answers import TwoAnswers

Carry = Callable[[Session, Session], stick.Read]
OURS = timezone(timedelta(hours=7))
TUESDAY = datetime(2026, 11, 24, 18, 0, tzinfo=OURS)
SHEET: dict[str, Value] = {
    "title": "Rain and rivers", "text": "Rivers are high.", "area": "The hills", "source": "Naw Paw's mother", "stale_after": "2099-12-31",
}


def add(session: Session, **values: Value) -> RecordId:
    return contacts.add(session, values={"call_name": "Nu", **values})[0]


def at(session: Session, moment: datetime) -> None:
    session._clock = lambda: moment


def asked(session: Session) -> dict[str, TwoAnswers]:
    """What waits for a decision about contacts, by field."""
    return {one.field.name: one for one in history.conflicts(session) if one.kind == "contact"}


# -- the alarm


def test_only_a_check_in_ends_an_alarm_and_then_the_next_time_is_asked_for(session: Session) -> None:
    at(session, TUESDAY)
    contact = add(session, stage="on_the_way", next_talk="2026-11-24T12:00", late_after_hours=1)
    contacts.write_talk(session, contact=contact, words="We called, nobody answered.")
    assert [row.id for row in today.today(session).late] == [contact], "a call nobody took is no sign of life"
    contacts.write_talk(session, contact=contact, words="", check_in="delayed")
    page = today.today(session)
    assert page.late == ()
    assert [row.id for row in page.no_moment] == [contact], "without an agreed time no alarm would ever come"
    contacts.write_talk(session, contact=contact, words="", next_talk="2026-11-25T12:00")
    assert today.today(session).no_moment == ()
    contacts.write_talk(session, contact=contact, words="", check_in="well")
    assert contacts.page(session, contact=contact).row.next_talk == "2026-11-25T12:00", "a moment to come stays agreed"


def test_a_mistyped_year_does_not_keep_the_alarm_silent(session: Session) -> None:
    at(session, TUESDAY)
    contact = add(session)
    for call in (
        lambda: contacts.write_talk(session, contact=contact, words="", next_talk="2062-11-24T12:00"),
        lambda: contacts.change(session, contact=contact, values={"next_talk": "2062-11-24T12:00"}),
    ):
        with pytest.raises(UserError, match=r"values\.wrong"):
            call()
    contacts.write_talk(session, contact=contact, words="", next_talk="2027-11-24T12:00")


@pytest.mark.parametrize("place", [
    "N16.8661 E96.1951", "Lat 16.8661 Lon 96.1951", "16.86, 96.19", "96.19 16.86", "၁၆.၈၆၆၁၊ ၉၆.၁၉၅၁", "16 51 58 N, 96 11 42 E", "47qka12345678",
    "47Q 123456 1867000",
])
def test_exact_places_are_known_however_they_are_written(session: Session, place: str) -> None:
    contact = add(session)
    with pytest.raises(UserError, match=r"value\.exact_place"):
        contacts.write_talk(session, contact=contact, words=f"They wait. {place}")


@pytest.mark.parametrize("words", [
    "16 Dec 2026", "21 Feb 2026 1830", "1,200,000 kyat and 350,000", "12.50 and 99.50 baht", "from 18.30 to 19.30", "38.5 and 39.2", "12 20 30 people",
])
def test_days_times_and_prices_are_no_places(session: Session, words: str) -> None:
    contact = add(session)
    contacts.write_talk(session, contact=contact, words=words)
    assert contacts.page(session, contact=contact).talks[0].words == words


# -- two sites


def test_two_sites_with_other_clocks_that_mean_the_same_agree(session: Session, other: Session, carry: Carry) -> None:
    at(session, TUESDAY)
    at(other, TUESDAY.astimezone(timezone(timedelta(hours=5, minutes=30))))
    contact = add(session)
    carry(session, other)
    contacts.change(session, contact=contact, values={"clock_ahead": -30, "next_talk": "2026-11-24T20:00"})
    contacts.change(other, contact=contact, values={"clock_ahead": 60, "next_talk": "2026-11-24T18:30"})
    carry(other, session)
    carry(session, other)
    assert asked(session) == asked(other) == {}


def test_different_answers_about_clocks_are_told_and_settled_on_our_clock(session: Session, other: Session, carry: Carry) -> None:
    at(session, TUESDAY)
    at(other, TUESDAY.astimezone(timezone(timedelta(hours=5, minutes=30))))
    contact = add(session)
    carry(session, other)
    contacts.change(session, contact=contact, values={"clock_ahead": -30, "next_talk": "2026-11-24T20:00"})
    contacts.change(other, contact=contact, values={"clock_ahead": 90, "next_talk": "2026-11-24T19:30"})
    carry(other, session)
    found = asked(session)
    assert {answer.value for answer in found["clock_ahead"].answers} == {-30, 0}
    assert {answer.value for answer in found["next_talk"].answers} == {"2026-11-24T20:00", "2026-11-24T21:00"}
    for field, right in (("clock_ahead", 0), ("next_talk", "2026-11-24T21:00")):
        history.settle(session, folder=found[field].folder, record=contact, field=field, value=right)
    carry(session, other)
    assert asked(session) == asked(other) == {}
    here, there = contacts.page(session, contact=contact), contacts.page(other, contact=contact)
    assert (here.times.ahead, here.row.next_talk) == (0, "2026-11-24T21:00")
    assert (there.times.ahead, there.row.next_talk) == (90, "2026-11-24T19:30")


def test_two_who_were_asked_are_one_question_and_the_right_one_may_accept(session: Session, other: Session, carry: Carry) -> None:
    contact = add(session, volunteer="Coordinator")
    carry(session, other)
    (there,) = [one for one in handover.receivers(session) if one.name == "Hill School"]
    here = next(one for one in handover.receivers(other) if one.name != "Teacher")
    handover.ask(session, contact=contact, receiver=there.key)
    handover.ask(other, contact=contact, receiver=here.key)
    carry(other, session)
    (found,) = asked(session).values()
    assert (found.field.name, {answer.value for answer in found.answers}) == ("handover_to", {here.name, there.name})
    history.settle(session, folder=found.folder, record=contact, field="handover_to", value=there.name)
    carry(session, other)
    assert asked(session) == asked(other) == {}
    assert not contacts.page(session, contact=contact).row.asked_me
    assert contacts.page(other, contact=contact).row.asked_me
    handover.accept(other, contact=contact)


@pytest.mark.parametrize("moment", ["2999-12-31T23:59", "1001-01-01T00:00+23:59", "2026-11-24"])
@pytest.mark.parametrize("clock", [AHEAD_MOST, -AHEAD_MOST, AHEAD_MOST + 1, True])
def test_odd_moments_and_clocks_of_another_site_break_no_page(session: Session, other: Session, carry: Carry, moment: str, clock: int) -> None:
    with other.journal(Folder.CONTACTS).save("") as save:
        contact = save.create("contact", {
            "code": codes.new(), "call_name": "x", "stage": "on_the_way", "next_talk": moment, "clock_ahead": clock, "late_after_hours": 10**9,
        })
        save.add(contact, "safe_hours", "1234567 00:00-23:59", "9 1", "1 00:00-00:00")
        save.add(contact, "warned", "soon")
        save.event(contact, "talk", {"words": 5, "check_in": ["a"], "warned": "yes"})
        save.event(contact, "guidance", {"sheet": 7, "way": 8})
    carry(other, session)
    assert contacts.page(session, contact=contact).row.warned, "a warning counts, whenever it was"
    assert [row.id for row in today.today(session).warned] == [contact]
    contacts.write_talk(session, contact=contact, words="We heard of them.", check_in="well", next_talk=session.moment())
    assert contacts.page(session, contact=contact).row.next_talk == session.moment()


# -- paper, and links


def test_the_paper_of_guidance_is_drawn_from_the_sheet_and_a_number_alone(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    contact = add(
        session, call_name="Ko Wai", handle="09 420 123 456", agreed_words="mango season", warning_word="rain", arrival_words="green tea",
        if_silent="Tell Saw Bwe.", volunteer="Coordinator", note="His uncle helps.",
    )
    contacts.write_talk(session, contact=contact, words="They come soon.")
    sheet, _ = guidance.add(session, values=SHEET)
    drawn: list[Any] = []
    draw = guidance_sheet.draw
    monkeypatch.setattr(guidance_sheet, "draw", lambda paper, model: (drawn.append(model), draw(paper, model)))
    paper = guidance.paper(session, contact=contact, sheet=sheet)
    (model,) = drawn
    row = contacts.page(session, contact=contact).row
    assert model == guidance_sheet.GuidanceSheet(
        row.code, "Rain and rivers", "Rivers are high.", session.today(), "The hills", "2099-12-31", 1, session.today(), 1
    ), "not even where the news comes from"
    assert paper.title not in (row.code, row.call_name, "Rain and rivers")


def test_whoever_arrived_is_shown_also_after_they_were_found_to_be_registered_twice(session: Session) -> None:
    contact, made = add(session), []
    for _ in range(2):
        card = intake.begin_arrival(session, language="en")
        card.form.set("/data/name", "Mya Mya")
        made.append(intake.save_arrival(session, opened=card)[0])
    assert contacts.page(session, contact=contact).person is None
    arriving.confirm(session, contact=contact, person_code=made[1].code)
    assert contacts.page(session, contact=contact).person == made[1].person
    stands, _ = merging.merge(session, one=made[0].person, two=made[1].person, take={})
    found = contacts.page(session, contact=contact).person
    assert found is not None
    assert people.page(session, person=found).row.id == stands


def test_whoever_has_an_older_version_is_told_of_the_newer_one(session: Session) -> None:
    at(session, TUESDAY)
    told, closed, fresh = add(session, stage="on_the_way"), add(session, stage="closed"), add(session)
    sheet, _ = guidance.add(session, values=SHEET)
    for contact in (told, closed):
        guidance.give(session, contact=contact, sheet=sheet, way="read_out")
    assert today.today(session).behind == ()
    newer, _ = guidance.new_version(session, sheet=sheet, values={"text": "Rivers are low.", "stale_after": "2026-12-01"})
    guidance.give(session, contact=fresh, sheet=newer, way="sent")
    assert [row.id for row in today.today(session).behind] == [told]
    at(session, datetime(2026, 12, 2, 9, tzinfo=OURS))
    assert today.today(session).behind == (), "what is not right any more is told to nobody"
    at(session, TUESDAY)
    guidance.give(session, contact=told, sheet=newer, way="read_out")
    assert today.today(session).behind == ()


def test_a_record_of_another_kind_is_no_contact_and_no_sheet(session: Session) -> None:
    contact, (sheet, _) = add(session), guidance.add(session, values=SHEET)
    for call in (
        lambda: contacts.page(session, contact=sheet), lambda: contacts.write_talk(session, contact=sheet, words="x"),
        lambda: guidance.take_off(session, sheet=contact), lambda: guidance.give(session, contact=sheet, sheet=sheet, way="sent"),
        lambda: guidance.new_version(session, sheet=contact, values=SHEET), lambda: handover.end(session, contact=sheet),
    ):
        with pytest.raises(UserError, match=r"record\.missing"):
            call()
    assert contacts.page(session, contact=contact).row.call_name == "Nu"
