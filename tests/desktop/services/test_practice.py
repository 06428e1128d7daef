from __future__ import annotations

from desktop.domain.folders import Folder
from desktop.services import contacts, history, intake, people, practice
from desktop.services.session import Session


def test_practice_people_come_through_the_forms(session: Session) -> None:
    seen: list[tuple[int, int]] = []
    made = practice.fill(session, seed=3, count=6, waiting=7, progress=lambda done, total: seen.append((done, total)))
    assert [one.token for one in made] == [1, 1, 2, 3, 4, 5]
    found = people.find(session)
    assert found.total == found.here == sum(one.people for one in made)
    assert seen[-1] == (13, 13)
    assert intake.drafts(session) == []
    assert history.undoable(session) == ""
    first = people.page(session, person=made[0].person)
    assert first.submissions[1].done > 3
    assert first.fields["languages"].value
    assert len(contacts.contacts(session, stage="all")) == 7


def test_many_people_at_once_look_the_same(session: Session) -> None:
    count = practice.fill_fast(session, people=60)
    found = people.find(session, state="")
    assert found.total == count >= 60
    rows = people.rows(session, keys=found.keys)
    assert rows[0].arrived >= rows[-1].arrived
    assert all(row.household_size >= 1 and row.household_code for row in rows)
    assert {row.id for row in rows} == set(session.journal(Folder.RECEPTION).records("person"))


def test_the_practice_vault_goes_away() -> None:
    session, throw_away = practice.open_practice(language="my")
    assert people.find(session).total > practice.FAMILIES
    folder = session.folder_path
    session.close()
    throw_away()
    assert not folder.exists()
