"""The household of a person: another head, somebody moves out, and what may be said of those left behind; driven as a person would."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.domain.ids import RecordId
from desktop.services import people
from desktop.services.people import MemberRow
from tests.ui.door import Recorded
from tests.ui.families import family
from tests.ui.pages.asking import Desk
from tests.ui.typing import Keyboard
from ui.pages.person.household_moves import MoveBox
from ui.widgets.lists import CellTable


@pytest.fixture
def head(desk: Desk) -> RecordId:
    """The household of a family is open."""
    found: RecordId = desk.ask(family)
    desk.go("person", person=found, tab="household")
    return found


def members(desk: Desk, head: RecordId) -> dict[str, MemberRow]:
    home = desk.person(head).household
    found: tuple[MemberRow, ...] = desk.ask(lambda session: people.household(session, record=home))
    return {one.person.name_other: one for one in found}


def roles(desk: Desk, head: RecordId) -> dict[str, str]:
    return {name: one.relationship for name, one in members(desk, head).items()}


@pytest.mark.parametrize("language", ["en", "my"])
def test_nothing_is_clipped_nameless_or_out_of_reach(desk: Desk, head: RecordId, language: str) -> None:
    if language == "my":
        desk.shell.changed_language()
    assert desk.faults("household") == []


def test_the_wife_becomes_head_and_ctrl_z_takes_it_back(desk: Desk, keys: Keyboard, head: RecordId, door: Recorded) -> None:
    before = roles(desk, head)
    table = desk.child(CellTable, "members")
    table.choose(members(desk, head)["Hnin Ei"].person.key)
    door.answers = ["leave", "head"]
    keys.tab_to("make_head").press("Space").rest()
    assert roles(desk, head) == before
    keys.tab_to("make_head").press("Space").rest()
    assert "Make နှင်းအိ the head" in door.asked[0].title
    assert roles(desk, head) == {
        "Kyaw Zin": "husband", "Hnin Ei": "focal", "Thet Paing": "son", "Yamin": "daughter", "Daw Tin": "other_relative",
    }
    keys.press("Ctrl+Z").rest()
    assert roles(desk, head) == before


def test_the_mother_moves_to_a_household_of_her_own(desk: Desk, keys: Keyboard, head: RecordId) -> None:
    mother = members(desk, head)["Daw Tin"].person
    desk.child(CellTable, "members").choose(mother.key)
    keys.tab_to("move_members").press("Space").rest()
    box = desk.window.findChild(MoveBox)
    assert isinstance(box, MoveBox)
    assert box.findChild(QPushButton, "move_who_4").isChecked()
    keys.tab_to("move_go").press("Return").rest()
    assert "Daw Tin" not in roles(desk, head)
    alone = desk.person(mother.id)
    assert (alone.row.household_size, alone.fields["relationship"].value) == (1, "focal")


def test_somebody_moves_to_the_household_of_another(desk: Desk, keys: Keyboard, head: RecordId) -> None:
    other = next(one for one in desk.people() if one.household_code != desk.person(head).row.household_code)
    mother = members(desk, head)["Daw Tin"].person
    desk.child(CellTable, "members").choose(mother.key)
    keys.tab_to("move_members").press("Space").rest()
    keys.tab_to("move_where_other").press("Space").tab_to("move_go").press("Return").rest()
    keys.write(other.code).rest()
    keys.press("Return").rest()
    assert desk.person(mother.id).household == desk.person(other.id).household


def test_everybody_cannot_move(desk: Desk, keys: Keyboard, head: RecordId) -> None:
    keys.tab_to("move_members").press("Space").rest()
    box = desk.window.findChild(MoveBox)
    assert isinstance(box, MoveBox)
    for at in range(5):
        box.findChild(QPushButton, f"move_who_{at}").setChecked(True)
    keys.tab_to("move_go").press("Return").rest()
    assert box.isVisible()
    assert len(members(desk, head)) == 5
    keys.press("Esc").rest()


def test_the_desk_sees_what_may_be_said_and_no_risk(desk: Desk, head: RecordId) -> None:
    table = desk.child(CellTable, "left_behind")
    texts = [str(table.model().index(at, column).data()) for at in range(2) for column in range(4)]
    assert any("Nothing, not even that we know them" in one for one in texts)
    assert any("High risk" in one for one in texts)


def test_a_registrar_sees_what_may_be_said_and_no_risk(registrar: Desk) -> None:
    head = registrar.ask(family_without_risk)
    registrar.go("person", person=head, tab="household")
    table = registrar.child(CellTable, "left_behind")
    texts = " ".join(str(table.model().index(0, column).data()) for column in range(4))
    assert "Nobody said yet what may be told" in texts
    assert "risk" not in texts


def family_without_risk(session: object) -> RecordId:
    from desktop.services.session import Session
    from tests.ui.twice import register

    assert isinstance(session, Session)
    head = register(session, name="Ko Ba", age="30", sex="man")
    home = people.page(session, person=head).household
    assert home is not None
    people.add_left_behind(session, household=home, values={"name": "Daw Kyi", "relationship": "mother"})
    return head
