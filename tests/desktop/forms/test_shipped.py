"""The forms that come with the program: compiled as they stand, complete in both languages, and true to the list of fields."""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
from datetime import datetime

import pytest

from desktop.domain.fields import CHOICES, FIELDS, NEEDS, URGENT, Kind
from desktop.domain.values import Silence
from desktop.forms import shipped
from desktop.forms.compile import compile_workbook
from desktop.forms.definition import Spec
from desktop.forms.filled import FilledForm
from desktop.words.catalogue import known
from tests.tree import ROOT

NOW = datetime(2026, 1, 15, 9, 30)
PARTS = {
    "birth": {"precision", "day", "month", "year", "age", "about"},  # parts of one value, see desktop.domain.births
    "needs": {"", "observed"},  # many answers for the fields need_<name>: told by the person, or seen by us
}
ON_THE_CARD = ("sick", "medicine", "pregnant", "food", "bed", "child_alone", "afraid", "private_talk")  # short words first: two lines of buttons
OWN_LISTS = {
    "birth_precision": ("day", "month", "year", "age"), "month": tuple(str(month) for month in range(1, 13)), "needs": NEEDS,
    "urgent": ON_THE_CARD,
}


def test_the_card_offers_every_urgent_need() -> None:
    assert sorted(ON_THE_CARD) == sorted(URGENT)


def questions(name: str) -> list[Spec]:
    return [spec for spec in shipped.definition(name).root.walk() if spec.kind == "question"]


def list_of(name: str, spec: Spec) -> tuple[str, tuple[str, ...]]:
    """(name of the list, names of all its choices) behind a select question."""
    assert spec.itemset is not None
    match = re.match(r"instance\('(\w+)'\)", spec.itemset.nodes.source)
    assert match is not None
    root = shipped.definition(name).instances[match[1]].children[0]
    return match[1], tuple(item.named["name"][0].text for item in root.children)


@pytest.mark.parametrize("name", shipped.NAMES)
def test_the_compiled_form_is_that_of_the_workbook(name: str) -> None:
    fresh = compile_workbook(shipped.workbook(name).read_bytes())
    kept = shipped.compiled(name).read_text(encoding="utf-8").splitlines()
    differences = list(difflib.unified_diff(kept, fresh.xml.decode("utf-8").splitlines(), "kept", "workbook", n=1, lineterm=""))
    assert not differences, "run python -m desktop.forms.shipped\n" + "\n".join(differences[:60])
    assert fresh.warnings == ()


def test_reading_a_shipped_form_does_not_load_the_compiler() -> None:
    program = "import sys; from desktop.forms import shipped; shipped.definition('registration'); print('pyxform' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize("name", shipped.NAMES)
def test_every_answer_goes_to_a_field_that_exists_and_fits(name: str) -> None:
    fits = {
        "text": {Kind.TEXT, Kind.NAME, Kind.NOTE, Kind.SET}, "integer": {Kind.NUMBER}, "date": {Kind.DATE}, "datetime": {Kind.MOMENT},
        "select_one": {Kind.CHOICE}, "select_multiple": {Kind.SET},
    }
    wrong = []
    for spec in questions(name):
        if not spec.save_to:
            continue
        kind, field, part = [*spec.save_to.split("."), ""][:3]
        if field in PARTS:
            if part not in PARTS[field]:
                wrong.append(spec.save_to)
        elif part or field not in FIELDS[kind] or FIELDS[kind][field].kind not in fits[spec.type]:
            wrong.append(f"{spec.save_to} ({spec.type})")
    assert wrong == []


@pytest.mark.parametrize("name", shipped.NAMES)
def test_choices_are_those_of_the_domain(name: str) -> None:
    for spec in questions(name):
        if not spec.type.startswith("select"):
            continue
        listed, names = list_of(name, spec)
        assert names == OWN_LISTS.get(listed, CHOICES.get(listed)), listed
        kind, field = [*spec.save_to.split("."), "", ""][:2]
        if field in FIELDS.get(kind, {}) and FIELDS[kind][field].choices:
            assert listed == FIELDS[kind][field].choices


@pytest.mark.parametrize("name", shipped.NAMES)
def test_every_text_is_there_in_burmese(name: str) -> None:
    definition = shipped.definition(name)
    english, burmese = definition.texts["English (en)"], definition.texts["Burmese (my)"]
    assert set(english) == set(burmese)
    plain = [key for key, words in burmese.items() if not re.search("[\u1000-\u109f]", "".join(str(part) for part in words.parts))]
    assert plain == []
    assert known(definition.title, "my")


@pytest.mark.parametrize("name", shipped.NAMES)
def test_no_question_about_places_strength_or_plans_and_no_word_that_hurts(name: str) -> None:
    texts = [
        "".join(str(part) for part in words.parts).lower()
        for language in shipped.definition(name).texts.values()
        for words in language.values()
    ]
    assert [text for text in texts if "deserter" in text or "တပ်ပြေး" in text or "battalion" in text or "garrison" in text] == []


def test_an_arrival_needs_a_name_and_nothing_else() -> None:
    form = FilledForm(shipped.definition("arrival"), language="my", now=NOW)
    assert [problem.path for problem in form.problems()] == ["/data/name"]
    assert form.node("/data/arrived").value == "2026-01-15T09:30:00.000"
    assert form.set("/data/name", "အောင်မျိုးထက်") == ""
    assert form.problems() == []


def test_the_family_on_an_arrival_card() -> None:
    form = FilledForm(shipped.definition("arrival"), now=NOW)
    assert form.repeats() == [("/data/with_you", "Who is with you?", 0)]
    path = form.add("/data/with_you")
    assert "focal" not in [choice.name for choice in form.node(f"{path}/member_relationship").choices]
    assert form.set(f"{path}/member_age", "130") == ""
    assert [(problem.path, problem.code) for problem in form.problems()] == [
        ("/data/name", "required"), (f"{path}/member_name", "required"), (f"{path}/member_age", "constraint"),
    ]
    assert form.problems()[2].message == "An age is between 0 and 120."
    assert form.state()["answers"]["/data/household_size"] == "2"  # type: ignore[index]


def test_a_child_alone_is_noticed() -> None:
    form = FilledForm(shipped.definition("arrival"), now=NOW)
    hint = "/data/child_alone_note"
    assert not form.node(hint).relevant
    form.set("/data/age", "9")
    assert form.node(hint).relevant
    form.add("/data/with_you")
    assert not form.node(hint).relevant
    form.set("/data/needs", "child_alone")
    assert form.node(hint).relevant


def test_the_registration_has_its_sections_and_the_health_section_its_folder() -> None:
    form = FilledForm(shipped.definition("registration"), now=NOW)
    assert [section.label for section in form.sections()] == [
        "Names and family", "Language and skills", "Papers", "Journey", "Family left behind", "Service background", "Needs", "Health",
        "Safety and private talk", "Consent, purpose by purpose",
    ]
    assert {spec.folder for spec in questions("registration") if spec.save_to.startswith("health.")} == {"health"}
    assert {spec.folder for spec in questions("registration") if not spec.save_to.startswith("health.") and "health" not in spec.path} == {"reception"}


def test_every_question_of_the_registration_takes_the_silences() -> None:
    for spec in questions("registration"):
        wanted: tuple[Silence, ...] = tuple(Silence)
        if spec.type == "note":
            wanted = ()
        elif spec.required is not None:
            wanted = (Silence.UNKNOWN, Silence.REFUSED)
        assert spec.silences == wanted, spec.path


@pytest.mark.parametrize(
    ("precision", "asked"),
    [("day", ["birth_day"]), ("month", ["birth_month", "birth_year"]), ("year", ["birth_year"]), ("age", ["age"])],
)
def test_a_birth_is_asked_as_precisely_as_it_is_known(precision: str, asked: list[str]) -> None:
    form = FilledForm(shipped.definition("registration"), now=NOW)
    form.set("/data/names/birth_precision", precision)
    shown = [node.path.rsplit("/", 1)[1] for node in form.children("/data/names") if node.relevant]
    assert [name for name in ("birth_day", "birth_month", "birth_year", "age") if name in shown] == asked
    assert "birth_about" in shown


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("/data/names/birth_day", "2026-01-15", "2026-01-16"), ("/data/names/birth_year", "1975", "2027"), ("/data/journey/home_left_on", "2025-12-01", "2026-02-01"),
        ("/data/documents/papers", "citizenship unhcr", "none passport"), ("/data/agreement/consent_on", "2026-01-15", "2027-01-01"),
    ],
)
def test_what_the_registration_doubts(path: str, good: str, bad: str) -> None:
    form = FilledForm(shipped.definition("registration"), language="my", now=NOW)
    form.set("/data/names/birth_precision", "day" if path.endswith("day") else "year")
    assert form.set(path, good) == ""
    assert form.node(path).valid
    assert form.set(path, bad) == ""
    assert not form.node(path).valid
    assert re.search("[\u1000-\u109f]", form.node(path).message)


def test_service_is_asked_only_of_those_who_served() -> None:
    form = FilledForm(shipped.definition("registration"), now=NOW)
    served = "/data/service/served"
    assert not form.node(served).relevant
    form.set("/data/service/force", "police")
    assert form.node(served).relevant
    form.set(f"{served}/entry_age", "15")
    assert form.node(f"{served}/entry_age_note").relevant
    form.set("/data/service/force", "family_only")
    assert not form.node(f"{served}/entry_age").relevant
    assert form.node(f"{served}/entry_age").value == "15"


def test_a_childs_own_consent_is_asked_however_the_age_is_known() -> None:
    form = FilledForm(shipped.definition("registration"), now=NOW)
    assent = "/data/agreement/assent_child"
    for precision, path, child, adult in (
        ("age", "age", "17", "18"), ("day", "birth_day", "2010-05-01", "2000-05-01"), ("year", "birth_year", "2012", "1990"),
    ):
        form.set("/data/names/birth_precision", precision)
        form.set(f"/data/names/{path}", child)
        assert form.node(assent).relevant, precision
        form.set(f"/data/names/{path}", adult)
        assert not form.node(assent).relevant, precision
