"""The models of papers that a volunteer types a part of: what is typed, beside what the records know and the paper may show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.paper.documents.arrival_slip import ArrivalSlip
from desktop.paper.documents.bed_assignment import Bed, BedAssignment
from desktop.paper.documents.consent import PURPOSES, WAYS, Consent, Purpose
from desktop.paper.documents.desk_list import DeskList, Waiting
from desktop.paper.documents.held_receipt import HeldReceipt
from desktop.paper.documents.medical_referral import MedicalReferral
from desktop.paper.documents.ration_card import RationCard
from desktop.paper.documents.stipend_receipt import StipendReceipt
from desktop.paper.documents.tally import Line, Tally
from desktop.paper.documents.thermal import ThermalSlip
from desktop.paper.documents.transfer_letter import Moving, TransferLetter
from desktop.paper.words import Pair
from desktop.services import paper_asks, people
from desktop.services.listing import person_row
from desktop.services.paper_asks import chosen, whole
from desktop.services.paper_documents import NAME, PHOTO
from desktop.services.people import PersonPage, PersonRow
from desktop.services.session import Session
from desktop.services.standing import standing
from desktop.words.labels import choice_label, field_label

_NONE = Pair("", "")
_CHILD = 18
_ROOM = 40
_PRACTICAL = ("food", "bed", "clothes", "blanket", "hygiene", "papers")
_OF_NEED = {"Food": "food", "Bed": "bed", "Blanket": "blanket", "Clothes": "clothes", "Hygiene kit": "hygiene"}
"""Columns of the desk list that the records know about; the others are due for everybody until the pen says otherwise."""

Typed = Mapping[str, str]


def _words(choices: Iterable[tuple[str, str]], keys: Iterable[str]) -> list[str]:
    """The English words of the chosen keys, in the order of the choices."""
    wanted = set(keys)
    return [words for key, words in choices if key in wanted]


def _one(choices: Iterable[tuple[str, str]], typed: Typed, key: str) -> str:
    return next(iter(_words(choices, [typed.get(key, "")])), "")


def _both(words: Callable[[str], str]) -> Pair:
    return Pair(words("my"), words("en"))


def _name(row: PersonRow, shown: frozenset[str]) -> Pair:
    return Pair.same(row.name) if NAME in shown else _NONE


def everybody(page: PersonPage) -> list[tuple[PersonRow, Value]]:
    """A person and their household with how each is related: the head first."""
    own = page.fields["relationship"].value if "relationship" in page.fields else None
    found: list[tuple[PersonRow, Value]] = [(page.row, own), *((one.person, one.relationship) for one in page.members)]
    return sorted(found, key=lambda one: one[1] != "focal")


def _household_code(page: PersonPage) -> str:
    return page.row.household_code or page.row.code


def slip(session: Session, person: RecordId, copy: int, shown: frozenset[str]) -> ArrivalSlip:
    """The case number, and the name only if it was chosen. UserError: record.missing."""
    row = person_row(session, standing(session, person))
    return ArrivalSlip(row.code, copy, _name(row, shown))


def thermal_slip(session: Session, person: RecordId, copy: int, shown: frozenset[str]) -> ThermalSlip:
    """The same for a roll. UserError: record.missing."""
    row = person_row(session, standing(session, person))
    return ThermalSlip(row.code, copy, _name(row, shown))


def ration_card(session: Session, person: RecordId, copy: int, typed: Typed, shown: frozenset[str]) -> RationCard:
    """The card of a household. If a name was chosen it is that of the person it was printed for. UserError: record.missing."""
    row = person_row(session, standing(session, person))
    return RationCard(
        row.household_code or row.code, whole(typed["shares"]) or 0, typed["card"].strip().upper(), session.today(), session.author, copy,
        _name(row, shown), PHOTO in shown,
    )


def beds(session: Session, person: RecordId, copy: int, typed: Typed) -> BedAssignment:
    """Who of the household sleeps where. UserError: record.missing."""
    page = people.page(session, person=person)
    return BedAssignment(
        _household_code(page), typed.get("building", ""), typed.get("room", ""), typed.get("since", ""), typed.get("look_again", ""),
        tuple(Bed(typed.get(f"bed:{row.code}", ""), row.code) for row, _ in everybody(page)),
        frozenset(_words(paper_asks.SAFE, chosen(typed, "safe"))), session.today(), session.author, copy,
    )


def receipt(session: Session, person: RecordId, copy: int, typed: Typed) -> StipendReceipt:
    """Money handed to one person. UserError: record.missing."""
    code = person_row(session, standing(session, person)).code
    return StipendReceipt(
        code, typed["number"].strip().upper(), typed.get("received", ""), typed["for"], whole(typed["amount"]) or 0, typed["currency"],
        _one(paper_asks.WAY, typed, "way"), session.today(), session.author, copy,
    )


def held(session: Session, person: RecordId, copy: int, typed: Typed) -> HeldReceipt:
    """Papers that we keep for one person. UserError: record.missing."""
    code = person_row(session, standing(session, person)).code
    return HeldReceipt(
        code, typed["number"].strip().upper(), tuple(_words(paper_asks.HELD, chosen(typed, "papers"))), typed.get("note", ""),
        typed.get("why", ""), typed.get("kept_on", ""), typed.get("give_back", ""), session.today(), session.author, copy,
    )


def consent(session: Session, person: RecordId, copy: int) -> Consent:
    """The purposes with the answers that are recorded. UserError: record.missing."""
    page = people.page(session, person=person)

    def told(name: str) -> Value:
        return page.fields[name].value if name in page.fields else None

    def text(name: str) -> str:
        value = told(name)
        return value if isinstance(value, str) and not isinstance(value, Silence) else ""

    purposes = tuple(
        Purpose(one, "not_asked" if told(f"consent_{one}") is Silence.NOT_ASKED else text(f"consent_{one}")) for one in PURPOSES
    )
    way = text("consent_method")
    return Consent(
        page.row.code, purposes, text("consent_limits"), way if way in WAYS else "", text("consent_on")[:10], session.today(), session.author,
        copy,
    )


def referral(session: Session, person: RecordId, copy: int, typed: Typed) -> MedicalReferral:
    """What may be shared with a clinic, and nothing else. UserError: record.missing."""
    page = people.page(session, person=person)
    shared = frozenset(_words(paper_asks.SHARED, chosen(typed, "shared")))
    sex, age = page.row.sex, page.row.age
    spoken = page.fields["interview_language"].value if "interview_language" in page.fields else None
    language = _NONE
    if "Language" in shared and isinstance(spoken, str) and not isinstance(spoken, Silence):
        language = _both(lambda words: choice_label("language", spoken, words))
    medicine = "Medicine" in shared
    return MedicalReferral(
        code=page.row.code, soon=_one(paper_asks.SOON, typed, "soon"), service=_one(paper_asks.SERVICE, typed, "service"),
        age=str(age) if "Age, sex" in shared and age is not None else "",
        sex=_both(lambda words: choice_label("sex", sex, words)) if "Age, sex" in shared and sex else _NONE,
        language=language, comes_with=typed.get("comes_with", ""), why=typed.get("why", "") if "Symptoms" in shared else "",
        allergies=typed.get("allergies", "") if medicine else "", medicine=typed.get("medicine", "") if medicine else "",
        shared=shared, agreed=frozenset(_words(paper_asks.AGREED, chosen(typed, "agreed"))), printed_on=session.today(),
        volunteer=session.author, copy=copy,
    )


def transfer(session: Session, person: RecordId, copy: int, typed: Typed) -> TransferLetter:
    """Those of the household who go. UserError: record.missing."""
    page = people.page(session, person=person)
    going = [row for row, _ in everybody(page) if row.code in chosen(typed, "who")]
    return TransferLetter(
        _household_code(page), session.site, typed["to"], typed.get("leaves", ""), tuple(_moving(row) for row in going),
        frozenset(_words(paper_asks.GOES, chosen(typed, "goes"))), session.today(), session.author, copy,
    )


def _moving(row: PersonRow) -> Moving:
    group = "" if row.age is None else "Child" if row.age < _CHILD else "Adult"
    needs = [_both(lambda words, need=need: field_label("person", f"need_{need}", words)) for need in row.needs if need in _PRACTICAL]  # type: ignore[misc]
    return Moving(row.code, group, Pair("၊ ".join(one.my for one in needs), ", ".join(one.en for one in needs)))


def _here(session: Session) -> list[PersonRow]:
    """Everybody here now, by number: the order says nothing of when they came."""
    rows = people.rows(session, keys=people.find(session).keys)
    return sorted(rows, key=lambda row: row.code)


def tally(session: Session, copy: int, typed: Typed) -> Tally:
    """A line for everybody here now, for each of their households, or for each room that was written."""
    if typed["line_for"] == "room":
        rooms = (" ".join(line.split()) for line in typed.get("rooms", "").splitlines())
        return _tally(session, copy, typed, tuple(Line("", 0, room[:_ROOM]) for room in rooms if room), False)
    rows, households = _here(session), typed["line_for"] == "household"
    counted: dict[str, int] = {}
    for row in rows:
        code = row.household_code or row.code if households else row.code
        counted[code] = counted.get(code, 0) + 1
    return _tally(session, copy, typed, tuple(Line(code, counted[code]) for code in sorted(counted)), households)


def _tally(session: Session, copy: int, typed: Typed, lines: tuple[Line, ...], households: bool) -> Tally:
    return Tally(
        typed["number"], typed["what"], typed.get("day", ""), whole(typed["rounds"]) or 1, lines, households, session.today(), session.author, copy,
    )


def desk_list(session: Session, copy: int, typed: Typed) -> DeskList:
    """A line for everybody here now. A need that nobody recorded is not due; what no record knows is due for everybody."""
    columns = tuple(_words(paper_asks.DUE, chosen(typed, "columns")))
    waiting = tuple(
        Waiting(row.code, frozenset(
            at for at, words in enumerate(columns) if words not in _OF_NEED or _OF_NEED[words] in row.needs
        ))
        for row in _here(session)
    )
    return DeskList(typed["number"], typed["day"], columns, waiting, session.today(), copy)
