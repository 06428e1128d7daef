"""Safe times on two clocks, the warning word, guidance, handing over and arriving by spoken words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.paper import preview
from desktop.services import arriving, contacts, guidance, handover, history, intake, stick, today
from desktop.services.session import Session
from desktop.vault.vault import Vault

Carry = Callable[[Session, Session], stick.Read]
OURS = timezone(timedelta(hours=7))
TUESDAY = datetime(2026, 11, 24, 18, 0, tzinfo=OURS)
SHEET: dict[str, Value] = {
    "title": "Rain and rivers", "text": "Rivers are high.\nမြစ်ရေ တက်နေသည်။", "area": "The hills", "source": "Two people who came last week",
    "stale_after": "2099-12-31",
}


def add(session: Session, **values: Value) -> RecordId:
    return contacts.add(session, values={"call_name": "Nu", **values})[0]


def at(session: Session, moment: datetime) -> None:
    session._clock = lambda: moment


def say_at_desk(session: Session, words: str, name: str = "Mya Mya") -> str:
    card = intake.begin_arrival(session, language="en")
    card.form.set("/data/name", name)
    card.form.set("/data/said_words", words)
    made, _ = intake.save_arrival(session, opened=card)
    return made.code


# -- two clocks


def test_safe_times_are_told_on_their_clock_and_shown_on_ours(session: Session) -> None:
    at(session, TUESDAY)
    contact = add(session, safe_hours=["24 17:00-18:00", "7 22:30-01:00"], clock_ahead=-30)
    times = contacts.page(session, contact=contact).times
    assert (times.theirs, times.until, times.next) == ("2026-11-24T17:30", "2026-11-24T18:30", "2026-11-26T17:30")
    at(session, datetime(2026, 11, 30, 1, 10, tzinfo=OURS))  # Monday 00:40 there: the span of Sunday night is not over
    assert contacts.page(session, contact=contact).times.until == "2026-11-30T01:30"
    contacts.write_talk(session, contact=contact, words="", next_talk="2026-12-01T18:00")
    row = contacts.page(session, contact=contact).row
    assert (row.next_talk, row.next_theirs) == ("2026-12-01T18:00", "2026-12-01T17:30")


def test_a_site_with_another_clock_reads_the_same_moments(session: Session, other: Session, carry: Carry) -> None:
    at(session, TUESDAY)
    at(other, TUESDAY.astimezone(timezone(timedelta(hours=5, minutes=30))))
    contact = add(session, safe_hours=["1234567 17:00-18:00"], clock_ahead=-30, next_talk="2026-11-24T18:15", late_after_hours=2)
    carry(session, other)
    page = contacts.page(other, contact=contact)
    assert (page.row.next_talk, page.row.next_theirs) == ("2026-11-24T16:45", "2026-11-24T17:45")
    assert (page.times.ahead, page.times.theirs, page.times.until) == (60, "2026-11-24T17:30", "2026-11-24T17:00")
    assert page.fields["next_talk"].value == "2026-11-24T16:45"


@pytest.mark.parametrize("span", ["8 17:00-18:00", "1 25:00-26:00", "1 17:00-17:00", "evening", " 17:00-18:00"])
def test_times_that_are_none_are_not_taken(session: Session, span: str) -> None:
    with pytest.raises(UserError, match=r"values\.wrong"):
        add(session, safe_hours=[span])


@pytest.mark.parametrize("place", [
    "They sleep at 16.8661, 96.1951", "၁၆.၈၆၆၁၊ ၉၆.၁၉၅၁ 16.8661 96.1951", "16°51'58\"N", "grid 47Q KA 1234 5678", "7MG8V55V+CX",
    "https://maps.example/x", "geo:16.8,96.1",
])
def test_exact_places_are_never_written_down(session: Session, place: str) -> None:
    contact = add(session)
    with pytest.raises(UserError, match=r"value\.exact_place"):
        contacts.write_talk(session, contact=contact, words=place)
    with pytest.raises(UserError, match=r"values\.wrong"):
        contacts.change(session, contact=contact, values={"needs_on_way": place})
    assert contacts.page(session, contact=contact).talks == ()


def test_ordinary_words_are_no_places(session: Session) -> None:
    contact = add(session, handle="09 420 123 456")
    for words in ("Called 09-420 123 456 at 18.30", "They are 5, with 2 children, 3.5 kg of rice", "သူတို့ ၅ ယောက် ကောင်းပါသည်", "16 Nov 2026", "0JRV7065", "1RVK-1234"):
        contacts.write_talk(session, contact=contact, words=words)
    assert len(contacts.page(session, contact=contact).talks) == 6


# -- the warning word


def test_the_warning_word_stops_calls_until_a_coordinator_speaks(sign_in: Callable[[Role], Session]) -> None:
    caseworker = sign_in(Role.CASEWORKER)
    plain, told = add(caseworker, warning_word="rain"), add(caseworker, warning_word="ရာသီဥတု")
    contacts.write_talk(caseworker, contact=plain, words="The train was late and they were in rainy clothes.")
    assert contacts.page(caseworker, contact=plain).row.warned == ""
    contacts.write_talk(caseworker, contact=plain, words="She said: it will RAIN.")
    contacts.write_talk(caseworker, contact=told, words="ဒီနေ့ ရာသီ ဥတု ဆိုးတယ်")
    for contact in (plain, told):
        page = contacts.page(caseworker, contact=contact)
        assert page.row.warned
        assert page.talks[0].warned
        with pytest.raises(UserError, match=r"role\.not_allowed"):
            contacts.allow_calls(caseworker, contact=contact, why="It was a joke")
        with pytest.raises(UserError, match=r"role\.not_allowed"):
            contacts.change(caseworker, contact=contact, values={"warned": ()})
    assert {row.id for row in today.today(caseworker).warned} == {plain, told}
    coordinator = sign_in(Role.COORDINATOR)
    contacts.allow_calls(coordinator, contact=plain, why="Met them in person.")
    page = contacts.page(coordinator, contact=plain)
    assert (page.row.warned, page.talks[0].allowed) == ("", True)
    with pytest.raises(UserError, match=r"contact\.not_warned"):
        contacts.allow_calls(coordinator, contact=plain, why="Again")
    history.undo(coordinator)
    assert contacts.page(coordinator, contact=plain).row.warned


def test_a_warning_that_comes_from_another_site_outlives_an_older_permission(session: Session, other: Session, carry: Carry) -> None:
    at(session, TUESDAY)
    contact = add(session)
    contacts.write_talk(session, contact=contact, words="", warned=True)
    carry(session, other)
    at(other, TUESDAY + timedelta(hours=1))
    contacts.write_talk(other, contact=contact, words="Again", warned=True)
    contacts.allow_calls(session, contact=contact, why="All is well")
    carry(other, session)
    carry(session, other)
    assert contacts.page(session, contact=contact).row.warned == "2026-11-24T19:00"
    assert contacts.page(other, contact=contact).row.warned == "2026-11-24T19:00"


# -- on the way, and overdue


def test_a_check_in_tells_how_they_are_and_being_late_tells_what_to_do(session: Session) -> None:
    at(session, TUESDAY)
    contact = add(session, stage="on_the_way", if_silent="Tell Saw Bwe.", late_after_hours=6)
    contacts.write_talk(session, contact=contact, words="", check_in="needs_help", next_talk="2026-11-24T20:00")
    page = today.today(session)
    assert ([row.id for row in page.need_help], page.late) == ([contact], ())
    at(session, datetime(2026, 11, 25, 2, 1, tzinfo=OURS))
    (row,) = today.today(session).late
    assert (row.id, row.late_hours, row.if_silent) == (contact, 6, "Tell Saw Bwe.")
    contacts.write_talk(session, contact=contact, words="", check_in="well", next_talk="2026-11-25T20:00")
    page = today.today(session)
    assert (page.late, page.need_help) == ((), ())
    talk = contacts.page(session, contact=contact).talks[0]
    assert (talk.words, talk.check_in) == ("", "well")


# -- guidance


def test_guidance_has_versions_goes_stale_and_is_given(session: Session) -> None:
    at(session, TUESDAY)
    contact = add(session)
    for missing in ("text", "source", "stale_after"):
        with pytest.raises(UserError, match=r"guidance\.incomplete"):
            guidance.add(session, values={**SHEET, missing: ""})
    first, _ = guidance.add(session, values={**SHEET, "stale_after": "2026-11-30"})
    guidance.give(session, contact=contact, sheet=first, way="read_out")
    with pytest.raises(UserError, match=r"guidance\.incomplete"):
        guidance.new_version(session, sheet=first, values={"text": "Rivers are low."})
    second, _ = guidance.new_version(session, sheet=first, values={"text": "Rivers are low.", "stale_after": "2026-12-31"})
    assert [(one.id, one.version, one.stale) for one in guidance.sheets(session)] == [(second, 2, False)]
    assert len(guidance.sheets(session, old=True)) == 2
    page = guidance.page(session, sheet=first)
    assert page.text == "Rivers are high.\nမြစ်ရေ တက်နေသည်။"
    assert [one.id for one in page.versions] == [second, first]
    assert [(one.contact, one.way, one.replaced) for one in guidance.page(session, sheet=second).given] == [(contact, "read_out", True)]
    with pytest.raises(UserError, match=r"guidance\.stale"):
        guidance.give(session, contact=contact, sheet=first, way="read_out")
    at(session, datetime(2027, 1, 1, 9, tzinfo=OURS))
    with pytest.raises(UserError, match=r"guidance\.stale"):
        guidance.give(session, contact=contact, sheet=second, way="sent")
    guidance.give(session, contact=contact, sheet=second, way="sent", stale_too=True)
    assert [one.stale for one in contacts.page(session, contact=contact).given] == [True, True]
    history.undo(session)
    assert [one.sheet for one in contacts.page(session, contact=contact).given] == [first]
    guidance.take_off(session, sheet=second)
    assert [(one.id, one.stale) for one in guidance.sheets(session)] == [(first, True)]


def test_two_sites_that_renew_a_sheet_keep_both(session: Session, other: Session, carry: Carry) -> None:
    first, _ = guidance.add(session, values=SHEET)
    carry(session, other)
    here, _ = guidance.new_version(session, sheet=first, values={"text": "From here", "stale_after": "2099-12-31"})
    there, _ = guidance.new_version(other, sheet=first, values={"text": "From there", "stale_after": "2099-12-31"})
    carry(session, other)
    carry(other, session)
    for one in (session, other):
        assert {sheet.id for sheet in guidance.sheets(one)} == {here, there}
        assert [sheet.version for sheet in guidance.sheets(one)] == [2, 2]


def test_guidance_on_paper_names_nobody(session: Session) -> None:
    contact = add(session, call_name="Secret Name", agreed_words="mango season")
    sheet, _ = guidance.add(session, values={**SHEET, "text": "A long line of words. " * 400})
    paper = guidance.paper(session, contact=contact, sheet=sheet)
    assert (paper.document.carry, paper.document.names_people, paper.copy) == ("kept", False, 1)
    assert paper.pages > 1
    assert preview.picture(paper.pdf, 0, 40)[2]
    assert all(words.encode() not in paper.pdf for words in ("Secret", "mango"))
    guidance.give(session, contact=contact, sheet=sheet, way="printed")
    assert guidance.paper(session, contact=contact, sheet=sheet).copy == 2


# -- handing over


def test_a_contact_is_handed_over_when_the_other_accepts(sign_in: Callable[[Role], Session]) -> None:
    coordinator = sign_in(Role.COORDINATOR)
    contact = add(coordinator, volunteer="Coordinator")
    (caseworker,) = [one for one in handover.receivers(coordinator) if one.name == "Caseworker"]
    assert {one.name for one in handover.receivers(coordinator)} == {"Caseworker"}, "the others cannot open Contacts"
    with pytest.raises(UserError, match=r"handover\.nobody"):
        handover.ask(coordinator, contact=contact, receiver="nobody")
    handover.ask(coordinator, contact=contact, receiver=caseworker.key)
    row = contacts.page(coordinator, contact=contact).row
    assert (row.volunteer, row.handover_to, row.asked_me) == ("Coordinator", "Caseworker", False)
    with pytest.raises(UserError, match=r"handover\.not_asked"):
        handover.accept(coordinator, contact=contact)
    taker = sign_in(Role.CASEWORKER)
    assert [one.id for one in today.today(taker).asked] == [contact]
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        contacts.change(taker, contact=contact, values={"volunteer": "Caseworker"})
    handover.accept(taker, contact=contact)
    page = contacts.page(taker, contact=contact)
    assert (page.row.volunteer, page.row.handover_to) == ("Caseworker", "")
    assert [(one.author, one.what, one.before, one.to) for one in page.handovers] == [
        ("Caseworker", "accepted", "Coordinator", "Caseworker"), ("Coordinator", "asked", "", "Caseworker"),
    ]
    with pytest.raises(UserError, match=r"handover\.not_asked"):
        handover.end(taker, contact=contact)


def test_a_contact_is_handed_over_to_another_site(session: Session, other: Session, carry: Carry) -> None:
    contact = add(session, volunteer="Coordinator")
    (site,) = [one for one in handover.receivers(session) if one.name == "Hill School"]
    handover.ask(session, contact=contact, receiver=site.key)
    carry(session, other)
    assert contacts.page(other, contact=contact).row.asked_me
    handover.accept(other, contact=contact)
    carry(other, session)
    page = contacts.page(session, contact=contact)
    assert page.row.volunteer == "Teacher, Hill School"
    assert [one.what for one in page.handovers] == ["accepted", "asked"]
    handover.ask(session, contact=contact, receiver=site.key)
    handover.end(session, contact=contact)
    assert [one.what for one in contacts.page(session, contact=contact).handovers] == ["ended", "asked", "accepted", "asked"]


# -- arriving


@pytest.mark.parametrize(("said", "found", "sure"), [
    ("Mango season!", True, True), ("mangoseason", True, True), ("I was told to say mango season", True, True), ("mango seasn", True, False),
    ("mango", False, False), ("papaya", False, False), ("rain", True, False),
])
def test_words_at_the_desk_find_the_contact(session: Session, said: str, found: bool, sure: bool) -> None:
    contact = add(session, arrival_words="mango season", stage="on_the_way", warning_word="rain")
    add(session, arrival_words="green tea")
    code = say_at_desk(session, said)
    matches = arriving.arriving(session)
    assert [(one.contact, one.person_code, one.person_name, one.sure) for one in matches] == ([(contact, code, "Mya Mya", sure)] if found else [])
    assert all(one.warning == (said == "rain") for one in matches)


def test_burmese_words_and_the_number_itself_are_known(session: Session) -> None:
    burmese, coded = add(session, arrival_words="သရက်သီး ရာသီ"), add(session)
    one = say_at_desk(session, "သရက်သီးရာသီ")
    number = contacts.page(session, contact=coded).row.code
    two = say_at_desk(session, f"{number[:4]}-{number[4:].lower()}", "Aung")
    assert {(found.contact, found.person_code) for found in arriving.arriving(session)} == {(burmese, one), (coded, two)}


def test_an_arrival_is_confirmed_or_denied_once(session: Session) -> None:
    contact = add(session, arrival_words="mango season", stage="on_the_way", next_talk="2026-11-24T20:00")
    wrong, right = say_at_desk(session, "mango season", "Aung"), say_at_desk(session, "mango season")
    assert len(today.today(session).arriving) == 2
    arriving.deny(session, contact=contact, person_code=wrong)
    assert [one.person_code for one in arriving.arriving(session)] == [right]
    arriving.confirm(session, contact=contact, person_code=right)
    page = contacts.page(session, contact=contact)
    assert (page.row.stage, page.fields["person_code"].value) == ("arrived", right)
    assert arriving.arriving(session) == ()
    history.undo(session)
    assert len(arriving.arriving(session)) == 1


def test_an_arrival_at_another_site_is_known_when_the_stick_comes(session: Session, other: Session, carry: Carry) -> None:
    contact = add(session, arrival_words="mango season")
    code = say_at_desk(other, "Mango season")
    assert arriving.arriving(other) == ()
    carry(other, session)
    assert [(one.contact, one.person_code) for one in arriving.arriving(session)] == [(contact, code)]


def test_the_desk_learns_nothing_of_contacts(sign_in: Callable[[Role], Session]) -> None:
    add(sign_in(Role.COORDINATOR), arrival_words="mango season", call_name="Nu")
    registrar = sign_in(Role.REGISTRAR)
    code = say_at_desk(registrar, "mango season")
    from desktop.services import people

    (row,) = people.rows(registrar, keys=people.find(registrar).keys)
    page = people.page(registrar, person=row.id)
    assert "said_words" not in page.fields, "not even what was said is shown again"
    found = today.today(registrar)
    assert (found.arriving, found.warned, found.asked, found.need_help) == ((), (), (), ())
    for call in (
        lambda: arriving.arriving(registrar), lambda: guidance.sheets(registrar), lambda: handover.accept(registrar, contact=row.id),
        lambda: arriving.confirm(registrar, contact=row.id, person_code=code),
    ):
        with pytest.raises(UserError, match=r"folder\.locked"):
            call()
    tables = registrar.journal(Folder.RECEPTION).database.execute("SELECT name FROM sqlite_master WHERE name LIKE 'contact%'").fetchall()
    assert tables == []
    coordinator = sign_in(Role.COORDINATOR)
    assert [one.person_code for one in arriving.arriving(coordinator)] == [code]


def test_an_observer_with_the_folder_changes_nothing(session: Session, tmp_path: object) -> None:
    from desktop.services import volunteers

    contact = add(session)
    sheet, _ = guidance.add(session, values=SHEET)
    words = "amber river stone lantern observer two"
    volunteers.add(session, name="Hser", role=Role.OBSERVER, passphrase=words, folders=frozenset({Folder.RECEPTION, Folder.CONTACTS}))
    folder = session.folder_path
    session.vault.close()
    session.forget()
    observer = Session(Vault.open(folder, words))
    for call in (
        lambda: guidance.add(observer, values=SHEET), lambda: guidance.give(observer, contact=contact, sheet=sheet, way="sent"),
        lambda: handover.ask(observer, contact=contact, receiver="x"), lambda: arriving.deny(observer, contact=contact, person_code="x"),
        lambda: contacts.write_talk(observer, contact=contact, words="x"), lambda: guidance.take_off(observer, sheet=sheet),
    ):
        with pytest.raises(UserError, match=r"role\.not_allowed"):
            call()
    assert guidance.page(observer, sheet=sheet).sheet.title == "Rain and rivers"
    observer.close()
