"""Every document, ordinary and extreme, each page a PNG, and what is wrong with it if anything is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from desktop.forms.filled import FilledForm
from desktop.forms.shipped import NAMES, definition
from desktop.paper.documents import registration
from desktop.paper.page import SIZES, Print
from desktop.services.form_on_paper import registration as on_paper
from tests.desktop.paper import models
from tests.desktop.paper.test_documents import DOCUMENTS
from tests.desktop.paper.test_forms_on_paper import fill

DPI = 110


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
        registration.draw(paper, on_paper(filled, code=models.code(6), locked=frozenset(), printed_on="2026-11-21", volunteer="V07"))
        yield from _pages(folder, f"shipped-{form}", paper)


def _pages(folder: Path, name: str, paper: Print) -> Iterator[Path]:
    for fault in paper.faults():
        print(f"{name}: {fault}")
    document = pypdfium2.PdfDocument(paper.pdf())
    for number, page in enumerate(document, 1):
        path = folder / f"{name}-{number}.png"
        page.render(scale=DPI / 72).to_pil().save(path)
        yield path
    document.close()
