"""Small forms for tests, written as tables."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from desktop.forms.compile import compile_workbook
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm
from desktop.forms.loading import load

NOW = datetime(2026, 1, 15, 9, 30)


def table(columns: str, *rows: str) -> str:
    """Lines of a sheet: ``type | name | label`` and below it one text for each row."""
    return "\n".join(f"| | {line} |" for line in (columns, *rows))


@cache
def compiled(survey: str, choices: str = "", settings: str = "") -> bytes:
    """The compiled XML of a form in XLSForm markdown."""
    parts = ["| survey |", survey]
    if choices:
        parts += ["| choices |", choices]
    if settings:
        parts += ["| settings |", settings]
    return compile_workbook("\n".join(parts)).xml


def form(survey: str, choices: str = "", settings: str = "") -> Definition:
    """The definition of a form in XLSForm markdown."""
    return load(compiled(survey, choices, settings))


def filled(survey: str, choices: str = "", settings: str = "") -> FilledForm:
    """A new filled form with a fixed clock."""
    return FilledForm(form(survey, choices, settings), now=NOW)


def answer(form: FilledForm, **answers: str) -> None:
    """Answer questions of the root; each must be taken."""
    for name, value in answers.items():
        assert form.set(f"/data/{name}", value) == "", name


def value(form: FilledForm, path: str) -> str:
    """The stored text of a node, also of one that is never shown."""
    found = form.state()["answers"]
    assert isinstance(found, dict)
    return str(found.get(path, ""))
