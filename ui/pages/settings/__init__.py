"""Settings: volunteers and folders, this place, language and paper, lock and passphrase, the recovery sheet, about."""

from ui.pages.settings.state import SettingsState
from ui.pages.settings.view import SettingsView
from ui.shell import Shell


def state(shell: Shell) -> SettingsState:
    """What outlives a change of language."""
    return SettingsState(shell)


def view(shell: Shell, state: SettingsState) -> SettingsView:
    """The widgets."""
    return SettingsView(shell, state)
