"""The list of what needs somebody, and what is true of the whole place at its side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.domain.changes import Changes
from desktop.services.contacts import ContactRow
from desktop.services.steps import DueRow
from desktop.services.today import TodayPage
from desktop.words.labels import choice_label, field_label
from ui import chips, dates, words
from ui.page import Page
from ui.pages.today.families import family_lines
from ui.pages.today.state import TodayState
from ui.paper_names import paper_name
from ui.records.nobody import FIRST, nobody_yet
from ui.shell import Shell
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words, figures
from ui.widgets.layout import Part, box, clear, col, fill, has_keyboard, row
from ui.widgets.lists import RowList
from ui.widgets.parts import Head, SidePanel
from ui.widgets.rows import Cell, Chip
from ui.words import counted, digits, mark, tr


def _key(page: str, **where: object) -> tuple[str, tuple[tuple[str, object], ...]]:
    return page, tuple(where.items())


def _heading(text: str, count: int) -> Cell:
    """Words over a group of lines, with how many they are unless the words say it."""
    number = digits(str(count))
    return Cell(text, right="" if number in text else number, heading=True)


def _silent(one: ContactRow) -> list[Cell]:
    """Somebody who is late, and below where it stands what was agreed to do then: it may name people, and this page is seen in passing."""
    shown = _contact(one)
    agreed = Cell(
        tr("What was agreed for this stands on their page"), icon="info", indent=1, link=True, key=_key("contacts", contact=one.id)
    )
    return [shown, agreed] if one.if_silent.strip() else [shown]


def _waiting(page: TodayPage) -> list[Cell]:
    """What about contacts waits for somebody: whom nobody may call, who needs help, who seems to have arrived, whom to take over."""
    made = [replace(_contact(one), icon="warning", right="") for one in page.warned if not one.late_hours]
    made += [_contact(one) for one in page.need_help if not one.warned and not one.late_hours]
    made += [
        replace(_contact(one), chips=(*_marks(one), Chip(tr("No next time agreed"), "warn", "clock")))
        for one in page.no_moment if not one.warned and one.check_in != "needs_help"
    ]
    made += [
        Cell(
            tr("{code} may have arrived: {person}", code=_shown(one.contact_code), person=one.person_name), icon="person-add", tone="good",
            right=dates.moment(one.arrived), link=True, key=_key("contacts", contact=one.contact),
            chips=() if one.sure else (Chip(tr("nearly their words"), "warn", "warning"),),
        )
        for one in page.arriving
    ]
    made += [
        replace(_contact(one), icon="form", right="", chips=(*_marks(one), Chip(tr("Newer guidance to give"), "warn", "form"))) for one in page.behind
    ]
    return made + [
        replace(_contact(one), chips=(*_marks(one), Chip(tr("Take over?"), "warn", "contacts")), right=one.volunteer) for one in page.asked
    ]


def _shown(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def _marks(one: ContactRow) -> tuple[Chip, ...]:
    """What has to be known of them wherever they stand: that nobody may call, and that they need help."""
    if one.warned:
        return (chips.stopped(),)
    return (chips.check_in(one.check_in),) if one.check_in == "needs_help" else ()


def _contact(one: ContactRow) -> Cell:
    stage = choice_label("stage", one.stage, words.language())
    text = tr("{code}, {people}, {stage}", code=_shown(one.code), people=dates.people(max(1, one.people)), stage=stage)
    late = one.late_hours > 0
    return Cell(
        text, icon="road" if one.stage == "on_the_way" else "phone", tone="danger" if one.late_hours >= 24 or _marks(one) else "plain",
        right=tr("due {when}", when=dates.moment(one.next_talk)) if late else dates.moment(one.next_talk),
        chips=(*_marks(one), *((chips.late(one.late_hours),) if late else ())), link=True, key=_key("contacts", contact=one.id),
    )


def _decisions(page: TodayPage) -> list[Cell]:
    made = [
        Cell(
            tr("Two different answers: {title}, {field}", title=one.title, field=one.label or field_label(one.kind, one.field.name, words.language())),
            icon="differ", tone="warn", gives_way=one.title, right=next((answer.site for answer in one.answers if answer.site), ""), link=True,
            key=_key("answers", record=one.record, field=one.field.name),
        )
        for one in page.decisions
    ]
    for person, name, day in page.reviews:
        made.append(Cell(
            tr("Look again: {name}", name=name), icon="person", tone="warn", right=dates.day(day), link=True, key=_key("person", person=person)
        ))
    if page.doubles:
        words_of = counted(page.doubles, "{n} pair may be the same person", "{n} pairs may be the same person")
        made.append(Cell(words_of, icon="people", tone="warn", link=True, key=_key("doubles")))
    return made


def _originals(page: TodayPage) -> list[Cell]:
    language = words.language()
    between = "၊ " if language == "my" else ", "
    return [
        Cell(
            tr("{name}: {papers}", name=one.name, papers=between.join(paper_name(paper) for paper in one.papers)), icon="cupboard", tone="warn",
            gives_way=one.name, chips=(Chip(tr("give back"), "warn", "undo"),), link=True, key=_key("person", person=one.person, tab="papers"),
        )
        for one in page.originals
    ]


def _step(one: DueRow) -> Cell:
    late = (Chip(tr("late"), "danger", "clock"),) if one.step.late else ()
    mine = (Chip(tr("for you"), "accent", "person"),) if one.mine else ()
    who = (Chip(one.step.who_name, "plain", "person", gives_way=True),) if one.step.who_name and not one.mine else mine
    return Cell(
        tr("{name}: {what}", name=one.name, what=one.step.what), icon="clock", tone="danger" if one.step.late else "plain",
        right=dates.day(one.step.due), chips=(*late, *who), link=True, gives_way=one.name, key=_key("person", person=one.person, tab="notes"),
    )


def _drafts(page: TodayPage) -> list[Cell]:
    kinds = {"arrival": tr("Arrival card"), "registration": tr("Long registration")}
    return [
        Cell(
            (one.title or one.form) if one.digest else one.title or tr("No name yet"), icon="pencil", right=dates.moment(one.at), link=True,
            chips=(Chip(kinds.get(one.form, tr("Form")), "accent", "form"),),
            key=_key("register" if one.form == "arrival" else "longform", draft=one.id),
        )
        for one in page.drafts
    ]


def _arrived(page: TodayPage) -> list[Cell]:
    made = []
    for one in page.arrived:
        name = f"{one.person.name}   {one.person.name_other}".strip()
        done = one.sections and one.sections_done >= one.sections
        form = (
            Chip(tr("Form {done} of {all}", done=one.sections_done, all=one.sections), "accent", "form")
            if one.sections_done and not done
            else Chip(tr("Registered"), "good", "done")
        )
        urgent = tuple(chips.need(need) for need in one.person.needs[:1])
        state = () if urgent else (form,)  # what is urgent says enough
        made.append(
            Cell(
                tr("{name}, {people}", name=name, people=dates.people(one.people)), icon="person", right=dates.clock(one.person.arrived),
                chips=(*urgent, *state), link=True, key=_key("person", person=one.person.id),
            )
        )
    return made


def _held(page: TodayPage) -> str:
    return counted(sum(len(one.papers) for one in page.originals), "{n} original paper is here", "{n} original papers are here")


class TodayView(Page):
    """Today."""

    help = (
        mark("This page shows what needs somebody now. Every line leads to where it is done: choose one with Up and Down and press Enter."),
        mark("Two different answers come up when two sites changed the same thing. Nothing is lost: you choose which is right."),
        mark("An overdue check-in is a contact who was to call or be called and was not heard of."),
        mark("Arrival cards that were left half filled wait here until somebody goes on with them."),
        mark("Next steps stand here on their day, and until somebody says that they are done."),
        mark("An original paper that is with us stands here until it was given back."),
    )

    def __init__(self, shell: Shell, state: TodayState) -> None:
        super().__init__("today", tr("Today"))
        self._shell, self._state = shell, state
        begin = Button(tr("Register arrival"), "primary", "person-add", "Ctrl+N", name="register_arrival")
        begin.clicked.connect(lambda: shell.open("register"))
        begin.setEnabled(shell.who.role.writes)
        self._head = Head(tr("Today"), " ", begin)
        self._list = RowList(
            name="today_list", label=tr("What needs somebody now"), inset=EDGE, right_width=150 if words.language() == "my" else 136
        )
        self._list.opened.connect(state.open)
        self._quiet = Words("", "heading", "second", wrap=True)
        self._quiet.setObjectName("today_quiet")
        self._quiet_box = box(col(self._quiet, edge=(EDGE, 20, EDGE, 20)))
        self._empty = nobody_yet(self._shell)
        self._side = SidePanel("today_side")
        main = box(col(self._head, self._quiet_box, self._empty, (self._list, 1)))
        self.setLayout(row((main, 1), self._side, gap=0))
        state.loaded.connect(self._show)
        for one in (self._quiet_box, self._empty):
            one.hide()
        self._show()

    def arrive(self, **where: object) -> None:
        self._head.say(tr("Today"), dates.day(dates.today().isoformat(), weekday=True))
        self._state.arrive()

    def leave(self) -> None:
        self._state.leave()

    def changed(self, changes: Changes) -> None:
        self._state.changed(changes)

    def first_focus(self) -> QWidget | None:
        return self._list if self._list.isVisibleTo(self) else self.findChild(QWidget, FIRST)

    def _show(self) -> None:
        page = self._state.page
        if page is None:
            return
        had_keyboard = has_keyboard(self)
        groups: Sequence[tuple[str, list[Cell]]] = (
            (tr("Needs your decision"), _decisions(page)),
            (tr("Overdue check-ins"), [cell for one in page.late for cell in _silent(one)]),  # second, whatever else there is
            (tr("Contacts that wait for you"), _waiting(page)),
            (tr("Families"), family_lines(page.families)),
            (_held(page), _originals(page)),
            (tr("Next steps, today and late"), [_step(one) for one in page.steps]),
            (tr("To talk with today"), [_contact(one) for one in page.next_talks]),
            (tr("Left for later"), _drafts(page) if self._shell.who.role.writes else []),
            (tr("Arrived today"), _arrived(page)),
        )
        cells = [cell for title, made in groups if made for cell in (_heading(title, sum(not one.indent for one in made)), *made)]
        waits = any(made for _, made in groups[:-1])
        nobody = not cells and page.here_now == 0
        self._empty.setVisible(nobody)
        self._quiet_box.setVisible(not waits and not nobody)
        self._list.setVisible(not nobody)
        self._quiet.setText(tr("Nothing waits for you."))
        self._list.show_cells(cells)
        self._list.choose_first()
        self._fill_side(page)
        first = self.first_focus()
        if had_keyboard and first is not None and not has_keyboard(self):
            first.setFocus()

    def _fill_side(self, page: TodayPage) -> None:
        clear(self._side.body)
        language = words.language()
        parts: list[Part] = [Words(tr("Here now"), "heading"), 10, figures([(tr("People"), str(page.here_now))])]
        if page.needs_open:
            parts += [22, Words(tr("Open needs"), "heading"), 10]
            parts.append(figures([(field_label("person", f"need_{need}", language), str(count)) for need, count in page.needs_open]))
        parts += [22, Words(tr("Stick"), "heading"), 10]
        if page.sites:
            parts.append(figures([line for one in page.sites for line in _site_lines(one.site, one.to_go, one.last_heard)]))
            put = Button(tr("Put news on the stick"), icon="put", name="today_put")
            put.clicked.connect(lambda: self._shell.open("stick"))
            put.setEnabled(self._shell.who.role.writes)
            parts += [12, row(put, None)]
        else:
            trust = Button(tr("Sites we trust"), icon="shield", name="today_trust")
            trust.clicked.connect(lambda: self._shell.open("stick", show="sites"))
            parts += [Words(tr("No other site is trusted yet."), "body", "second", wrap=True), 12, row(trust, None)]
        if not page.recovery_sheet_made and self._shell.who.role.coordinates and not self._shell.practice:
            make = Button(tr("Make it now"), icon="paper", name="today_recovery")
            make.clicked.connect(lambda: self._shell.open("settings", show="recovery"))
            parts += [22, Words(tr("Recovery sheet"), "heading"), 10, Note("warning", tr("There is none yet."), "warn", "body"), 8, row(make, None)]
        fill(self._side.body, *parts, None)


def _site_lines(site: str, to_go: int, last_heard: str) -> list[tuple[str, str]]:
    return [
        (tr("To go to {site}", site=site), counted(to_go, "{n} change", "{n} changes") if to_go else tr("nothing")),
        (tr("Last news from {site}", site=site), dates.ago(last_heard)),
    ]
