"""Trusted sites, what they have, and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.exchange.cards import Card
from desktop.exchange.trust import Trust
from desktop.vault.database import Database

CARD = Card("Hill School", b"r" * 32, b"o" * 32, {folder: folder.value.encode().ljust(32) for folder in Folder})
NOW = "2026-11-21T14:00"


@pytest.fixture
def trust(tmp_path: Path) -> Iterator[Trust]:
    home = Database.create(tmp_path / "home", b"k" * 32)
    yield Trust(home)
    home.close()


def test_only_the_chosen_folders_are_shared(trust: Trust) -> None:
    trust.add(CARD, [Folder.RECEPTION], NOW)
    site = trust.site(CARD.root)
    assert site is not None
    assert (site.nickname, site.folders) == ("Hill School", {Folder.RECEPTION: CARD.folders[Folder.RECEPTION]})
    trust.share(CARD.root, [Folder.CONTACTS, Folder.HEALTH])
    assert trust.sites()[0].folders.keys() == {Folder.CONTACTS, Folder.HEALTH}


@pytest.mark.parametrize(("other", "code"), [
    (CARD, "card.known"), (replace(CARD, nickname="New"), "card.known"), (replace(CARD, outer=b"x" * 32), "card.changed"),
    (replace(CARD, root=b"x" * 32), "card.name_taken"),
])
def test_keys_are_pinned(trust: Trust, other: Card, code: str) -> None:
    trust.add(CARD, Folder, NOW)
    with pytest.raises(UserError) as refused:
        trust.add(other, Folder, NOW)
    assert (refused.value.code, refused.value.fields) == (code, {"site": "Hill School"})
    assert [site.keys for site in trust.sites()] == [CARD.keys]


def test_trust_can_end_and_begin_anew(trust: Trust) -> None:
    trust.add(CARD, Folder, NOW)
    trust.set_floor(CARD.root, Folder.RECEPTION, {b"d": 3})
    trust.keep(CARD.root, Folder.HEALTH, "2026-11-20", 2, True, b"sealed")
    trust.remove(CARD.root, NOW)
    assert (trust.sites(), trust.stopped(), trust.floor(CARD.root, Folder.RECEPTION)) == ([], {CARD.root}, {})
    assert trust.waiting(Folder) == []
    trust.add(replace(CARD, outer=b"x" * 32), Folder, NOW)
    assert (len(trust.sites()), trust.stopped()) == (1, frozenset())


def test_what_a_site_says_last_counts(trust: Trust) -> None:
    trust.add(CARD, Folder, NOW)
    trust.set_floor(CARD.root, Folder.RECEPTION, {b"d": 9, b"e": 2})
    trust.set_floor(CARD.root, Folder.RECEPTION, {b"d": 4})
    assert trust.floor(CARD.root, Folder.RECEPTION) == {b"d": 4}
    assert trust.floor(CARD.root, Folder.HEALTH) == {}


def test_files_are_remembered(trust: Trust) -> None:
    trust.add(CARD, Folder, NOW)
    assert not trust.was_read(b"file")
    trust.mark_read(b"file", CARD.root, "2026-11-20")
    trust.mark_read(b"older", CARD.root, "2026-11-02")
    trust.mark_read(b"file", CARD.root, "2026-11-20")
    assert trust.was_read(b"file")
    assert trust.sites()[0].last_heard == "2026-11-20"


def test_parts_wait_once_and_until_they_were_taken(trust: Trust) -> None:
    trust.add(CARD, Folder, NOW)
    assert trust.keep(CARD.root, Folder.HEALTH, "2026-11-20", 5, True, b"one")
    assert not trust.keep(CARD.root, Folder.HEALTH, "2026-11-20", 5, True, b"one")
    assert trust.keep(CARD.root, Folder.HEALTH, "2026-11-21", 7, True, b"two")
    assert trust.waiting_changes(CARD.root) == 7
    assert trust.waiting([Folder.RECEPTION]) == []
    first, second = trust.waiting([Folder.HEALTH])
    assert (first.sealed, second.changes) == (b"one", 7)
    trust.taken(first)
    trust.taken(second)
    assert (trust.waiting(Folder), trust.waiting_changes(CARD.root)) == ([], 0)
    assert not trust.keep(CARD.root, Folder.HEALTH, "2026-11-20", 5, True, b"one")


def test_not_everything_waits_for_ever(trust: Trust) -> None:
    trust.add(CARD, Folder, NOW)
    for number in range(40):
        trust.keep(CARD.root, Folder.HEALTH, "2026-11-20", number, True, b"part %d" % number)
    assert [part.changes for part in trust.waiting(Folder)] == list(range(8, 40))


def test_marks(trust: Trust) -> None:
    trust.add(CARD, Folder, NOW)
    trust.mark_given([CARD.root], "2026-11-21T15:00")
    trust.mark_forked(CARD.root)
    site = trust.sites()[0]
    assert (site.last_given, site.forked) == ("2026-11-21T15:00", True)
