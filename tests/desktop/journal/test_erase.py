"""Erasing: what was said is gone everywhere and for good; the chain still holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.errors import UserError
from desktop.domain.ids import RecordId
from desktop.journal import chains
from desktop.journal.codec import Damaged
from tests.desktop.journal.sites import Site, share

SECRET = "အောင်-secret"


def bodies(site: Site, record: RecordId) -> list[bytes | None]:
    return [entry.body for entry in site.journal.log.of_record(site.journal.key(record) or 0)]


def said_anywhere(site: Site) -> bool:
    """True if the secret stands in any row of any table."""
    tables = [row[0] for row in site.database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    rows = [cell for table in tables for row in site.database.execute(f"SELECT * FROM {table}").fetchall() for cell in row]
    return any(SECRET.encode() in (cell.encode() if isinstance(cell, str) else cell) for cell in rows if isinstance(cell, (str, bytes)))


@pytest.fixture
def person(a: Site, b: Site, c: Site) -> RecordId:
    made = a.create(name=SECRET)
    with a.journal.save() as save:
        event = save.event(made, "note", {"text": SECRET})
        save.add(made, "languages", SECRET)
    share(a, b, c)
    b.set(made, name=SECRET + "2")
    with b.journal.save() as save:
        save.reverse(made, event)
    return made


def test_erasing_travels_and_leaves_nothing(a: Site, b: Site, c: Site, person: RecordId) -> None:
    other = a.create(name="stays")
    assert said_anywhere(b)
    with a.journal.save("erase") as save:
        save.erase(person)
    share(a, b, c)
    for site in (a, b, c):
        assert not said_anywhere(site)
        assert set(bodies(site, person)) == {None}
        assert site.journal.check() == ()
        assert list(site.journal.records("person")) == [other]
        with pytest.raises(UserError):
            site.journal.values(person)
        assert {line.what for line in site.journal.history(person)} == {"lost", "erased"}
        before = site.rows()
        site.journal.rebuild()
        assert site.rows() == before
    assert len({site.journal.state_hash() for site in (a, b, c)}) == 1


def test_what_comes_after_the_erasing_is_dropped_too(a: Site, b: Site, c: Site, make: Callable[..., Site], person: RecordId) -> None:
    with a.journal.save("erase") as save:
        save.erase(person)
    c.set(person, note=SECRET)
    late = make(3)
    late.read([chain for chain in a.news() if chain.device == a.device.public])
    late.read(b.news())
    late.read(c.news())
    share(a, b, c, late)
    for site in (a, b, c, late):
        assert not said_anywhere(site)
        assert site.journal.check() == ()
    assert len({site.journal.state_hash() for site in (a, b, c, late)}) == 1


def test_an_erased_record_can_be_relayed_to_a_new_site(a: Site, b: Site, c: Site, make: Callable[..., Site], person: RecordId) -> None:
    share(a, b, c)
    with c.journal.save("erase") as save:
        save.erase(person)
    share(a, b, c)
    late = make(3)
    received = late.read(list(reversed(c.news())))
    assert received.parked == 0
    assert late.journal.state_hash() == a.journal.state_hash()
    assert late.journal.versions() == a.journal.versions()


def test_a_body_that_is_missing_without_an_erasing_waits(a: Site, b: Site, c: Site, make: Callable[..., Site], person: RecordId) -> None:
    """A carrier cannot make entries vanish by keeping their bodies back."""
    share(a, b, c)
    with c.journal.save("erase") as save:
        save.erase(person)
    share(a, b, c)
    late = make(3)
    news = b.news()
    without = [chain for chain in news if chain.device != c.device.public]
    received = late.read(without)
    assert received.parked > 0
    assert list(late.journal.records("person")) == []
    received = late.read([chain for chain in news if chain.device == c.device.public])
    assert received.parked == 0
    assert late.journal.state_hash() == c.journal.state_hash()
    assert late.database.execute("SELECT count(*) FROM journal_parked").fetchone() == (0,)


def test_nothing_is_written_on_an_erased_record(a: Site, person: RecordId) -> None:
    with a.journal.save() as save:
        save.erase(person)
    for act in ("erase", "delete"):
        with pytest.raises(UserError), a.journal.save() as save:
            getattr(save, act)(person)
    assert a.rows()["journal_event"] == []


def test_erasing_in_the_save_that_wrote(a: Site, b: Site) -> None:
    with a.journal.save() as save:
        person = save.create("person", {"name": SECRET})
        save.event(person, "note", {"text": SECRET})
        save.erase(person)
    assert not said_anywhere(a)
    b.read(a.news())
    assert b.journal.state_hash() == a.journal.state_hash()
    assert a.journal.check() == b.journal.check() == ()


def test_a_body_under_a_wrong_hash_is_refused(a: Site, b: Site, person: RecordId) -> None:
    with a.journal.save() as save:
        save.erase(person)
    chain = next(chain for chain in a.news() if chain.device == a.device.public)
    digest = a.journal.log.of_record(a.journal.key(person) or 0)[0].digest
    assert digest in chain.block
    with pytest.raises(Damaged):
        b.read([replace(chain, block=chain.block.replace(digest, bytes(32)))])


def test_bodies_missing_in_an_earlier_piece_than_the_erasing(a: Site, b: Site, make: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "PIECE", 64)
    first = a.create(name=SECRET)
    with a.journal.save() as save:
        for number in range(200):
            save.create("person", {"name": str(number)})
        save.erase(first)
    found = a.news()
    assert len(found) > 2
    assert b.read(found[:-1]).parked > 0
    assert b.read(found[-1:]).parked == 0
    assert b.journal.state_hash() == a.journal.state_hash()


def test_two_sites_that_erased_each_others_records(a: Site, b: Site, make: Callable[..., Site]) -> None:
    """Each history lacks bodies that only the other one explains: they are taken in together."""
    mine, theirs = a.create(name=SECRET), b.create(name=SECRET)
    share(a, b)
    for site, record in ((a, theirs), (b, mine)):
        with site.journal.save() as save:
            save.erase(record)
    share(a, b)
    late = make(3)
    one, other = a.news()
    assert (late.read([one]).entries, late.read([one]).parked) == (0, 2)
    assert late.read([other]).entries == 4
    assert late.journal.state_hash() == a.journal.state_hash()
    assert late.journal.check() == ()
