"""People who are registered already and may be the one on the card: found by name while it is typed, compared fact by fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.services import people
from desktop.services.people import PersonRow
from desktop.services.session import Session
from ui.shell import Shell
from ui.words import mark, tr

MOST = 3
_PAUSE = 250  # milliseconds without a letter before it is looked for
_LOOKED_AT = 12  # found by name, before the facts say who is most like
_BY_NAME = ("name", "sound", "spelling")  # who came with somebody of that name is found too, and is nobody's double
_NEAR = 3  # years of age that may be the same person


@dataclass(frozen=True)
class Typed:
    """What the card says so far."""

    name: str = ""
    name_roman: str = ""
    age: int | None = None
    township: str = ""
    father: str = ""

    @property
    def shown(self) -> str:
        """The name as spoken, else in English letters."""
        return self.name or self.name_roman


@dataclass(frozen=True)
class Fact:
    """What is the same or different: the English `words` go through `tr` with `fields` when they are shown, for the language may change."""

    same: bool
    words: str
    fields: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[str, str, str]:
        """(icon, tone, words)."""
        icon, tone = ("check", "good") if self.same else ("differ", "warn")
        return icon, tone, tr(self.words, **self.fields)


@dataclass(frozen=True)
class Twin:
    """Somebody registered, compared with the card."""

    id: RecordId
    name: str
    second: str
    arrived: str
    site: str
    facts: tuple[Fact, ...]


class Twins(QObject):
    """Signal: `changed` when other people may be the one."""

    changed = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self.found: tuple[Twin, ...] = ()
        self._typed = Typed()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)

    def clear(self) -> None:
        """Nobody is looked for."""
        self._pause.stop()
        self._typed = Typed()
        self._show(())

    def look(self, typed: Typed) -> None:
        """Look again soon, if the card says something new."""
        if typed == self._typed:
            return
        self._typed = typed
        if max(len(typed.name), len(typed.name_roman)) < 2:
            self._pause.stop()
            self._show(())
        else:
            self._pause.start()

    def _search(self) -> None:
        typed = self._typed

        def done(found: tuple[Twin, ...]) -> None:
            if typed == self._typed:
                self._show(found)

        self._shell.read(self, lambda session: _find(session, typed), done)

    def _show(self, found: tuple[Twin, ...]) -> None:
        if found != self.found:
            self.found = found
            self.changed.emit()


def _find(session: Session, typed: Typed) -> tuple[Twin, ...]:
    found: dict[RecordId, PersonRow] = {}
    for name in (typed.name, typed.name_roman):
        if len(name) >= 2:
            hits = people.find(session, query=name, state="", limit=_LOOKED_AT)
            rows = people.rows(session, keys=hits.keys, query=name, why=hits.why)
            found.update((row.id, row) for row in rows if row.why in _BY_NAME)
    nearest = sorted(found.values(), key=lambda row: _years_apart(row, typed))
    return tuple(twin for row in nearest[:MOST] if (twin := _twin(session, row, typed)) is not None)


def _years_apart(row: PersonRow, typed: Typed) -> int:
    return abs(row.age - typed.age) if row.age is not None and typed.age is not None else _NEAR


def _twin(session: Session, row: PersonRow, typed: Typed) -> Twin | None:
    try:
        known = people.page(session, person=row.id).fields
    except UserError:  # taken off the lists a moment ago
        return None
    same = typed.shown.casefold() in (row.name.casefold(), row.name_other.casefold())
    facts = [Fact(True, mark("The same name") if same else mark("Name sounds the same"))]
    if row.age is not None and typed.age is not None:
        near = abs(row.age - typed.age) <= _NEAR
        if row.age == typed.age:
            facts.append(Fact(True, mark("The same age: {age}"), {"age": row.age}))
        else:
            facts.append(Fact(near, mark("Age {age}, you wrote {typed}"), {"age": row.age, "typed": typed.age}))
    for name, text, alike, unlike in (
        ("township", typed.township, Fact(True, mark("The same township: {name}"), {"name": typed.township}), mark("The township is different")),
        ("father_name", typed.father, Fact(True, mark("The same father’s name")), mark("Father’s name is different")),
    ):
        shown = known.get(name)
        if text and shown is not None and isinstance(shown.value, str) and shown.value:
            facts.append(alike if shown.value.casefold() == text.casefold() else Fact(False, unlike))
    second = "  ".join(part for part in (row.name_other, f"{row.code[:4]}-{row.code[4:]}") if part)
    return Twin(row.id, row.name, second, row.arrived, row.site, tuple(facts))
