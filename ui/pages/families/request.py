"""A request to look for somebody: what is known of it, its answers, and its form; a family who wants one; an answer to pass on."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.services.sought import Settled
from desktop.services.tracing import Reply, Request, Wish
from desktop.words.labels import choice_label
from ui import dates, words
from ui.pages.families.state import FamiliesState
from ui.records.form import Group, RecordForm
from ui.records.form_page import FormPage
from ui.records.known import known
from ui.widgets.buttons import Button
from ui.widgets.labels import Note, Words, facts
from ui.widgets.layout import Part, box, row, rule
from ui.words import mark, tr

SOUGHT = ("name", "other_names", "sex", "birth", "father_name", "mother_name", "township", "last_township", "last_heard")
_ABOUT = ("asked_by", "tell_name", "relationship", "wish", "may_say", "answer_to", "consent_by", "consent_on")
VERDICTS = {
    "contact": mark("wants to be in touch"), "alive": mark("may be told that they are alive"), "nothing": mark("nothing may be told"),
    "other": mark("is somebody else"), "later": mark("to be asked on another day"),
}


def kin(name: str) -> str:
    """A relationship in words, "" for none."""
    return choice_label("relationship", name, words.language()) if name else ""


def must_not_learn(request: Request) -> list[Part]:
    """From whom the search itself is to be kept."""
    shown = request.fields.get("keep_from")
    names = ", ".join(shown.value) if shown is not None and isinstance(shown.value, (list, tuple)) else ""
    return [Note("eye-off", tr("Must not learn of it: {names}", names=names), "danger", "body"), 10] if names else []


def request_parts(state: FamiliesState, one: Request) -> list[Part]:
    """What is known of a request, its answers, and what this place found out about people here."""
    parts: list[Part] = [*must_not_learn(one), _grid(one, SOUGHT), 18, rule(thin=True), 14, _grid(one, _ABOUT), 18]
    for reply in one.replies:
        parts += [_reply(reply), 8]
    mine = [pair for pair in (state.found.settled if state.found is not None else ()) if pair.request.id == one.id]
    if mine:
        parts += [10, Words(tr("Looked at here"), "heading"), 2]
        parts += [Words(tr("Only this place knows it. It goes on no stick."), "small", "hint"), 8]
    for at, pair in enumerate(mine, 1):
        parts += [_settled(state, pair, at), 6]
    return parts


def _grid(one: Request, names: tuple[str, ...]) -> QWidget:
    grid = box(facts(known("tracing", one.fields, names), first=200))
    grid.setMaximumWidth(720)
    return grid


def _reply(reply: Reply) -> QWidget:
    text = choice_label("reply", reply.reply, words.language())
    when = tr("passed on {day}", day=dates.day(reply.told_on)) if reply.told_on else tr("not passed on yet")
    return Note("done" if reply.told_on else "voice", tr("{answer}, {when}", answer=text, when=when), "good" if reply.told_on else "warn", "body")


def _settled(state: FamiliesState, pair: Settled, at: int) -> QWidget:
    name = pair.person.name or pair.person.call_name
    text = tr("{name} {verdict}", name=name, verdict=tr(VERDICTS.get(pair.verdict, "is somebody else")))
    again = Button(tr("Ask again"), "quiet", "undo", name=f"ask_again_{at}")
    again.setAccessibleName(tr("Ask {name} again", name=name))
    again.clicked.connect(partial(state.ask_again, pair.request.id, pair.person.id))
    by = Words(tr("{who}, {when}", who=pair.author, when=dates.moment(pair.at)), "small", "second")
    return box(row(Note("person", text, "second", "body", wrap=False), by, again, None, gap=12))


def answer_parts(state: FamiliesState, one: Request) -> list[Part]:
    """Answers that the one who looks was not told yet, and to whom they may be told."""
    parts: list[Part] = must_not_learn(one)
    told = one.fields.get("answer_to")
    names = ", ".join(told.value) if told is not None and isinstance(told.value, (list, tuple)) else ""
    parts += [Note("shield", tr("Tell only: {names}", names=names or one.asked_by or tr("the one who asked")), "second", "body"), 14]
    for at, reply in enumerate([reply for reply in one.replies if not reply.told_on], 1):
        parts += [Words(choice_label("reply", reply.reply, words.language()), "heading", wrap=True), 6]
        if reply.message:
            parts += [Note("voice", tr("They want to be said: “{words}”", words=reply.message), "second", "body"), 6]
        done = Button(tr("They were told"), "primary" if at == 1 else "normal", "done", name=f"told_{at}")
        done.clicked.connect(partial(state.passed_on, reply.id))
        parts += [6, row(done, None), 16]
    parts += [
        Note("info", tr("Where they are is not told, and we do not ask for it. If both want to be in touch, the two sites arrange it."), "second", "body"),
    ]
    return parts


def wish_parts(one: Wish) -> list[Part]:
    """What a family wants, before anybody has written the request."""
    return [
        Words(tr("Ask {name} whether other sites may be asked, and what may be said. Without their agreement nothing is written.",
                 name=one.person.name or one.person.call_name), "body", "second", wrap=True),
    ]


def _groups() -> list[Group]:
    return [
        Group(tr("Who is sought"), ["name", "other_names", "relationship", "sex", "birth", ("father_name", "mother_name")]),
        Group(tr("Where and when"), [("township", "last_township"), "last_heard"]),
        Group(tr("What may be said to whom"), ["asked_by", "tell_name", "wish", "may_say", "answer_to", "keep_from"]),
        Group(tr("Agreement"), ["consent_share", "consent_by", "consent_on"]),
    ]


def request_form(state: FamiliesState) -> FormPage:
    """The form that is open in the state."""
    groups = _groups()
    helps = {
        "last_township": tr("Where they may be in danger, nothing nearer than the township is written."),
        "consent_share": tr("Ask the one who looks. Without it nothing is written."),
        "consent_by": tr("A child under 15 needs a caregiver who was checked. Without one a coordinator agrees in their place."),
        "may_say": tr("Everything that is not written here is not said."),
        "other_names": tr("Every name and spelling they may have used, between commas."),
    }
    form = RecordForm("tracing", groups, state.known(), typed=state.typed(), check=state.check, silences=False, helps=helps)
    new = state.form is not None and state.form[0] == "new"
    page = FormPage(
        tr("Whom to look for") if new else tr("Change the request"), tr("Sites that share the folder Contacts can read it. The desk cannot."),
        form, groups,
    )
    return page.serve(state)
