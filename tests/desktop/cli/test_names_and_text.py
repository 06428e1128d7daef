from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from desktop.cli.commands import main
from tests.tree import ROOT


def test_two_spellings_are_compared_without_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "compare", "Aung Myo Htet", "အောင်မျိုးထက်", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "same"
    assert found["why"]
    assert main(["--language", "my", "names", "compare", "Kyaw Zaw", "Kyaw Saw"]) == 0
    assert "အမည်များ မတူပါ" in capsys.readouterr().out


def test_each_line_gets_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "lines.txt"
    file.write_bytes("\ufeffေအာင္မ်ိဳး\r\n\nအောင်မျိုး\u2028x\x85".encode())
    assert main(["text", "convert", str(file), "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["verdict"] for one in found] == ["convert", "keep", "keep"]
    assert found[0]["converted"] == "အောင်မျိုး"
    assert found[2]["text"] == found[2]["converted"] == "အောင်မျိုး\u2028x\x85"


def test_a_file_that_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "picture"
    file.write_bytes(b"\xff\xd8\xff")
    assert main(["text", "convert", str(file)]) == 4
    assert main(["text", "convert", str(tmp_path / "absent")]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("command", [["text", "convert", "-", "--json"], ["people", "find", "-"], ["people", "find", "Aung", "--passphrase-file", "-"]])
def test_without_standard_input_it_is_said_and_nothing_breaks(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "slots").write_bytes(b"")
    monkeypatch.setattr("sys.stdin", None)
    assert main([*command, "--vault", str(tmp_path / "vault")]) == 2
    said = capsys.readouterr()
    assert (said.out, "There is no standard input to read from." in said.err) == ("", True)


def test_standard_input_that_is_no_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"\xff\xfe\n"), encoding="utf-8", errors="strict"))
    assert main(["people", "find", "-"]) == 4
    assert "UTF-8" in capsys.readouterr().err


def test_lines_from_standard_input_with_windows_ends(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO("\ufeffေမာင္\r\n\r\nAung".encode()), encoding="utf-8"))
    assert main(["text", "convert", "-", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(set(one), one["text"], one["verdict"]) for one in found] == [
        ({"text", "verdict", "converted"}, "ေမာင္", "convert"), ({"text", "verdict", "converted"}, "", "keep"),
        ({"text", "verdict", "converted"}, "Aung", "keep"),
    ]


@pytest.mark.parametrize(
    ("one", "two", "verdict"), [("", "Hla", "different"), (" ", " ", "different"), ("Aung", "Aung", "same"), ("123", "456", "different")]
)
def test_what_names_compare_answers_whatever_is_asked(one: str, two: str, verdict: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["names", "compare", one, two, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"verdict", "why"}
    assert (found["verdict"], bool(found["why"])) == (verdict, True)
    assert all(isinstance(reason, str) for reason in found["why"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_no_room_for_the_result_is_the_fault_of_the_disk() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "names", "compare", "Aung", "Hla", "--json"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 5
    assert "no room left" in done.stderr
    assert "File" not in done.stderr
