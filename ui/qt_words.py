"""Qt's own words in our language: its dialogs for files and printers, and the menus of its fields.

Qt ships no Burmese. A translator of ours answers for the texts below, in the language that the window speaks at that moment.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

from ui.words import language, mark, tr

WORDS = frozenset((
    mark("Look in:"), mark("Directory:"), mark("File name:"), mark("Files of type:"), mark("All Files (*)"),
    mark("Directories"), mark("Choose"), mark("Open"), mark("Save"), mark("Cancel"), mark("OK"), mark("Yes"), mark("No"),
    mark("Delete"), mark("Rename"), mark("New Folder"), mark("Create New Folder"), mark("Create a New Folder"),
    mark("Back"), mark("Go back"), mark("Forward"), mark("Go forward"), mark("Parent Directory"),
    mark("Go to the parent directory"), mark("List View"), mark("Change to list view mode"), mark("Detail View"),
    mark("Change to detail view mode"), mark("Files"), mark("Sidebar"), mark("List of places and bookmarks"),
    mark("Show hidden files"), mark("Computer"), mark("Date Modified"), mark("Name"), mark("Size"), mark("Type"),
    mark("Drive"), mark("Folder"), mark("%1 already exists.\nDo you want to replace it?"),
    mark("%1\nDirectory not found.\nPlease verify the correct directory name was given."),
    mark("%1\nFile not found.\nPlease verify the correct file name was given."),
    mark("Undo"), mark("Redo"), mark("Cut"), mark("Copy"), mark("Paste"), mark("Select All"),
    mark("Print"), mark("Printer"), mark("Name:"), mark("Location:"), mark("Type:"), mark("Properties"), mark("Preview"),
    mark("Output file:"), mark("Options >>"), mark("Options <<"), mark("Options"), mark("Print to File (PDF)"),
    mark("Local file"), mark("Write PDF file"), mark("Copies"), mark("Copies:"), mark("Print range"), mark("Print all"),
    mark("Pages"), mark("Pages from"), mark("to"), mark("Current Page"), mark("Selection"), mark("Page Set:"),
    mark("All Pages"), mark("Odd Pages"), mark("Even Pages"), mark("Collate"), mark("Reverse"), mark("Output Settings"),
    mark("Color Mode"), mark("Color"), mark("Grayscale"), mark("Double Sided Printing"), mark("Off"),
    mark("Long side binding"), mark("Short side binding"),
    mark("Specify pages or ranges separated by commas. Ranges are specified by two numbers separated by a hyphen. E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9."),
))
"""Qt's texts as they stand in Qt, without the & of mnemonics: letters of the other keyboard could not press them."""


class QtWords(QTranslator):
    """Install it on the application, once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("qt_words")

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """None where we have nothing to say: Qt then shows its own text. An empty text would be shown as it is."""
        plain = source.replace("&", "")
        return tr(plain) if language() != "en" and plain in WORDS else None
