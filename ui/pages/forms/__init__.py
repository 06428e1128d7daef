"""Forms of any kind: the library, bringing one in, what was filled with it, and taking that out."""

from ui.pages.forms.state import FormsState
from ui.pages.forms.view import FormsView
from ui.shell import Shell


def state(shell: Shell) -> FormsState:
    """What outlives a change of language."""
    return FormsState(shell)


def view(shell: Shell, state: FormsState) -> FormsView:
    """The widgets."""
    return FormsView(shell, state)
