"""What we write as submissions is what JavaRosa, which the phones run, takes back into the form."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from desktop.domain.errors import UserError
from desktop.forms.compile import compile_workbook
from desktop.forms.exporting.submission import Mould
from desktop.forms.filled import FilledForm
from desktop.forms.loading import load
from desktop.forms.shipped import compiled
from desktop.forms.tree import Item
from tests.desktop.forms.sheets import NOW
from tests.desktop.forms.test_corpus import CORPUS
from tests.desktop.forms.test_exporting import FIRST, family
from tests.desktop.paper.test_forms_on_paper import fill

PROGRAM = Path(__file__).parent / "submissions" / "Load.java"
OTHERS = ("whova_form.xlsx", "ifrc-distribution-site-assessment-v1.xlsx", "socio-economic-survey-v20240515.xlsx", "12-NestedRepeat.xml")


def jar() -> Path | None:
    """JavaRosa, in the wheel of the form compiler."""
    found = find_spec("pyxform")
    path = Path(str(found.origin)).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar" if found else None
    return path if path is not None and path.is_file() else None


def java() -> bool:
    """Whether there is a Java that runs source files of version 17."""
    if shutil.which("java") is None or shutil.which("javac") is None:
        return False
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return version is not None and int(version[1]) >= 17


needs_java = pytest.mark.skipif(not java() or jar() is None, reason="there is no Java 17 with JavaRosa")


def taken(form: bytes, submissions: list[bytes], folder: Path) -> list[list[tuple[str, str]]]:
    """The leaves that JavaRosa has after loading each submission."""
    paths = [folder / "form.xml", *(folder / f"{at}.xml" for at in range(len(submissions)))]
    for path, data in zip(paths, [form, *submissions]):
        path.write_bytes(data)
    done = subprocess.run(
        ["java", "-cp", str(jar()), str(PROGRAM), *map(str, paths)], capture_output=True, text=True, encoding="utf-8", check=False,
    )
    assert done.returncode == 0, done.stderr[-1500:]
    parts = [part for part in done.stdout.split("\n\n") if part.strip()]
    return [[(line.split("\t")[0], line.split("\t")[1]) for line in part.strip().splitlines()] for part in parts]


def given(item: Item, above: str = "") -> list[tuple[str, str]]:
    """Our leaves that apply and have a text, in the same shape."""
    path = f"{above}/{item.name}"
    found = [(path, item.text.replace("\n", " "))] if item.text and not item.spec.children else []
    for child in item.children:
        if isinstance(child, Item) and child.relevant:
            found += given(child, path)
    return found


def same(ours: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> None:
    """The same texts at the same places; moments by their day, for each program writes clocks in its own way."""

    def bare(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(path, text[:10] if re.match(r"\d{4}-\d\d-\d\dT", text) else text) for path, text in rows if not path.endswith(("/meta/instanceID",))]

    assert bare(theirs) == bare(ours)


@needs_java
def test_javarosa_takes_a_submission_with_nested_repeats(tmp_path: Path) -> None:
    form = family()
    (theirs,) = taken(FIRST, [Mould(FIRST).submission(form.root, instance_id="uuid:1")], tmp_path)
    same(given(form.root), theirs)


@needs_java
@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not at hand")
@pytest.mark.parametrize("name", ["arrival", "registration", *OTHERS])
def test_javarosa_takes_submissions_of_forms_of_others(name: str, tmp_path: Path) -> None:
    source = compiled(name).read_bytes() if "." not in name else (CORPUS / name).read_bytes()
    try:
        xml = source if source.lstrip().startswith(b"<") else compile_workbook(source).xml
        form = FilledForm(load(xml), now=NOW)
    except UserError:
        pytest.skip("this form cannot be used here")
    fill(form)
    (theirs,) = taken(xml, [Mould(xml).submission(form.root, instance_id="uuid:1")], tmp_path)
    same(given(form.root), theirs)
