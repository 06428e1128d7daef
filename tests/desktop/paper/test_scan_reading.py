"""How well boxes are read: a sample of what `tests.benchmarks.scans` measures at length."""

from __future__ import annotations

import random

import pytest

from desktop.forms import shipped
from desktop.paper.scanning import ink, marks
from desktop.paper.scanning.flatness import fitted
from desktop.services import tick_answers
from tests.desktop.paper import pens, scan_measure
from tests.desktop.paper.scan_measure import LOOKS, Figures


@pytest.mark.parametrize("name", LOOKS)
def test_what_is_crossed_is_suggested(name: str) -> None:
    found = Figures()
    for page in (1, 9):
        found.add(scan_measure.measure(LOOKS[name], f"{name} 7", page))
    assert found.unread == 0
    assert found.crossed > 5
    assert (found.wrong, found.sure_wrong, found.missed) == (0, 0, 0)
    assert found.right >= 0.7 * found.crossed


def test_an_empty_page_suggests_nothing() -> None:
    pdf, plates = scan_measure.sheet()
    for at, look in ((0, pens.Look(dpi=150, noise=20)), (3, pens.Look(bits=True, noise=14, tilt=2))):
        chance = random.Random(at)
        scan = pens.scanned(pens.blank(pdf, at), look, chance)
        code = next(one for one in marks.codes_in(scan) if "/" in one.text)
        flat = marks.laid(scan, code, plates[at])
        assert flat is not None
        found = ink.measured(marks.straightened(scan, flat, plates[at]), plates[at])
        assert len(found) == len(plates[at].ticks)
        assert all(one.seen and one.ink < 0.02 for one in found)


@pytest.mark.parametrize("kind", [pens.THROUGH, pens.AROUND, pens.PALE])
@pytest.mark.parametrize("look", [pens.Look(), pens.Look(dpi=150, tilt=3, quality=40)], ids=["200", "150"])
def test_what_is_no_clear_cross_is_neither_clear_nor_empty(kind: str, look: pens.Look) -> None:
    """Lines from handwriting and stamps, circles around a box, and a light pencil: a person has to look."""
    pdf, plates = scan_measure.sheet()
    definition, sure = shipped.definition("registration"), []
    for at in (1, 3, 8, 9):
        chance, picture = random.Random(f"{kind}{at}"), pens.blank(pdf, at)
        asked = list(dict.fromkeys(box.asked for box in plates[at].ticks))
        for number in asked[::2]:
            pens.put(picture, chance.choice([box for box in plates[at].ticks if box.asked == number]), kind, chance)
        scan = pens.scanned(picture, look, chance)
        code = next(one for one in marks.codes_in(scan) if "/" in one.text)
        flat = marks.laid(scan, code, plates[at])
        assert flat is not None
        told = tick_answers.said(definition, ink.measured(marks.straightened(scan, flat, plates[at]), plates[at]), "en").suggestions
        found = {one.number: one.sure for one in told}
        sure += [found.get(number, "empty") for number in asked[::2]]
        assert not set(found) & set(asked[1::2])
    assert len(sure) > 12
    assert sure.count(tick_answers.CLEAR) == 0
    assert sure.count("empty") <= 0.1 * len(sure)


def test_a_page_that_lost_a_ring_or_is_another_page_is_not_read() -> None:
    pdf, plates = scan_measure.sheet()
    scan = pens.scanned(pens.blank(pdf, 1), pens.Look(), random.Random(1))
    torn = scan.copy()
    torn.paste(238, (0, round(scan.height * 0.9), round(scan.width * 0.25), scan.height))
    code = next(one for one in marks.codes_in(scan) if "/" in one.text)
    assert marks.laid(scan, code, plates[1]) is not None
    assert marks.laid(torn, code, plates[1]) is None
    flat = marks.laid(scan, code, plates[3])
    assert flat is not None
    assert ink.measured(marks.straightened(scan, flat, plates[3]), plates[3]) == []


def test_the_map_finds_a_slanted_page() -> None:
    def seen(x: float, y: float) -> tuple[float, float]:
        below = 0.0002 * x - 0.0001 * y + 1
        return (7.5 * x + 0.3 * y + 40) / below, (-0.2 * x + 7.4 * y + 11) / below

    places = [(12.0, 13.0), (172.0, 20.0), (198.0, 46.0), (13.8, 283.0), (196.2, 283.0), (100.0, 150.0)]
    flat = fitted([(place, seen(*place)) for place in places], slanted=True)
    assert flat is not None
    for place in ((0.0, 0.0), (210.0, 297.0), (50.0, 200.0)):
        assert flat(*place) == pytest.approx(seen(*place), abs=0.01)
    assert fitted([((at, at), (at, at)) for at in (1.0, 2.0, 3.0, 4.0)], slanted=True) is None
    assert fitted([((0.0, 0.0), (1.0, 1.0))], slanted=False) is None
