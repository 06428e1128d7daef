"""The folders by their names, and who reads what is written there."""

from __future__ import annotations

from desktop.domain.folders import Folder
from desktop.services.about import Readers
from ui import words
from ui.words import mark, tr

NAMES = {Folder.RECEPTION: mark("Reception"), Folder.CONTACTS: mark("Contacts"), Folder.HEALTH: mark("Health")}
_NAMED = 6  # more volunteers than these are told by their number


def folder_name(folder: Folder) -> str:
    """In the language of the window."""
    return tr(NAMES[folder])


def readers_line(readers: Readers) -> str:
    """Everybody who will be able to read it, in one line."""
    between = "၊ " if words.language() == "my" else ", "
    named = between.join(readers.people[:_NAMED])
    if len(readers.people) > _NAMED:
        named = tr("{names} and {n} more", names=named, n=len(readers.people) - _NAMED)
    if readers.sites:
        return tr("Read by {names}, and at {sites} by those who can open the same folder there.", names=named, sites=between.join(readers.sites))
    return tr("Read by {names}. No other site gets it.", names=named)
