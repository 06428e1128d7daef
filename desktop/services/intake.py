"""Fill forms: drafts as the person types, then records.

Drafts and problems are those of every form; beginning and saving here are those of the forms that come with the program, `any_form` does it for
those that were added.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.forms import shipped
from desktop.forms.definition import Definition, Spec
from desktop.forms.filled import Choice, FilledForm, FormProblem, Node
from desktop.forms.showing import Language, Media, Widget
from desktop.journal.drafts import Draft
from desktop.services import any_form, known, registering
from desktop.services.drafting import discard_draft, keep_draft, may_open, open_draft, renewed
from desktop.services.filling import Open, answers_given, definition_of, locked_sections, touched
from desktop.services.known import REGISTRATION
from desktop.services.reading import local
from desktop.services.registering import ARRIVAL, Registered
from desktop.services.session import Session

__all__ = [
    "ARRIVAL", "REGISTRATION", "Choice", "Definition", "DraftRow", "FilledForm", "FormProblem", "Language", "Media", "Node", "Open",
    "Registered", "Spec", "Widget", "begin_arrival", "begin_registration", "discard", "drafts", "keep", "problems", "reopen", "save_arrival",
    "save_registration", "saved_registration", "touched",
]


@dataclass(frozen=True)
class DraftRow:
    """A form that was begun and not finished. Of added forms `digest` names the exact form, `folder` is where it stands, `person` whom it is
    about and `submission` the filled form whose answers were being changed, if it was saved before; of our own forms `digest` is ""."""

    id: str
    form: str
    title: str  # the name typed so far, or ""; the title of an added form
    token: int
    at: str
    author: str
    digest: str = ""
    folder: Folder = Folder.RECEPTION
    person: RecordId | None = None
    submission: RecordId | None = None


def begin_arrival(session: Session, *, language: str) -> Open:
    """A new arrival card with the next token of the day. UserError role.not_allowed."""
    session.require(writes=True)
    form = FilledForm(definition_of(ARRIVAL), language=language, now=session.now())
    return Open(secrets.token_hex(8), form, locked_sections(session, form), None, _next_token(session))


def begin_registration(session: Session, *, person: RecordId, language: str) -> Open:
    """The long form for this person, with what is known filled in; the answers others gave in it before are there. What this
    volunteer's role may not read is left blank. A draft of it that was left on this laptop is gone on with.
    UserError: role.not_allowed, record.missing."""
    session.require(writes=True)
    draft = _draft_about(session, person)
    return reopen(session, draft=draft, language=language) if draft else _registration(session, person, language)


def saved_registration(session: Session, *, person: RecordId, language: str) -> Open:
    """The long form of this person as it was saved, for reading: without drafts, and without what the form would propose.
    UserError record.missing."""
    return _opened(session, person, language, known.known_state(session, person))


def _registration(session: Session, person: RecordId, language: str) -> Open:
    state, submission = known.known_state(session, person)
    proposed = known.proposals(session, known.form_of(session, person), person)
    return _opened(session, person, language, (known.with_answers(state, proposed), submission))


def _opened(session: Session, person: RecordId, language: str, found: tuple[dict[str, object], RecordId | None]) -> Open:
    form = FilledForm.from_state(known.form_of(session, person), found[0], language=language, now=session.now())
    done = known.done_sections(session, person)
    return Open(secrets.token_hex(8), form, locked_sections(session, form), person, 0, found[1], answers_given(form), done)


def _draft_about(session: Session, person: RecordId) -> str:
    """The draft of the long form of this person that this volunteer may go on with, or ""."""
    for draft in session.journal(Folder.RECEPTION).drafts.list(REGISTRATION):
        if json.loads(draft.body)["person"] == person.text() and may_open(session, draft):
            return draft.id
    return ""


def reopen(session: Session, *, draft: str, language: str) -> Open:
    """A draft as it was left; in the long form of somebody, with the answers others have saved since.
    UserError: record.missing, role.not_allowed, and for added forms those of `any_form.open_saved`."""
    session.require(writes=True)
    if any(one.id == draft for _, one in any_form.drafts_of(session)):
        return any_form.reopen(session, draft=draft, language=language)
    opened = open_draft(session, draft, language)
    return opened if opened.person is None else renewed(session, _registration(session, opened.person, language), opened)


def keep(session: Session, *, opened: Open) -> Changes:
    """Save the draft now: when it returns the answers survive a power cut. Called after each answer."""
    session.require(writes=True)
    if opened.kept is None:
        keep_draft(session, opened)
    elif not opened.kept.reads_only:
        any_form.keep(session, opened)
    return Changes(frozenset({"draft"}))


def drafts(session: Session) -> list[DraftRow]:
    """Forms that were begun and not finished, the last kept first."""
    kept = [(draft.at, _row(session, draft)) for draft in session.journal(Folder.RECEPTION).drafts.list() if draft.kind in shipped.NAMES]
    kept += [(draft.at, _added_row(session, folder, draft)) for folder, draft in any_form.drafts_of(session)]
    return [row for _, row in sorted(kept, key=lambda one: one[0], reverse=True)]


def _row(session: Session, draft: Draft) -> DraftRow:
    body = json.loads(draft.body)
    author = session.name_of(draft.author, session.vault.site_public)
    return DraftRow(draft.id, draft.kind, str(body["title"]), int(body["token"]), local(session, draft.at), author)


def _added_row(session: Session, folder: Folder, draft: Draft) -> DraftRow:
    body = json.loads(draft.body)
    author = session.name_of(draft.author, session.vault.site_public)
    person, submission = (Stamp.parse(body[name]) if body[name] else None for name in ("person", "submission"))
    return DraftRow(draft.id, body["form"], str(body["title"]), 0, local(session, draft.at), author, body["digest"], folder, person, submission)


def discard(session: Session, *, draft: str) -> Changes:
    """Forget a draft."""
    session.require(writes=True)
    return Changes(frozenset({"draft"})) if discard_draft(session, draft) else Changes()


def problems(session: Session, *, opened: Open, section: str = "") -> list[Problem]:
    """What stands in the way of saving (`where` is a path), in the order of the form. Codes: answer.required, answer.constraint,
    answer.bad_value, and those of `people.check` for doubtful and impossible values; the form's own words, if it has any, are the field
    ``message``."""
    return registering.problems(session, opened, section)


def save_arrival(session: Session, *, opened: Open, same_as: RecordId | None = None) -> tuple[Registered, Changes]:
    """The person, their household, everybody with them and the filled card, in one save. `same_as`: somebody registered before who is the person
    on the card; the two are made one in the same act. When and with whom they came, that they are here and what they need now is as the card
    says; of all else what was known stands, and the card adds what nobody knew. UserError: form.problems, role.not_allowed, and for `same_as`
    record.missing and merge.kinds."""
    session.require(writes=True)
    wrong = [problem for problem in problems(session, opened=opened) if problem.severe]
    if wrong:
        raise UserError("form.problems", count=len(wrong))
    return registering.register(session, opened, token=_free_token(session, opened), same_as=same_as)


def save_registration(session: Session, *, opened: Open, section: str = "") -> Changes:
    """Write the answers of one section (or of all that were changed and have no problem) to the filled form and to the records. Only
    answers that were changed since the form was opened reach the records, and what the form proposed in these sections.
    UserError: form.problems (of the one section), folder.locked."""
    session.require(writes=True)
    if section in opened.locked:
        raise UserError("folder.locked")
    if opened.person is None:
        raise UserError("record.missing")
    wrong = [problem for problem in problems(session, opened=opened, section=section) if problem.severe] if section else []
    if wrong:
        raise UserError("form.problems", count=len(wrong))
    changes = registering.register_sections(session, opened, opened.person, [section] if section else [])
    return changes | Changes(frozenset({"draft"}))


def _tokens_today(session: Session) -> list[int]:
    """Tokens that this site gave out today, on saved cards."""
    journal = session.journal(Folder.RECEPTION)
    rows = journal.database.execute("SELECT key, token FROM person_list WHERE arrived >= ? AND token > 0", (session.today(),))
    return [token for key, token in rows.fetchall() if not session.site_of(journal, journal.record(key))]


def _next_token(session: Session) -> int:
    waiting = [row.token for row in drafts(session) if row.form == ARRIVAL and row.at[:10] == session.today()]
    return max([*_tokens_today(session), *waiting], default=0) + 1


def _free_token(session: Session, opened: Open) -> int:
    """The token of the card, unless somebody got it in the meantime."""
    return opened.token if opened.token not in _tokens_today(session) else _next_token(session)
