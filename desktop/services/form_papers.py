"""Forms on paper: blank for the pen, or as somebody filled them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import any_form, form_library, intake
from desktop.services.form_layouts import Layout, mark_of
from desktop.services.form_words import languages_for
from desktop.services.papers import BLANK_FORM, FILLED_FORM, Paper, drawn, printed
from desktop.services.session import Session


@dataclass(frozen=True)
class PrintableForm:
    """A form that can be printed. `languages`: (the form's own name, what its speakers call it) of each; `beside`: the names of those that
    are printed if nobody chooses."""

    id: RecordId
    form_id: str
    version: str
    title: str
    questions: int
    languages: tuple[tuple[str, str], ...]
    beside: tuple[str, ...]


def forms(session: Session) -> list[PrintableForm]:
    """The newest version of every form whose contents are here."""
    found = []
    for one in form_library.forms(session):
        try:
            found.append(form(session, form=one.id))
        except UserError:
            continue  # it has not come yet, or cannot be read: the page of forms says so
    return found


def form(session: Session, *, form: RecordId) -> PrintableForm:
    """One form. UserError: record.missing, form.elsewhere, form.unreadable."""
    stored = form_library.stored_form(session, form=form)
    definition = form_library.definition(session, form=form)
    languages = tuple((one.name, one.called) for one in definition.languages)
    beside = tuple(one.name for one in languages_for(definition))
    return PrintableForm(stored.id, stored.form_id, stored.version, stored.title, stored.questions, languages, beside)


def blank(
    session: Session, *, form: RecordId, languages: Sequence[str] = (), rows: int = 0, person: RecordId | None = None,
    guidance: bool = False, paper_size: str = "A4",
) -> Paper:
    """The form for the pen. `languages`: names or codes of one or two of the form's own; without any, Burmese and English where it has
    them. `rows`: how many instances of each repeat there is room for, 0 for what the form says, else four. `person`: whose number stands on
    it, with a strip to tear off; without one there are empty boxes. `guidance`: with the longer hints for the volunteer.
    UserError: record.missing, form.elsewhere, form.unreadable."""
    from desktop.paper.documents import blank_form
    from desktop.services.form_on_paper_blank import blank_form as on_paper

    definition = form_library.definition(session, form=form)
    code, copy = "", 1
    if person is not None:
        code = _code(session, person)
        copy = printed(session, document=BLANK_FORM, person=person) + 1
    layout = Layout.of(definition, size=paper_size, rows=rows, guidance=guidance, languages=languages)
    made = on_paper(definition, languages=layout.languages, rows=layout.rows, guidance=guidance, copy=copy)
    digest = form_library.stored_form(session, form=form).digest
    made = replace(made.numbered(code, mark_of(digest), layout.text(definition)), printed_on=session.today())
    return drawn(BLANK_FORM, blank_form.draw, made, paper_size, copy)


def filled(
    session: Session, *, submission: RecordId, languages: Sequence[str] = (), paper_size: str = "A4",
) -> tuple[Paper, RecordId | None]:
    """A form as it was filled in and saved, and whom it is about. UserError: record.missing, folder.locked, form.elsewhere, form.unreadable,
    form.version_gone."""
    from desktop.paper.documents import filled_form
    from desktop.services.form_on_paper import filled as on_paper

    opened = any_form.as_saved(session, submission=submission, language=session.language)
    person = opened.person
    if person is not None and opened.form.definition.form_id == intake.REGISTRATION:
        opened = intake.saved_registration(session, person=person, language=session.language)  # its answers stand in several folders
    code = _code(session, person) if person is not None else ""
    copy = printed(session, document=FILLED_FORM, person=person) + 1 if person is not None else 1
    made = on_paper(
        opened.form, code=code, locked=opened.locked, printed_on=session.today(), volunteer=session.author, copy=copy,
        languages=languages, confirmed=person is not None,
    )
    return drawn(FILLED_FORM, filled_form.draw, made, paper_size, copy), person


def _code(session: Session, person: RecordId) -> str:
    """The case code of a person. UserError record.missing."""
    journal = session.journal(Folder.RECEPTION)
    code = journal.values(person).get("code") if journal.kind(person) == "person" else None
    if not isinstance(code, str) or journal.deleted(person):
        raise UserError("record.missing")
    return code


def by_name(session: Session, name: str, version: str = "") -> RecordId:
    """The form of this form id: the newest in use, or the version that is named. UserError form.unknown."""
    rows = form_library.versions(session, form_id=name) if version else form_library.forms(session)
    found = next((one.id for one in rows if one.form_id == name and version in ("", one.version)), None)
    if found is None:
        raise UserError("form.unknown")
    return found
