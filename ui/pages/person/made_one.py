"""Records that were found to be this person or household: which, by whom and when, and the way to make them two again."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.codes import shown as shown_code
from desktop.services.merging import JoinedRow
from ui import dates
from ui.pages.person.state import PersonState
from ui.shell import ask_before
from ui.widgets.buttons import Button
from ui.widgets.labels import Words
from ui.widgets.layout import Part, col, row
from ui.words import tr


def made_one(state: PersonState, rows: tuple[JoinedRow, ...], name: str) -> list[Part]:
    """Nothing if there are none. `name` begins the objectNames."""
    if not rows:
        return []
    parts: list[Part] = [Words(tr("Made one with"), "heading"), 8]
    for at, one in enumerate(rows, 1):
        who = tr("{who}, {where}", who=one.author, where=one.site) if one.site else one.author
        two = Button(tr("Make them two again…"), icon="undo", name=f"{name}_two_{at}")
        two.setAccessibleName(tr("Make them two again: {name}", name=one.name or shown_code(one.code)))
        two.setEnabled(state.writes)
        two.clicked.connect(partial(_ask, state, two, one))
        title = "  ".join(part for part in (one.name, shown_code(one.code)) if part)
        told = col(Words(title, wrap=True), 2, Words(tr("{who}, {when}", who=who, when=dates.moment(one.at)), "small", "hint", wrap=True))
        parts += [row((told, 1), two, gap=12), 10]
    return parts


def _ask(state: PersonState, owner: QWidget, one: JoinedRow, _on: bool = False) -> None:
    ask_before(
        owner.window(), tr("Make them two again?"),
        tr(
            "{name} stands in the lists on their own again, with everything that was written about them. What was chosen from it "
            "goes from here, but what somebody has changed since stays. Ctrl+Z takes it back.", name=one.name or shown_code(one.code),
        ),
        tr("Make them two"), partial(state.make_two, one.id),
    )
