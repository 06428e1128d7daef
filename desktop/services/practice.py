"""Practise with invented people: a throw-away vault that nobody can open again, and the ways to fill a vault with people who do not exist."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from desktop.domain import codes
from desktop.domain.births import Birth
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.save import Save
from desktop.practice.people import Family, Invented, InventedContact, contacts, families
from desktop.services import contacts as contact_services
from desktop.services import intake, vaults
from desktop.services.filling import Open, questions
from desktop.services.intake import Node, Registered
from desktop.services.progress import Progress, silent
from desktop.services.session import Session
from desktop.words.catalogue import translate

PREFIX = "waystation-practice-"
SEED, FAMILIES, CONTACTS = 7, 12, 14
_TODAY = 5  # families of a practice vault that arrived today
_AT_ONCE = 500  # families in one save of `fill_fast`


def open_practice(*, language: str = "en", progress: Progress = silent) -> tuple[Session, Callable[[], None]]:
    """An opened vault in a temporary folder with invented people in it, and what takes it away after it was locked. Its passphrase is made
    at random and kept nowhere, so what stays after a crash cannot be read.

    KnownFault: disk.full, disk.readonly.
    """
    from desktop.services.practice_days import some_days  # it registers a child with what stands here

    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        made = vaults.create(
            folder / "vault", site=translate("Practice", language), name=translate("You", language),
            passphrase=vaults.suggest_words(8), language=language, quick=True,
        )
        vaults.note_recovery_sheet(made.session)
        some_days(made.session, [one.person for one in fill(made.session, progress=progress)])
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return made.session, lambda: shutil.rmtree(folder, ignore_errors=True)


def fill(
    session: Session, *, seed: int = SEED, count: int = FAMILIES, waiting: int = CONTACTS, progress: Progress = silent
) -> list[Registered]:
    """Register invented families by answering the forms, every other one with the long form, and write down contacts. What was done here
    cannot be taken back with Ctrl+Z."""
    made = []
    for at, family in enumerate(families(seed, count, year=session.now().year)):
        made.append(register_family(session, family, days_ago=max(0, count - _TODAY - at)))
        if at % 2 == 0:
            answer_long_form(session, made[-1].person, family)
        progress(at + 1, count + waiting)
    if session.can_open(Folder.CONTACTS):
        for at, contact in enumerate(contacts(seed, waiting)):
            add_contact(session, contact)
            progress(count + at + 1, count + waiting)
    session.acts.clear()
    return made


def register_family(session: Session, family: Family, *, days_ago: int = 0) -> Registered:
    """Answer the arrival card for a family and save it. `days_ago`: when they arrived."""
    opened = intake.begin_arrival(session, language="en")
    if days_ago:
        arrived = session.now() - timedelta(days=days_ago)
        _answer(opened, "", {"person.arrived": arrived.isoformat(timespec="seconds")})
    _answer(opened, "", {**_said(family.people[0], session), "person.township": family.township, "person.father_name": family.father_name,
                         "person.note": family.note, "person.source": "self", "person.notice_read": "yes"})
    for member in family.people[1:]:
        _answer(opened, opened.form.add("/data/with_you"), {**_said(member, session), "person.relationship": member.relationship})
    intake.keep(session, opened=opened)
    return intake.save_arrival(session, opened=opened)[0]


def answer_long_form(session: Session, person: RecordId, family: Family) -> None:
    """Answer some sections of the registration form and save them."""
    opened = intake.begin_registration(session, person=person, language="en")
    _answer(opened, "", {
        "person.languages": " ".join(family.languages), "person.interpreter": "no" if family.languages == ("my",) else "yes",
        "person.literacy": "yes", "person.phone": family.phone, "person.marital": "married" if len(family.people) > 1 else "single",
        "household.came_alone": "no" if len(family.people) > 1 else "yes", "person.force": family.force, "person.rank_claimed": family.rank,
        "household.has_left_behind": "yes" if family.left_behind else "no", "person.papers": "citizenship", "person.consent_record": "yes",
        "person.consent_photo": "no", "person.consent_method": "spoken_witnessed", "person.needs": " ".join(_open_needs(family.people[0])),
    })
    for name, relationship in family.left_behind:
        at = opened.form.add("/data/left/left_behind")
        _answer(opened, at, {"left_behind.name": name, "left_behind.relationship": relationship})
    intake.save_registration(session, opened=opened)


def _said(person: Invented, session: Session) -> dict[str, str]:
    return {
        "person.name": person.name_my, "person.name_roman": person.name_roman, "person.call_name": person.call_name,
        "person.birth.age": str(session.now().year - person.born), "person.sex": person.sex, "person.needs": " ".join(person.needs),
    }


def _open_needs(person: Invented) -> list[str]:
    return [need for need in person.needs if need not in ("afraid", "private_talk")]


def _answer(opened: Open, path: str, answers: Mapping[str, str]) -> None:
    """Answer the questions below a path (outside repeats: "") that save to these fields. ValueError if the form refuses one: the shipped
    forms take all of them."""
    done: set[str] = set()
    while True:  # an answer may bring up further questions
        node = next((node for node in _below(opened, path) if node.save_to in answers and node.relevant and node.path not in done), None)
        if node is None:
            return
        done.add(node.path)
        reason = opened.form.set(node.path, answers[node.save_to])
        if reason:
            raise ValueError(f"{node.path}: {reason}")


def _below(opened: Open, path: str) -> Iterator[Node]:
    return (node for node in questions(opened.form, path) if path or "[" not in node.path)


def add_contact(session: Session, contact: InventedContact) -> RecordId:
    """Write down an invented contact, with a first talk."""
    agreed = session.now() + timedelta(hours=contact.next_in_hours)
    values: dict[str, Value] = {
        "call_name": contact.call_name, "stage": contact.stage, "people": contact.people, "children": contact.children,
        "channel": contact.channel, "call_rule": contact.call_rule, "handle": contact.handle, "safe_times": contact.safe_times,
        "agreed_words": contact.agreed_words, "next_talk": agreed.strftime("%Y-%m-%dT%H:00"), "late_after_hours": 6,
        "volunteer": session.volunteer,
    }
    record, _ = contact_services.add(session, values=values)
    contact_services.write_talk(session, contact=record, words="Talked for a few minutes. They are well.")
    return record


def fill_fast(session: Session, *, people: int, seed: int = SEED, progress: Progress = silent) -> int:
    """At least that many invented people, straight into the journal in big saves, for measurements; returns how many. The newest
    arrived now, each family before them ten minutes earlier."""
    now, made, source = session.now(), 0, families(seed, people, year=session.now().year)
    journal = session.journal(Folder.RECEPTION)
    number = 0
    while made < people:
        with journal.save("practice") as save:
            for family in islice(source, _AT_ONCE):
                made += _write_family(save, family, now - timedelta(minutes=10 * number), now)
                number += 1
                if made >= people:
                    break
        progress(min(made, people), people)
    return made


def _write_family(save: Save, family: Family, arrived: datetime, now: datetime) -> int:
    moment, today = arrived.strftime("%Y-%m-%dT%H:%M"), now.date().isoformat()
    household = save.create("household", {"code": codes.new(), "arrived": moment})
    for person in family.people:
        values: dict[str, Value] = {
            "code": codes.new(), "name": person.name_my, "name_roman": person.name_roman, "call_name": person.call_name, "sex": person.sex,
            "birth": Birth("age", years=now.year - person.born, told_on=today).value(), "arrived": moment, "household": household.text(),
            "relationship": person.relationship, "township": family.township,
            "state": "here" if arrived > now - timedelta(days=90) else "moved_on",
            **{f"need_{need}": "self_reported" for need in person.needs},
        }
        if person.relationship == "focal":
            values.update({"phone": family.phone or None, "force": family.force, "father_name": family.father_name})
        record = save.create("person", values)
        if person.relationship == "focal":
            save.set(household, {"focal": record.text()})
    return len(family.people)
