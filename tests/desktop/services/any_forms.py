"""Forms of a site's own for tests, compiled once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.services import any_form, form_library
from desktop.services.intake import Open
from desktop.services.session import Session
from tests.desktop.forms.sheets import compiled, table


def named(form_id: str, version: str, title: str = "") -> str:
    """A settings sheet."""
    return table("form_id | version | form_title", f"{form_id} | {version} | {title or form_id}")


WATER = (
    "type | name | label::English (en) | label::Burmese (my) | relevant | constraint | required | calculation",
    "begin group | place | Place | နေရာ | | | |",
    "text | village | Village | ရွာ | | | yes |",
    "integer | wells | Wells | ရေတွင်း | | . >= 0 and . < 100 | |",
    "select_one state | clean | Is the water clean? | ရေ သန့်ပါသလား။ | ${wells} > 0 | | |",
    "end group | | | | | | |",
    "begin group | people | People | လူများ | | | |",
    "begin repeat | family | Family | မိသားစု | | | |",
    "text | head | Head of the family | အိမ်ထောင်ဦးစီး | | | |",
    "integer | size | How many people? | လူဘယ်နှစ်ယောက်လဲ။ | | | |",
    "end repeat | | | | | | |",
    "note | all | People in all: ${total} | စုစုပေါင်း | | | |",
    "calculate | total | | | | | | sum(${size})",
    "end group | | | | | | |",
    "text | remark | Remark | မှတ်ချက် | | | |",
)
WATER_CHOICES = table(
    "list_name | name | label::English (en) | label::Burmese (my)",
    "state | clean | Clean | သန့်သည်", "state | dirty | Dirty | ညစ်ညမ်းသည်",
)


def water(version: str = "1", *more: str) -> bytes:
    """A survey of wells and families in two languages; `more` are rows of questions behind."""
    return compiled(table(*WATER, *more), WATER_CHOICES, named("water", version, "Water survey"))


def added(session: Session, xml: bytes = b"", folder: Folder = Folder.RECEPTION) -> RecordId:
    return form_library.add(session, compiled=xml or water(), folder=folder)[0].id


def begun(session: Session, form: RecordId | None = None, person: RecordId | None = None, **answers: str) -> Open:
    opened = any_form.begin(session, form=form or added(session), person=person, language="en")
    put(opened, **answers)
    return opened


def put(opened: Open, **answers: str) -> None:
    """Answers by name of the question, wherever it stands outside repeats."""
    for name, text in answers.items():
        path = next("/" + "/".join(path) for path in opened.form.definition.specs if path[-1] == name)
        assert opened.form.set(path, text) == "", name


def family(opened: Open, head: str, size: str = "") -> str:
    path = opened.form.add("/data/people/family")
    assert opened.form.set(f"{path}/head", head) == ""
    if size:
        assert opened.form.set(f"{path}/size", size) == ""
    return path


def only(session: Session) -> any_form.Filled:
    (found,) = any_form.filled(session)
    return found


def again(session: Session, language: str = "en") -> Open:
    return any_form.open_saved(session, submission=only(session).id, language=language)


def said(opened: Open) -> dict[str, Any]:
    """Answers by number, without what the form computes."""
    state = opened.form.state()
    assert isinstance(state["answers"], dict)
    assert isinstance(state["silences"], dict)
    return {
        **{path: text for path, text in state["answers"].items() if not path.endswith(("/total", "/instanceID", "/all"))}, **state["silences"],
    }


def heads(opened: Open) -> list[str]:
    rows = len(opened.form.instance_names()["/data/people/family"])
    return [opened.form.node(f"/data/people/family[{number}]/head").value for number in range(1, rows + 1)]


def taken_out_and_answered(session: Session, other: Session, carry: Callable[[Session, Session], object]) -> None:
    """One site takes the family Two out of a form while the other site answers a question about it; nobody has heard of that yet."""
    opened = begun(session, village="Hill")
    opened.form.set("/data/people/family[1]/head", "One")
    family(opened, "Two")
    any_form.save(session, opened=opened)
    carry(session, other)
    here, there = again(session), again(other)
    here.form.remove("/data/people/family[2]")
    any_form.save(session, opened=here)
    there.form.set("/data/people/family[2]/size", "9")
    any_form.save(other, opened=there)
