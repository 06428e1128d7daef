"""Forms that are kept: exactly as they were added, once each, for ever, at every site."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from random import Random

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.forms import shipped
from desktop.services import files, form_library, form_shelf, integrity
from desktop.services.session import Session
from tests.desktop.services.any_forms import compiled, named, table, water


def test_added_form_is_kept_byte_by_byte(session: Session) -> None:
    stored, changes = form_library.add(session, compiled=water(), source=b"a workbook", folder=Folder.HEALTH)
    assert (stored.form_id, stored.version, stored.title, stored.folder) == ("water", "1", "Water survey", Folder.HEALTH)
    assert stored.digest == sha256(water()).hexdigest()
    assert stored.questions == 6
    assert stored.languages == ("English (en)", "Burmese (my)")
    assert stored.added_by == "Coordinator"
    assert changes.kinds == {"form"}
    assert form_library.compiled(session, form=stored.id) == water()
    assert form_library.source(session, form=stored.id) == b"a workbook"
    assert form_library.definition(session, form=stored.id).form_id == "water"
    assert form_library.forms(session)[0] == stored


def test_same_form_twice_is_one_form(session: Session) -> None:
    first, _ = form_library.add(session, compiled=water())
    second, changes = form_library.add(session, compiled=water(), folder=Folder.HEALTH)
    assert second == first
    assert not changes.kinds


def test_same_form_at_two_sites_is_one_and_goes_to_the_better_protected_folder(
    session: Session, other: Session, carry: Callable[[Session, Session], object]
) -> None:
    form_library.add(session, compiled=water())
    there, _ = form_library.add(other, compiled=water(), folder=Folder.HEALTH)
    carry(other, session)
    carry(session, other)
    lists = [[one for one in form_library.forms(site) if not one.shipped] for site in (session, other)]
    assert [one.id for one in lists[0]] == [one.id for one in lists[1]] == [there.id]
    assert lists[0][0].folder is Folder.HEALTH


def test_new_version_is_added_beside_the_old(session: Session) -> None:
    old, _ = form_library.add(session, compiled=water("1"))
    new, _ = form_library.add(session, compiled=water("2"))
    assert [one.digest for one in form_library.versions(session, form_id="water")] == [new.digest, old.digest]
    assert [one.version for one in form_library.forms(session) if one.form_id == "water"] == ["2"]
    assert form_library.compiled(session, form=old.id) == water("1")


def test_two_different_forms_that_call_themselves_the_same(session: Session) -> None:
    one, _ = form_library.add(session, compiled=water())
    two, _ = form_library.add(session, compiled=water("1", "text | more | More | နောက်ထပ် | | | |"))
    assert (one.twins, two.twins) == (0, 1)
    found = form_library.versions(session, form_id="water")
    assert len({form.mark for form in found}) == 2
    assert all(form.twins == 1 for form in found)


def test_companion_files_belong_to_the_form(session: Session) -> None:
    plain, _ = form_library.add(session, compiled=water())
    listed, _ = form_library.add(session, compiled=water(), media={"villages.csv": b"name,label\na,A\n"})
    assert plain.digest != listed.digest
    assert form_library.media(session, form=listed.id) == {"villages.csv": b"name,label\na,A\n"}
    assert form_library.media(session, form=plain.id) == {}


def test_retired_form_is_offered_no_more_and_can_be_used_again(session: Session) -> None:
    stored, _ = form_library.add(session, compiled=water())
    form_library.retire(session, form=stored.id)
    assert "water" not in [one.form_id for one in form_library.forms(session)]
    assert [one.state for one in form_library.forms(session, retired=True) if one.form_id == "water"] == ["retired"]
    assert form_library.definition(session, form=stored.id).form_id == "water"
    again, changes = form_library.add(session, compiled=water())
    assert again.state == "in_use"
    assert changes.kinds == {"form"}
    assert form_library.use_again(session, form=stored.id).kinds == frozenset()


def test_forms_of_the_program_are_there_and_stay(session: Session) -> None:
    ours = {one.form_id: one for one in form_library.forms(session) if one.shipped}
    assert set(ours) == set(shipped.NAMES)
    assert form_library.definition(session, form=ours["registration"].id).form_id == "registration"
    assert form_library.source(session, form=ours["arrival"].id) == shipped.workbook("arrival").read_bytes()
    with pytest.raises(UserError, match=r"form\.comes_with_program"):
        form_library.retire(session, form=ours["arrival"].id)
    like_ours = compiled(table("type | name | label", "text | a | A"), settings=named("registration", "9"))
    with pytest.raises(UserError, match=r"form\.reserved"):
        form_library.add(session, compiled=like_ours)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.MEDIC, Role.OBSERVER])
def test_only_coordinators_and_caseworkers_add_forms(sign_in: Callable[[Role], Session], role: Role) -> None:
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        form_library.add(sign_in(role), compiled=water())
    stored, _ = form_library.add(sign_in(Role.CASEWORKER), compiled=water())
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        form_library.retire(sign_in(role), form=stored.id)


def test_what_another_site_writes_over_a_form_changes_nothing(
    session: Session, other: Session, carry: Callable[[Session, Session], object]
) -> None:
    stored, _ = form_library.add(session, compiled=water(), folder=Folder.HEALTH)
    carry(session, other)
    with other.act("form") as act, other.save(act, Folder.RECEPTION) as save:
        save.set(stored.id, {"compiled:0": "x" * 40, "folder": "reception", "title": "Another"})
    carry(other, session)
    form_shelf._LOADED.clear()
    form_shelf._FACTS.clear()
    found = form_library.stored_form(session, form=stored.id)
    assert (found.title, found.folder) == ("Water survey", Folder.HEALTH)
    assert form_library.compiled(session, form=stored.id) == water()


def test_large_form_is_a_kept_file_and_waits_for_it(session: Session, other: Session, carry: Callable[[Session, Session], object]) -> None:
    big = Random(1).randbytes(80_000).hex().encode()
    media = {"list.csv": b"name,label\n" + big, "small.csv": b"name,label\na,A\n"}
    stored, _ = form_library.add(session, compiled=water(), source=big, media=media)
    assert stored.here
    assert form_library.media(session, form=stored.id) == media
    assert form_library.source(session, form=stored.id) == big
    session.journal(Folder.RECEPTION).checkpoint()
    other.journal(Folder.RECEPTION).receive(
        session.journal(Folder.RECEPTION).chains_since({}), [session.vault.site_public, other.vault.site_public]
    )
    there = form_library.stored_form(other, form=stored.id)
    assert not there.here
    with pytest.raises(UserError, match=r"form\.elsewhere"):
        form_library.compiled(other, form=stored.id)
    carry(session, other)
    assert form_library.stored_form(other, form=stored.id).here
    assert form_library.media(other, form=stored.id) == media


def test_form_does_not_hand_out_files_of_other_folders(session: Session) -> None:
    secret, _ = files.keep(session, folder=Folder.HEALTH, content=b"secret", media_type="text/plain")
    with session.act("form") as act, session.save(act, Folder.RECEPTION) as save:
        record = save.create("form", {
            "form_id": "sly", "version": "1", "digest": "0" * 64, "folder": "reception", "compiled": secret, "source": secret, "state": "in_use",
        })
    assert not form_library.stored_form(session, form=record).here
    for read in (form_library.source, form_library.compiled):
        with pytest.raises(UserError, match=r"form\.unreadable"):
            read(session, form=record)


@pytest.mark.parametrize("content", ["", "not base85 \u1000", "0" * 50, "abcde"])
def test_form_that_cannot_be_loaded_says_so(session: Session, content: str) -> None:
    with session.act("form") as act, session.save(act, Folder.RECEPTION) as save:
        record = save.create("form", {
            "form_id": "bad", "version": "1", "digest": "0" * 64, "folder": "reception", "compiled:0": content, "state": "in_use",
        })
    assert form_library.stored_form(session, form=record).title == "bad"
    with pytest.raises(UserError, match=r"form\.unreadable"):
        form_library.definition(session, form=record)


def test_record_that_is_no_form_is_missing(session: Session) -> None:
    with session.act("form") as act, session.save(act, Folder.RECEPTION) as save:
        record = save.create("form", {"form_id": "bad", "folder": "nowhere", "digest": "0"})
        person = save.create("person", {"name": "Aung"})
    for one in (record, person):
        with pytest.raises(UserError, match=r"record\.missing"):
            form_library.stored_form(session, form=one)
    assert all(one.form_id != "bad" for one in form_library.forms(session, retired=True))


def test_lists_come_out_the_same_when_drawn_anew(session: Session) -> None:
    form_library.add(session, compiled=water())
    assert integrity.redraw(session) == ()


def test_list_that_an_older_program_drew_is_drawn_anew(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    form_library.add(session, compiled=water())
    database = session.journal(Folder.RECEPTION).database
    database.execute("DROP TABLE form_list")
    database.execute("DROP TABLE submission_list")
    database.execute("CREATE TABLE submission_list (key INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, form TEXT) STRICT")
    again = sign_in(Role.COORDINATOR)
    assert next(one.form_id for one in form_library.forms(again)) == "water"
    assert integrity.redraw(again) == ()
