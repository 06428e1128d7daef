"""A door for questions that answers by itself and remembers what was asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.messages import Message


class Recorded:
    """`asked` are the messages in order. `answers` are given one after the other; without one the person goes back."""

    def __init__(self) -> None:
        self.asked: list[Message] = []
        self.answers: list[str] = []
        self.paths: list[Path] = []

    def ask(self, parent: QWidget, message: Message, then: Callable[[str], None]) -> None:
        self.asked.append(message)
        then(self.answers.pop(0) if self.answers else "")

    def folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        self._path(then)

    def file(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        self._path(then)

    def files(self, parent: QWidget, title: str, then: Callable[[tuple[Path, ...]], None]) -> None:
        found, self.paths = tuple(self.paths), []
        if found:
            then(found)

    def place(self, parent: QWidget, title: str, suggested: str, then: Callable[[Path], None]) -> None:
        self._path(then)

    def _path(self, then: Callable[[Path], None]) -> None:
        if self.paths:
            then(self.paths.pop(0))
