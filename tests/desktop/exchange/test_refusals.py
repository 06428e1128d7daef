"""Damaged, foreign and hostile files: each refused with its own code, and nothing here changed."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import KnownFault
from desktop.domain.folders import Folder, Role
from desktop.exchange import reading, sections, signed
from desktop.exchange.packing import MAX_BODY, ROUND, pack
from desktop.exchange.sealing import padded, seal, unseal, with_dummies
from desktop.exchange.signed import Part, Signed
from desktop.exchange.writing import least, missing
from desktop.journal.chains import Chain, encode_chains
from tests.desktop.exchange.places import DAY, Place


class Sender:
    """Writes what a site would write, or what it never should: outer and inner contents can be put in by hand."""

    def __init__(self, here: Place, there: Place) -> None:
        self.here, self.there = here, there

    def part(self, inner: bytes, folder: Folder = Folder.RECEPTION) -> Part:
        keys = with_dummies([self.there.post.folder_key(folder)])
        return Part(sections.KIND, folder.value, 1, keys, seal(inner, keys))

    def file(self, *parts: Part, recipients: tuple[bytes, ...] = ()) -> bytes:
        device = self.here.vault.device
        listed = recipients or with_dummies([self.there.post.key])
        plain = signed.encode(Signed(device.public, device.certificate, DAY, listed, parts), device.sign)
        return seal(plain, with_dummies([self.there.post.key]))

    def chains(self) -> list[Chain]:
        self.here.reception.checkpoint()
        return list(self.here.reception.chains_since({}))

    def inner(self, *chains: Chain) -> bytes:
        return pack({"versions": self.here.reception.versions()}, encode_chains(chains))


@pytest.fixture
def sender(pair: tuple[Place, Place]) -> Sender:
    here, there = pair
    here.create(name="ကိုအောင်မျိုး", note="x" * 300)
    return Sender(here, there)


def refused(reader: Place, path: Path, data: bytes) -> str:
    before = reader.state(), reader.trust.sites(), reader.vault.home.execute("SELECT count(*) FROM waiting_parts").fetchone()
    path.write_bytes(data)
    with pytest.raises(KnownFault) as fault:
        reader.read(path)
    after = reader.state(), reader.trust.sites(), reader.vault.home.execute("SELECT count(*) FROM waiting_parts").fetchone()
    assert before == after
    assert not reader.trust.was_read(data)
    return fault.value.code


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_is_refused(sender: Sender, stick: Path, data: st.DataObject) -> None:
    path = next(stick.iterdir(), None) or sender.here.put(stick).path
    whole = getattr(sender, "whole", None) or path.read_bytes()
    sender.whole = whole  # type: ignore[attr-defined]
    at = data.draw(st.integers(0, len(whole) - 1))
    how = data.draw(st.sampled_from(["flip", "cut", "zeros"]))
    if how == "flip":
        bit = 1 << data.draw(st.integers(0, 7))
        harmed = whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :]
    else:
        harmed = whole[:at] + (bytes(len(whole) - at) if how == "zeros" else b"")
    if harmed != whole:
        assert refused(sender.there, path, harmed) == "bundle.damaged"


def test_foreign_files(sender: Sender, place: Callable[..., Place], stick: Path) -> None:
    path = sender.here.put(stick).path
    stranger = place("C")
    assert refused(stranger, path, path.read_bytes()) == "bundle.foreign"
    assert refused(sender.here, path, path.read_bytes()) == "bundle.foreign"
    assert refused(sender.there, stick / "photo.dat", b"photo") == "bundle.foreign"
    other = seal(padded(b"a letter"), with_dummies([sender.there.post.key]))
    assert refused(sender.there, stick / "letter.dat", other) == "bundle.foreign"


def test_news_wrapped_anew_for_somebody_else(sender: Sender, place: Callable[..., Place], stick: Path) -> None:
    third = place("C")
    third.trusts(sender.here)
    plain = unseal(sender.here.put(stick).path.read_bytes(), sender.there.post.identity)
    assert refused(third, stick / "again.dat", seal(plain, with_dummies([third.post.key]))) == "bundle.foreign"


def test_unknown_and_stopped_senders(sender: Sender, stick: Path) -> None:
    path = sender.here.put(stick).path
    sender.there.trust.remove(sender.here.vault.site_public, DAY)
    assert refused(sender.there, path, path.read_bytes()) == "bundle.unknown_sender"


def test_a_newer_format(sender: Sender, stick: Path) -> None:
    plain = signed.MAGIC + (signed.VERSION + 1).to_bytes(2, "big") + b"later" * 100
    assert refused(sender.there, stick / "new.dat", seal(plain, with_dummies([sender.there.post.key]))) == "bundle.newer"


def test_bombs(sender: Sender, stick: Path) -> None:
    path = stick / "bomb.dat"
    frame = zstandard.ZstdCompressor().compress(bytes(MAX_BODY))
    told = signed.canonical({"versions": {}, "size": MAX_BODY, "packing": "zstd"})
    bomb = struct.pack(">II", len(told), len(frame)) + told + frame
    bomb += bytes(-len(bomb) % ROUND)
    assert refused(sender.there, path, sender.file(sender.part(bomb))) == "bundle.too_big"
    many = {n.to_bytes(32, "big"): 1 for n in range(sections.MAX_DEVICES + 1)}
    assert refused(sender.there, path, sender.file(sender.part(pack({"versions": many}, b"")))) == "bundle.too_big"
    small = Part("entries", "reception", 1, with_dummies([]), b"")
    assert refused(sender.there, path, sender.file(*[small] * (signed.MAX_PARTS + 1))) == "bundle.too_big"


def test_forged_entries(sender: Sender, stick: Path) -> None:
    path = stick / "forged.dat"
    (chain,) = sender.chains()
    assert sender.there.state() != sender.here.state()
    for wrong in (
        replace(chain, signature=bytes(64)),
        replace(chain, block=chain.block[:-1] + bytes([chain.block[-1] ^ 1])),
        replace(chain, count=chain.count + 1),
        replace(chain, after=bytes(32)),
    ):
        assert refused(sender.there, path, sender.file(sender.part(sender.inner(wrong)))) == "bundle.damaged"
    for inner in (pack({"versions": {}}, b"rubbish"), pack({}, b""), pack({"versions": {b"x": 1}}, encode_chains([])), b""):
        assert refused(sender.there, path, sender.file(sender.part(inner))) == "bundle.damaged"


def test_one_bad_folder_keeps_the_others_out(sender: Sender, stick: Path) -> None:
    (chain,) = sender.chains()
    contacts = sender.part(sender.inner(replace(chain, after=bytes(32))), Folder.CONTACTS)
    good = sender.part(sender.inner(chain))
    assert refused(sender.there, stick / "half.dat", sender.file(good, contacts)) == "bundle.damaged"
    path = stick / "whole.dat"
    path.write_bytes(sender.file(good))
    assert sender.there.read(path).new == 1


def test_a_part_that_says_it_is_for_us_and_is_not(sender: Sender, stick: Path) -> None:
    part = sender.part(sender.inner(*sender.chains()))
    elsewhere = replace(part, sealed=seal(b"", with_dummies([])))
    assert refused(sender.there, stick / "x.dat", sender.file(elsewhere)) == "bundle.damaged"


def test_parts_of_kinds_to_come_are_passed_over(sender: Sender, stick: Path) -> None:
    part = sender.part(sender.inner(*sender.chains()))
    path = stick / "later.dat"
    path.write_bytes(sender.file(part, replace(part, kind="photos"), replace(part, folder="school")))
    assert sender.there.read(path).new == 1


def test_folders_that_are_not_shared_are_left_out(sender: Sender, stick: Path) -> None:
    sender.there.trust.share(sender.here.vault.site_public, [Folder.HEALTH])
    path = sender.here.put(stick).path
    news = reading.news(sender.there.post, sender.there.trust, path, path.read_bytes())
    assert news.unshared == {Folder.RECEPTION, Folder.CONTACTS}
    assert sender.there.read(path).nothing


def test_two_histories_of_one_device_are_told(sender: Sender, place: Callable[..., Place], stick: Path) -> None:
    there = sender.there
    path = sender.here.put(stick).path
    there.read(path)
    copy = place("A2", of="A")  # an older state of A's vault, made to go on as the same device
    copy.vault.device = sender.here.vault.device
    copy.reopen()
    copy.trusts(there)
    copy.create(name="another history")
    forked = copy.put(stick)
    taken = there.read(forked.path)
    assert taken.forked == ("Site A",)
    assert there.known(sender.here).forked
    sender.here.create(name="later")
    later = sender.here.put(stick).path
    assert refused(there, later, later.read_bytes()) == "bundle.fork"
    assert [one.problem for one in there.look(stick).bundles] == ["bundle.fork"] * len(there.look(stick).bundles)


def test_entries_of_a_stopped_site_are_not_taken_from_others(place: Callable[..., Place], stick: Path) -> None:
    one, two, three = place("A"), place("B"), place("C")
    one.trusts(two)
    two.trusts(one)
    two.trusts(three)
    three.trusts(two)
    three.trusts(one)
    one.create(name="from A")
    three.trust.remove(one.vault.site_public, DAY)
    two.read(one.put(stick).path)
    two.create(name="from B")
    assert three.read(two.put(stick).path).new == 1


def test_a_waiting_part_that_does_not_hold_is_dropped(sender: Sender, place: Callable[..., Place], stick: Path) -> None:
    sender.here.create(Folder.CONTACTS, "contact", call_name="Uncle")
    sender.here.journals[Folder.CONTACTS].checkpoint()
    (chain,) = sender.here.journals[Folder.CONTACTS].chains_since({})
    path = stick / "bad.dat"
    inner = [pack({"versions": {}}, b"rubbish"), sender.inner(replace(chain, after=bytes(32))), sender.inner(chain)]
    path.write_bytes(sender.file(*(sender.part(one, Folder.CONTACTS) for one in inner)))
    registrar = place("B", Role.REGISTRAR)
    assert registrar.read(path).waiting == 3
    coordinator = place("B")
    assert coordinator.take_waiting().new == 1
    assert coordinator.take_waiting().nothing
    assert coordinator.trust.waiting_changes(sender.here.vault.site_public) == 0


def test_what_is_missing() -> None:
    assert missing({b"a": 5, b"b": 2}, {b"a": 3, b"c": 9}) == 4
    assert least([{b"a": 5, b"b": 2}, {b"a": 3}]) == {b"a": 3, b"b": 0}
    assert least([]) == {}
