"""Pads of numbered sheets, and a sheet that was filled with the pen and scanned, for pictures of the screens."""

from __future__ import annotations

import random
from pathlib import Path

from desktop.domain.folders import Folder
from desktop.services import form_library, pads, scans
from desktop.services.scan_codes import SheetCode
from desktop.services.session import Session
from tests.desktop.paper import pens


def fill(session: Session, folder: Path) -> None:
    """A pad of arrival cards, in part counted back, one of the long form, and ``scan.jpg`` with the second page of a sheet of it."""
    forms = {one.form_id: one.id for one in form_library.forms(session)}
    cards, _ = pads.reserve(session, form=forms["arrival"], sheets=25)
    codes = [row.code for row in pads.sheets(session, pad=cards)]
    pads.count_back(session, sheets=codes[2:5], state=pads.RETURNED)
    pads.count_back(session, sheets=codes[5:6], state=pads.SPOILED)
    long, _ = pads.reserve(session, form=forms["registration"], sheets=2)
    (folder / "scan.jpg").write_bytes(_scan(session, pads.sheets(session, pad=long)[0].code))


def _scan(session: Session, code: str) -> bytes:
    pad = pads.pads_of(session, code)[0]
    values = session.journal(Folder.RECEPTION).values(pad)
    plate = scans.ready(session).plate(SheetCode(code, str(values["digest"])[:8].upper(), 2, str(values["layout"])))
    assert plate is not None
    chance, picture = random.Random(3), pens.blank(pads.paper(session, pad=pad, most=1).pdf, 1)
    questions: dict[str, list[pens.TickBox]] = {}
    for box in plate.ticks:
        questions.setdefault(box.asked, []).append(box)
    for boxes in questions.values():
        if chance.random() < 0.7:
            pens.put(picture, chance.choice([box for box in boxes if box.option] or boxes), chance.choice(pens.MARKS), chance)
    pens.handwriting(picture, plate.ticks, chance)
    look = pens.Look(tilt=1.5)
    return pens.as_file(pens.scanned(picture, look, chance), look)
