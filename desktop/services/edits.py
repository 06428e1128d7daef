"""Half-made changes of a record, kept encrypted while somebody types, so that a lock or a power cut loses no word.

They are nobody's history and never travel. Each volunteer gets only their own back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from desktop.domain.changes import Changes
from desktop.domain.folders import Folder
from desktop.domain.values import Value
from desktop.journal.codec import TEXT_MOST, decode, encode
from desktop.myanmar.text import storable
from desktop.services.session import Session

KIND = "edit"


def keep(session: Session, *, folder: Folder, name: str, values: Mapping[str, Value]) -> Changes:
    """Keep what is typed under this name, in place of what was kept before; no values forget it. Nothing that pages show changes.
    UserError: role.not_allowed, folder.locked."""
    session.require(writes=True)
    drafts = session.journal(folder).drafts
    if values:
        body = {field: encode(_storable(value)).hex() for field, value in values.items()}
        drafts.keep(_id(session, name), KIND, json.dumps(body).encode())
    else:
        drafts.discard(_id(session, name))
    return Changes()


def kept(session: Session, *, folder: Folder) -> dict[str, dict[str, Value]]:
    """Name -> values of everything this volunteer left half changed in a folder. UserError folder.locked."""
    begin = _id(session, "")
    return {
        draft.id[len(begin) :]: {field: decode(bytes.fromhex(value)) for field, value in json.loads(draft.body).items()}
        for draft in session.journal(folder).drafts.list(KIND)
        if draft.id.startswith(begin)
    }


def _storable(value: Value) -> Value:
    """Typed text as far as it can be kept: what is longer is not saved either."""
    return storable(value)[:TEXT_MOST] if isinstance(value, str) else value


def _id(session: Session, name: str) -> str:
    return f"{KIND} {session.author} {name}"
