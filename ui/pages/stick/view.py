"""One thing at a time: the sentence, the big button, the table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import KnownFault
from desktop.services.stick import Bundle, Site
from ui import dates, messages
from ui.commands import Command
from ui.page import Page
from ui.pages.stick import trust
from ui.pages.stick.came import brought, came_words, files_words
from ui.pages.stick.state import StickState, together, written
from ui.present_errors import FailurePanel, brief
from ui.shell import Shell
from ui.theme.tokens import EDGE
from ui.widgets.buttons import BigButton, Button
from ui.widgets.labels import Note, Words
from ui.widgets.layout import Part, box, clear, col, fill, has_keyboard, row, scroll
from ui.widgets.lists import CellTable
from ui.widgets.parts import Head, Sentence, numbered
from ui.widgets.rows import Cell, Chip
from ui.words import counted, mark, tr

WIDE = 800


class StickView(Page):
    """Stick."""

    help = (
        mark("Sites exchange news on USB sticks. Nothing goes over a network."),
        mark("Plug in a stick, or use a folder instead. First read what is on it, then put your own news on it."),
        mark("It does not matter who carries a stick, in which order sticks arrive, or whether one is read twice."),
        mark("Before two sites exchange news they show each other their cards and compare the words, by phone or in person."),
    )

    def __init__(self, shell: Shell, state: StickState) -> None:
        super().__init__("stick", tr("Stick"))
        self._shell, self._state = shell, state
        self._may = shell.who.role.writes
        self._folder = Button(tr("Use a folder instead"), "quiet", "folder", name="use_folder")
        self._folder.clicked.connect(self._choose_folder)
        self._sites = Button(tr("Sites we trust"), "quiet", "shield", name="sites_we_trust")
        self._sites.clicked.connect(state.open_sites)
        self._head = Head(tr("Stick"), "", self._folder, self._sites)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.setContentsMargins(0, 0, 0, 0)
        holder = box(self._column)
        holder.setFixedWidth(WIDE)
        inner = box(row(holder, None, edge=(EDGE, 16, EDGE, 12)))
        self.setLayout(col(self._head, (scroll(inner, "stick_scroll"), 1)))
        self._focus: QWidget | None = None
        self._wants_keyboard = False
        state.changed.connect(self._show)
        self._show()

    def arrive(self, **where: object) -> None:
        self._state.arrive(str(where.get("show", "")))

    def leave(self) -> None:
        self._state.leave()

    def first_focus(self) -> QWidget | None:
        return self._focus

    def back(self) -> bool:
        if self._state.show in ("none", "found"):
            return False
        if self._state.show == "card":
            self._state.open_sites()
        else:
            self._state.begin()
        return True

    def commands(self) -> list[Command]:
        def there() -> bool:
            return self._may and self._state.found is not None

        def readable() -> bool:
            return there() and bool(self._state.readable)

        return [
            Command("stick.read", mark("Read the stick"), self._state.read, "Alt+R", "read", ready=readable),
            Command("stick.put", mark("Put news on the stick"), self._state.put, "Alt+P", "put", ready=there),
            Command("stick.folder", mark("Use a folder instead"), self._choose_folder, "", "folder"),
            Command("stick.sites", mark("Sites we trust"), self._state.open_sites, "", "shield"),
        ]

    def _choose_folder(self) -> None:
        messages.choose_folder(self, tr("Folder to use in place of a stick"), self._state.use_folder)

    def use_folder(self, folder: Path) -> None:
        """A folder in place of a stick."""
        self._state.use_folder(folder)

    # ---- what is shown ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._wants_keyboard = self._wants_keyboard or has_keyboard(self)
        clear(self._column)
        self._focus = None
        show = self._state.show
        self._sites.setVisible(show not in ("sites", "card"))
        self._folder.setVisible(show not in ("sites", "card"))
        makers: dict[str, Callable[[], list[Part]]] = {
            "none": self._none, "found": self._found, "came": self._came, "given": self._given, "failed": self._failed,
            "sites": lambda: trust.sites_page(self, self._shell, self._state), "card": lambda: trust.card_page(self, self._shell, self._state),
        }
        fill(self._column, *makers[show](), None)
        if self._wants_keyboard:
            # What is shown may change again before Qt can move the keyboard: then it goes to what is shown last.
            QTimer.singleShot(0, self, self._take_keyboard)

    def _take_keyboard(self) -> None:
        if self._wants_keyboard and self._focus is not None:
            self._wants_keyboard = False
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_at(self, widget: QWidget) -> None:
        """Where the keyboard begins on what is shown now."""
        self._focus = widget

    def _none(self) -> list[Part]:
        parts: list[Part] = [
            Sentence(
                "stick", tr("Plug in a stick"),
                tr("Any USB stick will do. Waystation notices it by itself and asks before it does anything."),
            ),
            32,
        ]
        if self._state.sites:
            parts += [Words(tr("News between sites"), "heading"), 4, self._sites_table(), 14]
            parts += [Note("lock", tr("What goes on a stick is locked. Only the sites you chose can open it."), "second", "body"), 28]
        else:
            first = Button(tr("Trust another site"), "primary", "shield", name="trust_first")
            first.clicked.connect(self._state.open_sites)
            self._focus = first
            parts += [
                Words(tr("No other site is trusted yet."), "heading"), 6,
                Words(tr("Before news can travel, two sites show each other their cards and compare the words on them."), "body", "second", wrap=True),
                14, row(first, None), 28,
            ]
        steps = numbered(
            tr("Put news on the stick here."), tr("Somebody carries it. It does not matter who, or in which order."),
            tr("They read it there, and put their news on it for you."),
        )
        return [*parts, Words(tr("How news travels"), "heading"), 10, steps]

    def _sites_table(self) -> CellTable:
        table = CellTable(
            [tr("Site"), tr("Waits to go"), tr("Last news from them"), tr("Last stick to them")], [0, 150, 190, 170], name="sites_table",
            label=tr("News between sites"), tall=False, fit=True,
        )
        table.show_lines([_site_line(one) for one in self._state.sites])
        table.opened.connect(lambda _key: self._state.open_sites())
        self._focus = table
        return table

    def _found(self) -> list[Part]:
        found, look = self._state.found, self._state.look
        if found is None:
            return self._none()
        title = tr("Stick found: {name}", name=found.name) if not self._state.by_hand else tr("Folder: {name}", name=found.name)
        fresh = self._state.fresh
        second = tr("Looking…") if look is None else tr("It carries news for us.") if fresh else tr("What is on it for us cannot be read.") if self._broken() else tr("There is nothing new on it for us.")
        if not self._state.by_hand and look is not None:
            second = tr("{what} {free} are free.", what=second, free=dates.size(found.free))
        read = BigButton(tr("Read the stick"), self._read_words(), "read", "Alt+R", name="read_stick", primary=bool(fresh))
        read.setEnabled(self._may and bool(self._state.readable))
        read.clicked.connect(self._state.read)
        put = BigButton(tr("Put news on the stick"), self._put_words(), "put", "Alt+P", name="put_news", primary=not fresh and look is not None)
        put.setEnabled(self._may and bool(self._state.sites) and found.writable)
        put.clicked.connect(self._state.put)
        self._focus = read if read.isEnabled() and fresh else put if put.isEnabled() else self._sites
        parts: list[Part] = [Sentence("stick", title, second, "accent"), 24, read, 12, put, 24]
        if not self._may:
            parts += [Note("lock", tr("Your role reads only. Ask somebody else to do it."), "second", "body"), 20]
        if look is not None and look.bundles:
            parts += [Words(tr("What is on it"), "heading"), 4, self._files_table(), 14]
            for code in dict.fromkeys(one.problem for one in look.bundles if one.problem):
                parts += [Note("warning", brief(KnownFault(code)), "danger", "body"), 10]
        if look is not None and look.foreign:
            text = counted(look.foreign, "{n} file on it is for other sites. Leave it there.", "{n} files on it are for other sites. Leave them there.")
            parts += [Note("info", text, "second", "body"), 8]
        for path in look.cards if look is not None else ():
            parts += [self._card_line(path), 8]
        return [*parts, Note("info", tr("Reading never changes the stick. Photos and other files on it are left alone."), "second", "body")]

    def _card_line(self, path: Path) -> Part:
        see = Button(tr("Look at the card"), "quiet", "shield", name=f"see_card_{path.stem}")
        see.clicked.connect(lambda: self._state.read_card(path))
        return row(Note("shield", tr("There is the card of another site on it."), "second", "body", wrap=False), see, None)

    def _broken(self) -> bool:
        """True if there are files for us on it and none of them can be read."""
        look = self._state.look
        return look is not None and bool(look.bundles) and not self._state.readable

    def _read_words(self) -> str:
        fresh = self._state.fresh
        if not fresh:
            return tr("Nothing that can be read") if self._broken() else tr("Nothing new")
        changes = counted(sum(one.changes for one in fresh), "{n} change", "{n} changes")
        files = sum(one.files for one in fresh)
        changes = tr(", ").join([changes, files_words(files)] if files else [changes])
        sites = tr(", ").join(dict.fromkeys(one.site for one in fresh))
        return tr("{changes} from {site}, written {day}", changes=changes, site=sites, day=written(fresh[-1].written))

    def _put_words(self) -> str:
        found = self._state.found
        if not self._state.sites:
            return tr("Trust another site first")
        if found is not None and not found.writable:
            return tr("This stick cannot be written. Move its small lock switch.")
        changes = _for_sites([(one.nickname, one.to_go) for one in self._state.sites if one.to_go])
        files = max((one.files_to_go for one in self._state.sites), default=0)
        parts = [part for part in (changes, files_words(files) if files else "") if part]
        return tr(", ").join(parts) or tr("Nothing new to go, they have everything")

    def _files_table(self) -> CellTable:
        bundles = self._state.look.bundles if self._state.look is not None else ()
        table = CellTable([tr("From"), tr("Written"), tr("Changes"), tr("State")], [0, 180, 120, 190], name="files_table",
                          label=tr("What is on it"), tall=False, fit=True, numbers=(2,))
        lines = []
        for one in bundles:
            ink = "ink" if one.fresh else "ink2"
            chip = Chip(tr("New for us"), "accent", "read") if one.fresh else Chip(tr("Already read"), "plain", "check")
            if one.problem:
                chip = Chip(tr("Cannot be read"), "danger", "warning")
            lines.append([Cell(one.site or tr("not known"), ink=ink, key=str(one.path)), Cell(written(one.written), ink=ink),
                          Cell("" if one.problem else _amount(one), ink=ink, end=True), Cell(chips=(chip,))])
        table.show_lines(lines)
        return table

    def _came(self) -> list[Part]:
        came = self._state.came
        if came is None:
            return self._found()
        read = together(came.reads)
        settle = Button(tr("Settle them now"), "primary", "differ", name="settle_now")
        settle.clicked.connect(lambda: self._shell.open("answers"))
        put = Button(tr("Put our news on it"), "normal" if read.decisions else "primary", "put", "Alt+P", name="put_after")
        put.clicked.connect(self._state.put)
        later = Button(tr("Later"), "quiet", name="later")
        later.clicked.connect(self._state.begin)
        buttons = [settle, put, later] if read.decisions else [put, later]
        self._focus = buttons[0]
        parts: list[Part] = [
            Sentence("done", came_words(read), tr("You can take the stick out now."), "good", "good"), 18, row(58, *buttons, None), 26,
        ]
        if came.fault is not None:
            parts += [Note("warning", brief(came.fault), "danger", "body"), 18]
        if came.doubles:
            text = counted(came.doubles, "{n} new pair may be the same person.", "{n} new pairs may be the same person.")
            see = Button(tr("Look at them"), icon="people", name="stick_doubles")
            see.clicked.connect(lambda: self._shell.open("doubles"))
            parts += [row(Note("people", text, "warn", "body", wrap=False), see, None), 14]
        if came.sought:
            text = counted(came.sought, "{n} person here may be the one who is sought", "{n} people here may be the ones who are sought")
            see = Button(tr("Look at it"), icon="search", name="stick_sought")
            see.clicked.connect(lambda: self._shell.open("families", show="ask"))
            parts += [row(Note("search", text, "warn", "body", wrap=False), see, None), 14]
        return [*parts, *brought(read)]

    def _given(self) -> list[Part]:
        given = self._state.given
        if given is None:
            return self._found()
        done = Button(tr("Done"), "primary", name="given_done")
        done.clicked.connect(lambda: self._shell.open("today"))
        self._focus = done
        what = _for_sites(given.for_sites) if given.changes else files_words(given.files) if given.files else ""
        title = tr("The news is on the stick: {what}.", what=what) if what else tr("The news is on the stick. It holds nothing new.")
        more: list[Part] = [Note("info", tr("With it: {what}.", what=files_words(given.files)), "second", "body"), 8] if given.files and given.changes else []
        if given.files_left:
            text = counted(
                given.files_left, "{n} photo or file did not fit. It goes next time.", "{n} photos or files did not fit. They go next time."
            )
            more += [Note("warning", text, "warn", "body"), 8]
        return [
            Sentence("done", title, tr("You can take the stick out now."), "good", "good"), 18, row(58, done, None), 26, *more,
            Note("lock", tr("What goes on a stick is locked. Only the sites you chose can open it."), "second", "body"), 8,
            Note("info", tr("The file was read back and checked: {size}.", size=dates.size(given.size)), "second", "body"),
        ]

    def _failed(self) -> list[Part]:
        fault = self._state.fault
        if fault is None:
            return self._found()
        again = Button(tr("Try once more"), "primary", hint="Alt+R" if self._state.again == "read" else "Alt+P", name="try_again")
        again.clicked.connect(self._state.once_more)
        later = Button(tr("Later"), "quiet", name="later")
        later.clicked.connect(self._state.begin)
        self._focus = again
        return [FailurePanel(fault, again, later)]


def _site_line(one: Site) -> list[Cell]:
    stopped = one.stopped
    waits = counted(one.to_go, "{n} change", "{n} changes") if one.to_go else tr("nothing")
    return [
        Cell(one.nickname, icon="warning" if stopped else "household", tone="danger" if stopped else "plain", key=one.id),
        Cell(waits), Cell(dates.ago(one.last_heard)), Cell(dates.ago(one.last_given)),
    ]


def _for_sites(pairs: list[tuple[str, int]] | tuple[tuple[str, int], ...]) -> str:
    """``31 changes for Hill School, 4 changes for Bamboo Bridge``."""
    return tr(", ").join(counted(count, "{n} change for {site}", "{n} changes for {site}", site=site) for site, count in pairs)


def _amount(one: Bundle) -> str:
    """What a file on the stick holds that is new here."""
    return files_words(one.files) if one.files and not one.changes else f"{one.changes:,}"
