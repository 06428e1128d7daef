"""What happened to a filled form, line by line, in the words of its form."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.journal.history import Change, Line
from desktop.services import form_library
from desktop.services.form_answers import KEPT, form_with, path_of, text_of, told_in
from desktop.services.form_questions import Questions
from desktop.services.form_versions import WAS, versions_before
from desktop.services.projections.submissions import DONE, FINISHED, INSTANCE
from desktop.services.reading import local
from desktop.services.session import Session
from desktop.services.submissions import place_of, registers
from desktop.words.catalogue import translate


@dataclass(frozen=True)
class FormLine:
    """One save of a filled form by one author. `what`: created, changed, deleted, restored, erased, lost, settled, moved. `changes`: (question, before,
    after) in words; a section or an instance with what became of it. `undone`: it was taken back later."""

    at: str
    author: str
    site: str  # "" if ours
    what: str
    changes: tuple[tuple[str, str, str], ...]
    undone: bool


def history(session: Session, *, submission: RecordId, language: str) -> list[FormLine]:
    """The history of a filled form of an added form, the newest line first. UserError: record.missing, folder.locked, form.elsewhere,
    form.unreadable."""
    folder, record = place_of(submission)
    journal = session.journal(folder)
    stands = registers(journal, record)
    definition = form_library.definition_of_digest(session, digest=str(stands.get("digest") or ""))
    form = form_with(definition, told_in(definition, stands), language=language, now=session.now())
    speakers = [Questions(form, language), *(one.words for one in versions_before(session, stands, language))]
    return [_line(session, line, speakers, language) for line in journal.history(record)]


def _line(session: Session, line: Line, speakers: list[Questions], language: str) -> FormLine:
    what = "settled" if line.act == "settle" else line.what
    if any(change.field.startswith(WAS) for change in line.changes):
        what = "moved"
    told = [said for change in line.changes if (said := _change(change, speakers, language))]
    return FormLine(
        local(session, line.at), session.name_of(line.author, line.site), session.site_name(line.site), what, tuple(told), line.undone,
    )


def _change(change: Change, speakers: list[Questions], language: str) -> tuple[str, str, str] | None:
    """One change in words; None for what only the program reads."""
    name = change.field
    if name == FINISHED:
        return translate("The whole form", language), _done(change.before, language), _done(change.after, language)
    if name.startswith(DONE):
        return _speaker(speakers, name[len(DONE):])[0].title(name[len(DONE):]), _done(change.before, language), _done(change.after, language)
    if name.startswith(INSTANCE):
        words, path = _speaker(speakers, name[len(INSTANCE):])
        return words.label(path), _there(change.before, language), _there(change.after, language)
    if name.startswith(("/", "~")):
        words, path = _speaker(speakers, name)
        return words.label(path), words.words(path, text_of(change.before)), words.words(path, text_of(change.after))
    if name.startswith(KEPT):
        words, path = _speaker(speakers, name[len(KEPT):].partition(":")[2])
        return words.label(path), "", words.words(path, text_of(change.after))
    return None


def _speaker(speakers: list[Questions], register: str) -> tuple[Questions, str]:
    """Whoever has words for this question: its form, or an earlier version of it."""
    for words in speakers:
        path = path_of(register, words.definition)
        if words.node(path) is not None:
            return words, path
    return speakers[0], register


def _done(value: Value, language: str) -> str:
    return translate("done", language) if value is True else ""


def _there(value: Value, language: str) -> str:
    return translate("in the form", language) if value is not None else translate("taken out", language)
