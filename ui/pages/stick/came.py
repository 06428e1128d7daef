"""What a stick brought, in words: in one sentence, as remarks, and line by line."""

from __future__ import annotations

from desktop.services.stick import Read
from desktop.words.labels import field_label
from ui import words
from ui.pages.stick import trust
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part
from ui.widgets.lists import CellTable
from ui.widgets.rows import Cell
from ui.words import counted, tr

_FIELD_KINDS = ("person", "household", "contact", "left_behind", "health")
_MOST_LINES = 200


def files_words(count: int) -> str:
    """``3 photos or files``."""
    return counted(count, "{n} photo or file", "{n} photos or files")


def came_words(read: Read) -> str:
    """What is new, by numbers."""
    if read.already:
        return tr("We had all the news from {site} already. Nothing changed.", site=read.site)
    parts = [
        counted(read.new_people, "{n} new person", "{n} new people") if read.new_people else "",
        counted(read.new_contacts, "{n} new contact", "{n} new contacts") if read.new_contacts else "",
        counted(read.other_changes, "{n} other change", "{n} other changes") if read.other_changes else "",
        files_words(read.files) if read.files else "",
        counted(read.decisions, "{n} needs your decision", "{n} need your decision") if read.decisions else "",
    ]
    shown = tr(", ").join(part for part in parts if part)
    return tr("News from {site} is in: {what}.", site=read.site, what=shown) if shown else tr("News from {site} is in.", site=read.site)


def _field_words(name: str) -> str:
    for kind in _FIELD_KINDS:
        try:
            return field_label(kind, name, words.language())
        except KeyError:
            continue
    return name


def brought(read: Read) -> list[Part]:
    """What is to be known of what came or did not, then the lines, the different answers first."""
    parts: list[Part] = []
    if read.files_awaited:
        text = counted(
            read.files_awaited, "{n} photo or file has not come yet. It comes on a later stick.",
            "{n} photos or files have not come yet. They come on a later stick.",
        )
        parts += [Note("info", text, "second", "body"), 14]
    if read.waiting:
        text = counted(
            read.waiting, "{n} change is kept sealed for a folder that you cannot open.", "{n} changes are kept sealed for folders that you cannot open."
        )
        parts += [Note("lock", text, "second", "body"), 14]
    for site in read.stopped:
        text = tr("{site} signed two different histories. Nothing more is taken from it. Ask them before you go on.", site=site)
        parts += [Note("warning", text, "danger", "body"), 14]
    if read.unshared:
        names = tr(", ").join(tr(trust.FOLDERS[folder]) for folder in trust.FOLDERS if folder in read.unshared)
        text = tr("{site} also sent news of {folders}, which you do not share with it. Nothing of that was taken in.", site=read.site, folders=names)
        parts += [Note("info", text, "second", "body"), 14]
    if read.lines:
        parts += [Words(tr("What came"), "heading"), 4, _came_table(read), 14]
    text = tr("Nothing of yours was replaced. History shows every change and who made it.")
    return [*parts, Note("undo", text, "second", "body")]


def _came_table(read: Read) -> CellTable:
    kinds = {
        "new": (tr("New"), "plus", "good"), "changed": (tr("Changed"), "pencil", "plain"), "differs": (tr("Two different answers"), "differ", "warn"),
    }
    table = CellTable([tr("Who"), tr("What"), tr("State")], [0, 250, 230], name="came_table", label=tr("What came"), tall=False, fit=True)
    lines = []
    order = {"differs": 0, "new": 1, "changed": 2}
    for what, title, name in sorted(read.lines, key=lambda line: order.get(line[0], 3))[:_MOST_LINES]:
        text, icon, tone = kinds.get(what, (what, "info", "plain"))
        lines.append([Cell(title, key=(what, title, name)), Cell(_field_words(name) if name else "", ink="ink2"), Cell(text, icon=icon, tone=tone)])
    table.show_lines(lines)
    return table
