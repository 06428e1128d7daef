"""Numbered sheets: pads of blank forms, printed, counted back and entered by their numbers."""

from ui.pages.pads.state import PadsState
from ui.pages.pads.view import PadsView
from ui.shell import Shell


def state(shell: Shell) -> PadsState:
    """What outlives a change of language."""
    return PadsState(shell)


def view(shell: Shell, state: PadsState) -> PadsView:
    """The widgets."""
    return PadsView(shell, state)
