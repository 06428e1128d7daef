"""Two different answers: settle them without a manual."""

from ui.pages.answers.state import AnswersState
from ui.pages.answers.view import AnswersView
from ui.shell import Shell


def state(shell: Shell) -> AnswersState:
    """What outlives a change of language."""
    return AnswersState(shell)


def view(shell: Shell, state: AnswersState) -> AnswersView:
    """The widgets."""
    return AnswersView(shell, state)
