"""The pipeline of contacts: tabs by stage, the list, the chosen contact at the side, and the forms."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.changes import Changes
from desktop.domain.codes import shown as shown_code
from desktop.domain.fields import CHOICES
from desktop.domain.ids import Stamp
from desktop.services.contacts import ContactRow
from desktop.words.labels import choice_label
from ui import chips, dates, words
from ui.commands import Command
from ui.page import Page
from ui.pages.contacts.boxes import person_parts, waiting_parts
from ui.pages.contacts.forms import contact_form
from ui.pages.contacts.library import Library
from ui.pages.contacts.side import HiddenWords, contact_side
from ui.pages.contacts.state import BESIDE, STAGES, ContactsState
from ui.records.form_page import FormPage
from ui.shell import Shell
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.fields import Search
from ui.widgets.labels import Words
from ui.widgets.layout import box, clear, col, drop, fill, focus_soon, has_keyboard, row, rule
from ui.widgets.lists import CellTable, Tabs
from ui.widgets.parts import Empty, Sentence, SidePanel
from ui.widgets.rows import Cell
from ui.words import digits, mark, tr

_RULES = {
    "they_call_us": mark("they call us"), "we_may_call": mark("we may call"), "message_only": mark("messages only"),
    "through_someone": mark("through somebody"),
}


def _line(one: ContactRow) -> list[Cell]:
    late = one.late_hours > 0
    when = dates.moment(one.next_talk)
    marks = [chips.stopped()] if one.warned else [chips.late(one.late_hours)] if late else []
    if one.check_in == "needs_help" and not one.warned:
        marks = [chips.check_in(one.check_in)]
    rule_ = tr(_RULES[one.call_rule]) if one.call_rule in _RULES else ""
    theirs = tr("{time} for them", time=dates.clock(one.next_theirs)) if one.next_theirs != one.next_talk else ""
    volunteer = tr("{name}?", name=one.handover_to) if one.handover_to else ""
    return [
        Cell(shown_code(one.code), one.call_name, key=one.id.text()),
        Cell(dates.people(max(1, one.people))),
        Cell((tr("due {when}", when=when) if late else when) or tr("none agreed"), words.listed([theirs, rule_]) or " "),
        Cell(one.volunteer, volunteer),
        Cell(chips=tuple(marks)),
    ]


class ContactsView(Page):
    """Contacts."""

    help = (
        mark("People who have not arrived yet. Those who are late stand first, and a red line says how late."),
        mark("Read “Before you talk” each time. Never call somebody who is to call us."),
        mark("Press N to write what they said and when you talk next. If you agreed on words, Show tells them for ten seconds."),
        mark("If they use the warning word, tick it: then nobody calls them until a coordinator says so."),
        mark("Guidance (Ctrl+G) keeps short texts for the way. Give one with G, and you see later who has which."),
        mark("Hand over asks somebody else to look after them. Nothing changes until they accept."),
        mark("When they are here, press “They have arrived”, then register them. If the desk wrote down the words they said, it stands here."),
    )

    def __init__(self, shell: Shell, state: ContactsState) -> None:
        super().__init__("contacts", tr("Contacts"))
        self._shell, self._state = shell, state
        self._form: FormPage | None = None
        if state.locked:
            self.setLayout(col((self._locked_page(), 1)))
            return
        self._side = SidePanel("contacts_side", 320)
        self._talk = self._side_button(tr("Write what they said"), "primary", "pencil", "N", "contact_talk", "talk")
        self._change = self._side_button(tr("Change"), "normal", "", "E", "contact_change", "change")
        self._here = self._side_button(tr("They have arrived"), "normal", "", "", "contact_arrived", "arrived")
        self._give = self._side_button(tr("Give guidance"), "normal", "", "G", "contact_guidance", "guidance")
        self._hand = self._side_button(tr("Hand over"), "normal", "", "", "contact_handover", "handover")
        self._actions = (self._talk, self._change, self._here, self._give, self._hand)
        fill(self._side.foot, row(self._talk, None), row(self._here, self._change, None), row(self._give, self._hand, None))
        self._library: Library | None = None
        self._head, self._middle = self._head_of_page(), self._list_of_page()
        self._whole = row((self._middle, 1), self._side, gap=0)
        self._whole_box = box(self._whole)
        self._pages = col((self._whole_box, 1))
        self.setLayout(col(self._head, (self._pages, 1)))
        state.turned.connect(self._show_library)
        state.listed.connect(self._show_list)
        state.chosen.connect(self._show_chosen)
        state.editing.connect(self._show_form)
        self._show_list()
        self._show_chosen()
        self._show_form()
        self._show_library()

    # ---- what the shell asks ------------------------------------------------------------------------------------------

    def arrive(self, **where: object) -> None:
        contact = where.get("contact")
        self._state.show(Stamp(*contact) if isinstance(contact, tuple) else None)

    def leave(self) -> None:
        self._hide_words()
        self._state.leave()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)

    def first_focus(self) -> QWidget | None:
        if self._state.locked:
            return None
        if self._library is not None:
            return self._library.first()
        if self._form is not None:
            return self._form.first()
        return self._table if self._state.rows else self._search if self._state.query else self.findChild(QWidget, "contacts_begin")

    def back(self) -> bool:
        library = self._state.library
        if self._state.in_library:
            if library.form:
                library.close_form()
            else:
                self._state.turn(False)
            return True
        if self._state.form:
            self._state.close_form()
            return True
        if not self._state.locked and self._search.text():
            self._search.clear()
            return True
        return False

    def commands(self) -> Sequence[Command]:
        state = self._state
        if state.locked:
            return ()

        def listing() -> bool:
            return not state.form and state.writes and not state.in_library

        def writing() -> bool:
            return bool(state.form or (state.in_library and state.library.form))

        def chosen() -> bool:
            return listing() and state.page is not None

        return (
            Command("contacts.save", mark("Save what I changed"), self._save, "Ctrl+Return", "done", ready=writing),
            Command("contacts.talk", mark("Write what they said"), lambda: state.begin("talk"), "N", "pencil", ready=chosen),
            Command("contacts.change", mark("Change what is known"), lambda: state.begin("change"), "E", "pencil", ready=chosen),
            Command("contacts.new", mark("New contact"), lambda: state.begin("new"), "Ctrl+N", "plus", ready=listing),
            Command("contacts.arrived", mark("They have arrived"), lambda: state.begin("arrived"), "", "done", ready=chosen),
            Command("contacts.words", mark("Show the agreed words for ten seconds"), self._show_words, "", "eye", ready=chosen),
            Command("contacts.guide", mark("Give guidance"), lambda: state.begin("guidance"), "G", "form", ready=chosen),
            Command("contacts.handover", mark("Hand over to another volunteer"), lambda: state.begin("handover"), "", "contacts", ready=chosen),
            Command("contacts.guidance", mark("Guidance sheets"), self._turn, "Ctrl+G", "form", ready=lambda: not state.form),
            Command("contacts.sheet", mark("New guidance sheet"), self._new_sheet, "", "plus", ready=lambda: not state.form and state.writes),
            Command("contacts.search", mark("Search contacts"), self._search.setFocus, "Ctrl+F", "search", ready=lambda: not state.form),
        )

    # ---- building -------------------------------------------------------------------------------------------------------

    def _side_button(self, text: str, kind: str, icon: str, hint: str, name: str, form: str) -> Button:
        made = Button(text, kind, icon, hint, name=name)
        made.clicked.connect(lambda: self._state.begin(form))
        return made

    def _locked_page(self) -> QWidget:
        told = Sentence(
            "lock", tr("Only a volunteer who can open Contacts sees this."),
            tr("Who has not arrived yet is kept apart, so that few people know of them. A coordinator can give you this folder."),
        )
        told.setMaximumWidth(760)
        return box(col(28, row((told, 1), None), None, edge=(EDGE, 20, EDGE, 0)), "surface")

    def _head_of_page(self) -> QWidget:
        state = self._state
        title = Words(tr("Contacts"), "title")
        title.setObjectName("page_title")
        self._title = title
        self._search = Search(name="contacts_search", hint=tr("Name or code"))
        self._search.setFixedWidth(220)
        self._search.setText(state.query)
        self._search.textChanged.connect(lambda text: state.look_for(query=text))
        new = Button(tr("New contact"), "normal", "plus", "Ctrl+N", name="contacts_new")
        new.clicked.connect(lambda: state.begin("new"))
        new.setEnabled(state.writes)
        self._tabs = Tabs(self._titles(), name="contacts_tabs", label=tr("Stages"))
        self._tabs.opened.connect(self._open_stage)
        guidance = Button(tr("Guidance"), "normal", "form", "Ctrl+G", name="contacts_guidance")
        guidance.clicked.connect(self._turn)
        self._new, self._guidance = new, guidance
        self._new_sheet_button = Button(tr("New sheet"), "primary", "plus", name="guidance_new")
        self._new_sheet_button.clicked.connect(self._new_sheet)
        self._new_sheet_button.setEnabled(state.writes)
        head = row(title, None, self._search, guidance, new, self._new_sheet_button, edge=(EDGE, 18, EDGE, 8))
        self._tab_row = box(col(row(self._tabs, None, edge=(EDGE - 8, 0, 0, 0)), rule()))
        made = box(col(head, self._tab_row))
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return made

    def _list_of_page(self) -> QWidget:
        my = words.language() == "my"
        heads = (tr("Contact"), tr("People"), tr("Next safe time"), tr("Volunteer"), tr("State"))
        self._table = CellTable(
            heads, (0, 84 if my else 90, 230 if my else 210, 104 if my else 110, 156 if my else 120), name="contacts_list", label=tr("Contacts")
        )
        self._table.chosen.connect(self._choose)
        self._table.opened.connect(self._choose)
        self._table.typed.connect(self._type_on)
        self._search.moved.connect(self._table.step)
        self._nothing = Words("", "body", "hint", wrap=True)
        self._nothing.setObjectName("contacts_nothing")
        self._nothing_box = box(col(20, self._nothing, None, edge=(8, 0, 8, 0)))
        self._empty = self._nobody_yet()
        self._list_box = box(col((self._table, 1), (self._nothing_box, 1), edge=(EDGE - 8, 0, 8, 0)))
        return box(col((self._list_box, 1), (self._empty, 1)))

    def _nobody_yet(self) -> QWidget:
        begin = Button(tr("New contact"), "primary", "plus", "Ctrl+N", name="contacts_begin")
        begin.clicked.connect(lambda: self._state.begin("new"))
        begin.setEnabled(self._state.writes)
        return Empty(
            tr("No contacts yet"), tr("Write down somebody who wants to come: how and when it is safe to talk, and what was agreed."), begin
        )

    def _titles(self) -> list[tuple[str, str]]:
        language, counts = words.language(), self._state.counts
        names = {"open": tr("All open"), **{stage: choice_label("stage", stage, language) for stage in CHOICES["stage"]}}
        return [(stage, f"{names[stage]}  {digits(str(counts[stage]))}" if counts.get(stage) else names[stage]) for stage in STAGES]

    # ---- showing --------------------------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        state = self._state
        nobody = state.read and not state.query and not any(state.counts.get(stage) for stage in CHOICES["stage"])
        self._empty.setVisible(nobody)
        self._list_box.setVisible(not nobody)
        self._tab_row.setVisible(not nobody and not state.in_library)
        self._search.setVisible(not nobody and not state.in_library)
        self._side.setVisible(not nobody and state.form in ("", *BESIDE))
        had = has_keyboard(self._table)
        for at, (_, text) in enumerate(self._titles()):
            self._tabs.setTabText(at, text)
        before = self._tabs.blockSignals(True)
        self._tabs.open(state.stage if state.stage in STAGES else "open")
        self._tabs.blockSignals(before)
        if self._search.text() != state.query:
            before = self._search.blockSignals(True)
            self._search.setText(state.query)
            self._search.blockSignals(before)
        before = self._table.blockSignals(True)  # the rows change, not the choice
        self._table.show_lines(self._lines())
        if state.contact is not None:
            self._table.choose(state.contact.text())
        self._table.blockSignals(before)
        self._table.setVisible(bool(state.rows))
        self._nothing_box.setVisible(not state.rows)
        self._nothing.setText(tr("No contact by that name or code.") if state.query else tr("Nobody is in this stage."))
        if had and state.rows:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lines(self) -> list[list[Cell]]:
        rows, language = self._state.rows, words.language()
        if self._state.stage != "open":
            return [_line(one) for one in rows]
        lines: list[list[Cell]] = []
        for stage in dict.fromkeys(one.stage for one in rows):
            inside = [one for one in rows if one.stage == stage]
            lines.append([Cell(choice_label("stage", stage, language), right=digits(str(len(inside))), heading=True)])
            lines += [_line(one) for one in inside]
        return lines

    def _show_chosen(self) -> None:
        clear(self._side.body)
        page = self._state.page
        if page is not None:
            before = self._table.blockSignals(True)
            self._table.choose(page.row.id.text())
            self._table.blockSignals(before)
        for button in self._actions:
            button.setEnabled(page is not None and self._state.writes)
        self._here.setEnabled(page is not None and self._state.writes and page.row.stage != "arrived")
        if page is None:
            fill(self._side.body, Words(tr("Choose a contact to see more."), "body", "hint", wrap=True), None)
        else:
            fill(self._side.body, *contact_side(page, waiting_parts(self._state)), *person_parts(self._state), None)
        self._shell.offer()

    def _show_form(self) -> None:
        state = self._state
        if self._form is not None:
            drop(self._whole, self._form)
            self._form = None
        if state.form and (state.form == "new" or state.page is not None):
            self._form = contact_form(state)
            self._whole.insertWidget(0, self._form, 1)
        self._head.setVisible(self._form is None)
        self._middle.setVisible(self._form is None)
        beside = self._form is None or state.form in BESIDE
        self._side.setVisible(beside and bool(state.rows or state.query))
        for button in self._actions:
            button.setVisible(self._form is None)
        if self.isVisible():
            first = self.first_focus()
            if first is not None:
                focus_soon(first)
        self._shell.offer()

    def _show_library(self) -> None:
        state = self._state
        if self._library is not None:
            drop(self._pages, self._library)
            self._library = None
        if state.in_library:
            self._library = Library(state.library)
            self._pages.addWidget(self._library, 1)
            state.library.editing.connect(self._show_head)
        self._show_head()
        self._whole_box.setVisible(not state.in_library)
        first = self.first_focus()
        if self.isVisible() and first is not None:
            focus_soon(first)
        self._shell.offer()

    def _show_head(self) -> None:
        """Which buttons stand at the top: those of contacts, or those of the library."""
        state = self._state
        sheets = state.in_library
        self._head.setVisible(not state.form and not (sheets and state.library.form))
        self._title.setText(tr("Guidance") if sheets else tr("Contacts"))
        self._guidance.say(tr("Back to contacts") if sheets else tr("Guidance"))
        self._new.setVisible(not sheets)
        self._new_sheet_button.setVisible(sheets)
        self._tab_row.setVisible(not sheets and any(state.counts.values()))
        self._search.setVisible(not sheets)
        self._shell.offer()

    # ---- doing ----------------------------------------------------------------------------------------------------------

    def _open_stage(self, stage: str) -> None:
        self._state.look_for(stage=stage)

    def _choose(self, key: object) -> None:
        self._hide_words()
        self._state.choose(key)

    def _type_on(self, text: str) -> None:
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.setText(self._search.text() + text)

    def _save(self) -> None:
        form = self._library.form if self._library is not None else self._form
        if form is not None:
            form.save()

    def _turn(self) -> None:
        self._state.turn(not self._state.in_library)

    def _new_sheet(self) -> None:
        self._state.turn(True)
        self._state.library.begin("new")

    def _show_words(self) -> None:
        hidden = self.findChild(HiddenWords)
        if hidden is not None and not hidden.plain:
            hidden.turn()

    def _hide_words(self) -> None:
        for hidden in self.findChildren(HiddenWords):
            hidden.hide_words()
