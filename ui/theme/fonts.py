"""The font files of the window, and the fonts of the type scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from desktop.resources import folder

from .tokens import TYPE

FILES = (
    "NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansMyanmarUI-Regular.ttf", "NotoSansMyanmarUI-Bold.ttf",
    "NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf",
)
LATIN, BURMESE, THAI = "Noto Sans", "Noto Sans Myanmar UI", "Noto Sans Thai"


def load() -> None:
    """Register the fonts. A second Burmese family would make Qt choose by chance, so there is only one.

    FileNotFoundError: a font file is not where it belongs.
    """
    for name in FILES:
        if QFontDatabase.addApplicationFont(str(folder("fonts", name))) < 0:
            raise FileNotFoundError(name)


@cache
def _made(role: str) -> QFont:
    points, bold = TYPE[role]
    made = QFont()
    made.setFamilies([LATIN, BURMESE, THAI])  # in this order: digits and Latin letters from Noto Sans
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


def font(role: str = "body") -> QFont:
    """The font for a role of `TYPE`."""
    return QFont(_made(role))


@cache
def metric(role: str = "body") -> QFontMetrics:
    """How wide and high text of this role is."""
    return QFontMetrics(_made(role))
