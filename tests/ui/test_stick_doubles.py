"""After a stick was read, people on it who seem to be registered here already are counted, and one button leads to them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.services import stick
from desktop.services.session import Session
from desktop.vault.vault import Vault
from tests.ui.conftest import Unlocked
from tests.ui.pages.asking import Desk
from tests.ui.twice import register
from tests.ui.two_sites import PASSPHRASE, build
from ui.pages.stick.view import StickView


def test_new_pairs_are_counted_after_reading(tmp_path: Path, unlocked: Unlocked, qtbot: QtBot) -> None:
    sites = build(tmp_path / "sites", families=2)
    for vault, name, father in ((sites.here, "အောင်မျိုးထက်", "ဦးဘသန်း"), (sites.there, "Aung Myo Htat", "U Ba Than")):
        session = Session(Vault.open(vault, PASSPHRASE))
        register(session, name=name, father_name=father, age="30", sex="man", township="Hpa-An")
        if vault == sites.there:
            stick.put_news(session, folder=sites.stick)
        session.close()
    window = unlocked(sites.here)
    desk = Desk(window, qtbot)
    desk.go("stick")
    page = desk.shell.page
    assert isinstance(page, StickView)
    page._state.use_folder(sites.stick)
    desk.rest()
    page._state.read()
    desk.rest()
    assert any("1 new pair may be the same person." in one.text() for one in page.findChildren(QLabel))
    desk.child(QPushButton, "stick_doubles").click()
    desk.rest()
    assert desk.text("page_title") == "Are these the same person?"
    assert {desk.text("doubles_name_1"), desk.text("doubles_name_2")} == {"အောင်မျိုးထက်", "Aung Myo Htat"}
