"""The papers of a person: the number on them, and of each where the original is, who said so and when."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.fields import CHOICES, PAPERS
from desktop.domain.originals import HELD
from desktop.services.paper_places import UNNAMED, PaperRow, Step
from desktop.services.scans import Scan
from desktop.words.labels import choice_label, field_label
from ui import dates, words
from ui.pages.person.state import PersonState
from ui.paper_names import paper_name
from ui.theme.tokens import EDGE
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.fields import Drop
from ui.widgets.labels import Fact, Note, Words, facts
from ui.widgets.layout import Part, box, col, row, rule
from ui.widgets.lists import RowList
from ui.widgets.rows import Cell
from ui.words import counted, tr

_STEPS = 6  # older ones are in the history


class PapersTab(QWidget):
    """One block for each paper; pressing where its original is now is saved at once."""

    def __init__(self, state: PersonState) -> None:
        super().__init__()
        self._state = state
        papers = state.papers
        parts: list[Part] = []
        numbers: list[Fact] = []
        if papers is not None and papers.number:
            number = col(Words(papers.number).can_pick(), *([Words(papers.roman, "body", "second").can_pick()] if papers.roman else []), gap=2)
            numbers.append((field_label("person", "paper_number", words.language()), number))
        rows = papers.rows if papers is not None else ()
        held = [one for one in rows if one.place == HELD]
        if held:
            said = counted(
                len(held), "{n} original is with us. Give it back as soon as it is copied.",
                "{n} originals are with us. Give them back as soon as they are copied.",
            )
            parts += [Note("warning", said, "warn", "body", name="papers_held"), 16]
        if numbers:
            parts += [box(facts(numbers, first=170)), 16]
        for one in rows:
            parts += [self._paper(one), 14, rule(thin=True), 14]
        if not rows:
            parts += [Words(tr("No paper of this person is known yet."), "body", "hint", wrap=True), 14]
        if state.writes:
            parts.append(self._another({one.paper for one in rows}))
        if papers is not None and papers.pages:
            parts += [18, Words(tr("Scanned sheets"), "strong"), 4, self._pages(papers.pages)]
        inner = box(col(*parts))
        inner.setMaximumWidth(820)
        self.setLayout(col(row((inner, 100), None), None, edge=(EDGE, 18, EDGE, 20)))

    def _pages(self, pages: Sequence[Scan]) -> QWidget:
        rows = RowList(name="paper_pages", label=tr("Scanned sheets"), fit=True)
        rows.show_cells([
            Cell(tr("{title}, page {page}", title=tr(one.title) if one.title else tr("Paper"), page=one.page), icon="paper", right=dates.since(one.at), link=True,
                 key=one.id)
            for one in pages
        ])
        rows.opened.connect(self._state.look_at_page)
        return rows

    def _paper(self, one: PaperRow) -> QWidget:
        language, name = words.language(), f"paper_{one.paper or 'unnamed'}"
        places = CHOICES["paper_place"] if one.paper != UNNAMED else (HELD, "given_back")
        title = Words(paper_name(one.paper), "strong")
        chosen = Choices([(place, choice_label("paper_place", place, language)) for place in places], name=name, label=title.text())
        chosen.choose([one.place])
        chosen.setEnabled(self._state.writes)
        chosen.picked.connect(partial(self._pick, one.paper))
        steps = [Words(self._told(step), "small", "second", wrap=True) for step in one.steps[:_STEPS]]
        return box(col(title, 6, chosen, *([6] if steps else []), *steps, gap=2))

    def _told(self, step: Step) -> str:
        place = choice_label("paper_place", step.place, words.language()) if step.place else tr("taken back")
        who = tr("{who}, {where}", who=step.author, where=step.site) if step.site else step.author
        return tr("{place}: {who}, {when}", place=place, who=who, when=dates.moment(step.at))

    def _pick(self, paper: str, keys: frozenset[str]) -> None:
        for place in keys:
            self._state.put_paper(paper, place)
        if not keys:
            self._state.load()  # pressed once more: what was said stays, Ctrl+Z takes it back

    def _another(self, known: set[str]) -> QWidget:
        left = [paper for paper in PAPERS if paper not in known]
        drop = Drop([("", tr("Choose…")), *((paper, paper_name(paper)) for paper in left)], name="paper_another", width=280)
        drop.setAccessibleName(tr("Another paper"))
        seen = Button(tr("Seen"), icon="plus", name="paper_seen")
        seen.clicked.connect(lambda: self._pick(drop.key(), frozenset({"seen"})) if drop.key() else None)
        return box(col(Words(tr("Another paper"), "body", "second"), 4, row(drop, seen, None)))
