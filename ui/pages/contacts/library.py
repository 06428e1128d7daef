"""The library of guidance sheets: the list, the text at the side, who has it, and the forms for new ones."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.services.guidance import Given, SheetPage
from ui import dates
from ui.pages.contacts.giving import sheet_cell
from ui.pages.contacts.library_state import LibraryState
from ui.pages.contacts.ways import WAYS
from ui.records.form import Group, RecordForm
from ui.records.form_page import FormPage
from ui.shell import ask_before
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.labels import Fact, Note, Words, facts
from ui.widgets.layout import Part, box, clear, col, drop, fill, focus_soon, row, rule
from ui.widgets.lists import RowList
from ui.widgets.parts import Empty, SidePanel
from ui.widgets.rows import Cell
from ui.words import tr


def sheet_form(state: LibraryState) -> FormPage:
    """A new sheet, or a new version of one."""
    groups = [Group("", ["title", "text", ("dated", "stale_after"), "area", "source"])]
    form = RecordForm("sheet", groups, state.known(), typed=state.typed(), check=state.check, silences=False, helps={
        "text": tr("Short and plain, to be read out. No coordinates, and nothing that helps anybody to find people."),
        "area": tr("In general words, such as “the hills”. Never an exact place."),
        "source": tr("Who says so, and how they know. No names."),
        "dated": tr("Leave it empty for today."),
        "stale_after": tr("After this day nobody should rely on it."),
    })
    title = tr("New sheet") if state.form == "new" else tr("New version of {title}", title=state.page.sheet.title if state.page else "")
    second = tr("The version before stays in the library, so that you can see what somebody was given.") if state.form == "version" else ""
    return FormPage(title, second, form, groups).serve(state)


class Library(QWidget):
    """The library in place of the list of contacts."""

    def __init__(self, state: LibraryState) -> None:
        super().__init__()
        self.setObjectName("guidance_library")
        self._state = state
        self.form: FormPage | None = None
        self._list = RowList(name="guidance_list", label=tr("Guidance sheets"), inset=EDGE, tall=True)
        self._list.chosen.connect(state.choose)
        self._list.opened.connect(state.choose)
        begin = Button(tr("New sheet"), "primary", "plus", name="guidance_begin")
        begin.clicked.connect(self._begin)
        begin.setEnabled(state.writes)
        self._empty = Empty(
            tr("No guidance yet"),
            tr(
                "Write down what helps people on their way: what to carry, what to say, whom to trust. "
                "Each sheet says where it comes from and until when it is right."
            ),
            begin,
        )
        self._side = SidePanel("guidance_side", 400)
        self._version = Button(tr("New version"), "normal", "pencil", name="guidance_version")
        self._version.clicked.connect(self._new_version)
        self._off = Button(tr("Take off"), "quiet", name="guidance_off")
        self._off.clicked.connect(self._take_off)
        fill(self._side.foot, row(self._version, self._off, None))
        self._whole = row((box(col(8, rule(), (self._list, 1), (self._empty, 1))), 1), self._side, gap=0)
        self._browse = box(self._whole)
        self._place = col((self._browse, 1))
        self.setLayout(self._place)
        state.listed.connect(self._show_list)
        state.chosen.connect(self._show_page)
        state.editing.connect(self._show_form)
        self._show_list()
        self._show_page()
        self._show_form()

    def first(self) -> QWidget | None:
        """Where the keyboard begins."""
        if self.form is not None:
            return self.form.first()
        return self._list if self._state.sheets else self.findChild(QWidget, "guidance_begin")

    def _begin(self) -> None:
        self._state.begin("new")

    def _new_version(self) -> None:
        self._state.begin("version")

    def _take_off(self) -> None:
        ask_before(
            self, tr("Take this version off?"), tr("The version before is the newest again. Who was given this one stays known."),
            tr("Take it off"), self._state.take_off,
        )

    def _show_list(self) -> None:
        state = self._state
        nothing = state.read and not state.sheets
        self._empty.setVisible(nothing)
        self._list.setVisible(not nothing)
        self._side.setVisible(not nothing)
        before = self._list.blockSignals(True)
        self._list.show_cells([sheet_cell(one) for one in state.sheets])
        if state.sheet is not None:
            self._list.choose(state.sheet.text())
        self._list.blockSignals(before)

    def _show_page(self) -> None:
        clear(self._side.body)
        page = self._state.page
        self._version.setEnabled(page is not None and self._state.writes)
        self._off.setEnabled(page is not None and self._state.writes)
        if page is not None:
            fill(self._side.body, *_about(page), *self._versions(page), None)

    def _versions(self, page: SheetPage) -> list[Part]:
        if len(page.versions) < 2:
            return []
        older = RowList(name="guidance_versions", label=tr("Versions"), plane="paper", fit=True)
        older.show_cells([
            Cell(tr("Version {n}", n=one.version), right=dates.day(one.dated), key=one.id.text()) for one in page.versions
        ])
        older.choose(page.sheet.id.text())
        older.opened.connect(self._state.choose)
        return [14, rule(), 12, Words(tr("Versions"), "strong"), 4, older]

    def _show_form(self) -> None:
        if self.form is not None:
            drop(self._place, self.form)
            self.form = None
        if self._state.form:
            self.form = sheet_form(self._state)
            self._place.addWidget(self.form, 1)
        self._browse.setVisible(self.form is None)
        first = self.first()
        if self.isVisible() and first is not None:
            focus_soon(first)


def _about(page: SheetPage) -> list[Part]:
    sheet = page.sheet
    title = Words(sheet.title, "heading", wrap=True)
    title.setObjectName("guidance_title")
    text = Words(page.text, wrap=True)
    text.setObjectName("guidance_text")
    parts: list[Part] = [title, 6]
    if sheet.stale:
        parts += [Note("warning", tr("No longer right since {day}.", day=dates.day(sheet.stale_after)), "danger", "body", name="guidance_stale"), 6]
    if sheet.replaced:
        parts += [Note("history", tr("An older version. There is a newer one."), "warn", "body"), 6]
    told: list[Fact] = [
        (tr("Date"), dates.day(sheet.dated)), (tr("Area"), sheet.area), (tr("Source"), sheet.source),
        (tr("Right until"), dates.day(sheet.stale_after)), (tr("Written by"), tr("{who}, {when}", who=page.author, when=dates.moment(page.at))),
    ]
    parts += [text, 12, facts([(name, value) for name, value in told if value], first=104)]
    parts += [14, rule(), 12, Words(tr("Who was given it"), "strong"), 4]
    if not page.given:
        parts.append(Words(tr("Nobody yet."), "body", "hint"))
    for one in page.given:
        parts += [Words(_given(one), "body", "second", wrap=True), 4]
    return parts


def _given(one: Given) -> str:
    said = tr("{code}, {name}: {way}, {when}", code=f"{one.contact_code[:4]}-{one.contact_code[4:]}", name=one.call_name,
              way=tr(WAYS[one.way]) if one.way in WAYS else one.way, when=dates.moment(one.at))
    return tr("{given} (an older version)", given=said) if one.replaced else said
