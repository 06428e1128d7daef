"""What is written once for the papers of many people: the same small form as for one, in a box."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from desktop.services import paper_asks
from desktop.services.papers import Ask
from ui.pages.paper.typed_form import TypedForm
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Box
from ui.widgets.layout import box, col, scroll
from ui.words import tr

_HIGH, _LOW = 400, 90  # of the form, at most and for one question


class WriteForMany(Box):
    """`then(answers)` gets what was written when nothing is wrong; nothing is called if the volunteer goes back."""

    def __init__(self, parent: QWidget, asks: Sequence[Ask], before: Mapping[str, str], then: Callable[[Mapping[str, str]], None]) -> None:
        super().__init__(parent, "write_many", tr("The same for all of them"), icon="pencil", width=520)
        self._asks, self._then = tuple(asks), then
        self._form = TypedForm(asks, before)
        self._form.edited.connect(lambda said: self._form.show_problems(paper_asks.problems(self._asks, said)))
        area = scroll(box(col(self._form, None, edge=(0, 0, 12, 0))), "write_many_scroll")
        area.setFixedHeight(min(_HIGH, _LOW * (len(self._asks) + 1)))
        self.body.addWidget(area)
        go = Button(tr("Make the pages"), "primary", hint="Enter", name="write_many_go")
        go.setDefault(True)
        go.clicked.connect(self._done)
        back = Button(tr("Go back"), hint="Esc", name="write_many_back")
        back.clicked.connect(self.reject)
        for button in (go, back):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)

    def _done(self) -> None:
        said = self._form.answers()
        wrong = paper_asks.problems(self._asks, said)
        if wrong:
            self._form.to_first(wrong)
            return
        self.accept()
        self._then(said)
