"""A child without parents: the steps and when they are due, what is known, and the form."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from desktop.domain.child_care import CAREGIVER, CHECKED, DECISION, TRACING, Step
from desktop.domain.codes import shown as shown_code
from desktop.services.children import OPEN, Alone, Case
from desktop.services.people import PersonRow
from ui import dates
from ui.pages.families.state import FamiliesState
from ui.records.form import Group, RecordForm
from ui.records.form_page import FormPage
from ui.records.known import known, text_of
from ui.widgets.labels import Note, Words, facts
from ui.widgets.layout import Part, box, rule
from ui.words import mark, tr

_STEPS = {
    CAREGIVER: mark("Somebody looks after the child"), CHECKED: mark("The caregiver was checked, the child asked alone"),
    TRACING: mark("The family is looked for"), DECISION: mark("What is best was decided by two"),
}
_KNOWN = (
    "kind", "identified_on", "caregiver_relation", "caregiver_since", "caregiver_verified", "checks", "child_agrees", "child_wishes",
    "no_tracing_why", "decision", "decision_on", "decision_by", "decision_why", "decision_agreed", "review_on",
)


def second_line(row: PersonRow | None) -> str:
    """The other writing of the name, code and age."""
    if row is None:
        return ""
    age = tr("{n} years", n=row.age) if row.age is not None else ""
    return "   ".join(part for part in (row.name_other, shown_code(row.code), age) if part)


def alone_parts(one: Alone) -> list[Part]:
    """Why the child is thought to be without parents, and what to do first."""
    why = tr("Somebody noted that this child is without parents.") if one.told else tr("Nobody grown is in the household of this child.")
    return [
        Note("child", why, "danger", "body"), 12,
        Words(tr("Stay with the child until somebody looks after them. Do not ask the same questions twice."), "body", "second", wrap=True), 8,
        Words(tr("The desk does not see what is written here."), "body", "second", wrap=True),
    ]


def case_parts(one: Case, buttons: QLayout) -> list[Part]:
    """The steps of a case, the buttons for what is done next, then what is known."""
    parts: list[Part] = []
    if not one.caregiver:
        parts += [Note("warning", tr("Nobody looks after this child."), "danger", "body", name="no_caregiver"), 12]
    else:
        parts += [Note("person", tr("{name} looks after the child.", name=one.caregiver), "good", "body"), 12]
    given = text_of(one.fields.get("reunited_with"))
    decided = one.fields.get("decision")
    if one.state == OPEN and given and (decided is None or decided.value != "reunite"):
        told = tr("Somebody wrote that the child lives with {name} again, but it was decided otherwise. Find out where the child is.", name=given)
        parts += [Note("warning", told, "danger", "body", name="given_against"), 12]
    if not one.ours:
        parts += [Note("info", tr("Another site registered this child and takes the steps."), "second", "body"), 12]
    for step in one.steps:
        parts += [_step(step), 8]
    grid = box(facts(known("child", one.fields, _KNOWN), first=230))
    grid.setMaximumWidth(760)
    return [*parts, 6, buttons, 16, rule(thin=True), 14, grid]


def _step(step: Step) -> QWidget:
    text = tr(_STEPS[step.name])
    if step.done:
        return Note("done", text, "good", "body")
    if step.late:
        return Note("warning", tr("{step}: late, was due {day}", step=text, day=dates.day(step.due)), "danger", "body")
    return Note("circle", tr("{step}: due {day}", step=text, day=dates.day(step.due)) if step.due else text, "second", "body")


def child_form(state: FamiliesState) -> FormPage:
    """The form of the case that is looked at."""
    groups = [
        Group(tr("Noticed"), ["kind", "identified_on"]),
        Group(tr("Caregiver"), ["caregiver_name", "caregiver_relation", "caregiver_since", "checks", "child_agrees", "caregiver_verified"]),
        Group(tr("The child and the family"), ["child_wishes", "no_tracing_why"]),
        Group(tr("What is best"), ["decision", "decision_why", "decision_by", "decision_agreed", "decision_on", "review_on"]),
        Group(tr("What became of it"), ["state", "reunited_with", "ended_why"]),
    ]
    helps = {
        "caregiver_name": tr("Only somebody who is not registered. Choose somebody registered with the button of the page."),
        "checks": tr("Two at least; a child of six or older is asked alone."),
        "decision_by": tr("Their names or codes, between commas."),
        "decision_agreed": tr("From six on the child is asked, below 15 the caregiver too."),
        "caregiver_verified": tr("If somebody else looks after the child, the check begins anew."),
    }
    form = RecordForm("child", groups, state.known(), typed=state.typed(), check=state.check, silences=False, helps=helps)
    page = FormPage(tr("The way of this child"), tr("Only caseworkers and coordinators who can open Contacts read it."), form, groups)
    return page.serve(state)
