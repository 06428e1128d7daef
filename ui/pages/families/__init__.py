"""Families: people who are sought, answers to pass on, families who want a search."""

from ui.pages.families.state import FamiliesState
from ui.pages.families.view import FamiliesView
from ui.shell import Shell


def state(shell: Shell) -> FamiliesState:
    """What outlives a change of language."""
    return FamiliesState(shell)


def view(shell: Shell, state: FamiliesState) -> FamiliesView:
    """The widgets."""
    return FamiliesView(shell, state)
