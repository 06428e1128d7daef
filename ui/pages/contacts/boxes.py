"""What waits for an answer about a contact: the warning word, somebody who seems to be them, a hand-over."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.codes import shown as shown_code
from desktop.services.arriving import Arriving
from ui import dates
from ui.pages.contacts.state import ContactsState
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, col, row, rule
from ui.words import tr


class Match(QWidget):
    """Somebody at the desk said words that fit."""

    def __init__(self, state: ContactsState, match: Arriving, number: int) -> None:
        super().__init__()
        self._state, self._code = state, match.person_code
        self.setObjectName(f"match_{number}")
        said = tr("Somebody at the desk said their words.") if match.sure else tr("Somebody at the desk said nearly their words.")
        who = tr("{code}, {name}, {when}", code=shown_code(match.person_code), name=match.person_name, when=dates.moment(match.arrived))
        yes = Button(tr("It is them"), "primary" if match.sure else "normal", "done", name=f"match_yes_{number}")
        no = Button(tr("Not them"), "normal", name=f"match_no_{number}")
        yes.clicked.connect(self._confirm)
        no.clicked.connect(self._deny)
        for one in (yes, no):
            one.setEnabled(state.writes)
        warned = Note("warning", tr("They also said the warning word.") if match.warning else "", "danger", "body", name=f"match_warned_{number}")
        self.setLayout(col(
            Note("person-add", said, "good" if match.sure else "warn", "body"), 4, Words(who, "body", "ink", wrap=True), 4, warned, 4,
            row(yes, no, None),
        ))

    def _confirm(self) -> None:
        self._state.confirm(self._code)

    def _deny(self) -> None:
        self._state.deny(self._code)


def _warned(state: ContactsState, moment: str) -> list[Part]:
    told = Note("warning", tr("Do not call until a coordinator says so."), "danger", "strong", name="warned")
    when = Words(tr("The warning word was used {when}.", when=dates.moment(moment)), "body", "second", wrap=True)
    parts: list[Part] = [told, 2, when]
    if state.coordinates:
        allow = Button(tr("They may be called again"), "normal", name="contact_allow")
        allow.clicked.connect(lambda: state.begin("allow"))
        parts += [6, row(allow, None)]
    return parts


def _asked(state: ContactsState) -> list[Part]:
    assert state.page is not None
    page_row = state.page.row
    ends = Button(tr("I cannot") if page_row.asked_me else tr("Ask no longer"), "normal", name="handover_end")
    ends.clicked.connect(state.end_handover)
    ends.setEnabled(state.writes)
    if not page_row.asked_me:
        waits = tr("{name} was asked to take over.", name=page_row.handover_to)
        return [Note("contacts", waits, "second", "body", name="handover_waits"), 6, row(ends, None)]
    take = Button(tr("I take over"), "primary", "done", name="handover_accept")
    take.clicked.connect(state.accept)
    take.setEnabled(state.writes)
    asked = tr("You are asked to look after them, in place of {name}.", name=page_row.volunteer or tr("nobody"))
    return [Note("contacts", asked, "warn", "body", name="handover_asked"), 6, row(take, ends, None)]


def person_parts(state: ContactsState) -> list[Part]:
    """Where to go on with somebody who has been registered, for the end of the side; [] if nobody was."""
    if state.page is None or state.page.person is None:
        return []
    go = Button(tr("Show the person"), "quiet", "person", name="contact_person")
    go.clicked.connect(state.show_person)
    return [6, row(go, None)]


def waiting_parts(state: ContactsState) -> list[Part]:
    """Everything that waits for an answer, for the top of the side; [] if nothing does."""
    if state.page is None:
        return []
    found: list[list[Part]] = []
    if state.page.row.warned:
        found.append(_warned(state, state.page.row.warned))
    found += [[Match(state, match, number)] for number, match in enumerate(state.matches)]
    if state.page.row.handover_to:
        found.append(_asked(state))
    parts: list[Part] = []
    for one in found:
        parts += [*one, 12, rule(), 12]
    return parts
