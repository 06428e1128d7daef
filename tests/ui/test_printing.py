"""Printing from the window: straight to a printer, through the system, and for many people, over a real vault and a real printer program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.paper.documents import thermal
from desktop.services import batches, papers, people, printers, spool
from desktop.services.papers import Paper
from desktop.services.spool import Spool
from tests.desktop.paper import desk_models
from tests.desktop.paper.printing.real import TOOLS, RealPrinter, free_port, running
from tests.ui import looking
from tests.ui.conftest import got, settle
from tests.ui.door import Recorded
from tests.ui.test_paper_and_settings import box, paper_state, press, show, typed
from tests.ui.walk import clipped, nameless
from ui import printing, spool_words, words
from ui.pages.paper.view import PaperView
from ui.shell import Shell
from ui.widgets.choices import Choices
from ui.widgets.labels import Words
from ui.window import Window


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealPrinter]:
    with running(tmp_path / "printer") as found:
        monkeypatch.setattr(printers, "PORTS", (free_port(), found.address.port))
        yield found


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that keeps pages for a day."""
    monkeypatch.setattr(spool, "look", lambda: Spool("cups", spool.KEEPS_FOR_A_TIME, 24, ("PDF",), True))


@pytest.fixture
def dialogs(tmp_path: Path) -> Iterator[list[str]]:
    """Stands in for the system's dialog: which job names it was asked for."""
    asked: list[str] = []

    def ask(_parent: QWidget, _paper: Paper, _copies: int, _size: str, chosen: printing.Chosen) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "system.pdf"))
        asked.append(os.environ.get("TMPDIR", ""))
        chosen(printer)

    before = printing.use(ask)
    yield asked
    printing.use(before)


def said(shell: Shell) -> str:
    return "\n".join(one.text() for one in shell.window().findChildren(Words))


def paper_page(shell: Shell, window: Window, qtbot: QtBot) -> PaperView:
    row = got(shell, qtbot, lambda session: people.rows(session, keys=list(people.find(session).keys)[:1])[0])
    assert isinstance(row, people.PersonRow)
    shell.open("paper", person=row.id)
    settle(window, qtbot)
    page = shell.page
    assert isinstance(page, PaperView)
    return page


@pytest.mark.needs(*TOOLS)
@pytest.mark.parametrize("language", ["en", "my"])
def test_a_printer_is_found_tried_used_and_turned_off(
    shell: Shell, window: Window, qtbot: QtBot, door: Recorded, real: RealPrinter, kept: None, language: str,
) -> None:
    if language == "my":
        shell.changed_language()
    show(shell, window, qtbot, "printing")
    assert words.language() == language
    assert nameless(window) == []
    assert clipped(window) == []
    press(shell, "look_for_printers")
    settle(window, qtbot)
    press(shell, "use_printer_0")
    settle(window, qtbot)
    assert "Example Printer" in said(shell)
    assert clipped(window) == []
    press(shell, "test_page")
    looking.go_on(window, qtbot)
    settle(window, qtbot)
    qtbot.waitUntil(lambda: len(real.pages()) == 1, timeout=8000)
    settle(window, qtbot)
    page = paper_page(shell, window, qtbot)
    state = paper_state(page)
    state.choose(papers.CONSENT)
    settle(window, qtbot)
    assert state.paper is not None
    sent = state.paper.pdf
    assert clipped(window) == []
    typed(page, "copies", "").insert("2")
    press(shell, "print")
    settle(window, qtbot)
    qtbot.waitUntil(lambda: len(real.pages()) == 2, timeout=8000)
    settle(window, qtbot)
    assert real.pages()[1] == sent
    assert "copies (integer) 2" in real.log()
    assert state.paper.copy == 3
    assert door.asked == []
    show(shell, window, qtbot, "printing")
    press(shell, "printer_off")
    settle(window, qtbot)
    assert got(shell, qtbot, printers.chosen) is None


@pytest.mark.needs(*TOOLS)
def test_a_printer_that_is_off_counts_nothing_and_the_dialog_is_one_click_away(
    shell: Shell, window: Window, qtbot: QtBot, door: Recorded, real: RealPrinter, dialogs: list[str], kept: None,
) -> None:
    printer = printers.look(real.address.shown)
    got(shell, qtbot, lambda session: printers.choose(session, printer=printer))
    real.process.kill()
    real.process.wait()
    page = paper_page(shell, window, qtbot)
    press(shell, "print")
    settle(window, qtbot)
    assert door.asked[-1].title == "The printer does not answer."
    state = paper_state(page)
    assert state.paper is not None
    assert state.paper.copy == 1
    press(shell, "print_system")
    settle(window, qtbot)
    assert len(dialogs) == 1
    assert state.paper.copy == 2


@pytest.mark.needs(*TOOLS)
def test_a_print_that_is_stopped_is_taken_back_and_told(
    shell: Shell, window: Window, qtbot: QtBot, door: Recorded, tmp_path: Path, kept: None,
) -> None:
    with running(tmp_path / "slow", before="sleep 2") as slow:
        printer = printers.look(slow.address.shown)
        got(shell, qtbot, lambda session: printers.choose(session, printer=printer))
        page = paper_page(shell, window, qtbot)
        press(shell, "print")
        slow.wait_for("operation-id=Get-Job-Attributes")
        (handle,) = [one for one in shell.jobs._open if one.can_cancel]
        handle.cancel()
        settle(window, qtbot)
        assert "operation-id=Cancel-Job" in slow.log()
    assert door.asked[-1].title == "The printer took the job back."
    assert "Nothing was counted as printed." in door.asked[-1].text
    state = paper_state(page)
    assert state.paper is not None
    assert state.paper.copy == 1


def test_copies_that_are_typed_in_the_systems_box_count_and_carried_paper_goes_out_once(
    shell: Shell, window: Window, qtbot: QtBot, tmp_path: Path, kept: None,
) -> None:
    sent: list[int] = []

    def ask(_parent: QWidget, _paper: Paper, _copies: int, _size: str, chosen: printing.Chosen) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "system.pdf"))
        printer.setCopyCount(3)  # whatever our page said
        chosen(printer)
        sent.append(printer.copyCount())

    before = printing.use(ask)
    try:
        page = paper_page(shell, window, qtbot)
        state = paper_state(page)
        for document, copies in ((papers.CONSENT, 3), (papers.ARRIVAL_SLIP, 1)):
            state.choose(document)
            settle(window, qtbot)
            press(shell, "print")
            settle(window, qtbot)
            assert sent.pop() == copies
            assert state.paper is not None
            assert state.paper.copy == copies + 1
    finally:
        printing.use(before)


def test_an_address_that_is_none_is_told_beside_the_field(shell: Shell, window: Window, qtbot: QtBot, kept: None) -> None:
    show(shell, window, qtbot, "printing")
    page = shell.page
    assert page is not None
    for address, told in (("printer.example", "not an address"), ("8.8.8.8", "not in this house"), (f"127.0.0.1:{free_port()}", "does not answer")):
        typed(page, "printer_address", address)
        press(shell, "ask_printer")
        settle(window, qtbot)
        assert told in said(shell)
        assert got(shell, qtbot, printers.chosen) is None


def test_what_the_system_keeps_is_told_once_before_the_first_names(
    shell: Shell, window: Window, qtbot: QtBot, door: Recorded, dialogs: list[str], kept: None,
) -> None:
    page = paper_page(shell, window, qtbot)
    press(shell, "print")  # no names, no word
    settle(window, qtbot)
    assert (len(dialogs), door.asked) == (1, [])
    paper_state(page).choose(papers.HOUSEHOLD_LIST)
    settle(window, qtbot)
    door.answers = ["go"]
    press(shell, "print")
    settle(window, qtbot)
    assert [one.title for one in door.asked] == ["This page names people", "What this computer's own printing keeps"]
    assert "for 24 hours" in door.asked[-1].text
    assert "cupsctl" in door.asked[-1].text
    assert len(dialogs) == 1
    door.answers = ["go", "go"]
    press(shell, "print")
    settle(window, qtbot)
    assert len(dialogs) == 2
    door.answers, door.asked = ["go"], []
    press(shell, "print")
    settle(window, qtbot)
    assert [one.title for one in door.asked] == ["This page names people"]
    assert len(dialogs) == 3
    actions = got(shell, qtbot, lambda session: [line[2] for line in session.vault.audited(9)])
    assert actions.count("printed.names") == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["en", "my"])
def test_papers_for_everybody_are_made_looked_at_printed_and_counted(
    shell: Shell, window: Window, qtbot: QtBot, door: Recorded, dialogs: list[str], kept: None, language: str,
) -> None:
    if language == "my":
        shell.changed_language()
    page = paper_page(shell, window, qtbot)
    everybody = got(shell, qtbot, batches.everybody_here)
    assert isinstance(everybody, list)
    press(shell, "choose_many")
    settle(window, qtbot)
    many = box(shell, "many", qtbot)
    assert nameless(many) == []
    assert clipped(many) == []
    press(shell, "many_who_here")
    press(shell, f"many_papers_{papers.HOUSEHOLD_LIST}")
    press(shell, "many_order_household")
    assert clipped(many) == []
    press(shell, "many_go")
    settle(window, qtbot)
    state = paper_state(page)
    assert state.batch is not None
    assert state.batch.people == len(everybody)
    assert state.paper is state.batch.paper
    assert state.picture is not None
    assert clipped(window) == []
    assert nameless(window) == []
    door.answers = ["go", "go"]
    press(shell, "print")
    settle(window, qtbot)
    assert str(len(everybody)) in door.asked[0].title or words.language() == "my"
    counts = got(shell, qtbot, lambda session: [papers.printed(session, document=papers.ARRIVAL_SLIP, person=one) for one in everybody])
    assert counts == [1] * len(everybody)
    qtbot.waitUntil(lambda: state.paper is not None, timeout=8000)
    assert state.told == "printed"
    assert {copy for _, _, copy, _ in state.batch.given} == {2}  # what is printed now says so
    assert state.paper is state.batch.paper
    press(shell, "one_person")
    settle(window, qtbot)
    assert state.batch is None
    assert state.paper is not None
    assert state.paper.document.code == papers.ARRIVAL_SLIP


@pytest.mark.parametrize("language", ["en", "my"])
def test_what_is_written_once_is_asked_before_the_pages_are_made(shell: Shell, window: Window, qtbot: QtBot, language: str) -> None:
    if language == "my":
        shell.changed_language()
    page = paper_page(shell, window, qtbot)
    state = paper_state(page)
    press(shell, "choose_many")
    settle(window, qtbot)
    many = box(shell, "many", qtbot)
    press(shell, "many_who_here")
    press(shell, f"many_papers_{papers.THERMAL_SLIP}")
    go = many.findChild(QPushButton, "many_go")
    assert isinstance(go, QPushButton)
    assert not go.isEnabled()  # strips and sheets together
    press(shell, f"many_papers_{papers.THERMAL_SLIP}")
    press(shell, f"many_papers_{papers.RATION_CARD}")
    press(shell, f"many_papers_{papers.STIPEND_RECEIPT}")
    assert clipped(many) == []
    press(shell, "many_go")
    settle(window, qtbot)
    write = box(shell, "write_many", qtbot)
    assert nameless(write) == []
    assert clipped(write) == []
    assert write.height() < 640
    press(shell, "write_many_go")
    assert state.batch is None
    first = write.findChild(QLineEdit, "paper_card")
    assert isinstance(first, QLineEdit)
    qtbot.waitUntil(first.hasFocus, timeout=5000)
    for name, text in (("paper_card", "D"), ("paper_amount", "5000"), ("paper_for", "Fare")):
        field = write.findChild(QLineEdit, name)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert state.batch is not None
    assert state.batch.people > 1


def test_a_roll_is_printed_as_wide_as_it_is(shell: Shell, window: Window, qtbot: QtBot, tmp_path: Path, kept: None) -> None:
    paper = papers.drawn(papers.THERMAL_RECEIPT, thermal.draw_receipt, desk_models.receipts()["usual"], "A4", 1)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "roll.pdf"))
    printer.setFullPage(True)
    printing.draw_pages(printer, paper, lambda _done, _total: None)
    made, ours = (pypdfium2.PdfDocument(one) for one in (tmp_path / "roll.pdf", paper.pdf))
    assert len(made) == len(ours) == 2
    for there, here in zip(made, ours):
        assert there.get_size() == pytest.approx(here.get_size(), abs=1.5)


def test_a_household_or_picked_people_are_chosen_by_hand(shell: Shell, window: Window, qtbot: QtBot) -> None:
    page = paper_page(shell, window, qtbot)
    press(shell, "choose_many")
    settle(window, qtbot)
    many = box(shell, "many", qtbot)
    press(shell, "many_who_picked")
    go = many.findChild(QPushButton, "many_go")
    assert isinstance(go, QPushButton)
    assert not go.isEnabled()
    for _ in range(2):  # the same person twice counts once
        press(shell, "many_pick")
        settle(window, qtbot)
        press(shell, "choose_go")
        settle(window, qtbot)
        qtbot.waitUntil(lambda: shell.window().findChild(QDialog, "choose_person") is None, timeout=5000)
    papers_asked = many.findChild(Choices, "many_papers")
    assert papers_asked is not None
    press(shell, f"many_papers_{papers.ARRIVAL_SLIP}")
    assert not go.isEnabled()
    press(shell, f"many_papers_{papers.ARRIVAL_SLIP}")
    press(shell, "many_tally_no")
    press(shell, "many_go")
    settle(window, qtbot)
    state = paper_state(page)
    assert state.batch is not None
    assert (state.batch.people, state.batch.paper.pages) == (1, 1)
    shell.open("paper")
    settle(window, qtbot)
    assert state.batch is not None  # it stays until somebody goes on to something else
    state.choose(papers.HOUSEHOLD_LIST)
    settle(window, qtbot)
    assert state.batch is None


def test_every_answer_of_the_system_has_its_words() -> None:
    found = [Spool("cups", one, 1, (), True) for one in (
        spool.KEEPS_NOTHING, spool.KEEPS_FOR_A_TIME, spool.KEEPS, spool.CANNOT_TELL, spool.NO_SERVICE,
    )]
    assert len({spool_words.kept(one) for one in found}) == 5
    assert [spool_words.tone(one) for one in found] == ["good", "warn", "warn", "warn", "good"]
    assert [len(spool_words.todo(one)) for one in found] == [0, 2, 2, 2, 0]
    assert "Office" in spool_words.kept(Spool("windows", spool.KEEPS, files=("Office",)))
    assert spool_words.todo(Spool("windows", spool.KEEPS, files=("Office",)))
    assert spool_words.todo(Spool("windows", spool.KEEPS_NOTHING)) == []
    assert len(spool_words.todo(Spool("cups", spool.KEEPS, 0, ("PDF",), False))) == 4


def test_the_systems_box_offers_no_file_and_no_range(shell: Shell, window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not locked is saved only after a warning; a range would be counted as the whole."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    page = paper_page(shell, window, qtbot)
    paper = paper_state(page).paper
    assert paper is not None
    printing._screen_dialog(page, paper, 1, "A4", lambda printer: None)
    found = window.findChild(QPrintDialog, "print_box")
    assert isinstance(found, QPrintDialog)
    options = found.options()
    assert not options & (QPrintDialog.PrintDialogOption.PrintToFile | QPrintDialog.PrintDialogOption.PrintPageRange)
    found.reject()


def test_what_is_counted_is_what_went_out(shell: Shell, window: Window, qtbot: QtBot) -> None:
    """A slow printer: until it is done, another paper may be on the page."""
    page = paper_page(shell, window, qtbot)
    state = paper_state(page)
    assert state.person is not None
    first = state.person.id
    out = state.going_out()
    rows = got(shell, qtbot, lambda session: people.rows(session, keys=list(people.find(session).keys)[1:2]))
    assert isinstance(rows, list)
    state.choose_person(rows[0])
    state.choose(papers.CONSENT)
    settle(window, qtbot)
    out(1)
    settle(window, qtbot)
    counts = got(shell, qtbot, lambda session: [
        papers.printed(session, document=code, person=one) for one in (first, rows[0].id) for code in (papers.ARRIVAL_SLIP, papers.CONSENT)
    ])
    assert counts == [1, 0, 0, 0]


def test_the_systems_printing_uses_files_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    if spool.memory_folder() is None:
        pytest.skip("this system has no folder in memory")
    seen: list[str] = []
    monkeypatch.setattr(printing, "_draw_all", lambda *_args: seen.append(os.environ["TMPDIR"]))
    printer = QPrinter()
    printing.draw_pages(printer, printers.trial_paper("A4"), lambda done, total: None)
    assert seen[0].startswith(str(spool.memory_folder()))
    assert not Path(seen[0]).exists()
