"""The versions of its form that a filled form was in before it was moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.errors import UserError
from desktop.domain.values import Value
from desktop.services import form_library
from desktop.services.form_answers import form_with, told_in
from desktop.services.form_questions import Questions
from desktop.services.session import Session

WAS = "was:"
"""Prefix of the register that says that a filled form was in another version before: the beginning of its digest follows; the value is the version."""

MARK = 16
"""How many letters of a digest tell versions apart."""


@dataclass(frozen=True)
class Before:
    """A version that a filled form was in before, with the words of its questions. `mark` is the beginning of its digest."""

    mark: str
    version: str
    words: Questions


def versions_before(session: Session, stands: Mapping[str, Value], language: str) -> list[Before]:
    """The versions that the filled form with these registers was in, as far as they are here."""
    found = []
    for one in form_library.versions(session, form_id=str(stands.get("form") or "")):
        if f"{WAS}{one.digest[:MARK]}" in stands:
            try:
                definition = form_library.definition_of_digest(session, digest=one.digest)
            except UserError:
                continue
            form = form_with(definition, told_in(definition, stands), language=language, now=session.now())
            found.append(Before(one.digest[:MARK], one.version, Questions(form, language)))
    return found
