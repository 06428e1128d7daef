"""Kept files: a large photo beside a plain file, and a stick full of photos, the whole way from vault to vault."""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image

from desktop.domain.folders import Folder
from desktop.services import files, pictures, stick
from desktop.services.session import Session
from desktop.vault.durable import write_all
from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.benchmarks.table import Row, peak_megabytes, timed
from tests.stretching import quick

_ROUNDS = 7
_LARGE, _PHOTO, _PHOTOS = 5_000_000, 300_000, 200
_PASSPHRASE = "amber river stone lantern"


def _site(folder: Path) -> Session:
    Vault.create(folder, site=folder.name, name="Coordinator", passphrase=_PASSPHRASE, hardness=FLOOR)[0].close()
    return Session(Vault.open(folder, _PASSPHRASE))


def _one(session: Session, path: Path) -> tuple[float, ...]:
    """Seconds: keep, write plainly, read, read plainly."""
    content, kept = os.urandom(_LARGE), [""]

    def keep() -> None:
        kept[0], _ = files.keep(session, folder=Folder.RECEPTION, content=content, media_type=pictures.JPEG)

    return (
        timed(keep), timed(lambda: write_all({path: content})), timed(lambda: files.read(session, file=kept[0])), timed(path.read_bytes)
    )


def one_rows(folder: Path) -> Iterator[Row]:
    """Keeping and reading 5 MB, beside a plain file written as durably."""
    session = _site(folder / "A")
    times: list[tuple[float, ...]] = [_one(session, folder / f"plain {number}") for number in range(_ROUNDS)]
    keeping, plain, reading, plainly = (statistics.median(column) * 1e3 for column in zip(*times))
    blobs = [path.stat().st_size for path in session.vault.files.folder.iterdir()]
    session.close()
    yield Row("keep a file of 5 MB", keeping, "ms", None, "plain file, synced", plain)
    yield Row("read it", reading, "ms", None, "plain file", plainly)
    yield Row("5 MB on the disk", max(blobs) / 1e6, "MB", None, "plain file", _LARGE / 1e6)


def photo_rows() -> Iterator[Row]:
    """Cleaning a photo of 12 million pixels."""
    out = BytesIO()
    Image.effect_noise((1000, 750), 60).resize((4000, 3000)).convert("RGB").save(out, "JPEG", quality=90)
    cleaned: list[bytes] = []
    yield Row("clean a photo of 12 million pixels", timed(lambda: cleaned.append(pictures.cleaned_photo(out.getvalue()))) * 1e3, "ms")
    yield Row("it becomes", len(cleaned[0]) / 1e3, "kB", None, "as it came", len(out.getvalue()) / 1e3)


def stick_rows(folder: Path) -> Iterator[Row]:
    """200 photos of 300 kB to another site."""
    here, there = _site(folder / "A"), _site(folder / "B")
    place = folder / "stick"
    place.mkdir()
    for one, two in ((here, there), (there, here)):
        stick.trust(one, card=stick.read_card(one, source=stick.my_card(two).data), folders=frozenset(Folder))
    for _ in range(_PHOTOS):
        files.keep(here, folder=Folder.RECEPTION, content=os.urandom(_PHOTO), media_type=pictures.JPEG)
    put: list[stick.Put] = []
    yield Row("200 photos of 300 kB: put on the stick", timed(lambda: put.append(stick.put_news(here, folder=place))), "s")
    yield Row("on the stick", put[0].size / 1e6, "MB", None, "the photos", _PHOTOS * _PHOTO / 1e6)
    came: list[int] = []

    def read() -> None:
        for bundle in stick.look(there, folder=place).bundles:
            came.append(stick.read_news(there, path=bundle.path)[0].files)

    yield Row("look at it and read it", timed(read), "s")
    if put[0].files != _PHOTOS or sum(came) != _PHOTOS:
        raise RuntimeError("not every photo came")
    yield Row("memory at most, of all of this", peak_megabytes(), "MB")
    here.close()
    there.close()


def rows() -> list[Row]:
    """All of them."""
    found: list[Row] = []
    with quick():
        for part in (one_rows, stick_rows):
            with tempfile.TemporaryDirectory() as place:
                found += part(Path(place))
    return [*found, *photo_rows()]
