"""Beside the library: what is known about the chosen form, its versions, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.services.form_library import StoredForm
from desktop.services.form_preview import Limit
from ui import dates
from ui.pages.forms import sentences
from ui.pages.forms.doing import Doing
from ui.pages.forms.pane import FOLDERS, languages
from ui.pages.forms.state import FormsState
from ui.records.choose_form import title_of
from ui.theme.tokens import PANEL_WIDTH
from ui.widgets.buttons import Button
from ui.widgets.labels import ChipLabel, Fact, Note, Words, chips, facts
from ui.widgets.layout import Part, clear, fill, row
from ui.widgets.lists import RowList
from ui.widgets.parts import SidePanel
from ui.widgets.rows import Cell
from ui.words import counted, tr


class ChosenSide(SidePanel):
    """Follows the form that is chosen in the list, or the version that is chosen here."""

    def __init__(self, state: FormsState, doing: Doing) -> None:
        super().__init__("forms_side", PANEL_WIDTH)
        self._state, self._doing = state, doing
        self._what: object = None
        state.chosen.connect(self._show)
        state.told.connect(self._show)
        self._show()

    def _show(self) -> None:
        state = self._state
        what = (state.form, state.versions, state.limits, state.said)
        if what == self._what:
            return
        self._what = what
        clear(self.body)
        clear(self.foot)
        form = state.form
        if form is None:
            return
        parts: list[Part] = [Words(title_of(form), "heading", wrap=True), 8, *_chips(form), *self._known(form)]
        if state.said:
            parts += [12, Note("done", state.said, "good", "body", name="forms_said")]
        parts += [16, self._ways(form)]
        if len(state.versions) > 1:
            parts += [18, Words(tr("Versions"), "heading"), 6, self._versions(state.versions, form)]
        parts += _limits(state.limits)
        fill(self.body, *parts, None)
        self._foot(form)

    def _known(self, form: StoredForm) -> list[Part]:
        name, seen = FOLDERS[form.folder]
        pairs: list[Fact] = [(tr("Version"), form.version or tr("none")), (tr("Form name"), form.form_id)]
        if form.languages:
            pairs.append((tr("Languages"), languages(form.languages) or tr("one, not named")))
        if form.added and not form.shipped:
            pairs.append((tr("Added"), tr("{when}, {who}", when=dates.moment(form.added), who=form.added_by)))
        pairs.append((tr("Answers go to"), tr(name)))
        parts: list[Part] = [facts(pairs, first=112), 6, Words(tr(seen), "small", "hint", wrap=True)]
        if form.twins:
            text = tr("Another form says it is this version too. They are kept apart: this one is marked {mark}.", mark=form.mark)
            parts += [8, Note("warning", text, "warn", "body")]
        return parts

    def _ways(self, form: StoredForm) -> RowList:
        state, doing = self._state, self._doing
        many = state.filled_with(form)
        seen = tr("Filled forms") if not many else counted(many, "{n} filled form", "{n} filled forms")
        if form.shipped:
            seen = tr("Filled: with the people")
        ways: list[tuple[str, str, str, str, Callable[[], None]]] = [("filled", seen, "people" if form.shipped else "form", tr("Enter"), doing.filled)]
        if form.here:
            ways += [
                ("look", tr("Look at it"), "eye", "Ctrl+O", doing.look),
                ("blank", tr("Print it blank"), "paper", "Ctrl+P", doing.print_blank),
            ]
        if doing.can_export():
            ways.append(("export", tr("Export…"), "put", "Ctrl+E", doing.export))
        if state.may_add and not form.shipped:
            ways.append(("newer", tr("Add a newer version…"), "plus", "", doing.ask_for_newer))
            if form.state == "retired":
                ways.append(("use_again", tr("Use it again"), "undo", "", state.use_again))
            else:
                ways.append(("retire", tr("Stop using it"), "close", "", doing.ask_to_retire))
        does = {key: do for key, _, _, _, do in ways}
        shown = RowList(name="form_ways", label=tr("What can be done with it"), plane="paper", inset=0, fit=True)
        shown.show_cells([Cell(text, icon=icon, right=hint, key=key) for key, text, icon, hint, _ in ways])
        shown.opened.connect(lambda key: does[str(key)]())
        return shown

    def _versions(self, versions: Sequence[StoredForm], form: StoredForm) -> RowList:
        shown = RowList(name="form_versions", label=tr("Versions"), plane="paper", inset=10, tall=True, fit=True)
        shown.show_cells([_version(one) for one in versions])
        shown.choose(form.id)
        shown.opened.connect(self._state.choose)
        return shown

    def _foot(self, form: StoredForm) -> None:
        go = Button(tr("Fill it"), "primary", "pencil", "Ctrl+Enter", name="fill_form")
        go.clicked.connect(self._doing.fill)
        go.setEnabled(self._doing.can_fill())
        if not form.here:
            note = tr("This form has not come yet. It comes with the next stick from the site that added it.")
            self.foot.addWidget(Note("clock", note, "warn", name="fill_not_yet"))
        elif form.state == "retired":
            self.foot.addWidget(Note("close", tr("It is not used any more. What was filled stays and opens as before."), "second", name="fill_not_yet"))
        elif not self._state.writes:
            self.foot.addWidget(Note("lock", tr("Your role reads only."), "second", name="fill_not_yet"))
        elif not self._doing.can_open(form):
            self.foot.addWidget(Note("lock", tr("You cannot open the folder its answers go to."), "second", name="fill_not_yet"))
        elif not self._state.may_add and not form.shipped:
            self.foot.addWidget(Note("info", tr("Coordinators and caseworkers add forms and newer versions."), "second", name="who_may_add"))
        self.foot.addLayout(row(go, None))


def _chips(form: StoredForm) -> list[Part]:
    made = []
    if form.shipped:
        made.append(ChipLabel(tr("built in"), "plain", "shield"))
    if form.state == "retired":
        made.append(ChipLabel(tr("not used"), "plain", "close"))
    if not form.here:
        made.append(ChipLabel(tr("on its way"), "warn", "clock"))
    return [chips(*made), 10] if made else []


def _version(one: StoredForm) -> Cell:
    second = tr("{when}, {who}", when=dates.moment(one.added), who=one.added_by) if one.added else tr("came with the program")
    used = counted(one.filled, "{n} filled", "{n} filled") if one.filled else ""
    if one.state == "retired":
        second = tr("{what}, not used any more", what=second)
    version = tr("Version {version}", version=one.version or tr("none"))
    return Cell(version, second, right=used, key=one.id, ink="ink" if one.state != "retired" else "ink2")


def _limits(found: Sequence[Limit]) -> list[Part]:
    if not found:
        return []
    parts: list[Part] = [18, Words(tr("Not on this laptop"), "heading"), 8]
    for note in sentences.limits(found):
        parts += [note, 8]
    return parts
