"""Waystation: the window without arguments, the command line with them."""

import sys


def main() -> int:
    """Exit status: 0 done, 2 wrong usage, 3 wrong passphrase, 4 refused or damaged input, 5 the environment failed."""
    from desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
