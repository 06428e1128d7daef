"""The chosen contact: what to know before talking, and what was said last."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.codes import shown as shown_code
from desktop.services.contacts import ContactPage
from desktop.services.people import Shown
from desktop.words.labels import choice_label, field_label, value_text
from ui import chips, dates, words
from ui.widgets.buttons import Button
from ui.widgets.labels import ChipLabel, Fact, Note, Words, facts
from ui.widgets.layout import Part, col, row, rule
from ui.words import counted, tr

SHOWN_FOR = 10_000  # milliseconds
_TALKS = 3
_HIDDEN = "••••••"
_FACTS = ("channel", "handle", "arrival_words", "person_code", "needs_on_way", "note", "closed_why")


def _text(page: ContactPage, name: str) -> str:
    shown: Shown | None = page.fields.get(name)
    return value_text(shown.field, shown.value, words.language()) if shown is not None else ""


class HiddenWords(QWidget):
    """The agreed words as dots. Show tells them for ten seconds."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("hidden_words")
        self._pairs = pairs
        self._labels = [Words(_HIDDEN, wrap=True) for _ in pairs]
        for at, ((name, _), label) in enumerate(zip(pairs, self._labels)):
            label.setObjectName(f"hidden_words_{at}")
            label.setAccessibleName(tr("{field}: hidden", field=name))
        self._show = Button(tr("Show"), "quiet", "eye", name="show_words")
        self._show.setAccessibleName(tr("Show the agreed words for ten seconds"))
        self._show.clicked.connect(self.turn)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_FOR)
        self._timer.timeout.connect(self.hide_words)
        told: list[Fact] = [(name, label) for (name, _), label in zip(pairs, self._labels)]
        self.setLayout(col(facts(told, first=104), 2, row(self._show, None)))

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
    patience = shown.value if shown is not None and isinstance(shown.value, int) else 0
    if not page.row.next_talk:
        return ""
    return (datetime.fromisoformat(page.row.next_talk) + timedelta(hours=patience)).isoformat(timespec="minutes")


def _people(page: ContactPage) -> str:
    count = dates.people(max(1, page.row.people))
    children = page.fields.get("children")
    if children is not None and isinstance(children.value, int) and children.value:
        return tr("{people}, {children}", people=count, children=counted(children.value, "{n} child", "{n} children"))
    return count


def _before(page: ContactPage) -> list[Part]:
    parts: list[Part] = [Words(tr("Before you talk"), "strong"), 8]
    rule_ = page.row.call_rule
    if rule_:
        careful = rule_ in ("they_call_us", "through_someone", "message_only")
        told = choice_label("call_rule", rule_, words.language())
        parts += [Note("phone", told, "danger" if careful else "good", "body", name="call_rule"), 6]
    safe = _text(page, "safe_times")
    parts += [Note("clock", tr("Safe: {times}", times=safe) if safe else tr("No safe time is known."), "second", "body"), 6]
    language = words.language()
    hidden = [(field_label("contact", name, language), _text(page, name)) for name in ("agreed_words", "warning_word") if _text(page, name)]
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
    for talk in page.talks[:_TALKS]:
        when = tr("{who}, {when}", who=talk.author, when=dates.moment(talk.at))
        parts += [Words(talk.words, wrap=True), 1, Words(when, "small", "hint"), 8]
    return parts


def contact_side(page: ContactPage) -> list[Part]:
    """Everything at the side, for `SidePanel.body`."""
    row_, language = page.row, words.language()
    marks = [chips.late(row_.late_hours)] if row_.late_hours else []
    marks.append(chips.stage(row_.stage))
    code = Words(shown_code(row_.code), "heading").can_pick()
    code.setObjectName("contact_code")
    second = tr("{name}, {people}", name=row_.call_name, people=_people(page))
    parts: list[Part] = [code, 2, Words(second, "body", "second", wrap=True), 8]
    parts += [row(*(ChipLabel(chip.words, chip.tone, chip.icon) for chip in marks), None, gap=6), 16]
    parts += [*_before(page), *_silent(page), *_talks(page)]
    more: list[Fact] = [(field_label("contact", name, language), _text(page, name)) for name in _FACTS if _text(page, name)]
    if more:
        parts += [6, rule(), 12, facts(more, first=104)]
    return parts


