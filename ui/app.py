"""Start the window.

What is checked before Qt is touched, and in which order, matters: without a screen Qt would end the process with a signal.
Nothing that opens a vault, draws paper or reads forms is imported before the unlock screen stands.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

NO_SCREEN, NO_LIBRARY = 2, 5


def has_screen() -> bool:
    """True if Qt will find a screen, or was told to do without one."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def no_core_dumps() -> None:
    """If the process crashes, the system must not write its memory to the disk."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def guess_language() -> str:
    """The language of the system, if it is one of ours. After unlocking, the language kept in the settings counts."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "my" if os.environ[name].startswith("my") else "en"
    return "en"


def run(folder: Path | None = None, *, language: str = "") -> int:
    """Show the window until it is closed. `folder`: the vault's, None for the one chosen before. Exit status: 0; 2 without a screen; 5 if a
    library of the system is missing."""
    if not has_screen():
        sys.stderr.write("There is no screen here. Start Waystation on a desktop, or use the command line: python main.py --help\n")
        return NO_SCREEN
    os.umask(0o077)
    no_core_dumps()

    try:
        from PySide6 import QtWidgets  # noqa: F401 - whether it can be loaded here
    except ImportError as missing:
        sys.stderr.write(f"A library of the system that the window needs is missing: {missing.name or missing}\n")
        return NO_LIBRARY
    return _shown(folder, language)


def _shown(folder: Path | None, language: str) -> int:
    from PySide6.QtWidgets import QApplication

    from desktop.services import places
    from desktop.words.catalogue import LANGUAGES
    from ui import messages, restart, words
    from ui.crash import Crash
    from ui.qt_words import QtWords
    from ui.theme import style
    from ui.window import Window
    from ui.words import tr

    words.use(language if language in LANGUAGES else guess_language())
    QApplication.setApplicationName("Waystation")
    QApplication.setDesktopFileName("waystation")
    app = QApplication(sys.argv[:1])
    app.installTranslator(QtWords(app))
    app.setQuitOnLastWindowClosed(False)
    style.apply(app)
    window = Window(folder or places.chosen())

    def calm() -> None:
        messages.tell(
            window, tr("Something went wrong in the program."),
            tr("It is not your fault, and nothing you saved is lost.\nGo on working. If it happens again, lock the window and open it again."),
            icon="warning", tone="warn",
        )

    Crash(lambda: window.folder, calm).install()
    again = False

    def over(wanted: bool) -> None:
        nonlocal again
        again = wanted
        app.exit(0)

    window.over.connect(over)
    window.appear()
    status = app.exec()
    if again:
        window.hide()
        restart.fresh(words.language())
    return status
