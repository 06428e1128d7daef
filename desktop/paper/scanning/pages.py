"""Files from a scanner or a telephone as grey pages, one after another. What comes may be broken or made to do harm: every size is looked at
before anything is unpacked, drawing a page has an end, and the program does all of it in another process (`apart`)."""

from __future__ import annotations

import time
import warnings
from io import BytesIO

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from desktop.domain.errors import UserError
from desktop.paper.preview import ONE_AT_A_TIME

MOST_BYTES = 200 << 20
MOST_PAGES = 200
LONGEST = 3600
"""Pixels of the long side of a page: A4 at 300 dots for an inch."""
_POINTS_MOST, _SIDE_MOST = 80_000_000, 20_000
_DRAWN_AT = 200  # dots for an inch
_DRAWN_MOST = 12_000_000
_SECONDS = 20.0
_KINDS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP")
_TELEPHONE = {**dict.fromkeys((b"heic", b"heix", b"hevc", b"mif1", b"msf1"), "HEIC"), b"avif": "AVIF"}
"""What telephones write at the beginning of pictures that are not read here."""
_BROKEN = (
    UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError, KeyError, TypeError, AttributeError, EOFError, OverflowError,
    ZeroDivisionError, MemoryError, RuntimeError, NotImplementedError,
)
"""A broken picture makes the library fail in many ways."""


def count(content: bytes) -> int:
    """How many pages there are. UserError: scan.too_large, scan.too_many (most), scan.unreadable, scan.locked,
    file.picture_kind (what)."""
    if len(content) > MOST_BYTES:
        raise UserError("scan.too_large", most=MOST_BYTES >> 20)
    pages = _pdf_count(content) if _is_pdf(content) else _frames(_opened(content))
    if pages > MOST_PAGES:
        raise UserError("scan.too_many", most=MOST_PAGES)
    return pages


def page(content: bytes, number: int) -> Image.Image:
    """A page (from 0) in grey, the right way up as far as the file tells, with nothing but its dots. UserError: scan.too_large, scan.unreadable,
    scan.locked, scan.too_slow."""
    if _is_pdf(content):
        return _pdf_page(content, number)
    return picture(content, number)


def picture(content: bytes, number: int = 0) -> Image.Image:
    """A page of a file that is no PDF. UserError: scan.too_large, scan.unreadable."""
    opened = _opened(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened.seek(number)
            _check(opened.width, opened.height)
            opened.draft("L", (LONGEST, LONGEST))
            opened.load()
            return _grey(ImageOps.exif_transpose(opened))
    except UserError:
        raise
    except Image.DecompressionBombError:
        raise UserError("scan.too_large", most=MOST_BYTES >> 20) from None
    except _BROKEN:
        raise UserError("scan.unreadable") from None


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


# -- pictures


def _opened(content: bytes) -> Image.Image:
    kind = _TELEPHONE.get(content[8:12]) if content[4:8] == b"ftyp" else None
    if kind is not None:
        raise UserError("file.picture_kind", what=kind)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(BytesIO(content), formats=_KINDS)
    except Image.DecompressionBombError:
        raise UserError("scan.too_large", most=MOST_BYTES >> 20) from None
    except _BROKEN:
        raise UserError("scan.unreadable") from None
    _check(picture.width, picture.height)
    return picture


def _check(width: int, height: int) -> None:
    if width * height > _POINTS_MOST or max(width, height) > _SIDE_MOST:
        raise UserError("scan.too_large", most=MOST_BYTES >> 20)


def _frames(picture: Image.Image) -> int:
    """How many pages a picture has. A TIFF whose pages lead back to an earlier one has as many as are looked for."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number in range(MOST_PAGES + 1):
                try:
                    picture.seek(number)
                except EOFError:
                    return max(1, number)
    except _BROKEN:
        raise UserError("scan.unreadable") from None
    return MOST_PAGES + 1


def _grey(picture: Image.Image) -> Image.Image:
    """Fresh grey dots on white, no more than `LONGEST` long."""
    if picture.mode.startswith(("I", "F")):  # 16 and 32 bits: shown by their upper 8
        _, high = picture.convert("F").getextrema()
        top = float(high) if isinstance(high, (int, float)) and high > 255 else 255.0
        picture = picture.convert("F").point(lambda value: value * (255.0 / top)).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        picture = Image.new("RGB", clear.size, (255, 255, 255))
        picture.paste(clear, mask=clear.getchannel("A"))
    grey = picture.convert("L")
    grey.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    fresh = Image.new("L", grey.size, 255)
    fresh.paste(grey)
    return fresh


# -- PDF


def _document(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UserError("scan.locked" if "password" in str(error).lower() else "scan.unreadable") from None


def _pdf_count(content: bytes) -> int:
    with ONE_AT_A_TIME:
        document = _document(content)
        try:
            return len(document)
        finally:
            document.close()


def _pdf_page(content: bytes, number: int) -> Image.Image:
    with ONE_AT_A_TIME:
        document = _document(content)
        try:
            return _drawn(document[number])
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            raise UserError("scan.unreadable") from None
        finally:
            document.close()


def _drawn(sheet: pypdfium2.PdfPage) -> Image.Image:
    """A page of a PDF. What it holds is drawn a piece at a time, so that it can be left when it takes too long."""
    end = time.monotonic() + _SECONDS
    for piece in sheet.get_objects():  # pieces may hold each other many times over
        if time.monotonic() > end:
            raise UserError("scan.too_slow")
        if isinstance(piece, pypdfium2.PdfImage):
            _check(*piece.get_px_size())
    width, height = sheet.get_size()
    if not (1 <= width <= 20_000 and 1 <= height <= 20_000):
        raise UserError("scan.too_large", most=MOST_BYTES >> 20)
    scale = min(_DRAWN_AT / 72, (_DRAWN_MOST / (width * height)) ** 0.5, LONGEST / max(width, height))
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pypdfium2.PdfBitmap.new_native(across, down, pypdfium2.raw.FPDFBitmap_Gray)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, across, down)
        _draw_in_time(bitmap, sheet, across, down)
        return Image.frombuffer("L", (across, down), bytes(memoryview(bitmap.buffer)), "raw", "L", bitmap.stride, 1).copy()
    finally:
        bitmap.close()


def _draw_in_time(bitmap: pypdfium2.PdfBitmap, sheet: pypdfium2.PdfPage, across: int, down: int) -> None:
    raw = pypdfium2.raw
    end = time.monotonic() + _SECONDS
    pause = raw.IFSDK_PAUSE(1, type(raw.IFSDK_PAUSE().NeedToPauseNow)(lambda _pause: time.monotonic() > end), None)
    flags = raw.FPDF_GRAYSCALE | raw.FPDF_ANNOT
    state = raw.FPDF_RenderPageBitmap_Start(bitmap, sheet, 0, 0, across, down, 0, flags, pause)
    while state == raw.FPDF_RENDER_TOBECONTINUED and time.monotonic() < end:
        state = raw.FPDF_RenderPage_Continue(sheet, pause)
    raw.FPDF_RenderPage_Close(sheet)
    if state == raw.FPDF_RENDER_TOBECONTINUED:
        raise UserError("scan.too_slow")
    if state != raw.FPDF_RENDER_DONE:
        raise UserError("scan.unreadable")
