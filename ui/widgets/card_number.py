"""The number of a citizenship card in its four parts, or any other number in one line.

A whole number that is pasted or typed into one of the parts is taken apart, in either script. Nothing is refused: what is unusual is said by who
checks the value.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.burmese import Township, card_in_parts, card_in_roman, card_of_parts, codes_like, letters, states
from ui import words
from ui.widgets.buttons import Button
from ui.widgets.choices import Flow
from ui.widgets.fields import Drop, Line
from ui.widgets.labels import Words
from ui.widgets.layout import box, col, row
from ui.widgets.suggest import Offered, SuggestLine
from ui.words import digits, tr


class CardNumber(QWidget):
    """`name` is the objectName of the one line; the parts are ``<name>_state``, ``_code``, ``_class`` and ``_digits``. Signals: `edited` after the
    person changed something, `done` when they leave its last part."""

    edited = Signal()
    done = Signal()

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        my = words.language() == "my"
        self.one_line = Line(name=name)
        self.one_line.setAccessibleName(label)
        named = [(str(number), f"{digits(str(number))} / {both[1 if my else 0].split(' (')[0]}") for number, both in states().items()]
        self._state = Drop([("", tr("State…")), *named], name=f"{name}_state", width=148)
        self._code = SuggestLine(self._codes, name=f"{name}_code", hint=tr("township"), width=104)
        self._letter = Drop(
            [("", tr("Class…")), *((letter, f"({letter}) {roman}") for letter, roman in letters().items())], name=f"{name}_class", width=116
        )
        self._digits = Line(name=f"{name}_digits", hint=digits("123456"), width=104)
        self._digits.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        for part, said in (
            (self._state, tr("State or region")), (self._code, tr("Letters of the township")), (self._letter, tr("Class of citizen")),
            (self._digits, tr("Digits")),
        ):
            part.setAccessibleName(f"{label}: {said}")
        self._code.holds_words = False
        self._roman = Words("", "small", "hint")
        self._roman.setObjectName(f"{name}_roman")
        self._turn = Button("", "quiet", name=f"{name}_turn", small="accent")
        self._turn.clicked.connect(self._change_way)
        flow = Flow(8)
        for one in (self._state, self._code, self._letter, self._digits):
            flow.addWidget(one)
        self._parts = QWidget()
        self._parts.setLayout(flow)
        self._in_parts = True
        self.setLayout(col(self._parts, self.one_line, 2, box(row(self._roman, self._turn, None, gap=8))))
        self._state.picked.connect(lambda _key: self._told())
        self._letter.picked.connect(lambda _key: self._told())
        self._code.textEdited.connect(self._whole_or_told)
        self._code.picked.connect(self._code_picked)
        self._digits.textEdited.connect(self._whole_or_told)
        self.one_line.textEdited.connect(lambda _text: self._told())
        for line in (self._digits, self.one_line):
            line.editingFinished.connect(self.done)
        self._show_way()

    # ---- the value --------------------------------------------------------------------------------------------------

    def value(self) -> str:
        """The number as it is kept; "" for nothing."""
        if not self._in_parts:
            return self.one_line.text().strip()
        return card_of_parts((self._state.key(), self._code.text(), self._letter.key(), self._digits.text()))

    def put(self, text: str) -> None:
        """Show a number without telling anybody, in parts if it has them."""
        found = card_in_parts(text)
        if text and found is None:
            self._in_parts = False
            self.one_line.setText(text)
        elif text != self.value():
            self._in_parts = self._in_parts or bool(text)
            self._fill(found or ("", "", "", ""))
            self.one_line.clear()
        self._show_way()

    def expect_card(self, on: bool) -> None:
        """With nothing written yet: show the parts of a citizenship card, or one line."""
        if not self.value() and on != self._in_parts:
            self._in_parts = on
            self._show_way()

    def fields(self) -> tuple[QWidget, ...]:
        """The widgets that turn amber when the number is unusual."""
        return (self._code, self._digits) if self._in_parts else (self.one_line,)

    def first(self) -> QWidget:
        """Where writing begins."""
        return self._state if self._in_parts else self.one_line

    def _fill(self, found: tuple[str, str, str, str]) -> None:
        self._state.choose(found[0])
        self._code.setText(found[1])
        self._letter.choose(found[2])
        self._digits.setText(found[3])

    # ---- typing -----------------------------------------------------------------------------------------------------

    def _codes(self, typed: str) -> list[Offered]:
        return [_offered(one) for one in codes_like(self._state.key(), typed)]

    def _code_picked(self, key: object) -> None:
        if isinstance(key, int):
            self._state.choose(str(key))
            self._told()

    def _whole_or_told(self, text: str) -> None:
        found = card_in_parts(text) if "/" in text or "(" in text else None
        if found is not None and found[3]:
            self._fill(found)
            self._digits.setFocus()
            self._digits.end(False)
        self._told()

    def _told(self) -> None:
        self._show_roman()
        self.edited.emit()

    def _change_way(self) -> None:
        text = self.value()
        self._in_parts = not self._in_parts
        found = card_in_parts(text)
        if self._in_parts:
            self._fill(found or ("", "", "", ""))
        else:
            self.one_line.setText(text)
        self._show_way()
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)
        if self.value() != text:
            self.edited.emit()

    def _show_way(self) -> None:
        self._parts.setVisible(self._in_parts)
        self.one_line.setVisible(not self._in_parts)
        self._turn.say(tr("Another kind of number") if self._in_parts else tr("Citizenship card"))
        self.setFocusProxy(self.first())
        self._show_roman()

    def _show_roman(self) -> None:
        self._roman.setText(card_in_roman(self.value()))
        self._roman.setVisible(bool(self._roman.text()))


def _offered(one: Township) -> Offered:
    my = words.language() == "my"
    place = " / ".join(dict.fromkeys((both[1] if my else both[0]) or both[0] or both[1] for both in one.places))
    roman = one.roman[0] if one.roman else ""
    return Offered("   ".join(part for part in (one.code, roman, place, f"({digits(str(one.state))})") if part), one.code, one.state)
