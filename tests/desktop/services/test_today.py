from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from desktop.domain.folders import Role
from desktop.services import contacts, intake, people, practice, today, vaults
from desktop.services.session import Session


def test_a_quiet_day(session: Session) -> None:
    page = today.today(session)
    assert (page.decisions, page.late, page.arrived, page.drafts, page.reviews, page.needs_open, page.here_now) == ((), (), (), (), (), (), 0)
    assert not page.recovery_sheet_made
    vaults.note_recovery_sheet(session)
    assert today.today(session).recovery_sheet_made


def test_what_needs_somebody_now(session: Session) -> None:
    made = practice.fill(session, seed=5, count=7, waiting=0)
    opened = intake.begin_arrival(session, language="en")
    opened.form.set("/data/name", "Half typed")
    intake.keep(session, opened=opened)
    soon, past = (session.now() + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M"), "2026-01-01T10:00"
    contacts.add(session, values={"call_name": "Later", "next_talk": soon})
    contacts.add(session, values={"call_name": "Late", "next_talk": past})
    people.change(session, record=made[0].person, values={"review_on": session.today(), "need_legal": "observed"})
    page = today.today(session)
    assert [row.call_name for row in page.late] == ["Late"]
    assert {row.call_name for row in page.next_talks} <= {"Later"}
    assert [row.title for row in page.drafts] == ["Half typed"]
    assert [record for record, _, what in page.reviews] == [made[0].person]
    assert dict(page.needs_open)["legal"] == 1
    assert page.here_now == sum(one.people for one in made)
    arrived = {row.person.id: row for row in page.arrived}
    assert len(arrived) == 5
    last = arrived[made[-1].person]
    assert (last.people, last.sections) == (made[-1].people, 10)
    assert last.sections_done > 0


def test_roles_see_their_part(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    contacts.add(session, values={"call_name": "Late", "next_talk": "2026-01-01T10:00"})
    opened = intake.begin_arrival(session, language="en")
    opened.form.set("/data/name", "Nu")
    opened.form.set("/data/needs", "afraid bed")
    intake.save_arrival(session, opened=opened)
    assert dict(today.today(session).needs_open) == {"afraid": 1, "bed": 1}
    registrar = sign_in(Role.REGISTRAR)
    page = today.today(registrar)
    assert page.late == ()
    assert dict(page.needs_open) == {"bed": 1}


def test_a_new_sheet_counts_only_when_it_was_read_back(session: Session) -> None:
    vaults.note_recovery_sheet(session)
    vaults.new_recovery_code(session)
    assert not today.today(session).recovery_sheet_made
    vaults.note_recovery_sheet(session)
    assert today.today(session).recovery_sheet_made
