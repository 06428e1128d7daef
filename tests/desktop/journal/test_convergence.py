"""Whatever is written at three sites, and however the news travel: the same entries give the same state."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.journal.chains import Chain
from desktop.journal.journal import DELETED
from tests.desktop.journal.sites import Site, share

FIELDS = ("name", "sex", "note")
VALUES = ("အောင်", "B", 3, True, None, ("x", "y"))
ELEMENTS = ("my", "en", "ksw")

edits = st.lists(
    st.tuples(
        st.integers(0, 2),  # site
        st.sampled_from(
            ["create", "set", "set", "set", "add", "remove", "event", "reverse", "delete", "restore", "settle", "erase", "send", "send", "undo"]
        ),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    min_size=5,
    max_size=40,
)


class World:
    """Three sites, and a heap of all pieces of news that ever lay on a stick."""

    def __init__(self, folder: Path) -> None:
        self.sites = [Site(folder, number) for number in range(3)]
        self.heap: list[Chain] = []
        self.last = dict.fromkeys(self.sites)

    def do(self, which: int, what: str, one: int, two: int, three: int) -> None:
        site = self.sites[which]
        journal = site.journal
        if what == "send":
            other = self.sites[(which + 1 + one % 2) % 3]
            news = site.news(other.journal.versions() if two % 2 else None)
            self.heap += news
            if three % 2:
                other.read(random.Random(one).sample(news, len(news)))
            return
        records = sorted(journal.records("person")) + sorted(journal.records("person", deleted=True))
        if what == "undo":
            if self.last[site]:
                self.last[site] = journal.undo(self.last[site])
            return
        with journal.save(what) as save:
            if what == "create" or not records:
                record = save.create("person", {FIELDS[one % 3]: VALUES[two]})
                save.add(record, "languages", ELEMENTS[three % 3])
            else:
                self._change(save, site, what, records[one % len(records)], two, three)
        self.last[site] = save.saved

    @staticmethod
    def _change(save, site, what, record, two, three) -> None:
        journal = site.journal
        if what == "set":
            save.set(record, {FIELDS[two % 3]: VALUES[three], FIELDS[(two + 1) % 3]: VALUES[two]})
        elif what == "add":
            save.add(record, "languages", ELEMENTS[two % 3], ELEMENTS[three % 3])
        elif what == "remove":
            save.remove(record, "languages", ELEMENTS[two % 3])
        elif what == "event":
            save.event(record, "note", {"text": f"{two} {three}"})
        elif what == "reverse":
            for event in journal.events(record)[:1]:
                save.reverse(record, event.stamp)
        elif what == "settle":
            for field in journal.differing(record):
                save.settle(record, field, True if field == DELETED else VALUES[three])
        else:
            getattr(save, what)(record)

    def close(self) -> None:
        for site in self.sites:
            site.close()


@settings(max_examples=60, deadline=None)
@given(edits, st.randoms(use_true_random=False))
def test_any_order_any_pieces_any_repeats_give_one_state(steps, chance) -> None:
    folder = Path(tempfile.mkdtemp())
    world = World(folder)
    try:
        for step in steps:
            world.do(*step)
        share(*world.sites)
        hashes = {site.journal.state_hash() for site in world.sites}
        assert len(hashes) == 1
        assert len({repr(site.rows(shared=True)) for site in world.sites}) == 1
        late = Site(folder / "late", 3)
        heap = world.heap + world.sites[0].news()
        heap += chance.sample(heap, len(heap) // 2)
        chance.shuffle(heap)
        while heap:
            count = chance.randint(1, 3)
            late.read(heap[:count])
            del heap[:count]
        assert late.journal.state_hash() in hashes
        assert late.rows(shared=True) == world.sites[0].rows(shared=True)
        for site in (*world.sites, late):
            assert site.journal.check() == ()
        for site in (world.sites[2], late):
            before = site.rows()
            site.journal.rebuild()
            assert site.rows() == before
        late.close()
    finally:
        world.close()
        shutil.rmtree(folder)
