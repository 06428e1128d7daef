"""Papers for many people in one go: who, which papers, in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import RecordId
from desktop.services import batches
from desktop.services.batches import BY_CODE, BY_HOUSEHOLD
from desktop.services.papers import ARRIVAL_SLIP, Ask, Document
from desktop.services.people import PersonRow
from desktop.services.session import Session
from ui.pages.paper.write_for_many import WriteForMany
from ui.records.choose_person import ChoosePerson
from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.dialogs import Box
from ui.widgets.labels import Note, Words
from ui.widgets.layout import box, col, row
from ui.words import counted, digits, tr

TODAY, HERE, HOUSEHOLD, PICKED = "today", "here", "household", "picked"


@dataclass(frozen=True)
class Many:
    """What was asked for: `who` is one of the words above, `people` those that were chosen by hand, `typed` what was written for all."""

    who: str
    people: tuple[RecordId, ...]
    documents: tuple[str, ...]
    order: str
    tally: bool
    typed: tuple[tuple[str, str], ...] = ()

    def everybody(self, session: Session) -> list[RecordId]:
        """Whom it is for. UserError record.missing."""
        if self.who == TODAY:
            return batches.arrived_today(session)
        if self.who == HERE:
            return batches.everybody_here(session)
        if self.who == HOUSEHOLD and self.people:
            return batches.household(session, person=self.people[0])
        return list(self.people)


@dataclass(frozen=True)
class Counts:
    """How many people each choice means."""

    today: int
    here: int


def count(session: Session) -> Counts:
    """How many came today, and how many are here."""
    return Counts(len(batches.arrived_today(session)), len(batches.everybody_here(session)))


class ManyBox(Box):
    """`then(asked)` gets what was asked for; nothing is called if the volunteer goes back."""

    def __init__(
        self, parent: QWidget, shell: Shell, counts: Counts, titles: Callable[[Document], str], then: Callable[[Many], None],
    ) -> None:
        super().__init__(parent, "many", tr("Papers for many people"), icon="people", width=640)
        self._window, self._shell, self._counts, self._then = parent, shell, counts, then
        self._rows: list[PersonRow] = []
        first = TODAY if counts.today else HERE
        self._who = Choices([
            (TODAY, tr("Arrived today ({count})", count=digits(counts.today))), (HERE, tr("Everybody here ({count})", count=digits(counts.here))),
            (HOUSEHOLD, tr("One household")), (PICKED, tr("People I pick")),
        ], name="many_who", label=tr("For whom"), chosen=[first])
        self._who.picked.connect(lambda _keys: self._changed())
        self._pick = Button(tr("Choose a person"), icon="person", name="many_pick")
        self._pick.clicked.connect(self._choose)
        self._none = Button(tr("Begin again"), "quiet", name="many_clear")
        self._none.clicked.connect(self._clear)
        self._picked = Words("", "body", "second", wrap=True)
        self._picked.setObjectName("many_picked")
        self._papers = Choices(
            [(one.code, titles(one)) for one in batches.documents()], name="many_papers", label=tr("Papers"), many=True, chosen=[ARRIVAL_SLIP],
        )
        self._papers.picked.connect(lambda _keys: self._look())
        self._order = Choices(
            [(BY_CODE, tr("By number")), (BY_HOUSEHOLD, tr("Household by household"))], name="many_order", label=tr("Order"), chosen=[BY_CODE],
        )
        self._tally = Choices(
            [("yes", tr("With a sheet to cross off")), ("no", tr("Without"))], name="many_tally", label=tr("Handing out"), chosen=["yes"],
        )
        self._why = Note("info", "", "warn", "body", name="many_why")
        self._fill()
        self._changed()

    def _fill(self) -> None:
        self._by_hand = box(col(8, row(self._pick, self._none, None), 6, self._picked))
        for label, field in (
            (tr("For whom"), self._who), ("", self._by_hand), (tr("Papers"), self._papers), (tr("Order"), self._order),
            (tr("Handing out"), self._tally),
        ):
            if label:
                self.body.addSpacing(10)
                self.body.addWidget(Words(label, "body", "second"))
                self.body.addSpacing(6)
            self.body.addWidget(field)
        self.body.addSpacing(10)
        self.body.addWidget(self._why)
        self._go = Button(tr("Make the pages"), "primary", hint="Enter", name="many_go")
        self._go.setDefault(True)
        self._go.clicked.connect(self._done)
        back = Button(tr("Go back"), hint="Esc", name="many_back")
        back.clicked.connect(self.reject)
        for button in (self._go, back):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)

    # ---- choosing ---------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        by_hand = self._who.one() in (HOUSEHOLD, PICKED)
        if self._who.one() == HOUSEHOLD:
            del self._rows[1:]
        self._by_hand.setVisible(by_hand)
        self._none.setVisible(by_hand and bool(self._rows))
        self._picked.setVisible(by_hand and bool(self._rows))
        self._pick.say(tr("One more person") if self._who.one() == PICKED and self._rows else tr("Choose a person"))
        self._picked.setText(",  ".join(f"{one.code[:4]}-{one.code[4:]} {one.name}" for one in self._rows))
        self._look()

    def _choose(self) -> None:
        def chosen(one: PersonRow) -> None:
            if self._who.one() == HOUSEHOLD:
                self._rows.clear()
            if all(one.id != row.id for row in self._rows):
                self._rows.append(one)
            self._changed()

        ChoosePerson(self, self._shell, chosen).open()

    def _clear(self) -> None:
        self._rows.clear()
        self._changed()

    def _look(self) -> None:
        number = {TODAY: self._counts.today, HERE: self._counts.here}.get(self._who.one(), len(self._rows))
        why = ""
        if not number:
            why = tr("Nobody came today.") if self._who.one() == TODAY else tr("Nobody is chosen yet.")
        elif number > batches.MOST:
            why = tr("At most {most} people in one go. Pick fewer.", most=batches.MOST)
        elif not self._papers.chosen():
            why = tr("Choose at least one paper.")
        elif len({one.roll for one in self._documents()}) > 1:
            why = tr("Strips of a roll and sheets go to different printers. Choose one or the other.")
        self._why.say(why)
        self._go.setEnabled(not why)

    def _documents(self) -> list[Document]:
        chosen = self._papers.chosen()
        return [one for one in batches.documents() if one.code in chosen]

    def _done(self) -> None:
        codes = tuple(one.code for one in self._documents())
        asked = Many(self._who.one(), tuple(one.id for one in self._rows), codes, self._order.one(), self._tally.one() == "yes")
        parent, shell, then = self._window, self._shell, self._then
        self.accept()

        def came(found: tuple[tuple[Ask, ...], dict[str, str]]) -> None:
            asks, before = found
            if asks:
                WriteForMany(parent, asks, before, lambda said: then(replace(asked, typed=tuple(said.items())))).open()
            else:
                then(asked)

        shell.read(shell, lambda session: batches.asks(session, documents=codes), came)


def made_words(people: int, pages: int) -> str:
    """What a batch is, in one line."""
    return counted(people, "{n} person. Pages: {pages}", "{n} people. Pages: {pages}", pages=pages)
