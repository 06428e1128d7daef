"""A form that can be filled, from its compiled XML."""

from __future__ import annotations

from desktop.forms.definition import Definition
from desktop.forms.graph import graph_of
from desktop.forms.reading.form import read_form


def load(source: bytes) -> Definition:
    """UserError: form.not_xform, form.expression, form.function, form.cycle."""
    definition = read_form(source)
    graph_of(definition)
    return definition
