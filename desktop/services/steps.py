"""Next steps for a person: what is to be done, until which day, by whom; each in the folder that decides who reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from desktop.domain import carers
from desktop.domain.carers import Carer
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.journal import Journal
from desktop.services import about, caseworkers
from desktop.services.about import Ref
from desktop.services.lines import Shown
from desktop.services.reading import shown_fields
from desktop.services.session import Session

KIND = "step"
_MOST = 200


@dataclass(frozen=True)
class StepRow:
    """A next step as it stands now. `done_by` and `done_at` only where it is done."""

    ref: Ref
    what: str
    due: str  # ISO day, month or year, or ""
    who: Carer | None
    who_name: str  # with the site where it is not ours; "" for nobody
    author: str
    at: str
    done: bool = False
    done_by: str = ""
    done_at: str = ""
    late: bool = False  # not done, and its day is over
    differs: str = ""  # the first field of which two different answers stand, or ""

    @property
    def said(self) -> dict[str, Value]:
        """Its fields that `change` writes, as somebody sees them who begins to change it."""
        return {"what": self.what, "due": self.due or None, "who": self.who.text() if self.who else None}


@dataclass(frozen=True)
class DueRow:
    """A next step that waits today or is late, with the person it is about. `mine`: this volunteer is to do it."""

    step: StepRow
    person: RecordId
    name: str
    mine: bool


def steps(session: Session, code: str) -> tuple[StepRow, ...]:
    """Every step about the person with this case code that this volunteer can read: open ones by their day, those without a day last; then what
    is done, the latest first."""
    found = [_row(session, ref, fields) for ref, fields in about.found(session, KIND, code)]
    waiting = sorted((one for one in found if not one.done), key=lambda one: (one.due or "~", one.at))
    return (*waiting, *sorted((one for one in found if one.done), key=lambda one: one.done_at, reverse=True))


def due(session: Session) -> tuple[DueRow, ...]:
    """Steps whose day is today or over, in every folder that this volunteer can open, their own first and the latest first; at most 200."""
    mine = caseworkers.me(session).key
    found: list[DueRow] = []
    for folder in Folder:
        if not session.can_open(folder):
            continue
        journal = session.journal(folder)
        for key, person, who in islice(_due(session, journal, mine), _MOST):
            step = _row(session, Ref(folder, journal.record(key)), shown_fields(session, journal, journal.record(key), KIND))
            found.append(DueRow(step, person, _name(session, person), who == mine))
    return tuple(sorted(found, key=lambda one: (not one.mine, one.step.due))[:_MOST])


def _due(session: Session, journal: Journal, mine: str) -> Iterator[tuple[int, RecordId, str]]:
    """Key, person and who does it, of each step of a folder that waits today or is late; those of `mine` first. Steps about nobody who is on the
    lists are passed over, however many there are."""
    rows = journal.database.execute(
        "SELECT key, person_code, who FROM step_list WHERE open AND due > '' AND due <= ? ORDER BY who <> ?, due, key", (session.today(), mine)
    )
    while some := rows.fetchmany(_MOST):
        known = about.known_codes(session, [code for _, code, _ in some])
        for key, code, who in some:
            person = about.person_of(session, code) if code in known else None
            if person is not None:
                yield key, person, who


def add(
    session: Session, *, person: RecordId, what: str, due: str = "", who: Carer | None = None, folder: Folder = Folder.RECEPTION
) -> tuple[Ref, Changes]:
    """A new step. `due`: ISO day or "". UserError: step.empty, folder.locked, role.not_allowed, record.missing, carer.unknown, values.wrong."""
    values = _values(what, due, who)
    caseworkers.check(session, who)
    return about.write(session, KIND, person=person, folder=folder, kind=KIND, values=values)


def change(
    session: Session, *, step: Ref, what: str, due: str = "", who: Carer | None = None, seen: Mapping[str, Value] | None = None
) -> Changes:
    """Write it anew. `who` may stay somebody of another site. `seen`: what it said when its author began (`StepRow.said`): what came since stands
    beside their answer until somebody chooses; without it they saw what stands. UserError as for `add`."""
    values = _values(what, due, who)
    about.require(session, step, KIND)
    caseworkers.check(session, who, (seen or {}).get("who"), session.journal(step.folder).values(step.record).get("who"))
    return about.change(session, KIND, ref=step, kind=KIND, values=values, seen=seen)


def _values(what: str, due: str, who: Carer | None) -> dict[str, Value]:
    """As the fields hold it. UserError step.empty."""
    told = about.text_of(KIND, "what", what)
    if not told:
        raise UserError("step.empty")
    return {"what": told, "due": due or None, "who": who.text() if who is not None else None}


def finish(session: Session, *, step: Ref, done: bool = True) -> Changes:
    """It is done; or it waits again. UserError: folder.locked, role.not_allowed, record.missing."""
    return about.change(session, "step_done" if done else KIND, ref=step, kind=KIND, values={"done": "yes" if done else None})


def remove(session: Session, *, step: Ref) -> Changes:
    """Take it off the page; the history keeps it. UserError: folder.locked, role.not_allowed, record.missing."""
    return about.remove(session, "step_gone", ref=step, kind=KIND)


def _row(session: Session, ref: Ref, fields: dict[str, Shown]) -> StepRow:
    what, day, done = fields.get("what"), _text(fields, "due"), fields.get("done")
    who = carers.read(_text(fields, "who"))
    finished = done is not None and done.value == "yes"
    return StepRow(
        ref, _text(fields, "what"), day, who, caseworkers.shown(session, who) if who else "", what.author if what else "", what.at if what else "",
        finished, done.author if done and finished else "", done.at if done and finished else "",
        late=not finished and bool(day) and day < session.today()[: len(day)],
        differs=next((name for name, shown in fields.items() if shown.others), ""),
    )


def _text(fields: dict[str, Shown], name: str) -> str:
    shown = fields.get(name)
    return shown.value if shown is not None and isinstance(shown.value, str) else ""


def _name(session: Session, person: RecordId) -> str:
    values = session.journal(Folder.RECEPTION).values(person)
    return next((str(values[name]) for name in ("name", "name_my", "name_roman", "call_name") if values.get(name)), "")
