"""A form that can be filled, from its compiled XML."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.forms.definition import Definition
from desktop.forms.graph import graph_of
from desktop.forms.reading.form import read_form


def load(source: bytes, media: Mapping[str, bytes] | None = None) -> Definition:
    """A compiled form. `media`: its companion files (CSV, XML, GeoJSON lists) by name; a list whose file is missing is empty.
    What files it would like to have stands in `Definition.media`. UserError: form.not_xform, form.expression, form.function, form.cycle."""
    definition = read_form(source, media or {})
    graph_of(definition)
    return definition
