"""People registered twice under different spellings, for tests and pictures."""

from __future__ import annotations

from desktop.domain.ids import RecordId
from desktop.services import intake, merging
from desktop.services.session import Session


def register(session: Session, **answers: str) -> RecordId:
    """Answer questions of the arrival card by their names and save it."""
    opened = intake.begin_arrival(session, language="en")
    for name, text in answers.items():
        refused = opened.form.set(f"/data/{name}", text)
        if refused:
            raise ValueError(f"{name}: {refused}")
    return intake.save_arrival(session, opened=opened)[0].person


def two(session: Session) -> tuple[RecordId, RecordId]:
    """One man on two cards: once in Burmese letters, once in English ones."""
    first = register(session, name="အောင်မျိုးထက်", age="30", sex="man", township="Hpa-An", father_name="ဦးဘသန်း")
    return first, register(session, name="Aung Myo Htat", age="31", sex="man", township="Hpa-an", father_name="U Ba Than", needs="bed")


def joined(session: Session) -> RecordId:
    """A man who was registered twice and made one."""
    first = register(session, name="Saw Bwe Htoo", age="40", sex="man")
    merging.merge(session, one=first, two=register(session, name="စောဘွဲထူး", age="40", sex="man"), take={})
    return first
