"""What a site that is trusted and dishonest can send: somebody else's history as its own, pieces that spoil what comes later, claims
about entries that were not written yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.journal import body as bodies
from desktop.journal.body import Body
from desktop.journal.codec import Damaged
from desktop.journal.devices import SHIFT
from desktop.journal.journal import Journal
from desktop.vault import identity
from tests.desktop.journal.sites import ROOTS, SeenPeople, Site


@pytest.fixture
def site(tmp_path: Path) -> Callable[[int], Site]:
    """Makes the site of that number."""
    return lambda number: Site(tmp_path, number)


def write(site: Site, record: int, body: Body | None) -> None:
    """One entry on a record (a local key of that site), whatever it says; None erases."""
    journal, own = site.journal, site.journal.own
    with journal._writing():
        data = None if body is None else bodies.encode(body, own.number << SHIFT | (own.seq + 1), record, journal.devices)
        journal.log.append(own, record, journal.present(), "v", "", data)


def of_another(victim: Site, liar: Site) -> bytes:
    """A certificate by which the liar's site vouches for the victim's device."""
    root = ROOTS[2]
    assert identity.signing_public(root) == liar.root
    return liar.root + identity.sign(root, identity._DEVICE + victim.device.public)


def test_nobody_passes_off_the_history_of_others_as_their_own(site: Callable[[int], Site]) -> None:
    a, b, liar = site(0), site(1), site(2)
    record = a.create(name="Aung")
    stolen = [replace(chain, certificate=of_another(a, liar)) for chain in a.news()]
    assert stolen[0].site == liar.root
    for reader in (a, b):
        with pytest.raises(Damaged):
            reader.read(stolen)
    b.read(a.news())
    assert b.journal.history(record)[0].site == a.root
    assert {chain.site for chain in a.news()} == {a.root}


@pytest.mark.parametrize("block", [b"junk", b"\x80", b""])
def test_a_piece_that_is_parked_is_checked_before(site: Callable[[int], Site], block: bytes) -> None:
    a, b = site(0), site(1)
    a.create(name="one")
    first = a.news()
    a.create(name="two")
    later = a.news({a.device.public: 1})
    with pytest.raises(Damaged):
        b.read([replace(chain, block=block) for chain in later])
    assert b.read(later).parked == 1
    assert b.read(first).entries == 2


def test_claims_about_entries_that_we_did_not_write_cost_nothing_that_we_write(site: Callable[[int], Site]) -> None:
    a, liar = site(0), site(2)
    kept = a.create(name="one")
    liar.read(a.news())
    a_at_liar = liar.journal.devices.heard(a.device.public).number << SHIFT
    for number in range(2, 6):
        write(liar, a_at_liar | number, None)
    ahead = [a_at_liar | number for number in range(6, 12)]
    write(liar, a_at_liar | 1, Body(values={"name": "M"}, replaces={"name": ahead}))
    a.read(liar.news())
    assert a.journal.spent
    renew(a)
    assert not a.journal.spent
    assert a.journal.values(a.create(name="Somebody new")) == {"name": "Somebody new"}
    with a.journal.save("settle") as save:
        save.settle(kept, "name", "Corrected")
    assert a.journal.values(kept) == {"name": "Corrected"}
    liar.read(a.news())
    liar.journal.rebuild()  # `write` leaves the tables alone
    assert a.journal.state_hash() == liar.journal.state_hash()


@pytest.mark.parametrize("claim", ["reverses", "seen", "undoes", "removes"])
def test_every_way_to_name_an_entry_of_ours_is_noticed(site: Callable[[int], Site], claim: str) -> None:
    a, liar = site(0), site(2)
    a.create(name="one")
    liar.read(a.news())
    first = liar.journal.devices.heard(a.device.public).number << SHIFT | 1
    for ref, spent in ((first, False), (first + 1, True)):
        named = {"languages": {"my": [ref]}} if claim == "removes" else [ref]
        write(liar, first, Body(values={"sex": "man"}, **{claim: named}))  # type: ignore[arg-type]
        a.read(liar.news())
        assert a.journal.spent is spent


def test_a_vault_that_went_back_gets_its_entries_again_and_goes_on_as_a_new_device(site: Callable[[int], Site], tmp_path: Path) -> None:
    a, b = site(0), site(1)
    a.create(name="one")
    b.read(a.news())
    older = Site(tmp_path / "restored", 0, device=a.device)
    older.read(b.news())
    assert not older.journal.spent or older.journal.own.seq == 1
    lost = a.create(name="two")
    b.read(a.news())
    older.read(b.news())
    assert older.journal.values(lost) == {"name": "two"}
    assert older.journal.spent


def renew(site: Site) -> None:
    """What a vault does: a new device of the same site."""
    site.device = identity.new_device(ROOTS[0])
    site.journal = Journal(site.database, site.journal.folder, site.device, "v0", site.clock, [SeenPeople()])
