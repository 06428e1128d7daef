"""Answers of a form as values of records, and back.

A question names its field with ``save_to``: ``person.name``; ``person.birth.age``, ``.day``, ``.month``, ``.year``, ``.precision`` and
``.about`` together make one birth; ``person.needs`` (told) and ``person.needs.observed`` (seen by us) are spread over the fields
``need_<name>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from desktop.domain.births import Birth
from desktop.domain.fields import FIELDS, NEEDS, Field, Kind
from desktop.domain.values import Silence, Value
from desktop.forms.filled import Node
from desktop.services.projections.people import OPEN_NEED

BIRTH, TOLD, SEEN = "person.birth.", "person.needs", "person.needs.observed"
_LIST = re.compile(r"[,;\n\u104a]+")
_OPENLY = tuple(need for need in NEEDS if not FIELDS["person"][f"need_{need}"].restricted)


def group_of(save_to: str) -> str:
    """The same text for all questions that make one value together: parts of a birth, told and seen needs."""
    return "birth" if save_to.startswith(BIRTH) else "needs" if save_to in (TOLD, SEEN) else save_to


def values_of(nodes: Iterable[Node], kind: str, *, today: str, now: Mapping[str, Value] | None = None) -> dict[str, Value]:
    """The values that these answers give a record of that kind. `today` (ISO) is when an age was told. `now`: what stands on the record;
    needs are judged against it."""
    found: dict[str, Value] = {}
    birth: dict[str, Node] = {}
    needs: dict[str, Node] = {}
    for node in nodes:
        if node.save_to.startswith(BIRTH) and kind == "person":
            birth[node.save_to[len(BIRTH):]] = node
        elif node.save_to in (TOLD, SEEN) and kind == "person":
            needs[node.save_to] = node
        else:
            of, _, name = node.save_to.partition(".")
            if of == kind and name in FIELDS[kind]:
                found[name] = node.silence or _value(FIELDS[kind][name], node.value)
    if birth:
        found["birth"] = _birth(birth, today, Birth.read((now or {}).get("birth")))
    found.update(_needs(needs, now or {}))
    return found


def _value(field: Field, text: str) -> Value:
    """The stored text of a question as the value of a field."""
    if not text:
        return None
    if field.kind is Kind.NUMBER:
        return int(text) if re.fullmatch(r"-?\d+", text) else text
    if field.kind is Kind.SET:
        return tuple(text.split()) if field.choices else tuple(part.strip() for part in _LIST.split(text) if part.strip())
    if field.kind is Kind.MOMENT:
        return _moment(text)
    return text


def _moment(text: str) -> str:
    """Local time with minutes, whatever zone the text was written in."""
    moment = datetime.fromisoformat(re.sub(r"\.\d+", "", text).replace("Z", "+00:00"))
    return (moment.astimezone() if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M")


def _birth(parts: Mapping[str, Node], today: str, known: Birth | None) -> Value:
    said = {name: node.value for name, node in parts.items() if node.relevant and node.value}
    about = said.get("about") == "yes"
    precision = said.get("precision") or ("age" if "age" in said else "")
    if precision == "age" and said.get("age", "").isdigit():
        years = int(said["age"])
        same = known is not None and known.precision == "age" and known.years == years
        return Birth("age", years=years, told_on=known.told_on if known and same else today, about=about).value()
    if precision == "day" and "day" in said:
        return Birth("day", said["day"], about=about).value()
    if precision == "month" and {"month", "year"} <= said.keys():
        return Birth("month", f"{int(said['year']):04d}-{int(said['month']):02d}", about=about).value()
    if precision == "year" and "year" in said:
        return Birth("year", f"{int(said['year']):04d}", about=about).value()
    return next((node.silence for node in parts.values() if node.silence), None)


def _needs(nodes: Mapping[str, Node], now: Mapping[str, Value]) -> dict[str, Value]:
    """Each need that was named, or that stood on the record and was taken out of the list."""
    told, seen = (set(nodes[name].value.split()) if name in nodes else set() for name in (TOLD, SEEN))
    offered = {choice.name for node in nodes.values() for choice in node.choices}
    found: dict[str, Value] = {}
    for need in NEEDS:
        stands = now.get(f"need_{need}")
        if need in told | seen:
            if stands != "confirmed":
                found[f"need_{need}"] = "observed" if need in seen else "self_reported"
        elif need in offered and stands in OPEN_NEED and stands != "confirmed" and set(nodes) == {TOLD, SEEN}:
            found[f"need_{need}"] = "no"
    return found


def answer_of(save_to: str, values: Mapping[str, Value]) -> str | Silence:
    """What stands on a record as the stored text of the question that saves there, or the silence; "" if nothing does."""
    _, _, name = save_to.partition(".")
    if save_to.startswith(BIRTH):
        return _birth_part(save_to[len(BIRTH):], values.get("birth"))
    if save_to in (TOLD, SEEN):
        wanted = ("observed",) if save_to == SEEN else ("self_reported", "confirmed")
        return " ".join(need for need in _OPENLY if values.get(f"need_{need}") in wanted)
    value = values.get(name)
    if isinstance(value, Silence):
        return value
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int)):
        return str(value)
    field = next((fields[name] for kind, fields in FIELDS.items() if save_to.startswith(f"{kind}.") and name in fields), None)
    return (" " if field and field.choices else ", ").join(value)


def _birth_part(part: str, value: Value) -> str | Silence:
    if isinstance(value, Silence):
        return value if part == "precision" else ""
    birth = Birth.read(value)
    if birth is None:
        return ""
    if part == "precision":
        return birth.precision
    if part == "about":
        return "yes" if birth.about else ""
    if birth.precision == "age":
        return str(birth.years) if part == "age" else ""
    pieces = birth.born.split("-")
    if part == "day":
        return birth.born if birth.precision == "day" else ""
    if part == "month":
        return str(int(pieces[1])) if birth.precision == "month" else ""
    return pieces[0] if part == "year" and birth.precision in ("month", "year") else ""
