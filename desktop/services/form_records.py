"""How a form stands in the journal: the exact bytes of it, for ever.

A form is a record of the kind ``form`` in Reception, so that it travels like everything else. Everything but whether it is in use is read
from the entry that created the record and from nowhere else: what was compiled once can never be replaced, not by a later program and not
by another site. Registers: ``form_id``, ``version``, ``title``, ``digest`` (see `digest_of`), ``folder`` (where its answers belong),
``languages``, ``questions`` (how many), ``shipped`` (true if it came with the program), ``state`` (in_use, retired), ``media`` (names of companion
files), and for each content ``<name>`` (the id of a kept file) or ``<name>:0``, ``<name>:1``, ... (pieces of the content itself:
zstd in base85). Contents are ``compiled``, ``source`` (the workbook as it was given) and ``media.0``, ``media.1``, ... in the order of ``media``.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

import zstandard

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.forms.definition import Definition
from desktop.journal.journal import Journal

KIND = "form"
IN_USE, RETIRED, GONE = "in_use", "retired", "gone"
CONTENT_MOST = 64 << 20
"""Bytes of one content; what claims to be more is not unpacked."""

SMALL = 48 << 10
"""Compressed bytes up to which a content stands in the record itself."""

INSIDE_MOST = 256 << 10
"""The same for all contents of a form together: an entry has 1 MiB."""

_BESIDE = re.compile(r"media\.\d+")
_PIECE = 60_000  # characters
_LEVEL = 12


@dataclass(frozen=True)
class FormFacts:
    """What the entry that created a form's record says, without its contents. `files`: ids of kept files that it cannot be read without."""

    record: RecordId
    form_id: str
    version: str
    title: str
    digest: str
    folder: Folder
    languages: tuple[str, ...]
    questions: int
    shipped: bool
    media: tuple[str, ...]
    files: tuple[str, ...] = ()


def digest_of(compiled: bytes, media: Mapping[str, bytes]) -> str:
    """What names the exact form: the sha256 of its compiled XML in hex; with companion files, of that and of their names and sha256s, since
    the same questions with other lists are another form."""
    own = hashlib.sha256(compiled).hexdigest()
    if not media:
        return own
    parts = [own, *(part for name in sorted(media) for part in (name, hashlib.sha256(media[name]).hexdigest()))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def registers_of(definition: Definition, digest: str, folder: Folder, media: tuple[str, ...], *, shipped: bool) -> dict[str, Value]:
    """The registers of a new form's record, without its contents."""
    asked = sum(1 for spec in definition.specs.values() if spec.kind == "question" and spec.type != "note")
    return {
        "form_id": definition.form_id, "version": definition.version, "title": definition.title[:200], "digest": digest,
        "folder": folder.value, "languages": list(definition.texts)[:100], "questions": asked, "state": IN_USE,
        **({"media": list(media)} if media else {}), **({"shipped": True} if shipped else {}),
    }


def packed(content: bytes) -> bytes:
    """A content as it stands in a record, before it is cut to pieces."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(content)


def pieces(name: str, data: bytes) -> dict[str, Value]:
    """The registers that hold a packed content."""
    text = base64.b85encode(data).decode("ascii")
    return {f"{name}:{at // _PIECE}": text[at : at + _PIECE] for at in range(0, len(text), _PIECE)}


def unpacked(name: str, said: Mapping[str, Value]) -> bytes | None:
    """A content that stands in the record itself; None if it does not. UserError form.unreadable for what nobody packed."""
    texts: list[str] = []
    while isinstance(piece := said.get(f"{name}:{len(texts)}"), str):
        texts.append(piece)
    if not texts:
        return None
    try:
        data = base64.b85decode("".join(texts))
        if zstandard.frame_content_size(data) not in range(CONTENT_MOST + 1):
            raise UserError("form.unreadable")
        return zstandard.ZstdDecompressor().decompress(data, max_output_size=CONTENT_MOST)
    except (ValueError, zstandard.ZstdError):
        raise UserError("form.unreadable") from None


def told(journal: Journal, record: RecordId) -> dict[str, Value]:
    """The registers of the entry that created a form; none if it was erased. UserError record.missing."""
    journal.kind(record)
    created = next((line for line in journal.history(record) if line.what == "created"), None)
    return {change.field: change.after for change in created.changes} if created else {}


def facts(record: RecordId, said: Mapping[str, Value]) -> FormFacts | None:
    """The facts in these registers; None if they cannot be read as a form."""
    texts = {name: value for name, value in said.items() if isinstance(value, str)}
    if not texts.get("form_id") or not texts.get("digest") or texts.get("folder") not in {folder.value for folder in Folder}:
        return None
    questions = said.get("questions")
    return FormFacts(
        record, texts["form_id"], texts.get("version", ""), texts.get("title", ""), texts["digest"], Folder(texts["folder"]),
        _listed(said.get("languages")), questions if isinstance(questions, int) else 0, said.get("shipped") is True,
        _listed(said.get("media")), tuple(text for name, text in texts.items() if name == "compiled" or _BESIDE.fullmatch(name)),
    )


def _listed(value: Value) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else ()
