"""Pictures of finished pages, for the screen and for printing as a raster. In memory only."""

from __future__ import annotations

from threading import Lock

import pypdfium2
from PIL import Image

ONE_AT_A_TIME = Lock()
"""pdfium keeps process-wide state and may not be entered twice."""


def picture(pdf: bytes, page: int, dpi: int = 96) -> tuple[int, int, bytes]:
    """One page (from 0) as (width, height, RGB bytes in rows without padding). IndexError if there is no such page."""
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 0 <= page < len(document):
                raise IndexError(page)
            bitmap = document[page].render(scale=dpi / 72, rev_byteorder=True, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGR)
            width, height, row = bitmap.width, bitmap.height, bitmap.width * 3
            source = memoryview(bitmap.buffer).cast("B")
            if bitmap.stride == row:
                return width, height, bytes(source)
            return width, height, b"".join(source[y * bitmap.stride:y * bitmap.stride + row] for y in range(height))
        finally:
            document.close()


def grey(pdf: bytes, page: int, dpi: int) -> tuple[int, int, bytes]:
    """One page (from 0) in grey as (width, height, one byte for each dot in rows without padding; 255 is white). IndexError if there is no
    such page."""
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 0 <= page < len(document):
                raise IndexError(page)
            bitmap = document[page].render(scale=dpi / 72, grayscale=True)
            size = bitmap.width, bitmap.height
            return *size, Image.frombuffer("L", size, bitmap.buffer, "raw", "L", bitmap.stride, 1).tobytes()
        finally:
            document.close()
