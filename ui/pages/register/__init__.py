"""Register arrival: the arrival card of a family on one screen."""

from ui.pages.register.state import RegisterState
from ui.pages.register.view import RegisterView
from ui.shell import Shell


def state(shell: Shell) -> RegisterState:
    """What outlives a change of language."""
    return RegisterState(shell)


def view(shell: Shell, state: RegisterState) -> RegisterView:
    """The widgets."""
    return RegisterView(shell, state)
