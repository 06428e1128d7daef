"""Which originals of a person are with us, as far as anybody has said."""

from __future__ import annotations

from desktop.domain import originals
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services.session import Session


def held_fields(session: Session, person: RecordId) -> tuple[str, ...]:
    """The fields that say that an original of this person is with us; also where somebody else, who did not know of it, says that it is not:
    until that is settled nobody may lose sight of it. UserError record.missing."""
    journal = session.journal(Folder.RECEPTION)
    heads = journal.heads(person)
    differing = (
        name for name in journal.differing(person)
        if name in (*originals.NAMED, originals.UNNAMED) and any(head.value == originals.HELD for head in heads[name])
    )
    return tuple(dict.fromkeys((*originals.held(journal.values(person)), *differing)))
