"""What is done with notes, next steps and photos of the person who is looked at, and who may read what is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.carers import Carer
from desktop.domain.changes import Changes
from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import about, caseworkers, notes, photos, steps
from desktop.services.about import Readers, Ref
from desktop.services.session import Session
from ui.shell import Shell

if TYPE_CHECKING:
    from ui.pages.person.state import PersonState

_TAKEN_OFF: Mapping[str, Callable[[Session, Ref], Changes]] = {
    "note": lambda session, ref: notes.remove(session, note=ref),
    "step": lambda session, ref: steps.remove(session, step=ref),
    "photo": lambda session, ref: photos.remove(session, photo=ref),
}


@dataclass(frozen=True)
class Around:
    """Who can read each folder that this volunteer can write in, who can be asked to do something, what the person said to a photo, and, for those
    who may erase them, the photos that were taken off and are kept."""

    readers: Mapping[Folder, Readers] = field(default_factory=dict)
    volunteers: tuple[Carer, ...] = ()
    agreed_photo: str = ""
    photos_off: tuple[Ref, ...] = ()


def around(session: Session, person: RecordId) -> Around:
    """Read it."""
    readers = {folder: about.readers(session, folder) for folder in about.folders(session)}
    off = photos.taken_off(session, about.code_of(session, person)) if session.role.coordinates else ()
    return Around(readers, tuple(caseworkers.choices(session)), photos.agreed(session, person), off)


class RecordsState(QObject):
    """Belongs to the state of the page, which tells the person and reads the page anew after each change. `photo_folder`: where the next photo
    will lie; `step_at`: the line of the step that is chosen; `steps_down`: how far the list of steps is scrolled. All stay when the page is read anew."""

    def __init__(self, shell: Shell, page: PersonState) -> None:
        super().__init__(page)
        self._shell, self._page = shell, page
        self.around = Around()
        self.forget()

    def forget(self) -> None:
        """Somebody else is looked at: new photos lie in Reception again, and the first step is chosen."""
        self.photo_folder, self.step_at, self.steps_down = Folder.RECEPTION, 0, 0

    def scrolled(self, down: int) -> None:
        """The list of steps was scrolled."""
        self.steps_down = down

    def finish(self, step: Ref, *, done: bool) -> None:
        """A step is done, or waits again."""
        self._shell.do(self, lambda session: steps.finish(session, step=step, done=done))

    def take_off(self, kind: str, ref: Ref) -> None:
        """Take a note, a step or a photo off the page."""
        self._shell.do(self, lambda session: _TAKEN_OFF[kind](session, ref))

    def look_after(self, caseworker: Carer | None, *, household: bool) -> None:
        """Let somebody look after the person."""
        person = self._page.person
        if person is not None:
            self._shell.do(
                self, lambda session: caseworkers.assign(session, person=person, caseworker=caseworker, household=household)
            )

    def take_photo(
        self, source: Path | bytes, folder: Folder, kept: Callable[[], None], refused: Callable[[UserError], None]
    ) -> None:
        """Keep a photo from a file or from what was pasted."""
        person = self._page.person
        if person is None:
            return

        def work(session: Session) -> Changes:
            if isinstance(source, Path):
                return photos.add_from(session, person=person, path=source, folder=folder)[1]
            return photos.add(session, person=person, content=source, folder=folder)[1]

        self._shell.do(self, work, lambda _none: kept(), refused)

    def put_beside_name(self, photo: Ref) -> None:
        """Show this one beside the name."""
        self._shell.do(self, lambda session: photos.put_beside_name(session, photo=photo))

    def erase_photos(self, erased: Sequence[Ref]) -> None:
        """Forget them for good, at every site."""

        def work(session: Session) -> Changes:
            changes = Changes()
            for one in erased:
                changes = changes | photos.erase(session, photo=one)
            return changes

        self._shell.do(self, work)

    def picture(self, owner: QObject, file: str, side: int, then: Callable[[bytes], None]) -> None:
        """A small picture of a photo; b"" if it cannot be shown."""
        self._shell.read(owner, lambda session: photos.small(session, file=file, side=side), then)
