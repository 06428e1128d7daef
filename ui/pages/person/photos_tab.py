"""Photos of the person: put in, looked at large, chosen to stand beside the name, taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.services.about import Ref
from desktop.services.photos import PhotoRow
from ui import dates, messages
from ui.folder_names import folder_name
from ui.forms.drawing import png_of
from ui.forms.file_entry import Frame, LookBox
from ui.pages.person import told
from ui.pages.person.folder_choice import FolderChoice
from ui.pages.person.notes_tab import ICONS
from ui.pages.person.state import PersonState
from ui.present_errors import brief
from ui.shell import ask_before
from ui.theme import draw
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.choices import Flow
from ui.widgets.labels import ChipLabel, Note, Words
from ui.widgets.layout import Part, box, col, row
from ui.words import counted, tr

_SMALL, _LARGE = 296, 1400  # pixels of the long side: in its frame at twice the scale, and looked at large
_TILE, _LINES = 190, 3  # pixels of a photo with its words, and lines of these


class PhotosTab(QWidget):
    """The whole tab, for the state as it is when it is made."""

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        self._state = state
        photos = state.page.photos if state.page is not None else ()
        parts: list[Part] = []
        if state.writes:
            parts += [self._new(), 24]
        flow = Flow(16)
        for at, one in enumerate(photos, 1):
            flow.addWidget(self._tile(one, at))
        if photos:
            parts.append(flow)
        else:
            parts.append(Words(tr("There is no photo of this person."), "body", "hint"))
        self.setLayout(col(*parts, *self._taken_off(), None, edge=(EDGE, 16, EDGE, 20)))

    def _taken_off(self) -> list[Part]:
        """Photos that are kept though they stand here no more, for those who may erase them."""
        off = self._state.records.around.photos_off
        if not off:
            return []
        said = counted(len(off), "{n} photo was taken off. Its picture is still kept.", "{n} photos were taken off. Their pictures are still kept.")
        erase = Button(tr("Erase for good…"), "quiet", "close", name="erase_photos_off")
        erase.clicked.connect(lambda: self._ask_erase(off))
        return [24, Words(said, "body", "second", wrap=True), 6, row(erase, None)]

    # ---- a new one ---------------------------------------------------------------------------------------------------

    def _new(self) -> QWidget:
        around = self._state.records.around
        self._frame = Frame("photo_new")
        self._frame.setAccessibleName(tr("Add a photo"))
        self._frame.show_picture(QPixmap(), "camera", empty=True)
        self._frame.clicked.connect(self._ask_for_file)
        self._frame.came.connect(self._came)
        records = self._state.records
        folder = records.photo_folder if records.photo_folder in around.readers else Folder.RECEPTION
        self._folder = FolderChoice(around.readers, folder, name="photo_folder", title=tr("Who may see it?"))
        self._folder.picked.connect(lambda picked: setattr(records, "photo_folder", picked))
        self._wrong = Note("warning", "", "danger", name="photo_problem")
        agreed = {
            "yes": ("done", tr("They agreed to having their photo taken."), "good"),
            "no": ("shield", tr("They do not want their photo taken."), "danger"),
        }.get(around.agreed_photo, ("help", tr("Nobody has asked yet whether a photo may be taken. Ask first."), "warn"))
        hint = tr("Drop it on the frame, or paste it with Ctrl+V. Place, time and owner of the phone are taken out before it is kept.")
        choose = Button(tr("Choose a file"), "normal", "folder", name="photo_choose")
        choose.clicked.connect(self._ask_for_file)
        words = col(
            Note(agreed[0], agreed[1], agreed[2], "body", name="photo_agreed"), 8, self._folder, 8, Words(hint, "small", "hint", wrap=True), 8,
            row(choose, None), 4, self._wrong,
        )
        made = box(row(col(self._frame, None), (words, 1), gap=18))
        made.setMaximumWidth(820)
        return made

    def _ask_for_file(self) -> None:
        self._asked(lambda: messages.choose_file(self, tr("Add a photo"), self._take))

    def _came(self, mime: QMimeData) -> None:
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        image = mime.imageData() if mime.hasImage() else None
        if paths:
            self._asked(lambda: self._take(paths[0]))
        elif isinstance(image, (QImage, QPixmap)):
            picture = image if isinstance(image, QImage) else image.toImage()
            self._asked(lambda: self._take(png_of(picture)))

    def _asked(self, then: Callable[[], None]) -> None:
        """Somebody who said no is not photographed by a slip of the hand."""
        if self._state.records.around.agreed_photo != "no":
            then()
            return
        ask_before(
            self, tr("They do not want their photo taken."), tr("Keep one only if they agree now, and write their new answer down."),
            tr("They agree now"), then,
        )

    def _take(self, source: Path | bytes) -> None:
        self._wrong.say("")
        self._frame.setEnabled(False)
        self._state.records.take_photo(source, self._folder.folder, lambda: None, self._refused)

    def _refused(self, error: UserError) -> None:
        self._frame.setEnabled(True)
        self._wrong.say(brief(error))

    # ---- those that are there ------------------------------------------------------------------------------------------

    def _tile(self, one: PhotoRow, at: int) -> QWidget:
        frame = Frame(f"photo_{at}")
        frame.setAcceptDrops(False)
        frame.setAccessibleName(", ".join(part for part in (tr("Photo"), one.caption, dates.moment(one.at)) if part))
        frame.show_picture(QPixmap(), "camera" if one.here else "clock", empty=False)
        frame.clicked.connect(partial(self._look, one))
        self._state.records.picture(frame, one.file, _SMALL, partial(_show, frame, one.here))
        chips = [ChipLabel(folder_name(one.ref.folder), "plain", ICONS[one.ref.folder])] if one.ref.folder is not Folder.RECEPTION else []
        if one.main:
            chips.insert(0, ChipLabel(tr("Beside the name"), "accent", "person"))
        said = one.caption if one.here else tr("This file has not come yet.")
        caption = Words(draw.fitting(said, _TILE, _LINES), "body", wrap=True)
        when = Words(tr("{who}, {when}", who=one.author, when=dates.moment(one.at)), "small", "hint", wrap=True)
        parts: list[Part] = [frame, 6, *([caption] if caption.text() else []), when]
        if chips:
            parts += [4, row(*chips, None, gap=4)]
        made = box(col(*parts, None), width=_TILE)
        made.setFixedHeight(made.heightForWidth(_TILE))  # what stands in a flow is asked for its size, not for its height at a width
        made.setObjectName(f"photo_tile_{at}")
        return made

    def _look(self, one: PhotoRow, _on: bool = False) -> None:
        self._state.records.picture(self, one.file, _LARGE, partial(self._show_large, one))

    def _show_large(self, one: PhotoRow, picture: bytes) -> None:
        large = QPixmap()
        large.loadFromData(picture)
        page = self._state.page
        name = told.names(page.row)[0] if page is not None else ""
        opened = LookBox(self.window(), one.caption or name, large, instead=tr("This file is damaged.") if one.here else tr("This file has not come yet."))
        if self._state.writes:
            if not one.main:
                opened.offer(tr("Put it beside the name"), lambda: self._state.records.put_beside_name(one.ref))
            opened.offer(tr("Say what it shows"), lambda: self._state.begin("photo", one.ref.record, one.ref.folder))
            opened.offer(tr("Take off"), lambda: self._state.records.take_off("photo", one.ref))
        if self._state.shell.who.role.coordinates:
            opened.offer(tr("Erase for good…"), partial(self._ask_erase, (one.ref,)))
        opened.open()

    def _ask_erase(self, erased: Sequence[Ref]) -> None:
        ask_before(
            self, counted(len(erased), "Erase this photo for good?", "Erase {n} photos for good?"),
            tr("The picture is gone here at once, and at every other site when it reads the next stick. Ctrl+Z does not bring it back."),
            tr("Erase it"), lambda: self._state.records.erase_photos(erased), danger=True,
        )


def _show(frame: Frame, here: bool, picture: bytes) -> None:
    small = QPixmap()
    if small.loadFromData(picture):
        frame.show_picture(small, "camera", empty=False)
    elif here:
        frame.show_picture(small, "warning", empty=False)
