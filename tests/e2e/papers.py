"""What a person, or a camera, reads on a printed page."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import zxingcpp


def words_on(paper: Path) -> str:
    """The text as it is copied out of a PDF."""
    document = pypdfium2.PdfDocument(str(paper))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def codes_on(paper: Path) -> list[str]:
    """What a camera reads on the first page, at 150 dots."""
    document = pypdfium2.PdfDocument(str(paper))
    try:
        picture = document[0].render(scale=150 / 72).to_pil().convert("L")
    finally:
        document.close()
    return [found.text for found in zxingcpp.read_barcodes(picture)]
