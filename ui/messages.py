"""Every question and every message of the window goes through one door, so that tests can answer without a screen.

Nothing here waits: the answer comes to the callback. `use` puts another door in place of the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui.words import tr


@dataclass(frozen=True)
class Answer:
    """One way to answer. `kind` as for `Button`. `key` is what the callback gets."""

    key: str
    words: str
    kind: str = "normal"


@dataclass(frozen=True)
class Message:
    """`text` may hold several paragraphs. The first answer is the one that Enter gives; closing gives ""."""

    title: str
    text: str
    answers: Sequence[Answer]
    icon: str = "info"
    tone: str = "second"


class Door(Protocol):
    """Where questions go. Answers come to `then`, later or at once."""

    def ask(self, parent: QWidget, message: Message, then: Callable[[str], None]) -> None: ...

    def folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None: ...

    def file(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None: ...

    def files(self, parent: QWidget, title: str, then: Callable[[tuple[Path, ...]], None]) -> None: ...

    def place(self, parent: QWidget, title: str, suggested: str, then: Callable[[Path], None]) -> None: ...


class Screen:
    """The door to the person: boxes of our own, and Qt's own file dialogs."""

    def ask(self, parent: QWidget, message: Message, then: Callable[[str], None]) -> None:
        """Show a box; `then` gets the key of the answer, "" if it was closed."""
        from ui.widgets.dialogs import MessageBox

        MessageBox(parent.window(), message, then).open()

    def folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        """Choose a folder. Nothing is called if the person goes back."""
        from ui.widgets.dialogs import choose_folder

        choose_folder(parent.window(), title, then)

    def file(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        """Choose a file that exists."""
        from ui.widgets.dialogs import choose_file

        choose_file(parent.window(), title, then)

    def files(self, parent: QWidget, title: str, then: Callable[[tuple[Path, ...]], None]) -> None:
        """Choose one file or several that exist."""
        from ui.widgets.dialogs import choose_files

        choose_files(parent.window(), title, then)

    def place(self, parent: QWidget, title: str, suggested: str, then: Callable[[Path], None]) -> None:
        """Choose where to write a file; `suggested` is its name."""
        from ui.widgets.dialogs import choose_place

        choose_place(parent.window(), title, suggested, then)


_now: dict[str, Door] = {"door": Screen()}


def use(door: Door) -> Door:
    """Put this door in place; returns the one before."""
    before, _now["door"] = _now["door"], door
    return before


def ask(
    parent: QWidget, title: str, text: str, answers: Sequence[Answer], then: Callable[[str], None], *,
    icon: str = "info", tone: str = "second",
) -> None:
    """Ask; "" means the person went back without an answer."""
    _now["door"].ask(parent, Message(title, text, answers, icon, tone), then)


def tell(parent: QWidget, title: str, text: str, *, icon: str = "info", tone: str = "second", then: Callable[[], None] | None = None) -> None:
    """Say something that has to be read before going on. Most things belong on the page instead."""
    answers = (Answer("ok", tr("I have read it"), "primary"),)
    _now["door"].ask(parent, Message(title, text, answers, icon, tone), lambda _answer: then() if then is not None else None)


def choose_folder(parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
    """Let the person choose a folder."""
    _now["door"].folder(parent, title, then)


def choose_file(parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
    """Let the person choose a file that exists."""
    _now["door"].file(parent, title, then)


def choose_files(parent: QWidget, title: str, then: Callable[[tuple[Path, ...]], None]) -> None:
    """Let the person choose one file or several that exist."""
    _now["door"].files(parent, title, then)


def choose_place(parent: QWidget, title: str, suggested: str, then: Callable[[Path], None]) -> None:
    """Let the person choose where to write a file."""
    _now["door"].place(parent, title, suggested, then)
