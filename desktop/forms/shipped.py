"""The forms that come with the program.

Each is a workbook in ``resources/forms`` that people edit, and beside it the compiled form that the program reads: compiling takes
0.3 s and must not happen at each start. After a change of a workbook run ``python -m desktop.forms.shipped``; a test compares.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from desktop.forms.compile import compile_workbook
from desktop.forms.definition import Definition
from desktop.forms.loading import load
from desktop.resources import folder

NAMES = ("arrival", "registration")


@cache
def definition(name: str) -> Definition:
    """The form of that name (one of `NAMES`), read once in each process. KeyError for another name."""
    if name not in NAMES:
        raise KeyError(name)
    return load(compiled(name).read_bytes())


def workbook(name: str) -> Path:
    """Where the source of a form lies."""
    return folder("forms", f"{name}.xlsx")


def compiled(name: str) -> Path:
    """Where the compiled form lies."""
    return folder("forms", f"{name}.xml")


def compile_all() -> None:
    """Write the compiled forms anew from their workbooks."""
    for name in NAMES:
        compiled(name).write_bytes(compile_workbook(workbook(name).read_bytes()).xml)


if __name__ == "__main__":
    compile_all()
