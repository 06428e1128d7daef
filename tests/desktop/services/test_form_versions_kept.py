"""Every filled form opens in the exact form it was filled with, our own too, whatever the program or others do later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.forms import shipped
from desktop.services import any_form, form_history, form_library, form_shelf, history, intake, moving, people
from desktop.services.session import Session
from tests.desktop.services.any_forms import added, again, begun, compiled, only, put, said, table, water

Carry = Callable[[Session, Session], object]


def forget() -> None:
    """As when the program is started anew."""
    form_shelf._LOADED.clear()
    form_shelf.of_program.cache_clear()
    shipped.definition.cache_clear()


@pytest.fixture
def update(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Gives the program another version of its registration form, as an update would."""

    def updated() -> None:
        text = shipped.compiled("registration").read_text(encoding="utf-8")
        version = shipped.definition("registration").version
        newer = tmp_path / "registration.xml"
        newer.write_text(text.replace(f'version="{version}"', 'version="2099010101"').replace("father_name", "fathers_name"), encoding="utf-8")
        before = shipped.compiled
        monkeypatch.setattr(shipped, "compiled", lambda name: newer if name == "registration" else before(name))
        forget()

    yield updated
    monkeypatch.undo()
    forget()


def arrived(session: Session, name: str = "Ko Aung") -> RecordId:
    card = intake.begin_arrival(session, language="en")
    card.form.set("/data/name", name)
    return intake.save_arrival(session, opened=card)[0].person


def question(opened: intake.Open, name: str) -> str:
    return next("/" + "/".join(path) for path in opened.form.definition.specs if path[-1] == name)


def test_registration_stays_in_its_version_when_the_program_is_updated(session: Session, update: Callable[[], None]) -> None:
    person = arrived(session)
    opened = intake.begin_registration(session, person=person, language="en")
    opened.form.set(question(opened, "father_name"), "U Ba")
    intake.keep(session, opened=opened)
    update()
    draft = intake.begin_registration(session, person=person, language="en")
    assert draft.form.version == opened.form.version
    assert draft.form.node(question(draft, "father_name")).value == "U Ba"
    intake.save_registration(session, opened=draft)
    assert intake.saved_registration(session, person=person, language="en").form.version == opened.form.version
    newcomer = intake.begin_registration(session, person=arrived(session, "Ma Hla"), language="en")
    assert newcomer.form.version == "2099010101"
    kept = [(one.version, one.shipped, one.filled) for one in form_library.versions(session, form_id="registration")]
    assert kept == [("2099010101", True, 1), (opened.form.version, True, 1)]
    assert people.page(session, person=person).fields["father_name"].value == "U Ba"


def test_registration_is_moved_to_the_new_version_when_somebody_says_so(
    sign_in: Callable[[Role], Session], update: Callable[[], None]
) -> None:
    session = sign_in(Role.COORDINATOR)
    person = arrived(session)
    opened = intake.begin_registration(session, person=person, language="en")
    opened.form.set(question(opened, "father_name"), "U Ba")
    intake.save_registration(session, opened=opened)
    update()
    one = next(row.id for row in people.page(session, person=person).submissions if row.form == "registration")
    to = next(form.id for form in form_library.forms(session) if form.form_id == "registration")
    renames = {question(opened, "father_name"): question(opened, "father_name").replace("father_name", "fathers_name")}
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        moving.move_plan(sign_in(Role.REGISTRAR), submission=one, to=to)
    session = sign_in(Role.COORDINATOR)
    moving.move(session, submission=one, to=to, renames=renames)
    moved = intake.begin_registration(session, person=person, language="en")
    assert moved.form.version == "2099010101"
    assert moved.form.node(question(moved, "fathers_name")).value == "U Ba"


def test_what_was_filled_in_before_exact_forms_were_kept(session: Session, update: Callable[[], None]) -> None:
    person = arrived(session)
    journal = session.journal(Folder.RECEPTION)
    old = {journal.values(record)["form"]: record for record in journal.records("submission")}
    with session.act("form") as act, session.save(act, Folder.RECEPTION) as save:
        for record in old.values():
            save.set(record, {"digest": None})
    assert any_form.open_saved(session, submission=old["arrival"], language="en").form.node("/data/name").value == "Ko Aung"
    form_shelf._FACTS.clear()
    for record, _ in form_shelf.form_rows(session):
        with session.journal(Folder.RECEPTION).save("erase") as erasing:
            erasing.erase(record)
    update()
    with pytest.raises(UserError, match=r"form\.version_gone"):
        any_form.open_saved(session, submission=old["registration"], language="en")
    assert intake.begin_registration(session, person=person, language="en").form.version == "2099010101"


def test_filled_form_opens_in_its_version_after_another_was_added(session: Session) -> None:
    any_form.save(session, opened=begun(session, added(session, water("1")), village="Hill"))
    intake.keep(session, opened=begun(session, added(session, water("1")), village="half"))
    added(session, water("2", "text | more | More | နောက်ထပ် | | yes | |"))
    forget()
    back = again(session)
    assert back.form.version == "1"
    put(back, wells="3")
    any_form.save(session, opened=back)
    assert (only(session).version, said(again(session))["/data/place/wells"]) == ("1", "3")
    (draft,) = intake.drafts(session)
    assert intake.reopen(session, draft=draft.id, language="en").form.version == "1"


def test_adding_that_is_taken_back_loses_nobodys_answers(session: Session, other: Session, carry: Carry) -> None:
    added(session)
    carry(session, other)
    form = next(one.id for one in form_library.forms(other) if one.form_id == "water")
    any_form.save(other, opened=begun(other, form, village="Hill"))
    history.undo(session)
    assert all(one.form_id != "water" for one in form_library.forms(session, retired=True))
    carry(session, other)
    carry(other, session)
    for site in (session, other):
        forget()
        assert said(again(site))["/data/place/village"] == "Hill"
        assert [one.state for one in form_library.versions(site, form_id="water")] == ["retired"]
    again_there, changes = form_library.add(session, compiled=water())
    assert (again_there.state, changes.kinds) == ("in_use", {"form"})
    assert form_library.stored_form(session, form=form).state == "in_use"


def test_form_begins_with_the_answers_our_site_saved_last(session: Session, other: Session, carry: Carry) -> None:
    xml = compiled(
        table("type | name | label | default", "text | volunteer | Who asks? | ${last-saved#volunteer}", "text | a | A | "),
        settings=table("form_id | version", "again | 1"),
    )
    form = added(session, xml)
    any_form.save(session, opened=begun(session, form, volunteer="Paw"))
    carry(session, other)
    assert begun(session, form).form.node("/data/volunteer").value == "Paw"
    assert begun(other, form).form.node("/data/volunteer").value == "", "what another site saved is none of ours"


def test_history_of_a_filled_form_is_told_in_its_words(session: Session) -> None:
    opened = begun(session, added(session, water("1")), village="Hill", wells="3", clean="dirty")
    any_form.save(session, opened=opened)
    put(opened, clean="clean")
    opened.form.set(f"{opened.form.add('/data/people/family')}/head", "Aung")
    any_form.save(session, opened=opened, section="/data/people")
    any_form.finish(session, opened=opened)
    moving.move(session, submission=only(session).id, to=added(session, water("2")))
    lines = form_history.history(session, submission=only(session).id, language="en")
    assert [line.what for line in lines] == ["moved", "changed", "changed", "created"]
    assert {line.author for line in lines} == {"Coordinator"}
    assert ("Is the water clean?", "Dirty", "Clean") in lines[1].changes
    assert ("The whole form", "", "done") in lines[1].changes
    assert {("Head of the family (2)", "", "Aung"), ("People", "", "done")} <= set(lines[2].changes)
    assert ("Village", "", "Hill") in lines[3].changes
    assert ("ရွာ", "", "Hill") in form_history.history(session, submission=only(session).id, language="my")[-1].changes
    assert not any("total" in change[0] for line in lines for change in line.changes), "what the form works out is nobody's change"
    history.undo(session)
    assert form_history.history(session, submission=only(session).id, language="en")[1].undone
