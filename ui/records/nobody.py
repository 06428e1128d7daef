"""What stands in place of people where nobody is registered yet."""

from __future__ import annotations

from ui.shell import Shell
from ui.widgets.buttons import Button
from ui.widgets.parts import Empty
from ui.words import tr

FIRST = "empty_register"
"""The objectName of the button that the keyboard goes to."""


def nobody_yet(shell: Shell) -> Empty:
    """The two ways to the first person: register somebody, or read the stick of a site that has."""
    begin = Button(tr("Register arrival"), "primary", "person-add", "Ctrl+N", name=FIRST)
    begin.clicked.connect(lambda: shell.open("register"))
    begin.setEnabled(shell.who.role.writes)
    stick = Button(tr("Read a stick"), "quiet", name="empty_stick")
    stick.clicked.connect(lambda: shell.open("stick"))
    return Empty(
        tr("Nobody is registered here yet"), tr("The first person takes about three minutes. You can fill in the rest later."), begin,
        [("stick", tr("Another site has registered people already?"), stick)],
    )
