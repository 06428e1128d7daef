"""Fill a form that was added here, about a person or about nobody: drafts as one types, sections saved by different people over days and at
different sites, and at last all of it declared done.

What was filled in is kept in the folder that the form belongs to and opens in the exact form it was filled with. It writes to no other record and
reads none (docs/decisions/0007).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain import codes
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.forms import shipped
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm
from desktop.journal.drafts import Draft
from desktop.services import form_answers as answers
from desktop.services import form_library, form_writing
from desktop.services.filling import Kept, Open, plain, unseen_questions
from desktop.services.form_drafts import DRAFT, drafts_of, keep
from desktop.services.form_library import StoredForm
from desktop.services.projections.submissions import DONE, FINISHED
from desktop.services.reading import local
from desktop.services.registering import problems
from desktop.services.session import Session
from desktop.services.submissions import card_state, filled_id, place_of, registers

__all__ = [
    "Filled", "begin", "delete", "drafts_of", "filled", "finish", "keep", "open_saved", "reopen", "save",
]

# -- opening


def begin(session: Session, *, form: RecordId, person: RecordId | None, language: str) -> Open:
    """A new filled form about this person, or about nobody. UserError: role.not_allowed, record.missing, folder.locked, form.elsewhere,
    form.unreadable, form.comes_with_program (our own forms are begun with `intake`)."""
    session.require(writes=True)
    stored = form_library.stored_form(session, form=form)
    if stored.shipped:
        raise UserError("form.comes_with_program")
    session.journal(stored.folder)
    if person is not None and session.journal(Folder.RECEPTION).kind(person) != "person":
        raise UserError("record.missing")
    definition = form_library.definition(session, form=form)
    before = _last_saved(session, stored.folder, definition) if definition.last_saved else None
    made = FilledForm(definition, language=language, now=session.now(), last_saved=before)
    kept = Kept(stored.digest, stored.folder, stored.version)
    return Open(secrets.token_hex(8), made, frozenset(), person, 0, None, answers.told_by(made).flat(), frozenset(), kept)


def _last_saved(session: Session, folder: Folder, definition: Definition) -> dict[str, object] | None:
    """The state of the form of this name that was saved last at our site, for forms that begin with its answers."""
    journal = session.journal(folder)
    rows = journal.database.execute("SELECT key FROM submission_list WHERE form = ?", (definition.form_id,)).fetchall()
    ours = [(at, key) for key, (at, _, site) in journal.latest(key for (key,) in rows).items() if site == session.vault.site_public]
    return answers.told_in(definition, registers(journal, journal.record(max(ours)[1]))).state() if ours else None


def open_saved(session: Session, *, submission: RecordId, language: str) -> Open:
    """A filled form as it stands, in the exact form it was filled with; a draft of it that was left is gone on with. Who may not write reads
    it. Our own forms are opened for reading only (`Kept.reads_only`).

    UserError: record.missing, folder.locked, form.elsewhere and form.unreadable (it cannot be shown or changed now), form.version_gone (a form of
    ours from before exact forms were kept).
    """
    folder, record = place_of(submission)
    draft = _draft_of(session, folder, submission) if session.role.writes else None
    return _reopened(session, draft, language) if draft else _saved(session, submission, folder, record, language)


def as_saved(session: Session, *, submission: RecordId, language: str) -> Open:
    """A filled form as it was saved, whatever lies in drafts: for paper and for files. Its clock stands at the moment of the last save, so that
    what is computed from the day (an age) reads as it did then. UserError as of `open_saved`."""
    folder, record = place_of(submission)
    journal = session.journal(folder)
    last = journal.latest([key] if (key := journal.key(record)) is not None else [])
    saved_at = [at.astimezone(session.now().tzinfo) for at, _, _ in last.values()]
    return _saved(session, submission, folder, record, language, saved_at[0] if saved_at else None)


def _saved(
    session: Session, submission: RecordId, folder: Folder, record: RecordId, language: str, clock: datetime | None = None
) -> Open:
    """A filled form without what was left in drafts. `clock`: the time that the form goes by; now, if it is not given."""
    journal, now = session.journal(folder), clock or session.now()
    if journal.kind(record) != "submission" or journal.deleted(record):
        raise UserError("record.missing")
    stands = registers(journal, record)
    kept = _kept_of(session, folder, record, stands)
    definition = form_library.definition_of_digest(session, digest=kept.digest)
    if definition.form_id in shipped.NAMES:
        unseen = unseen_questions(session, definition)
        state = card_state(definition.form_id, {name: value for name, value in stands.items() if plain(name) not in unseen})
        form = FilledForm.from_state(definition, state, language=language, now=now)
    else:
        form = answers.form_with(definition, answers.told_in(definition, stands), language=language, now=now)
    done = frozenset(name[len(DONE):] for name, value in stands.items() if name.startswith(DONE) and value is True)
    loaded = answers.told_by(form).flat()
    return Open(secrets.token_hex(8), form, frozenset(), _person(session, stands), 0, submission, loaded, done, kept)


def _kept_of(session: Session, folder: Folder, record: RecordId, stands: Mapping[str, Value]) -> Kept:
    form, version, digest = (str(stands.get(name) or "") for name in ("form", "version", "digest"))
    ours = form in shipped.NAMES
    if ours and not digest:
        digest = next((one.digest for one in form_library.versions(session, form_id=form) if one.version == version and one.shipped), "")
        if not digest:
            raise UserError("form.version_gone", version=version)
    return Kept(digest, folder, version, record, stands.get(FINISHED) is True, ours)


def _person(session: Session, stands: Mapping[str, Value]) -> RecordId | None:
    """The person a filled form is about, if they are registered here."""
    code = stands.get("person_code")
    if not isinstance(code, str) or not code or not session.can_open(Folder.RECEPTION):
        return None
    journal = session.journal(Folder.RECEPTION)
    row = journal.database.execute("SELECT key FROM person_list WHERE code = ? ORDER BY key", (code,)).fetchone()
    return journal.record(row[0]) if row else None


# -- drafts


def reopen(session: Session, *, draft: str, language: str) -> Open:
    """A draft as it was left, with the answers that others have saved since. UserError: record.missing, role.not_allowed, and as of
    `open_saved`."""
    session.require(writes=True)
    found = next((one for one in drafts_of(session) if one[1].id == draft), None)
    if found is None:
        raise UserError("record.missing")
    return _reopened(session, found, language)


def _draft_of(session: Session, folder: Folder, submission: RecordId) -> tuple[Folder, Draft] | None:
    for draft in session.journal(folder).drafts.list(DRAFT):
        if json.loads(draft.body)["submission"] == submission.text():
            return folder, draft
    return None


def _reopened(session: Session, found: tuple[Folder, Draft], language: str) -> Open:
    folder, draft = found
    body = json.loads(draft.body)
    definition = form_library.definition_of_digest(session, digest=body["digest"])
    form = FilledForm.from_state(definition, body["state"], language=language, now=session.now())
    person = Stamp.parse(body["person"]) if body["person"] else None
    kept = Kept(body["digest"], folder, body["version"])
    mine = Open(draft.id, form, frozenset(), person, 0, None, dict(body["loaded"]), frozenset(), kept, code=str(body.get("code", "")))
    if not body["submission"]:
        return mine
    submission = Stamp.parse(body["submission"])
    try:
        fresh = _saved(session, submission, *place_of(submission), language)
    except UserError as error:
        if error.code != "record.missing":
            raise
        return mine  # it was taken off the lists meanwhile: what was typed becomes a filled form of its own
    return replace(_joined(session, fresh, mine, language), draft=draft.id)


def _joined(session: Session, fresh: Open, mine: Open, language: str) -> Open:
    """A filled form as it stands by now, with what was changed in a draft of it put over."""
    definition = fresh.form.definition  # the form may have been moved to another version meanwhile
    assert fresh.kept is not None
    base = answers.told_in(definition, registers(session.journal(fresh.kept.folder), fresh.kept.record)) if fresh.kept.record else answers.Told()
    told = answers.joined(mine.form.definition, base, answers.told_by(mine.form), mine.loaded)
    form = answers.form_with(definition, told, language=language, now=session.now())
    known_before = told.flat()
    begun = {path: text for path, text in answers.told_by(form).flat().items() if path not in known_before}
    return replace(fresh, form=form, loaded={**base.flat(), **begun})


# -- saving


def save(session: Session, *, opened: Open, section: str = "") -> Changes:
    """Write what was changed below a section, which is then declared done; without a section whatever was changed, even if more is to be
    answered. An answer that its question cannot hold is not written and stays in the draft. UserError: role.not_allowed, folder.locked,
    form.problems (of the one section), form.only_read, record.missing."""
    _writable(session, opened)
    if section:
        _refuse_problems(session, opened, section)
    stands = _marks(session, opened)
    now_wrong = _wrong_sections(opened, section)
    marks: dict[str, Value] = {name: None for name, value in stands.items() if name.startswith(DONE) and name[len(DONE):] in now_wrong}
    if section:
        marks[f"{DONE}{section}"] = True
    finished = stands.get(FINISHED) is True
    if finished and now_wrong:
        marks[FINISHED] = None
    act = form_writing.write(session, opened, section, marks, drops=finished and not now_wrong)
    return act.changes | Changes(frozenset({"draft"}))


def finish(session: Session, *, opened: Open) -> Changes:
    """Declare all of the form done. Answers to questions that do not apply any more are taken out; they stay in the history. UserError as of
    `save`; form.problems if anything is missing or cannot be right."""
    _writable(session, opened)
    _refuse_problems(session, opened, "")
    marks: dict[str, Value] = {f"{DONE}{node.path}": True for node in opened.form.sections()}
    if not any(spec.kind == "group" and spec.shown for spec in opened.form.definition.root.children):
        marks[f"{DONE}/{opened.form.definition.root.name}"] = True
    act = form_writing.write(session, opened, "", {**marks, FINISHED: True}, drops=True)
    return act.changes | Changes(frozenset({"draft"}))


def _writable(session: Session, opened: Open) -> None:
    session.require(writes=True)
    if opened.kept is None or opened.kept.reads_only:
        raise UserError("form.only_read")
    session.journal(opened.kept.folder)


def _refuse_problems(session: Session, opened: Open, section: str) -> None:
    wrong = [problem for problem in problems(session, opened, section) if problem.severe]
    if wrong:
        raise UserError("form.problems", count=len(wrong))


def _wrong_sections(opened: Open, section: str) -> set[str]:
    """Paths of the sections (below `section`) in which something is wrong; "" stands for what is in none."""
    sections = [node.path for node in opened.form.sections()]
    return {
        next((path for path in sections if one.path.startswith(f"{path}/")), "") for one in opened.form.problems(section)
    }


def _marks(session: Session, opened: Open) -> dict[str, Value]:
    kept = opened.kept
    assert kept is not None
    return registers(session.journal(kept.folder), kept.record) if kept.record is not None else {}


def delete(session: Session, *, submission: RecordId) -> Changes:
    """Take a filled form off the lists; it stays in the history and can be brought back with `history.undo`. A draft of it stays. UserError: role.not_allowed,
    folder.locked, record.missing, form.comes_with_program."""
    session.require(writes=True)
    folder, record = place_of(submission)
    journal = session.journal(folder)
    if journal.kind(record) != "submission" or journal.deleted(record):
        raise UserError("record.missing")
    if journal.values(record).get("form") in shipped.NAMES:
        raise UserError("form.comes_with_program")
    with session.act("form") as act, session.save(act, folder) as writing:
        writing.delete(record)
    return act.changes


# -- lists


@dataclass(frozen=True)
class Filled:
    """A filled form. `form_id` and `digest` name the form; `title` is "" while the form has not come here. `about` is the person's name or case
    number, or "". `done` of `sections` were declared done; `finished`: all of it. `at` and `author` of the last change. `conflicts`: questions
    with two different answers."""

    id: RecordId
    form_id: str
    version: str
    title: str
    about: str
    done: int
    sections: int
    finished: bool
    at: str
    author: str
    conflicts: int
    digest: str
    folder: Folder
    person: RecordId | None


def filled(session: Session, *, form_id: str = "", person: RecordId | None = None) -> list[Filled]:
    """Filled forms of this name, or about this person, or all, the last changed first. Only added forms, and only from folders that this
    volunteer can open. UserError record.missing."""
    code = ""
    if person is not None:
        code = str(session.journal(Folder.RECEPTION).values(person).get("code", ""))
        if not code:
            return []
    library = {one.digest: one for one in form_library.versions_of_all(session)}
    found = [
        row for folder in Folder if session.can_open(folder) for row in _filled_in(session, folder, form_id, code, library)
    ]
    found.sort(key=lambda row: row[0], reverse=True)
    return [one for _, one in found]


_LIST = (
    "SELECT key, form, version, digest, person_code, done, sections, finished, conflicts FROM submission_list "
    "WHERE digest <> '' AND (? = '' OR form = ?) AND (? = '' OR person_code = ?)"
)


def _filled_in(
    session: Session, folder: Folder, form_id: str, code: str, library: Mapping[str, StoredForm]
) -> list[tuple[str, Filled]]:
    journal = session.journal(folder)
    drawn = [row for row in journal.database.execute(_LIST, (form_id, form_id, code, code)).fetchall() if row[1] not in shipped.NAMES]
    last = journal.latest(row[0] for row in drawn)
    people = _people(session, {row[4] for row in drawn if row[4]})
    found = []
    writers = {(author, site): session.writer(author, site) for _, author, site in last.values()}
    for key, form, version, digest, about, done, sections, finished, conflicts in drawn:
        at, author, site = last[key]
        stored, (person, name) = library.get(digest), people.get(about, (None, ""))
        found.append((at.isoformat(), Filled(
            filled_id(folder, journal.record(key)), form, version, stored.title if stored else "", name or (codes.shown(about) if about else ""),
            (sections or done) if finished else min(done, sections or done), sections or done, bool(finished), local(session, at), writers[author, site], conflicts,
            digest, folder, person,
        )))
    return found


def _people(session: Session, wanted: Iterable[str]) -> dict[str, tuple[RecordId, str]]:
    """Case number -> person and name, of those who are registered here."""
    if not session.can_open(Folder.RECEPTION):
        return {}
    journal = session.journal(Folder.RECEPTION)
    rows = journal.database.execute(
        "SELECT code, key, name, name_my, name_roman, call_name FROM person_list WHERE code IN (SELECT value FROM json_each(?)) "
        "ORDER BY key DESC", (json.dumps(sorted(wanted)),)
    ).fetchall()
    return {code: (journal.record(key), next((name for name in names if name), "")) for code, key, *names in rows}
