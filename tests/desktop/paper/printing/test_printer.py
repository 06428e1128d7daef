"""Printing from memory to a real printer program on loopback: what arrives, what stays, and what goes wrong."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import KnownFault, UserError
from desktop.paper import preview
from desktop.paper.documents import arrival_slip
from desktop.paper.page import Print
from desktop.paper.printing import job as jobs
from desktop.paper.printing import line, printer
from desktop.paper.printing.printer import Pace
from tests.desktop.paper import models
from tests.desktop.paper.printing.real import TOOLS, RealPrinter, free_port, running
from tests.tree import ROOT

pytestmark = pytest.mark.needs(*TOOLS)
QUICK = Pace(look=0.05, hindered=0.6, silent=20.0, stopping=6.0)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    made = Print("C1")
    for _ in range(2):
        arrival_slip.draw(made, models.slips()["usual"])
    return made.pdf()


class Heard:
    """A report that remembers, and stops the work when told."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []
        self.stop = threading.Event()

    def __call__(self, done: int, total: int) -> None:
        self.steps.append((done, total))
        if self.stop.is_set():
            raise InterruptedError


def test_the_document_arrives_byte_for_byte_under_a_name_that_tells_nothing(tmp_path: Path, pdf: bytes) -> None:
    heard = Heard()
    with running(tmp_path) as real:
        can = printer.abilities(real.address)
        printer.send(real.address, pdf, 2, size="A4", copies=1, report=heard, pace=QUICK)
        assert real.pages() == [pdf]
        log = real.log()
    assert can.name == "Example Printer"
    assert can.takes_pages
    assert not can.spooler
    assert heard.steps[-1] == (2, 2)
    everywhere = {
        "attributes-charset": "(charset) utf-8", "attributes-natural-language": "(naturalLanguage) en", "printer-uri": f"(uri) {real.address.uri}",
    }
    kind = {"document-format": "(mimeMediaType) application/pdf"}
    manner = {
        "job-name": "(nameWithoutLanguage) document", "media": "(keyword) iso_a4_210x297mm", "print-color-mode": "(keyword) monochrome",
        "sides": "(keyword) one-sided",
    }
    assert can.numbered
    assert told_by(log, "Create-Job") == {**everywhere, **manner}
    assert told_by(log, "Send-Document") == {**everywhere, **kind, "job-id": "(integer) 1", "last-document": "(boolean) true"}


def told_by(log: str, operation: str) -> dict[str, str]:
    """Everything that the printer was told in a request."""
    asked = log[log.index(f"operation-id={operation}"):]
    asked = asked[:asked.index(f"localhost {operation}")]
    return dict(line.strip().split(" ", 1) for line in asked.splitlines() if ") " in line)


def test_a_printer_that_numbers_no_job_beforehand_gets_it_in_one(tmp_path: Path, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    known = printer.abilities
    monkeypatch.setattr(printer, "abilities", lambda address: replace(known(address), numbered=False))
    with running(tmp_path) as real:
        printer.send(real.address, pdf, 2, size="A4", report=Heard(), pace=QUICK)
        assert real.pages() == [pdf]
        log = real.log()
    assert "operation-id=Create-Job" not in log
    assert told_by(log, "Print-Job")["job-name"] == "(nameWithoutLanguage) document"


def test_copies_and_letter_are_asked_for(tmp_path: Path, pdf: bytes) -> None:
    with running(tmp_path) as real:
        printer.send(real.address, pdf, 2, size="Letter", copies=3, report=Heard(), pace=QUICK)
        log = real.log()
    assert "copies (integer) 3" in log
    assert "media (keyword) na_letter_8.5x11in" in log


@pytest.mark.parametrize(("kind", "begins"), [("image/pwg-raster", b"RaS2PwgRaster"), ("image/urf", b"UNIRAST\0")])
def test_a_printer_without_pdf_gets_pictures(tmp_path: Path, pdf: bytes, kind: str, begins: bytes) -> None:
    with running(tmp_path, formats=kind) as real:
        printer.send(real.address, pdf, 2, size="A4", report=Heard(), pace=QUICK)
        (page,) = real.pages()
    assert page.startswith(begins)


def test_a_printer_that_takes_neither_is_refused_before_anything_is_sent(tmp_path: Path, pdf: bytes) -> None:
    with running(tmp_path, formats="application/postscript") as real:
        assert not printer.abilities(real.address).takes_pages
        with pytest.raises(UserError, match=r"printer\.format"):
            printer.send(real.address, pdf, 2, size="A4", report=Heard(), pace=QUICK)
        assert "operation-id=Print-Job" not in real.log()
        assert "operation-id=Create-Job" not in real.log()


def test_out_of_paper_is_told_and_the_job_is_taken_back(tmp_path: Path, pdf: bytes) -> None:
    with running(tmp_path, before='echo "STATE: +media-empty" >&2; sleep 5') as real:
        with pytest.raises(KnownFault, match=r"printer\.no_paper"):
            printer.send(real.address, pdf, 2, size="A4", report=Heard(), pace=QUICK)
        assert "operation-id=Cancel-Job" in real.log()


@pytest.mark.parametrize("numbered", [True, False])
def test_a_stopped_job_is_taken_back(tmp_path: Path, pdf: bytes, monkeypatch: pytest.MonkeyPatch, numbered: bool) -> None:
    known = printer.abilities
    monkeypatch.setattr(printer, "abilities", lambda address: replace(known(address), numbered=numbered))
    with running(tmp_path, before="sleep 2") as real:
        steps, ended = stopped_at(real, pdf, "operation-id=Get-Job-Attributes")
        assert isinstance(ended, UserError)
        assert (ended.code, ended.fields) == ("printer.taken_back", {"out": 0})
        assert told_by(real.log(), "Cancel-Job")["job-id"] == "(integer) 1"
        assert "canceled" in real.log()
    assert steps[-1][0] < 2


def stopped_at(real: RealPrinter, pdf: bytes, words: str) -> tuple[list[tuple[int, int]], BaseException | None]:
    """Print, and stop as soon as the printer wrote these words: what was reported, and what came of it."""
    heard = Heard()
    ended: list[BaseException] = []

    def go() -> None:
        try:
            printer.send(real.address, pdf, 2, size="A4", report=heard, pace=QUICK)
        except (InterruptedError, UserError) as error:
            ended.append(error)

    work = threading.Thread(target=go)
    work.start()
    real.wait_for(words)
    heard.stop.set()
    work.join(20)
    assert not work.is_alive()
    return heard.steps, ended[0] if ended else None


@pytest.mark.parametrize(("numbered", "codes"), [(True, "printer.taken_back printer.part_printed"), (False, "printer.not_taken_back")])
def test_stopped_in_the_middle_of_the_document_what_is_known_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pdf: bytes, numbered: bool, codes: str,
) -> None:
    known, long = printer.abilities, pdf + bytes(400_000)
    monkeypatch.setattr(printer, "abilities", lambda address: replace(known(address), numbered=numbered))

    def pieces(request: bytes, document: bytes, step: Callable[[], None]) -> Iterator[bytes]:
        yield request
        if not document:
            return
        yield document[:100_000]
        heard.stop.set()
        step()
        raise AssertionError("it went on")

    heard = Heard()
    monkeypatch.setattr(line, "_pieces", pieces)
    with running(tmp_path) as real:
        with pytest.raises(UserError) as ended:
            printer.send(real.address, long, 2, size="A4", report=heard, pace=QUICK)
        assert ended.value.code in codes.split()
        assert ("operation-id=Cancel-Job" in real.log()) is numbered
        assert len(real.pages()) <= 1  # this printer prints what it got, though it says that it forgets the job


def test_a_printer_that_goes_on_though_it_was_told_to_forget_a_job_is_told_as_unknown(tmp_path: Path, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.QUICK", replace(QUICK, stopping=0.5))
    with running(tmp_path, before="sleep 5") as real:
        _, ended = stopped_at(real, pdf, "operation-id=Get-Job-Attributes")
        assert isinstance(ended, KnownFault)
        assert ended.code == "printer.not_taken_back"


def test_stopped_before_the_printer_has_anything_it_just_ends(tmp_path: Path, pdf: bytes) -> None:
    heard = Heard()
    heard.stop.set()
    with running(tmp_path) as real:
        with pytest.raises(InterruptedError):
            printer.send(real.address, pdf, 2, size="A4", report=heard, pace=QUICK)
        assert "operation-id=Send-Document" not in real.log()


def test_who_stops_too_late_has_printed(tmp_path: Path, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = Heard()
    with running(tmp_path) as real:
        done = jobs.Job._give

        def give_and_wait(self: jobs.Job, *about: Any) -> None:
            done(self, *about)
            real.wait_for("completed")
            time.sleep(0.3)
            heard.stop.set()

        monkeypatch.setattr(jobs.Job, "_give", give_and_wait)
        printer.send(real.address, pdf, 2, size="A4", report=heard, pace=QUICK)
        assert real.pages() == [pdf]


def test_a_printer_that_says_nothing_when_it_is_to_forget_a_job_is_told_as_unknown(tmp_path: Path, pdf: bytes) -> None:
    heard = Heard()
    with running(tmp_path, before="sleep 30") as real:
        killer = threading.Thread(target=lambda: (real.wait_for("operation-id=Get-Job-Attributes"), real.process.kill(), heard.stop.set()))
        killer.start()
        with pytest.raises(KnownFault, match=r"printer\.(not_taken_back|gone|off)"):
            printer.send(real.address, pdf, 2, size="A4", report=heard, pace=QUICK)
        killer.join(10)


def test_a_slow_printer_is_waited_for(tmp_path: Path, pdf: bytes) -> None:
    begun = time.monotonic()
    with running(tmp_path, before="sleep 2") as real:
        printer.send(real.address, pdf, 2, size="A4", report=Heard(), pace=QUICK)
        assert real.pages() == [pdf]
    assert time.monotonic() - begun > 2


def test_a_silent_printer_is_given_up(tmp_path: Path, pdf: bytes) -> None:
    with running(tmp_path, before="sleep 3") as real, pytest.raises(KnownFault, match=r"printer\.silent"):
        printer.send(real.address, pdf, 2, size="A4", report=Heard(), pace=Pace(0.05, 5, 1.5, 6))


def test_a_killed_printer_is_told_as_gone_or_off(tmp_path: Path, pdf: bytes) -> None:
    with running(tmp_path, before="sleep 8") as real:
        killer = threading.Thread(target=lambda: (real.wait_for("operation-id=Get-Job-Attributes"), real.process.kill()))
        killer.start()
        with pytest.raises(KnownFault, match=r"printer\.(gone|off)"):
            printer.send(real.address, pdf, 2, size="A4", report=Heard(), pace=QUICK)
        killer.join(10)
        with pytest.raises(KnownFault, match=r"printer\.off"):
            printer.abilities(real.address)


def test_a_failing_printer_is_told(tmp_path: Path, pdf: bytes) -> None:
    with running(tmp_path, before="exit 1") as real, pytest.raises(KnownFault, match=r"printer\.aborted"):
        printer.send(real.address, pdf, 2, size="A4", report=Heard(), pace=QUICK)


def test_a_locked_line_is_taken_only_from_the_printer_that_was_chosen(tmp_path: Path, pdf: bytes) -> None:
    keys = tmp_path / "ssl"
    keys.mkdir()
    with running(tmp_path, "-K", str(keys)) as real:
        shown = line.certificate(real.address)
        assert len(shown) == 64
        known = line.Address(real.address.host, real.address.port, locked=True, mark=shown)
        printer.send(known, pdf, 2, size="A4", report=Heard(), pace=QUICK)
        assert real.pages() == [pdf]
        before = real.log().count("operation-id=Get-Printer-Attributes")
        with pytest.raises(KnownFault, match=r"printer\.changed"):
            printer.abilities(line.Address(known.host, known.port, locked=True, mark="0" * 64))
        assert real.log().count("operation-id=Get-Printer-Attributes") == before


def test_nobody_there_is_told_at_once() -> None:
    with pytest.raises(KnownFault, match=r"printer\.off"):
        printer.abilities(line.Address("127.0.0.1", free_port()))


_ALONE = """
import sys
from pathlib import Path
from desktop.paper.documents import arrival_slip
from desktop.paper.page import Print
from desktop.paper.printing import job as jobs
from desktop.paper.printing import line, printer
from tests.desktop.paper import models
made = Print("C1")
arrival_slip.draw(made, models.slips()["usual"])
pdf = made.pdf()
Path("/proc/self/comm").read_text()
printer.send(line.Address("127.0.0.1", int(sys.argv[1])), pdf, 1, size="A4", report=lambda done, total: None)
"""


@pytest.mark.needs("strace")
@pytest.mark.parametrize("kind", ["application/pdf", "image/pwg-raster"])
def test_nothing_is_written_to_any_file_on_the_way(tmp_path: Path, tool: Callable[[str], str], kind: str) -> None:
    trace = tmp_path / "trace"
    with running(tmp_path, formats=kind) as real:
        subprocess.run(
            [
                tool("strace"), "-f", "-qq", "-e", "trace=open,openat,creat,connect,memfd_create,rename,link,mkdir", "-o", str(trace), sys.executable, "-B", "-c",
                _ALONE, str(real.address.port),
            ],
            cwd=ROOT, check=True, timeout=60,
        )
        assert len(real.pages()) == 1
        port = real.address.port
    lines = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    opened = [one for one in lines if any(flag in one for flag in ("O_WRONLY", "O_RDWR", "O_CREAT", "creat(", "memfd", "rename", "mkdir("))]
    assert [one for one in opened if "/dev/null" not in one and "/dev/tty" not in one and "ENOENT" not in one] == []
    calls = [one for one in lines if "connect(" in one and "AF_INET" in one]
    assert calls
    assert all(f"htons({port})" in one and "127.0.0.1" in one for one in calls)


def test_pictures_of_pages_in_grey_are_those_of_the_preview(pdf: bytes) -> None:
    wide, high, dots = preview.grey(pdf, 0, 72)
    assert len(dots) == wide * high
    assert preview.picture(pdf, 0, 72)[:2] == (wide, high)
    assert dots.count(255) > len(dots) // 2
    assert min(dots) < 40
    with pytest.raises(IndexError):
        preview.grey(pdf, 9, 72)
