"""Person: the case file."""

from ui.pages.person.state import PersonState
from ui.pages.person.view import PersonView
from ui.shell import Shell


def state(shell: Shell) -> PersonState:
    """What outlives a change of language."""
    return PersonState(shell)


def view(shell: Shell, state: PersonState) -> PersonView:
    """The widgets."""
    return PersonView(shell, state)
