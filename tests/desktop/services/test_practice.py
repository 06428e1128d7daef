from __future__ import annotations

from io import BytesIO

from PIL import Image

from desktop.domain.folders import Folder
from desktop.practice.portraits import portrait
from desktop.services import contacts, families, history, intake, notes, people, photos, practice, practice_days, steps
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


def test_after_some_days_there_is_something_of_everything(session: Session) -> None:
    made = practice.fill(session, seed=3, count=8, waiting=0)
    before = people.find(session).total
    child = practice_days.some_days(session, [one.person for one in made], seed=3)
    assert history.undoable(session) == ""
    assert people.find(session).total == before + 1
    pages = [(one, people.page(session, person=one.person)) for one in made]
    pictures = [photos.photos(session, one.code) for one in made]
    assert sum(bool(found) and found[0].main and found[0].here for found in pictures) == 5
    assert all(page.fields["consent_photo"].value == "yes" for (_, page), found in zip(pages, pictures) if found)
    assert {note.ref.folder for one in made for note in notes.notes(session, one.code)} == set(Folder)
    due = steps.due(session)
    assert {one.step.late for one in due} == {one.mine for one in due} == {True, False}
    assert any(step.done for one in made for step in steps.steps(session, one.code))
    waits = families.overview(session)
    assert (made[3].person in {match.person.id for match in waits.to_ask}, len(waits.to_pass_on)) == (True, 1)
    assert [case.person.id for case in waits.children if case.person is not None] == [child.person]
    assert all(search.fields["consent_share"].value == "yes" for search in waits.requests)
    assert history.conflicts(session) == []


def test_an_invented_photo_shows_nobody_and_is_the_same_again() -> None:
    assert portrait(1) == portrait(1) != portrait(2)
    assert len(portrait(1)) < 12_000
    with Image.open(BytesIO(portrait(1))) as picture:
        assert picture.size == (240, 300)
