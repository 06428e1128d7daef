"""What the window and the command line call: cards, sites, putting and reading news."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.services import stick as service
from desktop.services.progress import Cancelled
from desktop.services.session import Session
from desktop.vault.vault import Vault
from desktop.words.catalogue import known
from desktop.words.errors import table
from tests.desktop.exchange.places import PHRASES

ALL = frozenset(Folder)


@pytest.fixture
def enter(models: Path, tmp_path: Path) -> Iterator[Callable[..., Session]]:
    opened: dict[str, Session] = {}

    def make(name: str, role: Role = Role.COORDINATOR) -> Session:
        folder = tmp_path / "vaults" / name
        if name in opened:
            opened.pop(name).close()
        elif not folder.exists():
            shutil.copytree(models / name, folder)
        opened[name] = Session(Vault.open(folder, PHRASES[role]))
        return opened[name]

    yield make
    for session in opened.values():
        session.close()


@pytest.fixture
def two(enter: Callable[..., Session]) -> tuple[Session, Session]:
    here, there = enter("A"), enter("B")
    for one, other in ((here, there), (there, here)):
        card = service.read_card(one, source=service.my_card(other).data)
        assert "site" in service.trust(one, card=card, folders=ALL).kinds
    return here, there


def register(session: Session, name: str, folder: Folder = Folder.RECEPTION, kind: str = "person") -> None:
    with session.act("arrival") as act, session.save(act, folder) as save:
        save.create(kind, {"name": name, "code": "K7M42QXP"})


def test_cards(enter: Callable[..., Session], stick: Path) -> None:
    here, there = enter("A"), enter("B")
    mine = service.my_card(here)
    assert (mine.nickname, len(mine.words), len(mine.data) <= 500) == ("Site A", 12, True)
    path = service.save_card(here, folder=stick)
    assert re.fullmatch(r"[0-9a-f]{16}\.dat", path.name)
    assert service.look(there, folder=stick).cards == (path,)
    read = service.read_card(there, source=path)
    assert read == mine
    with pytest.raises(UserError, match=r"card\.our_own"):
        service.read_card(here, source=path)
    service.trust(there, card=read, folders=frozenset({Folder.RECEPTION}))
    with pytest.raises(UserError, match=r"card\.known"):
        service.read_card(there, source=mine.data)
    with pytest.raises(UserError, match=r"card\.not_a_card"):
        service.read_card(there, source=b"hello")


def test_only_coordinators_decide_whom_to_trust(enter: Callable[..., Session], two: tuple[Session, Session]) -> None:
    site = service.sites(two[0])[0].id
    third = service.my_card(enter("C"))
    registrar = enter("A", Role.REGISTRAR)
    for act in (
        lambda: service.trust(registrar, card=third, folders=ALL),
        lambda: service.stop_trust(registrar, site=site),
        lambda: service.share(registrar, site=site, folders=ALL),
    ):
        with pytest.raises(UserError, match=r"role\.not_allowed"):
            act()


def test_trust_is_shown_changed_and_ended(two: tuple[Session, Session]) -> None:
    here, there = two
    (site,) = service.sites(here)
    assert (site.nickname, site.folders, site.to_go, site.waiting, site.stopped) == ("Site B", ALL, 0, 0, False)
    assert site.words == service.my_card(there).words
    assert (site.last_heard, site.last_given) == ("", "")
    service.share(here, site=site.id, folders=frozenset({Folder.RECEPTION}))
    assert service.sites(here)[0].folders == {Folder.RECEPTION}
    service.stop_trust(here, site=site.id)
    assert service.sites(here) == []
    with pytest.raises(UserError, match=r"site\.missing"):
        service.stop_trust(here, site=site.id)


def test_news_there_and_back(two: tuple[Session, Session], stick: Path) -> None:
    here, there = two
    register(here, "ကိုအောင်မျိုး")
    register(here, "ဦးလေး", Folder.CONTACTS, "contact")
    assert service.sites(here)[0].to_go == 2
    steps: list[tuple[int, int]] = []
    put = service.put_news(here, folder=stick, progress=lambda done, total: steps.append((done, total)))
    assert (put.changes, put.for_sites, put.size) == (2, (("Site B", 2),), put.path.stat().st_size)
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert steps[-1][0] == steps[-1][1]
    look = service.look(there, folder=stick)
    assert [(one.site, one.changes, one.fresh, one.problem) for one in look.bundles] == [("Site A", 2, True, "")]
    read, changes = service.read_news(there, path=put.path)
    assert (read.site, read.new_people, read.new_contacts, read.other_changes, read.already) == ("Site A", 1, 1, 0, False)
    assert {("new", "ကိုအောင်မျိုး", ""), ("new", "ဦးလေး", "")} == set(read.lines)
    assert {"person", "contact", "site"} <= changes.kinds
    again, nothing = service.read_news(there, path=put.path)
    assert again.already
    assert not nothing.kinds
    service.read_news(here, path=service.put_news(there, folder=stick).path)
    (site,) = service.sites(here)
    assert site.to_go == 0
    assert site.last_heard == there.today()
    assert site.last_given.startswith(here.today())


def test_waiting_for_somebody_who_may_open_it(enter: Callable[..., Session], two: tuple[Session, Session], stick: Path) -> None:
    here, _ = two
    register(here, "ဦးလေး", Folder.CONTACTS, "contact")
    path = service.put_news(here, folder=stick).path
    registrar = enter("B", Role.REGISTRAR)
    read, _ = service.read_news(registrar, path=path)
    assert (read.waiting, read.already, read.lines) == (1, False, ())
    assert service.sites(registrar)[0].waiting == 1
    coordinator = enter("B")
    assert "contact" in service.take_waiting(coordinator).kinds
    assert service.take_waiting(coordinator).kinds == frozenset()
    assert service.sites(coordinator)[0].waiting == 0


def test_stopping_changes_nothing(two: tuple[Session, Session], stick: Path) -> None:
    here, there = two
    register(here, "ကိုအောင်မျိုး")
    path = service.put_news(here, folder=stick).path
    before = [there.journal(folder).state_hash() for folder in Folder]
    for last in range(3):

        def stop(done: int, total: int, last: int = last) -> None:
            if done >= last:
                raise Cancelled

        with pytest.raises(Cancelled):
            service.read_news(there, path=path, progress=stop)
        assert [there.journal(folder).state_hash() for folder in Folder] == before
        assert service.look(there, folder=stick).bundles[0].fresh


def test_nobody_to_write_for(enter: Callable[..., Session], stick: Path) -> None:
    with pytest.raises(UserError, match=r"stick\.no_sites"):
        service.put_news(enter("A"), folder=stick)


def test_sticks_can_be_asked_for_without_a_vault() -> None:
    assert all(one.path.is_dir() for one in service.sticks())


def test_every_sentence_in_both_languages() -> None:
    areas = ("bundle.", "card.", "site.", "stick.")
    codes = [code for code in table() if code.startswith(areas)]
    assert len(codes) >= 15
    for code in codes:
        for text in (table()[code].happened, table()[code].means, table()[code].todo):
            assert not text or known(text, "my"), text
