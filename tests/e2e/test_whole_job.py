"""The main job, done in the real window with keys and mouse: from the first start to finding a family again.

What is printed here: a machine of this kind has no printer, so Print says that there is none, and the page is saved as a file, which is then
read as a person and a camera read it. What a printer would get is tested without a screen (`tests/desktop/paper`, `tests/ui`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.e2e.driver import Program, Screen, wait_for
from tests.e2e.memory import holds
from tests.e2e.papers import codes_on, words_on

pytestmark = [pytest.mark.screen, pytest.mark.needs("import", "dbus-daemon", "setxkbmap")]

CROCKFORD = set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
SITE, VOLUNTEER = "Riverside", "မနှင်း"
PASSPHRASE = "mango lantern river seven kettle"
HEAD = ("အောင်မျိုးထက်", "Aung Myo Htet", "Ko Htet", "30")
FAMILY = (
    ("မခင်စန္ဒာဝင်း", "Khin Sandar Win", "Wife", "27", "woman"),
    ("သီရိထက်", "Thiri Htet", "Dau", "5", "woman"),
    ("မင်းခန့်ထက်", "Min Khant Htet", "Son", "2", "man"),
)
NAMES = (HEAD[0], HEAD[1], *(one[0] for one in FAMILY), *(one[1] for one in FAMILY))
OWN_WORDS = {"Waystation", "English", "USB", "PDF", "NRC", "Esc", "Enter", "Ctrl", "Alt", "Tab", SITE, *" ".join(NAMES).split(), *HEAD[2].split()}
"""Words in English letters that stand in a Burmese window by right."""


def test_the_whole_job(screen: Screen, stick: Path) -> None:
    program = screen.start("--vault", str(stick.parent / "vault"))
    first_run(program, stick)
    register_family(program)
    code = print_slip(program, stick)
    lock_and_unlock(program, code)
    find_again(program, code)
    speak_burmese(program)
    program.press("alt+F4")
    assert program.ended() == 0
    assert not [path for path in stick.parent.rglob("*") if path.is_file() and shows_a_name(path)]
    assert not [path for path in screen.folder.rglob("*") if path.is_file() and shows_a_name(path)]


def shows_a_name(path: Path) -> bool:
    data = path.read_bytes()
    return any(name.encode(coding) in data for name in (*NAMES, VOLUNTEER) for coding in ("utf-8", "utf-16-le"))


# ---- the first start ----------------------------------------------------------------------------------------------------


def first_run(program: Program, stick: Path) -> None:
    """A site, a name, a passphrase; the recovery sheet saved, and two of its groups typed back from it."""
    program.find("site", state="focused")
    program.write(SITE)
    program.press("Tab", "Return")
    program.find(name="Write the name that the other volunteers here know")
    program.write(VOLUNTEER)
    program.press("Return")
    choose_passphrase(program)

    program.find("sheet_print", state="focused")
    program.press("Return")
    look_at_it(program)
    no_printer(program)
    assert "enabled" not in program.find("open_waystation").states
    sheet = stick / "sheet.pdf"
    program.click("sheet_save")
    look_at_it(program)
    save_to(program, sheet)
    words = words_on(sheet).split()
    for field in ("group_1", "group_2"):
        number = program.find(field, state="focused").name.removeprefix("Group ")
        program.type(group_of(words, number).lower())
        program.press("Return")
    sheet.unlink()
    program.find(role="frame", name="Today")


def choose_passphrase(program: Program) -> None:
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


def group_of(words: list[str], number: str) -> str:
    """The group with that number on the recovery sheet: it stands right after the number."""
    found = [after for before, after in pairwise(words) if before == number and len(after) == 4 and set(after) <= CROCKFORD]
    assert len(found) == 1, words
    return found[0]


# ---- paper --------------------------------------------------------------------------------------------------------------


def look_at_it(program: Program) -> None:
    """The page stands in a box before it goes out."""
    program.find("look_go", state="focused")
    program.press("Return")


def no_printer(program: Program) -> None:
    program.find(role="dialog", name="No printer was found")
    program.press("Return")
    program.gone(name="No printer was found")


def save_to(program: Program, path: Path) -> None:
    """Answer the warning and the file dialog; the file is there afterwards."""
    program.find(role="dialog", name="The file will not be locked")
    program.press("Return")
    program.find("fileNameEdit", state="focused")
    program.press("ctrl+a")
    program.write(str(path))
    program.press("Return")
    wait_for(f"{path.name} on the stick", lambda: path.exists() and path.stat().st_size > 0, instead=program.told)


def print_slip(program: Program, stick: Path) -> str:
    """The slip of the family: seen, saved, read. Returns the code of the first person."""
    program.find(role="frame", name="Paper")
    program.find(name=HEAD[0])
    program.find("preview", name="Page 1 of 1: Arrival slip")
    shown = program.find(role="label", name=r"^[0-9A-Z]{4}-[0-9A-Z]{4}$").name
    program.press("ctrl+p")
    no_printer(program)
    slip = stick / "slip.pdf"
    program.click("save")
    save_to(program, slip)
    code = shown.replace("-", "")
    words = words_on(slip)
    assert re.sub(r"\s", "", words).count(code) == 2
    assert not [name for name in NAMES if name in words]
    assert [read for read in codes_on(slip) if code in read.replace("-", "")]
    slip.unlink()
    return shown


# ---- people -------------------------------------------------------------------------------------------------------------


def register_family(program: Program) -> None:
    """Four people with the keyboard alone; an age that cannot be is answered beside its field."""
    program.press("ctrl+n")
    program.find("name", state="focused")
    for field, text in zip(("name", "name_roman", "call_name", "age"), HEAD):
        program.tab_to(field)
        program.write(text)
    program.press("ctrl+a")
    program.write("300")
    program.press("Tab")
    program.find("age_problem_words", name="between 0 and 120")
    program.press("shift+Tab", "ctrl+a")
    program.write(HEAD[3])
    choose(program, "sex_man")
    for at, member in enumerate(FAMILY, 1):
        add_member(program, f"with_you_{at}_member", *member)
    program.press("ctrl+p")


def add_member(program: Program, fields: str, name: str, roman: str, relationship: str, age: str, sex: str) -> None:
    program.press("alt+a")
    program.find(f"{fields}_name", state="focused")
    program.write(name)
    program.press("Tab")
    program.write(roman)
    program.press("Tab")
    program.type(relationship)
    program.press("Tab")
    program.write(age)
    choose(program, f"{fields}_sex_{sex}")


def choose(program: Program, button: str) -> None:
    program.tab_to(button)
    program.press("space")
    program.find(button, state="checked")


def lock_and_unlock(program: Program, code: str) -> None:
    """Ctrl+L: nothing of the old process is left; a wrong passphrase says so; the right one opens."""
    known = (*NAMES, SITE, VOLUNTEER, code)
    assert holds(program.pid, NAMES[0])
    program.press("ctrl+l")
    program.find("passphrase", state="focused")
    assert not [one for one in (*known, PASSPHRASE) if holds(program.pid, one)]
    assert not [one for one in known if one in program.told()]
    program.type("mango lantern river seven kennel")
    program.press("Return")
    program.find("passphrase_problem_words", name="That did not open it")
    program.find("passphrase", state="focused")
    program.type(PASSPHRASE)
    program.press("Return")
    program.find(role="frame", name="Today")


def find_again(program: Program, code: str) -> None:
    """By a part of a name in either writing, then by code; their page shows all four."""
    for typed, found in (("sandar", FAMILY[0][0]), ("သီရိ", FAMILY[1][0]), (code[:4].lower(), HEAD[0])):
        program.press("ctrl+2")
        program.find("people_search", state="focused")
        program.type(typed)
        program.find("people_search", name=f"^.*\n{typed}$")
        see_first(program, found)
    program.press("Return")
    program.find("person_name", name=HEAD[0])
    program.find("person_code", name=code)
    for name, *_ in (HEAD, *FAMILY):
        program.find(role="table cell", name=name)


def see_first(program: Program, name: str) -> None:
    def first() -> bool:
        found = program.look("people_list", role="table cell")
        return found is not None and found.name.startswith(name)

    wait_for(f"{name} in the first row", first, instead=program.told)


# ---- the other language -------------------------------------------------------------------------------------------------


def speak_burmese(program: Program) -> None:
    """F2 changes every word of every page, also of one that is half filled; the command palette takes English letters all the same."""
    program.press("ctrl+n")
    program.find("name", state="focused")
    program.write(HEAD[1])
    program.find("open_twin_1")
    program.press("F2")
    program.find("rail_language", name="English")
    program.find("open_twin_1")
    assert program.find("name", state="focused").text == HEAD[1]
    assert not english_left(program)
    pages = ("page_today", "page_people", "page_contacts", "page_families", "page_stick", "page_paper")
    for key, page in (*((f"ctrl+{at}", page) for at, page in enumerate(pages, 1)), ("ctrl+n", "page_register")):
        program.press(key)
        program.find(page)
        assert not english_left(program)
    program.press("ctrl+k")
    program.find("finder_search", state="focused")
    program.type("settings")
    program.press("Return")
    program.find("page_settings")
    assert not english_left(program)


def english_left(program: Program) -> list[str]:
    """Words in English letters that should have become Burmese ones. Single letters and keys (F2) do not count."""
    return [
        str(one) for one in program.things() if one.id not in ("site", "folder") and set(re.findall(r"(?<![\w-])[A-Za-z]{3,}(?![\w-])", one.name)) - OWN_WORDS
    ]
