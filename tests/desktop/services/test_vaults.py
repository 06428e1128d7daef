"""The services for opening, volunteers and settings, as the window calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder, Role
from desktop.services import settings, vaults, volunteers
from desktop.services.session import Session
from desktop.vault import recovery
from desktop.words.catalogue import LANGUAGES, known
from desktop.words.errors import sentence
from desktop.words.sentences.vault import SENTENCES
from desktop.words.spoken import COUNT, words

MINE, THEIRS, MEDICS, FRESH = (
    "maple teacup orbit lantern pebble",
    "violin marble otter candle ribbon",
    "walnut harp igloo meadow saddle",
    "tulip anchor fossil melon quilt",
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return vaults.create(
        tmp_path / "data", site=" Site  A ", name=" Daw  Mya ", passphrase=MINE, language="my", quick=True
    ).session


def code_of(error: pytest.ExceptionInfo[UserError]) -> str:
    assert all(sentence(error.value, language).happened for language in LANGUAGES)
    return error.value.code


def test_from_the_first_day_to_recovery(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert not vaults.exists(folder)
    created = vaults.create(folder, site="Site A", name="Daw Mya", passphrase=MINE, quick=True)
    session = created.session
    assert (session.site, session.volunteer, session.role, session.language) == ("Site A", "Daw Mya", Role.COORDINATOR, "en")
    assert session.folders == frozenset(Folder)
    assert session.folder_path == folder
    assert len(created.recovery_code) == 32
    assert vaults.exists(folder)
    assert vaults.check(session) == ()
    assert vaults.change_passphrase(session, old=MINE, new=FRESH).kinds == {"volunteer"}
    vaults.lock(session)
    with pytest.raises(UserError) as wrong:
        vaults.open_vault(folder, passphrase=MINE)
    assert code_of(wrong) == "passphrase.wrong"
    vaults.lock(vaults.open_vault(folder, passphrase=FRESH))
    again = vaults.recover(folder, code=created.recovery_code, passphrase=THEIRS)
    newer = vaults.new_recovery_code(again)
    actions = [action for _, _, action, _ in again.vault.audited()]
    vaults.lock(again)
    assert actions == ["recovery.made", "recovered", "opened", "opened", "passphrase.changed", "opened"]
    with pytest.raises(UserError) as old:
        vaults.recover(folder, code=created.recovery_code, passphrase=FRESH)
    assert code_of(old) == "recovery.wrong"
    vaults.lock(vaults.recover(folder, code=newer, passphrase=FRESH))


def test_two_parts_of_the_sheet_open_and_one_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    created = vaults.create(folder, site="Site A", name="Daw Mya", passphrase=MINE, quick=True)
    vaults.lock(created.session)
    one, two, three = vaults.recovery_parts(created.recovery_code)
    for first, second, code in (
        (one.rows[2], one.rows[3], "recovery.parts_apart"), (one.rows[2], three.rows[1], "recovery.parts_apart"),
        (one.rows[2][:-1], two.rows[1], "recovery.part_mistyped"), (one.rows[2], vaults.recovery_parts("0" * 32)[1].rows[1], "recovery.wrong"),
    ):
        with pytest.raises(UserError) as wrong:
            vaults.recover_with_parts(folder, first=first, second=second, passphrase=FRESH)
        assert code_of(wrong) == code
    vaults.lock(vaults.recover_with_parts(folder, first=three.rows[2], second=two.rows[3], passphrase=FRESH))
    vaults.lock(vaults.open_vault(folder, passphrase=FRESH))


def test_two_parts_open_though_a_row_of_them_fits_another_place(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    created = vaults.create(folder, site="Site A", name="Daw Mya", passphrase=MINE, quick=True)
    vaults.lock(created.session)
    first, second = next(
        (first, second) for _ in range(20_000) for one, two, three in [vaults.recovery_parts(created.recovery_code)]
        for first, second in [(recovery.written(three), recovery.written(one))] if recovery.joined(first, second)[0] != created.recovery_code
    )
    vaults.lock(vaults.recover_with_parts(folder, first=first, second=second, passphrase=FRESH))
    vaults.lock(vaults.open_vault(folder, passphrase=FRESH))


@pytest.mark.parametrize(
    ("values", "code"),
    [({"site": " "}, "site.empty"), ({"name": "\t"}, "name.empty"), ({"passphrase": "password1"}, "passphrase.weak")],
)
def test_creating_says_what_is_missing(tmp_path: Path, values: dict[str, str], code: str) -> None:
    given = {"site": "A", "name": "N", "passphrase": MINE} | values
    with pytest.raises(UserError) as error:
        vaults.create(tmp_path / "data", quick=True, **given)  # type: ignore[arg-type]
    assert code_of(error) == code
    assert not (tmp_path / "data").exists()


def test_volunteers_come_and_go(session: Session) -> None:
    assert (session.site, session.volunteer, session.language) == ("Site A", "Daw Mya", "my")
    volunteers.add(session, name="Ko Aung", role=Role.REGISTRAR, passphrase=THEIRS)
    volunteers.add(session, name="Naw Paw", role=Role.MEDIC, passphrase=MEDICS)
    mine, registrar, medic = volunteers.volunteers(session)
    assert (mine.me, registrar.me) == (True, False)
    assert registrar.folders == {Folder.RECEPTION}
    assert medic.folders == {Folder.RECEPTION, Folder.HEALTH}
    assert (registrar.last_opened, registrar.since != "") == ("", True)
    volunteers.set_folders(session, volunteer=registrar.id, folders=frozenset({Folder.RECEPTION, Folder.CONTACTS}))
    volunteers.new_passphrase(session, volunteer=registrar.id, passphrase=FRESH)
    for change, code in (
        (lambda: volunteers.close_access(session, volunteer=mine.id), "volunteer.self"),
        (lambda: volunteers.close_access(session, volunteer="000000"), "volunteer.missing"),
        (lambda: volunteers.new_passphrase(session, volunteer=mine.id, passphrase=FRESH), "volunteer.self"),
        (
            lambda: volunteers.add(session, name="Naw Paw", role=Role.MEDIC, passphrase="tulip anchor fossil melon"),
            "name.taken",
        ),
        (lambda: volunteers.add(session, name="X", role=Role.MEDIC, passphrase=MINE), "passphrase.taken"),
        (lambda: volunteers.add(session, name=" ", role=Role.MEDIC, passphrase=MINE), "name.empty"),
        (lambda: volunteers.add(session, name="X", role=Role.MEDIC, passphrase="1988"), "passphrase.weak"),
    ):
        with pytest.raises(UserError) as error:
            change()  # type: ignore[no-untyped-call]
        assert code_of(error) == code
    volunteers.close_access(session, volunteer=registrar.id)
    assert [one.id for one in volunteers.volunteers(session)] == [mine.id, medic.id]
    vaults.lock(session)


def test_only_coordinators_let_others_in_but_medics_keep_health(session: Session) -> None:
    folder = session.folder_path
    volunteers.add(session, name="Ko Aung", role=Role.REGISTRAR, passphrase=THEIRS)
    volunteers.add(session, name="Naw Paw", role=Role.MEDIC, passphrase=MEDICS)
    mine, registrar, medic = volunteers.volunteers(session)
    volunteers.set_folders(session, volunteer=mine.id, folders=frozenset({Folder.RECEPTION, Folder.CONTACTS}))
    with pytest.raises(UserError) as last:
        volunteers.close_access(session, volunteer=medic.id)
    assert code_of(last) == "folder.last_member"
    with pytest.raises(UserError) as last:
        volunteers.new_passphrase(session, volunteer=medic.id, passphrase=FRESH)
    assert code_of(last) == "folder.last_member"
    with pytest.raises(UserError) as not_mine:
        volunteers.add(session, name="Z", role=Role.MEDIC, passphrase=FRESH)
    assert code_of(not_mine) == "folder.not_yours"
    vaults.lock(session)
    helper = vaults.open_vault(folder, passphrase=THEIRS)
    for refused in (
        lambda: volunteers.add(helper, name="Z", role=Role.OBSERVER, passphrase=FRESH),
        lambda: volunteers.set_folders(helper, volunteer=mine.id, folders=frozenset()),
        lambda: volunteers.close_access(helper, volunteer=medic.id),
        lambda: volunteers.new_passphrase(helper, volunteer=medic.id, passphrase=FRESH),
        lambda: vaults.new_recovery_code(helper),
        lambda: settings.change(helper, site="Mine now"),
    ):
        with pytest.raises(UserError) as error:
            refused()  # type: ignore[no-untyped-call]
        assert code_of(error) == "role.not_allowed"
    vaults.lock(helper)
    doctor = vaults.open_vault(folder, passphrase=MEDICS)
    volunteers.set_folders(doctor, volunteer=registrar.id, folders=frozenset({Folder.RECEPTION, Folder.HEALTH}))
    with pytest.raises(UserError) as error:
        volunteers.set_folders(doctor, volunteer=registrar.id, folders=frozenset({Folder.HEALTH}))
    assert code_of(error) == "role.not_allowed"
    vaults.lock(doctor)
    helper = vaults.open_vault(folder, passphrase=THEIRS)
    assert helper.folders == {Folder.RECEPTION, Folder.HEALTH}
    vaults.lock(helper)
    session = vaults.open_vault(folder, passphrase=MINE)
    volunteers.close_access(session, volunteer=registrar.id)
    volunteers.close_access(session, volunteer=medic.id, lose_folders=True)
    assert [one.name for one in volunteers.volunteers(session)] == ["Daw Mya"]
    assert vaults.check(session) == ()
    vaults.lock(session)


def test_settings(session: Session) -> None:
    assert settings.settings(session) == settings.Settings("my", 10, "Site A", "A4", "")
    changed = settings.change(session, language="en", lock_minutes=5, site="Site B", paper_size="Letter", printer="laser")
    assert changed.kinds == {"setting"}
    assert settings.settings(session) == settings.Settings("en", 5, "Site B", "Letter", "laser")
    assert (session.site, session.language) == ("Site B", "en")
    assert settings.change(session, lock_minutes=5).kinds == frozenset()
    wrong: tuple[dict[str, str | int], ...] = (
        {"language": "fr"},
        {"lock_minutes": 0},
        {"lock_minutes": 61},
        {"lock_minutes": "5"},
        {"site": " "},
        {"paper_size": "A3"},
        {"colour": "blue"},
    )
    for values in wrong:
        with pytest.raises(UserError) as error:
            settings.change(session, **(values | {"printer": "other"} if "colour" not in values else values))
        assert code_of(error) == "settings.wrong"
    assert settings.settings(session).printer == "laser"
    vaults.lock(session)


@pytest.mark.parametrize(
    "passphrase",
    ["", "a", "password", "P@ssw0rd!", "qwertyuiop", "1234567890", "a" * 60, "abc" * 12, "mingalaba yangon 2021", "12.05.1988",
     "horse horse horse horse", "Yangon1988!Mandalay", "မြန်မာ", "မင်္ဂလာပါမြန်မာ", "the quick brown fox", "clean panda radius"],
)  # fmt: skip
def test_what_people_choose_is_weak(passphrase: str) -> None:
    found = vaults.strength(passphrase)
    assert (found.level, found.enough) == ("weak", False)


@pytest.mark.parametrize(
    ("passphrase", "level"),
    [
        ("maple teacup orbit lantern", "fair"),
        (MINE, "strong"),
        ("မိုးရွာတဲ့နေ့ လက်ဖက်ရည်ဆိုင်မှာ ထိုင်ခဲ့ကြ", "strong"),
        ("x7$kQ9!vB2-mZ4", "strong"),
    ],
)
def test_what_is_hard_to_guess(passphrase: str, level: str) -> None:
    found = vaults.strength(passphrase)
    assert (found.level, found.enough) == (level, True)


def test_more_words_are_never_weaker_and_five_words_are_what_we_say() -> None:
    text = ["maple", "1988", "teacup", "qwerty", "lantern"]
    lengths = [vaults.strength(" ".join(text[:count])).seconds for count in range(len(text) + 1)]
    assert lengths == sorted(lengths)
    assert 2**55 / 2 / 10_000 <= vaults.strength(MINE).seconds <= 2**57 / 2 / 10_000
    suggested = vaults.suggest_words()
    assert len(suggested.split()) == 5
    assert set(suggested.split()) <= set(words())
    assert suggested != vaults.suggest_words()
    assert vaults.strength(vaults.suggest_words(6)).level == "strong"


def test_the_word_list() -> None:
    assert len(words()) == len(set(words())) == COUNT
    assert list(words()) == sorted(words())
    masks: set[str] = set()
    for word in words():
        assert word.isascii()
        assert word.isalpha()
        assert word.islower()
        assert 3 <= len(word) <= 7
        own = {word[:at] + "*" + word[at + 1 :] for at in range(len(word))}
        assert not own & masks, word
        masks |= own


def test_every_sentence_is_there_in_every_language() -> None:
    for words_of_code in SENTENCES.values():
        for text in words_of_code:
            assert all(known(text, language) for language in LANGUAGES if text), text
            assert not any(
                word in text.lower() for word in ("vault", "merge", " key ", "sync", "bundle", "database", "deserter")
            )
