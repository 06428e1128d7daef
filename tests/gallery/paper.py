"""Every document, ordinary and extreme, each page a PNG, and what is wrong with it if anything is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from desktop.forms.compile import compile_workbook
from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm
from desktop.forms.loading import load
from desktop.forms.shipped import NAMES, definition
from desktop.paper.documents import blank_form, filled_form
from desktop.paper.page import SIZES, Print
from desktop.services.form_on_paper import filled as on_paper
from desktop.services.form_on_paper_blank import blank_form as for_the_pen
from tests.desktop.forms.test_corpus import CORPUS
from tests.desktop.paper import models
from tests.desktop.paper.test_blank_forms import KINDS, hard
from tests.desktop.paper.test_documents import DOCUMENTS
from tests.desktop.paper.test_forms_on_paper import fill

DPI = 110
OTHERS = (
    "ifrc-distribution-site-assessment-v1.xlsx", "socio-economic-survey-v20240515.xlsx", "whova_form.xlsx",
    "all-question-types-v2024091201-3.xlsx",
)


def draw(folder: Path) -> Iterator[Path]:
    """Write the pages into the folder: ``document-model-size-page.png``."""
    for name, (drawn, found) in DOCUMENTS.items():
        for which, model in found.items():
            for size in SIZES:
                paper = Print("gallery", size, checked=True)
                drawn(paper, model)
                yield from _pages(folder, f"{name}-{which.replace(' ', '_')}-{size}", paper)
    for form in NAMES:
        filled = FilledForm(definition(form), language="my")
        fill(filled)
        paper = Print("gallery", checked=True)
        filled_form.draw(paper, on_paper(filled, code=models.code(6), locked=frozenset(), printed_on="2026-11-21", volunteer="V07"))
        yield from _pages(folder, f"shipped-{form}", paper)
        yield from _blank(folder, f"pen-{form}", definition(form), models.code(6))
    for name, made in {"hard": hard(), "kinds": KINDS, **dict(_corpus())}.items():
        yield from _blank(folder, f"pen-{name}", made, "")
        other = FilledForm(made)
        fill(other)
        paper = Print("gallery", checked=True)
        filled_form.draw(paper, on_paper(other, code="", locked=frozenset(), printed_on="2026-11-21", confirmed=False))
        yield from _pages(folder, f"filled-{name}", paper)


def _blank(folder: Path, name: str, form: Definition, code: str) -> Iterator[Path]:
    paper = Print("gallery", checked=True)
    blank_form.draw(paper, for_the_pen(form, code=code, guidance=True))
    yield from _pages(folder, name, paper)


def _corpus() -> Iterator[tuple[str, Definition]]:
    """Forms of others, where they are at hand."""
    for file in OTHERS:
        path = CORPUS / file
        if path.exists():
            yield path.stem[:12], load(compile_workbook(path.read_bytes()).xml)


def _pages(folder: Path, name: str, paper: Print) -> Iterator[Path]:
    for fault in paper.faults():
        print(f"{name}: {fault}")
    document = pypdfium2.PdfDocument(paper.pdf())
    for number, page in enumerate(document, 1):
        path = folder / f"{name}-{number}.png"
        page.render(scale=DPI / 72).to_pil().save(path)
        yield path
    document.close()
