"""Invented photos: a head and shoulders without a face, in colours drawn from a seed. Nobody can be known by one."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

_WIDE, _HIGH = 240, 300
_WALLS = ((206, 214, 222), (222, 212, 196), (200, 216, 204), (218, 206, 214), (212, 212, 200))
_SKIN = ((196, 150, 112), (178, 128, 92), (208, 166, 130))
_SHIRTS = ((52, 86, 120), (120, 60, 62), (70, 104, 78), (92, 84, 112), (150, 118, 60))
_HAIR = (38, 32, 30)


def portrait(seed: int, *, long_hair: bool = False) -> bytes:
    """A small JPEG; the same seed gives the same bytes."""
    random = Random(seed)  # noqa: S311 - an invented picture, no secret
    picture = Image.new("RGB", (_WIDE, _HIGH), random.choice(_WALLS))
    draw = ImageDraw.Draw(picture)
    across, middle, top = random.randint(38, 46), _WIDE // 2 + random.randint(-8, 8), random.randint(70, 84)
    skin, shirt = random.choice(_SKIN), random.choice(_SHIRTS)
    if long_hair:
        draw.rounded_rectangle((middle - across - 10, top - 12, middle + across + 10, top + 150), 40, _HAIR)
    draw.rectangle((middle - 18, top + 80, middle + 18, top + 130), skin)
    draw.ellipse((middle - 100, top + 112, middle + 100, top + 330), shirt)
    draw.ellipse((middle - across - 4, top - 14, middle + across + 4, top + 70), _HAIR)
    draw.ellipse((middle - across, top, middle + across, top + 108), skin)
    data = BytesIO()
    picture.save(data, "JPEG", quality=80)
    return data.getvalue()
