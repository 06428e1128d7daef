"""Machines at a printer's address that mean harm: they answer without end, a byte at a time, or with what no printer says."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from desktop.domain.errors import KnownFault, UserError
from desktop.paper.printing import line, message, printer
from desktop.paper.printing.line import Address

OK = b"\x01\x01\x00\x00\x00\x00\x00\x01"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n"


@contextmanager
def machine(speak: Callable[[socket.socket, threading.Event], None]) -> Iterator[Address]:
    """Takes calls one after the other and speaks as it likes until it is told to stop."""
    over = threading.Event()
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.1)

    def serve() -> None:
        while not over.is_set():
            try:
                call, _ = server.accept()
            except TimeoutError:
                continue
            with call:
                try:
                    speak(call, over)
                except OSError:
                    continue

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield Address("127.0.0.1", server.getsockname()[1])
    finally:
        over.set()
        thread.join()
        server.close()


def value(name: bytes, raw: bytes, tag: int = 0x44) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(raw)) + raw


def says(*attributes: bytes) -> Callable[[socket.socket, threading.Event], None]:
    body = OK + b"\x04" + b"".join(attributes) + b"\x03"

    def speak(call: socket.socket, over: threading.Event) -> None:
        call.recv(65_536)
        call.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    return speak


def drip(begin: bytes, piece: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """Begins, then sends a piece every 50 ms for as long as anybody listens."""

    def speak(call: socket.socket, over: threading.Event) -> None:
        call.recv(65_536)
        call.sendall(begin)
        while not over.wait(0.05):
            call.sendall(piece)

    return speak


@pytest.mark.parametrize("speak", [
    drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), drip(b"HTTP/1.1 200 OK\r\nX: ", b"y"), drip(HEAD + b"Content-Length: 90000\r\n\r\n" + OK, b"\x04"),
    drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n\x04\r\n"),
], ids=["go on for ever", "a heading", "a length", "pieces"])
def test_an_answer_without_end_is_given_up_in_time(speak: Callable[[socket.socket, threading.Event], None]) -> None:
    begun = time.monotonic()
    with machine(speak) as address, pytest.raises(KnownFault, match=r"printer\.(gone|strange)"):
        line.ask(address, b"request", patience=1.0)
    assert time.monotonic() - begun < 4


def test_an_answer_without_end_that_comes_fast_is_cut() -> None:
    def speak(call: socket.socket, over: threading.Event) -> None:
        call.recv(65_536)
        while not over.is_set():
            call.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 4_000)

    with machine(speak) as address, pytest.raises(KnownFault, match=r"printer\.strange"):
        line.ask(address, b"request", patience=60.0)


def test_whoever_stops_is_heard_while_a_printer_says_nothing() -> None:
    stop = threading.Timer(0.3, lambda: stopped.append(True))
    stopped: list[bool] = []

    def step() -> None:
        if stopped:
            raise InterruptedError

    begun = time.monotonic()
    with machine(lambda call, over: over.wait(20) and None) as address:
        stop.start()
        with pytest.raises(InterruptedError):
            line.ask(address, b"request", b"document" * 100, patience=60.0, step=step)
    assert time.monotonic() - begun < 4


def test_whoever_stops_is_heard_while_a_printer_takes_the_document_slowly() -> None:
    sent: list[bool] = []

    def step() -> None:
        sent.append(True)
        if len(sent) == 3:
            raise InterruptedError

    with machine(lambda call, over: [call.recv(65_536) for _ in range(9)] and None) as address, pytest.raises(InterruptedError):
        line.ask(address, b"request", bytes(1_000_000), step=step)


def test_very_many_values_are_read_at_once() -> None:
    begun = time.monotonic()
    assert len(message.answer(OK + b"\x04" + value(b"media-supported", b"") + value(b"", b"") * 180_000 + b"\x03").texts("media-supported")) == 180_001
    assert time.monotonic() - begun < 5


def resolution(across: int, down: int) -> bytes:
    return struct.pack(">iib", across, down, 3)


@pytest.mark.parametrize("dots", [0, -300, 2_147_483_647, 20_000, 1])
def test_dots_that_nobody_can_draw_are_not_believed(dots: int) -> None:
    about = (
        value(b"document-format-supported", b"image/pwg-raster", 0x49),
        value(b"pwg-raster-document-resolution-supported", resolution(dots, dots), 0x32),
    )
    with machine(says(*about)) as address:
        assert printer.abilities(address).drawing("A4").dpi == 300
    with machine(says(*about, value(b"", resolution(600, 600), 0x32))) as address:
        assert printer.abilities(address).drawing("A4").dpi == 600


@pytest.mark.parametrize("said", ["RS²", "RS" + "9" * 5_000, "RS-", "RS٣٠٠", "RS99999-0"])
def test_resolutions_that_are_no_numbers_are_left_out(said: str) -> None:
    about = (value(b"document-format-supported", b"image/urf", 0x49), value(b"urf-supported", said.encode()))
    with machine(says(*about)) as address:
        assert printer.abilities(address).drawing("A4").dpi == 300


def test_a_name_cannot_turn_the_line_around() -> None:
    called = "\u202eretnirP\u200b \x1b[31m<b>X</b>\n\u2066 Laser" + "y" * 500
    with machine(says(value(b"printer-make-and-model", called.encode(), 0x41))) as address:
        name = printer.abilities(address).name
    assert name.isprintable()
    assert name.startswith("retnirP [31m<b>X</b> Laser")
    assert len(name) == 60


def test_a_job_without_a_number_is_not_taken_for_printed() -> None:
    about = (value(b"document-format-supported", b"application/pdf", 0x49), value(b"job-state", struct.pack(">i", 3), 0x23))
    with machine(says(*about)) as address, pytest.raises((KnownFault, UserError)):
        printer.send(address, b"%PDF", 1, size="A4", report=lambda done, total: None, pace=printer.Pace(0.05, 0.5, 0.5))
