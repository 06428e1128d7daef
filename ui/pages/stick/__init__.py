"""The stick: put news on it, read it, and the sites we trust."""

from ui.pages.stick.state import StickState
from ui.pages.stick.view import StickView
from ui.shell import Shell


def state(shell: Shell) -> StickState:
    """What outlives a change of language."""
    return StickState(shell)


def view(shell: Shell, state: StickState) -> StickView:
    """The widgets."""
    return StickView(shell, state)
