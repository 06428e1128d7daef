"""Contacts: people who have not arrived yet."""

from ui.pages.contacts.state import ContactsState
from ui.pages.contacts.view import ContactsView
from ui.shell import Shell


def state(shell: Shell) -> ContactsState:
    """What outlives a change of language."""
    return ContactsState(shell)


def view(shell: Shell, state: ContactsState) -> ContactsView:
    """The widgets."""
    return ContactsView(shell, state)
