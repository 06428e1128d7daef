"""The shelf of forms: which records hold which exact form, and reading it whole.

Small contents stand in a form's record itself, so that they never wait for a file; larger ones are kept files of Reception.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import cache
from weakref import WeakKeyDictionary

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId, Stamp
from desktop.domain.values import Value
from desktop.forms import shipped
from desktop.forms.definition import Definition
from desktop.forms.loading import load
from desktop.journal.save import Save
from desktop.services import files
from desktop.services import form_records as records
from desktop.services.form_records import GONE, KIND, FormFacts, digest_of
from desktop.services.session import Session

_LOADED: OrderedDict[str, Definition] = OrderedDict()
_LOADED_MOST = 12
_DIGESTS: WeakKeyDictionary[Definition, str] = WeakKeyDictionary()
_FACTS: dict[RecordId, FormFacts] = {}  # what an entry says never changes
_OF_FILES = ("file.missing", "file.elsewhere")
_OURS = f"{Folder.RECEPTION.value}-"


@cache
def of_program(name: str) -> tuple[bytes, Definition, str]:
    """A form that came with this version of the program: compiled XML, the form, its digest."""
    compiled = shipped.compiled(name).read_bytes()
    return compiled, shipped.definition(name), digest_of(compiled, {})


def digest_named(session: Session, form: RecordId) -> str:
    """The digest that a form's id stands for: of a record, or of a form of the program that was never used here. UserError record.missing."""
    for name in shipped.NAMES:
        if form == unused_id(name):
            return of_program(name)[2]
    found = facts_of(session, form)
    if found is None:
        raise UserError("record.missing")
    return found.digest


def unused_id(name: str) -> RecordId:
    """The id of a form of the program that has no record yet: no device has a digest for its key."""
    return Stamp(bytes.fromhex(of_program(name)[2]), 1)


def facts_of(session: Session, form: RecordId) -> FormFacts | None:
    """What stands in the entry that created this form; None if it is no form. UserError record.missing."""
    journal = session.journal(Folder.RECEPTION)
    if form not in _FACTS:
        found = records.facts(form, records.told(journal, form)) if journal.kind(form) == KIND else None
        if found is None:
            return None
        _FACTS[form] = found
    return _FACTS[form]


def title_of(session: Session, digest: str) -> str:
    """The title of a form that is kept; "" if it is not."""
    found = (facts_of(session, record) for record, _ in form_rows(session, digest)) if digest else ()
    return next((one.title or one.form_id for one in found if one is not None), "")


def form_rows(session: Session, digest: str = "") -> list[tuple[RecordId, str]]:
    """(record, state) of all form records, or of those of one exact form, in an order that is the same at every site. The state is `GONE` where
    adding the form was taken back: somebody may have filled it in before that came to them."""
    journal = session.journal(Folder.RECEPTION)
    sql = "SELECT key, CASE WHEN hidden THEN ? ELSE state END FROM form_list WHERE ? IN ('', digest) ORDER BY record"
    return [(journal.record(key), state) for key, state in journal.database.execute(sql, (GONE, digest)).fetchall()]


def definition_of_digest(session: Session, *, digest: str) -> Definition:
    """The form with this digest. UserError: form.elsewhere (it has not come yet), form.unreadable."""
    for name in shipped.NAMES:
        if of_program(name)[2] == digest:
            return of_program(name)[1]
    if digest not in _LOADED:
        compiled, companions = exact(session, digest)
        try:
            _LOADED[digest] = load(compiled, companions)
        except UserError as error:
            raise UserError("form.unreadable") from error
        _DIGESTS[_LOADED[digest]] = digest
        while len(_LOADED) > _LOADED_MOST:
            _LOADED.popitem(last=False)
    _LOADED.move_to_end(digest)
    return _LOADED[digest]


def exact(session: Session, digest: str) -> tuple[bytes, dict[str, bytes]]:
    """Compiled XML and companion files of the form with this digest, from whichever of its records holds them whole."""
    for name in shipped.NAMES:
        if of_program(name)[2] == digest:
            return of_program(name)[0], {}
    trouble = UserError("form.elsewhere")
    for record, _ in form_rows(session, digest):
        said = records.told(session.journal(Folder.RECEPTION), record)
        found = facts_of(session, record)
        try:
            main = content(session, "compiled", said)
            beside = {name: content(session, f"media.{at}", said) for at, name in enumerate(found.media if found else ())}
        except UserError as error:
            trouble = error
            continue
        if digest_of(main, beside) == digest:
            return main, beside
        trouble = UserError("form.unreadable")
    raise trouble


def holds(name: str, said: Mapping[str, Value]) -> bool:
    """True if a form's record has this content."""
    return name in said or f"{name}:0" in said


def content(session: Session, name: str, said: Mapping[str, Value]) -> bytes:
    """One content of a form. UserError: form.elsewhere, form.unreadable; KnownFault of the disk."""
    inside = records.unpacked(name, said)
    file = said.get(name)
    if inside is not None:
        return inside
    if not isinstance(file, str) or not file.startswith(_OURS):  # files of other folders are nobody's form
        raise UserError("form.unreadable")
    try:
        return files.read(session, file=file)
    except UserError as error:
        if not error.code.startswith("file."):
            raise
        raise UserError("form.elsewhere" if error.code in _OF_FILES else "form.unreadable") from error


def is_here(session: Session, found: FormFacts) -> bool:
    """False while kept files of a form have not come yet."""
    try:
        return all(file.startswith(_OURS) and files.about(session, file=file).here for file in found.files)
    except UserError:
        return False


def kept_contents(session: Session, save: Save, contents: Mapping[str, bytes]) -> dict[str, Value]:
    """The registers that hold these contents; what is large becomes a kept file. UserError form.too_large; KnownFault of the disk."""
    found: dict[str, Value] = {}
    inside = 0
    for name, one in contents.items():
        if len(one) > records.CONTENT_MOST:
            raise UserError("form.too_large")
        data = records.packed(one)
        if len(data) <= records.SMALL and inside + len(data) <= records.INSIDE_MOST:
            inside += len(data)
            found.update(records.pieces(name, data))
        else:
            found[name] = files.write_in(session, save, Folder.RECEPTION, one, files.PLAIN_TYPE)
    return found


def keep_shipped(session: Session, name: str) -> str:
    """Keep a form that came with the program, unless it is kept already: a later version of the program brings another one, and what was
    filled in with this one must still open. Returns its digest. It is no act of the volunteer's, and is not taken back with one."""
    compiled, made, digest = of_program(name)
    if not form_rows(session, digest):
        with session.journal(Folder.RECEPTION).save("form") as save:
            registers = records.registers_of(made, digest, Folder.RECEPTION, (), shipped=True)
            save.create(KIND, {**registers, **kept_contents(session, save, {"compiled": compiled})})
    return digest


def digest_of_definition(definition: Definition) -> str:
    """The digest of a form that was read from here; "" for another one."""
    ours = (of_program(name)[2] for name in shipped.NAMES if of_program(name)[1] is definition)
    return _DIGESTS.get(definition) or next(ours, "")
