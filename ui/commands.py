"""Commands: what a person can do, by its words, its shortcut, and where it is.

Shortcuts and the command palette (Ctrl+K) are both made from these, so nothing can be done by shortcut alone, and everything is
found by its first letters in either language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.words.catalogue import translate
from ui.words import tr


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Command:
    """`id` is stable (``people.register``). `words` and `where` are English, inside `mark`. `ready` False: it is neither offered nor
    done now. `shortcut` as Qt writes it ("Ctrl+N"), "" for none."""

    id: str
    words: str
    do: Callable[[], None]
    shortcut: str = ""
    icon: str = ""
    where: str = ""
    ready: Callable[[], bool] = _always

    @property
    def shown(self) -> str:
        """The words in the language of the window."""
        return tr(self.words)


class Commands:
    """The commands that can be given now: those of the window, and those of the page that is shown."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._scopes: dict[str, tuple[Command, ...]] = {}
        self._shortcuts: list[QShortcut] = []

    def set(self, scope: str, commands: Iterable[Command]) -> None:
        """Replace the commands of a scope (``window`` or ``page``), with their shortcuts. The page's go before the window's."""
        self._scopes[scope] = tuple(commands)
        for old in self._shortcuts:
            old.setEnabled(False)
            old.deleteLater()
        wanted: dict[str, Command] = {}
        for one in (*self._scopes.get("page", ()), *self._scopes.get("window", ())):
            if one.shortcut:
                wanted.setdefault(one.shortcut, one)
        self._shortcuts = [self._shortcut(one) for one in wanted.values()]

    def all(self) -> list[Command]:
        """Those that can be given now, the page's first."""
        found = [*self._scopes.get("page", ()), *self._scopes.get("window", ())]
        return [one for one in found if one.ready()]

    def named(self, id: str) -> Command | None:
        """The command with this id, if it can be given now."""
        return next((one for one in self.all() if one.id == id), None)

    def matching(self, text: str) -> list[Command]:
        """Commands where a word begins with what was typed, in English or Burmese: those that begin with it first."""
        wanted = text.strip().casefold()
        if not wanted:
            return self.all()
        ranked = [(_rank(one, wanted), at, one) for at, one in enumerate(self.all())]
        return [one for rank, _, one in sorted(ranked, key=lambda r: r[:2]) if rank < 3]

    def _shortcut(self, command: Command) -> QShortcut:
        made = QShortcut(QKeySequence(command.shortcut), self._window)
        made.setContext(Qt.ShortcutContext.WindowShortcut)
        made.activated.connect(lambda: command.do() if command.ready() else None)
        return made


def _rank(command: Command, wanted: str) -> int:
    best = 3
    for language in ("en", "my"):
        words = translate(command.words, language).casefold()
        if words.startswith(wanted):
            return 0
        if any(word.startswith(wanted) for word in words.split()):
            best = min(best, 1)
        elif wanted in words:
            best = min(best, 2)
    return best
