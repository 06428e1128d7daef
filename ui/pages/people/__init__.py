"""People: find anybody however the name is spelt."""

from ui.pages.people.state import PeopleState
from ui.pages.people.view import PeopleView
from ui.shell import Shell


def state(shell: Shell) -> PeopleState:
    """What outlives a change of language."""
    return PeopleState(shell)


def view(shell: Shell, state: PeopleState) -> PeopleView:
    """The widgets."""
    return PeopleView(shell, state)
