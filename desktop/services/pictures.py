"""Pictures made safe: decoded with limits, turned the right way up, and drawn anew, so that nothing but the pixels is kept.

Photos carry the place, the time and the owner of the telephone. Copying the pixels into a fresh picture leaves all of it behind, known
and unknown: EXIF, XMP, colour profiles, thumbnails, comments, and what is appended after the end.
"""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from desktop.domain.errors import UserError
from desktop.vault.files import MOST

JPEG, PNG = "image/jpeg", "image/png"
TYPES = frozenset({JPEG, PNG, "image/webp", "image/bmp", "image/gif", "image/tiff"})
LONGEST = 1600  # pixels of the long side of a kept picture
_QUALITY = 82
_PIXELS_MOST = 80_000_000  # the largest telephones make 50 million; a picture in memory takes up to 4 bytes for each
_SIDE_MOST = 20_000
_READ = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")
_REFUSED = (  # what a file says it is at its beginning, for formats that we do not read
    (4, b"ftypheic", "HEIC"), (4, b"ftypheix", "HEIC"), (4, b"ftypmif1", "HEIC"), (4, b"ftypmsf1", "HEIC"), (4, b"ftypavif", "AVIF"),
    (0, b"%PDF", "PDF"), (0, b"<svg", "SVG"), (0, b"<?xml", "SVG"),
)
_SHRINKABLE = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")
_WHITE = (255, 255, 255)


def cleaned_photo(content: bytes) -> bytes:
    """The picture as JPEG, at most `LONGEST` pixels long. UserError: file.not_a_picture, file.picture_kind (what), file.too_large."""
    return _written(_bare(_opened(content, LONGEST), LONGEST), "JPEG")


def cleaned_drawing(content: bytes) -> bytes:
    """The picture as PNG on white. Errors as for `cleaned_photo`."""
    return _written(_bare(_opened(content, LONGEST), LONGEST), "PNG")


def small(content: bytes, side: int) -> bytes:
    """A PNG at most `side` pixels long, for the screen. Errors as for `cleaned_photo`."""
    return _written(_bare(_opened(content, side), side), "PNG")


def as_kept(content: bytes) -> tuple[bytes, str] | None:
    """A picture that was given as a mere file, drawn anew, and its media type; None for what no camera or scanner makes, which is kept as it
    is. UserError file.picture_kind for telephone pictures that we cannot draw anew, and as for `cleaned_photo`."""
    if content.startswith(b"\xff\xd8\xff") or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return cleaned_photo(content), JPEG
    if content.startswith(b"\x89PNG"):
        return cleaned_drawing(content), PNG
    for at, mark, what in _REFUSED:
        if at and content[at : at + len(mark)] == mark:
            raise UserError("file.picture_kind", what=what)
    return None


def _opened(content: bytes, side: int) -> Image.Image:
    """The first frame, decoded whole, about as large as needed for `side`."""
    if len(content) > MOST:
        raise UserError("file.too_large", most=MOST >> 20)
    for at, mark, what in _REFUSED:
        if content.lstrip(b"\xef\xbb\xbf \r\n\t")[at : at + len(mark)] == mark:
            raise UserError("file.picture_kind", what=what)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of broken tags, which are left behind anyway; too many pixels are told below
            picture = Image.open(BytesIO(content), formats=_READ)
            if picture.width * picture.height > _PIXELS_MOST or max(picture.size) > _SIDE_MOST:
                raise UserError("file.too_large", most=MOST >> 20)
            picture.draft("RGB", (side, side))
            picture.load()
    except UserError:
        raise
    except Image.DecompressionBombError:
        raise UserError("file.too_large", most=MOST >> 20) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError, KeyError, TypeError,
            AttributeError, EOFError, OverflowError, ZeroDivisionError, MemoryError, RuntimeError, NotImplementedError):
        raise UserError("file.not_a_picture") from None  # a broken picture makes the library fail in many ways
    return picture


def _bare(picture: Image.Image, side: int) -> Image.Image:
    """Only the pixels: the right way up, on white, three colours, no longer than `side`."""
    if picture.mode in _SHRINKABLE:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)  # first, so that the copies that follow are small
    flat = _on_white(_turned(picture))
    flat.thumbnail((side, side), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", flat.size, _WHITE)
    fresh.paste(flat)
    return fresh


def _turned(picture: Image.Image) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ImageOps.exif_transpose(picture)
    except Exception:  # whatever is wrong with the tags, the pixels are as good as they are
        return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(("I;16", "I", "F")):  # 16 and 32 bits: shown by their upper 8
        picture = _eight_bits(picture)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        flat = Image.new("RGB", clear.size, _WHITE)
        flat.paste(clear, mask=clear.getchannel("A"))
        return flat
    return picture.convert("RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    _low, high = picture.convert("F").getextrema()
    most = 255 if float(high) <= 255 else 65535 if float(high) <= 65535 else float(high)  # type: ignore[arg-type]
    return picture.convert("F").point(lambda value: value * (255 / most)).convert("L")


def _written(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    if kind == "JPEG":
        picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    else:
        picture.save(out, "PNG", optimize=True)
    return out.getvalue()
