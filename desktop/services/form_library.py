"""The forms that this place has: those that came with the program and those that somebody added. The exact compiled form is kept for ever.

A form is named by its digest (see `form_records.digest_of`): added twice, here or at another site, it is one form. Two different forms that call
themselves by the same name and version are two, and each says so. Added forms never write to records: what they ask is kept in the filled
form alone (docs/decisions/0007).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.forms import shipped
from desktop.forms.definition import Definition
from desktop.forms.loading import load
from desktop.journal.clock import when
from desktop.journal.journal import Journal
from desktop.services import form_records as records
from desktop.services.form_records import GONE, IN_USE, KIND, RETIRED, FormFacts, digest_of
from desktop.services.form_shelf import (
    content,
    definition_of_digest,
    digest_named,
    exact,
    facts_of,
    form_rows,
    holds,
    is_here,
    kept_contents,
    of_program,
    unused_id,
)
from desktop.services.reading import local
from desktop.services.session import Session

__all__ = [
    "StoredForm", "add", "compiled", "definition", "definition_of_digest", "find", "forms", "media", "retire", "source",
    "stored_form", "use_again", "versions", "versions_of_all",
]

_MAY_ADD = (Role.COORDINATOR, Role.CASEWORKER)
_MOST_PROTECTED = (Folder.HEALTH, Folder.CONTACTS, Folder.RECEPTION)
_NO_MEDIA: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True)
class StoredForm:
    """One exact form. `added` is the local moment, `added_by` the writer; both are empty for a form that came with this version of the
    program (`shipped`). `folder` is where its answers stand. `filled` counts filled forms that this volunteer can open. `here` is False while the
    form's contents have not come on a stick yet. `twins`: how many other, different forms say they are the same version of the same form;
    then `mark` tells them apart."""

    id: RecordId
    form_id: str
    version: str
    title: str
    languages: tuple[str, ...]
    added: str
    added_by: str
    state: str
    folder: Folder
    questions: int
    filled: int
    shipped: bool
    digest: str
    here: bool
    twins: int = 0

    @property
    def mark(self) -> str:
        """Six letters and digits that differ between different forms."""
        return self.digest[:6]


# -- adding


def add(
    session: Session, *, compiled: bytes, source: bytes = b"", media: Mapping[str, bytes] = _NO_MEDIA, folder: Folder = Folder.RECEPTION
) -> tuple[StoredForm, Changes]:
    """Keep this compiled form, with the workbook it was made from and its companion files by name. A form that is kept already is given
    back as it is, in use again if it was retired. UserError: role.not_allowed (only coordinators and caseworkers add forms), form.reserved,
    form.too_large, and those of `desktop.forms.loading.load`. KnownFault of the disk."""
    if session.role not in _MAY_ADD:
        raise UserError("role.not_allowed")
    made = load(compiled, media)
    if made.form_id in shipped.NAMES:
        raise UserError("form.reserved", form=made.form_id)
    digest = digest_of(compiled, media)
    stored = find(session, digest=digest)
    if stored is not None:
        return replace(stored, state=IN_USE), Changes() if stored.state == IN_USE else use_again(session, form=stored.id)
    names = tuple(sorted(media))
    contents = {"compiled": compiled, **({"source": source} if source else {})}
    contents.update({f"media.{at}": media[name] for at, name in enumerate(names)})
    with session.act("form") as act, session.save(act, Folder.RECEPTION) as save:
        registers = records.registers_of(made, digest, folder, names, shipped=False)
        record = save.create(KIND, {**registers, **kept_contents(session, save, contents)})
    return stored_form(session, form=record), act.changes


# -- in use or not


def retire(session: Session, *, form: RecordId) -> Changes:
    """Offer this form no more. What was filled with it stays and opens as before. UserError: role.not_allowed, form.comes_with_program,
    record.missing."""
    return _put(session, form, RETIRED)


def use_again(session: Session, *, form: RecordId) -> Changes:
    """Offer a retired form again. UserError as of `retire`."""
    return _put(session, form, IN_USE)


def _put(session: Session, form: RecordId, state: str) -> Changes:
    if session.role not in _MAY_ADD:
        raise UserError("role.not_allowed")
    stored = stored_form(session, form=form)
    if stored.shipped:
        raise UserError("form.comes_with_program")
    if stored.state == state:
        return Changes()
    with session.act("form") as act, session.save(act, Folder.RECEPTION) as save:
        for record, stands in form_rows(session, stored.digest):
            if stands == GONE and state == IN_USE:
                save.restore(record)
            save.settle(record, "state", state)
    return act.changes


# -- lists


def forms(session: Session, *, retired: bool = False) -> list[StoredForm]:
    """The newest version of each form, the last added first, then those that came with the program. `retired`: also what is not in use;
    a form of which the newest version is retired shows the newest that is in use."""
    found: dict[str, StoredForm] = {}
    for one in _every(session):
        if one.form_id not in found and (retired or one.state == IN_USE):
            found[one.form_id] = one
    return list(found.values())


def versions(session: Session, *, form_id: str) -> list[StoredForm]:
    """Every version of a form, retired ones too, the last added first."""
    return [one for one in _every(session) if one.form_id == form_id]


def versions_of_all(session: Session) -> list[StoredForm]:
    """Every version of every form, retired ones and our own too."""
    return _every(session)


def stored_form(session: Session, *, form: RecordId) -> StoredForm:
    """One form. UserError record.missing."""
    found = find(session, digest=digest_named(session, form))
    if found is None:
        raise UserError("record.missing")
    return found


def find(session: Session, *, digest: str) -> StoredForm | None:
    """The form with this digest; None if it is not here."""
    return next((one for one in _every(session) if one.digest == digest), None)


def _every(session: Session) -> list[StoredForm]:
    """Every form once, the last added first, then the program's own of now."""
    groups: dict[str, list[tuple[FormFacts, str]]] = {}
    for record, state in form_rows(session):
        found = facts_of(session, record)
        if found is not None:
            groups.setdefault(found.digest, []).append((found, state))
    counted = _filled(session)
    journal = session.journal(Folder.RECEPTION)
    order = sorted(groups.values(), key=lambda group: max(_moment(journal, found.record) for found, _ in group), reverse=True)
    made = [_stored(session, group, counted) for group in order]
    gone = {digest for digest, group in groups.items() if all(state == GONE for _, state in group)}
    made = [one for one in made if one.filled or one.digest not in gone]
    now = [_as_shipped(name, counted) for name in shipped.NAMES]
    kept = {one.digest: one for one in made}
    made = [*(one for one in made if not one.shipped), *(kept.pop(one.digest, one) for one in now), *(one for one in kept.values() if one.shipped)]
    called = [(one.form_id, one.version) for one in made]
    return [replace(one, twins=called.count((one.form_id, one.version)) - 1) for one in made]


def _moment(journal: Journal, record: RecordId) -> tuple[int, str]:
    """When a record was made, and its id where two were made at once."""
    key = journal.key(record)
    entry = journal.log.entry(key) if key is not None else None
    return entry.at if entry else 0, record.text()


def _stored(session: Session, group: list[tuple[FormFacts, str]], counted: Mapping[tuple[str, str, str], int]) -> StoredForm:
    """One form from its records: added at two sites with two folders, it belongs to the better protected."""
    journal = session.journal(Folder.RECEPTION)
    first = min((found for found, _ in group), key=lambda found: (_MOST_PROTECTED.index(found.folder), found.record.text()))
    key = journal.key(first.record)
    entry = journal.log.entry(key) if key is not None else None
    device = journal.devices.by_public.get(first.record.device)
    return StoredForm(
        first.record, first.form_id, first.version, first.title or first.form_id, first.languages,
        local(session, when(entry.at)) if entry else "", session.writer(entry.author, device.site) if entry and device else "",
        IN_USE if any(state == IN_USE for _, state in group) else RETIRED, first.folder, first.questions,
        _count(counted, first.form_id, first.version, first.digest, first.shipped), first.shipped, first.digest, any(is_here(session, found) for found, _ in group),
    )


def _as_shipped(name: str, counted: Mapping[tuple[str, str, str], int]) -> StoredForm:
    _, made, digest = of_program(name)
    said = records.registers_of(made, digest, Folder.RECEPTION, (), shipped=True)
    questions = said["questions"]
    return StoredForm(
        unused_id(name), made.form_id, made.version, made.title, tuple(made.texts), "", "", IN_USE, Folder.RECEPTION,
        questions if isinstance(questions, int) else 0, _count(counted, made.form_id, made.version, digest, True), True, digest, True,
    )


def _filled(session: Session) -> dict[tuple[str, str, str], int]:
    """(form_id, version, digest) -> filled forms in the folders this volunteer can open."""
    counted: dict[tuple[str, str, str], int] = {}
    for folder in Folder:
        if session.can_open(folder):
            rows = session.journal(folder).database.execute(
                "SELECT form, version, digest, count(*) FROM submission_list GROUP BY form, version, digest"
            )
            for form, version, digest, number in rows.fetchall():
                if folder is Folder.RECEPTION or form not in shipped.NAMES:  # what our forms ask for Health stands in a second record there
                    counted[form, version, digest] = counted.get((form, version, digest), 0) + number
    return counted


def _count(counted: Mapping[tuple[str, str, str], int], form_id: str, version: str, digest: str, ours: bool) -> int:
    """Filled forms of one exact form. Those of our own forms from before digests were written down go by their version."""
    return sum(
        number for (form, said, exact), number in counted.items()
        if exact == digest or (ours and not exact and (form, said) == (form_id, version))
    )


# -- contents


def definition(session: Session, *, form: RecordId) -> Definition:
    """The form, read once in each process. UserError: record.missing, form.elsewhere, form.unreadable."""
    return definition_of_digest(session, digest=digest_named(session, form))


def compiled(session: Session, *, form: RecordId) -> bytes:
    """The compiled XML, byte by byte as it was added. UserError as of `definition`."""
    return exact(session, digest_named(session, form))[0]


def media(session: Session, *, form: RecordId) -> Mapping[str, bytes]:
    """The companion files by name. UserError as of `definition`."""
    return exact(session, digest_named(session, form))[1]


def source(session: Session, *, form: RecordId) -> bytes:
    """The workbook the form was made from, as it was given; b"" if there was none. UserError: record.missing, form.elsewhere."""
    for name in shipped.NAMES:
        if digest_named(session, form) == of_program(name)[2]:
            return shipped.workbook(name).read_bytes()
    journal = session.journal(Folder.RECEPTION)
    told = [records.told(journal, record) for record, _ in form_rows(session, digest_named(session, form))]
    return next((content(session, "source", said) for said in told if holds("source", said)), b"")


