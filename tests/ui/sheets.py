"""Sheets of pads, and scans of them, for tests of the window."""

from __future__ import annotations

import random
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.folders import Folder
from desktop.services import form_library, pads, scans
from desktop.services.scan_codes import SheetCode
from desktop.services.session import Session
from tests.desktop.forms.sheets import table
from tests.desktop.paper import pens
from tests.desktop.services.any_forms import compiled, named
from tests.desktop.services.test_scans import CARE, CHOICES
from tests.ui.test_paper_and_settings import press, printed_to  # noqa: F401  # the fixture is used by name


def care_pad(session: Session) -> list[str]:
    stored, _ = form_library.add(session, compiled=compiled(table(*CARE), CHOICES, named("care", "1", "Care")))
    record, _ = pads.reserve(session, form=stored.id, sheets=3)
    return [row.code for row in pads.sheets(session, pad=record)]


def arrival_pad(session: Session) -> list[str]:
    form = next(one.id for one in form_library.forms(session) if one.form_id == "arrival")
    record, _ = pads.reserve(session, form=form, sheets=2)
    return [row.code for row in pads.sheets(session, pad=record)]


def scan_of(crossed: dict[tuple[str, int], str], code: str) -> Callable[[Session], bytes]:
    """Makes a scan of the first page of the sheet with this number."""

    def make(session: Session) -> bytes:
        pad = pads.pads_of(session, code)[0]
        values = session.journal(Folder.RECEPTION).values(pad)
        made = pads.paper(session, pad=pad)
        at = [row.code for row in pads.sheets(session, pad=pad)].index(code) * (made.pages // 3)
        plate = scans.ready(session).plate(SheetCode(code, str(values["digest"])[:8].upper(), 1, str(values["layout"])))
        assert plate is not None
        chance, picture = random.Random(4), pens.blank(made.pdf, at)
        for box in plate.ticks:
            kind = crossed.get((box.asked, box.option))
            if kind and not box.silence:
                pens.put(picture, box, kind, chance)
        look = pens.Look(tilt=1.2, dpi=150)
        return pens.as_file(pens.scanned(picture, look, chance), look)

    return make


def strings(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(one) for one in value]


def typed(page: QWidget, name: str, text: str, qtbot: QtBot) -> QLineEdit:
    """Type into a field and press Enter, as a hand or a scanner at the USB port does."""
    field = page.findChild(QLineEdit, name)
    assert field is not None
    field.setFocus()
    field.clear()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    return field


def listed(page: QWidget, name: str) -> list[str]:
    found = page.findChild(QListView, name)
    assert found is not None
    model = found.model()
    return [str(model.index(at, 0).data()) for at in range(model.rowCount())]
