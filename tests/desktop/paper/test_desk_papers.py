"""The papers of the desk from a real vault: what is typed, what is checked, what is counted, and what carried paper may show."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain import codes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.services import paper_asks, papers, people
from desktop.services.paper_documents import DOCUMENTS
from desktop.services.session import Session
from desktop.words.catalogue import known
from tests.desktop.paper.test_documents import decoded
from tests.desktop.paper.test_papers import NAMES, family
from tests.desktop.paper.test_text import copied
from tests.desktop.services.conftest import made_vault, session, sign_in

__all__ = ["family", "made_vault", "session", "sign_in"]

RECEIPT = {"amount": "200,000", "for": "November", "number": "K4T7", "currency": "MMK", "way": "cash"}
NEEDED: dict[str, dict[str, str]] = {
    papers.RATION_CARD: {"card": "d"},
    papers.STIPEND_RECEIPT: RECEIPT,
    papers.THERMAL_RECEIPT: RECEIPT,
    papers.HELD_RECEIPT: {"papers": "passport,birth-certificate", "number": "K4T7"},
    papers.MEDICAL_REFERRAL: {"soon": "right-now", "service": "hospital"},
    papers.TRANSFER_LETTER: {"to": "School"},
    papers.TALLY: {"what": "Rice"},
}


def code_of(session: Session, person: RecordId) -> str:
    return people.page(session, person=person).row.code


def text_of(session: Session, document: str, person: RecordId | None, typed: dict[str, str], shown: frozenset[str] = frozenset()) -> str:
    return copied(papers.make(session, document=document, person=person, typed=typed, shown=shown).pdf)


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("document", [one.code for one in DOCUMENTS if one.about in ("person", "household") and one.code != papers.REGISTRATION_FILLED])
def test_every_document_is_made_counted_and_marked(session: Session, family: list[RecordId], document: str, size: str) -> None:
    typed = NEEDED.get(document, {})
    first = papers.make(session, document=document, person=family[0], typed=typed, paper_size=size)
    assert (first.copy, first.shown, first.pages >= 1) == (1, frozenset(), True)
    papers.note_printed(session, paper=first, person=family[0])
    again = papers.make(session, document=document, person=family[0], typed=typed)
    assert again.copy == 2
    if document != papers.HOUSEHOLD_LIST:
        assert all(one not in copied(first.pdf) for one in (*NAMES, session.volunteer))


@pytest.mark.parametrize("document", [papers.TALLY, papers.DESK_LIST])
def test_lists_of_the_site_are_by_number(session: Session, family: list[RecordId], document: str) -> None:
    typed = {**NEEDED.get(document, {}), "number": codes.new(), "line_for": "person"}
    paper = papers.make(session, document=document, typed=typed)
    text = copied(paper.pdf).replace(" ", "")
    assert all("".join(code_of(session, one)) in text for one in family)
    assert all(name not in text for name in NAMES)
    assert decoded(paper.pdf) == [[f"{typed['number']}/{paper.document.form_id}/1".encode()]]
    papers.note_printed(session, paper=paper, person=None)
    assert papers.make(session, document=document, typed=typed).copy == 2
    assert papers.make(session, document=document, typed={**typed, "number": codes.new()}).copy == 1


def test_a_tally_by_household_has_one_line(session: Session, family: list[RecordId]) -> None:
    text = text_of(session, papers.TALLY, None, {"what": "Rice", "rounds": "2"})
    assert people.page(session, person=family[0]).row.household_code in text.replace(" ", "")
    assert code_of(session, family[1]) not in text.replace(" ", "")


def test_a_tally_goes_from_room_to_room(session: Session, family: list[RecordId]) -> None:
    typed = {"what": "Soup", "line_for": "room", "rooms": "အဆောင် 3, Room A\n\n  Room B \n"}
    text = text_of(session, papers.TALLY, None, typed)
    assert "အဆောင် 3, Room A" in text
    assert "Room B" in text
    assert all(code_of(session, one) not in text.replace(" ", "") for one in family)
    with pytest.raises(UserError, match=r"paper\.ask_wrong"):
        papers.make(session, document=papers.TALLY, typed={**typed, "rooms": ""})
    assert papers.make(session, document=papers.TALLY, typed={**typed, "line_for": "person", "rooms": ""}).pages == 1


def test_the_receipt_says_the_amount_in_both_languages(session: Session, family: list[RecordId]) -> None:
    text = text_of(session, papers.STIPEND_RECEIPT, family[0], RECEIPT)
    for said in ("200,000/–", "၂၀၀,၀၀၀/–", "Two hundred thousand kyat only", "ကျပ် နှစ်သိန်းတိတိ", "K4T7", "November"):
        assert said in text
    below = text[text.rindex("Cut here"):]
    for never in ("200", "kyat", "November", "Stipend", "ကျပ်"):
        assert never not in below
    assert "K4T7" in below


def test_another_receipt_is_no_copy(session: Session, family: list[RecordId]) -> None:
    papers.note_printed(session, paper=papers.make(session, document=papers.STIPEND_RECEIPT, person=family[0], typed=RECEIPT), person=family[0])
    assert papers.make(session, document=papers.STIPEND_RECEIPT, person=family[0], typed={**RECEIPT, "number": "AAAA"}).copy == 1
    assert papers.make(session, document=papers.STIPEND_RECEIPT, person=family[0], typed=RECEIPT).copy == 2


def test_random_numbers_differ(session: Session, family: list[RecordId]) -> None:
    found = {papers.asks(session, document=papers.STIPEND_RECEIPT, person=family[0])[1]["number"] for _ in range(6)}
    assert len(found) > 3
    assert codes.parse(papers.asks(session, document=papers.TALLY)[1]["number"])


@pytest.mark.parametrize(("document", "typed", "wrong"), [
    (papers.STIPEND_RECEIPT, {}, ["paper.ask_needed"] * 2),
    (papers.STIPEND_RECEIPT, {**RECEIPT, "amount": "1000000000"}, ["paper.ask_number"]),
    (papers.STIPEND_RECEIPT, {**RECEIPT, "amount": "0"}, ["paper.ask_number"]),
    (papers.STIPEND_RECEIPT, {**RECEIPT, "amount": "12.5"}, ["paper.ask_number"]),
    (papers.STIPEND_RECEIPT, {**RECEIPT, "amount": "၁၂၀"}, []),
    (papers.STIPEND_RECEIPT, {**RECEIPT, "received": "2026-02-30"}, ["paper.ask_day"]),
    (papers.STIPEND_RECEIPT, {**RECEIPT, "currency": "MMK,THB"}, ["paper.ask_choice"]),
    (papers.STIPEND_RECEIPT, {**RECEIPT, "way": "gold"}, ["paper.ask_choice"]),
    (papers.STIPEND_RECEIPT, {**RECEIPT, "for": "x" * 81}, ["paper.ask_long"]),
    (papers.STIPEND_RECEIPT, {**RECEIPT, "for": "Fare 😀"}, ["paper.ask_letters"]),
    (papers.STIPEND_RECEIPT, {**RECEIPT, "for": "ခရီးစရိတ် ค่ารถ"}, []),
    (papers.TALLY, {"what": "Rice", "number": "12345678"}, ["paper.ask_code"]),
    (papers.TALLY, {"what": "Rice", "rounds": "8"}, ["paper.ask_number"]),
    (papers.DESK_LIST, {"columns": ""}, ["paper.ask_needed"]),
])
def test_what_is_typed_is_checked(session: Session, family: list[RecordId], document: str, typed: dict[str, str], wrong: list[str]) -> None:
    about = family[0] if document == papers.STIPEND_RECEIPT else None
    asked, before = papers.asks(session, document=document, person=about)
    assert [one.code for one in paper_asks.problems(asked, {**before, **typed})] == wrong
    if wrong:
        with pytest.raises(UserError, match=r"paper\.ask_wrong"):
            papers.make(session, document=document, person=about, typed=typed)
    else:
        assert papers.make(session, document=document, person=about, typed=typed).pages == 1


@pytest.mark.parametrize("document", [papers.ARRIVAL_SLIP, papers.THERMAL_SLIP, papers.RATION_CARD])
def test_a_name_stands_on_carried_paper_only_if_it_was_chosen(session: Session, family: list[RecordId], document: str) -> None:
    typed = NEEDED.get(document, {})
    assert NAMES[0] not in text_of(session, document, family[0], typed)
    paper = papers.make(session, document=document, person=family[0], typed=typed, shown=frozenset({papers.NAME}))
    assert paper.names_people
    text = copied(paper.pdf)
    assert NAMES[0] in text
    assert "It carries no name" not in text
    papers.note_printed(session, paper=paper, person=family[0])
    kept = session.journal(Folder.RECEPTION).events(family[0], "printed")[-1].values
    assert (kept["shown"], kept["copy"]) == ("name", 1)
    assert NAMES[0] not in text_of(session, document, family[0], typed)


def test_kept_paper_offers_no_choice(session: Session, family: list[RecordId]) -> None:
    for document, shown in ((papers.CONSENT, papers.NAME), (papers.ARRIVAL_SLIP, papers.PHOTO)):
        with pytest.raises(UserError, match=r"paper\.not_shown"):
            papers.make(session, document=document, person=family[0], shown=frozenset({shown}))


def test_the_bed_sheet_asks_for_the_bed_of_everybody(session: Session, family: list[RecordId]) -> None:
    asked, _ = papers.asks(session, document=papers.BED_ASSIGNMENT, person=family[1])
    keys = [f"bed:{code_of(session, one)}" for one in family]
    assert [one.key for one in asked if one.key.startswith("bed:")] == keys
    text = text_of(session, papers.BED_ASSIGNMENT, family[1], {"room": "3-B", "safe": "women-apart", **{key: f"B-{at}" for at, key in enumerate(keys)}})
    assert all(text.count(f"B-{at}") == 2 for at in range(3))
    assert "3-B" in text


def test_the_referral_prints_only_what_may_be_shared(session: Session, family: list[RecordId]) -> None:
    typed = {**NEEDED[papers.MEDICAL_REFERRAL], "why": "Fever three days", "medicine": "Paracetamol"}
    text = text_of(session, papers.MEDICAL_REFERRAL, family[0], typed)
    assert "Fever" not in text
    assert "Paracetamol" not in text
    shared = text_of(session, papers.MEDICAL_REFERRAL, family[0], {**typed, "shared": "symptoms,medicine,age-sex"})
    assert "Fever three days" in shared
    assert "Paracetamol" in shared


def test_the_transfer_letter_takes_those_who_go(session: Session, family: list[RecordId]) -> None:
    going = [code_of(session, one) for one in family]
    text = text_of(session, papers.TRANSFER_LETTER, family[0], {"to": "School", "who": ",".join(going[:2])}).replace(" ", "")
    assert going[0] in text
    assert going[2] not in text


def test_consent_shows_what_is_recorded(session: Session, family: list[RecordId]) -> None:
    people.change(session, record=family[0], values={"consent_photo": "no", "consent_limits": "clinic only", "consent_method": "thumb"})
    assert "clinic only" in text_of(session, papers.CONSENT, family[0], {})


def test_every_question_has_its_words_in_burmese() -> None:
    said = {words for one in DOCUMENTS for ask in one.asks for words in (ask.label, ask.hint, *(text for _, text in ask.choices)) if words}
    assert len(said) > 60
    assert [words for words in sorted(said) if not known(words, "my")] == []
    for one in DOCUMENTS:
        assert len({ask.key for ask in one.asks}) == len(one.asks)
        assert set(one.same) <= {ask.key for ask in one.asks}


def test_choices_are_the_words_of_the_papers() -> None:
    from desktop.paper.documents import (
        bed_assignment,
        desk_list,
        held_receipt,
        medical_referral,
        stipend_receipt,
        transfer_letter,
    )

    for choices, words in (
        (paper_asks.SAFE, bed_assignment.SAFE), (paper_asks.DUE, desk_list.COLUMNS), (paper_asks.HELD, held_receipt.KINDS),
        (paper_asks.SOON, medical_referral.HOW_SOON), (paper_asks.SERVICE, medical_referral.SERVICES), (paper_asks.SHARED, medical_referral.SHARED),
        (paper_asks.AGREED, medical_referral.AGREED), (paper_asks.WAY, stipend_receipt.WAYS), (paper_asks.GOES, transfer_letter.GOES),
        (paper_asks.CURRENCY, tuple(stipend_receipt.CURRENCIES.values())),
    ):
        assert tuple(text for _, text in choices) == tuple(words)


def test_those_who_only_read_print_no_lists(sign_in: Callable[[Role], Session], family: list[RecordId]) -> None:
    observer = sign_in(Role.OBSERVER)
    paper = papers.make(observer, document=papers.DESK_LIST)
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        papers.note_printed(observer, paper=paper, person=None)
