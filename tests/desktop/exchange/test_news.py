"""News there and back: two sites and three, any order, repeated, carried by others, for those who may read it."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder, Role
from desktop.exchange import carrier, reading, sealing, writing
from desktop.exchange.sealing import unseal
from desktop.exchange.signed import decode
from desktop.vault.padding import padded_length
from tests.desktop.exchange.places import DAY, Place

NAME = "အောင်မျိုးထက် အင်္ဂလိပ်"


def only(stick: Path) -> Path:
    (path,) = stick.iterdir()
    return path


def test_there_and_back(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    person = here.create(name=NAME)
    given = here.put(stick)
    assert (given.path, given.changes) == (only(stick), 1)
    assert [(site.nickname, changes) for site, changes in given.for_sites] == [("Site B", 1)]
    taken = there.read(given.path)
    assert (taken.new, taken.created) == (1, {Folder.RECEPTION: {person}})
    assert there.values(person)["name"] == NAME
    there.set(person, township="Hpa-An")
    here.read(there.put(stick).path)
    assert here.values(person) == {"name": NAME, "township": "Hpa-An"}
    assert here.state() == there.state()
    assert here.known(there).last_heard == DAY
    assert here.known(there).last_given == f"{DAY}T09:00"


def test_only_what_is_missing_travels(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    for number in range(20):
        here.create(name=f"person {number}")
    there.read(here.put(stick).path)
    assert here.put(stick).changes == 20  # nobody said yet that they arrived
    here.read(there.put(stick).path)
    here.create(name="one more")
    assert here.put(stick).changes == 1


def test_reading_again_does_nothing(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    here.create(name=NAME)
    path = here.put(stick).path
    assert not there.read(path).nothing
    before = there.state()
    assert there.read(path).nothing
    assert there.state() == before


def test_reading_never_changes_the_stick(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    here.create(name=NAME)
    here.put(stick)
    (stick / "photo.jpg").write_bytes(b"photo")
    stick.chmod(0o500)
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in stick.iterdir()}
    there.look(stick)
    there.read(next(path for path in stick.iterdir() if path.suffix == carrier.EXTENSION))
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in stick.iterdir()} == before
    stick.chmod(0o700)


def test_files_in_any_order_give_one_state(place: Callable[..., Place], tmp_path: Path) -> None:
    here, there = place("A"), place("B")
    here.trusts(there)
    there.trusts(here)
    person = here.create(name=NAME)
    files = []
    for number in range(3):
        here.set(person, township=f"town {number}", note=f"note {number}")
        files.append(here.put(tmp_path).path.rename(tmp_path / f"file {number}"))
        here.trust.set_floor(there.vault.site_public, Folder.RECEPTION, here.reception.versions())  # as if it had answered
    there.vault.close()
    states = set()
    for number, order in enumerate(permutations(files)):
        reader = place(f"B{number}", of="B")
        reader.trusts(here)
        for path in order:
            reader.read(path)
        states.add(reader.state())
    assert states == {here.state()}


def test_any_site_may_carry_for_any_other(place: Callable[..., Place], stick: Path) -> None:
    one, two, three = place("A"), place("B"), place("C")
    one.trusts(two)
    two.trusts(one)
    two.trusts(three)
    three.trusts(two)
    person = one.create(name=NAME)
    two.read(one.put(stick).path)
    three.read(two.put(stick).path)
    three.set(person, township="Hpa-An")
    two.read(three.put(stick).path)
    one.read(two.put(stick).path)
    assert one.values(person)["township"] == "Hpa-An"
    assert one.state() == two.state() == three.state()


def test_one_file_serves_several_sites(place: Callable[..., Place], stick: Path) -> None:
    one, two, three = place("A"), place("B"), place("C")
    for other in (two, three):
        one.trusts(other)
        other.trusts(one)
    one.create(name=NAME)
    given = one.put(stick)
    assert [(site.nickname, changes) for site, changes in given.for_sites] == [("Site B", 1), ("Site C", 1)]
    for other in (two, three):
        assert other.read(given.path).new == 1
    one.read(two.put(stick).path)
    one.create(name="second")
    again = one.put(stick)
    assert [(site.nickname, changes) for site, changes in again.for_sites] == [("Site B", 1), ("Site C", 2)]
    for other in (two, three):
        other.read(again.path)
        assert other.state() == one.state()


def test_folders_are_shared_one_by_one(place: Callable[..., Place], stick: Path) -> None:
    here, there = place("A"), place("B")
    here.trusts(there, [Folder.RECEPTION])
    there.trusts(here, [Folder.RECEPTION, Folder.CONTACTS])
    here.create(name=NAME)
    here.create(Folder.CONTACTS, "contact", call_name="Uncle")
    signed = decode(unseal(here.put(stick).path.read_bytes(), here.post.identity))
    assert [part.folder for part in signed.parts] == ["reception"]
    there.create(Folder.CONTACTS, "contact", call_name="Aunt")
    there.read(only(stick))
    news = there.put(stick)
    taken = here.read(news.path)
    assert taken.new == 0
    assert list(here.journals[Folder.CONTACTS].records("contact"))[1:] == []


def test_a_registrar_keeps_what_only_others_may_open(place: Callable[..., Place], stick: Path) -> None:
    here, there = place("A"), place("B")
    here.trusts(there)
    there.trusts(here)
    person = here.create(name=NAME)
    contact = here.create(Folder.CONTACTS, "contact", call_name="Uncle")
    health = here.create(Folder.HEALTH, "health", note="asthma")
    path = here.put(stick).path
    registrar = place("B", Role.REGISTRAR)
    taken = registrar.read(path)
    assert (taken.new, taken.waiting) == (1, 2)
    assert registrar.values(person)["name"] == NAME
    assert registrar.read(path).nothing
    assert registrar.trust.waiting_changes(here.vault.site_public) == 2
    medic = place("B", Role.MEDIC)
    assert medic.take_waiting().new == 1
    assert medic.values(health, Folder.HEALTH)["note"] == "asthma"
    coordinator = place("B")
    coordinator.take_waiting()
    assert coordinator.values(contact, Folder.CONTACTS)["call_name"] == "Uncle"
    assert coordinator.trust.waiting_changes(here.vault.site_public) == 0
    assert coordinator.state() == here.state()


def test_a_registrar_does_not_replace_what_she_cannot_write(place: Callable[..., Place], stick: Path) -> None:
    here, there = place("A"), place("B")
    here.trusts(there)
    there.trusts(here)
    here.create(Folder.CONTACTS, "contact", call_name="Uncle")
    first = here.put(stick).path
    second = place("A", Role.REGISTRAR).put(stick).path
    assert set(stick.iterdir()) == {first, second}
    third = place("A").put(stick).path
    assert set(stick.iterdir()) == {third}


def test_older_files_stay_until_the_new_one_holds_all_of_them(pair: tuple[Place, Place], place: Callable[..., Place], stick: Path) -> None:
    here, there = pair
    here.create(name=NAME)
    first = here.put(stick).path
    theirs = there.put(stick).path
    (stick / "photo.dat").write_bytes(b"photo")
    here.create(name="second")
    second = here.put(stick).path
    assert set(stick.iterdir()) == {second, theirs, stick / "photo.dat"}
    assert first != second


def test_two_different_answers_are_settled_and_the_settlement_travels(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    person = here.create(name=NAME)
    there.read(here.put(stick).path)
    here.set(person, father_name="U Tun")
    there.set(person, father_name="U Tin")
    taken = there.read(here.put(stick).path)
    assert taken.differing == ((Folder.RECEPTION, person, "father_name"),)
    with there.reception.save("settle") as save:
        save.settle(person, "father_name", "U Tun Myint")
    assert there.read(only_of(here, stick)).nothing
    here.read(there.put(stick).path)
    for site in pair:
        assert site.values(person)["father_name"] == "U Tun Myint"
        assert site.reception.conflicts() == []
    assert here.state() == there.state()


def only_of(site: Place, stick: Path) -> Path:
    return next(path for path in stick.iterdir() if carrier.read(path) and _written_by(site, path))


def _written_by(site: Place, path: Path) -> bool:
    return decode(unseal(path.read_bytes(), site.post.identity)).site == site.vault.site_public


def test_sizes_and_recipients_tell_little(pair: tuple[Place, Place], stick: Path) -> None:
    here, there = pair
    here.create(name=NAME)
    sealed = here.put(stick).path.read_bytes()
    assert sealed.count(b"\n-> X25519 ") == 4
    plain = unseal(sealed, there.post.identity)
    assert len(plain) == padded_length(len(plain))
    for part in decode(plain).parts:
        assert part.sealed.count(b"\n-> X25519 ") == len(part.recipients) == 4
    for canary in (b"Site", NAME.encode(), here.vault.site_public, DAY.encode()):
        assert canary not in sealed


def test_the_standard_tool_opens_the_file(pair: tuple[Place, Place], stick: Path, tmp_path: Path, tool: Callable[[str], str]) -> None:
    here, there = pair
    path = here.put(stick).path
    (tmp_path / "identity").write_text(str(there.post.identity))
    plain = subprocess.run([tool("age"), "-d", "-i", tmp_path / "identity", path], capture_output=True, check=True).stdout
    assert decode(plain).site == here.vault.site_public


def test_nobody_to_write_for(place: Callable[..., Place], stick: Path) -> None:
    with pytest.raises(UserError, match=r"stick\.no_sites"):
        place("A").put(stick)
    assert list(stick.iterdir()) == []


def test_stopping_leaves_nothing(pair: tuple[Place, Place], stick: Path) -> None:
    here, _ = pair
    here.create(name=NAME)

    class Stop(Exception):
        pass

    total = []
    here.put(stick)
    whole = [done for done, _ in here.steps]
    assert whole == sorted(whole)
    assert here.steps[-1][0] == here.steps[-1][1]
    for path in stick.iterdir():
        path.unlink()

    def stop(done: int, of: int) -> None:
        total.append(done)
        raise Stop

    with pytest.raises(Stop):
        writing.put(here.post, here.trust, here.journals, here.shelf, folder=stick, day=DAY, now="", step=stop)
    assert list(stick.iterdir()) == []


def test_looking(pair: tuple[Place, Place], place: Callable[..., Place], stick: Path) -> None:
    here, there = pair
    here.create(name=NAME)
    here.create(name="second")
    path = here.put(stick).path
    stranger = place("C")
    (stick / "card.dat").write_bytes(stranger.post.card_data("Site C"))
    (stick / "photo.dat").write_bytes(b"photo")
    seen = there.look(stick)
    assert [(one.path, one.site, one.day, one.changes, one.fresh, one.problem) for one in seen.bundles] == [
        (path, "Site A", DAY, 2, True, "")
    ]
    assert (seen.foreign, seen.cards) == (0, (stick / "card.dat",))
    there.read(path)
    assert [(one.changes, one.fresh) for one in there.look(stick).bundles] == [(0, False)]
    assert here.look(stick).bundles == ()
    assert stranger.look(stick).foreign == 1
    there.trust.remove(here.vault.site_public, "")
    assert [one.problem for one in there.look(stick).bundles] == ["bundle.unknown_sender"]
    path.write_bytes(path.read_bytes()[:-10])
    assert [one.problem for one in here.look(stick).bundles] == ["bundle.damaged"]
    with pytest.raises(KnownFault, match=r"stick\.gone"):
        here.look(stick / "gone")


def test_news_that_was_not_kept_is_still_new(pair: tuple[Place, Place], stick: Path) -> None:
    """Stopped in the last moment: nothing of it may be remembered, not even in memory."""
    here, there = pair
    here.create(name="A")
    path = here.put(stick).path
    calls = iter([None] * len(there.journals))

    def stop() -> None:
        if next(calls, "over") == "over":
            raise UserError("stopped")

    with pytest.raises(UserError, match="stopped"):
        reading.take(there.trust, there.journals, there.shelf, reading.news(there.post, there.trust, path, path.read_bytes()), stop)
    assert all(journal.versions() == {} for journal in there.journals.values())
    assert [found.changes for found in there.look(stick).bundles] == [1]
    assert there.read(path).new == 1


def test_a_file_that_may_not_be_read_hides_no_other(
    pair: tuple[Place, Place], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = pair
    here.create(name="A")
    here.put(stick)
    (stick / "shut.dat").write_bytes(sealing.HEAD)
    (stick / "folder.dat").mkdir()
    (stick / "loop.dat").symlink_to("loop.dat")
    opened = Path.open

    def refuses(path: Path, *more: Any) -> Any:
        if path.name == "shut.dat":
            raise PermissionError(errno.EACCES, "shut")
        return opened(path, *more)

    monkeypatch.setattr(Path, "open", refuses)
    seen = there.look(stick)
    assert ([found.changes for found in seen.bundles], seen.foreign) == ([1], 1)
    here.create(name="B")
    assert here.put(stick).path.exists()
