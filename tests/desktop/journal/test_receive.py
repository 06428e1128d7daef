"""What comes from other sites: repeated, with gaps, forged, forked, foreign, from a laptop with the wrong year."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cbor2
import pytest

from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.journal import block, chain, chains, parking, receive
from desktop.journal.chains import Chain
from desktop.journal.codec import Damaged
from desktop.journal.journal import Journal
from desktop.vault.database import Database
from tests.desktop.journal.sites import SeenPeople, Site, share


def everything(site: Site) -> dict[str, list[object]]:
    """Every row of every table of the journal."""
    tables = [row[0] for row in site.database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()]
    return {table: site.database.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def pieces(site: Site, count: int) -> list[Chain]:
    """A new person each, in pieces of one entry."""
    found = []
    for number in range(count):
        versions = site.journal.versions()
        site.create(name=str(number))
        found += [one for one in site.news(versions) if one.device == site.device.public]
    return found


def test_the_same_again_does_nothing(a: Site, b: Site) -> None:
    a.create(name="A")
    news = a.news()
    first = b.read(news)
    assert (first.entries, len(first.new), first.kinds, first.parked) == (1, 1, {"person"}, 0)
    before = everything(b)
    again = b.read([*news, *news])
    assert (again.entries, again.new, again.changed, again.kinds) == (0, (), (), frozenset())
    assert everything(b) == before
    assert list(b.journal.chains_since(b.journal.versions())) == []


def test_gaps_are_parked_and_filled(a: Site, b: Site) -> None:
    first, second, third, fourth = pieces(a, 4)
    assert (b.read([third]).entries, b.read([fourth, third]).parked) == (0, 2)
    assert list(b.journal.records("person")) == []
    assert b.journal.versions() == {}
    received = b.read([first])
    assert (received.entries, received.parked) == (1, 2)
    received = b.read([second])
    assert (received.entries, received.parked) == (3, 0)
    assert b.journal.state_hash() == a.journal.state_hash()
    assert everything(b)["journal_parked"] == []


def test_overlapping_pieces_fit(a: Site, b: Site) -> None:
    pieces(a, 3)
    early = a.news()
    pieces(a, 3)
    b.read(early)
    received = b.read(a.news())
    assert received.entries == 3
    assert b.journal.check() == ()


def test_there_is_a_limit_to_parking(a: Site, b: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parking, "PIECES_MOST", 3)
    found = pieces(a, 7)
    received = b.read(found[1:])
    assert (received.parked, received.let_go) == (3, 3)
    assert b.read([found[0]]).entries == 4, "those nearest to what is known were kept"
    monkeypatch.setattr(parking, "PIECES_MOST", 99)
    monkeypatch.setattr(parking, "BYTES_MOST", 10)
    assert (b.read(found[5:]).parked, b.read(found[5:]).let_go) == (0, 2)
    b.read(a.news())
    assert b.journal.state_hash() == a.journal.state_hash()


def test_a_third_site_carries_for_others(a: Site, b: Site, c: Site) -> None:
    person = a.create(name="A")
    b.read(a.news())
    b.set(person, name="B")
    c.read(b.news())
    assert c.journal.values(person) == {"name": "B"}
    assert c.journal.versions() == b.journal.versions()
    assert c.journal.heads(person)["name"][0].site == b.root
    a.read(c.news(a.journal.versions()))
    assert a.journal.state_hash() == c.journal.state_hash()


def test_others_are_carried_up_to_their_last_signature(a: Site, b: Site) -> None:
    person = a.create(name="A")
    a.journal.checkpoint()
    a.set(person, name="B")
    unsigned = list(a.journal.chains_since({}))
    assert [one.last for one in unsigned] == [1]
    assert [one.last for one in a.news()] == [2]
    b.read(unsigned)
    assert b.journal.values(person) == {"name": "A"}


def test_a_signature_every_64_entries_and_pieces_between(a: Site, b: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chains, "PIECE", 128)
    with a.journal.save() as save:
        for number in range(1000):
            save.create("person", {"name": str(number)})
    signed = [row[0] for row in a.database.execute("SELECT id & 0xffff FROM journal_checkpoint ORDER BY id").fetchall()]
    assert signed == list(range(64, 1000, 64))
    found = a.news()
    assert [one.count for one in found] == [128] * 7 + [104]
    for one in reversed(found):
        b.read([one])
    assert b.journal.state_hash() == a.journal.state_hash()
    assert [one.count for one in b.news()] == [128] * 7 + [104]


def test_strangers_are_refused(a: Site, b: Site, c: Site, make: Callable[..., Site]) -> None:
    person = a.create(name="A")
    stranger = make(4)
    stranger.read(a.news())
    stranger.set(person, name="X")
    before = everything(b)
    received = b.read(stranger.news(), roots=[b.root, c.root])
    assert set(received.refused) == {a.device.public, stranger.device.public}
    assert received.entries == 0
    assert everything(b) == before
    received = b.read(stranger.news(), roots=[a.root, b.root])
    assert received.refused == (stranger.device.public,)
    assert b.journal.values(person) == {"name": "A"}


def test_a_certificate_of_somebody_else_is_none(a: Site, b: Site) -> None:
    a.create(name="A")
    (found,) = a.news()
    stolen = [replace(found, certificate=b.device.certificate), replace(found, certificate=b.root + found.certificate[32:])]
    stolen += [replace(found, certificate=b""), replace(found, certificate=bytes(96))]
    for one in stolen:
        assert b.read([one]).refused == (a.device.public,)
    assert b.journal.versions() == {}


@pytest.mark.parametrize("part", ["signature", "after", "before", "block", "first", "device", "count"])
def test_a_forged_piece_changes_nothing(a: Site, b: Site, part: str) -> None:
    good = a.create(name="A")
    (first,) = a.news()
    a.set(good, name="B")
    (second,) = a.news({a.device.public: 1})
    forged = {
        "signature": replace(second, signature=bytes(64)),
        "after": replace(second, after=bytes(32)),
        "before": replace(second, before=bytes(32)),
        "block": replace(second, block=second.block.replace(b"B", b"C")),
        "first": replace(second, first=1),
        "device": replace(second, device=b.device.public, certificate=b.device.certificate),
        "count": replace(second, count=2),
    }[part]
    before = everything(b)
    with pytest.raises(Damaged):
        b.read([first, forged])
    assert everything(b) == before
    b.read([first])
    with pytest.raises(Damaged):
        b.read([forged])
    b.read([second])
    assert b.journal.values(good) == {"name": "B"}


def test_another_folders_history_does_not_fit(a: Site, b: Site, make: Callable[..., Site]) -> None:
    contacts = make(0, device=a.device, folder_of=Folder.CONTACTS)
    contacts.create("contact", call_name="A")
    with pytest.raises(Damaged):
        b.read(contacts.news())


OTHER = b"o" * 32
PLAIN: list[Any] = ["create", {"name": "A"}, {}, {}, {}, None, [], [], [], []]
RIGHT_BODIES = [PLAIN, ["", *PLAIN[1:]], [*PLAIN[:8], [2, 5], [OTHER]], [*PLAIN[:5], ["note", {}], *PLAIN[6:]]]
WRONG_PARTS: list[tuple[int, Any]] = [
    (0, 1), (0, "a\nb"), (0, "x" * 201), (1, []), (1, {"": "A"}), (1, {1: "A"}), (1, {"name": 1.5}), (1, {"name": b"A"}), (1, {"*x": True}),
    (1, {"*deleted": 1}), (1, {"name": "x" * 65_537}), (1, {"name": {"a": ["b"]}}), (2, {"languages": []}), (2, {"languages": ["b", "a"]}),
    (2, {"languages": ["a", "a"]}), (2, {"languages": [""]}), (2, {"languages": [1]}), (2, {"languages": "a"}), (3, {"name": [0, 1]}),
    (3, {"name": [0, 9]}), (3, {"name": []}), (3, {"name": [1]}), (3, {"name": [2, 1]}), (3, {"name": [-1, 1]}), (3, {"sex": [1, 1]}),
    (3, {"name": [1, 0]}), (3, {"name": [1, 1, 1, 1]}), (3, {"name": [1, True]}), (3, {"name": [1, 1 << 40]}), (4, {"languages": ["a"]}),
    (4, {"languages": {"a": []}}), (4, {"languages": {"": [1, 1]}}), (5, "note"), (5, ["note"]), (5, ["note", {"a": 1.5}]), (5, ["", {}]),
    (6, [0, 1]), (6, {}), (7, [1, 1, 1, 1]), (8, [3, 1]), (9, [OTHER]), (9, [OTHER[:31]]), (9, OTHER), (9, [OTHER, OTHER]),
]  # fmt: skip


def forged(site: Site, found: Chain, body: bytes) -> Chain:
    """The first piece of a site with another body in it, signed by its device as if all were well."""
    own = site.journal.own
    (stored,) = site.journal.log.of_device(own, 1, 1)
    parts = dict(zip(block._PARTS, cbor2.loads(found.block)))
    parts |= {"bodies": [body], "shape": b"\0", "shapes": [], "names": [], "values": [], "adds": []}
    header = site.journal.log.header(stored.key, stored.record, stored.at, stored.author, stored.kind, False)
    after = chain.linker(Folder.RECEPTION, own.public)(found.before, 1, header, hashlib.sha256(body).digest())
    signature = site.device.sign(chain.statement(Folder.RECEPTION, site.root, own.public, 1, after))
    return replace(found, block=cbor2.dumps([parts[name] for name in block._PARTS]), after=after, signature=signature)


@pytest.mark.parametrize("body", RIGHT_BODIES)
def test_right_bodies_are_taken_from_any_writer(a: Site, b: Site, body: list[Any]) -> None:
    a.create(name="A")
    assert b.read([forged(a, a.news()[0], cbor2.dumps(body, canonical=True))]).entries == 1
    assert b.journal.check() == ()


@pytest.mark.parametrize(("part", "wrong"), WRONG_PARTS)
def test_a_trusted_device_is_held_to_the_form(a: Site, b: Site, part: int, wrong: Any) -> None:
    """Nobody makes others store what our own program would not have written."""
    a.create(name="A")
    body = cbor2.dumps([*PLAIN[:part], wrong, *PLAIN[part + 1 :]], canonical=True)
    before = everything(b)
    with pytest.raises(Damaged):
        b.read([forged(a, a.news()[0], body)])
    assert everything(b) == before


def test_what_is_damaged_after_handfuls_were_brought_in_leaves_nothing_of_them(
    a: Site, b: Site, c: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receive, "_AT_ONCE", 1)
    monkeypatch.setattr(receive, "_AT_HAND", 0)
    for site in (a, c):
        site.create(name="A")
    bad = {site: forged(site, site.news()[0], b"\x80") for site in (a, c)}
    for site in (a, c):
        for record in site.journal.records("person"):
            site.set(record, name="B")
        site.create(name="C")
    b.create(name="ours")
    before, state = everything(b), b.journal.state_hash()
    for good, liar in ((a, c), (c, a)):  # one of them stands after what is good
        with pytest.raises(Damaged):
            b.read([*good.news(), bad[liar]])
        assert everything(b) == before
        assert (b.journal.state_hash(), b.journal.check()) == (state, ())
    assert b.read([*a.news(), *c.news()]).entries == 6
    share(a, b, c)
    assert len({site.journal.state_hash() for site in (a, b, c)}) == 1


@pytest.mark.parametrize("body", [b"", b"\xf6", b"\x80", cbor2.dumps(PLAIN) + b"\0", b"\x9f" + cbor2.dumps(PLAIN)[1:] + b"\xff"])
def test_bodies_in_another_writing_are_refused(a: Site, b: Site, body: bytes) -> None:
    a.create(name="A")
    with pytest.raises(Damaged):
        b.read([forged(a, a.news()[0], body)])


@pytest.fixture
def copied(tmp_path: Path, a: Site) -> Callable[[], Site]:
    """A copy of A's vault that goes on as the same device: what must not happen, and what a thief could do."""

    def copy() -> Site:
        a.database.checkpoint()
        twin = object.__new__(Site)
        twin.__dict__.update(a.__dict__)
        place = tmp_path / f"twin{len(list(tmp_path.iterdir()))}"
        place.write_bytes(a.database.path.read_bytes())
        twin.database = Database.open(place, bytes(32))
        twin.journal = Journal(twin.database, Folder.RECEPTION, a.device, "v0", a.clock, [SeenPeople()])
        return twin

    return copy


def test_two_histories_of_one_device(a: Site, b: Site, c: Site, copied: Callable[[], Site]) -> None:
    person = a.create(name="A")
    share(a, b, c)
    twin = copied()
    a.set(person, name="first")
    twin.set(person, name="second")
    twin.create(name="more")
    b.read(a.news())
    state = b.rows()
    received = b.read(twin.news())
    assert received.forks == (a.device.public,)
    assert received.entries == 0
    assert b.rows() == state
    (fork,) = b.journal.forks()
    assert (fork.device, fork.seq) == (a.device.public, 2)
    assert fork.ours == b.journal.log.hash_at(b.journal.devices.by_public[a.device.public], 2)
    assert fork.theirs.signed(Folder.RECEPTION)
    assert fork.theirs.opened(Folder.RECEPTION)[1][fork.seq - fork.theirs.first] != fork.ours
    a.set(person, sex="man")
    received = b.read(a.news())
    assert (received.refused, received.entries) == ((a.device.public,), 0)
    received = c.read([*twin.news(), *b.news()])
    assert received.forks == (a.device.public,), "whoever hears both histories finds out"
    c.create(name="C")
    assert b.read(c.news()).entries == 1
    assert b.journal.check() == ()
    twin.close()


@pytest.mark.parametrize("known", ["shorter", "longer"])
def test_a_fork_is_found_whatever_is_known(a: Site, b: Site, copied: Callable[[], Site], known: str) -> None:
    a.create(name="A")
    twin = copied()
    a.create(name="mine")
    for number in range(3):
        twin.create(name=str(number))
    one, other = (a, twin) if known == "shorter" else (twin, a)
    b.read(one.news())
    assert b.read(other.news()).forks == (a.device.public,)
    late = other.news({a.device.public: 2})
    assert b.read(late).entries == 0
    twin.close()


def test_a_fork_that_shows_in_a_later_piece(a: Site, b: Site, copied: Callable[[], Site]) -> None:
    a.create(name="A")
    twin = copied()
    a.create(name="mine")
    twin.create(name="other")
    b.read(a.news())
    twin.journal.checkpoint()
    twin.create(name="last")
    received = b.read(twin.news({a.device.public: 2}))
    assert received.forks == (a.device.public,)
    assert b.journal.forks()[0].seq == 2
    twin.close()


def test_our_own_entries_may_come_back_to_us(a: Site, b: Site, copied: Callable[[], Site]) -> None:
    """An old copy of the vault, put back, hears from others what it had written since."""
    person = a.create(name="A")
    old = copied()
    a.set(person, name="B")
    b.read(a.news())
    assert old.read(b.news()).entries == 1
    old.set(person, name="C")
    assert old.journal.check() == ()
    assert b.read(old.news()).forks == ()
    assert b.journal.values(person) == {"name": "C"}
    old.close()


def test_a_laptop_in_the_wrong_year(a: Site, b: Site) -> None:
    person = a.create(name="A")
    share(a, b)
    b.clock.turn(days=365)
    b.set(person, name="from the future")
    received = a.read(b.news())
    assert received.ahead == 1
    assert len(a.journal.ahead()) == 1
    assert a.journal.values(person) == {"name": "from the future"}
    a.set(person, sex="man")
    (head,) = a.journal.heads(person)["sex"]
    assert abs((head.at - a.clock.at).total_seconds()) < 60, "our clock was not dragged along"
    a.set(person, name="corrected")
    assert a.journal.values(person)["name"] == "corrected"
    assert a.journal.conflicts() == []
    share(a, b)
    assert b.journal.values(person)["name"] == "corrected"
    assert [line.changes[0].after for line in a.journal.history(person) if line.changes[0].field == "name"] == [
        "corrected", "from the future", "A",
    ]  # fmt: skip


def test_a_clock_a_little_ahead_pulls_ours(a: Site, b: Site) -> None:
    person = a.create(name="A")
    share(a, b)
    b.clock.turn(hours=30)
    b.set(person, name="B")
    assert a.read(b.news()).ahead == 0
    a.set(person, name="C")
    by_name = {head.value: head.at for head in a.journal.heads(person)["name"]}
    assert by_name["C"] >= next(line.at for line in b.journal.history(person))


def test_a_record_whose_beginning_has_not_come(a: Site, b: Site, c: Site) -> None:
    person: RecordId = a.create(name="A")
    b.read(a.news())
    b.set(person, name="B")
    c.read([one for one in b.news() if one.device == b.device.public])
    assert c.journal.key(person) is not None
    assert list(c.journal.records("person")) == []
    assert c.journal.conflicts() == []
    received = c.read(a.news())
    assert received.new == (person,)
    assert c.journal.values(person) == {"name": "B"}
    assert len(c.rows(shared=True)["seen_person"]) == 1
