"""The forms of a contact: a new one, what is known, what they said, that they have arrived, and who looks after them."""

from __future__ import annotations

from desktop.domain.errors import UserError
from desktop.domain.whereabouts import names_exact_place
from desktop.services.contact_times import is_safe, shifted
from ui import dates
from ui.pages.contacts.giving import guidance_form
from ui.pages.contacts.side import times_now
from ui.pages.contacts.state import ContactsState
from ui.present_errors import brief
from ui.records.form import Group, RecordForm
from ui.records.form_page import FormPage
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Drop, Labelled, Lines
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, box, col, row
from ui.words import tr


def _everything(volunteer: bool) -> list[Group]:
    who: list[str | tuple[str, ...]] = ["call_name", ("people", "children"), "stage", *(["volunteer"] if volunteer else [])]
    return [
        Group(tr("Who"), who),
        Group(tr("Talking safely"), [
            "channel", "handle", "call_rule", "safe_hours", "clock_ahead", "safe_times", "agreed_words", "warning_word",
        ]),
        Group(tr("Next"), ["next_talk", "late_after_hours", "if_silent"]),
        Group(tr("On the way"), ["arrival_words", "needs_on_way", "note", "closed_why"]),
    ]


def _helps() -> dict[str, str]:
    nowhere = tr("How they are, never where they are: no places, roads, checkpoints or units.")
    return {
        "safe_times": nowhere, "needs_on_way": nowhere, "note": nowhere,
        "clock_ahead": tr("Only how their clock stands to ours. Nobody can tell from it where they are."),
        "warning_word": tr("If they say it, nobody calls them until a coordinator says so."),
        "late_after_hours": tr("After so many hours without a word they stand on Today."),
        "arrival_words": tr("They say this at the desk instead of a name. The desk does not learn what it means."),
    }


def contact_form(state: ContactsState) -> FormPage:
    """The form that is open in the state."""
    name = state.page.row.call_name if state.page is not None else ""
    if state.form in _OF_THEIR_OWN:
        page = _OF_THEIR_OWN[state.form](state, name)
    else:
        state.looked_at()
        groups = _everything(state.form == "new" or state.coordinates)
        form = RecordForm("contact", groups, state.known(), typed=state.typed(), check=state.check, helps=_helps())
        title = tr("New contact") if state.form == "new" else tr("Change what is known of {name}", name=name)
        page = FormPage(title, tr("Write only what helps to keep them safe."), form, groups)
    return page.serve(state)


def _said(state: ContactsState, label: str, name: str) -> Labelled:
    """A field for what was said, with the warning beside it as soon as it names an exact place."""
    lines = Lines(state.more("words"), name=name, rows=4)
    field = Labelled(label, lines, help=tr("How they are, never where they are: no places, roads, checkpoints or units."))
    field.setMaximumWidth(900)

    def typed() -> None:
        text = lines.toPlainText()
        state.write_more("words", text)
        field.wrong(brief(UserError("value.exact_place")) if names_exact_place(text) else "")

    lines.textChanged.connect(typed)
    return field


def _talk(state: ContactsState, name: str) -> FormPage:
    groups = [Group("", ["next_talk", "check_in", "stage"])]
    form = RecordForm("contact", groups, state.known(), typed=state.typed(), check=state.check, silences=False)
    warned = Choices(
        [("yes", tr("They used the warning word"))], name="talk_warned", label=tr("Warning"), many=True, chosen=filter(None, [state.more("warned")])
    )
    warned.picked.connect(lambda chosen: state.write_more("warned", "yes" if chosen else ""))
    then = Note("clock", "", "second", "body", name="talk_their_time")

    def tell() -> None:
        moment = form.typed.get("next_talk")
        if (
            state.page is None or not isinstance(moment, str) or len(moment) < 16 or not state.page.times.spans
            or state.check({"next_talk": moment})
        ):
            then.say("")
            return
        there = dates.moment(shifted(moment, state.page.times.ahead))
        if is_safe(state.page.times, moment):
            then.say(tr("For them it is {when} then. That is a safe time.", when=there), "good", "clock")
        else:
            then.say(tr("For them it is {when} then. That is not one of their safe times.", when=there), "warn", "warning")

    form.edited.connect(tell)
    tell()
    now = Note("clock", times_now(state.page.times) if state.page is not None else "", "second", "body", name="talk_times_now")
    second = tr("Leave the time empty if no new one was agreed.")
    above: list[Part] = [_said(state, tr("What they said"), "talk_words"), 10, now, 10]
    return FormPage(tr("Write what {name} said", name=name), second, form, groups, above=above, below=[2, box(col(then)), 10, warned])


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


def _allow(state: ContactsState, name: str) -> FormPage:
    told = Note(
        "warning", tr("They used the warning word. Be sure that nobody listens or speaks in their place before anybody calls."), "danger", "body",
    )
    return FormPage(
        tr("{name} may be called again", name=name), tr("Only a coordinator says so. It stands in the history with your name."),
        RecordForm("contact", [], {}), [], above=[told, 14, _said(state, tr("How we know that it is safe"), "allow_words")],
        save=tr("They may be called again"),
    )


def _handover(state: ContactsState, name: str) -> FormPage:
    pairs = [("", tr("Choose…")), *((one.key, one.name) for one in state.receiving)]
    drop = Drop(pairs, name="handover_receiver", current=state.more("receiver"), width=340)
    drop.picked.connect(lambda key: state.write_more("receiver", key))
    field = Labelled(tr("Whom to ask"), drop, help=tr("Volunteers who can open Contacts, and sites that share this folder with us."))
    nobody = Note(
        "info", "" if state.receiving else tr("Nobody else can open Contacts. A coordinator can give the folder to somebody."), "second", "body",
    )
    return FormPage(
        tr("Hand {name} over", name=name), tr("You look after them until the other one accepts. Both stand in the history."),
        RecordForm("contact", [], {}), [], above=[field, 10, nobody], save=tr("Ask them"),
    )


_OF_THEIR_OWN = {"talk": _talk, "arrived": _arrived, "allow": _allow, "handover": _handover, "guidance": guidance_form}
"""Forms that are more than the fields of a contact."""
