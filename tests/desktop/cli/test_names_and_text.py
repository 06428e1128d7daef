from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli.commands import main


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
