"""The first tab: who this is, how they came, the household, notes; what is next at the side."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.folders import Folder
from desktop.services.people import PersonPage
from desktop.words.labels import field_label
from ui import chips, dates, words
from ui.folder_names import folder_name
from ui.pages.person import told
from ui.pages.person.care import care
from ui.pages.person.carer import ChooseCarer
from ui.pages.person.household_tab import members_table
from ui.pages.person.made_one import made_one
from ui.pages.person.notes_tab import due_words, step_chips
from ui.pages.person.state import PersonState
from ui.records.known import text_of
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Fact, Words, facts
from ui.widgets.layout import Part, box, col, row
from ui.widgets.lists import RowList
from ui.widgets.rows import Cell
from ui.words import tr

_STEPS, _NOTES, _LONG = 4, 3, 600  # steps and notes that are shown here, and letters of a note; all of them have a tab of their own
_WHO = (
    "other_names", "birth", "sex", "township", "ethnicity", "languages", "interpreter", "marital", "father_name", "mother_name",
    "papers", "phone", "skills",
)
_ARRIVAL = ("arrived", "token", "source", "destination", "force", "rank_claimed", "rank_verified", "left_on", "review_on")


def _arrival(state: PersonState) -> list[Fact]:
    page = state.page
    if page is None:
        return []
    found = told.known("person", page.fields, _ARRIVAL[:1], state.answers)
    arrived = page.fields.get("arrived")
    where = page.row.site
    if arrived is not None and arrived.author:
        found.append((tr("Registered by"), tr("{who}, {where}", who=arrived.author, where=where) if where else arrived.author))
    if page.members:
        found.append((tr("Came with"), dates.people(len(page.members))))
    carer = Button(page.caseworker or tr("Nobody yet"), "quiet", "person", "Alt+O", name="caseworker")
    carer.setAccessibleName(tr("Who looks after them…"))
    carer.clicked.connect(lambda: ChooseCarer(carer.window(), state).open())
    carer.setEnabled(state.writes)
    found.append((field_label("person", "caseworker", words.language()), carer))
    return found + told.known("person", page.fields, _ARRIVAL[1:], state.answers) + told.consents(page.fields)


def overview(state: PersonState) -> QWidget:
    """The middle of the tab."""
    page = state.page
    if page is None:
        return QWidget()
    labels = {"birth": tr("Age")} if page.row.age is not None and _by_age(state) else {}
    who = told.known("person", page.fields, _WHO, state.answers, labels)
    parts: list[Part] = []
    lines = care(page)
    if lines:
        parts += [*lines, 14]
    columns = row(
        (col(Words(tr("Who"), "heading"), 8, *_known_or_not(state, who), None), 1),
        (col(Words(tr("Arrival"), "heading"), 8, facts(_arrival(state)), None), 1), gap=28,
    )
    parts += [columns, 18, members_table(state, "overview_members")]
    parts += _assessed(state)
    joined = made_one(state, page.made_one, "made_one")
    parts += [20, *joined] if joined else []
    parts += _notes(page)
    return box(col(*parts, None, edge=(EDGE, 16, EDGE, 20)))


def _known_or_not(state: PersonState, who: list[Fact]) -> list[Part]:
    """What is known of them; of somebody of whom nobody wrote anything down, the way to do it."""
    if who:
        return [facts(who)]
    write = Button(tr("Write it down"), icon="pencil", hint="E", name="write_who")
    write.setAccessibleName(tr("Change what is known"))
    write.clicked.connect(lambda: state.begin("person"))
    write.setEnabled(state.writes)
    return [Words(tr("Nothing is written yet."), "body", "hint"), 8, row(write, None)]


def _assessed(state: PersonState) -> list[Part]:
    """Checking and risk, for those who may see them."""
    page = state.page
    if page is None or page.assessment is None:
        return []
    change = Button(tr("Change") if page.assessment else tr("Write it down"), icon="shield", name="change_assessment")
    change.setAccessibleName(tr("Checking and risk…"))
    change.clicked.connect(lambda: state.begin("assessment"))
    change.setEnabled(state.writes)
    known = told.known("assessment", page.assessment, ("verification", "verification_how", "risk", "risk_why"), lambda _name: state.shell.open("answers"))
    last = max(page.assessment.values(), key=lambda shown: shown.at, default=None)
    seen = Words(tr("Only caseworkers and coordinators who can open Contacts read it."), "small", "hint")
    lines: list[Part] = [facts(known, first=190)] if known else [Words(tr("Nothing is written yet."), "body", "hint")]
    when: list[Part] = [2, Words(told.when(last), "small", "hint")] if last is not None else []
    return [20, row(Words(tr("Checking and risk"), "heading"), seen, None, gap=12), 8, *lines, *when, 8, row(change, None)]


def _notes(page: PersonPage) -> list[Part]:
    """The newest notes, and what was written on the card; all of them have a tab of their own."""
    parts: list[Part] = []
    for one in page.notes[:_NOTES]:
        when = tr("{who}, {when}", who=one.author, when=dates.moment(one.at))
        where = f"{when}  ·  {folder_name(one.ref.folder)}" if one.ref.folder is not Folder.RECEPTION else when
        parts += [8, Words(one.text if len(one.text) <= _LONG else one.text[:_LONG].rstrip() + "…", wrap=True), 2, Words(where, "small", "hint")]
    note = page.fields.get("note")
    if note is not None and text_of(note):
        parts += [8, Words(text_of(note), wrap=True), 2, Words(told.when(note), "small", "hint")]
    return [20, Words(tr("Notes"), "heading"), *parts] if parts else []


def _by_age(state: PersonState) -> bool:
    birth = state.page.fields.get("birth") if state.page is not None else None
    return birth is not None and isinstance(birth.value, dict) and birth.value.get("precision") == "age"


class NextSteps(RowList):
    """What waits for this person; each line leads to where it is done."""

    def __init__(self, state: PersonState) -> None:
        super().__init__(name="next_steps", label=tr("Next"), plane="paper", inset=0, tall=True, fit=True)
        self._state = state
        self.show_cells(_steps(state))
        self.opened.connect(self._go)

    def _go(self, key: object) -> None:
        if key == "answers":
            self._state.answers()
        elif isinstance(key, tuple):
            self._state.open_tab("notes")
        elif key == "form":
            self._state.long_form()
        elif key == "slip":
            self._state.print("arrival_slip")
        else:
            self._state.begin("person")


def _steps(state: PersonState) -> list[Cell]:
    page = state.page
    if page is None:
        return []
    found = []
    if page.row.answers_differ:
        found.append(Cell(tr("Two different answers"), tr("Choose which is right"), icon="differ", tone="warn", link=True, key="answers"))
    for at, step in enumerate([one for one in page.steps if not one.done][:_STEPS]):
        second = tr(", ").join(part for part in (due_words(step), step.who_name) if part)
        found.append(Cell(
            step.what, second or tr("no day yet"), icon="clock", tone="danger" if step.late else "accent", link=True,
            chips=step_chips(step), key=("step", at),
        ))
    for need in told.open_needs(page):
        chip = chips.need(need)
        shown = page.fields.get(f"need_{need}")
        found.append(Cell(chip.words, text_of(shown), icon=chip.icon, tone=chip.tone, link=state.writes, key=f"need_{need}"))
    forms = [one for one in page.submissions if one.form == "registration"]
    if not forms:
        found.append(Cell(tr("Begin the long form"), tr("nothing filled yet"), icon="form", link=state.writes, key="form"))
    for one in forms:
        if one.done < one.sections:
            done = tr("{done} of {all} sections done", done=one.done, all=one.sections)
            found.append(Cell(tr("Finish the long form"), done, icon="form", link=state.writes, key="form"))
    if page.row.state == "here" and not page.printed:
        found.append(Cell(tr("Print the arrival slip"), tr("not printed yet"), icon="paper", link=True, key="slip"))
    review = text_of(page.fields.get("review_on"))
    if review:
        found.append(Cell(tr("Look again"), review, icon="clock", link=state.writes, key="review"))
    return found


class LastChanges(RowList):
    """The last saves; each line leads to the history."""

    def __init__(self, state: PersonState) -> None:
        super().__init__(name="last_changes", label=tr("Last changes"), plane="paper", inset=0, tall=True, fit=True)
        lines = state.page.last_changes if state.page is not None else ()
        self.show_cells([
            Cell(tr("{who}, {where}", who=line.author, where=line.site) if line.site else line.author or " ", told.what(line, told.field_name), right=dates.moment(line.at), key=str(at))
            for at, line in enumerate(lines)
        ])


def side(state: PersonState) -> list[Part]:
    """What stands at the side."""
    steps, last = NextSteps(state), LastChanges(state)
    last.opened.connect(lambda _key: state.open_tab("history"))
    parts: list[Part] = [Words(tr("Next"), "heading"), 6, steps]
    if steps.cells.rowCount() == 0:
        parts = [Words(tr("Next"), "heading"), 8, Words(tr("Nothing waits."), "body", "hint")]
    return [*parts, 22, Words(tr("Last changes"), "heading"), 6, last]
