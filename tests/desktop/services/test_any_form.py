"""Forms of any kind at one site: drafts, sections by different people, finishing, taking back, folders, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.values import Silence, Value
from desktop.services import (
    any_form,
    form_answers,
    form_history,
    form_library,
    history,
    intake,
    integrity,
    moving,
    people,
    submissions,
)
from desktop.services.intake import Open
from desktop.services.session import Session
from tests.desktop.services.any_forms import added, again, begun, compiled, family, heads, named, only, put, said, table, water


def test_filled_form_is_saved_and_opens_as_it_was(session: Session) -> None:
    opened = begun(session, village="ဒေါနကုန်း", wells="3", clean="dirty", remark="အင်္ဂလိပ်")
    opened.form.set("/data/people/family[1]/head", "Aung")
    opened.form.set("/data/people/family[1]/size", "4")
    family(opened, "Naw Paw", "2")
    changes = any_form.save(session, opened=opened)
    assert {"submission", "draft"} <= changes.kinds
    assert not intake.touched(opened)
    back = again(session)
    assert said(back) == said(opened)
    assert back.form.node("/data/people/all").label == "People in all: 6"
    assert not intake.touched(back)
    assert intake.drafts(session) == []
    row = only(session)
    assert (row.form_id, row.version, row.title, row.about, row.finished, row.conflicts) == ("water", "1", "Water survey", "", False, 0)
    assert row.author == "Coordinator"


def test_nothing_changed_writes_nothing(session: Session) -> None:
    any_form.save(session, opened=begun(session, village="Hill"))
    back = again(session)
    written = session.journal(Folder.RECEPTION).own.seq
    any_form.save(session, opened=back)
    assert session.journal(Folder.RECEPTION).own.seq == written


def test_form_about_a_person(session: Session) -> None:
    card = intake.begin_arrival(session, language="en")
    card.form.set("/data/name", "Ko Aung")
    registered, _ = intake.save_arrival(session, opened=card)
    form = added(session)
    any_form.save(session, opened=begun(session, form, registered.person, village="Hill"))
    any_form.save(session, opened=begun(session, form, village="Valley"))
    (about,) = any_form.filled(session, person=registered.person)
    assert (about.about, about.person) == ("Ko Aung", registered.person)
    assert len(any_form.filled(session, form_id="water")) == 2
    assert any_form.open_saved(session, submission=about.id, language="en").person == registered.person
    assert form_library.stored_form(session, form=form).filled == 2
    assert {one.form for one in people.page(session, person=registered.person).submissions} >= {"arrival", "registration"}


def test_draft_survives_being_closed_in_the_middle(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    opened = begun(session, village="Hill", wells="2")
    opened.form.be_silent("/data/remark", Silence.UNKNOWN)
    family(opened, "Second")
    intake.keep(session, opened=opened)
    (row,) = intake.drafts(session)
    assert (row.form, row.title, row.folder, row.submission) == ("water", "Water survey", Folder.RECEPTION, None)
    session = sign_in(Role.REGISTRAR)
    back = intake.reopen(session, draft=row.id, language="my")
    assert said(back) == said(opened)
    assert heads(back) == ["", "Second"]
    assert back.form.instance_names() == opened.form.instance_names()
    any_form.save(session, opened=back)
    assert intake.drafts(session) == []
    assert said(again(session)) == said(opened)


def test_sections_are_saved_by_different_people_over_days(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    opened = begun(session, village="Hill", remark="later")
    wrong = begun(session, wells="2")
    with pytest.raises(UserError, match=r"form\.problems"):
        any_form.save(session, opened=wrong, section="/data/place")
    any_form.save(session, opened=opened, section="/data/place")
    assert (only(session).done, only(session).sections, only(session).finished) == (1, 2, False)
    assert [row.submission for row in intake.drafts(session)] == [only(session).id], "what is not in the section stays in the draft"
    session = sign_in(Role.REGISTRAR)
    second = again(session)
    assert second.done == {"/data/place"}
    assert second.form.node("/data/remark").value == "later"
    second.form.set("/data/people/family[1]/head", "Aung")
    any_form.save(session, opened=second, section="/data/people")
    assert only(session).done == 2
    any_form.finish(session, opened=second)
    assert only(session).finished
    assert len({line.author for line in session.journal(Folder.RECEPTION).history(only(session).id)}) == 2
    assert said(again(session))["/data/remark"] == "later"


def test_finishing_needs_every_answer_and_takes_out_what_does_not_apply(session: Session) -> None:
    opened = begun(session, wells="2", clean="dirty")
    with pytest.raises(UserError, match=r"form\.problems"):
        any_form.finish(session, opened=opened)
    put(opened, village="Hill")
    any_form.save(session, opened=opened)
    put(opened, wells="0")
    any_form.save(session, opened=opened)
    assert said(again(session))["/data/place/clean"] == "dirty", "kept while the form is being filled"
    any_form.finish(session, opened=opened)
    assert not intake.touched(opened)
    assert intake.drafts(session) == []
    back = again(session)
    assert "/data/place/clean" not in said(back)
    assert back.kept is not None
    assert back.kept.finished
    put(back, wells="1")
    assert back.form.node("/data/place/clean").value == ""
    put(opened, wells="1", clean="dirty")
    any_form.save(session, opened=opened)
    assert said(again(session))["/data/place/clean"] == "dirty", "answered again, it is written again"
    changes = [change for line in session.journal(Folder.RECEPTION).history(only(session).id) for change in line.changes]
    assert ("/data/place/clean", "dirty") in [(change.field, change.before) for change in changes]


def test_finished_form_that_is_made_wrong_is_not_finished_any_more(session: Session) -> None:
    opened = begun(session, village="Hill")
    any_form.finish(session, opened=opened)
    assert (only(session).done, only(session).finished) == (2, True)
    back = again(session)
    put(back, village="")
    any_form.save(session, opened=back)
    assert (only(session).finished, only(session).done) == (False, 1)
    put(back, village="Valley", wells="3")
    any_form.save(session, opened=back)
    assert not only(session).finished


def test_answer_that_does_not_fit_stays_in_the_draft(session: Session) -> None:
    opened = begun(session, village="Hill", remark="x" * 70_000)
    with pytest.raises(UserError, match=r"form\.problems"):
        any_form.finish(session, opened=opened)
    assert ("/data/remark", "answer.too_long") in [(one.where, one.code) for one in intake.problems(session, opened=opened)]
    any_form.save(session, opened=opened)
    assert "/data/remark" not in said_in_record(session)
    assert len(again(session).form.node("/data/remark").value) == 70_000


def said_in_record(session: Session) -> dict[str, object]:
    return dict(session.journal(Folder.RECEPTION).values(only(session).id))


def test_taking_an_instance_out_moves_no_answer(session: Session) -> None:
    opened = begun(session, village="Hill")
    opened.form.set("/data/people/family[1]/head", "One")
    for name in ("Two", "Three"):
        family(opened, name, "3")
    any_form.save(session, opened=opened)
    back = again(session)
    back.form.remove("/data/people/family[2]")
    before = session.journal(Folder.RECEPTION).own.seq
    any_form.save(session, opened=back)
    (line,) = [line for line in session.journal(Folder.RECEPTION).history(only(session).id) if line.stamp.seq > before]
    assert not any(change.field.startswith("/") for change in line.changes), "no answer was written again"
    assert heads(again(session)) == ["One", "Three"]
    history.undo(session)
    assert heads(again(session)) == ["One", "Two", "Three"]
    assert said(again(session))["/data/people/family[2]/size"] == "3"


def test_deleting_can_be_taken_back(session: Session) -> None:
    any_form.save(session, opened=begun(session, village="Hill"))
    one = only(session).id
    any_form.delete(session, submission=one)
    assert any_form.filled(session) == []
    with pytest.raises(UserError, match=r"record\.missing"):
        any_form.open_saved(session, submission=one, language="en")
    history.undo(session)
    assert said(again(session))["/data/place/village"] == "Hill"


@pytest.mark.parametrize("folder", [Folder.HEALTH, Folder.CONTACTS])
def test_whoever_cannot_open_the_folder_sees_nothing(sign_in: Callable[[Role], Session], folder: Folder) -> None:
    session = sign_in(Role.COORDINATOR)
    form = added(session, folder=folder)
    any_form.save(session, opened=begun(session, form, village="Hill"))
    intake.keep(session, opened=begun(session, form, village="half"))
    one = only(session)
    assert one.folder is folder
    assert submissions.place_of(one.id)[0] is folder
    assert [row.folder for row in intake.drafts(session)] == [folder]
    assert session.journal(Folder.RECEPTION).conflicts() == []
    role = Role.REGISTRAR
    session = sign_in(role)
    assert any_form.filled(session) == []
    assert intake.drafts(session) == []
    for refused in (
        lambda: any_form.open_saved(session, submission=one.id, language="en"),
        lambda: any_form.begin(session, form=form, person=None, language="en"),
        lambda: any_form.delete(session, submission=one.id),
    ):
        with pytest.raises(UserError, match=r"folder\.locked"):
            refused()
    database = session.journal(Folder.RECEPTION).database
    assert database.execute("SELECT count(*) FROM submission_list").fetchone()[0] == 0
    assert b"Hill" not in b"".join(row[0] for row in database.execute("SELECT body FROM journal_entry").fetchall())


def test_observer_reads_and_writes_nothing(sign_in: Callable[[Role], Session]) -> None:
    session = sign_in(Role.COORDINATOR)
    form = added(session)
    any_form.save(session, opened=begun(session, form, village="Hill"))
    session = sign_in(Role.OBSERVER)
    opened = again(session)
    put(opened, village="Valley")
    for refused in (
        lambda: any_form.save(session, opened=opened), lambda: any_form.finish(session, opened=opened),
        lambda: any_form.delete(session, submission=only(session).id), lambda: intake.keep(session, opened=opened),
        lambda: any_form.begin(session, form=form, person=None, language="en"),
    ):
        with pytest.raises(UserError, match=r"role\.not_allowed"):
            refused()


def test_form_that_cannot_be_loaded_blocks_opening(session: Session) -> None:
    with session.act("form") as act, session.save(act, Folder.RECEPTION) as save:
        save.create("form", {
            "form_id": "bad", "version": "1", "digest": "0" * 64, "folder": "reception", "compiled:0": "abcde", "state": "in_use",
        })
        record = save.create("submission", {"form": "bad", "version": "1", "digest": "0" * 64, "/data/a": "kept"})
    with pytest.raises(UserError, match=r"form\.unreadable"):
        any_form.open_saved(session, submission=record, language="en")


def test_added_form_writes_to_no_record_and_reads_none(session: Session) -> None:
    card = intake.begin_arrival(session, language="en")
    card.form.set("/data/name", "Ko Aung")
    registered, _ = intake.save_arrival(session, opened=card)
    sly = compiled(
        table("type | name | label | bind::ws:save_to", "text | colour | What colour do you like? | person.name",
              "text | far | Where from? | health.note"),
        settings=table("form_id | version | namespaces", 'sly | 1 | ws="urn:waystation:xforms"'),
    )
    form = added(session, sly)
    opened = begun(session, form, registered.person)
    assert said(opened) == {}, "nothing of the person is shown"
    put(opened, colour="blue", far="hills")
    any_form.save(session, opened=opened)
    any_form.finish(session, opened=opened)
    assert people.page(session, person=registered.person).row.name == "Ko Aung"
    assert not list(session.journal(Folder.HEALTH).records("health"))
    assert said(again_of(session, "sly")) == {"/data/colour": "blue", "/data/far": "hills"}


def again_of(session: Session, form_id: str) -> Open:
    (found,) = any_form.filled(session, form_id=form_id)
    return any_form.open_saved(session, submission=found.id, language="en")


def test_our_own_cards_open_for_reading(session: Session) -> None:
    card = intake.begin_arrival(session, language="en")
    card.form.set("/data/name", "Ko Aung")
    card.form.set(f"{card.form.add('/data/with_you')}/member_name", "Ma Hla")
    intake.save_arrival(session, opened=card)
    journal = session.journal(Folder.RECEPTION)
    record = next(one for one in journal.records("submission") if journal.values(one)["form"] == "arrival")
    opened = any_form.open_saved(session, submission=record, language="en")
    assert opened.form.node("/data/name").value == "Ko Aung"
    assert opened.form.node("/data/with_you[1]/member_name").value == "Ma Hla"
    with pytest.raises(UserError, match=r"form\.only_read"):
        any_form.save(session, opened=opened)


def test_very_long_paths_many_instances_and_big_answers(session: Session) -> None:
    deep = [f"begin group | group_with_a_very_long_name_number_{n} | G{n}" for n in range(6)]
    xml = compiled(
        table("type | name | label", *deep, "begin repeat | rows_of_everything_that_was_seen | R", "text | what_was_seen_there_and_by_whom | A",
              "text | b | B", "end repeat | | ", *["end group | | "] * 6),
        settings=named("deep", "1"),
    )
    opened = begun(session, added(session, xml))
    repeat = "/data/" + "/".join(f"group_with_a_very_long_name_number_{n}" for n in range(6)) + "/rows_of_everything_that_was_seen"
    for number in range(1, 1201):
        path = f"{repeat}[1]" if number == 1 else opened.form.add(repeat)
        opened.form.set(f"{path}/what_was_seen_there_and_by_whom", f"{number}" + "က" * 300)
        opened.form.set(f"{path}/b", str(number))
    any_form.save(session, opened=opened)
    back = again(session)
    assert said(back) == said(opened)
    assert integrity.redraw(session) == ()
    any_form.delete(session, submission=only(session).id)
    history.undo(session)
    assert said(again(session)) == said(opened)
    history.undo(session)
    assert any_form.filled(session) == []


def test_whatever_another_site_writes_into_a_filled_form_it_opens(session: Session) -> None:
    any_form.save(session, opened=begun(session, village="Hill"))
    record = only(session).id
    odd: dict[str, Value] = {
        "instance:/data/people/family[a]b]": 1, "instance:/data/people/family[]": -5, "instance:/data/place[x]": 3, "instance:": 1,
        "instance:/data/people/family[deep]/family[x]": 2, "instance:/data/people/family[big]": (1 << 62), "instance:/nothing/at/all[q]": True,
        "instance:/data/people/family[silent]": Silence.UNKNOWN, "repeat:/data/people/family": 7, "repeat:/other": True, "repeat:": True,
        "/data/people/family[ghost]/head": "nobody", "/data/people/family[big]/head": "Big", "/data": "text of the root", "/": "x", "//": "y",
        "/data/place": "of a group", "/data/place/wells": ("a", "list"), "/data/place/clean": "no such choice", "/data/remark": {"a": 1},
        "~00[x]": "digest of nothing", "~": "bare", "data:/data/people/total": 5, "data:": "x", "data:/data/place/village": "as computed",
        "done:/nowhere": True, "done:": True, "finished": "yes", "sections": "many", "person_code": ("a",), "kept:": "x", "kept:0:/data/q": "old",
        "was:": 7, "version": 3,
    }
    with session.act("form") as act, session.save(act, Folder.RECEPTION) as save:
        save.set(record, odd)
    opened = again(session)
    assert "Big" in heads(opened)
    assert opened.form.node("/data/place/village").value == "Hill"
    put(opened, wells="3")
    any_form.save(session, opened=opened)
    assert "3" in said(again(session)).values()
    assert only(session).form_id == "water"
    form_history.history(session, submission=record, language="my")
    moving.kept_answers(session, submission=record, language="en")
    moving.move(session, submission=record, to=added(session, water("2")))
    assert only(session).version == "2"
    assert integrity.redraw(session) == ()


def test_what_follows_from_the_day_is_that_of_the_last_save_on_paper_and_in_files(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table("type | name | label | calculation", "date | born | Born | ", "calculate | age | | int((today() - ${born}) div 365.25)")
    form = added(session, compiled(rows, "", named("ages", "1")))
    opened = begun(session, form, born="2000-01-01")
    any_form.save(session, opened=opened)
    age = opened.form.node("/data/age").value
    row = any_form.filled(session)[0]
    later = session.now() + timedelta(days=3 * 366)
    monkeypatch.setattr(session, "now", lambda: later)
    assert any_form.as_saved(session, submission=row.id, language="en").form.node("/data/age").value == age
    assert any_form.open_saved(session, submission=row.id, language="en").form.node("/data/age").value == str(int(age) + 3)


BAGS = table(
    "type | name | label | repeat_count", "integer | bags | Bags |", "begin_repeat | bag | Bag | ${bags}", "text | label | Label |",
    "begin_repeat | part | Part | 2", "text | what | What |", "end_repeat | | |", "end_repeat | | |", "text | remark | Remark |",
)


def labels(opened: Open) -> list[str]:
    return [opened.form.node(f"/data/bag[{number}]/label").value for number in range(1, 4)]


def test_answers_of_a_counted_repeat_stay_in_their_instances(session: Session) -> None:
    """Though nobody answered in the instances before them."""
    opened = begun(session, added(session, compiled(BAGS, "", named("bags", "1"))), bags="3")
    assert opened.form.set("/data/bag[2]/label", "rice") == ""
    assert opened.form.set("/data/bag[3]/part[2]/what", "string") == ""
    any_form.save(session, opened=opened)
    stored = again(session)
    assert labels(stored) == ["", "rice", ""]
    assert stored.form.node("/data/bag[3]/part[2]/what").value == "string"
    assert stored.form.instance_names()["/data/bag"] == ("n1", "n2", "n3")


def test_a_draft_of_a_counted_repeat_is_gone_on_with_in_its_instances(session: Session) -> None:
    opened = begun(session, added(session, compiled(BAGS, "", named("bags", "1"))), bags="1", remark="first")
    assert opened.form.set("/data/bag[1]/label", "oil") == ""
    any_form.save(session, opened=opened)
    mine = again(session)
    put(mine, bags="3")
    assert mine.form.set("/data/bag[3]/label", "salt") == ""
    any_form.keep(session, opened=mine)
    assert labels(again(session)) == ["oil", "", "salt"]


@pytest.mark.parametrize(("names", "row"), [
    (("n2",), ("n1", "n2")), ((), ()), (("n3", "n1"), ("n1", "n2", "n3")), (("k1", "k2", "n3"), ("k1", "k2", "n3")), (("k1", "n3"), ("k1", "n2", "n3")),
    (("n999999999", "n1"), ("n1", "n999999999")), (("k1", "n1"), ("n1", "k1")),
])
def test_places_of_instances_that_the_form_counts(names: tuple[str, ...], row: tuple[str, ...]) -> None:
    assert form_answers.by_number(names) == row
