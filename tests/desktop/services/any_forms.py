"""Forms of a site's own for tests, compiled once."""

from __future__ import annotations

from functools import cache

from desktop.forms.compile import compile_workbook
from tests.desktop.forms.sheets import table


@cache
def compiled(survey: str, choices: str = "", settings: str = "") -> bytes:
    """The compiled XML of a form in XLSForm markdown."""
    parts = ["| survey |", survey]
    if choices:
        parts += ["| choices |", choices]
    if settings:
        parts += ["| settings |", settings]
    return compile_workbook("\n".join(parts)).xml


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
