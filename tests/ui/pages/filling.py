"""Open a form of a site's own in the window, for tests of filling it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QColor, QPixmap

from desktop.domain.ids import RecordId
from desktop.services import form_library
from desktop.services.session import Session
from tests.ui.pages.asking import Desk
from ui.pages.longform.view import LongformView


def picture(colour: str) -> bytes:
    """A small picture of one colour."""
    drawn = QPixmap(120, 80)
    drawn.fill(QColor(colour))
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    drawn.save(buffer, "PNG")
    return bytes(data.data())


def add(desk: Desk, compiled: bytes, media: Mapping[str, bytes] | None = None) -> RecordId:
    """Keep a form; its id."""

    def work(session: Session) -> RecordId:
        return form_library.add(session, compiled=compiled, media=media or {})[0].id

    found: RecordId = desk.ask(work)
    return found


def open_form(desk: Desk, compiled: bytes, media: Mapping[str, bytes] | None = None, person: RecordId | None = None) -> LongformView:
    """A new filled form in the window."""
    desk.go("longform", form=add(desk, compiled, media), **({"person": person} if person is not None else {}))
    page = desk.shell.page
    assert isinstance(page, LongformView)
    return page


def turn(desk: Desk, page: LongformView, key: str) -> LongformView:
    """Another page of the form."""
    page._state.turn(key)
    desk.rest()
    return page


Opened = Callable[[], LongformView]
