"""Somebody here may be the one who is sought: what agrees, what may be said when they are asked, and what they answered."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.codes import shown as shown_code
from desktop.services import sought
from desktop.services.sought import Match
from ui import dates
from ui.pages.families.request import SOUGHT, kin, must_not_learn
from ui.pages.families.state import FamiliesState
from ui.records.agreeing import tellings
from ui.records.known import known, text_of
from ui.widgets.choices import Choices
from ui.widgets.day_entry import DayEntry
from ui.widgets.fields import Labelled, Lines
from ui.widgets.labels import Note, Words, facts
from ui.widgets.layout import Part, box, col, row, rule
from ui.words import tr

_TOLD = (sought.CONTACT, sought.ALIVE)


def ask_parts(one: Match) -> list[Part]:
    """What agrees and differs, and what may be said to the one who is asked."""
    request = one.request
    left: list[Part] = [Words(tr("Who is sought"), "heading"), 8, facts(known("tracing", request.fields, SOUGHT), first=150), None]
    notes = [Note(telling.shown[0], telling.shown[2], telling.shown[1], "body") for telling in tellings(one.agreements, (request.age, one.person.age))]
    right: list[Part] = [Words(tr("What agrees, what differs"), "heading"), 8, *notes, None]
    parts: list[Part] = [row((box(col(*left)), 1), (box(col(*right)), 1), gap=28), 14, rule(thin=True), 12]
    parts += [Words(tr("Ask them alone. You may say:"), "heading"), 8, Note("voice", _say(one), "second", "body"), 8]
    may_say = text_of(request.fields.get("may_say"))
    if may_say:
        parts += [Note("voice", may_say, "second", "body"), 8]
    parts += must_not_learn(request)
    if one.withhold:
        parts += [Note("warning", tr("They want to be kept from: {names}", names=", ".join(one.withhold)), "danger", "body"), 8]
    if "caregiver" in one.agree:
        parts += [Note("child", tr("A child: ask together with the person who looks after them."), "warn", "body"), 8]
    return parts


def _say(one: Match) -> str:
    """Who asks, as far as it may be told."""
    named = one.request.fields.get("tell_name")
    if named is not None and named.value == "yes" and one.request.asked_by:
        return tr("{name} asks for you. You are said to be their: {kin}.", name=one.request.asked_by, kin=kin(one.request.relationship) or tr("relative"))
    return tr("Somebody of your family asks for you. Who it is may not be said yet.")


def second_line(one: Match) -> str:
    """Code, age and state of the one who may be sought."""
    age = tr("{n} years", n=one.person.age) if one.person.age is not None else ""
    again = tr("to be asked again {day}", day=dates.day(one.again)) if one.again else ""
    return "   ".join(part for part in (one.person.name_other, shown_code(one.person.code), age, again) if part)


class Answering(QObject):
    """What they answered, as it is chosen and typed. `widget` holds it; `first` takes the keyboard. Signal: `changed`."""

    changed = Signal()

    def __init__(self, state: FamiliesState, one: Match, *, enabled: bool) -> None:
        super().__init__()
        self._state, self._one = state, one
        self._verdict = Choices(
            [
                (sought.CONTACT, tr("Wants to be in touch")), (sought.ALIVE, tr("Only that they are alive and safe")),
                (sought.NOTHING, tr("Nothing may be told")), (sought.OTHER, tr("It is somebody else")), (sought.LATER, tr("Not asked yet, on another day")),
            ], name="verdict", label=tr("What they answered"), chosen=[str(state.said(one, "verdict") or "")],
        )
        asked = state.said(one, "asked")
        self._asked = Choices(
            [("self", tr("They themselves")), ("caregiver", tr("Their caregiver"))], name="agreed", label=tr("Who agreed"), many=True,
            chosen=asked if isinstance(asked, (list, tuple)) else [],
        )
        self._message = Lines(str(state.said(one, "message") or ""), name="message", rows=2)
        self._day = DayEntry(name="again", label=tr("Ask again on"), value=str(state.said(one, "day") or ""), whole=True)
        self._means = Note("info", "", "second", "body", name="verdict_means")
        self._rows = {
            "asked": Labelled(tr("Who agreed"), self._asked),
            "message": Labelled(tr("What they want to be said"), self._message, help=tr("It is read out as you write it. No places.")),
            "day": Labelled(tr("Ask again on"), self._day),
        }
        self.widget: QWidget = box(col(
            Labelled(tr("What they answered"), self._verdict), 8, self._rows["asked"], self._rows["message"], self._rows["day"], 4, self._means,
        ))
        self.widget.setEnabled(enabled)
        self._verdict.picked.connect(self._picked)
        self._asked.picked.connect(lambda chosen: state.say(one, "asked", sorted(chosen)))
        self._message.textChanged.connect(lambda: state.say(one, "message", self._message.toPlainText()))
        self._day.edited.connect(lambda: state.say(one, "day", self._day.value()))
        self._show()

    @property
    def first(self) -> QWidget:
        """Where the keyboard goes."""
        return self._verdict.start()

    @property
    def last(self) -> QWidget:
        """What stands below everything that is asked."""
        return self._means

    def _picked(self, _chosen: object) -> None:
        self._state.say(self._one, "verdict", self._verdict.one())
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        verdict = self._verdict.one()
        for name, on in (("asked", verdict in _TOLD), ("message", verdict in _TOLD), ("day", verdict == sought.LATER)):
            self._rows[name].setVisible(on)
        self._means.say({
            sought.CONTACT: tr("Their site is told this and your words. Not who answered, and no place."),
            sought.ALIVE: tr("Their site is told this and your words. Not who answered, and no place."),
            sought.NOTHING: tr("Nothing leaves this place. At the other site it is as if nobody was found."),
            sought.OTHER: tr("Nothing leaves this place. Nobody is asked about these two again."),
            sought.LATER: tr("Nothing leaves this place. They stand here again on that day."),
        }.get(verdict, ""))
