"""The form over the page for what is being changed."""

from __future__ import annotations

from ui.pages.person import groups, told
from ui.pages.person.state import Edit, PersonState
from ui.records.form import RecordForm, readable
from ui.records.form_page import FormPage
from ui.words import tr


def change_form(state: PersonState, edit: Edit, *, restricted: bool) -> FormPage:
    """Made for the edit that is open in the state. `restricted`: this volunteer sees restricted fields."""
    made = readable(edit.kind, groups.groups(edit), restricted=restricted)
    form = RecordForm(edit.kind, made, state.known(), typed=state.typed(), check=state.check)
    page = FormPage(_title(state, edit), tr("Everything stays as it is until you save."), form, made)
    form.edited.connect(state.touched)
    page.wanted.connect(state.save)
    page.closed.connect(state.close_form)
    page.forgotten.connect(state.forget)
    state.refused.connect(page.refuse)
    return page


def _title(state: PersonState, edit: Edit) -> str:
    name = told.names(state.page.row)[0] if state.page is not None else ""
    if edit.what == "relationship":
        found = next((one.person for one in state.members() if one.person.id == edit.record), None)
        return tr("Relationship of {name}", name=told.names(found)[0] if found is not None else name)
    titles = {
        "member": tr("Another person in the household of {name}", name=name), "household": tr("Household of {name}", name=name),
        "left_behind": tr("Somebody left behind by the family of {name}", name=name), "health": tr("Health of {name}", name=name),
    }
    return titles.get(edit.what, tr("Change what is known of {name}", name=name))
