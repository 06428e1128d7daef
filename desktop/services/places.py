"""Where the folder of this laptop lies, if nobody says otherwise.

The folder itself is found without a vault: a small file in the settings folder of the person names it when they chose another
place than the usual one. It holds a path and nothing else.
"""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_config_path, user_data_path

from desktop.vault.faults import explained

NAME = "Waystation"


def usual() -> Path:
    """The usual folder, decided by HOME and the XDG variables."""
    return user_data_path(NAME, appauthor=False)


def _note() -> Path:
    return user_config_path(NAME, appauthor=False) / "place"


def chosen() -> Path:
    """The folder chosen at the first start, or the usual one."""
    try:
        text = _note().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return usual()
    return Path(text) if text and Path(text).is_absolute() else usual()


def remember(folder: Path) -> None:
    """Find this folder at the next start. The note is taken away when it is the usual one. KnownFault: disk.full, disk.readonly, disk.failed."""
    note = _note()
    with explained():
        _write(note, folder)


def _write(note: Path, folder: Path) -> None:
    if folder == usual():
        note.unlink(missing_ok=True)
        return
    note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    note.touch(mode=0o600)
    note.write_text(f"{folder.absolute()}\n", encoding="utf-8")
