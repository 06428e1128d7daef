"""Who becomes head of a household, and who moves out of it: a question, a box, and what is done then."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.domain.ids import RecordId
from desktop.services import children, households, people
from desktop.services.children import Case
from desktop.services.households import Headed
from desktop.services.people import MemberRow, PersonRow
from desktop.services.session import Session
from ui import messages
from ui.messages import Answer
from ui.pages.person import told
from ui.pages.person.state import PersonState
from ui.records.choose_person import ChoosePerson
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.dialogs import Box
from ui.widgets.fields import Labelled
from ui.widgets.labels import Note
from ui.words import tr

_OWN, _OTHER = "own", "other"


def ask_head(parent: QWidget, state: PersonState, member: MemberRow) -> None:
    """Ask whether this member is the head from now on."""
    name = told.names(member.person)[0]

    def answered(answer: str) -> None:
        if answer == "head":
            state.shell.do(state, lambda session: households.make_head(session, person=member.person.id), lambda made: _to_ask(parent, state, made))

    messages.ask(
        parent, tr("Make {name} the head of the household?", name=name),
        tr("What the others are to the new head is changed where it follows: a wife’s son stays her son. Ctrl+Z takes it back."),
        (Answer("head", tr("Make head"), "primary"), Answer("leave", tr("Leave it"))),
        answered, icon="household",
    )


def _to_ask(parent: QWidget, state: PersonState, made: Headed) -> None:
    names = [told.names(one.person)[0] for one in state.members() if one.person.id in made.to_ask]
    if names:
        messages.tell(parent, tr("Ask what {names} are to the new head.", names=tr(", ").join(names)), "", icon="household")


def ask_child(parent: QWidget, state: PersonState) -> None:
    """Ask who looks after the child the page is about, and go to the steps; to those that were begun, if they were."""
    row = state.page.row if state.page is not None else None
    if row is None:
        return

    def begin(kind: str) -> None:
        state.shell.do(
            state, lambda session: children.open_case(session, person=row.id, kind=kind), lambda case: state.shell.open("families", case=case)
        )

    def found(case: Case | None) -> None:
        if case is not None:
            state.shell.open("families", case=case.id)
            return
        messages.ask(
            parent, tr("Who looks after {name} now?", name=told.names(row)[0]),
            tr("As long as nobody looks after them, this child stands on Today."),
            (Answer("unaccompanied", tr("Nobody grown"), "primary"), Answer("separated", tr("Others, not the parents")), Answer("", tr("Go back"))),
            lambda answer: begin(answer) if answer else None, icon="child",
        )

    state.shell.read(state, lambda session: children.case_of(session, person=row.id), found)


class MoveBox(Box):
    """Which of the members move, and where to; `first` is chosen when it opens."""

    def __init__(self, parent: QWidget, state: PersonState, first: RecordId | None) -> None:
        super().__init__(parent, "move_box", tr("Who moves to another household?"), width=600)
        self._state, self._over = state, parent
        members = state.members()
        self._keys = {str(at): one.person.id for at, one in enumerate(members)}
        self._who = Choices(
            [(str(at), told.names(one.person)[0]) for at, one in enumerate(members)], name="move_who", label=tr("Who moves"), many=True,
            chosen=[key for key, record in self._keys.items() if record == first],
        )
        self._where = Choices(
            [(_OWN, tr("A household of their own")), (_OTHER, tr("The household of somebody else…"))], name="move_where",
            label=tr("Where they move"), chosen=[_OWN],
        )
        self._wrong = Note("warning", "", "danger", name="move_wrong")
        go = Button(tr("Move"), "primary", name="move_go")
        go.clicked.connect(self._go)
        back = Button(tr("Go back"), hint="Esc", name="move_back")
        back.clicked.connect(self.reject)
        self.body.addWidget(Labelled(tr("Who moves"), self._who))
        self.body.addSpacing(10)
        self.body.addWidget(Labelled(tr("Where they move"), self._where))
        self.body.addSpacing(8)
        self.body.addWidget(self._wrong)
        for button in (go, back):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self._who.focus()

    def _go(self) -> None:
        chosen = [record for key, record in self._keys.items() if key in self._who.chosen()]
        if not chosen or len(chosen) == len(self._keys):
            self._wrong.say(
                tr("Choose who moves.") if not chosen
                else tr("Somebody has to stay. If all belong to another household, say that the two households are the same.")
            )
            return
        self.accept()
        state, parent = self._state, self._over
        if self._where.one() == _OWN:
            head = next((one.person.id for one in state.members() if one.person.id in chosen and one.relationship == "focal"), chosen[0])
            state.shell.do(state, lambda session: households.split(session, people=chosen, head=head))
            return
        ChoosePerson(parent, state.shell, lambda row: _move(state, chosen, row), title=tr("To whose household?")).open()


def _move(state: PersonState, chosen: list[RecordId], row: PersonRow) -> None:
    def work(session: Session) -> tuple[tuple[RecordId, ...], Changes]:
        home = people.page(session, person=row.id).household
        return households.move(session, people=chosen, to=home if home is not None else row.id)

    state.shell.do(state, work)
