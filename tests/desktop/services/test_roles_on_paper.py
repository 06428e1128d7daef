"""Who may print what: each role over every document, by the service that the window and the command line call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli import run
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.services import any_form, batches, contacts, form_library, form_papers, guidance, intake, pads, papers, people
from desktop.services.papers import Paper
from desktop.services.session import Session
from tests.desktop.paper.test_text import copied
from tests.desktop.services.any_forms import added, begun, only
from tests.desktop.services.conftest import PASSPHRASE
from tests.desktop.services.test_intake import card, fill
from tests.stretching import quick

SignIn = Callable[[Role], Session]
THREAT, ALLERGY, NAME = "A letter came to the door", "penicillin", "Zaw Lin"
TYPED = {"card": "D", "amount": "200000"}


@pytest.fixture
def person(sign_in: SignIn) -> RecordId:
    """Somebody whose registration holds what only caseworkers see and what only medics see."""
    session = sign_in(Role.CASEWORKER)
    found = intake.save_arrival(session, opened=card(session))[0].person
    opened = intake.begin_registration(session, person=found, language="en")
    intake.save_registration(session, opened=fill(opened, {"/data/safety/threat": THREAT}))
    medic = sign_in(Role.MEDIC)
    opened = intake.begin_registration(medic, person=found, language="en")
    intake.save_registration(medic, opened=fill(opened, {"/data/health/allergies": ALLERGY}))
    return found


def made(session: Session, person: RecordId, document: str) -> Paper:
    """A document as its asks allow."""
    asks, before = papers.asks(session, document=document, person=person)
    needed = {ask.key: ask.choices[0][0] if ask.choices else TYPED.get(ask.key, "Rice") for ask in asks if ask.needed and not before[ask.key]}
    said = {**before, **needed}
    return papers.make(session, document=document, person=person, typed=said)


ABOUT = [one.code for one in papers.documents() if one.about in ("person", "household", "site") and one.code != papers.RECOVERY_SHEET]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CASEWORKER, Role.REGISTRAR, Role.MEDIC])
def test_whoever_writes_may_print_what_is_about_people_and_it_is_counted(sign_in: SignIn, person: RecordId, tmp_path: Path, role: Role) -> None:
    session = sign_in(role)
    for document in ABOUT:
        paper = made(session, person, document)
        whom = None if paper.document.about == "site" else person
        papers.save_as(session, paper=paper, path=tmp_path / f"{document}.pdf")
        papers.note_printed(session, paper=paper, person=whom)
        assert papers.printed(session, document=document, person=whom, mark=paper.mark) == 1, document


def test_whoever_only_reads_looks_at_every_page_and_nothing_goes_out(sign_in: SignIn, person: RecordId, tmp_path: Path) -> None:
    registrar = sign_in(Role.REGISTRAR)
    form = next(one.id for one in form_library.forms(registrar) if one.form_id == "arrival")
    pad, _ = pads.reserve(registrar, form=form, sheets=1)
    session = sign_in(Role.OBSERVER)
    batch = batches.make(session, people=[person], documents=[papers.HOUSEHOLD_LIST])
    shown = [
        *(made(session, person, document) for document in ABOUT), form_papers.blank(session, form=form), pads.paper(session, pad=pad), batch.paper,
    ]
    for paper in shown:
        assert paper.pages > 0
        with pytest.raises(UserError, match=r"role\.not_allowed"):
            papers.save_as(session, paper=paper, path=tmp_path / "out.pdf")
        with pytest.raises(UserError, match=r"role\.not_allowed"):
            papers.note_printed(session, paper=paper, person=None)
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        batches.note_printed(session, batch=batch)
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        pads.note_printed(session, pad=pad, pages=1)
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        pads.reserve(session, form=form, sheets=1)
    assert list(tmp_path.glob("*.pdf")) == []


SEEN = {
    Role.COORDINATOR: (True, True), Role.CASEWORKER: (True, False), Role.REGISTRAR: (False, False), Role.MEDIC: (False, True), Role.OBSERVER: (False, False),
}
"""Whether a role sees what was said about threats, and what was said about health. The coordinator of the tests holds every folder."""


@pytest.mark.parametrize("role", SEEN)
def test_a_filled_form_has_what_its_reader_may_see(sign_in: SignIn, person: RecordId, role: Role) -> None:
    session = sign_in(role)
    submission = next(one.id for one in people.page(session, person=person).submissions if one.form == intake.REGISTRATION)
    for paper in (papers.make(session, document=papers.REGISTRATION_FILLED, person=person), form_papers.filled(session, submission=submission)[0]):
        text = copied(paper.pdf)
        assert (THREAT in text, ALLERGY in text) == SEEN[role], paper.document.code
        assert paper.names_people


@pytest.mark.parametrize("role", SEEN)
def test_lists_hold_neither_threats_nor_health_whoever_prints_them(sign_in: SignIn, person: RecordId, role: Role) -> None:
    session = sign_in(role)
    for document in (papers.HOUSEHOLD_LIST, papers.DESK_LIST, papers.TALLY, papers.TRANSFER_LETTER, papers.MEDICAL_REFERRAL):
        text = copied(made(session, person, document).pdf)
        assert THREAT not in text
        assert ALLERGY not in text


def test_guidance_is_printed_by_those_who_open_contacts_alone(sign_in: SignIn) -> None:
    session = sign_in(Role.CASEWORKER)
    contact, _ = contacts.add(session, values={"call_name": "Ko Wai"})
    sheet, _ = guidance.add(session, values={"title": "Rivers", "text": "They are high.", "source": "Families", "stale_after": "2099-01-01"})
    assert guidance.paper(session, contact=contact, sheet=sheet).pages == 1
    for role in (Role.REGISTRAR, Role.MEDIC, Role.OBSERVER):
        with pytest.raises(UserError, match=r"folder\.locked"):
            guidance.paper(sign_in(role), contact=contact, sheet=sheet)


def test_a_filled_form_of_a_folder_that_is_locked_is_not_printed(sign_in: SignIn, person: RecordId) -> None:
    form = added(sign_in(Role.COORDINATOR), folder=Folder.HEALTH)
    medic = sign_in(Role.MEDIC)
    any_form.save(medic, opened=begun(medic, form, person, village="Hill"))
    submission = only(medic).id
    assert form_papers.filled(medic, submission=submission)[0].pages > 0
    for role in (Role.REGISTRAR, Role.CASEWORKER, Role.OBSERVER):
        with pytest.raises(UserError, match=r"folder\.locked"):
            form_papers.filled(sign_in(role), submission=submission)


@pytest.mark.parametrize(("role", "status"), [(Role.REGISTRAR, 0), (Role.MEDIC, 0), (Role.OBSERVER, 4)])
def test_the_command_line_asks_the_same(
    sign_in: SignIn, person: RecordId, tmp_path: Path, capsys: pytest.CaptureFixture[str], role: Role, status: int,
) -> None:
    session = sign_in(role)
    code, folder = people.page(session, person=person).row.code, session.vault.folder
    session.close()
    words, out = tmp_path / "words", tmp_path / "list.pdf"
    words.write_text(f"{PASSPHRASE} {role.value}\n", encoding="utf-8")
    for document in ("household_list", "registration_filled"):
        with quick():
            found = run(["--vault", str(folder), "--passphrase-file", str(words), "paper", "make", document, "--case", code, "--out", str(out)])
        said = capsys.readouterr().err
        assert found == status, said
        assert NAME not in said
        assert out.exists() is (status == 0)
        if status == 0:
            text = copied(out.read_bytes())
            assert THREAT not in text
            assert (ALLERGY in text) is (role is Role.MEDIC and document == "registration_filled")
            out.unlink()
