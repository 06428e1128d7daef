"""Forms of a site's own as workbooks on the disk, and some of them filled."""

from __future__ import annotations

from pathlib import Path

from desktop.services import any_form, form_import, people
from desktop.services.form_library import StoredForm
from desktop.services.intake import Open
from desktop.services.session import Session
from tests.desktop.services.any_forms import WATER, WATER_CHOICES, family, put

TITLE = "Water survey"
_NEWER = ("text | elder | Elder of the village | ရွာသူကြီး | | | |",)


def rows(text: str) -> list[list[str]]:
    """Rows of cells as `tests` write tables: cells parted by ``|``."""
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines() if line.strip()]


def workbook(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    """Write a workbook (.xlsx) with these sheets of cells."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def _survey(more: tuple[str, ...]) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in (*WATER, *more)]


def water(path: Path, version: str = "1", *more: str) -> Path:
    """A good survey of wells and families, in two languages. Version 2 asks for the elder and has lost the remark."""
    survey = _survey(_NEWER if version == "2" else ())
    if version == "2":
        survey = [line for line in survey if line[1] != "remark"]
    settings = [["form_id", "version", "form_title"], ["water", version, TITLE]]
    return workbook(path, {"survey": [*survey, *rows("\n".join(more))], "choices": rows(WATER_CHOICES), "settings": settings})


def odd(path: Path) -> Path:
    """A survey that needs repairs: a column written in two ways, a choice written down twice, signs that nobody sees."""
    survey = [
        ["type", "name", "label", "image", "media::image"],
        ["select_one colour", "shirt", "Colour of the  shirt\u200b", "", ""],
        ["text", "size", "Size", "", ""],
    ]
    choices = [["list_name", "name", "label"], ["colour", "red", "Red"], ["colour", "red", "Dark red"], ["colour", "blue", "Blue"]]
    return workbook(path, {"survey": survey, "choices": choices, "settings": [["form_id", "version", "form_title"], ["shirts", "1", "Shirts"]]})


def very_odd(path: Path) -> Path:
    """A survey with many questions that have no name of their own yet."""
    survey = [["type", "name", "label"], *(["text", f"{number} name", f"Question {number}"] for number in range(1, 21))]
    return workbook(path, {"survey": survey, "settings": [["form_id", "version", "form_title"], ["many", "1", "Many"]]})


def broken(path: Path) -> Path:
    """A survey with a type that nobody knows, in row 3."""
    survey = [["type", "name", "label"], ["text", "village", "Village"], ["telephone-of-spirits", "line", "Line"]]
    return workbook(path, {"survey": survey, "settings": [["form_id", "form_title"], ["broken", "Broken"]]})


def with_list(path: Path) -> Path:
    """A survey that wants a list in a file of its own (villages.csv)."""
    survey = [["type", "name", "label"], ["select_one_from_file villages.csv", "village", "Village"]]
    return workbook(path, {"survey": survey, "settings": [["form_id", "version", "form_title"], ["listed", "1", "Villages"]]})


def villages(path: Path) -> Path:
    """The list that `with_list` wants."""
    path.write_text("name,label\nmla,Mae La\nupm,Umpiem\n", encoding="utf-8")
    return path


def add(session: Session, path: Path) -> StoredForm:
    """Bring a workbook into the library as it is."""
    return form_import.add(session, files=form_import.given(path))[0]


def fill(session: Session, folder: Path) -> None:
    """Two versions of the survey and one more form in the library; the first version filled about three people and once about nobody."""
    first = add(session, water(folder / "water.xlsx"))
    found = people.rows(session, keys=list(people.find(session, state="").keys)[:3])
    places = ("မဲလ", "Umpiem", "Mae Ra Ma Luang")
    for at, row in enumerate(found):
        opened = any_form.begin(session, form=first.id, person=row.id, language="en")
        _answer(session, opened, places[at], at)
    nobody = any_form.begin(session, form=first.id, person=None, language="en")
    put(nobody, village="Nu Po")
    any_form.save(session, opened=nobody)
    add(session, water(folder / "water2.xlsx", "2"))
    add(session, villages_form(folder))


def villages_form(folder: Path) -> Path:
    """A second, simple form."""
    survey = [["type", "name", "label"], ["text", "cook", "Who cooks?"], ["integer", "meals", "Meals a day"]]
    return workbook(folder / "kitchen.xlsx", {"survey": survey, "settings": [["form_id", "version", "form_title"], ["kitchen", "2026-10", "Kitchen diary"]]})


def _answer(session: Session, opened: Open, village: str, at: int) -> None:
    put(opened, village=village, wells=str(at + 1), clean="clean", remark="Ask the elder again in spring.")
    family(opened, "U Ba", "4")
    if at == 0:
        any_form.finish(session, opened=opened)
    elif at == 1:
        any_form.save(session, opened=opened, section="/data/place")
    else:
        any_form.save(session, opened=opened)
