"""The forms of a contact: a new one, what is known, what they said, and that they have arrived."""

from __future__ import annotations

from ui.pages.contacts.state import ContactsState
from ui.records.form import Group, RecordForm
from ui.records.form_page import FormPage
from ui.widgets.buttons import Button
from ui.widgets.fields import Labelled, Lines
from ui.widgets.labels import Words
from ui.widgets.layout import row
from ui.words import tr


def _everything() -> list[Group]:
    return [
        Group(tr("Who"), ["call_name", ("people", "children"), "stage", "volunteer"]),
        Group(tr("Talking safely"), ["channel", "handle", "call_rule", "safe_times", ("agreed_words", "warning_word")]),
        Group(tr("Next"), ["next_talk", "late_after_hours", "if_silent"]),
        Group(tr("On the way"), ["arrival_words", "needs_on_way", "note", "closed_why"]),
    ]


def contact_form(state: ContactsState) -> FormPage:
    """The form that is open in the state."""
    name = state.page.row.call_name if state.page is not None else ""
    if state.form == "talk":
        page = _talk(state, name)
    elif state.form == "arrived":
        page = _arrived(state, name)
    else:
        groups = _everything()
        form = RecordForm("contact", groups, state.known(), typed=state.typed(), check=state.check)
        title = tr("New contact") if state.form == "new" else tr("Change what is known of {name}", name=name)
        page = FormPage(title, tr("Write only what helps to keep them safe."), form, groups)
    page.form.edited.connect(state.touched)
    page.wanted.connect(state.save)
    page.closed.connect(state.close_form)
    page.forgotten.connect(state.forget)
    state.refused.connect(page.refuse)
    return page


def _talk(state: ContactsState, name: str) -> FormPage:
    groups = [Group("", ["next_talk", "stage"])]
    form = RecordForm("contact", groups, state.known(), typed=state.typed(), check=state.check, silences=False)
    said = Lines(state.words(), name="talk_words", rows=4)
    said.textChanged.connect(lambda: state.write_words(said.toPlainText()))
    field = Labelled(tr("What they said"), said, help=tr("In few words. No names of places or units."))
    field.setMaximumWidth(900)
    second = tr("Leave the time empty if no new one was agreed.")
    return FormPage(tr("Write what {name} said", name=name), second, form, groups, above=[field, 14])


def _arrived(state: ContactsState, name: str) -> FormPage:
    groups = [Group("", ["person_code"])]
    form = RecordForm("contact", groups, {}, typed=state.typed(), silences=False)
    form.setMaximumWidth(420)
    register = Button(tr("Register arrival"), icon="person-add", name="arrived_register")
    register.clicked.connect(state.register)
    told = Words(
        tr("If they are registered already, write their case number: then both belong together. You can leave it empty."), "body", "second",
        wrap=True,
    )
    return FormPage(
        tr("{name} has arrived", name=name), tr("They leave the list of open contacts, and nobody is asked to talk with them any more."),
        form, groups, above=[told, 10, row(register, None), 18], save=tr("They have arrived"),
    )
