"""Two different answers to one question of a filled form: what was asked, in the form's own words, and settling it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.errors import UserError
from desktop.domain.fields import Field, Kind
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Silence, Value
from desktop.forms import shipped
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm
from desktop.journal.body import DELETED
from desktop.journal.journal import Head, Journal
from desktop.journal.save import Save
from desktop.services import form_library, form_shelf
from desktop.services.form_answers import form_with, path_of, text_of, told_in
from desktop.services.form_questions import Questions
from desktop.services.form_versions import versions_before
from desktop.services.projections.submissions import INSTANCE, asked_about
from desktop.services.reading import local
from desktop.services.session import Session
from desktop.services.submissions import registers
from desktop.services.two_answers import Answer, TwoAnswers
from desktop.words.catalogue import translate
from desktop.words.labels import silence_label

_CHOOSES, _TYPES = ("select_one",), ("text", "integer", "decimal", "date", "time", "datetime", "range")


def of_folder(session: Session, folder: Folder, language: str) -> Iterator[TwoAnswers]:
    """Everything in the filled forms of a folder that waits for a decision. Whether one stays on the lists is told with other records."""
    journal = session.journal(folder)
    by_record: dict[RecordId, list[str]] = {}
    for record, name in journal.conflicts():
        if name != DELETED and asked_about(name) and is_added(journal, record):
            by_record.setdefault(record, []).append(name)
    for record, names in by_record.items():
        stands = registers(journal, record)
        form = _form(session, stands, language)
        for name in names:
            yield _two(session, folder, record, name, stands, form, language)


def is_added(journal: Journal, record: RecordId) -> bool:
    """True for a filled form of a form that was added here. Our own forms say what records say, and are settled with those."""
    return journal.kind(record) == "submission" and journal.values(record).get("form") not in shipped.NAMES


def title_of(session: Session, journal: Journal, record: RecordId) -> str:
    """The name of the person a filled form is about, if it is about one, and the form's title."""
    values = journal.values(record)
    form = form_shelf.title_of(session, str(values.get("digest") or "")) or str(values.get("form", ""))
    code = values.get("person_code")
    if isinstance(code, str) and code and session.can_open(Folder.RECEPTION):
        row = session.journal(Folder.RECEPTION).database.execute(
            "SELECT name, name_my, name_roman, call_name FROM person_list WHERE code = ?", (code,)
        ).fetchone()
        if row and any(row):
            return f"{next(name for name in row if name)} · {form}"
    return form


def _form(session: Session, stands: dict[str, Value], language: str) -> FilledForm | None:
    """The filled form; None while its form is not here."""
    try:
        definition = form_library.definition_of_digest(session, digest=str(stands.get("digest", "")))
    except UserError:
        return None
    return form_with(definition, told_in(definition, stands), language=language, now=session.now())


def _two(
    session: Session, folder: Folder, record: RecordId, name: str, stands: dict[str, Value], form: FilledForm | None, language: str
) -> TwoAnswers:
    journal = session.journal(folder)
    title = title_of(session, journal, record)
    heads = _different(journal.heads(record).get(name, ()))
    if name.startswith(INSTANCE):
        path = _path(name[len(INSTANCE):], form)
        label = Questions(form, language).label(path) if form else path.rpartition("/")[2]
        field = Field(name, Kind.SET)
        said = [translate("It is in the form", language) if head.value is not None else translate("It was taken out", language) for head in heads]
        return TwoAnswers(folder, record, "submission", title, field, _answers(session, heads, said), label)
    path = _path(name, form)
    if form is None:
        said = [_bare(head.value, language) for head in heads]
        return TwoAnswers(folder, record, "submission", title, Field(name, Kind.SET), _answers(session, heads, said), path.rpartition("/")[2])
    words = Questions(form, language)
    if words.node(path) is None:  # an answer to an earlier version
        words = next((one.words for one in versions_before(session, stands, language) if one.words.node(path) is not None), words)
    node = words.node(path)
    kind = node.type if node else ""
    said = [words.words(path, text_of(head.value)) for head in heads]
    return TwoAnswers(
        folder, record, "submission", title, Field(name, Kind.TEXT), _answers(session, heads, said), words.label(path),
        words.choices(path) if kind in _CHOOSES else (), kind in _TYPES,
    )


def _path(register: str, form: FilledForm | None) -> str:
    return path_of(register, form.definition) if form else register


def _bare(value: Value, language: str) -> str:
    return silence_label(value, language) if isinstance(value, Silence) else text_of(value)


def _different(heads: tuple[Head, ...]) -> list[Head]:
    """Each different answer once, by whoever gave it last."""
    found: list[Head] = []
    for head in heads:
        if all(head.value != one.value for one in found):
            found.append(head)
    return found


def _answers(session: Session, heads: list[Head], said: list[str]) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            head.stamp, head.value, session.name_of(head.author, head.site), session.site_name(head.site), local(session, head.at),
            not number, words,
        )
        for number, (head, words) in enumerate(zip(heads, said))
    )


def settle(session: Session, save: Save, folder: Folder, record: RecordId, name: str, value: Value) -> None:
    """Write the right answer. It is one of those that stand, or one that the question can hold. UserError: values.wrong; form.elsewhere and
    form.unreadable for an answer that is new while the form is not here."""
    journal = session.journal(folder)
    standing = [head.value for head in journal.heads(record).get(name, ())]
    if value not in standing:
        stands = registers(journal, record)
        definition = form_library.definition_of_digest(session, digest=str(stands.get("digest", "")))
        if name.startswith(INSTANCE) or not _fits(session, definition, stands, name, value):
            raise UserError("values.wrong", count=1)
    save.settle(record, name, value or None)


def _fits(session: Session, definition: Definition, stands: dict[str, Value], name: str, value: Value) -> bool:
    form = form_with(definition, told_in(definition, stands), language="en", now=session.now())
    path = path_of(name, definition)
    if Questions(form, "en").node(path) is None:
        return False
    if isinstance(value, Silence):
        return form.be_silent(path, value) in ("", "not-relevant", "read-only")
    return value in (None, "") or (isinstance(value, str) and form.set(path, value) in ("", "not-relevant", "read-only"))
