"""Whatever is written at three sites, and however the news travel: the same entries give the same state."""

from __future__ import annotations

import random
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.ids import RecordId
from desktop.domain.values import Silence
from desktop.journal import receive
from desktop.journal.chains import Chain
from desktop.journal.journal import DELETED
from desktop.journal.save import Save, Saved
from tests.desktop.journal.sites import Site, same_device, share

FIELDS = ("name", "sex", "note")
VALUES = ("အောင်", "B", 3, True, None, ("x", "y"), Silence.REFUSED)
ELEMENTS = ("my", "en", "ksw")
ACTS = {
    "create": 2, "set": 10, "add": 3, "remove": 3, "event": 2, "reverse": 2, "delete": 2, "restore": 1, "settle": 3, "erase": 0.4, "undo": 2,
    "send": 9, "turn": 1,
}  # fmt: skip


class World:
    """Three sites, and a heap of all pieces of news that ever lay on a stick."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.chance = chance
        self.sites = [Site(folder, number, device=same_device(number)) for number in range(3)]
        self.heap: list[Chain] = []
        self.saved: dict[Site, Saved] = {}
        self.sites[0].create(name="A")
        self.sites[0].create(name="B")
        share(*self.sites, rounds=1)

    def step(self) -> None:
        """One thing at one site."""
        what = self.chance.choices(list(ACTS), list(ACTS.values()))[0]
        site = self.chance.choice(self.sites)
        if what == "send":
            self._send(site)
        elif what == "turn":
            site.clock.turn(hours=self.chance.choice((-400, -1, 1, 400)))
        elif what == "undo":
            if site in self.saved:
                self.saved[site] = site.journal.undo(self.saved[site])
        else:
            with site.journal.save(what) as save:
                for _ in range(self.chance.choice((1, 1, 2))):
                    self._change(save, site, what)
            self.saved[site] = save.saved

    def _send(self, site: Site) -> None:
        other = self.chance.choice([one for one in self.sites if one is not site])
        news = site.news(other.journal.versions() if self.chance.random() < 0.7 else None)
        self.heap += news
        other.read(self.chance.sample(news, self.chance.randint(0, len(news))))

    def _change(self, save: Save, site: Site, what: str) -> None:
        chance, journal = self.chance, site.journal
        records = sorted(journal.records("person")) + sorted(journal.records("person", deleted=True))
        if what == "create" or not records:
            record = save.create("person", {chance.choice(FIELDS): chance.choice(VALUES)})
            save.add(record, "languages", chance.choice(ELEMENTS))
            return
        record = chance.choice(records)
        if what == "set":
            save.set(record, {chance.choice(FIELDS): chance.choice(VALUES), chance.choice(FIELDS): chance.choice(VALUES)})
        elif what == "add":
            save.add(record, "languages", chance.choice(ELEMENTS), chance.choice(ELEMENTS))
        elif what == "remove":
            save.remove(record, "languages", chance.choice(ELEMENTS))
        elif what == "event":
            save.event(record, "note", {"text": str(chance.random())})
        elif what == "reverse":
            for event in journal.events(record)[:1]:
                save.reverse(record, event.stamp)
        elif what == "settle":
            self._settle(save, site, record)
        else:
            getattr(save, what)(record)

    def _settle(self, save: Save, site: Site, record: RecordId) -> None:
        for field in site.journal.differing(record):
            save.settle(record, field, self.chance.random() < 0.5 if field == DELETED else self.chance.choice(VALUES))

    def close(self) -> None:
        """Close every file."""
        for site in self.sites:
            site.close()


def assert_alike(world: World) -> None:
    """Everybody shows the same, and it is what the entries give."""
    share(*world.sites)
    assert len({site.journal.state_hash() for site in world.sites}) == 1
    assert len({repr(site.rows(shared=True)) for site in world.sites}) == 1
    assert len({repr(sorted(site.journal.conflicts())) for site in world.sites}) == 1
    for site in world.sites:
        assert site.journal.check() == ()
        before = site.rows()
        site.journal.rebuild()
        assert site.rows() == before


def assert_any_order_will_do(world: World, late: Site) -> None:
    """A new site that finds all sticks in any order, some twice, in small handfuls, ends up the same."""
    heap = world.heap + world.sites[0].news()
    heap += world.chance.sample(heap, len(heap) // 3)
    world.chance.shuffle(heap)
    while heap:
        count = world.chance.randint(1, 3)
        late.read(heap[:count])
        del heap[:count]
        assert late.journal.check() == ()
    assert late.journal.state_hash() == world.sites[0].journal.state_hash()
    assert late.rows(shared=True) == world.sites[0].rows(shared=True)


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 1 << 32), steps=st.integers(1, 60))
def test_any_order_any_pieces_any_repeats_give_one_state(seed: int, steps: int) -> None:
    folder = Path(tempfile.mkdtemp())
    world = World(folder, random.Random(seed))
    late = Site(folder / "late", 3)
    try:
        for _ in range(steps):
            world.step()
        assert_alike(world)
        assert_any_order_will_do(world, late)
    finally:
        late.close()
        world.close()
        shutil.rmtree(folder)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1 << 32), steps=st.integers(5, 60))
def test_handfuls_of_any_size_give_the_tables_that_one_entry_at_a_time_gives(seed: int, steps: int) -> None:
    folder = Path(tempfile.mkdtemp())
    chance = random.Random(seed)
    world = World(folder, chance)
    try:
        for _ in range(steps):
            world.step()
        heap = world.heap + [chain for site in world.sites for chain in site.news()]
        heap += chance.sample(heap, len(heap) // 3)
        chance.shuffle(heap)
        cuts = [0, *sorted(chance.randint(0, len(heap)) for _ in range(4)), len(heap)]
        found = []
        for number, (records, entries) in enumerate(((1, 0), (2, 3), (receive._AT_ONCE, receive._AT_HAND))):
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(receive, "_AT_ONCE", records)
                patched.setattr(receive, "_AT_HAND", entries)
                late = Site(folder / str(number), 3, device=same_device(3))
                told = [late.read(heap[begin:end]) for begin, end in pairwise(cuts)]
            found.append((told, late.rows(), late.journal.state_hash(), late.journal.check()))
            late.close()
        assert found[0] == found[1] == found[2]
    finally:
        world.close()
        shutil.rmtree(folder)
