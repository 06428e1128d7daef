"""Pictures: nothing but pixels is kept, and hostile ones do no harm."""

from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from desktop.domain.errors import UserError
from desktop.services import pictures

CANARY = b"CANARY-18.7-98.9"


def photo(size: tuple[int, int] = (800, 600), kind: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    """A picture whose left half is red and right half blue."""
    picture = Image.new("RGB", size, (200, 30, 30))
    picture.paste((30, 30, 200), (size[0] // 2, 0, *size))
    out = BytesIO()
    picture.convert(mode).save(out, kind, **more)
    return out.getvalue()


def telephone() -> bytes:
    """A picture as a telephone makes it: a place, an owner, a thumbnail, a profile, a comment, something behind the end."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (18.0, 42.0, 5.0), 3: "E", 4: (98.0, 54.0, 1.0), 29: CANARY.decode()})
    exif.get_ifd(0x8769).update({0x927C: CANARY * 1000})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = photo(exif=exif, icc_profile=profile, comment=CANARY, xmp=b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>")
    return made + CANARY


def segments(jpeg: bytes) -> list[int]:
    """The markers before the picture itself."""
    at, found = 2, []
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return found


def test_nothing_but_the_picture_is_kept() -> None:
    given = telephone()
    assert given.count(CANARY) >= 4
    cleaned = pictures.cleaned_photo(given)
    assert CANARY not in cleaned
    assert set(segments(cleaned)) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}, "only what is needed to draw it"
    shown = Image.open(BytesIO(cleaned))
    assert not shown.getexif()
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert cleaned.endswith(b"\xff\xd9")


def test_the_right_way_up() -> None:
    shown = Image.open(BytesIO(pictures.cleaned_photo(telephone())))
    assert shown.size == (600, 800)
    top, bottom = shown.getpixel((300, 20)), shown.getpixel((300, 780))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 150 > top[2]
    assert bottom[2] > 150 > bottom[0]


@pytest.mark.parametrize(("size", "wanted"), [((4000, 3000), (1600, 1200)), ((3000, 4000), (1200, 1600)), ((20, 10), (20, 10)), ((9000, 2), (1600, 1))])
def test_at_most_so_long(size: tuple[int, int], wanted: tuple[int, int]) -> None:
    assert Image.open(BytesIO(pictures.cleaned_photo(photo(size)))).size == wanted


@pytest.mark.parametrize(("kind", "mode"), [
    ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("PNG", "1"), ("WEBP", "RGB"), ("BMP", "RGB"),
    ("TIFF", "CMYK"), ("TIFF", "RGB"), ("GIF", "P"),
])
def test_every_common_kind(kind: str, mode: str) -> None:
    shown = Image.open(BytesIO(pictures.cleaned_photo(photo(kind=kind, mode=mode))))
    assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (800, 600))


def test_sixteen_bits() -> None:
    picture = Image.frombytes("I;16", (64, 64), struct.pack("<64H", *[3_000] * 32, *[60_000] * 32) * 64)
    out = BytesIO()
    picture.save(out, "PNG")
    shown = Image.open(BytesIO(pictures.cleaned_photo(out.getvalue()))).convert("L")
    dark, bright = shown.getpixel((5, 30)), shown.getpixel((60, 30))
    assert isinstance(dark, int)
    assert isinstance(bright, int)
    assert dark < 40
    assert bright > 200


def test_of_a_moving_picture_the_first_one() -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ((255, 0, 0), (0, 255, 0), (0, 0, 255))]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    shown = Image.open(BytesIO(pictures.cleaned_photo(out.getvalue()))).getpixel((10, 10))
    assert isinstance(shown, tuple)
    assert shown[0] > 200 > 60 > shown[1]


def test_what_can_be_seen_through_is_on_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")
    assert Image.open(BytesIO(pictures.cleaned_drawing(out.getvalue()))).getpixel((5, 5)) == (255, 255, 255)


def test_drawings_stay_sharp_and_carry_nothing() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", CANARY.decode())
    cleaned = pictures.cleaned_drawing(photo(kind="PNG", pnginfo=told))
    assert CANARY not in cleaned
    shown = Image.open(BytesIO(cleaned))
    assert (shown.format, shown.info) == ("PNG", {})
    assert shown.getpixel((399, 10)) == (200, 30, 30)
    assert shown.getpixel((400, 10)) == (30, 30, 200)


def test_small_ones_for_the_screen() -> None:
    shown = Image.open(BytesIO(pictures.small(telephone(), 160)))
    assert (shown.format, shown.size) == ("PNG", (120, 160))


def code(content: bytes) -> str:
    with pytest.raises(UserError) as error:
        pictures.cleaned_photo(content)
    return error.value.code


def outcome(content: bytes) -> str:
    try:
        pictures.cleaned_photo(content)
    except UserError as error:
        return error.code
    return "kept"


def bomb(width: int, height: int) -> bytes:
    """A few bytes of PNG that stand for a very large picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def test_bombs() -> None:
    assert code(bomb(100_000, 100_000)) == "file.too_large"
    assert code(bomb(2_000_000_000, 2)) == "file.too_large"
    assert code(bomb(2, 30_000)) == "file.too_large"
    assert code(bytes((20 << 20) + 1)) == "file.too_large"


@pytest.mark.parametrize(("content", "wanted"), [
    (b"", "file.not_a_picture"), (b"hello", "file.not_a_picture"), (bytes(5000), "file.not_a_picture"),
    (photo()[:900], "file.not_a_picture"), (photo(kind="PNG")[:200], "file.not_a_picture"), (bomb(50, 50), "file.not_a_picture"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "file.picture_kind"),
    (b'\xef\xbb\xbf<?xml version="1.0"?><svg/>', "file.picture_kind"),
    (b"\0\0\0\x18ftypheic\0\0\0\0", "file.picture_kind"), (b"%PDF-1.7", "file.picture_kind"),
    (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "file.not_a_picture"),
])
def test_what_is_refused(content: bytes, wanted: str) -> None:
    assert code(content) == wanted


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"])
def test_damaged_at_random(kind: str) -> None:
    chance = random.Random(kind)
    whole = telephone() if kind == "JPEG" else photo((60, 40), kind, "P" if kind == "GIF" else "RGB")
    for _ in range(60):
        bad = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            bad[chance.randrange(min(len(bad), 4000))] = chance.randrange(256)
        assert outcome(bytes(bad)[: chance.choice([len(bad), chance.randrange(len(bad))])]) in ("kept", "file.not_a_picture", "file.too_large")


def test_pictures_given_as_files() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", CANARY.decode())
    for given, wanted in ((telephone(), pictures.JPEG), (photo(kind="PNG", pnginfo=told), pictures.PNG), (photo(kind="WEBP", xmp=CANARY), pictures.JPEG)):
        assert CANARY in given
        kept = pictures.as_kept(given)
        assert kept is not None
        assert kept[1] == wanted
        assert CANARY not in kept[0]
    for content in (b"%PDF-1.4", b"<svg/>", b"PK\3\4", b"", b"text"):
        assert pictures.as_kept(content) is None
    with pytest.raises(UserError, match="picture_kind"):
        pictures.as_kept(b"\0\0\0\x18ftypheic\0\0\0\0")
