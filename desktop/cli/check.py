"""``--check``: everything once, in a folder that is thrown away."""

from __future__ import annotations

import tempfile
import time
from base64 import b64decode
from pathlib import Path

from desktop.cli.output import say
from desktop.domain.folders import Folder
from desktop.services import files, intake, papers, people, scans, vaults

_PICTURE = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")  # one grey point


def check() -> int:
    """Make a vault, register an invented person, find them, draw their slip, read it back, keep a picture; tells how long each step took. Returns 0; errors rise."""
    with tempfile.TemporaryDirectory(prefix="waystation-check-") as folder:
        began = time.perf_counter()
        passphrase = vaults.suggest_words(8)
        vaults.lock(vaults.create(Path(folder) / "vault", site="Check", name="Check", passphrase=passphrase).session)
        session = vaults.open_vault(Path(folder) / "vault", passphrase=passphrase)
        began = _told("made a folder and opened it", began)
        opened = intake.begin_arrival(session, language="en")
        opened.form.set("/data/name", "အောင်မျိုး")
        registered, _ = intake.save_arrival(session, opened=opened)
        began = _told("registered a person", began)
        if not people.find(session, query="အောင်").keys:
            raise AssertionError("the person was not found")
        paper = papers.make(session, document=papers.ARRIVAL_SLIP, person=registered.person)
        papers.picture(paper, page=0)
        began = _told("drew one page", began)
        saved = Path(folder) / "page.pdf"
        papers.save_as(session, paper=paper, path=saved)
        if len(scans.read([saved], scans.ready(session)).pages) != paper.pages:
            raise AssertionError("the page was not read back")
        began = _told("read it as a scan, in a process of its own", began)
        file, _ = files.keep_photo(session, folder=Folder.RECEPTION, content=_PICTURE)
        if not files.thumbnail(session, file=file, side=64):
            raise AssertionError("the picture was not kept")
        _told("kept a picture", began)
        vaults.lock(session)
    say("all well")
    return 0


def _told(what: str, began: float) -> float:
    now = time.perf_counter()
    say(f"{what}\t{now - began:.2f} s")
    return now
