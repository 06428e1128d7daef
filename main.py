"""Waystation: the window without a command, the command line with one. The program starts itself with ``--read-pages`` to open files from a
scanner apart from everything else."""

import sys
from pathlib import Path


def main() -> int:
    """Exit status: 0 done, 1 a fault of the program, 2 wrong usage, 3 wrong passphrase, 4 refused or damaged input, 5 the environment
    failed."""
    if sys.argv[1:] == ["--read-pages"]:
        from desktop.paper.scanning.child import serve

        return serve()
    chosen = for_window(sys.argv[1:])
    if chosen is not None:
        from ui.app import run as show

        return show(Path(chosen["--vault"]) if "--vault" in chosen else None, language=chosen.get("--language", ""))
    from desktop.cli import run

    return run(sys.argv[1:], pictures=pictures)


def for_window(arguments: list[str]) -> dict[str, str] | None:
    """What was chosen for the window (``--vault``, ``--language``); None if the arguments are for the command line."""
    chosen: dict[str, str] = {}
    waiting = list(arguments)
    while waiting:
        name, _, value = waiting.pop(0).partition("=")
        if name not in ("--vault", "--language") or not (value or waiting):
            return None
        chosen[name] = value or waiting.pop(0)
    return chosen


def pictures(vault: Path, passphrase: str, out: Path) -> list[Path]:
    """The screens of a vault as pictures, for the tour."""
    from ui.tour_pictures import take

    return take(vault, passphrase, out)


if __name__ == "__main__":
    raise SystemExit(main())
