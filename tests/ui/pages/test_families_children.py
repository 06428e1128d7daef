"""Children without parents in the window: noticed on Today, looked after, checked, decided for; the desk sees none of it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import children, edits, history, people, tracing
from desktop.services.children import Case
from desktop.services.session import Session
from desktop.words.catalogue import translate
from tests.ui import families
from tests.ui.door import Recorded
from tests.ui.pages.asking import Desk
from tests.ui.pages.test_families import lines
from tests.ui.typing import Keyboard
from ui.pages.families.view import FamiliesView
from ui.widgets.fields import Drop


def sought_with_a_name(desk: Desk) -> None:
    """A search is begun from the child that is shown, up to who agreed."""
    desk.child(QPushButton, "families_seek").click()
    desk.rest()
    name = desk.child(QLineEdit, "field_name")
    name.setText("Ma Hla")
    name.textEdited.emit("Ma Hla")
    desk.child(QPushButton, "field_consent_share_yes").click()


@pytest.fixture
def known(desk: Desk) -> dict[str, RecordId]:
    found: dict[str, RecordId] = desk.ask(families.children_alone)
    return found


def case_of(desk: Desk, child: RecordId) -> Case:
    found: Case | None = desk.ask(lambda session: (children.case_of(session, person=child),))[0]
    assert found is not None
    return found


def agreed(desk: Desk, who: str) -> None:
    """Choose who agreed to a search."""
    drop = desk.child(Drop, "field_consent_by")
    drop.choose(who)
    drop.activated.emit(drop.currentIndex())


@pytest.mark.parametrize("language", ["en", "my"])
def test_nothing_is_clipped_nameless_or_out_of_reach(desk: Desk, known: dict[str, RecordId], language: str) -> None:
    if language == "my":
        desk.shell.changed_language()
    for where in ({"show": "alone"}, {"case": known["case"]}, {"show": "child"}):
        desk.go("families", **where)
        assert desk.faults(str(where)) == []
    desk.go("families", case=known["case"])
    desk.child(QPushButton, "families_change").click()
    desk.rest()
    assert desk.faults("form") == []


def test_from_today_to_a_caregiver_by_keyboard(desk: Desk, keys: Keyboard, known: dict[str, RecordId], door: Recorded) -> None:
    desk.go("people")
    desk.go("today")
    said = " ".join(lines(desk, "today_list"))
    assert "1 child has nobody who looks after them" in said
    assert "1 child seems to be without parents" in said
    assert "2 steps for children are late" not in said
    assert "1 step for a child is late" in said
    desk.go("families", show="alone")
    assert desk.text("page_title") == "မောင်မောင် may be without parents"
    door.answers = ["", "unaccompanied"]
    keys.press("Ctrl+Return").rest()
    assert "မောင်မောင် may" in desk.text("page_title"), "they went back"
    keys.press("Ctrl+Return").rest()
    assert desk.text("page_title") == "မောင်မောင်"
    assert "Nobody looks after this child" in desk.text("no_caregiver_words")
    keys.tab_to("families_caregiver").press("Space").rest()
    keys.write("Daw Khin").rest()
    keys.press("Return").rest()
    desk.window.activateWindow()
    desk.rest()
    found = case_of(desk, known["alone"])
    assert (found.caregiver, found.kind) == ("Daw Khin", "unaccompanied")
    keys.press("Ctrl+Z").rest()
    assert case_of(desk, known["alone"]).caregiver == ""


def test_one_person_alone_decides_nothing(desk: Desk, keys: Keyboard, known: dict[str, RecordId]) -> None:
    desk.go("families", case=known["case"])
    keys.press("E").rest()
    desk.child(QPushButton, "field_decision_stay").click()
    line = desk.child(QLineEdit, "field_decision_by")
    line.setText("Naw Eh")
    line.textEdited.emit("Naw Eh")
    desk.child(QPlainTextEdit, "field_decision_why").setPlainText("She is her aunt and the boy is well there.")
    desk.child(QPushButton, "field_decision_agreed_both").click()
    keys.press("Ctrl+Return").rest()
    assert "Two people at least decide" in desk.text("change_failed_words")
    line.setText("Naw Eh, Daw Mya")
    line.textEdited.emit("Naw Eh, Daw Mya")
    keys.press("Ctrl+Return").rest()
    found = case_of(desk, known["cared"])
    assert [step.done for step in found.steps] == [True, True, False, True]
    assert desk.text("page_title") == "Thiha"


@pytest.mark.parametrize("form", ["child", "tracing"])
def test_what_came_while_the_form_was_open_stands_beside_what_is_typed(desk: Desk, keys: Keyboard, form: str) -> None:
    if form == "child":
        record, field, more = desk.ask(families.children_alone)["case"], "child_wishes", ("no_tracing_why", "No family is known.")
    else:
        record, field, more = desk.ask(families.sought)["asked"], "may_say", ("last_township", "Hpa-An")
    before = desk.ask(lambda session: history.conflicts(session))

    def theirs(session: Session) -> Changes:
        values: dict[str, Value] = {field: "Theirs.", more[0]: more[1]}
        return (children if form == "child" else tracing).change(session, record=record, values=values)

    desk.go("families")
    view = desk.window.findChild(FamiliesView)
    assert isinstance(view, FamiliesView)
    view._state.look_at(("child" if form == "child" else "request", record.text()))
    keys.press("E").rest()
    keys.tab_to(f"field_{field}", 200).press("Ctrl+A").write("First.").rest()
    keys.press("Ctrl+Return").rest()
    assert desk.ask(lambda session: history.conflicts(session)) == before, "nothing came meanwhile: nobody is asked"
    keys.press("E").rest()
    keys.tab_to(f"field_{field}", 200).press("Ctrl+A").write("Ours.").rest()
    desk.shell.do(desk.window, theirs)
    desk.rest()
    desk.shell.changed_language()
    desk.rest()
    keys.press("Ctrl+Return").rest()
    assert view._state.form is None
    asked = [one for one in desk.ask(lambda session: history.conflicts(session)) if one not in before]
    assert [(one.field.name, {answer.value for answer in one.answers}) for one in asked] == [(field, {"Theirs.", "Ours."})]
    stands = desk.ask(lambda session: (children.case if form == "child" else tracing.request)(session, record=record))
    assert stands.fields[more[0]].value == more[1]
    assert desk.ask(lambda session: edits.kept(session, folder=Folder.CONTACTS)) == {}


def test_the_family_of_a_child_is_sought_with_the_caregiver(desk: Desk, known: dict[str, RecordId]) -> None:
    desk.go("families", case=known["case"])
    sought_with_a_name(desk)
    agreed(desk, "self")
    desk.child(QPushButton, "change_save").click()
    desk.rest()
    assert "caregiver has to agree too" in desk.text("change_failed_words")
    agreed(desk, "both")
    desk.child(QPushButton, "change_save").click()
    desk.rest()
    (made,) = desk.ask(tracing.requests)
    assert (made.name, made.seeker.id) == ("Ma Hla", known["cared"])
    assert case_of(desk, known["cared"]).searches == 1


@pytest.mark.parametrize("language", ["en", "my"])
def test_a_child_with_nobody_is_told_that_a_coordinator_agrees(desk: Desk, known: dict[str, RecordId], language: str) -> None:
    if language == "my":
        desk.shell.changed_language()
    case = case_of(desk, known["begun"])
    desk.go("families", case=case.id)
    sought_with_a_name(desk)
    agreed(desk, "both")
    desk.child(QPushButton, "change_save").click()
    desk.rest()
    assert translate("A coordinator has to agree in place of the caregiver.", language) in desk.text("change_failed_words")
    assert desk.faults("refused") == []
    assert desk.ask(tracing.requests) == []
    agreed(desk, "with_coordinator")
    desk.child(QPushButton, "change_save").click()
    desk.rest()
    (made,) = desk.ask(tracing.requests)
    assert made.fields["consent_by"].value == "with_coordinator"


def test_from_the_household_of_a_child(desk: Desk, known: dict[str, RecordId], door: Recorded) -> None:
    desk.go("person", person=known["begun"], tab="household")
    desk.child(QPushButton, "child_case").click()
    desk.rest()
    assert (desk.shell.place, desk.text("page_title"), door.asked) == ("families", "နှင်းနှင်း", []), "the steps were begun: they are shown"
    desk.go("person", person=known["alone"], tab="household")
    door.answers = ["separated"]
    desk.child(QPushButton, "child_case").click()
    desk.rest()
    assert desk.text("page_title") == "မောင်မောင်"
    assert case_of(desk, known["alone"]).kind == "separated"
    desk.go("person", person=known["aunt"], tab="household")
    assert desk.window.findChild(QPushButton, "child_case") is None


def test_the_desk_sees_that_a_child_is_alone_and_no_more(registrar: Desk) -> None:
    def child(session: Session) -> RecordId:
        return families.register(session, name="Maung Maung", age="8", sex="man", needs="child_alone")

    made = registrar.ask(child)
    registrar.go("today")
    said = " ".join(lines(registrar, "today_list"))
    assert "without parents" not in said
    assert "Child alone" in said
    registrar.go("person", person=made, tab="household")
    assert registrar.window.findChild(QPushButton, "child_case") is None
    page: people.PersonPage = registrar.person(made)
    assert page.row.needs == ("child_alone",)


@pytest.mark.parametrize("language", ["en", "my"])
def test_a_child_who_was_given_against_the_decision_is_told_of(desk: Desk, known: dict[str, RecordId], language: str) -> None:
    def given(session: Session) -> tuple[None]:
        """As it stands after another site changed the decision without news of the reunion."""
        decided = {"decision": "reunite", "decision_by": ("Naw Eh", "Daw Mya"), "decision_why": "Both wish it.", "decision_agreed": "both"}
        children.change(session, record=known["case"], values=decided)
        children.end(session, record=known["case"], reunited=True, with_whom="Ma Hla")
        with session.act("change") as act, session.save(act, Folder.CONTACTS) as save:
            save.set(known["case"], {"decision": "other"})
        return (None,)

    desk.ask(given)
    if language == "my":
        desk.shell.changed_language()
    desk.go("families", case=known["case"])
    assert "Ma Hla" in desk.text("given_against_words")
    assert desk.faults("given against") == []
