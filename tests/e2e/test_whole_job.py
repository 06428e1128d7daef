"""The main job, done in the real window with keys and mouse, from the first start to finding a family again."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from tests.e2e.driver import Program, Screen, wait_for
from tests.e2e.memory import holds

pytestmark = [pytest.mark.screen, pytest.mark.needs("import", "dbus-daemon")]

CROCKFORD = set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
SITE, VOLUNTEER = "Riverside", "မနှင်း"
PASSPHRASE = "mango lantern river seven kettle"


def words_of(paper: Path) -> str:
    """The text that a person would copy out of a PDF."""
    document = pypdfium2.PdfDocument(str(paper))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def save_to(program: Program, path: Path) -> None:
    """Answer the warning and the file dialog; the file is there afterwards."""
    program.find("answer_save" if program.look("answer_save") else "answer_go")
    program.press("Return")
    program.find("fileNameEdit", state="focused")
    program.press("ctrl+a")
    program.type(str(path))
    program.press("Return")
    wait_for(f"{path.name} on the stick", lambda: path.exists() and path.stat().st_size > 0, instead=program.told)


def first_run(program: Program, stick: Path) -> None:
    """A site, a name, a passphrase; the recovery sheet saved, and two of its groups typed back from it."""
    program.find("site", state="focused")
    program.type(SITE)
    program.press("Tab", "Return")
    program.find(name="Write the name that the other volunteers here know")
    program.fill("volunteer", VOLUNTEER)
    program.press("Return")

    program.find("new_passphrase", state="focused")
    program.type("mango")
    program.find("new_passphrase_strength_words", name="Weak")
    assert "enabled" not in program.find("go_on").states
    program.press("ctrl+a")
    program.type(PASSPHRASE)
    program.find("new_passphrase_strength_words", name="Strong")
    program.press("Return")
    program.find("new_passphrase_again", state="focused")
    program.type("mango lamp")
    program.find(name="This is not the same")
    program.press("ctrl+a")
    program.type(PASSPHRASE)
    program.find("go_on", state="enabled")
    program.press("Return")

    print_where_there_is_no_printer(program)
    sheet = stick / "sheet.pdf"
    program.click("sheet_save")
    save_to(program, sheet)
    assert "enabled" not in program.find("open_waystation").states
    words = words_of(sheet).split()
    for field in ("group_1", "group_2"):
        number = program.find(field).name.removeprefix("Group ")
        program.find(field, state="focused")
        program.type(group_of(words, number).lower())
        program.press("Return")
    sheet.unlink()
    program.find(role="frame", name="Today")


def group_of(words: list[str], number: str) -> str:
    """The group with that number on the recovery sheet: it stands right after the number."""
    found = [after for before, after in pairwise(words) if before == number and len(after) == 4 and set(after) <= CROCKFORD]
    assert len(found) == 1, words
    return found[0]


def print_where_there_is_no_printer(program: Program) -> None:
    """A machine without printers says so; the road on is a file."""
    program.find("sheet_print", state="focused")
    program.press("Return")
    program.find(role="dialog", name="No printer was found")
    program.press("Return")
    program.gone(name="No printer was found")


def lock_and_unlock(program: Program) -> None:
    """Ctrl+L: nothing of the old process is left; a wrong passphrase says so; the right one opens."""
    assert holds(program.pid, SITE)
    program.press("ctrl+l")
    program.find("passphrase", state="focused")
    assert not holds(program.pid, SITE)
    assert not holds(program.pid, PASSPHRASE)
    program.type("mango lantern river seven kennel")
    program.press("Return")
    program.find("passphrase_problem_words", name="That did not open it")
    program.find("passphrase", state="focused")
    program.type(PASSPHRASE)
    program.press("Return")
    program.find(role="frame", name="Today")


def test_the_whole_job(screen: Screen, stick: Path) -> None:
    program = screen.start("--vault", str(stick.parent / "vault"))
    first_run(program, stick)
    lock_and_unlock(program)
    program.press("alt+F4")
    assert program.ended() == 0
