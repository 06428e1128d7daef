"""Sites we trust: our card to show, another site's card to compare, and what is shared with whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.folders import Folder
from desktop.services import papers
from desktop.services.stick import Site
from ui import dates, messages
from ui.pages.stick.state import StickState
from ui.shell import Shell, ask_before
from ui.widgets.buttons import Button
from ui.widgets.choices import Choices
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, box, col, row, rule
from ui.widgets.lists import CellTable
from ui.widgets.parts import Sentence, numbered
from ui.widgets.rows import Cell, Chip
from ui.words import mark, tr

if TYPE_CHECKING:
    from ui.pages.stick.view import StickView

FOLDERS = {Folder.RECEPTION: mark("Reception"), Folder.CONTACTS: mark("Contacts"), Folder.HEALTH: mark("Health")}


class SquareCode(QWidget):
    """The card as a code to scan, with the quiet white around it that scanners need."""

    _QUIET, _SIDE = 4, 148  # modules; pixels

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.setObjectName("card_code")
        self.setAccessibleName(tr("Our card as a code to scan"))
        side, self._data = papers.square_code(data)
        self._picture = QImage(self._data, side, side, side, QImage.Format.Format_Grayscale8)
        whole = side + 2 * self._QUIET
        self._module = max(2, self._SIDE // whole)
        self.setFixedSize(self._module * whole, self._module * whole)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        edge = self._module * self._QUIET
        painter.drawImage(self.rect().adjusted(edge, edge, -edge, -edge), self._picture)
        painter.end()


def fingerprint(shown: Sequence[str]) -> QWidget:
    """The words of a card in their order, four to a line, with their numbers: people read them aloud to each other."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(28)
    grid.setVerticalSpacing(8)
    for at, word in enumerate(shown):
        grid.addWidget(Words(f"{at + 1}  {word}", "heading").can_pick(), at // 4, at % 4)
    grid.setColumnStretch(4, 1)
    made = box(grid)
    made.setObjectName("fingerprint")
    made.setAccessibleName(" ".join(shown))
    return made


def sites_page(view: StickView, shell: Shell, state: StickState) -> list[Part]:
    """The sites we trust, and our own card."""
    back = Button(tr("Back"), hint="Esc", name="sites_back")
    back.clicked.connect(state.begin)
    other = Button(tr("Read another site's card…"), "primary", "read", name="read_card")
    other.clicked.connect(lambda: messages.choose_file(view, tr("The card of another site"), state.read_card))
    other.setEnabled(shell.who.role.coordinates)
    view.begin_at(other if other.isEnabled() else back)
    parts: list[Part] = [row(Words(tr("Sites we trust"), "title"), None, back), 6]
    parts += [Words(tr("News goes to these sites and is taken from them. Nobody else can open what is on the stick."), "body", "second", wrap=True), 14]
    if state.told:
        parts += [Note("done", state.told, "good", "body"), 12]
    if state.sites:
        parts += [*_table(view, shell, state), 16]
    if not shell.who.role.coordinates:
        parts += [Note("lock", tr("Only a coordinator can trust a site or stop it."), "second", "body"), 12]
    parts += [row(other, None), 26, rule(), 18, Words(tr("Our card"), "heading"), 6]
    parts += [
        Words(tr("The other site reads this card and sees the same words. Compare them by phone or in person, never in a message."),
              "body", "second", wrap=True), 14,
    ]
    if state.my_card is not None:
        parts += [row(SquareCode(state.my_card.data), (col(8, fingerprint(state.my_card.words), None), 1), gap=32), 16]
    save = Button(tr("Save our card…"), icon="put", name="save_card")
    save.clicked.connect(lambda: messages.choose_folder(view, tr("Where to write our card"), state.save_card))
    paper = Button(tr("Print our card"), icon="paper", name="print_card")
    paper.clicked.connect(lambda: shell.open("paper", document="site_card"))
    return [*parts, row(save, paper, None)]


def _table(view: StickView, shell: Shell, state: StickState) -> list[Part]:
    table = CellTable([tr("Site"), tr("Shares"), tr("Trusted since"), tr("State")], [0, 230, 150, 170], name="trusted_table",
                      label=tr("Sites we trust"), fit=True)
    table.show_lines([_line(one) for one in state.sites])
    table.choose_row(0)

    def chosen() -> Site | None:
        return next((one for one in state.sites if one.id == table.current()), None)

    def ask_stop() -> None:
        site = chosen()
        if site is not None:
            ask_before(
                view, tr("Stop exchanging news with {site}?", site=site.nickname),
                tr("Nothing goes to them any more and nothing is taken from them. What came before stays."),
                tr("Stop"), lambda: state.stop_trust(site), danger=True,
            )

    def show_words() -> None:
        site = chosen()
        if site is not None:
            messages.tell(view, tr("The words of {site}", site=site.nickname), "  ".join(site.words), icon="shield")

    compare = Button(tr("Show the words"), name="show_words")
    compare.clicked.connect(show_words)
    stop = Button(tr("Stop…"), "danger", name="stop_trust")
    stop.clicked.connect(ask_stop)
    stop.setEnabled(shell.who.role.coordinates)
    return [table, 10, row(compare, stop, None)]


def _line(one: Site) -> list[Cell]:
    folders = tr(", ").join(tr(FOLDERS[folder]) for folder in Folder if folder in one.folders)
    chip: tuple[Chip, ...] = ()
    if one.stopped:
        chip = (Chip(tr("Stopped"), "danger", "warning"),)
    elif one.waiting:
        chip = (Chip(tr("{n} sealed", n=one.waiting), "plain", "lock"),)
    why = tr("It signed two different histories. Ask them before you go on.") if one.stopped else ""
    return [Cell(one.nickname, why, icon="household", key=one.id), Cell(folders), Cell(dates.day(one.since)), Cell(chips=chip)]


def card_page(view: StickView, shell: Shell, state: StickState) -> list[Part]:
    """Another site's card: compare the words, choose what to share, trust it."""
    card = state.card
    if card is None:
        return sites_page(view, shell, state)
    offered = [(folder.value, tr(name)) for folder, name in FOLDERS.items() if folder in shell.who.folders]
    share = Choices(offered, name="share_folders", label=tr("Share with them"), many=True, chosen=[Folder.RECEPTION.value])
    same = Button(tr("The words are the same: trust {site}", site=card.nickname), "primary", "shield", name="trust_site")
    same.setEnabled(shell.who.role.coordinates)
    same.clicked.connect(lambda: state.trust(frozenset(Folder(key) for key in share.chosen())))
    share.picked.connect(lambda keys: same.setEnabled(bool(keys) and shell.who.role.coordinates))
    not_same = Button(tr("They are not the same"), "danger", name="not_same")
    not_same.clicked.connect(lambda: _refuse(view, state))
    back = Button(tr("Back"), hint="Esc", name="card_back")
    back.clicked.connect(state.open_sites)
    view.begin_at(share.button(Folder.RECEPTION.value) if offered else back)
    steps = numbered(
        tr("Call {site}, or meet. Use a number you knew before.", site=card.nickname),
        tr("They open “Sites we trust” and read the words of their own card to you."),
        tr("Every word has to be the same, in the same order."),
    )
    return [
        Sentence("shield", tr("The card of {site}", site=card.nickname), tr("It is not trusted yet."), "accent"), 20, fingerprint(card.words), 22,
        steps, 22, Words(tr("Share with them"), "strong"), 6, share, 6,
        Words(tr("They share their folders with us in the same way, when they trust our card."), "small", "hint", wrap=True), 20,
        row(same, not_same, None, back),
    ]


def _refuse(view: StickView, state: StickState) -> None:
    messages.tell(
        view, tr("Do not trust this card"),
        tr("Somebody may have changed it on the way. It was not kept.\nAsk the site to bring a new card."), icon="warning", tone="danger",
        then=state.open_sites,
    )
