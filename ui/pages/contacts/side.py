"""The chosen contact: what to know before talking, and what was said last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.codes import shown as shown_code
from desktop.domain.safe_times import clock
from desktop.services.contacts import ContactPage, SafeTimes
from desktop.services.people import Shown
from desktop.words.labels import choice_label, clock_text, field_label, span_text, value_text
from ui import chips, dates, words
from ui.pages.contacts.ways import WAYS
from ui.widgets.buttons import Button
from ui.widgets.labels import ChipLabel, Fact, Note, Words, facts
from ui.widgets.layout import Part, col, row, rule
from ui.widgets.rows import Chip
from ui.words import counted, mark, tr

SHOWN_FOR = 10_000  # milliseconds
_TALKS = 3
_PATIENCE_MOST = 10_000  # hours: another site may have written a number that no calendar has
_HIDDEN = "••••••"
_SECRET = ("agreed_words", "warning_word", "arrival_words")
_FACTS = ("channel", "handle", "person_code", "volunteer", "needs_on_way", "note", "closed_why")


def _text(page: ContactPage, name: str) -> str:
    shown: Shown | None = page.fields.get(name)
    return value_text(shown.field, shown.value, words.language()) if shown is not None else ""


class HiddenWords(QWidget):
    """Words as dots, each with what it is. Show tells them for ten seconds."""

    def __init__(self, pairs: list[tuple[str, str]], *, name: str = "words") -> None:
        super().__init__()
        self.setObjectName(f"hidden_{name}")
        self._pairs = pairs
        self._labels = [Words(_HIDDEN, wrap=True) for _ in pairs]
        for at, ((told, _), label) in enumerate(zip(pairs, self._labels)):
            label.setObjectName(f"hidden_{name}_{at}")
            label.setAccessibleName(tr("{field}: hidden", field=told))
        self._show = Button(tr("Show"), "quiet", "eye", name=f"show_{name}")
        self._show.setAccessibleName(tr("Show for ten seconds: {field}", field=words.listed(told for told, _ in pairs)))
        self._show.clicked.connect(self.turn)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_FOR)
        self._timer.timeout.connect(self.hide_words)
        shown: list[Fact] = [(told, label) for (told, _), label in zip(pairs, self._labels)]
        self.setLayout(col(facts(shown, first=104), 2, row(self._show, None)))

    @property
    def plain(self) -> bool:
        """True while the words can be read."""
        return self._timer.isActive()

    def turn(self) -> None:
        """Show them, or hide them again."""
        if self.plain:
            self.hide_words()
            return
        for (name, text), label in zip(self._pairs, self._labels):
            label.setText(text)
            label.setAccessibleName(f"{name}: {text}")
        self._show.say(tr("Hide"))
        self._timer.start()

    def hide_words(self) -> None:
        """Dots again."""
        self._timer.stop()
        for (name, _), label in zip(self._pairs, self._labels):
            label.setText(_HIDDEN)
            label.setAccessibleName(tr("{field}: hidden", field=name))
        self._show.say(tr("Show"))


def _until(page: ContactPage) -> str:
    """The moment from which silence counts: the agreed one and the agreed patience."""
    shown = page.fields.get("late_after_hours")
    told = shown.value if shown is not None and isinstance(shown.value, int) else 0
    patience = min(max(told, 0), _PATIENCE_MOST)
    if not page.row.next_talk:
        return ""
    return (datetime.fromisoformat(page.row.next_talk) + timedelta(hours=patience)).isoformat(timespec="minutes")


def _people(page: ContactPage) -> str:
    count = dates.people(max(1, page.row.people))
    children = page.fields.get("children")
    if children is not None and isinstance(children.value, int) and children.value:
        return tr("{people}, {children}", people=count, children=counted(children.value, "{n} child", "{n} children"))
    return count


def _both_clocks(times: SafeTimes) -> str:
    """Every safe time on their clock and, where ours is another one, on ours."""
    said = []
    for span in times.spans:
        there = span_text(span, words.language())
        start, end = (clock((minutes - times.ahead) % (24 * 60)) for minutes in (span.start, span.end))
        said.append(tr("{span} (our clock {start} to {end})", span=there, start=start, end=end) if times.ahead else there)
    return "; ".join(said)


def times_now(times: SafeTimes) -> str:
    """What time it is for them, and whether that is a safe time."""
    there = tr("For them it is {time} now, {difference}.", time=dates.clock(times.theirs), difference=clock_text(times.ahead, words.language()))
    if not times.clock_known:
        there = tr("Nobody has written how their clock stands to ours.")
    if times.until:
        return tr("{clock} Safe now, until {time} on our clock.", clock=there, time=dates.clock(times.until))
    if times.next:
        return tr("{clock} Not safe now. Next: {when} on our clock.", clock=there, when=dates.moment(times.next))
    return there


def _before(page: ContactPage) -> list[Part]:
    parts: list[Part] = [Words(tr("Before you talk"), "strong"), 8]
    rule_ = page.row.call_rule
    if page.row.warned:
        parts += [Note("phone", tr("Nobody calls them now."), "danger", "body", name="call_rule"), 6]
    elif rule_:
        careful = rule_ in ("they_call_us", "through_someone", "message_only")
        told = choice_label("call_rule", rule_, words.language())
        parts += [Note("phone", told, "danger" if careful else "good", "body", name="call_rule"), 6]
    safe, more = _both_clocks(page.times), _text(page, "safe_times")
    said = "; ".join(part for part in (safe, more) if part)
    parts += [Note("clock", tr("Safe: {times}", times=said) if said else tr("No safe time is known."), "second", "body", name="safe_hours"), 6]
    if page.times.spans or page.times.clock_known:
        tone = "good" if page.times.until and not page.row.warned else "warn" if page.times.spans else "second"
        parts += [Note("globe", times_now(page.times), tone, "body", name="times_now"), 6]
    language = words.language()
    hidden = [(field_label("contact", name, language), _text(page, name)) for name in _SECRET if _text(page, name)]
    if hidden:
        parts += [4, HiddenWords(hidden)]
    else:
        parts.append(Note("lock", tr("No words are agreed."), "second", "body"))
    return parts


def _silent(page: ContactPage) -> list[Part]:
    until, what = _until(page), _text(page, "if_silent")
    if not until or not what:
        return []
    return [
        14, rule(), 12, Words(tr("If there is no word by {when}", when=dates.moment(until)), "strong", wrap=True), 6,
        Words(what, "body", "second", wrap=True),
    ]


def _talks(page: ContactPage) -> list[Part]:
    parts: list[Part] = [14, rule(), 12, Words(tr("Last talks"), "strong"), 6]
    if not page.talks:
        return [*parts, Words(tr("Nobody has written a talk yet."), "body", "hint", wrap=True)]
    for at, talk in enumerate(page.talks[:_TALKS]):
        when = tr("{who}, {when}", who=talk.author, when=dates.moment(talk.at))
        marks = [chips.check_in(talk.check_in)] if talk.check_in else []
        marks += [Chip(tr("Warning word"), "danger", "warning")] if talk.warned else []
        marks += [Chip(tr("May be called again"), "good", "done")] if talk.allowed else []
        if talk.words and talk.warned:  # the warning word may stand in it
            parts += [HiddenWords([(tr("What they said"), talk.words)], name=f"talk_{at}"), 1]
        elif talk.words:
            parts += [Words(talk.words, wrap=True), 1]
        if marks:
            parts += [row(*(ChipLabel(chip.words, chip.tone, chip.icon) for chip in marks), None, gap=6), 1]
        parts += [Words(when, "small", "hint"), 8]
    return parts


_HANDED = {
    "asked": mark("{who} asked {name} to take over"), "accepted": mark("{who} has taken over from {before}"),
    "ended": mark("{who} ended the asking of {name}"),
}


def _guidance(page: ContactPage) -> list[Part]:
    if not page.given:
        return []
    parts: list[Part] = [6, rule(), 12, Words(tr("Guidance they have"), "strong"), 6]
    for one in page.given[:_TALKS]:
        when = tr("{way}, {when}, {who}", way=tr(WAYS[one.way]) if one.way in WAYS else one.way, when=dates.moment(one.at), who=one.author)
        parts += [Words(one.title, wrap=True), 1, Words(when, "small", "hint", wrap=True)]
        if one.replaced or one.stale:
            said = tr("There is a newer version: tell them.") if one.replaced else tr("No longer right: tell them.")
            parts += [1, Note("warning", said, "warn")]
        parts.append(8)
    return parts


def _handed(page: ContactPage) -> list[Part]:
    if not page.handovers:
        return []
    parts: list[Part] = [6, rule(), 12, Words(tr("Who looked after them"), "strong"), 6]
    for one in page.handovers[:_TALKS]:
        who = f"{one.author}, {one.site}" if one.site else one.author
        said = tr(_HANDED[one.what], who=who, name=one.to, before=one.before or tr("nobody"))
        parts += [Words(said, "body", "second", wrap=True), 1, Words(dates.moment(one.at), "small", "hint"), 8]
    return parts


def contact_side(page: ContactPage, waiting: Sequence[Part] = ()) -> list[Part]:
    """Everything at the side, for `SidePanel.body`. `waiting`: what waits for an answer."""
    row_, language = page.row, words.language()
    marks = [chips.late(row_.late_hours)] if row_.late_hours else []
    marks.append(chips.stage(row_.stage))
    code = Words(shown_code(row_.code), "heading").can_pick()
    code.setObjectName("contact_code")
    second = tr("{name}, {people}", name=row_.call_name, people=_people(page))
    parts: list[Part] = [code, 2, Words(second, "body", "second", wrap=True), 8]
    parts.append(row(*(ChipLabel(chip.words, chip.tone, chip.icon) for chip in marks), None, gap=6))
    if row_.check_in and row_.stage == "on_the_way":
        how = chips.check_in(row_.check_in)
        parts += [6, row(ChipLabel(how.words, how.tone, how.icon), None)]
    parts.append(16)
    parts += [*waiting, *_before(page), *_silent(page), *_talks(page), *_guidance(page), *_handed(page)]
    more: list[Fact] = [(field_label("contact", name, language), _text(page, name)) for name in _FACTS if _text(page, name)]
    if more:
        parts += [6, rule(), 12, facts(more, first=104)]
    return parts
