"""Adding, removing, re-keying; and what each of them can and cannot reach with every file in hand."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder, Role
from desktop.vault import sealing
from desktop.vault.database import Database
from desktop.vault.folder_keys import FolderKeys, _about
from desktop.vault.hardness import Hardness
from desktop.vault.slots import COPIES, Opened, Slots
from desktop.vault.vault import Vault
from tests.desktop.vault.conftest import MEDICS, MINE, THEIRS, Made, copy


def slot_of(folder: Path, passphrase: str) -> Opened:
    slots = Slots.read(folder)
    opened = slots.open(slots.by_passphrase(passphrase))
    assert opened is not None
    return opened


def write_in(vault: Vault, folder: Folder, words: str) -> None:
    database = vault.database(folder)
    assert database is not None
    database.script("CREATE TABLE IF NOT EXISTS t (a TEXT)")
    database.execute("INSERT INTO t VALUES (?)", (words,))


def read_in(vault: Vault, folder: Folder) -> list[str]:
    database = vault.database(folder)
    assert database is not None
    return [words for (words,) in database.execute("SELECT a FROM t")]


def test_a_registrar_with_all_files_gets_no_key_of_other_folders(made: Made) -> None:
    opened = slot_of(made.folder, THEIRS)
    home = Database.open(made.folder / "home", opened.home_keys[0])
    rows = home.execute("SELECT folder, epoch, volunteer, sealed FROM folder_keys").fetchall()
    mine = set()
    for folder, epoch, volunteer, sealed in rows:
        for about in {_about(Folder(folder), epoch, volunteer), _about(Folder(folder), epoch, made.registrar)}:
            if sealing.unseal(sealed, opened.owner.private, about) is not None:
                mine.add(folder)
    assert mine == {"reception"}
    assert {folder for folder, *_ in rows} == {"reception", "contacts", "health"}
    every_secret = [value for (value,) in home.execute("SELECT value FROM secrets")]
    candidates = [secret for secret in (*opened.home_keys, opened.owner.private, *every_secret) if len(secret) == 32]
    for folder in ("contacts", "health"):
        for key in candidates:
            with pytest.raises(KnownFault, match=r"vault\.damaged"):
                Database.open(made.folder / folder, key)
    home.close()


def test_adding_oneself_in_the_home_gives_nothing(made: Made) -> None:
    """A registrar who writes into the home by hand is not sealed to when Contacts gets its next key."""
    opened = slot_of(made.folder, THEIRS)
    home = Database.open(made.folder / "home", opened.home_keys[0])
    home.execute("INSERT INTO folder_keys VALUES ('contacts', 1, ?, x'00')", (made.registrar,))
    home.execute("UPDATE volunteers SET public = ? WHERE id != ?", (sealing.public_of(opened.owner.private), made.registrar))
    home.execute("UPDATE folders SET wanted = 1, recipient = 'age1forged' WHERE name = 'contacts'")
    home.close()
    slots = Slots.read(made.folder)
    coordinator = slots.open(slots.by_passphrase(MINE))
    assert coordinator is not None
    home = Database.open(made.folder / "home", coordinator.home_keys[0])
    keys = FolderKeys(home, made.folder, coordinator.owner.volunteer, coordinator.owner.private)
    keys.tend()
    assert keys.recipient(Folder.CONTACTS).startswith("age1") is True
    assert keys.recipient(Folder.CONTACTS) != "age1forged"
    rows = home.execute("SELECT volunteer, epoch, sealed FROM folder_keys WHERE folder = 'contacts'").fetchall()
    assert [(volunteer, epoch) for volunteer, epoch, _ in rows] == [(made.coordinator, 2)]
    for volunteer, epoch, sealed in rows:
        assert sealing.unseal(sealed, opened.owner.private, _about(Folder.CONTACTS, epoch, volunteer)) is None
    keys.close()
    home.close()


def test_the_same_passphrase_twice_is_refused(made: Made) -> None:
    vault = Vault.open(made.folder, MINE)
    with pytest.raises(UserError, match=r"passphrase\.taken"):
        vault.volunteers.add(name="X", role=Role.OBSERVER, passphrase=f" {THEIRS}", folders=frozenset())
    with pytest.raises(UserError, match=r"passphrase\.taken"):
        vault.volunteers.change_passphrase(MINE, THEIRS)
    with pytest.raises(UserError, match=r"name\.taken"):
        vault.volunteers.add(name="ko aung", role=Role.OBSERVER, passphrase="another phrase", folders=frozenset())
    vault.close()


def test_change_passphrase(made: Made) -> None:
    vault = Vault.open(made.folder, THEIRS)
    with pytest.raises(UserError, match=r"passphrase\.wrong"):
        vault.volunteers.change_passphrase(MINE, "stolen")
    vault.volunteers.change_passphrase(THEIRS, "fresh phrase")
    vault.close()
    with pytest.raises(UserError, match=r"passphrase\.wrong"):
        Vault.open(made.folder, THEIRS)
    again = Vault.open(made.folder, "fresh phrase")
    assert again.folders == {Folder.RECEPTION}
    again.close()


def test_a_removed_volunteer_opens_nothing_even_with_an_old_slot_file(made: Made, tmp_path: Path) -> None:
    old = copy(made.folder, tmp_path / "old")
    before = slot_of(old, MEDICS)
    stolen = Vault.open(old, MEDICS)
    write_in(stolen, Folder.HEALTH, "known before")
    keys = [stolen.folder_keys._key(folder, 1) for folder in (Folder.RECEPTION, Folder.HEALTH)]  # what a thief would take along
    stolen.close()
    vault = Vault.open(made.folder, MINE)
    write_in(vault, Folder.HEALTH, "stays")
    vault.volunteers.close_access(made.medic)
    write_in(vault, Folder.HEALTH, "after")
    assert [one.id for one in vault.volunteers.all()] == [made.coordinator, made.registrar]
    assert vault.volunteers.name_of(made.medic) == "Naw Paw"
    vault.close()
    with pytest.raises(UserError, match=r"passphrase\.wrong"):
        Vault.open(made.folder, MEDICS)
    for name in ("home", "reception", "health"):
        for key in (*keys, *before.home_keys):
            assert key is not None
            with pytest.raises(KnownFault, match=r"vault\.damaged"):
                Database.open(made.folder / name, key)
    kept = {name: (made.folder / name).read_bytes() for name in COPIES}
    for name in COPIES:
        shutil.copyfile(old / name, made.folder / name)
    with pytest.raises(KnownFault, match=r"vault\.damaged"):
        Vault.open(made.folder, MEDICS)
    for name, data in kept.items():
        (made.folder / name).write_bytes(data)
    vault = Vault.open(made.folder, MINE)
    assert read_in(vault, Folder.HEALTH) == ["stays", "after"]
    assert vault.damaged() == []
    vault.close()
    other = Vault.open(made.folder, THEIRS)
    assert other.folders == {Folder.RECEPTION}
    assert other.database(Folder.RECEPTION) is not None
    other.close()
    recovered = Vault.recover(made.folder, made.code, "new coordinator phrase")
    assert recovered.folders == frozenset(Folder)
    recovered.close()


def test_taking_a_folder_away_gives_it_a_new_key(made: Made) -> None:
    opened = slot_of(made.folder, MEDICS)
    vault = Vault.open(made.folder, MINE)
    write_in(vault, Folder.HEALTH, "stays")
    vault.volunteers.set_folders(made.medic, frozenset({Folder.RECEPTION, Folder.CONTACTS}))
    assert read_in(vault, Folder.HEALTH) == ["stays"]
    vault.close()
    medic = Vault.open(made.folder, MEDICS)
    assert medic.folders == {Folder.RECEPTION, Folder.CONTACTS}
    assert medic.database(Folder.HEALTH) is None
    assert medic.database(Folder.CONTACTS) is not None
    with pytest.raises(UserError, match=r"folder\.not_yours"):
        medic.volunteers.set_folders(made.registrar, frozenset({Folder.RECEPTION, Folder.HEALTH}))
    medic.close()
    assert opened.owner.volunteer == made.medic


def test_a_folder_the_coordinator_cannot_open_gets_its_key_from_the_next_member(made: Made) -> None:
    vault = Vault.open(made.folder, MINE)
    second = vault.volunteers.add(
        name="Sayama", role=Role.MEDIC, passphrase="second medic", folders=frozenset({Folder.RECEPTION, Folder.HEALTH})
    )
    vault.volunteers.set_folders(made.coordinator, frozenset({Folder.RECEPTION, Folder.CONTACTS}))
    assert vault.database(Folder.HEALTH) is None
    key_before = slot_key(made, "second medic", Folder.HEALTH)
    vault.volunteers.close_access(made.medic)
    assert vault.volunteers.lost_without(second) == {Folder.HEALTH}
    vault.close()
    medic = Vault.open(made.folder, "second medic")
    assert medic.database(Folder.HEALTH) is not None
    state = medic.home.execute("SELECT moving, wanted FROM folders").fetchall()
    assert state == [(0, 0)] * 3
    with pytest.raises(UserError, match=r"folder\.last_member"):
        medic.volunteers.set_folders(second, frozenset({Folder.RECEPTION}))
    medic.close()
    with pytest.raises(KnownFault, match=r"vault\.damaged"):
        Database.open(made.folder / "health", key_before)


def slot_key(made: Made, passphrase: str, folder: Folder) -> bytes:
    opened = slot_of(made.folder, passphrase)
    home = Database.open(made.folder / "home", opened.home_keys[0])
    keys = FolderKeys(home, made.folder, opened.owner.volunteer, opened.owner.private)
    key = keys._key(folder, keys._state(folder)[0])
    home.close()
    assert key is not None
    return key


def test_a_forgotten_passphrase(made: Made) -> None:
    vault = Vault.open(made.folder, MINE)
    vault.volunteers.new_passphrase(made.medic, "medic again")
    vault.close()
    with pytest.raises(UserError, match=r"passphrase\.wrong"):
        Vault.open(made.folder, MEDICS)
    medic = Vault.open(made.folder, "medic again")
    assert medic.folders == {Folder.RECEPTION, Folder.HEALTH}
    assert medic.database(Folder.HEALTH) is not None
    medic.close()


def test_sixteen_slots_and_no_more(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault.open(made.folder, MINE)
    monkeypatch.setattr(
        Hardness, "stretch", lambda _, phrase, salt: hashlib.sha256(phrase.encode() + salt).digest()
    )  # in a hurry
    for number in range(12):
        vault.volunteers.add(name=f"V{number}", role=Role.OBSERVER, passphrase=f"phrase {number}", folders=frozenset())
    with pytest.raises(UserError, match=r"volunteers\.full"):
        vault.volunteers.add(name="one more", role=Role.OBSERVER, passphrase="one more", folders=frozenset())
    vault.volunteers.close_access(vault.volunteers.all()[-1].id)
    vault.volunteers.add(name="one more", role=Role.OBSERVER, passphrase="one more", folders=frozenset())
    vault.close()
    Vault.open(made.folder, "one more").close()


class Cut(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("at", ["slots", "home", "folder", "settle"])
def test_a_removal_cut_short_is_finished_by_the_next_one_who_opens(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise Cut

    vault = Vault.open(made.folder, MINE)
    write_in(vault, Folder.HEALTH, "stays")
    real = Database.rekey
    with monkeypatch.context() as patched:
        if at == "slots":
            patched.setattr("desktop.vault.volunteers.Volunteers.finish_home", cut)
        elif at == "home":
            patched.setattr("desktop.vault.folder_keys.FolderKeys.finish_moves", cut)
        elif at == "folder":
            patched.setattr(Database, "rekey", lambda self, key: cut() if self.path.name != "home" else real(self, key))
        else:
            patched.setattr(Database, "rekey", lambda self, key: (real(self, key), self.path.name == "home" or cut()))
        with pytest.raises(Cut):
            vault.volunteers.close_access(made.medic)
    after = copy(made.folder, tmp_path / "after")  # the files as the cut left them, logs and all
    vault.close()
    with pytest.raises(UserError, match=r"passphrase\.wrong"):
        Vault.open(after, MEDICS)
    for passphrase in (THEIRS, MINE):
        again = Vault.open(after, passphrase)
        assert made.medic not in [one.id for one in again.volunteers.all()]
        assert again.database(Folder.RECEPTION) is not None
        if passphrase == MINE:
            assert read_in(again, Folder.HEALTH) == ["stays"]
            assert again.home.execute("SELECT moving, wanted FROM folders").fetchall() == [(0, 0)] * 3
            assert again.damaged() == []
        again.close()
    opened = slot_of(after, MINE)
    assert opened.home_keys[0] == opened.home_keys[1]


def test_a_full_disk_while_adding_changes_nothing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault.open(made.folder, MINE)

    def full(*_: object) -> None:
        raise KnownFault("disk.full")

    before = {name: (made.folder / name).read_bytes() for name in COPIES}
    with monkeypatch.context() as patched:
        patched.setattr("desktop.vault.durable.write_all", full)
        with pytest.raises(KnownFault, match=r"disk\.full"):
            vault.volunteers.add(name="New", role=Role.REGISTRAR, passphrase="new one", folders=frozenset({Folder.RECEPTION}))
        with pytest.raises(KnownFault, match=r"disk\.full"):
            vault.volunteers.close_access(made.medic)
    assert len(vault.volunteers.all()) == 3
    assert {name: (made.folder / name).read_bytes() for name in COPIES} == before
    vault.volunteers.add(name="New", role=Role.REGISTRAR, passphrase="new one", folders=frozenset({Folder.RECEPTION}))
    vault.close()
    for passphrase in (MEDICS, "new one"):
        Vault.open(made.folder, passphrase).close()
