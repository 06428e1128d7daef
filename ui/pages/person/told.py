"""What is known about a record as lines of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from desktop.domain.fields import FIELDS, PURPOSES
from desktop.domain.values import Silence, answered
from desktop.services.people import ChangeLine, PersonPage, PersonRow, Shown
from desktop.words.labels import choice_label, field_label
from ui import dates, words
from ui.records.known import text_of
from ui.widgets.buttons import Button
from ui.widgets.labels import Fact, Words
from ui.widgets.layout import col, row
from ui.words import mark, tr

Asked = Callable[[str], None]
_SHORT = 16  # letters that have room for a button beside them


def names(person: PersonRow) -> tuple[str, str]:
    """The name as spoken, or that there is none yet, and the name in the other writing."""
    return person.name or person.call_name or tr("No name yet"), person.name_other


def fact(kind: str, name: str, shown: Shown, settle: Asked | None = None, label: str = "") -> Fact:
    """A field with its value; where two answers stand, with a button that leads to them."""
    title = label or field_label(kind, name, words.language())
    value = Words(text_of(shown), "body", "hint" if isinstance(shown.value, Silence) else "", wrap=True)
    if not shown.others or settle is None:
        return title, value
    lead = Button(tr("2 answers"), icon="differ", name=f"differ_{name}", small="warn")
    lead.setAccessibleName(tr("{field}: two different answers", field=title))
    lead.clicked.connect(lambda: settle(name))
    if len(value.text()) > _SHORT:
        return title, col(value, 2, row(lead, None))
    value.setWordWrap(False)
    return title, row(value, lead, None)


def known(
    kind: str, fields: Mapping[str, Shown], wanted: Sequence[str], settle: Asked | None = None, labels: Mapping[str, str] | None = None
) -> list[Fact]:
    """Those of the wanted fields that have a value, in this order."""
    renamed = labels or {}
    return [fact(kind, name, fields[name], settle, renamed.get(name, "")) for name in wanted if name in fields and text_of(fields[name])]


def consents(fields: Mapping[str, Shown]) -> list[Fact]:
    """What the person agreed to, and what not, each in one line."""
    language = words.language()
    between = "၊ " if language == "my" else ", "
    found: list[Fact] = []
    for answer in ("yes", "no"):
        agreed = [
            field_label("person", f"consent_{name}", language)
            for name in PURPOSES
            if f"consent_{name}" in fields and fields[f"consent_{name}"].value == answer
        ]
        if agreed:
            found.append((choice_label("consent", answer, language), Words(between.join(agreed), wrap=True)))
    return found


def open_needs(page: PersonPage) -> Sequence[str]:
    """Needs that are not yet taken care of, the most urgent first."""
    return page.row.needs


_DID = {
    "created": mark("Registered"), "deleted": mark("Taken off the list"), "restored": mark("Back on the list"),
    "settled": mark("Two answers settled"), "printed": mark("Paper printed"), "noted": mark("Note written"),
    "joined": mark("Made one with another"), "parted": mark("Made two again"), "reversed": mark("Taken back"), "erased": mark("Erased"), "lost": mark("Could not be read"),
}


def what(line: ChangeLine, label: Callable[[str], str]) -> str:
    """A line of history in few words: what was done, or the names of the fields that were changed."""
    between = "၊ " if words.language() == "my" else ", "
    changed = between.join(dict.fromkeys(label(name) for name, _, _ in line.fields))
    if line.kind in ("changed", "settled") and changed:
        return changed
    return tr(_DID.get(line.kind, "Changed"))


def field_name(name: str) -> str:
    """The name of a field of a person or of a health record."""
    return field_label("person" if name in FIELDS["person"] else "health", name, words.language())


def when(shown: Shown | None) -> str:
    """Who wrote it and when, for below a note."""
    if shown is None or not shown.author or not answered(shown.value):
        return ""
    return tr("{who}, {when}", who=shown.author, when=dates.moment(shown.at))
