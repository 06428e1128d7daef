"""All verbs, each loaded only when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click

from desktop import __version__
from desktop.cli.opening import Choices, with_vault
from desktop.cli.output import failure, say

_GROUPS = {
    "vault": ("desktop.cli.vault", "Make, look at and open the folder that holds everything."),
    "people": ("desktop.cli.people", "People who are registered."),
    "contacts": ("desktop.cli.contacts", "People who have not arrived yet."),
    "intake": ("desktop.cli.intake", "Fill forms."),
    "forms": ("desktop.cli.forms", "Forms of others."),
    "paper": ("desktop.cli.paper", "Make documents."),
    "exchange": ("desktop.cli.exchange", "Trust other sites and exchange news with them."),
    "names": ("desktop.cli.names", "Compare spellings of names."),
    "text": ("desktop.cli.text", "Burmese text in old letters and in Unicode."),
    "tour": ("desktop.cli.tour", "The whole job with invented people, in one go."),
}


class Verbs(click.Group):
    """A group whose commands are imported when they are named, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_GROUPS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _GROUPS:
            return None
        command: click.Command = import_module(_GROUPS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in _GROUPS.items()])


@click.group(cls=Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, help="The version of this program.")
@click.option("--check", is_flag=True, help="Try everything once in a folder that is thrown away; needs no screen.")
@with_vault
def waystation(choices: Choices, version: bool, check: bool) -> None:
    """Waystation. Without a command it opens the window."""
    context = click.get_current_context()
    if version:
        say(f"Waystation {__version__}")
        context.exit(0)
    if check:
        from desktop.cli.check import check as try_everything

        context.exit(try_everything())
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(2)


def main(arguments: list[str], pictures: Callable[[Path, str, Path], list[Path]] | None = None) -> int:
    """Run; returns the exit status."""
    name = Path(sys.argv[0]).name or "waystation"
    try:
        found = waystation.main(arguments, prog_name=name, standalone_mode=False, obj=Choices(pictures=pictures))
    except click.exceptions.Abort:
        return 2
    except click.ClickException as error:
        error.show(sys.stderr)
        return 2
    except Exception as error:
        return failure(error)
    return found if isinstance(found, int) else 0
