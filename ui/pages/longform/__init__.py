"""A form of many questions, page by page, by different volunteers over days: the long registration of a person, and any other form."""

from ui.pages.longform.state import LongformState
from ui.pages.longform.view import LongformView
from ui.shell import Shell


def state(shell: Shell) -> LongformState:
    """What outlives a change of language."""
    return LongformState(shell)


def view(shell: Shell, state: LongformState) -> LongformView:
    """The widgets."""
    return LongformView(shell, state)
