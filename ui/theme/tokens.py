"""Every colour, size and distance in one place. Nothing else in the window holds a number of its own for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Colours:
    """The light theme. High contrast writes other values here, before any widget exists: read `C` late, never copy from it."""

    ink: str = "#1B2733"  # text
    ink2: str = "#465361"  # second facts, labels
    ink3: str = "#5E6B7A"  # hints, captions: still 4.5:1 on paper
    faint: str = "#97A1AD"  # switched-off text only
    rail: str = "#1F2A37"
    rail_on: str = "#33424F"  # chosen page in the rail
    rail_strong: str = "#FFFFFF"  # site name, lock
    rail_ink: str = "#D6DDE5"
    rail_ink2: str = "#A3AFBC"
    paper: str = "#F6F7F9"  # side panels, status line
    surface: str = "#FFFFFF"  # the page
    line: str = "#E1E5EA"  # between rows
    line2: str = "#C9D0D8"  # between regions
    edge: str = "#858F9C"  # borders of fields: 3:1 on white
    accent: str = "#0F6B6B"
    accent_dark: str = "#0B5555"
    accent_soft: str = "#E2F0EE"  # chosen row, chosen option
    accent_key: str = "#D5E9E7"  # a shortcut on an accent button
    warn: str = "#855300"
    warn_soft: str = "#FFF4DC"
    danger: str = "#B3261E"
    danger_soft: str = "#FCEBE9"
    good: str = "#1E6B3A"
    good_soft: str = "#E5F3EA"
    plain_soft: str = "#E9ECF0"
    off: str = "#97A1AD"  # a filled button that is switched off, and the words on it
    off_ink: str = "#FFFFFF"


C = Colours()

TONES = ("plain", "accent", "good", "warn", "danger")


def colour(name: str) -> str:
    """The colour of a token as it stands now."""
    return str(getattr(C, name))


def tone(name: str) -> tuple[str, str]:
    """The ink and the soft fill of a state; `name` is one of TONES."""
    return (C.ink2 if name == "plain" else colour(name)), colour(f"{name}_soft")


EDGE = 24  # page edge
PANEL_EDGE = 20
PANEL_WIDTH = 336
RADIUS = 6

TYPE: dict[str, tuple[float, bool]] = {
    "display": (26, True),  # one number on a page: the token
    "title": (18, True),
    "heading": (12, True),  # a region of a page
    "strong": (10.5, True),
    "body": (10.5, False),
    "small": (9.5, False),  # second lines, column heads, chips
    "smallstrong": (9.5, True),
}
"""Role of a text -> (points, bold)."""


@dataclass(frozen=True)
class Metrics:
    """Heights that depend on the script: Burmese stacks need more room above and below the line."""

    row: int
    row2: int  # a row with two lines
    field: int
    choice: int
    chip: int
    rail: int
    rail_width: int
    gap: int  # between a label and its field
    lines: int  # between lines of facts


LATIN = Metrics(row=34, row2=48, field=32, choice=32, chip=22, rail=34, rail_width=184, gap=4, lines=6)
BURMESE = Metrics(row=40, row2=58, field=38, choice=34, chip=28, rail=40, rail_width=204, gap=4, lines=9)
