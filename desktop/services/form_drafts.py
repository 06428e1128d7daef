"""Drafts of added forms, encrypted, in the folder that the form belongs to."""

from __future__ import annotations

import json

from desktop.domain.folders import Folder
from desktop.journal.drafts import Draft
from desktop.services.filling import Open
from desktop.services.session import Session
from desktop.services.submissions import filled_id

DRAFT = "filled"
"""The kind of drafts of added forms."""


def keep(session: Session, opened: Open) -> None:
    """Save the draft in the folder of the form; when it returns the answers survive a power cut."""
    kept = opened.kept
    assert kept is not None
    body = {
        "form": opened.form.form_id, "version": kept.version, "digest": kept.digest, "title": opened.form.definition.title,
        "person": opened.person.text() if opened.person else "",
        "submission": filled_id(kept.folder, kept.record).text() if kept.record else "",
        "code": opened.code, "loaded": opened.loaded, "state": opened.form.state(),
    }
    session.journal(kept.folder).drafts.keep(opened.draft, DRAFT, json.dumps(body, ensure_ascii=False).encode())


def drafts_of(session: Session) -> list[tuple[Folder, Draft]]:
    """Every draft of an added form that this volunteer can open."""
    return [
        (folder, draft) for folder in Folder if session.can_open(folder) for draft in session.journal(folder).drafts.list(DRAFT)
    ]
