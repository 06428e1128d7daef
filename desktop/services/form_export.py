"""Write filled forms to plain files, for partners who work with tables or with the servers of ODK and Kobo.

What leaves here is locked no more. Callers ask the person first; only those who may add forms may do it, it is written into the audit of this
laptop, and nothing is written anywhere but where the person said. The shapes are told in ``docs/EXPORT.md``.
"""

from __future__ import annotations

import hashlib
import mimetypes
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop.domain import codes
from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder, Role
from desktop.forms import shipped
from desktop.forms.definition import Definition
from desktop.forms.exporting.given import Instance, given
from desktop.forms.exporting.package import FormFiles, Package
from desktop.forms.exporting.submission import Mould, instance_of
from desktop.forms.exporting.tables import Filled as Row
from desktop.forms.exporting.tables import Labels, Table, rows_of, tables_of
from desktop.forms.exporting.writing import CommaFile, Workbook
from desktop.forms.filled import FilledForm
from desktop.services import any_form, files, form_library
from desktop.services.any_form import Filled
from desktop.services.form_library import StoredForm
from desktop.services.progress import Progress, silent
from desktop.services.session import Session
from desktop.vault.outgoing import Outgoing

What = Literal["csv", "xlsx", "xml", "package"]
ENDINGS: dict[str, str] = {"csv": ".csv", "xlsx": ".xlsx", "xml": ".zip", "package": ".zip"}
"""How the name of a file of each kind ends."""
_SPACE = uuid.UUID("6f1d6a52-0f57-5f0e-9a3e-7d1c0b9c5f21")  # the ids of submissions that have none of their own


@dataclass(frozen=True)
class Exported:
    """`files` were written, with `rows` filled forms in them. `missing`: photos and files that have not come here yet or are damaged;
    `skipped`: filled forms whose form is not here."""

    files: tuple[Path, ...]
    rows: int
    missing: int = 0
    skipped: int = 0


def export(
    session: Session, *, form_id: str, what: What, to: Path, labels: bool = False, language: str = "", progress: Progress = silent,
) -> Exported:
    """Write every filled form of this name that this volunteer can open, of all its versions. `to` is the file; the tables of repeats
    of a ``csv`` stand beside it under its name and theirs. `labels`: answers and heads in words of `language` (the form's own name or
    code of it) instead of stored names. When it returns the files are whole; when it is cancelled or fails there are none.

    UserError: role.not_allowed, export.own_form, export.nothing. KnownFault: disk.full, disk.readonly, disk.failed, paper.no_place.
    """
    if session.role not in (Role.COORDINATOR, Role.CASEWORKER):
        raise UserError("role.not_allowed")
    if form_id in shipped.NAMES:
        raise UserError("export.own_form")
    job = _Job(session, form_id, language, progress)
    if not job.filled:
        raise UserError("export.nothing")
    with Outgoing() as outgoing:
        if what == "csv":
            job.comma_files(outgoing, to, labels)
        elif what == "xlsx":
            job.workbook(outgoing, to, labels)
        else:
            job.package(outgoing, to, whole=what == "package")
        written = outgoing.finish()
    session.vault.audit("exported", form=form_id, what=what, count=job.rows)
    return Exported(tuple(written), job.rows, job.missing, job.skipped)


class _Job:
    """One export: the filled forms and the versions they were filled with."""

    def __init__(self, session: Session, form_id: str, language: str, progress: Progress) -> None:
        self._session, self._language, self._progress = session, language, progress
        self._form_id = form_id
        self.filled: list[Filled] = sorted(any_form.filled(session, form_id=form_id), key=lambda one: (one.at, one.id))
        self._stored: list[tuple[StoredForm, Definition]] = []
        self.rows = self.missing = self.skipped = 0
        used = {one.digest for one in self.filled}
        for stored in form_library.versions(session, form_id=form_id):
            if stored.digest in used or not self._stored:
                try:
                    self._stored.append((stored, form_library.definition(session, form=stored.id)))
                except UserError:
                    continue  # its filled forms are counted as skipped

    # ---- tables -----------------------------------------------------------------------------------------------------

    def _tables(self, labels: bool) -> list[Table]:
        definitions = [definition for _, definition in self._stored]
        return tables_of(definitions, [one.language(self._language) for one in definitions], labels=labels)

    def comma_files(self, outgoing: Outgoing, to: Path, labels: bool) -> None:
        tables = self._tables(labels)
        with ExitStack() as closing:
            made = []
            for table in tables:
                path = to if not table.path else to.with_name(f"{to.stem}-{table.name}{to.suffix or '.csv'}")
                made.append(CommaFile(outgoing.open(path), table))
                closing.callback(made[-1].close)
            for place, cells in self._cells(tables, labels):
                made[place].add(cells)

    def workbook(self, outgoing: Outgoing, to: Path, labels: bool) -> None:
        tables = self._tables(labels)
        with Workbook(outgoing.open(to), tables, self._form_id) as made:
            for place, cells in self._cells(tables, labels):
                made.add(place, cells)

    def _cells(self, tables: Sequence[Table], labels: bool) -> Iterator[tuple[int, list[str]]]:
        words = {stored.digest: Labels(made, made.language(self._language)) for stored, made in self._stored} if labels else {}
        for one, form in self._opened():
            answers = given(form)
            self._name_files(form.definition, answers)
            row = Row(self._instance_id(one, form), one.version, self._code(one), one.finished, one.at, answers, words.get(one.digest))
            yield from rows_of(row, tables)

    def _code(self, one: Filled) -> str:
        """The case number it is about, also of somebody who is not registered here."""
        if one.person is None or not self._session.can_open(Folder.RECEPTION):
            return codes.parse(one.about) or ""
        return str(self._session.journal(Folder.RECEPTION).values(one.person).get("code", ""))

    def _name_files(self, definition: Definition, answers: Instance) -> None:
        root = definition.root.path
        for path, text in answers.texts.items():
            if definition.specs[root + path].type == "file":
                answers.texts[path] = self._file_name(text)
        for instances in answers.repeats.values():
            for instance in instances:
                self._name_files(definition, instance)

    # ---- submissions ------------------------------------------------------------------------------------------------

    def package(self, outgoing: Outgoing, to: Path, *, whole: bool) -> None:
        moulds: dict[str, Mould] = {}
        versions: list[FormFiles] = []
        for stored, _ in self._stored:
            compiled = form_library.compiled(self._session, form=stored.id)
            moulds[stored.digest] = Mould(compiled)
            source = form_library.source(self._session, form=stored.id)
            versions.append(FormFiles(stored.version, compiled, source, form_library.media(self._session, form=stored.id)))
        with Package(outgoing.open(to), self._form_id, versions if whole else ()) as made:
            for one, form in self._opened():
                contents = self._contents(form)
                names = {text: name for text, (name, _) in contents.items()}
                instance_id = self._instance_id(one, form)
                xml = moulds[one.digest].submission(form.root, instance_id=instance_id, files=names)
                made.add(instance_id, xml, {name: content for name, content in contents.values() if content is not None})

    def _contents(self, form: FilledForm) -> dict[str, tuple[str, bytes | None]]:
        """Stored answer of each file question that applies -> name and content; None for a content that is not here."""
        found: dict[str, tuple[str, bytes | None]] = {}
        for node in form.answers():
            if node.type == "file" and node.value and node.value not in found:
                try:
                    content = files.read(self._session, file=node.value)
                except UserError:
                    content = None
                    self.missing += 1
                found[node.value] = self._file_name(node.value), content
        return found

    # ---- both -------------------------------------------------------------------------------------------------------

    def _opened(self) -> Iterator[tuple[Filled, FilledForm]]:
        """Every filled form as it stands, in the exact form it was filled with."""
        here = {stored.digest for stored, _ in self._stored}
        for done, one in enumerate(self.filled):
            self._progress(done, len(self.filled))
            if one.digest not in here:
                self.skipped += 1
                continue
            self.rows += 1
            yield one, any_form.as_saved(self._session, submission=one.id, language=self._language or "en").form
        self._progress(len(self.filled), len(self.filled))

    def _instance_id(self, one: Filled, form: FilledForm) -> str:
        """The form's own instanceID, else one that is the same in every export."""
        return instance_of(form.root) or f"uuid:{uuid.uuid5(_SPACE, one.id.text())}"

    def _file_name(self, stored: str) -> str:
        """The name a kept file leaves under: nothing of ids and keys, the same each time."""
        try:
            about = files.about(self._session, file=stored)
        except (UserError, KnownFault):
            return stored if len(stored) < 60 else hashlib.sha256(stored.encode()).hexdigest()[:16]
        return f"{hashlib.sha256(stored.encode()).hexdigest()[:16]}{mimetypes.guess_extension(about.media_type) or '.bin'}"
