"""Every service that changes something asks for the role itself: the window is not the only one that calls them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.services import edits, history, intake, papers, people, settings, stick, vaults, volunteers
from desktop.services.session import Session
from tests.desktop.services.conftest import PASSPHRASE
from tests.desktop.services.test_intake import card

SignIn = Callable[[Role], Session]
Act = Callable[[Session, RecordId, Path], object]

WRITES: dict[str, Act] = {
    "change": lambda s, person, _: people.change(s, record=person, values={"township": "Hpa-An"}),
    "delete": lambda s, person, _: people.delete(s, person=person),
    "member": lambda s, person, _: people.add_member(s, household=people.page(s, person=person).household, values={"name": "Naw"}),  # type: ignore[arg-type]
    "arrival": lambda s, _, __: intake.begin_arrival(s, language="en"),
    "registration": lambda s, person, _: intake.begin_registration(s, person=person, language="en"),
    "discard": lambda s, _, __: intake.discard(s, draft="x"),
    "edit": lambda s, _, __: edits.keep(s, folder=Folder.RECEPTION, name="x", values={"name": "Naw"}),
    "settle": lambda s, person, _: history.settle(s, folder=Folder.RECEPTION, record=person, field="township", value="Hpa-An"),
    "printed": lambda s, person, _: papers.note_printed(s, paper=papers.make(s, document="arrival_slip", person=person), person=person),
    "site printed": lambda s, _, __: papers.note_printed(s, paper=papers.site_card(s), person=None),
    "put": lambda s, _, folder: stick.put_news(s, folder=folder),
    "read": lambda s, _, folder: stick.read_news(s, path=folder / "none"),
    "paper": lambda s, _, __: settings.change(s, paper_size="Letter"),
}
COORDINATES: dict[str, Act] = {
    "site": lambda s, _, __: settings.change(s, site="Elsewhere"),
    "lock": lambda s, _, __: settings.change(s, lock_minutes=60),
    "sheet": lambda s, _, __: vaults.new_recovery_code(s),
    "sheet made": lambda s, _, __: vaults.note_recovery_sheet(s),
    "add": lambda s, _, __: volunteers.add(s, name="New", role=Role.COORDINATOR, passphrase=f"{PASSPHRASE} new"),
    "folders": lambda s, _, __: volunteers.set_folders(s, volunteer=s.author, folders=frozenset({Folder.RECEPTION, Folder.CONTACTS})),
    "passphrase": lambda s, _, __: volunteers.new_passphrase(s, volunteer=someone(s), passphrase=f"{PASSPHRASE} new"),
    "close": lambda s, _, __: volunteers.close_access(s, volunteer=someone(s)),
    "trust": lambda s, _, __: stick.trust(s, card=stick.my_card(s), folders=frozenset()),
    "share": lambda s, _, __: stick.share(s, site="00", folders=frozenset()),
    "stop": lambda s, _, __: stick.stop_trust(s, site="00"),
}


def someone(session: Session) -> str:
    return next(one.id for one in volunteers.volunteers(session) if one.role is Role.COORDINATOR)


@pytest.fixture
def person(sign_in: SignIn) -> RecordId:
    session = sign_in(Role.CASEWORKER)
    return intake.save_arrival(session, opened=card(session))[0].person


def refused(act: Act, session: Session, person: RecordId, folder: Path) -> bool:
    try:
        act(session, person, folder)
    except UserError as error:
        return error.code == "role.not_allowed"
    return False


def test_observers_change_nothing(sign_in: SignIn, person: RecordId, tmp_path: Path) -> None:
    session = sign_in(Role.OBSERVER)
    assert [name for name, act in (WRITES | COORDINATES).items() if not refused(act, session, person, tmp_path)] == []


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.CASEWORKER, Role.MEDIC])
def test_what_is_for_coordinators_is_refused_to_others(sign_in: SignIn, person: RecordId, tmp_path: Path, role: Role) -> None:
    session = sign_in(role)
    assert [name for name, act in COORDINATES.items() if not refused(act, session, person, tmp_path)] == []


def test_observers_may_read_a_filled_form_and_choose_their_language(sign_in: SignIn, person: RecordId) -> None:
    session = sign_in(Role.OBSERVER)
    assert papers.make(session, document="registration_filled", person=person).pages > 0
    assert settings.change(session, language="my").kinds == {"setting"}


@pytest.mark.parametrize("typed", ["first line\n\nသာ\u200bဓု  line", "first line\r\n\r\nသာဓု line \x07"])
def test_running_text_keeps_its_lines_and_names_do_not(sign_in: SignIn, person: RecordId, typed: str) -> None:
    session = sign_in(Role.CASEWORKER)
    people.change(session, record=person, values={"note": typed, "name": "\u202eKo\nHtet"})
    fields = people.page(session, person=person).fields
    assert fields["note"].value == "first line\n\nသာဓု line"
    assert fields["name"].value == "Ko Htet"


def test_names_of_places_and_volunteers_hold_nothing_that_nobody_sees(sign_in: SignIn) -> None:
    session = sign_in(Role.COORDINATOR)
    settings.change(session, site=" Hill\u202e\u200b  School ")
    volunteers.add(session, name="\ufeffNaw\tEh", role=Role.OBSERVER, passphrase=f"{PASSPHRASE} eh")
    assert session.site == "Hill School"
    assert "Naw Eh" in {one.name for one in volunteers.volunteers(session)}
    for empty in (" ", "\u200b"):
        with pytest.raises(UserError, match=r"settings\.wrong"):
            settings.change(session, site=empty)
        with pytest.raises(UserError, match=r"name\.empty"):
            volunteers.add(session, name=empty, role=Role.OBSERVER, passphrase=f"{PASSPHRASE} eh")
