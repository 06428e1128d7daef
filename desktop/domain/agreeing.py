"""Whose agreement is needed before something is told or decided about somebody, by their age.

Source: the usual practice of child protection (informed consent of the grown-up, assent of the child as soon as they can understand).
"""

from __future__ import annotations

GROWN = 18
OWN_VOICE = 15
"""From this age a young person agrees for themself; a caregiver is asked as well where the young person wants it."""
UNDERSTANDS = 6
"""From this age a child is asked too."""


def who_agrees(age: int | None) -> frozenset[str]:
    """``self``, ``caregiver`` or both. An unknown age is that of somebody grown."""
    if age is None or age >= OWN_VOICE:
        return frozenset({"self"})
    return frozenset({"self", "caregiver"}) if age >= UNDERSTANDS else frozenset({"caregiver"})
