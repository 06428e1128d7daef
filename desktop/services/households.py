"""Who belongs together, who speaks for them, and what each is to the head of the household."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.kinship import old_head, seen_from
from desktop.journal.save import Save
from desktop.services.listing import PersonRow, members_of, person_row
from desktop.services.reading import linked
from desktop.services.session import Session
from desktop.services.standing import standing
from desktop.services.writing import fresh_code, record_kind

HEAD = "focal"
_GROWN = 18
Member = tuple[PersonRow, str]


@dataclass(frozen=True)
class Headed:
    """A household after its head changed: of whom we do not know any more what they are to the head."""

    household: RecordId
    head: RecordId
    to_ask: tuple[RecordId, ...]


def home_of(session: Session, person: RecordId) -> RecordId:
    """The household of a person. UserError record.missing if it is not known."""
    journal = session.journal(Folder.RECEPTION)
    home = linked(journal, journal.values(standing(session, person)).get("household"), "household")
    if home is None:
        raise UserError("record.missing")
    return standing(session, home)


def make_head(session: Session, *, person: RecordId) -> tuple[Headed, Changes]:
    """This person speaks for the household from now on. What the others are to them follows where it can (`desktop.domain.kinship`);
    where it does not, the relationship is empty and is to be asked. UserError: role.not_allowed, record.missing, household.head_already."""
    session.require(writes=True)
    person = standing(session, person)
    home = home_of(session, person)
    journal = session.journal(Folder.RECEPTION)
    if journal.values(home).get("focal") == person.text() and journal.values(person).get("relationship") == HEAD:
        raise UserError("household.head_already")
    with session.act("head") as act, session.save(act, Folder.RECEPTION) as save:
        made = _head(session, save, home, members_of(session, home, home), person)
    return made, act.changes


def split(session: Session, *, people: Sequence[RecordId], head: RecordId) -> tuple[Headed, Changes]:
    """These people of one household are a household of their own from now on; `head`, one of them, speaks for it. Where the head of those
    who stay went with them, the oldest of those who stay speaks for them.

    UserError: role.not_allowed, record.missing, household.apart (they are of different ones), household.nobody_stays, household.nobody_moves.
    """
    session.require(writes=True)
    moving = _together(session, people)
    home, staying = _parted(session, moving)
    head = standing(session, head)
    if not moving or head not in {row.id for row, _ in moving}:
        raise UserError("household.nobody_moves")
    if not staying:
        raise UserError("household.nobody_stays")
    with session.act("split") as act, session.save(act, Folder.RECEPTION) as save:
        made = save.create("household", {"code": fresh_code(session), "arrived": _arrived(session, head)})
        for row, _ in moving:
            save.set(row.id, {"household": made.text()})
        headed = _head(session, save, made, moving, head)
        _still_headed(session, save, home, moving, staying)
    return headed, act.changes


def move(session: Session, *, people: Sequence[RecordId], to: RecordId) -> tuple[tuple[RecordId, ...], Changes]:
    """These people of one household belong to another one from now on. Returns those of whom is to be asked what they are to its head: all
    that moved. UserError as for `split`, and household.same; the last of a household may move: then the two should be made one."""
    session.require(writes=True)
    moving = _together(session, people)
    home, staying = _parted(session, moving)
    to = standing(session, to)
    if record_kind(session, Folder.RECEPTION, to) != "household":
        raise UserError("record.missing")
    if to == home:
        raise UserError("household.same")
    if not staying:
        raise UserError("household.nobody_stays")
    with session.act("move") as act, session.save(act, Folder.RECEPTION) as save:
        for row, _ in moving:
            save.set(row.id, {"household": to.text(), "relationship": None})
        _still_headed(session, save, home, moving, staying)
    return tuple(row.id for row, _ in moving), act.changes


def _together(session: Session, people: Sequence[RecordId]) -> list[Member]:
    """The members to move, with what they are to their head. UserError household.nobody_moves, household.apart."""
    wanted = list(dict.fromkeys(standing(session, one) for one in people))
    if not wanted:
        raise UserError("household.nobody_moves")
    homes = {home_of(session, one) for one in wanted}
    if len(homes) > 1:
        raise UserError("household.apart")
    journal = session.journal(Folder.RECEPTION)
    return [(person_row(session, one), str(journal.values(one).get("relationship") or "")) for one in wanted]


def _parted(session: Session, moving: Sequence[Member]) -> tuple[RecordId, list[Member]]:
    """The household they are of, and those who stay in it."""
    home = home_of(session, moving[0][0].id)
    gone = {row.id for row, _ in moving}
    return home, [one for one in members_of(session, home, home) if one[0].id not in gone]


def _still_headed(session: Session, save: Save, home: RecordId, moving: Sequence[Member], staying: Sequence[Member]) -> None:
    """Those who stay have somebody who speaks for them."""
    if any(relationship == HEAD for _, relationship in moving) and all(relationship != HEAD for _, relationship in staying):
        grown = [one for one in staying if one[0].age is None or one[0].age >= _GROWN] or list(staying)
        eldest = max(grown, key=lambda one: one[0].age if one[0].age is not None else _GROWN)[0].id
        _head(session, save, home, staying, eldest)


def _head(session: Session, save: Save, home: RecordId, members: Sequence[Member], head: RecordId) -> Headed:
    """Write the new head, and what the others are to them, as it follows from what all of them were to the head before."""
    roles = {row.id: (row, relationship) for row, relationship in members}
    if head not in roles:
        raise UserError("record.missing")
    new = roles[head][1]
    to_ask = []
    for row, relationship in members:
        if row.id == head:
            continue
        said = old_head(new, row.sex) if relationship == HEAD else seen_from(new, relationship, row.sex)
        if new == HEAD:  # they were the head before: what the others are to them stays
            said = relationship
        if said != relationship:
            save.set(row.id, {"relationship": said or None})
        if not said:
            to_ask.append(row.id)
    save.set(head, {"relationship": HEAD})
    save.set(home, {"focal": head.text()})
    return Headed(home, head, tuple(to_ask))


def _arrived(session: Session, person: RecordId) -> str:
    return person_row(session, person).arrived or session.moment()
