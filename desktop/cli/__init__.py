"""The command line: the same services as the window, for scripts, tests and coordinators.

Exit status: 0 done; 1 a fault of the program; 2 wrong usage; 3 wrong passphrase; 4 refused or damaged input; 5 the environment failed
(no room, stick gone). Errors stand on standard error: what happened, then what to do, and nothing about a person.
"""

from __future__ import annotations

from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    from desktop.cli.commands import main

    return main(list(arguments))
