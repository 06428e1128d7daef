"""Today: what needs somebody now. Every line is a link."""

from ui.pages.today.state import TodayState
from ui.pages.today.view import TodayView
from ui.shell import Shell


def state(shell: Shell) -> TodayState:
    """What outlives a change of language."""
    return TodayState(shell)


def view(shell: Shell, state: TodayState) -> TodayView:
    """The widgets."""
    return TodayView(shell, state)
