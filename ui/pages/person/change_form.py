"""The form over the page for what is being changed."""

from __future__ import annotations

from ui.pages.person import groups, told
from ui.pages.person.edit import Edit
from ui.pages.person.folder_choice import FolderChoice
from ui.pages.person.state import PersonState
from ui.records.form import RecordForm, readable
from ui.records.form_page import FormPage
from ui.widgets.layout import Part
from ui.words import tr

_SHORT = ("note", "step", "photo", "assessment")


def change_form(state: PersonState, edit: Edit, *, restricted: bool) -> FormPage:
    """Made for the edit that is open in the state. `restricted`: this volunteer sees restricted fields."""
    state.looked_at()
    made = readable(edit.kind, groups.groups(edit), restricted=restricted)
    short = edit.what in _SHORT
    form = RecordForm(
        edit.kind, made, state.known(), typed=state.typed(), silences=not short, check=state.check, volunteers=state.records.around.volunteers,
    )
    page = FormPage(_title(state, edit), tr("Everything stays as it is until you save."), form, made, above=_above(state, edit))
    return page.serve(state)


def _above(state: PersonState, edit: Edit) -> list[Part]:
    """Who will read it: chosen for what is new, told for what is there."""
    if edit.what not in _SHORT:
        return []
    choice = FolderChoice(state.records.around.readers, edit.folder, name="folder", fixed=edit.record is not None or edit.what == "assessment")
    choice.picked.connect(state.move_to)
    return [choice, 16]


def _title(state: PersonState, edit: Edit) -> str:
    name = told.names(state.page.row)[0] if state.page is not None else ""
    if edit.what == "relationship":
        found = next((one.person for one in state.members() if one.person.id == edit.record), None)
        return tr("Relationship of {name}", name=told.names(found)[0] if found is not None else name)
    titles = {
        "member": tr("Another person in the household of {name}", name=name), "household": tr("Household of {name}", name=name),
        "left_behind": tr("Somebody left behind by the family of {name}", name=name), "health": tr("Health of {name}", name=name), "note": tr("Note about {name}", name=name), "step": tr("Next step for {name}", name=name),
        "photo": tr("Photo of {name}", name=name), "assessment": tr("Checking and risk of {name}", name=name),
    }
    return titles.get(edit.what, tr("Change what is known of {name}", name=name))
