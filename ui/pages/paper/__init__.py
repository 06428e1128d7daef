"""Paper: choose a document and a person, see the pages, print or save."""

from ui.pages.paper.state import PaperState
from ui.pages.paper.view import PaperView
from ui.shell import Shell


def state(shell: Shell) -> PaperState:
    """What outlives a change of language."""
    return PaperState(shell)


def view(shell: Shell, state: PaperState) -> PaperView:
    """The widgets."""
    return PaperView(shell, state)
