"""Everything that ever happened to what is known of a person, field by field, with who and when: the person, the household, those left
behind, health, checking and risk, notes, next steps, photos and filled forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import about, form_history, people
from desktop.services.any_form import filled
from desktop.services.charts import CHARTS
from desktop.services.intake import ARRIVAL, REGISTRATION
from desktop.services.lines import ChangeLine
from desktop.services.reading import change_lines, linked, may_know
from desktop.services.session import Session
from desktop.services.standing import joined, standing
from desktop.services.submissions import submissions_of

FORM = "form"


@dataclass(frozen=True)
class HistoryLine:
    """`area`: a kind of record, or ``form``. `name` tells which one where there are several: somebody left behind, a form. `said` are the changes
    of a form in words (question, before, after); of records they stand in `line`."""

    line: ChangeLine
    area: str
    folder: Folder
    name: str = ""
    said: tuple[tuple[str, str, str], ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that were changed; of a form its questions."""
        return tuple(name for name, _, _ in self.line.fields) or tuple(name for name, _, _ in self.said)


def everything(session: Session, *, person: RecordId, language: str) -> list[HistoryLine]:
    """The newest first, without what this volunteer may not read. `language`: of the words of forms. UserError record.missing."""
    person = standing(session, person)
    code = about.code_of(session, person)
    found = [
        *_records(session, person, "person"), *_home(session, person), *_charts(session, code), *_about(session, code),
        *_forms(session, person, language),
    ]
    return sorted(found, key=lambda one: one.line.at, reverse=True)


def _records(session: Session, record: RecordId, kind: str, name: str = "") -> Iterator[HistoryLine]:
    """A record with those it stands for; what made them one, or two again, is told once."""
    for one in (record, *joined(session, record)):
        for line in change_lines(session, Folder.RECEPTION, one, kind):
            if one == record or line.kind not in ("joined", "parted"):
                yield HistoryLine(line, kind, Folder.RECEPTION, name)


def _home(session: Session, person: RecordId) -> Iterator[HistoryLine]:
    journal = session.journal(Folder.RECEPTION)
    household = linked(journal, journal.values(person).get("household"), "household")
    if household is None:
        return
    household = standing(session, household)
    yield from _records(session, household, "household")
    for record in people.left_behind_records(session, household):
        yield from _records(session, record, "left_behind", str(journal.values(record).get("name") or ""))


def _charts(session: Session, code: str) -> Iterator[HistoryLine]:
    for chart in CHARTS.values():
        if session.can_open(chart.folder) and may_know(session, chart.kind):
            for line in chart.lines(session, code):
                yield HistoryLine(line, chart.kind, chart.folder)


def _about(session: Session, code: str) -> Iterator[HistoryLine]:
    for kind, ref, line in about.lines(session, code):
        yield HistoryLine(line, kind, ref.folder)


def _forms(session: Session, person: RecordId, language: str) -> Iterator[HistoryLine]:
    """Of added forms, and of our own what they say themselves: what they write on records is told there."""
    for record, folder, title in _submissions(session, person):
        try:
            lines = form_history.history(session, submission=record, language=language)
        except (UserError, KnownFault):  # the form itself has not come on a stick yet
            continue
        for line in lines:
            plain = ChangeLine(line.at, line.author, line.site, line.what, (), line.undone)
            yield HistoryLine(plain, FORM, folder, title, line.changes)


def _submissions(session: Session, person: RecordId) -> Iterator[tuple[RecordId, Folder, str]]:
    for one in filled(session, person=person):
        yield one.id, one.folder, one.title or one.form_id
    if not session.role.sees_restricted:
        return  # some questions of our own forms are restricted; what they wrote on records is told there, as far as it may be read
    for own in submissions_of(session, about.code_of(session, person)):
        if own.form in (ARRIVAL, REGISTRATION):
            yield own.id, Folder.RECEPTION, own.form
