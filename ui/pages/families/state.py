"""What waits about families, which of it is looked at, and what is half answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Union

from PySide6.QtCore import QObject, Signal

from desktop.domain.changes import Changes, Problem
from desktop.domain.errors import UserError
from desktop.domain.fields import FIELDS
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import children, families, people, sought, tracing
from desktop.services.children import Alone, Case
from desktop.services.families import Families
from desktop.services.progress import Progress
from desktop.services.session import Session
from desktop.services.sought import Match
from desktop.services.tracing import Request, Wish
from ui.records.half_typed import HalfTyped, Place
from ui.shell import Shell
from ui.words import tr

Item = Union[Match, Wish, Request, Alone, Case]
Key = tuple[str, str]
_TOUCHED = frozenset({"tracing", "reply", "left_behind", "person", "household", "child"})
ALONE, CHILD, ASK, PASS_ON, WISH, REQUEST = "alone", "child", "ask", "pass_on", "wish", "request"


def key_of(group: str, item: Item) -> Key:
    """What names a line of the list."""
    if isinstance(item, Match):
        return group, f"{item.request.id.text()} {item.person.id.text()}"
    if isinstance(item, Alone):
        return group, item.person.id.text()
    return group, (item.left_behind if isinstance(item, Wish) else item.id).text()


class FamiliesState(QObject):
    """Signals: `loaded` when the list is new, `chosen` when another line is looked at (or it is new), `editing` when the form is opened or closed,
    `refused(UserError)` when something could not be written."""

    loaded = Signal()
    chosen = Signal()
    editing = Signal()
    refused = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = self.shell = shell
        self.found: Families | None = None
        self.key: Key | None = None
        self.form: tuple[str, RecordId, RecordId | None] | None = None  # what (new, change, child), about whom, left behind
        self._start: Mapping[str, Value] = {}
        self._asked: object = None
        self._wanted: tuple[str, str] = ("", "")
        self._looked = False
        self.half = HalfTyped(shell, (Folder.CONTACTS,))

    @property
    def locked(self) -> bool:
        """True if this volunteer does not read about families."""
        return Folder.CONTACTS not in self._shell.who.folders or not self._shell.who.role.sees_restricted

    # ---- reading ----------------------------------------------------------------------------------------------------

    def show(
        self, *, show: str = "", person: RecordId | None = None, left_behind: RecordId | None = None, case: RecordId | None = None
    ) -> None:
        """The page is shown: at the group `show`, at the `case` of a child, with the request made from `left_behind`, or a new one of `person` for
        them. Asked again for the same (the language changed), it stays where it is."""
        asked = (show, person, left_behind, case)
        again, self._asked = self._asked == asked, asked
        if self.locked:
            return
        self.half.fetch()
        if again and self.found is not None:
            return
        self._wanted = (show, left_behind.text() if left_behind is not None else "")
        if case is not None:
            self.key = (CHILD, case.text())
        if person is not None and left_behind is not None:
            self.begin(person, left_behind)
        self.load()

    def leave(self) -> None:
        """Another page is shown: keep what is typed."""
        self._asked, self._looked = None, False
        self.half.flush()

    def load(self) -> None:
        """Read everything again, and look for those who are sought: at once if that takes a moment only, else with a box that tells how far
        it is, once for each time the page is shown."""

        def work(session: Session) -> tuple[Families, bool]:
            soon = sought.soon(session)
            return families.overview(session, look=soon), soon

        def came(found: tuple[Families, bool]) -> None:
            self._arrived(found[0])
            if not found[1] and not self._looked:
                self._look()

        self._shell.read(self, work, came)

    def _look(self) -> None:
        self._looked = True

        def work(session: Session, progress: Progress) -> Families:
            return families.overview(session, progress=progress)

        self._shell.run(self, work, self._arrived, words=tr("Looking for those who are sought…"))

    def changed(self, changes: Changes) -> None:
        """Read again what these changes may touch."""
        if changes.kinds & _TOUCHED and not self.locked:
            self.load()

    def groups(self) -> list[tuple[str, tuple[Item, ...]]]:
        """(name, lines) of the list, in its order."""
        found = self.found
        if found is None:
            return []
        return [(ALONE, found.alone), (CHILD, found.children), (ASK, found.to_ask), (PASS_ON, found.to_pass_on), (WISH, found.wishes), (REQUEST, found.requests)]

    def item(self) -> Item | None:
        """What is looked at."""
        return next((one for group, items in self.groups() for one in items if key_of(group, one) == self.key), None)

    def _arrived(self, found: Families) -> None:
        self.found = found
        show, left_behind = self._wanted
        self._wanted = ("", "")
        keys = [key_of(group, one) for group, items in self.groups() for one in items]
        made = next((key_of(REQUEST, one) for one in found.requests if left_behind and self._made_from(one) == left_behind), None)
        if made is not None or show:
            self.key = made or next((key for key in keys if key[0] == show), None)
        if self.key not in keys:
            self.key = keys[0] if keys else None
        self.loaded.emit()
        self.chosen.emit()

    @staticmethod
    def _made_from(one: Request) -> str:
        shown = one.fields.get("left_behind")
        return str(shown.value) if shown is not None else ""

    def look_at(self, key: object) -> None:
        """Look at the line with this key."""
        if isinstance(key, tuple) and key != self.key:
            self.key = (str(key[0]), str(key[1]))
            self.chosen.emit()

    # ---- answering --------------------------------------------------------------------------------------------------

    def _place_of(self, match: Match) -> Place:
        return Folder.CONTACTS, f"sought {match.request.id.text()} {match.person.id.text()}"

    def said(self, match: Match, name: str) -> Value:
        """What is typed so far about a pair: verdict, asked, message or day."""
        return self.half.at(self._place_of(match)).get(name)

    def say(self, match: Match, name: str, value: Value) -> None:
        """The same, while it is typed or chosen."""
        self.half.at(self._place_of(match))[name] = value
        self.half.touch(self._place_of(match))

    def answer(self) -> None:
        """Write what was answered about the pair that is looked at."""
        match = self.item()
        if not isinstance(match, Match):
            return
        verdict, message, day = (str(self.said(match, name) or "") for name in ("verdict", "message", "day"))
        asked = self.said(match, "asked")
        who = frozenset(asked) if isinstance(asked, (list, tuple)) else frozenset()
        pair = {"request": match.request.id, "person": match.person.id}
        if not verdict:
            self.refused.emit(UserError("tracing.not_asked"))
            return

        def work(session: Session) -> Changes:
            if verdict == sought.OTHER:
                return sought.not_them(session, **pair)
            if verdict == sought.LATER:
                return sought.later(session, **pair, day=day)
            return sought.answer(session, **pair, answer=verdict, asked=who, message=message if verdict != sought.NOTHING else "")

        self._shell.do(self, work, lambda _none: self.half.drop(self._place_of(match)), self.refused.emit)

    def ask_again(self, request: RecordId, person: RecordId) -> None:
        """Take back what was noted of a pair."""
        self._shell.do(self, lambda session: sought.ask_again(session, request=request, person=person), None, self.refused.emit)

    def passed_on(self, reply: RecordId) -> None:
        """The one who looks was told."""
        self._shell.do(self, lambda session: tracing.passed_on(session, reply=reply), None, self.refused.emit)

    def end(self, record: RecordId) -> None:
        """Nobody is looked for any more."""
        self._shell.do(self, lambda session: tracing.end(session, record=record), None, self.refused.emit)

    # ---- children ---------------------------------------------------------------------------------------------------

    def open_case(self, person: RecordId, kind: str) -> None:
        """Begin the case of a child; it is looked at then."""

        def made(record: RecordId) -> None:
            self.key = (CHILD, record.text())

        self._shell.do(self, lambda session: children.open_case(session, person=person, kind=kind), made, self.refused.emit)

    def set_caregiver(self, record: RecordId, person: RecordId) -> None:
        """Somebody registered looks after the child."""
        self._shell.do(self, lambda session: children.set_caregiver(session, record=record, person=person), None, self.refused.emit)

    # ---- the forms ------------------------------------------------------------------------------------------

    def begin(self, person: RecordId, left_behind: RecordId | None = None) -> None:
        """Open the form of a new request by `person`, for somebody left behind if that is given."""

        def arrived(start: dict[str, Value]) -> None:
            self._start = start
            self.form = ("new", person, left_behind)
            self.editing.emit()

        def work(session: Session) -> dict[str, Value]:
            if left_behind is not None and tracing.of_left_behind(session, record=left_behind) is not None:
                raise UserError("record.missing")
            return tracing.begin(session, left_behind=left_behind) if left_behind is not None else {}

        self._shell.read(self, work, arrived, lambda _error: None)

    def change(self) -> None:
        """Open the form of the request or child that is looked at. What was seen of each field before somebody typed in it is kept, so that what a
        stick or another save brings until theirs is saved is not replaced by it."""
        item = self.item()
        if isinstance(item, (Request, Case)) and self.form is None:
            self._start = {name: shown.value for name, shown in item.fields.items()}
            self.form = ("change" if isinstance(item, Request) else CHILD, item.id, None)
            kind = tracing.KIND if isinstance(item, Request) else children.KIND
            self.half.look(self._place(), {**dict.fromkeys(FIELDS[kind]), **self._start})
            self.editing.emit()

    def known(self) -> Mapping[str, Value]:
        """The values that the form starts from."""
        return self._start

    def _place(self) -> Place:
        what, about, left = self.form if self.form is not None else ("", None, None)
        return Folder.CONTACTS, " ".join(["tracing", what, *(one.text() for one in (about, left) if one is not None)])

    def typed(self) -> dict[str, Value]:
        """What is changed so far in the form. The form writes into it."""
        return self.half.at(self._place())

    def touched(self) -> None:
        """Something was typed in the form."""
        if self.form is not None:
            self.half.touch(self._place())

    def check(self, values: Mapping[str, Value]) -> list[Problem]:
        """What is wrong with what is typed."""
        new = self.form is not None and self.form[0] == "new"
        if self.form is not None and self.form[0] == CHILD:
            return people.check(children.KIND, values)
        return people.check(tracing.KIND, {"name": None, **self._start, **values} if new else values)

    def save(self, values: Mapping[str, Value]) -> None:
        """Write what the form says; it closes when it is written."""
        form, start = self.form, self._start
        if form is None:
            return
        seen = self.half.seen(self._place())

        def work(session: Session) -> Changes:
            if form[0] == CHILD:
                return children.change(session, record=form[1], values=_with_end(values, session.today()), seen=seen)
            if form[0] == "change":
                return tracing.change(session, record=form[1], values=values, seen=seen)
            return tracing.add(session, person=form[1], values={**start, **values})[1]

        self._shell.do(self, work, lambda _none: self.forget(), self.refused.emit)

    def forget(self) -> None:
        """Close the form and throw away what is typed in it."""
        self.half.drop(self._place())
        self.close_form()

    def close_form(self) -> None:
        """Close the form; what is typed in it stays."""
        if self.form is not None:
            self.form = None
            self.editing.emit()

    def open_person(self, person: RecordId) -> None:
        """The page of somebody."""
        self._shell.open("person", person=person)


def _with_end(values: Mapping[str, Value], today: str) -> Mapping[str, Value]:
    """With the day, if the case is ended by these."""
    return {**values, "ended_on": today} if values.get("state") in ("reunited", "closed") and "ended_on" not in values else values
