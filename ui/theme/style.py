"""Put the look on the application: Fusion, palette, a little QSS, fonts, and the system's high contrast."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from re import sub

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from . import fonts, icons
from .tokens import C


def palette() -> QPalette:
    """The tokens as a palette."""
    made, role, group = QPalette(), QPalette.ColorRole, QPalette.ColorGroup
    for where, ink in (
        (role.Window, C.surface), (role.WindowText, C.ink), (role.Base, C.surface), (role.AlternateBase, C.paper), (role.Text, C.ink),
        (role.Button, C.surface), (role.ButtonText, C.ink), (role.Highlight, C.accent), (role.Accent, C.accent),
        (role.HighlightedText, C.surface), (role.Link, C.accent), (role.Mid, C.line2), (role.PlaceholderText, C.ink3),
        (role.ToolTipBase, C.rail), (role.ToolTipText, C.surface),
    ):
        made.setColor(where, QColor(ink))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, where, QColor(C.faint))
    return made


def stylesheet() -> str:
    """The QSS with the tokens filled in."""
    text, values = (Path(__file__).parent / "waystation.qss").read_text(encoding="utf-8"), asdict(C)
    return sub(r"@([a-z_]+\d?)", lambda found: str(values.get(found[1], found[0])), text)


def high_contrast(app: QApplication) -> bool:
    """True if the person asked the system for it. Always False with a Qt that cannot tell."""
    ask = getattr(app.styleHints(), "accessibility", None)
    return bool(ask and ask().contrastPreference() == Qt.ContrastPreference.HighContrast)


def adopt(system: QPalette) -> None:
    """Take the colours of the system's high contrast: two inks, no soft fills, every line drawn in full."""
    role = QPalette.ColorRole
    ink, ground, mark = (system.color(one).name() for one in (role.WindowText, role.Base, role.Highlight))
    for name in asdict(C):
        inky = name.startswith(("ink", "rail_ink", "rail_strong", "line", "edge")) or name in ("warn", "danger", "good")
        setattr(C, name, ink if inky else mark if name in ("accent", "accent_dark", "rail_on") else ground)
    C.faint = system.color(QPalette.ColorGroup.Disabled, role.WindowText).name()
    C.off, C.off_ink = ground, C.faint


def apply(app: QApplication, *, contrast: bool | None = None) -> None:
    """Once, before the first widget. `contrast` None: as the system asks."""
    fonts.load()
    QDir.addSearchPath("icons", str(icons.FOLDER))
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(fonts.font("body"))
    if high_contrast(app) if contrast is None else contrast:
        adopt(app.palette())
    app.setPalette(palette())
    app.setStyleSheet(stylesheet())
