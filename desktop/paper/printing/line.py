"""The line to a printer: the only module that may open a connection, and only to this laptop or to an address of the local network.

An address is a number, never a name: to look a name up would ask the network. Proxies, cookies and other addresses that a printer may
point to are not followed. Nothing is said of who prints: no name of a user, of this laptop, or of the program.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import io
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Union

from desktop.domain.errors import KnownFault, UserError
from desktop.paper.printing import message
from desktop.paper.printing.message import Answer

PORT = 631
_TYPED = re.compile(r"(?:(ipps?)://)?(\[[0-9a-fA-F:.]+\]|[0-9a-zA-Z.-]+)(?::(\d{1,5}))?(/[!-~]*)?", re.ASCII)
_MOST = 1_000_000  # bytes of an answer; a printer says less
_PIECE = 65_536
_TICK = 0.5  # seconds between two looks whether somebody wants to stop
Body = Union[bytes, Iterable[bytes]]
Step = Callable[[], None]
"""Called again and again while something is sent or waited for; what it raises ends the talk."""


def _goes_on() -> None:
    """Nobody wants to stop."""


@dataclass(frozen=True)
class Address:
    """Where a printer is. `locked`: the line is encrypted; then `mark` is the SHA-256 of the printer's certificate in hexadecimal, which
    must stay what it was when the printer was chosen ("" before that)."""

    host: str
    port: int = PORT
    path: str = "/ipp/print"
    locked: bool = False
    mark: str = ""

    @property
    def here(self) -> bool:
        """True if it is on this laptop: a printer on a USB cable."""
        return ipaddress.ip_address(self.host).is_loopback

    @property
    def shown(self) -> str:
        """As a person types it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORT else f"{host}:{self.port}"

    @property
    def uri(self) -> str:
        """As the printer is told."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'ipps' if self.locked else 'ipp'}://{host}:{self.port}{self.path}"


def typed(text: str) -> Address:
    """The address in what somebody typed: ``192.168.1.20``, ``192.168.1.20:631`` or ``ipp://192.168.1.20/ipp/print``.
    UserError printer.address if it is none; printer.not_local if it is not of this laptop or its own network."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        raise UserError("printer.address")
    scheme, host, port, path = found.groups()
    try:
        number = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host.strip("[]"))
    except ValueError as error:
        raise UserError("printer.address") from error
    if not 0 < int(port or PORT) < 65_536:
        raise UserError("printer.address")
    if not _local(number):
        raise UserError("printer.not_local")
    return Address(str(number), int(port or PORT), path or "/ipp/print", scheme == "ipps")


def _local(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    networks = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128")
    return any(number in ipaddress.ip_network(one) for one in networks)


def listens(port: int, patience: float = 0.3) -> bool:
    """True if something on this laptop takes connections at this port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=patience):
            return True
    except OSError:
        return False


def certificate(address: Address, patience: float = 4.0) -> str:
    """The mark of the certificate a printer shows; "" if it speaks without encryption only."""
    try:
        connection = _connected(replace(address, locked=True, mark=""), patience)
    except (ssl.SSLError, OSError, http.client.HTTPException):
        return ""
    try:
        return _mark(connection)
    finally:
        connection.close()


def ask(address: Address, request: bytes, document: Body = b"", patience: float = 15.0, step: Step = _goes_on) -> Answer:
    """Send a request, with a document after it, and wait `patience` seconds for the whole answer; a printer that takes no piece of the
    document for so long is gone too.

    KnownFault: printer.off (nobody takes the call), printer.gone (it fell silent), printer.changed (another printer answers),
    printer.strange (it is no printer), printer.not_allowed (it asks for a password). What `step` and the document's iterator raise is raised.
    """
    try:
        connection = _connected(address, patience)
    except (ssl.SSLError, OSError, http.client.HTTPException) as error:
        raise KnownFault("printer.off") from error
    try:
        if address.locked and not hmac.compare_digest(_mark(connection), address.mark):
            raise KnownFault("printer.changed")
        return _asked(connection, address, request, document, patience, step)
    except (ssl.SSLError, TimeoutError, ConnectionError) as error:
        raise KnownFault("printer.gone") from error
    except (http.client.HTTPException, message.NotIpp) as error:
        raise KnownFault("printer.strange") from error
    finally:
        connection.close()


def _asked(
    connection: http.client.HTTPConnection, address: Address, request: bytes, document: Body, patience: float, step: Step,
) -> Answer:
    headers = {"Content-Type": "application/ipp", "Accept-Encoding": "identity"}
    if isinstance(document, bytes):
        body: Body = _pieces(request, document, step)
        headers["Content-Length"] = str(len(request) + len(document))
    else:
        body = _together(request, document)
    try:
        connection.request("POST", address.path, body=body, headers=headers, encode_chunked=not isinstance(document, bytes))
    except ConnectionError:
        if connection.sock is None:
            raise  # else it may have said why it would not hear the rest
    connection.response_class = partial(_Response, patience=patience, step=step)  # type: ignore[assignment]
    with connection.getresponse() as response:
        data = response.read(_MOST)
    if response.status in (401, 403):
        raise KnownFault("printer.not_allowed")
    if response.status != 200:
        raise KnownFault("printer.strange")
    return message.answer(data)


class _Response(http.client.HTTPResponse):
    """An answer that is over at some time, however little of it comes at once."""

    def __init__(self, sock: socket.socket, *about: Any, patience: float, step: Step, **more: Any) -> None:
        super().__init__(sock, *about, **more)
        self.fp = io.BufferedReader(_Until(sock, self.fp, time.monotonic() + patience, step))


class _Until(io.RawIOBase):
    """What comes in at a socket, until a moment and up to a length. TimeoutError when it is over, HTTPException when it is too long."""

    def __init__(self, sock: socket.socket, held: io.BufferedIOBase, end: float, step: Step) -> None:
        """`held` keeps the socket open."""
        super().__init__()
        self._sock, self._held, self._end, self._step = sock, held, end, step
        self._left = 2 * _MOST

    def close(self) -> None:
        self._held.close()
        super().close()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            self._step()
            left = self._end - time.monotonic()
            if left <= 0 or self._left <= 0:
                raise TimeoutError if left <= 0 else http.client.HTTPException
            self._sock.settimeout(min(_TICK, left))
            try:
                count = self._sock.recv_into(buffer)
            except TimeoutError:
                continue
            self._left -= count
            return count


def _pieces(request: bytes, document: bytes, step: Step) -> Iterable[bytes]:
    yield request
    for at in range(0, len(document), _PIECE):
        step()
        yield document[at:at + _PIECE]


def _together(request: bytes, document: Iterable[bytes]) -> Iterable[bytes]:
    """In pieces of some size: a page consists of thousands of short lines."""
    waiting = bytearray(request)
    for piece in document:
        waiting += piece
        if len(waiting) >= _PIECE:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


def _connected(address: Address, patience: float) -> http.client.HTTPConnection:
    connection: http.client.HTTPConnection
    if address.locked:
        # No authority signs the certificates of printers: the mark is compared instead, before a word is said.
        open_to_any = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        open_to_any.check_hostname = False
        open_to_any.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection(address.host, address.port, timeout=patience, context=open_to_any)
    else:
        connection = http.client.HTTPConnection(address.host, address.port, timeout=patience)
    connection.connect()
    return connection


def _mark(connection: http.client.HTTPConnection) -> str:
    shown = connection.sock.getpeercert(binary_form=True) if isinstance(connection.sock, ssl.SSLSocket) else None
    return hashlib.sha256(shown or b"").hexdigest()
