"""Practise with invented people: a throw-away vault that nobody can open again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop.services import vaults
from desktop.services.progress import Progress, silent
from desktop.services.session import Session
from desktop.words.catalogue import translate

PREFIX = "waystation-practice-"


def open_practice(*, language: str = "en", progress: Progress = silent) -> tuple[Session, Callable[[], None]]:
    """An opened vault in a temporary folder, and what takes it away after it was locked. Its passphrase is made at random and kept
    nowhere, so what stays after a crash cannot be read.

    KnownFault: disk.full, disk.readonly.
    """
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    made = vaults.create(
        folder / "vault", site=translate("Practice", language), name=translate("You", language),
        passphrase=vaults.suggest_words(8), language=language,
    )
    progress(1, 1)
    return made.session, lambda: shutil.rmtree(folder, ignore_errors=True)
