"""Qt's own dialogs for files: what they would write down about the folders that somebody looked into."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.dropping import are_pages
from ui.widgets.dialogs import choose_file, choose_files


@pytest.mark.parametrize("before", [None, "file:///srv/forms"])
def test_folders_that_were_visited_are_not_written_down(qtbot: QtBot, tmp_path: Path, before: str | None) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "config"))
    if before is not None:
        kept = QSettings(QSettings.Scope.UserScope, "QtProject")
        kept.setValue("FileDialog/lastVisited", before)
        kept.sync()
    folder = tmp_path / "Naw Paw Say"
    folder.mkdir()
    names = [folder / "one.jpg", folder / "two.jpg"]
    for name in names:
        name.write_bytes(b"x")
    parent = QWidget()
    qtbot.addWidget(parent)
    got: list[tuple[Path, ...]] = []
    gone: list[bool] = []
    choose_files(parent, "Choose", got.append)
    choose_file(parent, "Choose", lambda path: got.append((path,)))
    for dialog in parent.findChildren(QFileDialog):
        several = dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
        dialog.setDirectory(str(folder))
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(" ".join(f'"{name}"' for name in names) if several else str(names[0]))
        dialog.destroyed.connect(lambda: gone.append(True))
        dialog.accept()
        dialog.deleteLater()
    qtbot.waitUntil(lambda: len(gone) == 2, timeout=5000)
    assert sorted(got, key=len) == [(names[0],), tuple(names)]
    written = "".join(path.read_text() for path in (tmp_path / "config").rglob("*") if path.is_file())
    assert "Naw" not in written
    assert (before or "") in written
    assert before is not None or "lastVisited" not in written


@pytest.mark.parametrize(("names", "pages"), [
    (("a.JPG", "b.pdf"), True), (("a.jpg", "Thumbs.db"), True), (("a.heic",), True), (("form.xlsx", "picture.png"), False), (("list.csv",), False), ((), False),
    (("notes.txt",), False),
])
def test_a_folder_of_pictures_is_taken_for_pages_whatever_else_lies_in_it(names: tuple[str, ...], pages: bool) -> None:
    assert are_pages([Path(name) for name in names]) is pages
