"""Kept files on sticks: to those who may have them, once, small ones first, whole or not at all, carried by anybody."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.exchange import blobs, carrier, lading
from desktop.exchange.blobs import Shelf
from desktop.exchange.packing import pack
from desktop.exchange.sealing import seal, unseal, with_dummies
from desktop.exchange.signed import Part, decode
from desktop.vault import durable
from desktop.vault.files import NAME_BYTES, Blob, new_blob, possible, sealed_length
from desktop.vault.files import seal as seal_file
from tests.desktop.exchange.places import Place
from tests.desktop.exchange.test_refusals import Sender, refused

KB = 1000
PHOTO = os.urandom(300 * KB)


@pytest.fixture
def sender(pair: tuple[Place, Place]) -> Sender:
    return Sender(*pair)


def has(place: Place, blob: Blob, content: bytes = PHOTO) -> bool:
    return place.vault.files.length(blob.name) is not None and place.vault.files.read(blob) == content


def carried(one: Place, two: Place, stick: Path, **more: int) -> int:
    """Puts, reads everything new in the order that is told, and clears the stick."""
    one.put(stick, **more)
    files = sum(two.read(found.path).files for found in two.look(stick).bundles if found.fresh)
    for path in stick.iterdir():
        path.unlink()
    return files


# -- there and back


def test_a_file_travels_with_its_record_and_only_once(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    record, blob = here.keep(PHOTO)
    given = here.put(stick)
    assert (given.files, given.left) == (1, 0)
    assert given.size > len(PHOTO)
    (seen,) = there.look(stick).bundles
    assert (seen.files, seen.news) == (1, True)
    taken = there.read(given.path)
    assert (taken.files, taken.nothing) == (1, False)
    assert has(there, blob)
    assert there.values(record)["blob"] == blob.name
    assert there.read(given.path).nothing
    assert there.look(stick).bundles[0].files == 0
    carried(there, here, stick)  # it tells that it has everything
    assert here.put(stick).files == 0
    assert carried(there, here, stick) == 0


def test_what_did_not_come_is_asked_for(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    _, small = here.keep(b"small")
    _, large = here.keep(PHOTO)
    assert carried(here, there, stick, files_most=100 * KB) == 1
    assert has(there, small, b"small")
    assert there.shelf.missing(Folder.RECEPTION) == {large.name}
    carried(there, here, stick)
    given = here.put(stick)
    assert (given.files, given.changes, given.left) == (1, 0, 0)
    assert there.read(given.path).files == 1
    assert has(there, large)


def test_those_given_before_wait_for_those_that_never_were(pair: tuple[Place, Place], stick: Path) -> None:
    """A site that never answers gets everything in the end, though each stick has room for one."""
    here, there = pair
    made = [here.keep(os.urandom((2 + at) * 10 * KB))[1] for at in range(3)]
    most = sealed_length(made[2].size) + KB
    for _ in range(3):
        given = here.put(stick, files_most=most)
        assert given.files + given.left == 3
        there.read(given.path)
        given.path.unlink()
    assert {blob.name for blob in made} <= there.vault.files.names()


def test_news_goes_though_there_is_no_room_for_files(pair: tuple[Place, Place], stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = pair
    record, _ = here.keep(PHOTO)
    monkeypatch.setattr(carrier, "room", lambda folder: (4 << 20) + 100 * KB)
    given = here.put(stick)
    assert (given.files, given.left, given.changes) == (0, 1, 1)
    assert there.read(given.path).new == 1
    assert there.values(record)["size"] == len(PHOTO)


def test_many_files_go_in_several_bundles(pair: tuple[Place, Place], stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = pair
    monkeypatch.setattr(lading, "LOAD", 200 * KB)
    made = [here.keep(os.urandom(90 * KB))[1] for _ in range(5)]
    given = here.put(stick)
    assert (given.files, given.left) == (5, 0)
    assert len(list(stick.iterdir())) == 3
    assert here.steps[-1][0] == here.steps[-1][1]
    assert [done for done, _ in here.steps] == sorted(done for done, _ in here.steps)
    seen = there.look(stick).bundles
    assert [one.news for one in seen] == [True, False, False]
    assert sum(one.files for one in seen) == 5
    assert sum(there.read(one.path).files for one in seen) == 5
    assert {blob.name for blob in made} == there.vault.files.names()


def test_the_stick_gets_full_in_between(pair: tuple[Place, Place], stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = pair
    monkeypatch.setattr(lading, "LOAD", 100 * KB)
    for _ in range(3):
        here.keep(os.urandom(90 * KB))
    real, calls = carrier.put, [0]

    def put(*told: object) -> Path:
        calls[0] += 1
        if calls[0] == 3:
            raise KnownFault("stick.full")
        return real(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(carrier, "put", put)
    given = here.put(stick)
    assert (given.files, given.left) == (2, 1)
    assert sum(there.read(one.path).files for one in there.look(stick).bundles) == 2


def test_what_lies_on_the_stick_already_is_not_written_again(pair: tuple[Place, Place], stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = pair
    monkeypatch.setattr(lading, "LOAD", 200 * KB)
    made = [here.keep(os.urandom(90 * KB))[1] for _ in range(5)]
    here.put(stick)
    before = {path.name for path in stick.iterdir()}
    here.create(name="later")
    given = here.put(stick)
    assert given.files == 0
    assert before < {path.name for path in stick.iterdir()}, "the older files are still needed"
    for one in there.look(stick).bundles:
        there.read(one.path)
    assert {blob.name for blob in made} == there.vault.files.names()
    answer = stick.parent / "answer"
    answer.mkdir()
    here.read(there.put(answer).path)
    here.put(stick)
    assert len(list(stick.iterdir())) == 1, "everybody has what was in them"


def test_one_of_three_may_carry_for_another(place: Callable[..., Place], stick: Path) -> None:
    one, two, three = place("A"), place("B"), place("C")
    for left, right in ((one, two), (two, one), (two, three), (three, two)):
        left.trusts(right)
    _, blob = one.keep(PHOTO)
    carried(one, two, stick)
    assert carried(two, three, stick) == 1
    assert has(three, blob)


def test_a_site_that_lacks_it_itself_brings_the_record_and_later_the_file(place: Callable[..., Place], stick: Path) -> None:
    one, two, three = place("A"), place("B"), place("C")
    for left, right in ((one, two), (two, one), (two, three), (three, two)):
        left.trusts(right)
    _, blob = one.keep(PHOTO)
    carried(one, two, stick, files_most=0)
    assert carried(two, three, stick) == 0
    assert three.shelf.missing(Folder.RECEPTION) == {blob.name}
    carried(three, two, stick)
    carried(two, one, stick)
    assert carried(one, two, stick) == 1
    assert carried(two, three, stick) == 1
    assert has(three, blob)


def test_files_go_where_their_folder_goes(place: Callable[..., Place], stick: Path) -> None:
    here, there = place("A"), place("B")
    here.trusts(there, [Folder.RECEPTION])
    there.trusts(here)
    _, health = here.keep(PHOTO, Folder.HEALTH)
    _, reception = here.keep(b"reception")
    path = here.put(stick).path
    told = decode(unseal(path.read_bytes(), here.post.identity))
    assert {part.folder for part in told.parts} == {"reception"}
    assert there.read(path).files == 1
    assert there.vault.files.names() == {reception.name}
    assert not has(there, health)


def test_what_we_do_not_share_is_not_taken(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    there.trust.share(here.vault.site_public, [Folder.HEALTH])
    here.keep(PHOTO)
    assert there.read(here.put(stick).path).nothing
    assert there.vault.files.names() | there.vault.files.names_waiting() == frozenset()


def test_a_registrar_brings_what_only_a_medic_opens(pair: tuple[Place, Place], place: Callable[..., Place], stick: Path) -> None:
    here, _ = pair
    _, blob = here.keep(PHOTO, Folder.HEALTH)
    _, large = here.keep(os.urandom(900 * KB), Folder.HEALTH)
    path = here.put(stick, files_most=400 * KB).path
    registrar = place("B", Role.REGISTRAR)
    registrar.read(path)
    assert registrar.vault.files.names() == frozenset()
    assert registrar.vault.files.names_waiting() == {blob.name}
    medic = place("B", Role.MEDIC)
    assert medic.take_waiting().files == 1
    assert has(medic, blob)
    assert medic.vault.files.names_waiting() == frozenset()
    assert medic.shelf.missing(Folder.HEALTH) == {large.name}


def test_what_a_site_wants_of_a_closed_folder_is_heard_when_it_is_opened(
    pair: tuple[Place, Place], place: Callable[..., Place], stick: Path
) -> None:
    here, there = pair
    here.keep(os.urandom(5 * KB), Folder.HEALTH)
    _, large = here.keep(PHOTO, Folder.HEALTH)
    carried(here, there, stick, files_most=100 * KB)
    path = there.put(stick).path
    root = there.vault.site_public
    place("A", Role.REGISTRAR).read(path)
    medic = place("A", Role.MEDIC)
    medic.take_waiting()
    assert medic.trust.wanted(root, Folder.HEALTH) == {large.name}
    path.unlink()
    assert medic.put(stick).files == 1


def test_a_site_that_lost_its_files_gets_them_again(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    _, blob = here.keep(PHOTO)
    carried(here, there, stick)
    carried(there, here, stick)
    there.vault.files.remove(blob.name)
    carried(there, here, stick)
    assert carried(here, there, stick) == 1
    assert has(there, blob)


def test_deleted_files_do_not_travel_and_erased_ones_go_everywhere(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    record, blob = here.keep(PHOTO)
    with here.reception.save("delete") as save:
        save.delete(record)
    assert carried(here, there, stick) == 0
    with here.reception.save("restore") as save:
        save.restore(record)
    carried(there, here, stick)
    assert carried(here, there, stick) == 1
    with here.reception.save("erase") as save:
        save.erase(record)
    carried(here, there, stick)
    gone = there.reception.database.execute("SELECT blob FROM file_gone").fetchall()
    assert gone == [(blob.name,)]


def test_a_damaged_file_of_ours_is_not_passed_on_as_whole(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    _, blob = here.keep(PHOTO)
    path = here.vault.files.folder / blob.name
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(data)
    assert carried(here, there, stick) == 0
    assert there.shelf.missing(Folder.RECEPTION) == {blob.name}
    path.write_bytes(data[:5000])
    assert here.put(stick).files == 0


def test_a_full_disk_takes_the_news_and_asks_for_the_files(pair: tuple[Place, Place], stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = pair
    record, blob = here.keep(PHOTO)
    path = here.put(stick).path

    def full(files: object) -> None:
        raise KnownFault("disk.full")

    with monkeypatch.context() as short:
        short.setattr(durable, "write_all", full)
        taken = there.read(path)
    assert (taken.new, taken.files) == (1, 0)
    assert there.values(record)
    assert there.read(path).files == 1, "reading once more brings the rest"
    assert has(there, blob)


# -- hostile


def frame(name: str, sealed: bytes, length: int | None = None) -> bytes:
    return bytes.fromhex(name) + (len(sealed) if length is None else length).to_bytes(8, "big") + sealed


def part(sender: Sender, data: bytes, kind: str = blobs.FILES, folder: Folder = Folder.RECEPTION) -> Part:
    return Part(kind, folder.value, 0, with_dummies([sender.there.post.folder_key(folder)]), data)


def test_bytes_that_are_not_what_the_record_says(sender: Sender, stick: Path) -> None:
    """The news is taken, the bytes are not: a site must not be able to spoil what another one wrote."""
    here, there = sender.here, sender.there
    _, blob = here.keep(PHOTO)
    other = os.urandom(len(PHOTO))
    bad = seal_file(Blob(blob.key, blob.size, new_blob(other).digest), other)  # sealed with the right key
    path = stick / "bad.dat"
    path.write_bytes(sender.file(sender.part(sender.inner(*sender.chains())), part(sender, frame(blob.name, bad))))
    taken = there.read(path)
    assert (taken.new, taken.files) == (1, 0)
    assert there.vault.files.names() == frozenset()
    assert carried(here, there, stick) == 1
    path.write_bytes(sender.file(part(sender, frame(blob.name, bad))))
    assert there.read(path).files == 0
    assert has(there, blob), "what is here already is not replaced"


def test_blobs_that_no_record_names(sender: Sender, stick: Path) -> None:
    path = stick / "strange.dat"
    strange = new_blob(PHOTO)
    path.write_bytes(sender.file(part(sender, frame(strange.name, seal_file(strange, PHOTO)))))
    assert sender.there.read(path).nothing
    assert list(sender.there.vault.files.folder.iterdir()) == []


def test_a_second_record_cannot_put_other_bytes_under_a_name_that_is_taken(sender: Sender, stick: Path) -> None:
    here, there = sender.here, sender.there
    _, blob = here.keep(PHOTO)
    carried(here, there, stick)
    other = os.urandom(len(PHOTO))
    twin = Blob(blob.key, len(other), new_blob(other).digest)
    here.create(Folder.RECEPTION, "file", blob=blob.name, key=blob.key.hex(), size=twin.size, digest=twin.digest.hex())
    path = stick / "twin.dat"
    path.write_bytes(sender.file(sender.part(sender.inner(*sender.chains())), part(sender, frame(blob.name, seal_file(twin, other)))))
    there.read(path)
    assert has(there, blob)


@pytest.mark.parametrize(("data", "code"), [
    (b"x", "bundle.damaged"),
    (bytes(NAME_BYTES + 8), "bundle.damaged"),
    (frame("ab" * 16, bytes(5000)), "bundle.damaged"),
    (frame("ab" * 16, bytes(sealed_length(5000)), 1 << 63), "bundle.too_big"),
    (frame("ab" * 16, bytes(sealed_length(5000))) + b"rest", "bundle.damaged"),
    (frame("ab" * 16, bytes(sealed_length(5000)), sealed_length(5000) + 1), "bundle.damaged"),
])
def test_parts_that_are_not_in_order(sender: Sender, stick: Path, data: bytes, code: str) -> None:
    sender.here.create(name="x")
    news = sender.part(sender.inner(*sender.chains()))
    assert refused(sender.there, stick / "x.dat", sender.file(news, part(sender, data))) == code


def test_thousands_of_pieces(sender: Sender, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert blobs.MOST_BLOBS <= 4096
    monkeypatch.setattr(blobs, "MOST_BLOBS", 50)
    small = bytes(sealed_length(0))
    many = b"".join(frame(f"{number:032x}", small) for number in range(51))
    assert refused(sender.there, stick / "x.dat", sender.file(part(sender, many))) == "bundle.too_big"
    assert refused(sender.there, stick / "y.dat", sender.file(*(part(sender, many[: 25 * (24 + len(small))]) for _ in range(3)))) == "bundle.too_big"


def test_what_waits_for_a_closed_folder_takes_a_limited_room(sender: Sender, place: Callable[..., Place], stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blobs, "ROOM_WAITING", 3 * sealed_length(0))
    junk = b"".join(frame(f"{number:032x}", os.urandom(sealed_length(0))) for number in range(20))
    path = stick / "junk.dat"
    path.write_bytes(sender.file(part(sender, junk, folder=Folder.HEALTH)))
    registrar = place("B", Role.REGISTRAR)
    registrar.read(path)
    assert len(registrar.vault.files.names_waiting()) == 3
    place("B", Role.MEDIC).take_waiting()


@pytest.mark.parametrize(("told", "code"), [
    ({"wanted": [b"short"]}, "bundle.damaged"), ({"wanted": [b"b" * 16, b"a" * 16]}, "bundle.damaged"),
    ({"wanted": ["../../home".ljust(16)]}, "bundle.damaged"), ({"wanted": {}}, "bundle.damaged"), ({"wanted": 5}, "bundle.damaged"),
    ({"wanted": [], "more": 1}, "bundle.damaged"), ({}, "bundle.damaged"),
])
def test_lists_that_are_not_in_order(sender: Sender, stick: Path, told: dict[str, object], code: str) -> None:
    wanted = part(sender, b"", blobs.WANTED)
    wanted = replace(wanted, sealed=seal(pack(told, b""), wanted.recipients))
    assert refused(sender.there, stick / "x.dat", sender.file(wanted)) == code


def test_somebody_wants_what_there_is_not(sender: Sender, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = sender.there
    names = frozenset(f"{number:032x}" for number in range(100))
    path = stick / "wants.dat"
    path.write_bytes(sender.file(blobs.wanted_part(Folder.RECEPTION, names, with_dummies([there.post.folder_key(Folder.RECEPTION)]))))
    there.read(path)
    path.unlink()
    assert there.trust.wanted(sender.here.vault.site_public, Folder.RECEPTION) == names
    assert there.put(stick).files == 0
    monkeypatch.setattr(blobs, "MOST_WANTED", 50)
    everything = blobs.wanted_part(Folder.RECEPTION, names, with_dummies([there.post.folder_key(Folder.RECEPTION)]))
    assert blobs.wanted_in(unseal(everything.sealed, there.post.folder_identity(Folder.RECEPTION))) is None  # type: ignore[arg-type]


def test_an_older_program_passes_files_over(pair: tuple[Place, Place], stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows entries only; the format version is still the first."""
    here, there = pair
    here.keep(PHOTO)
    path = here.put(stick).path
    told = decode(unseal(path.read_bytes(), there.post.identity))
    assert {one.kind for one in told.parts} == {"entries", "wanted", "files"}
    assert all(possible(len(sealed)) for one in told.parts if one.kind == "files" for _, sealed in blobs.blobs(one))
    monkeypatch.setattr(blobs, "FILES", "unknown")
    monkeypatch.setattr(blobs, "WANTED", "unknown too")
    taken = there.read(path)
    assert (taken.new, taken.files) == (1, 0)


def test_names_on_the_shelf(pair: tuple[Place, Place]) -> None:
    here, _ = pair
    record, blob = here.keep(PHOTO)
    here.create(Folder.RECEPTION, "file", blob="../../home", key=blob.key.hex(), size=5, digest=blob.digest.hex())
    shelf: Shelf = here.shelf
    assert [(RecordId(*one), other.name) for one, other in shelf.listed(Folder.RECEPTION)] == [(record, blob.name)]
    assert shelf.missing(Folder.RECEPTION) == frozenset()
    with pytest.raises(UserError):
        here.vault.files.read(new_blob(b"never kept"))
