"""The ways into filling a form: about somebody who is chosen, or about nobody; each kind of form on its own page."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import RecordId
from desktop.services.form_library import StoredForm
from desktop.services.intake import ARRIVAL, REGISTRATION
from desktop.services.people import PersonRow
from ui.records.choose_form import title_of
from ui.records.choose_person import ChoosePerson
from ui.shell import Shell
from ui.words import tr


def fill_form(parent: QWidget, shell: Shell, form: StoredForm, person: RecordId | None = None) -> None:
    """Begin a form. Without a person it asks about whom it is."""
    if form.form_id == ARRIVAL:
        shell.open("register")
    elif person is not None:
        _begin(shell, form, person)
    else:
        nobody = "" if form.form_id == REGISTRATION else tr("About nobody")
        ChoosePerson(
            parent.window(), shell, lambda row: _begin_about(shell, form, row), title=tr("Who is “{form}” about?", form=title_of(form)), nobody=nobody
        ).open()


def _begin_about(shell: Shell, form: StoredForm, row: PersonRow | None) -> None:
    _begin(shell, form, row.id if row is not None else None)


def _begin(shell: Shell, form: StoredForm, person: RecordId | None) -> None:
    if form.form_id == REGISTRATION:
        shell.open("longform", person=person)
    else:
        shell.open("longform", form=form.id, person=person)
