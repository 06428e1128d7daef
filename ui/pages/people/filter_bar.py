"""What the list is narrowed to: a row of lists that drop down, each with how many people there are of each answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.fields import CHOICES, NEEDS
from desktop.services.filters import ME, NOBODY, PERIODS, Filters, Option, Options
from desktop.words.labels import choice_label, field_label
from ui import words
from ui.pages.people import view_names
from ui.pages.people.state import PeopleState
from ui.pages.people.view_names import DOCTOR, PERIOD_NAMES, period_words
from ui.widgets.buttons import Button
from ui.widgets.counted_drop import Answer, CountedDrop
from ui.widgets.layout import row, show_if
from ui.words import tr

BETWEEN = "between"
_WIDEST = 190  # pixels


class FilterBar(QWidget):
    """State, needs, arrival, caseworker and site. Each tells the state when something is chosen."""

    def __init__(self, state: PeopleState) -> None:
        super().__init__()
        self._state = state
        self._where = CountedDrop(name="people_state", label=tr("Who is shown"), rest="here", widest=_WIDEST)
        self._need = CountedDrop(name="people_need", label=tr("Needs"), widest=_WIDEST)
        self._arrived = CountedDrop(name="people_arrived", label=tr("Day of arrival"), widest=_WIDEST)
        self._carer = CountedDrop(name="people_caseworker", label=tr("Who looks after them"), widest=_WIDEST)
        self._site = CountedDrop(name="people_site", label=tr("Site that registered them"), widest=_WIDEST)
        self._clear = Button(tr("Clear"), "quiet", "close", name="people_clear")
        self._clear.setAccessibleName(tr("Take all filters away"))
        self._clear.clicked.connect(state.clear)
        for drop, name in ((self._where, "state"), (self._need, "needs"), (self._carer, "caseworker"), (self._site, "site")):
            drop.picked.connect(lambda key, name=name: state.narrow(**{name: key}))
        self._arrived.picked.connect(self._pick_arrived)
        for drop in (self._where, self._need, self._arrived, self._carer, self._site):
            drop.looked_at.connect(state.count)
        self.setLayout(row(
            *((drop, 10) for drop in (self._where, self._need, self._arrived, self._carer, self._site)), self._clear, None, gap=6
        ))
        state.counted.connect(self.show_state)
        self.show_state()

    def _pick_arrived(self, key: str) -> None:
        if key == BETWEEN:
            self._arrived.choose(self._state.filters.arrived)
            self._state.ask_days.emit()
        else:
            self._state.narrow(arrived=key)

    def told(self) -> str:
        """What is chosen, in one line."""
        return view_names.told(self._state.filters, self._site.currentText(), self._carer.currentText())

    def show_state(self) -> None:
        """Show what is chosen, and how many there are of each."""
        wanted, found = self._state.filters, self._state.options
        self._where.offer(_states(found), wanted.state)
        self._need.offer(_needs(found, wanted), wanted.needs)
        self._arrived.offer(_arrivals(found, wanted), wanted.arrived)
        self._carer.offer(_carers(found, wanted), wanted.caseworker)
        sites = _sites(found, wanted)
        self._site.offer(sites, wanted.site)
        show_if(self._site, len(sites) > 2)
        show_if(self._clear, bool(wanted.set))


def _count(options: Sequence[Option], key: str) -> int | None:
    return next((one.count for one in options if one.key == key), 0)


def _states(found: Options | None) -> list[Answer]:
    language = words.language()
    counted = found.state if found else ()
    names = ["here", *(name for name in CHOICES["state"] if name != "here")]
    answers = [Answer(name, choice_label("state", name, language), _count(counted, name) if found else None) for name in names]
    return [*answers, Answer("", tr("Everyone"), sum(one.count for one in counted) if found else None)]


def _needs(found: Options | None, wanted: Filters) -> list[Answer]:
    language = words.language()
    counted = found.needs if found else ()
    keys = [one.key for one in counted if one.key in NEEDS]
    keys += [wanted.needs] if wanted.needs in NEEDS and wanted.needs not in keys else []
    several = DOCTOR if wanted.needs in ("", DOCTOR) or " " not in wanted.needs else wanted.needs
    names = ", ".join(field_label("person", f"need_{need}", language) for need in several.split() if need in NEEDS)
    many = Answer(several, tr("Needs a doctor") if several == DOCTOR else names)
    return [
        Answer("", tr("All needs")), many,
        *(Answer(key, field_label("person", f"need_{key}", language), _count(counted, key) if found else None) for key in keys),
    ]


def _arrivals(found: Options | None, wanted: Filters) -> list[Answer]:
    answers = [Answer(key, tr(PERIOD_NAMES[key]), _count(found.arrived, key) if found else None) for key in PERIODS]
    if wanted.arrived and wanted.arrived not in PERIODS:
        answers.append(Answer(wanted.arrived, period_words(wanted.arrived)))
    return [Answer("", tr("Any day")), *answers, Answer(BETWEEN, tr("Between two days…"), line=True)]


def _carers(found: Options | None, wanted: Filters) -> list[Answer]:
    names = {ME: tr("My people"), NOBODY: tr("Nobody yet")}
    counted = found.caseworker if found else ()
    keys = [ME, NOBODY, *(one.key for one in counted if one.key not in names)]
    keys += [wanted.caseworker] if wanted.caseworker and wanted.caseworker not in keys else []
    called = {one.key: one.name for one in counted}
    return [
        Answer("", tr("Any caseworker")),
        *(Answer(key, names.get(key) or called.get(key) or key.rpartition("/")[2], _count(counted, key) if found else None) for key in keys),
    ]


def _sites(found: Options | None, wanted: Filters) -> list[Answer]:
    counted = found.site if found else ()
    answers = [Answer(one.key, one.name, one.count) for one in counted]
    if wanted.site and all(one.key != wanted.site for one in answers):
        answers.append(Answer(wanted.site, wanted.site[:6]))
    return [Answer("", tr("All sites")), *answers]
