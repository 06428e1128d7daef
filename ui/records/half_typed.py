"""What is typed into forms of records and not saved yet: it survives a change of language, another page, a lock and a power cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.values import Value
from desktop.services import edits
from desktop.services.session import Session
from ui.shell import Shell

_KEEP_AFTER = 600  # milliseconds without a key
Values = dict[str, Value]
Place = tuple[Folder, str]  # in which folder, under which name


class HalfTyped(QObject):
    """Values by place. Signal: `fetched` when what was kept before has been read."""

    fetched = Signal()

    def __init__(self, shell: Shell, folders: Sequence[Folder]) -> None:
        super().__init__(shell)
        self._shell = shell
        self._folders = [folder for folder in folders if folder in shell.who.folders]
        self._values: dict[Place, Values] = {}
        self._waiting: set[Place] = set()
        self._kept: set[Place] = set()
        self._begun = False
        self.ready = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER)
        self._timer.timeout.connect(self.flush)

    def fetch(self) -> None:
        """Read what was kept before, once; `fetched` comes when it is here."""
        if self._begun:
            return
        self._begun = True
        folders = list(self._folders)

        def work(session: Session) -> dict[Place, Values]:
            return {(folder, name): values for folder in folders for name, values in edits.kept(session, folder=folder).items()}

        self._shell.read(self, work, self._arrived, self._refused)

    def at(self, place: Place) -> Values:
        """What is typed at a place. A form writes into it and calls `touch`."""
        return self._values.setdefault(place, {})

    def names(self, folder: Folder, begin: str) -> list[str]:
        """Names that begin like this and have something typed."""
        return [name for where, name in self._values if where is folder and name.startswith(begin) and self._values[where, name]]

    def look(self, place: Place, shown: Mapping[str, Value]) -> None:
        """A form for this place begins with these values (None: an empty field). What was seen of a field before somebody typed in it stays
        what was seen of it until that is saved or thrown away."""
        seen, typed = self.at(_seen(place)), self.at(place)
        seen.update({name: value for name, value in shown.items() if name not in typed or name not in seen})

    def seen(self, place: Place) -> Values:
        """What was seen of each field by whoever typed at a place."""
        return dict(self.at(_seen(place)))

    def touch(self, place: Place) -> None:
        """Something was typed there: keep it soon, with what was seen."""
        self._waiting |= {place, *([_seen(place)] if self._values.get(_seen(place)) else ())}
        self._timer.start()

    def flush(self) -> None:
        """Keep it now: the page is left, or the window locks."""
        self._timer.stop()
        for place in self._waiting:
            self._keep(place, dict(self._values.get(place, {})))
        self._waiting.clear()

    def drop(self, place: Place) -> None:
        """It was saved or thrown away."""
        for one in (place, _seen(place)):
            self._values.pop(one, None)
            self._waiting.discard(one)
            if one in self._kept:
                self._keep(one, {})

    def _keep(self, place: Place, values: Values) -> None:
        (self._kept.add if values else self._kept.discard)(place)
        folder, name = place
        self._shell.do(self, lambda session: edits.keep(session, folder=folder, name=name, values=values), None, self._refused)

    def _arrived(self, found: dict[Place, Values]) -> None:
        for place, values in found.items():
            self._kept.add(place)
            self._values.setdefault(place, values)
        self.ready = True
        self.fetched.emit()

    def _refused(self, error: UserError) -> None:
        """A role that only reads has nothing half typed, and a folder may just have been taken from this volunteer."""
        self.ready = True


def _seen(place: Place) -> Place:
    folder, name = place
    return folder, f"seen {name}"
