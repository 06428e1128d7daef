"""The command line on real vaults, in this process."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.cli import output, run
from desktop.domain.folders import Folder
from desktop.services import about, assessments, caseworkers, notes, people, steps, vaults
from desktop.vault import recovery
from desktop.words.catalogue import known

PASSPHRASE = "amber river stone lantern"
SAID = re.compile(r'tell\(\s*"([^"]+)"')
Run = Callable[..., str]


@pytest.fixture
def waystation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command and gives what it printed; the exit status must be the expected one."""
    words = tmp_path / "passphrase"
    words.write_text(f"{PASSPHRASE}\n", encoding="utf-8")

    def call(*arguments: object, status: int = 0, vault: str = "vault") -> str:
        found = run(["--vault", str(tmp_path / vault), "--passphrase-file", str(words), *(str(one) for one in arguments)])
        printed = capsys.readouterr()
        assert found == status, printed.err
        return printed.out if status == 0 else printed.err

    return call


@pytest.fixture
def made(waystation: Run, tmp_path: Path) -> str:
    """Two small vaults; the recovery code of the first."""
    for name, site in (("vault", "Riverside"), ("other", "Hill School")):
        session = vaults.create(tmp_path / name, site=site, name="Coordinator", passphrase=PASSPHRASE, quick=True).session
        vaults.lock(session)
    return "made"


def submit(waystation: Run, tmp_path: Path, answers: dict[str, object], **more: object) -> dict[str, object]:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers), encoding="utf-8")
    found: dict[str, object] = json.loads(waystation("intake", "submit", "arrival", file, "--json", **more))
    return found


CARD = {
    "/data/name": "Zaw Lin Htet", "/data/age": "31", "/data/sex": {"silence": "not_asked"}, "/data/needs": "bed",
    "/data/with_you[1]/member_name": "Su Su", "/data/with_you[1]/member_relationship": "daughter",
}


def test_a_vault_is_made_opened_and_recovered(waystation: Run, tmp_path: Path) -> None:
    code = json.loads(waystation("vault", "create", "--site", "Riverside", "--name", "Daw Khin", "--json"))["recovery_code"]
    assert "Riverside" in waystation("vault", "info")
    assert waystation("vault", "check") == "all whole\n"
    new = tmp_path / "new"
    new.write_text("copper lantern willow harbour\n", encoding="utf-8")
    waystation("vault", "passphrase", "--new-passphrase-file", new)
    assert "passphrase" in waystation("vault", "info", status=3).lower()
    sheet = tmp_path / "code"
    sheet.write_text(code, encoding="utf-8")
    waystation("vault", "recover", "--code-file", sheet)
    one, two, _ = recovery.parts(code)
    files = [tmp_path / "one", tmp_path / "two"]
    for file, row in zip(files, (one.rows[2], two.rows[1])):
        file.write_text(row + "\n", encoding="utf-8")
    (tmp_path / "passphrase").write_text("window basket thunder orchid\n", encoding="utf-8")
    waystation("vault", "recover", "--part", files[0], "--part", files[1])
    waystation("vault", "recover", "--part", files[0], status=2)
    assert "Riverside" in waystation("vault", "info")


def test_people_are_registered_and_found(waystation: Run, made: str, tmp_path: Path) -> None:
    saved = submit(waystation, tmp_path, CARD)
    assert (saved["token"], saved["people"]) == (1, 2)
    rows = json.loads(waystation("people", "find", "zaw", "--json"))
    assert [row["name"] for row in rows] == ["Zaw Lin Htet", "Su Su"]
    assert rows[0]["needs"] == ["bed"]
    page = json.loads(waystation("people", "show", saved["code"], "--json"))
    assert page["fields"]["sex"]["value"] == {"silence": "not_asked"}
    assert "အိပ်ရာ" in waystation("people", "list", "--language", "my")
    assert "Zaw Lin Htet" in waystation("people", "show", str(saved["code"]).lower())
    assert waystation("people", "list").count("\n") == 3
    more = tmp_path / "more.json"
    more.write_text(json.dumps({"/data/talk/education": "Ten standards"}), encoding="utf-8")
    waystation("intake", "submit", "registration", more, "--case", saved["code"])
    assert "Ten standards" in waystation("people", "show", saved["code"])
    session = vaults.open_vault(tmp_path / "vault", passphrase=PASSPHRASE)
    person = about.person_of(session, rows[0]["code"])
    assert person is not None
    notes.write(session, person=person, folder=Folder.CONTACTS, text="never name\nthe brother", important=True)
    steps.add(session, person=person, what="Clinic", due="2020-05-01", who=caseworkers.me(session))
    assessments.change(session, person=person, values={"risk": "high"})
    home = people.page(session, person=person).household
    assert home is not None
    people.add_left_behind(session, household=home, values={"name": "Daw Mya", "say_others": "nothing"})
    vaults.lock(session)
    told = waystation("people", "show", saved["code"])
    for line in ("never name the brother", "2020-05-01\tCoordinator\tClinic", "Risk: High", "Name: Daw Mya", "may be told: Nothing"):
        assert line in told


@pytest.mark.parametrize(
    "answers",
    [{"/data/nowhere": "x"}, {"/data/name": "x", "/data/sex": "robot"}, {"/data/name": {"silence": "shy"}}, {"/data/with_you[3]/member_name": "x"}, []],
)
def test_answers_that_do_not_fit_are_refused(waystation: Run, made: str, tmp_path: Path, answers: object) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers), encoding="utf-8")
    assert "do not fit" in waystation("intake", "submit", "arrival", file, status=4)
    file.write_text("{", encoding="utf-8")
    waystation("intake", "submit", "arrival", file, status=4)
    assert waystation("people", "list").count("\n") == 1


def test_news_is_exchanged_and_two_answers_settled(waystation: Run, made: str, tmp_path: Path) -> None:
    saved = submit(waystation, tmp_path, CARD)
    stick = tmp_path / "stick"
    stick.mkdir()
    for one, other in (("vault", "other"), ("other", "vault")):
        card = json.loads(waystation("exchange", "card", "--out", stick, "--json", vault=other))
        assert "not the same" in waystation("exchange", "trust", card["file"], "--words", "one two", status=4, vault=one)
        waystation("exchange", "trust", card["file"], "--words", " ".join(card["words"]), vault=one)
    waystation("exchange", "send", stick)
    assert json.loads(waystation("exchange", "receive", stick, "--json", vault="other"))[0]["new_people"] == 2
    for name, text in (("vault", "One"), ("other", "Two")):
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps({"/data/talk/education": text}), encoding="utf-8")
        waystation("intake", "submit", "registration", file, "--case", saved["code"], vault=name)
    waystation("exchange", "send", stick, vault="other")
    assert json.loads(waystation("exchange", "inspect", stick, "--json"))["bundles"]
    assert json.loads(waystation("exchange", "receive", stick, "--json"))[0]["decisions"] == 1
    assert "One" in waystation("exchange", "settle")
    waystation("exchange", "settle", 1, "--write", "Three")
    assert waystation("exchange", "settle").count("\n") == 1
    waystation("exchange", "settle", 1, "--keep", 1, status=4)
    assert "Hill School" in waystation("exchange", "status")
    assert "Three" in waystation("people", "show", saved["code"])


def test_papers_are_made(waystation: Run, made: str, tmp_path: Path) -> None:
    saved = submit(waystation, tmp_path, CARD)
    assert "arrival_slip" in waystation("paper", "list")
    out = tmp_path / "slip.pdf"
    waystation("paper", "make", "arrival_slip", "--case", saved["code"], "--out", out)
    assert out.read_bytes().startswith(b"%PDF")
    waystation("paper", "make", "arrival_slip", "--out", out, status=4)
    waystation("paper", "make", "poster", "--out", out, status=2)


def test_pads_are_made_printed_once_and_counted_back(waystation: Run, made: str, tmp_path: Path) -> None:
    out = tmp_path / "pad.pdf"
    told = json.loads(waystation("paper", "pads", "make", "--form", "arrival", "--sheets", 3, "--in", "my", "--out", out, "--json"))
    pad = told["id"]
    assert out.read_bytes().startswith(b"%PDF")
    assert told["pages"] >= 3
    (listed,) = json.loads(waystation("paper", "pads", "list", "--json"))
    assert (listed["id"], listed["form"], listed["sheets"], listed["out"], listed["copies"]) == (pad, "arrival", 3, 3, 1)
    numbers = [one["code"] for one in json.loads(waystation("paper", "pads", "sheets", pad, "--json"))]
    assert len(set(numbers)) == 3
    out.unlink()
    assert "Destroy the earlier sheets" in waystation("paper", "pads", "print", pad, "--out", out, status=2)
    assert not out.exists()
    assert waystation("paper", "pads", "print", pad, "--out", out, "--destroyed").strip() == str(told["pages"])
    waystation("paper", "pads", "print", pad, "--out", out, "--from", 3, "--to", 2, "--destroyed", status=2)
    out.unlink()
    assert int(waystation("paper", "pads", "print", pad, "--out", out, "--from", 3, "--destroyed")) * 3 == told["pages"]
    assert [one["copies"] for one in json.loads(waystation("paper", "pads", "sheets", pad, "--json"))] == [2, 2, 3]
    first, second, third = numbers
    assert waystation("paper", "pads", "back", first, f"{second[:4]}-{second[4:]}".lower()).splitlines()[1:] == [
        f"{one[:4]}-{one[4:]}\treturned" for one in (first, second)
    ]
    assert json.loads(waystation("paper", "pads", "back", second, "--as", "spoiled", "--json")) == [{"code": second, "state": "spoiled", "copies": 2}]
    waystation("paper", "pads", "back", "--all", pad)
    assert waystation("paper", "pads", "list").splitlines()[1].split("\t")[4:11] == ["3", "0", "0", "2", "1", "0", "3"]
    waystation("paper", "pads", "back", first, "--as", "out")
    for wrong, status in ((["nonsense"], 4), (["K7M42QXP"], 4), ([], 2), ([third, "--all", pad], 2)):
        waystation("paper", "pads", "back", *wrong, status=status)
    waystation("paper", "pads", "make", "--form", "nothing", "--sheets", 3, "--out", out, status=4)
    waystation("paper", "pads", "sheets", "nothing", status=4)


def test_wrong_use_and_wrong_places(waystation: Run, made: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    waystation("people", "show", "ZZZZ", status=4)
    waystation("people", "dance", status=2)
    waystation("people", "list", status=4, vault="nowhere")
    assert run(["people", "list"]) == 2  # no passphrase was given and nobody can type one
    assert run([]) == 2
    assert run(["--version"]) == 0
    capsys.readouterr()


def test_errors_say_nothing_about_people(waystation: Run, made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submit(waystation, tmp_path, CARD)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Zaw Lin Htet")

    monkeypatch.setattr("desktop.services.people.rows", broken)
    printed = waystation("people", "list", status=1)
    assert "Zaw" not in printed
    assert "RuntimeError" in printed


def test_everything_can_be_tried_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--check"]) == 0
    assert capsys.readouterr().out.endswith("all well\n")


def test_the_tour_is_told_in_every_language() -> None:
    source = Path(output.__file__).with_name("tour_steps.py").read_text(encoding="utf-8")
    said = {*SAID.findall(source), *SAID.findall(Path(output.__file__).with_name("tour.py").read_text(encoding="utf-8"))}
    assert len(said) > 12
    assert [text for text in said if not known(text, "my")] == []


def test_nothing_that_was_written_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    output.say("Aung\x1b[2J\x9b0m\rMyo\tand\nmore \udcff အောင်")
    assert capsys.readouterr().out == "Aung\\x1b[2J\\x9b0m\\rMyo\tand\nmore \\udcff အောင်\n"
