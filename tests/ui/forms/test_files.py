"""Photos, files, signatures and drawings in a form: chosen, dropped, pasted, drawn, looked at, taken out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.forms.compile import compile_workbook
from desktop.services import any_form, files, form_library
from desktop.services.intake import Open
from tests.desktop.services.test_pictures import CANARY, telephone
from tests.ui.conftest import settle
from tests.ui.door import Recorded
from ui import words
from ui.forms.drawing import DrawingBox
from ui.forms.file_entry import FileEntry, LookBox
from ui.forms.filling import Filling
from ui.forms.sheet import FormSheet, Look
from ui.shell import Shell
from ui.window import Window

FORM = """
| survey |
| | type | name | label::English (en) | label::Burmese (my) | appearance | hint::English (en) |
| | image | face | Photo of the person | လူ၏ ဓာတ်ပုံ | | Ask before you take it. |
| | file | paper | A scanned paper | စကင်ဖတ်ထားသော စာရွက် | | |
| | image | sign | Signature of the guardian | အုပ်ထိန်းသူ၏ လက်မှတ် | signature | |
| | image | plan | Where the house is | အိမ်နေရာ | annotate | |
| settings |
| | form_title | form_id | version | default_language |
| | Files | files_test | 1 | English (en) |
"""


class Page:
    """A form with files, filled in the window."""

    def __init__(self, window: Window, shell: Shell, qtbot: QtBot) -> None:
        self.window, self.shell, self.qtbot = window, shell, qtbot
        compiled = compile_workbook(FORM).xml
        found: list[Open] = []

        def work(session: object) -> Open:
            stored, _ = form_library.add(session, compiled=compiled)  # type: ignore[arg-type]
            return any_form.begin(session, form=stored.id, person=None, language=words.language())  # type: ignore[arg-type]

        shell.read(shell, work, found.append)
        settle(window, qtbot)
        self.filling = Filling(shell, shell)
        self.filling.begin(found[0])
        self.sheet = FormSheet(self.filling, "", Look(), edges=(24, 16, 24, 16))
        self.sheet.setParent(window)
        self.sheet.setGeometry(window.rect())
        self.sheet.show()
        self.settle()

    def end(self) -> None:
        self.filling.end()
        self.sheet.deleteLater()
        self.settle()

    def settle(self) -> None:
        settle(self.window, self.qtbot)

    def entry(self, name: str) -> FileEntry:
        found = next(one for one in self.sheet.findChildren(FileEntry) if one.field.objectName() == name)
        assert isinstance(found, FileEntry)
        return found

    def press(self, name: str) -> None:
        button = self.sheet.findChild(QPushButton, name)
        assert button is not None
        assert button.isVisible()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def answer(self, name: str) -> str:
        return self.filling.form.node(f"/data/{name}").value

    def content(self, name: str) -> bytes:
        found: list[bytes] = []
        file = self.answer(name)
        self.shell.read(self.shell, lambda session: files.read(session, file=file), found.append)
        self.settle()
        return found[0]

    def box(self, kind: type[QWidget]) -> QWidget:
        self.settle()
        return next(one for one in self.window.findChildren(kind) if one.isVisible())


@pytest.fixture
def page(window: Window, shell: Shell, qtbot: QtBot) -> Iterator[Page]:
    made = Page(window, shell, qtbot)
    yield made
    made.end()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_2034.JPG"
    path.write_bytes(telephone())
    return path


def test_a_photo_is_chosen_looked_at_and_taken_out(page: Page, photo: Path, door: Recorded) -> None:
    door.paths, before = [photo], photo.read_bytes()
    page.entry("face")._choose.setFocus()
    page.press("face_choose")
    assert CANARY not in page.content("face")
    entry = page.entry("face")
    assert entry.frame.hasFocus(), "the keyboard stays at the question"
    assert [one.objectName() for one in entry.findChildren(QPushButton) if one.isVisible()] == ["face", "face_look", "face_take_out"]
    page.press("face_look")
    box = page.box(LookBox)
    box.close()
    page.press("face_take_out")
    assert page.answer("face") == ""
    assert photo.read_bytes() == before, "what was chosen stays as it is"
    page.filling.undo()
    page.settle()
    assert page.answer("face") != ""


def test_a_photo_is_dropped(page: Page, photo: Path) -> None:
    frame = page.entry("face").frame
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    frame.dropEvent(event)
    page.settle()
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert page.content("face").startswith(b"\xff\xd8")


def test_a_picture_is_pasted(page: Page) -> None:
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    page.entry("face").focus()
    QTest.keyClick(page.entry("face").frame, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    page.settle()
    assert page.content("face").startswith(b"\xff\xd8")
    QGuiApplication.clipboard().clear()


def test_what_is_no_picture_is_told_beside_the_field(page: Page, tmp_path: Path, door: Recorded, photo: Path) -> None:
    bad = tmp_path / "notes.jpg"
    bad.write_text("no picture")
    door.paths = [bad, photo]
    page.press("face_choose")
    entry = page.entry("face")
    assert page.answer("face") == ""
    assert "cannot be read as a picture" in entry._wrong.words.text()
    assert door.asked == []
    page.press("face_choose")
    assert entry._wrong.isHidden()
    assert page.answer("face")
    door.paths = [tmp_path / "gone.jpg"]
    frame_file = page.answer("face")
    entry._ask_for_file()
    page.settle()
    assert "cannot be opened" in entry._wrong.words.text()
    assert page.answer("face") == frame_file, "the one that is there stays"


def test_a_file_of_any_kind(page: Page, tmp_path: Path, door: Recorded, photo: Path) -> None:
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(b"%PDF-1.4 a letter")
    copy = tmp_path / "copy.pdf"
    door.paths = [paper, copy]
    door.answers = ["go"]
    page.press("paper_choose")
    assert page.content("paper") == paper.read_bytes()
    assert page.entry("paper")._title.text() == "letter.pdf"
    page.press("paper_copy")
    assert copy.read_bytes() == paper.read_bytes()
    assert "not locked" in door.asked[0].title
    page.press("paper_take_out")
    door.paths = [photo]
    page.press("paper_choose")
    assert CANARY not in page.content("paper"), "a photo is cleaned wherever it is kept"


def draw(box: QWidget) -> None:
    pad = box.findChild(QWidget, "drawing_pad")
    assert pad is not None
    for start in (40, 120):
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(start, 60))
        QTest.mouseMove(pad, QPoint(start + 40, 120))
        QTest.mouseMove(pad, QPoint(start + 90, 70))
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(start + 90, 70))


def test_a_signature_is_drawn(page: Page, qtbot: QtBot) -> None:
    page.press("sign_draw")
    box = page.box(DrawingBox)
    assert isinstance(box, DrawingBox)
    keep, clear, back = (box.findChild(QPushButton, f"drawing_{name}") for name in ("keep", "clear", "back"))
    assert keep is not None
    assert clear is not None
    assert back is not None
    assert not keep.isEnabled()
    assert box.pad.hasFocus()
    draw(box)
    empty = box.pad.png()
    QTest.keyClick(box.pad, Qt.Key.Key_Backspace)
    assert box.pad.png() != empty
    QTest.keyClick(box.pad, Qt.Key.Key_Backspace)
    assert box.pad.empty
    draw(box)
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert box.pad.empty
    assert not keep.isEnabled()
    draw(box)
    qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    page.settle()
    assert page.content("sign").startswith(b"\x89PNG")


def test_a_drawing_is_not_lost_by_mistake(page: Page, door: Recorded) -> None:
    page.press("sign_draw")
    box = page.box(DrawingBox)
    assert isinstance(box, DrawingBox)
    draw(box)
    QTest.keyClick(box.pad, Qt.Key.Key_Escape)
    assert [one.title for one in door.asked] == ["Throw the drawing away?"]
    assert box.isVisible()
    door.answers = ["go"]
    box.close()
    page.settle()
    assert page.answer("sign") == ""
    page.press("sign_draw")
    empty = page.box(DrawingBox)
    QTest.keyClick(empty, Qt.Key.Key_Escape)
    assert len(door.asked) == 2, "nothing was drawn: nothing to ask"


def test_drawing_on_a_picture(page: Page, photo: Path, door: Recorded, qtbot: QtBot) -> None:
    door.paths = [photo]
    page.press("plan_choose")
    before = page.content("plan")
    page.press("plan_look")
    look = page.box(LookBox)
    way = next(one for one in look.findChildren(QPushButton) if one.text() == "Draw on it")
    qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
    box = page.box(DrawingBox)
    draw(box)
    keep = box.findChild(QPushButton, "drawing_keep")
    assert keep is not None
    qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    page.settle()
    assert page.content("plan") != before
    assert page.content("plan").startswith(b"\x89PNG")


def test_nothing_is_left_on_the_disk(page: Page, photo: Path, door: Recorded, tmp_path: Path, vault: Path) -> None:
    door.paths = [photo]
    page.press("face_choose")
    photo.unlink()
    shown = page.content("face")
    for path in (one for one in tmp_path.rglob("*") if one.is_file()):
        data = path.read_bytes()
        assert CANARY not in data
        assert shown[20:120] not in data
    assert any(path.parent.name == "files" for path in vault.rglob("*"))


@pytest.mark.parametrize("language", ["en", "my"])
def test_it_fits_a_small_window(window: Window, shell: Shell, qtbot: QtBot, language: str, photo: Path, door: Recorded) -> None:
    words.use(language)
    page = Page(window, shell, qtbot)
    page.sheet.setGeometry(0, 0, 700, 650)
    door.paths = [photo]
    page.press("face_choose")
    for entry in page.sheet.findChildren(FileEntry):
        right = max(one.mapTo(page.sheet, QPoint(one.width(), 0)).x() for one in entry.findChildren(QPushButton) if one.isVisible())
        assert right <= 700
    page.end()
