"""Making, opening and closing a vault, and what lies in its folder."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder, Role
from desktop.vault import identity, recovery
from desktop.vault.hardness import FLOOR
from desktop.vault.slots import Slots
from desktop.vault.vault import Vault, lies_in
from tests.desktop.vault.conftest import MEDICS, MINE, THEIRS, Made, copy

CANARY = "ဦးကျော်-Zebra-Canary"


def test_opens_with_the_passphrase_of_each_volunteer(made: Made) -> None:
    every = frozenset(Folder)
    for passphrase, folders in ((MINE, every), (MEDICS, frozenset({Folder.RECEPTION, Folder.HEALTH}))):
        vault = Vault.open(made.folder, passphrase)
        assert vault.folders == folders
        for folder in Folder:
            assert (vault.database(folder) is not None) == (folder in folders)
            assert (vault.folder_keys.identity(folder) is not None) == (folder in folders)
        vault.close()
    with pytest.raises(UserError, match=r"passphrase\.wrong"):
        Vault.open(made.folder, "coordinator phrasf")


def test_forgives_spaces_and_invisible_breaks(made: Made) -> None:
    vault = Vault.open(made.folder, "  coordinator\u200b   phrase ")
    assert vault.volunteer.name == "Daw Mya"
    assert vault.role is Role.COORDINATOR
    vault.close()


def test_the_folder_tells_nothing_and_is_private(made: Made) -> None:
    vault = Vault.open(made.folder, MINE)
    vault.set_setting("note", CANARY)
    for folder in Folder:
        database = vault.database(folder)
        assert database is not None
        database.execute("CREATE TABLE t (a)")
        database.execute("INSERT INTO t VALUES (?)", (CANARY,))
    for closed in (False, True):
        if closed:
            vault.close()
        for path in made.folder.rglob("*"):
            wanted = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == wanted, path
            if path.is_file():
                data = path.read_bytes()
                for words in (CANARY, "Daw Mya", "Site A", "Zebra", "Ko Aung", "coordinator"):
                    assert words.encode() not in data
                    assert words.encode("utf-16-le") not in data
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    names = {"slots", "slots.2", "home", "reception", "contacts", "health", "files", "lock"}
    assert {path.name for path in made.folder.iterdir()} == names


def test_settings_and_audit_stay(made: Made) -> None:
    vault = Vault.open(made.folder, MINE)
    assert (vault.setting("site"), vault.setting("nothing", "else")) == ("Site A", "else")
    vault.set_setting("printer", "laser")
    vault.audit("printed", document="slip", copies=2)
    vault.close()
    vault.close()
    vault = Vault.open(made.folder, MINE)
    assert vault.setting("printer") == "laser"
    assert vault.audited(2)[1][1:] == (made.coordinator, "printed", {"document": "slip", "copies": 2})
    vault.close()


def test_missing_and_damaged_are_told_apart(made: Made, tmp_path: Path) -> None:
    def fault(**_: object) -> str:
        with pytest.raises(KnownFault) as raised:
            Vault.open(made.folder, MINE)
        return raised.value.code

    home = (made.folder / "home").read_bytes()
    (made.folder / "home").write_bytes(b"\0" * len(home))
    assert fault() == "vault.damaged"
    (made.folder / "home").unlink()
    assert fault() == "vault.part_missing"
    (made.folder / "home").write_bytes(home)
    kept = {name: (made.folder / name).read_bytes() for name in ("slots", "slots.2")}
    for name in kept:
        (made.folder / name).write_bytes(b"")
    assert fault() == "vault.slots_damaged"
    for name in kept:
        (made.folder / name).unlink()
    assert fault() == "vault.slots_missing"
    (made.folder / "slots.2").write_bytes(kept["slots.2"])
    Vault.open(made.folder, MINE).close()
    assert (made.folder / "slots").read_bytes() == kept["slots"]
    with pytest.raises(KnownFault, match=r"vault\.missing"):
        Vault.open(tmp_path / "nothing", MINE)
    assert not (tmp_path / "nothing").exists()


def test_a_newer_vault_stays_closed(made: Made) -> None:
    vault = Vault.open(made.folder, MINE)
    vault.home.execute("PRAGMA user_version = 999")
    vault.close()
    with pytest.raises(KnownFault, match=r"vault\.newer"):
        Vault.open(made.folder, MINE)


def test_a_second_window_is_refused_until_the_first_closes(made: Made) -> None:
    vault = Vault.open(made.folder, MINE)
    with pytest.raises(KnownFault, match=r"vault\.in_use"):
        Vault.open(made.folder, THEIRS)
    vault.close()
    Vault.open(made.folder, THEIRS).close()


HOLD = """
import sys
from pathlib import Path
from desktop.vault.vault import Vault
vault = Vault.open(Path(sys.argv[1]), sys.argv[2])
vault.set_setting("said", "before the kill")
print("open", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX systems")
def test_a_killed_window_does_not_lock_anybody_out(made: Made) -> None:
    command = [sys.executable, "-c", HOLD, str(made.folder), MINE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=os.getcwd()) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(KnownFault, match=r"vault\.in_use"):
            Vault.open(made.folder, MINE)
        other.send_signal(signal.SIGKILL)
        other.wait()
    vault = Vault.open(made.folder, MINE)
    assert vault.setting("said") == "before the kill"
    assert vault.damaged() == []
    vault.close()


def test_the_device_stays_the_same_and_is_vouched_for(made: Made) -> None:
    vault = Vault.open(made.folder, MINE)
    first, site = vault.device, vault.site_public
    vault.close()
    vault = Vault.open(made.folder, THEIRS)
    assert vault.device.public == first.public
    assert identity.site_of(first.public, first.certificate) == site
    assert identity.site_of(first.public, bytes(96)) is None
    assert identity.site_of(identity.signing_public(bytes(32)), first.certificate) is None
    assert identity.signed_by(first.public, vault.device.sign(b"entry"), b"entry")
    assert not identity.signed_by(first.public, vault.device.sign(b"entry"), b"other")
    assert identity.signed_by(site, vault.sign_as_site(b"card"), b"card")
    vault.close()


def test_keys_that_fit_any_signature_are_refused() -> None:
    for public in (bytes(32), bytes([1]) + bytes(31), bytes([0xEC]) + b"\xff" * 31, bytes([0xED]) + b"\xff" * 30 + b"\x7f"):
        assert not any(identity.signed_by(public, bytes(64), bytes([n])) for n in range(64))
        assert not any(identity.signed_by(public, bytes([1]) + bytes(63), bytes([n])) for n in range(64))


def test_a_copied_vault_is_another_device_of_the_same_site(made: Made, tmp_path: Path) -> None:
    vault = Vault.open(made.folder, MINE)
    vault.close()
    twin = Vault.open(copy(made.folder, tmp_path / "twin"), MINE)
    assert twin.device.public != vault.device.public
    assert twin.site_public == vault.site_public
    assert [public for public, _ in twin.devices][-2:] == [vault.device.public, twin.device.public]
    assert twin.home.execute("SELECT count(private) FROM devices").fetchone() == (1,)
    twin.close()
    made.folder.rename(tmp_path / "moved")
    moved = Vault.open(tmp_path / "moved", MINE)
    assert moved.device.public == vault.device.public
    moved.close()


def test_the_recovery_code_opens_and_sets_a_new_passphrase(made: Made) -> None:
    typed = recovery.shown(made.code).lower().replace("0", "o").replace("1", "l")
    vault = Vault.recover(made.folder, typed, "a new phrase")
    assert vault.volunteer.id == made.coordinator
    assert vault.folders == frozenset(Folder)
    vault.close()
    Vault.open(made.folder, "a new phrase").close()
    with pytest.raises(UserError, match=r"passphrase\.wrong"):
        Vault.open(made.folder, MINE)
    with pytest.raises(UserError, match=r"passphrase\.wrong"):
        Vault.open(made.folder, made.code)


def test_a_mistyped_code_is_told_from_a_wrong_one(made: Made) -> None:
    wrong = made.code[:-3] + ("0" if made.code[-3] != "0" else "2") + made.code[-2:]
    with pytest.raises(UserError, match=r"recovery\.mistyped"):
        Vault.recover(made.folder, wrong, "a new phrase")
    with pytest.raises(UserError, match=r"recovery\.wrong"):
        Vault.recover(made.folder, recovery.new_code(), "a new phrase")
    Vault.open(made.folder, MINE).close()


def test_a_new_code_ends_the_old_one(made: Made) -> None:
    vault = Vault.open(made.folder, MINE)
    code = vault.volunteers.new_recovery_code()
    vault.close()
    with pytest.raises(UserError, match=r"recovery\.wrong"):
        Vault.recover(made.folder, made.code, "a new phrase")
    Vault.recover(made.folder, code, "a new phrase").close()


def test_not_over_anything_that_is_there(made: Made, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"vault\.exists"):
        Vault.create(made.folder, site="B", name="N", passphrase="p")
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"photo")
    with pytest.raises(UserError, match=r"vault\.not_empty"):
        Vault.create(tmp_path / "photos", site="B", name="N", passphrase="p")
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["one.jpg"]


def test_a_half_made_vault_is_no_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "vault"

    def breaks(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Slots, "write", breaks)
        with pytest.raises(KeyboardInterrupt):
            Vault.create(folder, site="B", name="N", passphrase="p", hardness=FLOOR)
    assert not lies_in(folder)
    (folder / "making").touch()  # as a power cut leaves it
    (folder / "home").write_bytes(b"half")
    (folder / "slots").write_bytes(b"half")
    assert not lies_in(folder)
    with pytest.raises(KnownFault, match=r"vault\.missing"):
        Vault.open(folder, "p")
    vault, _ = Vault.create(folder, site="B", name="N", passphrase="p", hardness=FLOOR)
    vault.close()
    assert lies_in(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="of POSIX systems")
def test_no_memory_dumps() -> None:
    look = "import resource; from desktop.vault.machine import harden_process; harden_process(); print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    look += "; import ctypes; print(ctypes.CDLL(None).prctl(3))" if sys.platform == "linux" else "; print(0)"
    run = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=os.getcwd())
    assert run.stdout.split() == ["0", "0"]


@pytest.mark.parametrize(
    ("number", "code"), [(errno.EROFS, "disk.readonly"), (errno.ENOSPC, "disk.full"), (errno.EIO, "disk.failed")]
)
def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuses(*_: object) -> int:
        raise OSError(number, "no")

    with monkeypatch.context() as patched:
        patched.setattr("desktop.vault.durable.os.open", refuses)
        with pytest.raises(KnownFault) as fault:
            Vault.create(tmp_path / "vault", site="B", name="N", passphrase="p")
    assert fault.value.code == code
    assert not lies_in(tmp_path / "vault")
    vault, _ = Vault.create(tmp_path / "vault", site="B", name="N", passphrase="p", hardness=FLOOR)
    vault.close()
