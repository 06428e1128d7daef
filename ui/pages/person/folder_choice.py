"""In which folder something is written, and who will be able to read it: told before it is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.folders import Folder
from desktop.services.about import Readers
from ui.folder_names import folder_name, readers_line
from ui.widgets.choices import Choices
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, col
from ui.words import tr


class FolderChoice(QWidget):
    """Signal: `picked(Folder)`. `fixed`: it lies there already, and only who reads it is told."""

    picked = Signal(object)

    def __init__(self, readers: Mapping[Folder, Readers], folder: Folder, *, name: str, fixed: bool = False, title: str = "") -> None:
        super().__init__()
        self._readers, self._folder = readers, folder
        self._line = Note("eye", "", "second", "body", name=f"{name}_readers")
        heading = Words(title or tr("Who may read it?"), "body", "second")
        parts: list[Part] = [heading, 6]
        if fixed:
            parts = [Words(tr("It lies in the folder {folder}.", folder=folder_name(folder)), "body", "second"), 4]
        else:
            self._choices = Choices([(one.value, folder_name(one)) for one in readers], name=name, label=heading.text())
            self._choices.choose([folder.value])
            self._choices.picked.connect(self._pick)
            parts += [self._choices, 6]
        self.setLayout(col(*parts, self._line))
        self._tell()

    @property
    def folder(self) -> Folder:
        """The one that is chosen."""
        return self._folder

    def _pick(self, keys: frozenset[str]) -> None:
        if not keys:
            self._choices.choose([self._folder.value])
            return
        self._folder = Folder(next(iter(keys)))
        self._tell()
        self.picked.emit(self._folder)

    def _tell(self) -> None:
        found = self._readers.get(self._folder)
        self._line.say(readers_line(found) if found is not None else "")
