"""How well boxes are read: pages of the long form are filled with a pen, scanned in every bad way, and what is suggested is compared with what was
meant."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image

from desktop.domain.codes import check_character
from desktop.domain.values import Silence
from desktop.forms import shipped
from desktop.forms.unanswered import Unanswered
from desktop.paper.documents import blank_form
from desktop.paper.documents.blank_form import Plate
from desktop.paper.page import Print, TickBox
from desktop.paper.scanning import ink, marks
from desktop.services import tick_answers
from desktop.services.form_on_paper_blank import blank_form as on_paper
from desktop.services.form_on_paper_blank import numbers_of
from desktop.services.scan_codes import read
from desktop.services.tick_answers import CANNOT, CLEAR
from desktop.words.labels import silence_label
from tests.desktop.paper import pens
from tests.desktop.paper.pens import Look

LOOKS = {
    "glass, 200 dpi grey": Look(),
    "glass, 150 dpi grey, 3 degrees, JPEG 40": Look(dpi=150, tilt=3, quality=40),
    "glass, 200 dpi black and white, -3 degrees": Look(tilt=-3, bits=True, noise=10),
    "glass, 150 dpi black and white": Look(dpi=150, bits=True, tilt=1.5, noise=10),
    "glass, 150 dpi grey, much noise, JPEG 30": Look(dpi=150, noise=20, quality=30),
    "upside down": Look(turned=2, tilt=2),
    "telephone, slanted 4 %, smaller, JPEG 35": Look(slant=0.04, scale=0.93, tilt=2, noise=9, quality=35),
}
_CODE = "K7M42QX" + check_character("K7M42QX")


@dataclass
class Figures:
    """Pages, those of which nothing was read, and questions by what was suggested. `crossed` questions had ink that meant something; `wrong` suggestions
    say something else than was meant (or say something where nothing was), `sure_wrong` of them as clear."""

    pages: int = 0
    unread: int = 0
    crossed: int = 0
    right: int = 0
    looked: int = 0
    cannot: int = 0
    missed: int = 0
    wrong: int = 0
    sure_wrong: int = 0

    def add(self, other: Figures) -> None:
        """Sum up."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def suggested(self) -> int:
        """Everything that was suggested as an answer."""
        return self.right + self.looked + self.wrong


@cache
def sheet() -> tuple[bytes, tuple[Plate, ...]]:
    """The long form in two languages as a PDF, and where its boxes are."""
    definition = shipped.definition("registration")
    model = on_paper(definition, languages=("my", "en")).numbered(_CODE, "1A2B3C4D", "A00001")
    paper = Print("x")
    blank_form.draw(paper, model)
    return paper.pdf(), tuple(blank_form.plates(model, "A4"))


def measure(look: Look, seed: object, page: int) -> Figures:
    """One page, filled, scanned and read."""
    pdf, plates = sheet()
    plate, chance = plates[page], random.Random(f"{seed}{page}")
    picture = pens.blank(pdf, page)
    meant = {asked: _fill(picture, boxes, chance) for asked, boxes in _questions(plate.ticks).items()}
    pens.handwriting(picture, plate.ticks, chance)
    scan = pens.scanned(picture, look, chance)
    figures = Figures(pages=1, crossed=sum(1 for answer in meant.values() if answer))
    code = next((one for one in marks.codes_in(scan) if read(one.text) is not None), None)
    flat = marks.laid(scan, code, plate) if code is not None else None
    inked = ink.measured(marks.straightened(scan, flat, plate), plate) if flat is not None else []
    if not inked:
        figures.unread, figures.missed = 1, figures.crossed
        return figures
    definition = shipped.definition("registration")
    paths = {number: "/" + "/".join(path) for path, number in numbers_of(definition).items()}
    found = {one.path: one for one in tick_answers.said(definition, inked, "en").suggestions}
    for asked, answer in meant.items():
        _judge(figures, found.get(paths[asked]), answer)
    return figures


def _judge(figures: Figures, one: tick_answers.Suggestion | None, meant: tuple[str, ...]) -> None:
    if one is None:
        figures.missed += bool(meant)
    elif one.sure == CANNOT:
        figures.cannot += 1
    elif sorted(one.told) == sorted(meant):
        figures.right += one.sure == CLEAR
        figures.looked += one.sure != CLEAR
    else:
        figures.wrong += 1
        figures.sure_wrong += one.sure == CLEAR


def _questions(boxes: Iterable[TickBox]) -> dict[str, list[TickBox]]:
    """The boxes of each question that is read."""
    definition = shipped.definition("registration")
    repeated = {
        number for path, number in numbers_of(definition).items()
        if any(path[:end] in definition.repeats for end in range(1, len(path)))
    }
    found: dict[str, list[TickBox]] = {}
    for box in boxes:
        if box.asked not in repeated:
            found.setdefault(box.asked, []).append(box)
    return found


def _fill(picture: Image.Image, boxes: Sequence[TickBox], chance: random.Random) -> tuple[str, ...]:
    """Answer one question, or leave it. Sometimes the wrong box is struck out first, or a tick is far too long."""
    if chance.random() < 0.4:
        return ()
    options, silences = [box for box in boxes if box.option], [box for box in boxes if box.silence]
    several = bool(options) and not options[0].round
    if silences and (not options or chance.random() < 0.2):
        chosen = [chance.choice(silences)]
    else:
        chosen = chance.sample(options, min(len(options), chance.randint(1, 3) if several else 1))
        others = [box for box in options if box not in chosen]
        if not several and others and chance.random() < 0.05:
            pens.put(picture, chance.choice(others), pens.BLACKENED, chance)
    for box in chosen:
        kind = pens.LONG if chance.random() < 0.08 else chance.choice(pens.MARKS)
        pens.put(picture, box, kind, chance)
    return tuple(_words(box) for box in chosen)


@cache
def _labels() -> dict[tuple[str, int], str]:
    """(number of a question, option) -> its words in English."""
    definition = shipped.definition("registration")
    reader = Unanswered(definition, definition.language("en"))
    found = {}
    for path, number in numbers_of(definition).items():
        for at, (_, words) in enumerate(tick_answers.options_of(definition.specs[path], reader), 1):
            found[number, at] = words
    return found


def _words(box: TickBox) -> str:
    if box.silence:
        return silence_label(Silence(box.silence), "en")
    return _labels()[box.asked, box.option]
