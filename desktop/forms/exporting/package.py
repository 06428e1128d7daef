"""Submissions with their files, and the form they belong to, as one zip in the layout of ODK Briefcase's storage folder."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO

_WHEN = (1980, 1, 1, 0, 0, 0)  # the day of an export is nobody's business
_OWNER_ONLY = 0o600 << 16
_NOT_IN_A_NAME = re.compile(r"[^\w.\- ]+")
_ENDINGS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}


@dataclass(frozen=True)
class FormFiles:
    """One version of a form: the compiled XML, the workbook it was made from (b"" if there was none) and its companion files by name."""

    version: str
    compiled: bytes
    source: bytes
    media: Mapping[str, bytes]


class Package:
    """Writes the zip as submissions come."""

    def __init__(self, stream: BinaryIO, name: str, forms: Sequence[FormFiles]) -> None:
        """`name` is the form's id. `forms`: its versions, the newest first; none for submissions alone."""
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        bare = safe_name(name) or "form"
        self._folder = f"ODK Briefcase Storage/forms/{bare}"
        self._used: set[str] = set()
        for place, form in enumerate(forms):
            self._add_form(bare, form, newest=place == 0)

    def _add_form(self, name: str, form: FormFiles, *, newest: bool) -> None:
        version = safe_name(form.version) or "1"
        if newest:
            self._put(f"{self._folder}/{name}.xml", form.compiled)
        self._put(f"form/{version}/{name}.xml", form.compiled)
        if form.source:
            ending = _ENDINGS.get(form.source[:4], "md" if form.source.lstrip().startswith(b"|") else "csv")
            self._put(f"form/{version}/{name}.{ending}", form.source)
        for file, content in form.media.items():
            if newest:
                self._put(f"{self._folder}/{name}-media/{safe_name(file)}", content)
            self._put(f"form/{version}/media/{safe_name(file)}", content)

    def add(self, instance_id: str, xml: bytes, files: Mapping[str, bytes]) -> None:
        """One submission (``uuid:…``) with its files by name."""
        folder = f"{self._folder}/instances/{safe_name(instance_id.replace(':', ''))}"
        self._put(f"{folder}/submission.xml", xml)
        for name, content in files.items():
            self._put(f"{folder}/{safe_name(name)}", content)

    def _put(self, name: str, content: bytes) -> None:
        unique, number = name, 2
        while unique in self._used:
            stem, dot, ending = name.rpartition(".")
            unique = f"{stem}-{number}{dot}{ending}"
            number += 1
        self._used.add(unique)
        about = zipfile.ZipInfo(unique, _WHEN)
        about.compress_type = zipfile.ZIP_DEFLATED
        about.external_attr = _OWNER_ONLY
        self._zip.writestr(about, content)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Finish the file; one that failed is only let go of. The stream stays open."""
        with suppress(*((OSError, ValueError) if error else ())):
            self._zip.close()


def safe_name(name: str) -> str:
    """A name as it may stand in a zip on any system: no way out of its folder."""
    return _NOT_IN_A_NAME.sub("_", name).strip(" .")[:80]
