"""The command line: the same services as the window, for scripts, tests and coordinators.

Exit status: 0 done; 1 a fault of the program; 2 wrong usage; 3 wrong passphrase; 4 refused or damaged input; 5 the environment failed
(no room, stick gone). Errors stand on standard error: what happened, then what to do, and nothing about a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path


def run(arguments: Sequence[str], *, pictures: Callable[[Path, str, Path], list[Path]] | None = None) -> int:
    """Run one command; returns the exit status. `pictures` draws the screens of a vault for the tour: it is given the vault's folder, its
    passphrase and where to put the files."""
    from desktop.cli.commands import main

    return main(list(arguments), pictures)
