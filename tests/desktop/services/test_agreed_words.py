"""Words that were agreed, found in what many people say: the tables find what comparing each with each finds, and in a moment."""

from __future__ import annotations

import random
import time

import pytest

from desktop.domain import codes
from desktop.domain.folders import Folder
from desktop.services import arriving
from desktop.services.agreed_words import AgreedWords, holds_word, spoken
from desktop.services.session import Session

SYLLABLES = ("သ", "ရက်", "သီး", "မိုး", "လေ", "ရာ", "သီ", "အောင်", "နွေ", "ဦး", "က္က", "ကျွန်ုပ်")
WORDS = ("mango", "rain", "tea", "green", "cat", "season", "tree", "three")


def words(chance: random.Random, most: int = 5) -> str:
    if chance.random() < 0.5:
        return chance.choice(("", " ")).join(chance.choices(SYLLABLES, k=chance.randint(1, most)))
    return chance.choice((" ", "-", ", ")).join(chance.choices(WORDS, k=chance.randint(1, min(3, most))))


def noisy(chance: random.Random, text: str) -> str:
    """The same words with a letter gone, doubled, or two that changed places, or inside a sentence."""
    at = chance.randrange(max(1, len(text) - 1))
    return chance.choice((
        text[:at] + text[at + 1:], text[:at] + text[at:at + 1] + text[at:], text[:at] + text[at:at + 2][::-1] + text[at + 2:],
        f"I was told {text} today", text.upper(),
    ))


def one_apart(one: str, two: str) -> bool:
    """Whether one edit makes one of the other, found by trying every edit."""
    tries = {one}
    for at in range(len(one) + 1):
        tries |= {one[:at] + one[at + 1:], one[:at] + one[at:at + 2][::-1] + one[at + 2:]}
        tries |= {one[:at] + letter + one[at:] for letter in set(two)} | {one[:at] + letter + one[at + 1:] for letter in set(two)}
    return two in tries


def test_the_tables_find_what_comparing_each_with_each_finds() -> None:
    chance = random.Random(7)
    agreed = [words(chance) for _ in range(60)]
    tables = AgreedWords()
    for at, text in enumerate(agreed):
        tables.add(text, at)
    held = near = 0
    for _ in range(250):
        said = noisy(chance, chance.choice(agreed)) if chance.random() < 0.7 else words(chance, 8)
        now = spoken(said)
        exact = {at for at, text in enumerate(agreed) if spoken(text).letters == now.letters or holds_word(said, text)}
        assert tables.held(now) == exact, said
        long = {at for at, text in enumerate(agreed) if len(spoken(text).letters) >= 6 and one_apart(now.letters, spoken(text).letters)}
        assert tables.near(now) == long, said
        held, near = held + bool(exact), near + bool(long - exact)
    assert held > 50
    assert near > 20


@pytest.mark.parametrize("text", ["", "  ", "—!", "၊။"])
def test_no_words_fit_nobody(text: str) -> None:
    tables = AgreedWords()
    tables.add(text, 0)
    for said in ("", "mango", text):
        assert tables.held(spoken(said)) == tables.near(spoken(said)) == set()


def test_many_arrivals_are_compared_in_a_moment(session: Session) -> None:
    chance = random.Random(3)
    with session.journal(Folder.CONTACTS).save("") as save:
        for at in range(400):
            save.create("contact", {"code": codes.new(), "call_name": "x", "arrival_words": f"{words(chance)} {at}", "agreed_words": words(chance) + "ဋ္ဌ"})
    with session.journal(Folder.RECEPTION).save("") as save:
        for _ in range(800):
            save.create("person", {"code": codes.new(), "name": "Aung", "said_words": words(chance, 8), "arrived": "2026-11-24T10:00"})
    begun = time.perf_counter()
    arriving.arriving(session)
    assert time.perf_counter() - begun < 3, "each with each takes a minute"


def test_words_that_fit_everybody_are_shown_for_some(session: Session) -> None:
    with session.journal(Folder.CONTACTS).save("") as save:
        for _ in range(60):
            save.create("contact", {"code": codes.new(), "call_name": "x", "arrival_words": "mango season"})
    with session.journal(Folder.RECEPTION).save("") as save:
        save.create("person", {"code": codes.new(), "name": "Aung", "said_words": "mango season", "arrived": "2026-11-24T10:00"})
    assert len(arriving.arriving(session)) == 20
