"""What nobody may forget about this person: what must not be said and to whom, how they are called in public, what they did not agree to."""

from __future__ import annotations

from desktop.domain.fields import PURPOSES
from desktop.services.people import LeftBehindRow, PersonPage
from desktop.words.labels import choice_label, field_label
from ui import words
from ui.records.known import text_of
from ui.widgets.labels import Note
from ui.widgets.layout import Part
from ui.words import counted, tr

_NOTES, _LONG = 3, 240  # notes that are shown, and letters of each


def care(page: PersonPage) -> list[Part]:
    """Lines in the order of their danger; nothing if there is nothing to take care of."""
    lines: list[Note] = []
    fields = page.fields
    if page.withhold:
        why = text_of(fields.get("withhold_why"))
        line = tr("Do not share with: {who}", who=page.withhold)
        lines.append(Note("shield", f"{line}. {why}" if why else line, "warn", "body", name="withhold"))
    if "found_wish" in page.careful:
        lines.append(Note("shield", tr("They do not want to be found. Say nothing to whoever looks for them."), "warn", "body", name="care_found"))
    lines += _important(page)
    lines += [Note("shield", line, "warn", "body", name=f"care_left_{at}") for at, line in enumerate(_left_behind(page), 1)]
    if "phone" in fields and "phone_safe" in page.careful:
        lines.append(Note("phone", tr("It is not safe to call their number."), "warn", "body", name="care_phone"))
    refused = [field_label("person", f"consent_{name}", words.language()) for name in PURPOSES if f"consent_{name}" in page.careful]
    if refused:
        between = "၊ " if words.language() == "my" else ", "
        lines.append(Note("shield", tr("They do not agree to: {what}", what=between.join(refused)), "warn", "body", name="care_refused"))
    limits = text_of(fields.get("consent_limits"))
    if limits:
        lines.append(Note("shield", tr("Limits of the consent: {what}", what=_short(limits)), "warn", "body", name="care_limits"))
    call = text_of(fields.get("call_name"))
    if call:
        lines.append(Note("voice", tr("In public, call them {name}.", name=call), "second", "body", name="care_call"))
    return [part for line in lines for part in (line, 4)]


def _important(page: PersonPage) -> list[Note]:
    """The newest notes that everybody must read, and how many more there are."""
    found = [one for one in page.notes if one.important]
    lines = [Note("warning", _short(one.text), "warn", "body", name=f"care_note_{at}") for at, one in enumerate(found[:_NOTES], 1)]
    more = len(found) - _NOTES
    if more > 0:
        said = counted(more, "{n} more note that everybody must read: see Notes and steps.", "{n} more notes that everybody must read: see Notes and steps.")
        lines.append(Note("warning", said, "warn", "body", name="care_more"))
    return lines


def _left_behind(page: PersonPage) -> list[str]:
    """What may be said of those left behind, to whoever asks first; where nobody wrote it down, nothing may be said."""
    said: dict[tuple[str, ...], list[str]] = {}
    for one in page.left_behind:
        said.setdefault(may_be_said(one), []).append(text_of(one.fields.get("name")) or tr("No name yet"))
    between = "၊ " if words.language() == "my" else ", "
    return [tr("{name}, left behind. {say}", name=between.join(names), say="  ·  ".join(say)) for say, names in said.items()]


def may_be_said(one: LeftBehindRow) -> tuple[str, ...]:
    """What may be said about somebody left behind, to anybody who asks, to them, and to other family."""
    language = words.language()
    said = {name: choice_label("may_say", answer, language) for name, answer in one.say.items()}
    others = said.get("say_others")
    lines = [tr("If somebody asks: {say}", say=others) if others else tr("If somebody asks: nothing. Nobody said yet what may be told.")]
    lines += [tr("To them: {say}", say=said["say_them"])] if "say_them" in said else []
    lines += [tr("To other family: {say}", say=said["say_family"])] if "say_family" in said else []
    return tuple(lines)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG else flat[:_LONG].rstrip() + "…"
