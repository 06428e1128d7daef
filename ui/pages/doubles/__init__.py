"""Same person? Two people, or two households, side by side: made one, or said to be two."""

from ui.pages.doubles.state import DoublesState
from ui.pages.doubles.view import DoublesView
from ui.shell import Shell


def state(shell: Shell) -> DoublesState:
    """What outlives a change of language."""
    return DoublesState(shell)


def view(shell: Shell, state: DoublesState) -> DoublesView:
    """The widgets."""
    return DoublesView(shell, state)
