"""``forms``: each command is loaded only when it is asked for, so that all start fast."""

from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = {
    "check": ("desktop.cli.forms_check", "Tell whether a form file can be used, and what it needs."),
    "add": ("desktop.cli.forms_add", "Keep a form."),
    "list": ("desktop.cli.forms_list", "The forms that are kept."),
    "play": ("desktop.cli.forms_play", "Play answers on a form and print how every question stands."),
    "export": ("desktop.cli.forms_export", "Write what was filled in to a file that is not locked."),
}


class FormCommands(click.Group):
    """The commands about forms of others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        found: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in _COMMANDS.items()])


@click.group(cls=FormCommands)
def command() -> None:
    """Forms of others: check them, add them, try them, take their answers out."""
