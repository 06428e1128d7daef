"""Take back the last save; settle two different answers."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain import codes
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS, Field
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.journal import DELETED, Head, Journal
from desktop.services import children, contact_times, form_conflicts, handover, settling
from desktop.services.charts import CHARTS, Chart
from desktop.services.givers import Givers
from desktop.services.listing import members_of
from desktop.services.reading import linked, local, may_know, may_read
from desktop.services.session import Session
from desktop.services.two_answers import OFF_THE_LIST, Answer, TwoAnswers
from desktop.services.writing import as_stored, check_writable

__all__ = ["OFF_THE_LIST", "Answer", "TwoAnswers", "conflicts", "settle", "undo", "undoable"]
_WITH_ANOTHER = frozenset({"handover_key", "checked_whom"})
"""Fields that say the same as another one in a way that no person reads: they are settled together with it, or hold for nothing else."""
_NOT_ASKED = frozenset({"reply"})
"""Kinds of which nobody is asked: who wrote what of an answer would tell where somebody is who is sought."""


def conflicts(session: Session, *, language: str = "") -> list[TwoAnswers]:
    """Everything that waits for a decision and that this volunteer may read. `language`: of the words of filled forms, else the one that was
    chosen for this laptop."""
    spoken = language or session.language
    return [
        found for folder in Folder if session.can_open(folder)
        for found in (*_of_folder(session, folder), *form_conflicts.of_folder(session, folder, spoken))
    ]


def _readable(session: Session, journal: Journal) -> Iterator[tuple[RecordId, str, Field]]:
    """(record, kind, field) of each two different answers. Those of our own filled forms are left out: they are the same question as a field
    of the record, and are settled with it; those of added forms are told by `form_conflicts`, but for whether one stays on the lists. Those of
    several records of one chart of a person are one question."""
    found = dict.fromkeys((_asked(session, journal, record, name), name) for record, name in journal.conflicts())
    for chart in CHARTS.values():
        if chart.folder is journal.folder:
            found.update(dict.fromkeys(chart.differing(session)))
    for record, name in found:
        kind = journal.kind(record)
        if not may_be_asked(session, kind):
            continue
        field = OFF_THE_LIST if name == DELETED else FIELDS.get(kind, {}).get(name)
        asked = kind in FIELDS or (name == DELETED and form_conflicts.is_added(journal, record))
        if field is not None and asked and field.name not in _WITH_ANOTHER and may_read(session, field):
            yield record, kind, field


def may_be_asked(session: Session, kind: str) -> bool:
    """True if two different answers about a record of this kind are a question for this volunteer."""
    return kind not in _NOT_ASKED and may_know(session, kind)


def _asked(session: Session, journal: Journal, record: RecordId, name: str) -> RecordId:
    chart = _chart(journal, record)
    return chart.first(session, record) if chart is not None and name != DELETED else record


def _chart(journal: Journal, record: RecordId) -> Chart | None:
    """What the record is a part of, if several of its kind about one person are read as one."""
    chart = CHARTS.get(journal.kind(record))
    return chart if chart is not None and chart.folder is journal.folder else None


def _of_folder(session: Session, folder: Folder) -> Iterator[TwoAnswers]:
    journal = session.journal(folder)
    for record, kind, field in _readable(session, journal):
        answers = _answers(session, journal, record, field.name)
        if len(answers) > 1:
            yield TwoAnswers(folder, record, kind, _title(session, journal, record, kind), field, tuple(answers))


def _answers(session: Session, journal: Journal, record: RecordId, name: str) -> list[Answer]:
    """Each different answer once, by whoever gave it last."""
    heads = journal.heads(record)
    kind = journal.kind(record)
    chart = _chart(journal, record) if name != DELETED else None
    standing = chart.heads(session, record, name) if chart is not None else list(heads.get(name, ()))
    if name == DELETED and all(head.value is True for head in standing):
        standing += _last_change(heads)
    found: list[Answer] = []
    givers = Givers(session, journal, record)
    for head in (givers.of(name, head) for head in standing):
        value = contact_times.as_seen(session, name, head.value) if kind == "contact" else head.value
        if all(value != answer.value for answer in found):
            who, site = session.name_of(head.author, head.site), session.site_name(head.site)
            found.append(Answer(head.stamp, value, who, site, local(session, head.at), not found, called(session, value)))
    return found


def _last_change(heads: dict[str, tuple[Head, ...]]) -> list[Head]:
    """The last change of anything else, read as the answer that the record stays."""
    others = [found[0] for name, found in heads.items() if name != DELETED and found]
    if not others:
        return []
    last = max(others, key=lambda head: head.at)
    return [Head(last.stamp, last.at, last.author, last.site, False)]


def _title(session: Session, journal: Journal, record: RecordId, kind: str) -> str:
    if kind == "submission":
        return form_conflicts.title_of(session, journal, record)
    values = journal.values(record)
    if kind in ("person", "left_behind", "tracing"):
        return str(values.get("name") or values.get("name_my") or values.get("name_roman") or values.get("call_name") or "")
    if kind in ("child", "reply"):
        return called(session, values.get("person"))
    of_person = "code" not in FIELDS.get(kind, {})
    code = str(values.get("person_code" if of_person else "code", ""))
    if of_person:
        row = session.journal(Folder.RECEPTION).database.execute("SELECT name FROM person_list WHERE code = ?", (code,)).fetchone()
        if row and row[0]:
            return str(row[0])
    return codes.shown(code)


def called(session: Session, value: Value) -> str:
    """What people know the person or household by that a field names; "" for any other value, and for one that has not come yet."""
    journal = session.journal(Folder.RECEPTION)
    for kind in ("person", "household"):
        record = linked(journal, value, kind)
        if record is not None:
            return _title(session, journal, record, kind)
    return ""


def settle(session: Session, *, folder: Folder, record: RecordId, field: str, value: Value) -> Changes:
    """Write the right answer (whether a record is off the lists: true or false, "yes" or "no"). It replaces every answer that stands now,
    and travels like any other change. Answers of filled forms that say the same are settled with it. UserError: role.not_allowed,
    folder.locked, record.missing, values.wrong, household.has_people (one with people in it stays), settle.nothing (answers of our own forms are settled on the record); for the state of a child's
    case what `children.change` raises."""
    journal = session.journal(folder)
    kind = journal.kind(record)
    if not may_know(session, kind):
        raise UserError("role.not_allowed")
    if field == DELETED:
        if kind == "household" and value in (True, "yes") and members_of(session, record, record):
            raise UserError("household.has_people")
        with session.act("settle") as act, session.save(act, folder) as save:
            save.settle(record, field, value in (True, "yes"))
    elif kind == "submission":
        if not form_conflicts.is_added(journal, record):
            raise UserError("settle.nothing")
        with session.act("settle") as act, session.save(act, folder) as save:
            form_conflicts.settle(session, save, folder, record, field, value)
    else:
        check_writable(session, kind, {field: value})
        right = as_stored(FIELDS[kind][field], value)
        if (kind, field) == (children.KIND, "state"):
            children.check_state(session, record=record, state=right)
        right = contact_times.with_clock(session, {field: right})[field] if kind == "contact" else right
        key = handover.key_of(session, contact=record, to=right) if (kind, field) == ("contact", "handover_to") else None
        with session.act("settle") as act, session.save(act, folder) as save:
            if (kind, field) == ("contact", "handover_to"):
                save.settle(record, "handover_key", key)
            for one in _same_question(session, journal, record):
                save.settle(one, field, right)
            settling.settle_forms(session, save, folder, record, kind, field, right)
    return act.changes | Changes(frozenset({"conflict"}))


def _same_question(session: Session, journal: Journal, record: RecordId) -> list[RecordId]:
    """The records that the answer is written to: this one, and the others of the same chart of the same person."""
    chart = _chart(journal, record)
    code = str(journal.values(record).get("person_code") or "")
    return (chart.records(session, code) if chart is not None else []) or [record]


def undoable(session: Session) -> str:
    """The code of what Ctrl+Z would take back (``arrival``, ``change``, ``settle``, ...), or "" if there is nothing."""
    return session.acts[-1].code if session.acts else ""


def undo(session: Session) -> Changes:
    """Take back the last save of this volunteer since unlocking, by entries that restore what stood before. A field that somebody
    else changed since is left alone. UserError: undo.nothing."""
    if not session.acts:
        raise UserError("undo.nothing")
    act = session.acts[-1]
    touched = act.changes
    for folder, saved in reversed(act.saves):
        session.journal(folder).undo(saved)
    for take_back in reversed(act.aside):
        take_back()
    session.acts.pop()
    return touched
