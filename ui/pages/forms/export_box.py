"""Taking out what was filled with a form: first what that means, then what and how, then where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.services import form_export
from desktop.services.form_export import Exported
from desktop.services.form_library import StoredForm
from ui import messages, words
from ui.pages.forms.pane import language as language_name
from ui.shell import Shell
from ui.theme.fonts import font
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.dialogs import Box
from ui.widgets.fields import Drop, Labelled
from ui.widgets.labels import Note, Words
from ui.widgets.layout import box, col, show_if
from ui.words import counted, mark, tr

_WHAT: dict[form_export.What, tuple[str, str]] = {
    "xlsx": (mark("Excel workbook"), mark("One file with a sheet for the form and one for each list in it.")),
    "csv": (mark("Tables (CSV)"), mark("Plain tables for any spreadsheet or statistics program: one file for the form, one for each list in it.")),
    "xml": (mark("XForms (XML)"), mark("One packed file (.zip) with an XML file for each filled form, as forms store them.")),
    "package": (mark("For Central or Kobo"), mark("One packed file (.zip) with the form and its filled forms, as ODK Central and KoboToolbox take them in.")),
}
_WIDE = 620


class ExportBox(Box):
    """`then(words)` gets one sentence about what was written."""

    def __init__(self, parent: QWidget, shell: Shell, form: StoredForm, then: Callable[[str], None]) -> None:
        super().__init__(parent, "export", tr("Export “{form}”", form=form.title), icon="warning", tone="danger", width=_WIDE)
        self._over, self._shell, self._form, self._then = parent, shell, form, then
        warning = Words(tr("The files will not be locked. Whoever finds them can read every answer, and could hurt the people in them and their families."),
                        "body", "danger", wrap=True)
        warning.setObjectName("export_warning")
        self._what = Choices([(key, tr(name)) for key, (name, _) in _WHAT.items()], name="export_what", label=tr("What"), chosen=["xlsx"])
        self._what.picked.connect(lambda _keys: self._look())
        self._means = Words("", "small", "hint", wrap=True)
        self._labels = Choices(
            [("labels", tr("Words, as people read them")), ("names", tr("Names, as programs use them"))], name="export_labels", label=tr("Answers as"),
            chosen=["labels"],
        )
        self._labels.picked.connect(lambda _keys: self._look())
        self._as = box(col(Words(tr("Answers as"), "body", "second"), 6, self._labels))
        self._language = Drop([(name, language_name(name)) for name in form.languages], name="export_language", current=self._spoken(), width=260)
        self._in = Labelled(tr("Language"), self._language)
        self._sure = QCheckBox(tr("I know who gets these files, and I will delete them afterwards."))
        self._sure.setObjectName("export_sure")
        self._sure.setFont(font("body"))
        self._sure.toggled.connect(lambda _on: self._look())
        self._go = Button(tr("Choose where…"), "primary", "put", "Ctrl+Enter", name="export_go")
        self._go.clicked.connect(self._where)
        self._go.setShortcut("Ctrl+Return")
        back = Button(tr("Do not export"), hint="Esc", name="export_back")
        back.clicked.connect(self.reject)
        self._not_yet = Note("info", "", "second", name="export_not_yet")
        for part in (
            warning, 16, Words(tr("What"), "body", "second"), 6, self._what, 4, self._means, 14, self._as, 12, self._in, 16, self._sure, 6, self._not_yet,
        ):
            if isinstance(part, int):
                self.body.addSpacing(part)
            else:
                self.body.addWidget(part)
        for button in (self._go, back):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        self._look()
        self._what.focus()
        self.fit()

    def _spoken(self) -> str:
        """The form's own name of the language of the window, if it has it."""
        spoken = language_name({"my": "Burmese", "en": "English"}[words.language()])
        return next((name for name in self._form.languages if language_name(name) == spoken), "")

    def _look(self) -> None:
        what = next(one for one in _WHAT if one == self._what.one())
        self._means.setText(tr(_WHAT[what][1]))
        tables = what in ("csv", "xlsx")
        show_if(self._as, tables)
        show_if(self._in, tables and self._labels.one() == "labels" and len(self._form.languages) > 1)
        self._go.setEnabled(self._sure.isChecked())
        self._not_yet.say("" if self._sure.isChecked() else tr("Tick the line above to go on."), "second")

    # ---- where, and doing it ------------------------------------------------------------------------------------------

    def _where(self) -> None:
        if not self._sure.isChecked():
            return
        what = next(one for one in _WHAT if one == self._what.one())
        labels, language = self._labels.one() == "labels", self._language.key()
        parent = self._over

        def go(place: Path) -> None:
            _export(parent, self._shell, self._form, what, labels, language, place, self._then)

        self.accept()
        messages.choose_place(parent, tr("Where to write the files"), f"{self._form.form_id}{form_export.ENDINGS[what]}", go)


def _export(
    parent: QWidget, shell: Shell, form: StoredForm, what: form_export.What, labels: bool, language: str, place: Path, then: Callable[[str], None]
) -> None:
    def done(found: Exported) -> None:
        rows = counted(found.rows, "{n} filled form", "{n} filled forms")
        files = counted(len(found.files), "{n} file", "{n} files")
        said = tr("Exported: {rows} in {files}.", rows=rows, files=files)
        then(said)
        lines = [str(place)]
        if found.skipped:
            lines.append(counted(found.skipped, "{n} filled form was left out: its form has not come here.", "{n} filled forms were left out: their form has not come here."))
        if found.missing:
            lines.append(counted(found.missing, "{n} photo or file has not come here and is not in it.", "{n} photos or files have not come here and are not in it."))
        lines.append(tr("Give them only to those who must have them. Delete them afterwards, also from the stick and from the waste basket."))
        messages.tell(parent, said, "\n".join(lines), icon="done", tone="good")

    shell.run(
        shell, lambda session, progress: form_export.export(
            session, form_id=form.form_id, what=what, labels=labels, language=language, to=place, progress=progress
        ), done, words=tr("Writing the files…"),
    )
