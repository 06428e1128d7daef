"""The steps of the tour. Each checks what it claims; a claim that does not hold ends the tour."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.practice.people import families
from desktop.services import (
    contacts,
    history,
    intake,
    integrity,
    papers,
    people,
    photos,
    practice,
    practice_days,
    sought,
    stick,
    today,
    vaults,
    volunteers,
)
from desktop.services.intake import Registered
from desktop.services.papers import Paper
from desktop.services.session import Session

SEED, HOUSEHOLDS, CONTACTS = 2026, 12, 8
Pictures = Callable[[Path, str, Path], list[Path]]
"""Given the folder of a vault, its passphrase and where to put them: draws the screens and returns the files."""


class Tell(Protocol):
    """Tells a step that was done."""

    def __call__(self, text: str, **gaps: str | int) -> None: ...


class ClaimFailed(Exception):
    """Something did not come out as the tour says. A fault of the program."""


def claim(holds: bool, what: str) -> None:
    """`ClaimFailed` unless it holds."""
    if not holds:
        raise ClaimFailed(what)


def walk(work: Path, out: Path, tell: Tell, *, keep_passphrases: bool, pictures: Pictures | None) -> None:
    """The whole tour. `work` takes the two vaults and the stick, `out` the papers and pictures."""
    words = {"river": vaults.suggest_words(), "school": vaults.suggest_words()}
    river, code = _first_day(work / "river", "Riverside", words["river"])
    school, _ = _first_day(work / "school", "Hill School", words["school"])
    tell("Two sites were set up: Riverside and Hill School. Each has its volunteers and its own passphrases.")
    if keep_passphrases:
        for name, passphrase in words.items():
            (work / f"{name}.passphrase").write_text(f"{passphrase}\n", encoding="utf-8")
    try:
        made = _arrivals(river, tell)
        _trust(river, school, tell)
        usb = work / "stick"
        usb.mkdir(mode=0o700)
        _there_and_back(river, school, made, usb, tell)
        _print_papers(river, [one.person for one in made], code, out / "papers", tell)
        _redraw(river, school, tell)
        if pictures is not None:
            _leave_one_question(river, school, made[2].person, usb)
    finally:
        river.close()
        school.close()
    if pictures is not None:
        drawn = pictures(work / "river", words["river"], out / "screens")
        tell("{count} pictures of the screens were drawn.", count=len(drawn))


def _first_day(folder: Path, site: str, passphrase: str) -> tuple[Session, str]:
    """A vault with volunteers of several roles, locked and opened again."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = vaults.create(folder, site=site, name="Daw Khin", passphrase=passphrase)
    for name, role in (("Ko Min", Role.REGISTRAR), ("Ma Su", Role.CASEWORKER), ("Saya Tun", Role.MEDIC)):
        volunteers.add(made.session, name=name, role=role, passphrase=vaults.suggest_words())
    vaults.note_recovery_sheet(made.session)
    vaults.lock(made.session)
    return vaults.open_vault(folder, passphrase=passphrase), made.recovery_code


def _arrivals(river: Session, tell: Tell) -> list[Registered]:
    made, found = [], list(families(SEED, HOUSEHOLDS, year=river.now().year))
    for family in found:
        made.append(practice.register_family(river, family))
    total = sum(one.people for one in made)
    claim(people.find(river).here == total, "everybody is here")
    tell("{count} households with {people} people were registered by filling the arrival card.", count=len(made), people=total)
    for one, family in list(zip(made, found))[:6]:
        practice.answer_long_form(river, one.person, family)
    page = people.page(river, person=made[0].person)
    claim(page.submissions[-1].done > 0, "the long form was filled")
    tell("The long form was filled for {count} of them.", count=6)
    claim(all(contacts.page(river, contact=contact).talks for contact in _contacts(river)), "each contact has a first talk")
    tell("{count} people who have not arrived yet were written down.", count=CONTACTS)
    found_by_name = people.rows(river, keys=people.find(river, query=page.row.name_other.split()[0][:3]).keys)
    claim(made[0].person in {row.id for row in found_by_name}, "found by the beginning of the name")
    tell("A person was found by the beginning of the name.")
    child = practice_days.some_days(river, [one.person for one in made], seed=SEED)
    claim(all(one.here for one in photos.photos(river, made[-1].code)), "the photo is kept")
    claim(bool(sought.review(river)), "somebody here is sought")
    tell("Photos, notes, next steps, searches for family and a child who came alone were written down.")
    made.append(child)
    return made


def _contacts(river: Session) -> list[RecordId]:
    from desktop.practice.people import contacts as invented

    return [practice.add_contact(river, contact) for contact in invented(SEED, CONTACTS)]


def _trust(river: Session, school: Session, tell: Tell) -> None:
    shared = frozenset({Folder.RECEPTION, Folder.CONTACTS})
    for one, other in ((river, school), (school, river)):
        card = stick.read_card(one, source=stick.my_card(other).data)
        claim(card.words == stick.my_card(other).words, "both read the same twelve words")
        stick.trust(one, card=card, folders=shared)
    tell("The two sites compared twelve words and trust each other.")


def _carry(sender: Session, receiver: Session, usb: Path, tell: Tell) -> stick.Read:
    put = stick.put_news(sender, folder=usb)
    tell("{site} put {count} changes on the stick.", site=sender.site, count=put.changes)
    seen = [one for one in stick.look(receiver, folder=usb).bundles if one.fresh]
    claim(len(seen) == 1, "one new file for us")
    read, _ = stick.read_news(receiver, path=seen[0].path)
    again, _ = stick.read_news(receiver, path=seen[0].path)
    claim(again.already, "reading twice does nothing")
    put.path.unlink()
    return read


def _there_and_back(river: Session, school: Session, made: list[Registered], usb: Path, tell: Tell) -> None:
    first, second = made[0].person, made[1].person
    read = _carry(river, school, usb, tell)
    claim(read.new_people == sum(one.people for one in made), "everybody came over")
    tell("Hill School read the stick: {people} new people, {contacts} new contacts.", people=read.new_people, contacts=read.new_contacts)
    people.change(school, record=first, values={"father_name": "U Htun Myint"})
    people.change(school, record=second, values={"note": "A cousin came to see them."})
    family = next(families(SEED + 1, 1))
    own = practice.register_family(school, family)
    people.change(river, record=first, values={"father_name": "U Tun Myint"})
    tell("Both sites changed the same answer without knowing of each other, and each changed others.")
    read = _carry(school, river, usb, tell)
    claim((read.new_people, read.decisions) == (own.people, 1), "their people came, and one decision waits")
    tell("Riverside read the stick: {people} new people, {count} decision waits.", people=read.new_people, count=read.decisions)
    _settle(river, school, first, usb, tell)


def _settle(river: Session, school: Session, person: RecordId, usb: Path, tell: Tell) -> None:
    waiting = today.today(river).decisions
    claim(len(waiting) == 1 and len(waiting[0].answers) == 2, "two answers stand side by side")
    asked = waiting[0]
    history.settle(river, folder=asked.folder, record=asked.record, field=asked.field.name, value="U Tun Myint")
    claim(not history.conflicts(river), "nothing is left to settle")
    tell("The two different answers were settled at Riverside.")
    _carry(river, school, usb, tell)
    settled = people.page(school, person=person).fields["father_name"]
    claim(settled.value == "U Tun Myint" and not history.conflicts(school), "the settlement came over")
    tell("Hill School read it: the answer is settled there too.")
    claim(
        all(river.journal(folder).state_hash() == school.journal(folder).state_hash() for folder in (Folder.RECEPTION, Folder.CONTACTS)),
        "both sites know the same",
    )


def _leave_one_question(river: Session, school: Session, person: RecordId, usb: Path) -> None:
    """Two different answers that nobody settles, so that there is a picture of them."""
    people.change(school, record=person, values={"township": "Kawkareik"})
    people.change(river, record=person, values={"township": "Hpa-An"})
    stick.read_news(river, path=stick.put_news(school, folder=usb).path)
    claim(len(history.conflicts(river)) == 1, "one decision waits")


_WRITTEN = {
    "amount": "200000", "for": "November", "card": "A", "soon": "within-24-hours", "service": "clinic", "shared": "age-sex,symptoms",
    "why": "Fever for three days.", "to": "School", "papers": "passport", "what": "Rice, 2 kg", "room": "3-B", "building": "3",
}
"""What a volunteer would write for papers whose facts stand in no record."""


def _print_papers(river: Session, focal: list[RecordId], code: str, folder: Path, tell: Tell) -> None:
    """One of each document, and the slip and the list of every household."""
    _save(river, papers.recovery_sheet(code=code), folder / "recovery_sheet.pdf", None)
    _save(river, papers.site_card(river), folder / "site_card.pdf", None)
    for kind in papers.documents():
        typed = {ask.key: _WRITTEN[ask.key] for ask in kind.asks if ask.key in _WRITTEN}
        if kind.about in ("person", "household"):
            paper = papers.make(river, document=kind.code, person=focal[0], typed=typed)
            _save(river, paper, folder / f"{kind.code}.pdf", focal[0])
        elif kind.about == "site" and kind.asks:
            _save(river, papers.make(river, document=kind.code, typed=typed), folder / f"{kind.code}.pdf", None)
    for number, person in enumerate(focal[1:], 2):
        for document in (papers.ARRIVAL_SLIP, papers.HOUSEHOLD_LIST):
            paper = papers.make(river, document=document, person=person)
            _save(river, paper, folder / "households" / f"{number:02}_{document}.pdf", person)
    tell("{count} papers were made.", count=len(list(folder.rglob("*.pdf"))))


def _save(river: Session, paper: Paper, path: Path, about: RecordId | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    papers.save_as(river, paper=paper, path=path)
    if about is not None:
        papers.note_printed(river, paper=paper, person=about, saved=True)
    claim(path.read_bytes().startswith(b"%PDF"), "a paper is a PDF")


def _redraw(river: Session, school: Session, tell: Tell) -> None:
    opened = intake.drafts(river)
    for session in (river, school):
        claim(integrity.redraw(session) == (), "drawing every list anew gives the same lists")
    claim(intake.drafts(river) == opened == [], "nothing half-typed is left")
    tell("Every list was drawn anew from the history, and came out the same.")
