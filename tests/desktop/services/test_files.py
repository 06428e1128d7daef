"""Keeping files: what is kept comes back, is told when it is not there, and goes when it is erased."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Folder, Role
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import files, integrity, stick
from desktop.services.session import Session
from tests.desktop.services.test_pictures import CANARY, telephone

CONTENT = "အောင်မျိုးထက် ".encode() * 9_000


def record_of(session: Session, file: str, **changed: Value) -> str:
    """A second record like that of a file, but for some registers."""
    journal = session.journal(Folder.RECEPTION)
    values = {**journal.values(RecordId.parse(file.partition("-")[2])), **changed}
    with journal.save("arrival") as save:
        made = save.create("file", values)
    return f"reception-{made.text()}"


def blobs(session: Session) -> frozenset[str]:
    return session.vault.files.names()


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(UserError) as error:
        work()
    return error.value.code


def test_what_is_kept_comes_back(session: Session) -> None:
    file, changes = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/csv", name="C:\\Users\\x\\list.csv")
    assert changes.kinds == {"file"}
    assert files.read(session, file=file) == CONTENT
    assert files.about(session, file=file) == files.FileInfo(file, Folder.RECEPTION, "text/csv", "list.csv", len(CONTENT), True)
    assert session.acts == []


def test_the_same_again_is_the_same_file(session: Session) -> None:
    first, _ = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/csv")
    again, changes = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/csv")
    assert (again, changes.records, len(blobs(session))) == (first, frozenset(), 1)
    elsewhere, _ = files.keep(session, folder=Folder.CONTACTS, content=CONTENT, media_type="text/csv")
    assert elsewhere != first
    assert files.about(session, file=elsewhere).folder is Folder.CONTACTS
    assert len(blobs(session)) == 2
    session.vault.files.remove(files.blob_of(session.journal(Folder.RECEPTION).values(RecordId.parse(first.partition("-")[2]))).name)  # type: ignore[union-attr]
    assert not files.about(session, file=first).here
    assert refused(lambda: files.read(session, file=first)) == "file.elsewhere"
    assert files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/csv")[0] == first
    assert files.read(session, file=first) == CONTENT


def test_types_and_names_are_harmless(session: Session) -> None:
    file, _ = files.keep(session, folder=Folder.RECEPTION, content=b"x", media_type="text/html; <script>", name="../../etc/passwd")
    told = files.about(session, file=file)
    assert (told.media_type, told.name) == (files.PLAIN_TYPE, "passwd")
    file, _ = files.keep(session, folder=Folder.RECEPTION, content=b"y", media_type="image/png", name="..")
    assert files.about(session, file=file).name == ""


def test_unknown_files(session: Session) -> None:
    with session.journal(Folder.RECEPTION).save("arrival") as save:
        person = save.create("person", {"name": "x"})
    kept, _ = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="")
    for file in ("", "nonsense", f"reception-{'0' * 64}-1", f"reception-{person.text()}", person.text(), kept.replace("reception", "contacts"), "etc" + kept):
        assert refused(partial(files.read, session, file=file)) == "file.missing"


def test_what_a_folder_holds_only_its_members_read(sign_in: Callable[[Role], Session]) -> None:
    medic = sign_in(Role.MEDIC)
    file, _ = files.keep(medic, folder=Folder.HEALTH, content=CONTENT, media_type="text/plain")
    registrar = sign_in(Role.REGISTRAR)
    assert refused(lambda: files.read(registrar, file=file)) == "file.missing"
    assert refused(lambda: files.keep(registrar, folder=Folder.HEALTH, content=b"x", media_type="")) == "folder.locked"
    observer = sign_in(Role.OBSERVER)
    assert refused(lambda: files.keep(observer, folder=Folder.RECEPTION, content=b"x", media_type="")) == "role.not_allowed"
    assert files.read(sign_in(Role.MEDIC), file=file) == CONTENT


def test_photos_and_drawings(session: Session) -> None:
    file, _ = files.keep_photo(session, folder=Folder.RECEPTION, content=telephone())
    assert files.about(session, file=file).media_type == "image/jpeg"
    assert CANARY not in files.read(session, file=file)
    assert files.thumbnail(session, file=file, side=96).startswith(b"\x89PNG")
    drawing, _ = files.keep_drawing(session, folder=Folder.RECEPTION, content=files.thumbnail(session, file=file, side=96))
    assert files.about(session, file=drawing).media_type == "image/png"
    other, _ = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/plain")
    assert refused(lambda: files.thumbnail(session, file=other, side=96)) == "file.not_a_picture"


def test_damage_is_told(session: Session) -> None:
    file, _ = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/plain")
    (path,) = session.vault.files.folder.iterdir()
    data = bytearray(path.read_bytes())
    data[70_000] ^= 1
    path.write_bytes(data)
    with pytest.raises(KnownFault) as fault:
        files.read(session, file=file)
    assert fault.value.code == "file.damaged"
    path.write_bytes(data[:-1])
    assert not files.about(session, file=file).here


@pytest.mark.parametrize("changed", [
    {"blob": "../home"}, {"blob": "f" * 32}, {"blob": 5}, {"key": "zz"}, {"key": "00" * 31}, {"size": -1}, {"size": 1 << 50}, {"size": "5"},
    {"size": True}, {"digest": "ff"}, {"digest": ["a"]}, {"key": None}, {"type": 7, "name": {"a": 1}, "size": "x"},
])
def test_records_that_cannot_be_right(session: Session, changed: dict[str, Value]) -> None:
    file, _ = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/plain")
    bad = record_of(session, file, **changed)
    with pytest.raises(KnownFault):
        files.read(session, file=bad)
    assert not files.about(session, file=bad).here
    files.erase(session, file=bad)
    assert files.read(session, file=file) == CONTENT


def test_deleting_keeps_the_content_and_erasing_takes_it(session: Session) -> None:
    file, _ = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/plain")
    files.delete(session, file=file)
    assert len(blobs(session)) == 1
    assert files.read(session, file=file) == CONTENT
    again, _ = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/plain")
    assert again != file
    files.erase(session, file=file)
    assert refused(lambda: files.read(session, file=file)) == "file.missing"
    assert len(blobs(session)) == 1
    assert files.read(session, file=again) == CONTENT


def test_only_coordinators_erase(sign_in: Callable[[Role], Session]) -> None:
    registrar = sign_in(Role.REGISTRAR)
    file, _ = files.keep(registrar, folder=Folder.RECEPTION, content=CONTENT, media_type="text/plain")
    assert refused(lambda: files.erase(registrar, file=file)) == "role.not_allowed"


def test_a_blob_that_another_record_names_stays(session: Session) -> None:
    file, _ = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/plain")
    files.erase(session, file=record_of(session, file))
    assert files.read(session, file=file) == CONTENT


def test_a_save_that_fails_leaves_nothing_for_good(session: Session, sign_in: Callable[[Role], Session]) -> None:
    def failing() -> None:
        with session.journal(Folder.RECEPTION).save("arrival") as save:
            files.write_in(session, save, Folder.RECEPTION, CONTENT, "text/plain")
            raise UserError("values.wrong")

    assert refused(failing) == "values.wrong"
    assert len(blobs(session)) == 1
    anew = sign_in(Role.COORDINATOR)
    anew.journal(Folder.CONTACTS)
    assert len(blobs(anew)) == 1, "of another folder: not for this one to judge"
    anew.journal(Folder.RECEPTION)
    assert blobs(anew) == frozenset()


def test_lists_drawn_anew_are_the_same(session: Session) -> None:
    kept = [files.keep(session, folder=Folder.RECEPTION, content=os.urandom(9), media_type="text/plain")[0] for _ in range(4)]
    files.delete(session, file=kept[1])
    files.erase(session, file=kept[2])
    assert integrity.redraw(session) == ()
    assert len(blobs(session)) == 3
    assert [files.about(session, file=file).here for file in (kept[0], kept[1], kept[3])] == [True] * 3


def test_every_file_is_looked_at(sign_in: Callable[[Role], Session]) -> None:
    medic = sign_in(Role.MEDIC)
    files.keep(medic, folder=Folder.HEALTH, content=b"health", media_type="text/plain")
    caseworker = sign_in(Role.CASEWORKER)
    whole, _ = files.keep(caseworker, folder=Folder.RECEPTION, content=b"whole", media_type="text/plain")
    bad, _ = files.keep(caseworker, folder=Folder.RECEPTION, content=CONTENT, media_type="text/plain")
    deleted, _ = files.keep(caseworker, folder=Folder.CONTACTS, content=b"deleted", media_type="text/plain")
    files.delete(caseworker, file=deleted)
    store = caseworker.vault.files
    (damaged,) = (path for path in store.folder.iterdir() if path.stat().st_size > 100_000)
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    (store.folder / ("0" * 32)).write_bytes(b"left behind")
    found = integrity.files(caseworker)
    assert (found.whole, found.damaged, found.awaited, found.judged) == (2, (damaged.name,), 0, False)
    assert len(found.unnamed) == 2, "one is a colleague's, and nobody here can tell which"
    assert integrity.mend(caseworker) == 1
    assert refused(lambda: files.read(caseworker, file=bad)) == "file.elsewhere"
    assert files.read(caseworker, file=whole) == b"whole"
    coordinator = sign_in(Role.COORDINATOR)
    found = integrity.files(coordinator)
    assert (found.whole, found.awaited, found.unnamed, found.judged) == (3, 1, ("0" * 32,), True)
    assert integrity.mend(coordinator) == 1
    assert integrity.files(coordinator).unnamed == ()


def test_from_a_stick_or_the_disk(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "စာရွက်.pdf"
    path.write_bytes(b"%PDF-1.7")
    file, _ = files.keep_from(session, folder=Folder.RECEPTION, path=path, kind="file")
    assert files.about(session, file=file).media_type == "application/pdf"
    assert files.about(session, file=file).name == "စာရွက်.pdf"
    files.save_copy(session, file=file, to=tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"%PDF-1.7"
    assert refused(lambda: files.keep_from(session, folder=Folder.RECEPTION, path=tmp_path, kind="file")) == "file.unreadable"
    assert refused(lambda: files.keep_from(session, folder=Folder.RECEPTION, path=tmp_path / "no", kind="photo")) == "file.unreadable"
    with (tmp_path / "large").open("wb") as stream:
        stream.truncate((20 << 20) + 1)
    assert refused(lambda: files.keep_from(session, folder=Folder.RECEPTION, path=tmp_path / "large", kind="file")) == "file.too_large"


def test_nothing_of_a_photo_lies_anywhere(session: Session, other: Session, tmp_path: Path, carry: Callable[[Session, Session], stick.Read]) -> None:
    """Neither its place nor its bytes: in the folders of two sites, on the stick, among temporary files."""
    out = BytesIO()
    Image.effect_noise((400, 300), 80).save(out, "JPEG", comment=CANARY)
    given = out.getvalue() + CANARY
    file, _ = files.keep_photo(session, folder=Folder.RECEPTION, content=given)
    secret, _ = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/plain", name="canary-name.txt")
    kept = files.read(session, file=file)
    assert [one.files_to_go for one in stick.sites(session)] == [2]
    put = stick.put_news(session, folder=tmp_path)
    marks = [CANARY, given[5000:5060], kept[5000:5060], kept[-60:-4], CONTENT[:60], b"canary-name", secret.encode()[10:74]]
    for folder in (tmp_path, Path(tempfile.gettempdir())):
        for path in (one for one in folder.rglob("*") if one.is_file()):
            data = path.read_bytes()
            assert not [mark for mark in marks if mark in data], path.name
    read, _ = stick.read_news(other, path=put.path)
    assert (read.files, read.files_awaited) == (2, 0)
    assert files.read(other, file=file) == kept
    assert other.vault.files.names() == blobs(session)


def test_erasing_reaches_the_other_site(session: Session, other: Session, carry: Callable[[Session, Session], stick.Read]) -> None:
    file, _ = files.keep(session, folder=Folder.RECEPTION, content=CONTENT, media_type="text/plain")
    assert carry(session, other).files == 1
    files.erase(session, file=file)
    assert blobs(session) == frozenset()
    carry(session, other)
    assert blobs(other) == frozenset()
    assert refused(lambda: files.read(other, file=file)) == "file.missing"
