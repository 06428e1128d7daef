"""Pages that come back from the pen: filed to their case, their boxes looked at beside the picture."""

from ui.pages.scans.state import ScansState
from ui.pages.scans.view import ScansView
from ui.shell import Shell


def state(shell: Shell) -> ScansState:
    """What outlives a change of language."""
    return ScansState(shell)


def view(shell: Shell, state: ScansState) -> ScansView:
    """The widgets."""
    return ScansView(shell, state)
