"""Where the line may lead, what it says of us, and machines that are no good printers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from desktop.domain.errors import KnownFault, UserError
from desktop.paper.printing import line, message, printer
from desktop.paper.printing.line import Address
from tests.desktop.paper.printing.real import free_port


@pytest.mark.parametrize(("text", "host", "port", "path", "locked"), [
    ("192.168.1.20", "192.168.1.20", 631, "/ipp/print", False),
    (" 10.0.0.9:8631 ", "10.0.0.9", 8631, "/ipp/print", False),
    ("ipp://172.16.0.2/printers/x", "172.16.0.2", 631, "/printers/x", False),
    ("ipps://169.254.3.4", "169.254.3.4", 631, "/ipp/print", True),
    ("localhost:60000", "127.0.0.1", 60000, "/ipp/print", False),
    ("[fe80::1]:631", "fe80::1", 631, "/ipp/print", False),
    ("[::1]", "::1", 631, "/ipp/print", False),
])
def test_addresses_of_this_house(text: str, host: str, port: int, path: str, locked: bool) -> None:
    found = line.typed(text)
    assert (found.host, found.port, found.path, found.locked) == (host, port, path, locked)
    assert line.typed(found.shown).host == host
    assert line.typed(found.uri).port == port


@pytest.mark.parametrize("text", ["8.8.8.8", "172.32.0.1", "[2001:db8::1]", "192.0.2.7", "224.0.0.1", "0.0.0.0", "100.64.0.1"])
def test_addresses_outside_are_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"printer\.not_local"):
        line.typed(text)


@pytest.mark.parametrize("text", [
    "", "printer", "printer.local", "http://192.168.1.2", "192.168.1.2:0", "192.168.1.2:99999", "192.168.1", "192.168.1.2/a b",
    "user@192.168.1.2", "192.168.1.2\r\nX: y", "၁၉၂.၁၆၈.၁.၂", "192.168.1.2:٣",
])
def test_what_is_no_number_is_refused_and_never_looked_up(text: str) -> None:
    with pytest.raises(UserError, match=r"printer\.address"):
        line.typed(text)


@contextmanager
def machine(status: int, body: bytes, headers: dict[str, str] | None = None) -> Iterator[tuple[Address, list[tuple[str, dict[str, str]]]]]:
    """Something that answers every call alike, and what it was asked: (path, heads)."""
    asked: list[tuple[str, dict[str, str]]] = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append((self.path, dict(self.headers.items())))
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Address("127.0.0.1", server.server_port), asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


OK = b"\x01\x01\x00\x00\x00\x00\x00\x01\x03"


def test_nothing_is_said_of_who_prints() -> None:
    with machine(200, OK) as (address, asked):
        assert line.ask(address, b"request", b"document").good
        assert line.ask(address, b"request", iter([b"a", b"b"])).good
    first = {"Host": f"127.0.0.1:{address.port}", "Content-Type": "application/ipp", "Accept-Encoding": "identity"}
    assert asked == [
        ("/ipp/print", {**first, "Content-Length": "15"}), ("/ipp/print", {**first, "Transfer-Encoding": "chunked"}),
    ]


@pytest.mark.parametrize(("status", "body", "code"), [
    (401, b"", "printer.not_allowed"), (403, b"", "printer.not_allowed"), (404, b"", "printer.strange"), (200, b"<html>", "printer.strange"),
    (302, b"", "printer.strange"), (200, OK[:4] + b"\0" * 3, "printer.strange"), (426, b"", "printer.strange"),
])
def test_what_answers_otherwise_is_named(status: int, body: bytes, code: str) -> None:
    with machine(status, body, {"Location": "http://127.0.0.1:1/elsewhere"}) as (address, _), pytest.raises(KnownFault, match=code):
        line.ask(address, b"request")


@pytest.mark.parametrize(("status", "code"), [
    (b"\x04\x03", "printer.not_allowed"), (b"\x05\x07", "printer.busy"), (b"\x04\x0a", "printer.format"), (b"\x05\x00", "printer.strange"),
])
def test_a_refusal_of_the_printer_is_told(status: bytes, code: str) -> None:
    with machine(200, OK[:2] + status + OK[4:]) as (address, _), pytest.raises(KnownFault, match=code):
        printer.abilities(address)


def test_the_systems_own_service_is_known_for_what_it_is() -> None:
    said = OK[:8] + b"\x04" + b"\x41\x00\x0ccups-version\x00\x052.4.2" + b"\x03"
    with machine(200, said) as (address, _):
        assert printer.abilities(address).spooler
        with pytest.raises(UserError, match=r"printer\.spooler"):
            printer.send(address, b"%PDF", 1, size="A4", report=lambda done, total: None)


def test_a_line_without_encryption_has_no_mark() -> None:
    with machine(200, OK) as (address, _):
        assert line.certificate(address, patience=1.0) == ""
    assert not line.listens(free_port())
    assert message.answer(OK).good
