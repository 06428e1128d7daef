"""The page before it goes out, for papers that are printed elsewhere than on the page Paper: as it will be, larger or smaller, page by page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.services.papers import Paper
from ui.jobs import Jobs
from ui.printing import image
from ui.widgets.buttons import Button
from ui.widgets.dialogs import Box
from ui.widgets.labels import Note, Words
from ui.widgets.layout import row
from ui.widgets.sheet import SheetView
from ui.words import tr

_WIDTH = 700
_AROUND = 250  # pixels of the box above and below the page
_LEAST, _MOST = 300, 900


class LookFirst(Box):
    """`then` is called once, when the volunteer has seen the page and goes on (`go` are the words of that button); never if they go back.
    `warning`: a line above the page."""

    def __init__(self, parent: QWidget, jobs: Jobs, paper: Paper, go: str, then: Callable[[], None], *, warning: str = "") -> None:
        super().__init__(parent.window(), "look_first", tr("Look at the page before it goes out"), width=_WIDTH)
        self._jobs, self._paper, self._then = jobs, paper, then
        self._page, self._dpi = 0, 96
        self._sheet = SheetView(tr("Preview"))
        self._sheet.sharpness.connect(self._look_at)
        self._sheet.setFixedHeight(max(_LEAST, min(_MOST, parent.window().height() - _AROUND)))
        self._where = Words("", "body", "second")
        larger, smaller, self._earlier, self._next = (Button(words, "quiet", icon, name=f"look_{name}") for words, icon, name in (
            (tr("Larger"), "plus", "larger"), (tr("Smaller"), "", "smaller"), (tr("Earlier page"), "", "earlier"), (tr("Next page"), "", "next"),
        ))
        larger.clicked.connect(lambda: self._sheet.step(1))
        smaller.clicked.connect(lambda: self._sheet.step(-1))
        self._earlier.clicked.connect(lambda: self._turn(-1))
        self._next.clicked.connect(lambda: self._turn(1))
        if warning:
            self.body.addWidget(Note("warning", warning, "warn", "body", name="look_warning"))
            self.body.addSpacing(10)
        self.body.addWidget(self._sheet)
        self.body.addSpacing(8)
        self.body.addLayout(row(smaller, larger, None, self._earlier, self._where, self._next, gap=4))
        self._go = Button(go, "primary", hint="Enter", name="look_go")
        self._go.setDefault(True)
        self._go.setEnabled(False)
        self._go.clicked.connect(self._done)
        back = Button(tr("Go back"), hint="Esc", name="look_back")
        back.clicked.connect(self.reject)
        for button in (self._go, back):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        for one in (self._earlier, self._where, self._next):
            one.setVisible(paper.pages > 1)
        self._turn(0)
        self.fit()

    def _turn(self, step: int) -> None:
        if 0 <= self._page + step < self._paper.pages:
            self._page += step
            self._earlier.setEnabled(self._page > 0)
            self._next.setEnabled(self._page + 1 < self._paper.pages)
            self._where.setText(tr("{page} of {pages}", page=str(self._page + 1), pages=str(self._paper.pages)))
            self._draw()

    def _look_at(self, dpi: int) -> None:
        if dpi != self._dpi:
            self._dpi = dpi
            self._draw()

    def _draw(self) -> None:
        paper, page, dpi = self._paper, self._page, self._dpi

        def drawn(picture: QImage) -> None:
            if (page, dpi) == (self._page, self._dpi):
                self._sheet.show_picture(picture, tr("{page} of {pages}", page=page + 1, pages=paper.pages))
                if not self._go.isEnabled():
                    self._go.setEnabled(True)  # nothing goes out that was not seen
                    self._go.setFocus()

        self._jobs.submit(self, lambda _progress: image(paper, page, dpi), drawn, aside=True)

    def _done(self) -> None:
        then = self._then
        self.accept()
        then()
