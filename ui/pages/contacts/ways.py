"""How guidance is given, in words."""

from __future__ import annotations

from ui.words import mark

WAYS = {"read_out": mark("Read out"), "printed": mark("On paper"), "sent": mark("Sent as a message")}
"""Each of `desktop.services.guidance.WAYS`."""
