"""Beside a form that is brought in: where its answers go, and what the chosen repair is about."""

from __future__ import annotations

from desktop.domain.folders import Folder
from desktop.services.form_import import Repair
from ui.pages.forms import sentences
from ui.pages.forms.adding_state import Adding
from ui.pages.forms.pane import FOLDERS
from ui.widgets.choices import Choices
from ui.widgets.labels import Note, Words, facts
from ui.widgets.layout import Part, box, clear, col, fill, show_if
from ui.widgets.parts import SidePanel
from ui.words import tr

WIDTH = 300


class AddingSide(SidePanel):
    """`explain(id)` tells about one repair in full."""

    def __init__(self, adding: Adding) -> None:
        super().__init__("adding_side", WIDTH)
        self._adding = adding
        self._folder = Choices(
            [(folder.value, tr(name)) for folder, (name, _) in FOLDERS.items()], name="answers_folder", label=tr("Answers go to")
        )
        self._folder.picked.connect(lambda keys: self._adding.choose_folder(Folder(next(iter(keys)))))
        self._seen = Words("", "small", "hint", wrap=True)
        self._seen.setObjectName("folder_seen_by")
        self._sites = Words(tr("The other sites get them only if they share that folder with you."), "small", "hint", wrap=True)
        self._closed = Note("lock", tr("You cannot open this folder yourself: others fill the form."), "warn", name="folder_closed")
        self._kept = Note("lock", tr("The form and the file as you gave it are kept here, locked."), "second")
        self._where = box(col(Words(tr("Where the answers go"), "heading"), 10, self._folder, 8, self._seen, 4, self._sites, 6, self._closed))
        self._about = col()
        self._id = ""
        fill(self.body, self._where, 22, box(self._about), None)
        self.foot.addWidget(self._kept)
        adding.picked.connect(self._show)
        adding.changed.connect(self._show)
        self._show()

    def explain(self, id: object) -> None:
        """Say what the repair with this id does, and why."""
        self._id = str(id or "")
        clear(self._about)
        one = self._adding.repair(id)
        if one is not None:
            fill(self._about, *_about(one))

    def _show(self) -> None:
        folder = self._adding.folder
        found = self._adding.found
        show_if(self._where, found is not None and not found.refusals)
        self._folder.choose([folder.value])
        self._seen.setText(tr(FOLDERS[folder][1]))
        show_if(self._closed, folder not in self._adding.folders)
        if self._adding.repair(self._id) is None and self._id:
            self.explain("")


def _about(one: Repair) -> list[Part]:
    parts: list[Part] = [Words(tr("This repair"), "heading"), 8, Words(sentences.what(one), "strong", "", wrap=True)]
    where = sentences.place_line(one)
    if where:
        parts += [4, Words(where, "small", "hint", wrap=True)]
    why = sentences.why(one)
    if why:
        parts += [8, Words(why, "body", "second", wrap=True)]
    before, after = sentences.visible(one.before), sentences.visible(one.after)
    nothing = tr("(nothing)")
    pairs = [(tr("Before"), Words(before or nothing, "body", "second", wrap=True)), (tr("After"), Words(after or nothing, wrap=True))]
    parts += [10, facts(pairs, first=72), 10]
    if one.harmless:
        parts.append(Note("done", tr("Harmless: answers, names and rules mean the same."), "good"))
    else:
        parts.append(Note("warning", tr("Ask whoever wrote the form if you are not sure."), "warn"))
    return parts
