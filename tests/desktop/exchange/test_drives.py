"""Removable drives as the Linux kernel lists them, from an invented system."""

from __future__ import annotations

from pathlib import Path

from desktop.exchange import drives


def system(tmp_path: Path, *disks: tuple[str, bool]) -> Path:
    for disk, removable in disks:
        real = tmp_path / "sys" / "devices" / disk
        (real / f"{disk}1").mkdir(parents=True)
        (real / "removable").write_text(f"{int(removable)}\n")
        block = tmp_path / "sys" / "class" / "block"
        block.mkdir(parents=True, exist_ok=True)
        (block / disk).symlink_to(real)
        (block / f"{disk}1").symlink_to(real / f"{disk}1")
    return tmp_path / "sys"


def test_sticks_are_told_from_disks(tmp_path: Path) -> None:
    for name in ("GREY STICK", "old", "home"):
        (tmp_path / name).mkdir()
    mounts = tmp_path / "mounts"
    place = str(tmp_path)
    mounts.write_text(
        f"/dev/sdb1 {place}/GREY\\040STICK vfat rw,nosuid 0 0\n"
        f"/dev/sdc1 {place}/old exfat ro 0 0\n"
        f"/dev/sda1 {place}/home ext4 rw 0 0\n"
        f"tmpfs {place}/tmp tmpfs rw 0 0\n"
        "/dev/sdd1 /media/gone vfat rw 0 0\n"
        "short\n"
    )
    found = drives._mounted(mounts, system(tmp_path, ("sda", False), ("sdb", True), ("sdc", True)))
    assert {(drive.name, drive.writable) for drive in found} == {("GREY STICK", True), ("old", False)}
    assert all(drive.free > 0 for drive in found)


def test_a_system_without_such_lists(tmp_path: Path) -> None:
    assert drives._mounted(tmp_path / "none", tmp_path) == []


def test_this_computer_can_be_asked() -> None:
    assert all(drive.path.is_dir() for drive in drives.drives())
