"""Filling a form: what follows from an answer."""

from __future__ import annotations

import pytest

from desktop.domain.errors import UserError
from desktop.domain.values import Silence
from desktop.forms.filled import FilledForm, FormProblem
from tests.desktop.forms.sheets import NOW, answer, filled, form, table, value

CHOICES = table("list_name | name | label | kind", "fruit | apple | Apple | sweet", "fruit | lemon | Lemon | sour", "fruit | lime | Lime | sour")


def test_one_answer_brings_its_dependants_up_to_date() -> None:
    form = filled(table("type | name | label | calculation", "integer | n | N |", "calculate | twice | | ${n} * 2", "calculate | more | | ${twice} + 1"))
    answer(form, n="4")
    assert value(form, "/data/twice") == "8"
    assert value(form, "/data/more") == "9"
    answer(form, n="")
    assert value(form, "/data/twice") == ""


def test_a_chain_of_relevance_blanks_what_it_hides_and_keeps_the_text() -> None:
    form = filled(
        table(
            "type | name | label | relevant | calculation", "integer | age | Age | |", "text | school | School | ${age} < 18 |",
            "text | teacher | Teacher | ${school} != '' |", "calculate | both | | | concat(${school}, '/', ${teacher})",
        )
    )
    answer(form, age="9", school="Hill", teacher="Daw Mya")
    assert value(form, "/data/both") == "Hill/Daw Mya"
    answer(form, age="40")
    assert not form.node("/data/school").relevant
    assert not form.node("/data/teacher").relevant
    assert value(form, "/data/both") == "/"
    assert form.node("/data/teacher").value == "Daw Mya"
    assert [node.path for node in form.answers()] == ["/data/age"]
    answer(form, age="9")
    assert value(form, "/data/both") == "Hill/Daw Mya"


def test_a_group_that_is_hidden_hides_all_below_it() -> None:
    form = filled(
        table(
            "type | name | label | relevant", "integer | n | N |", "begin group | g | G | ${n} = 1", "text | t | T |", "end group | | |",
        )
    )
    assert form.sections() == []
    assert form.set("/data/g/t", "x") == "not-relevant"
    answer(form, n="1")
    assert [section.label for section in form.sections()] == ["G"]
    assert form.set("/data/g/t", "x") == ""


def test_an_answer_that_breaks_its_constraint_is_kept_and_not_valid() -> None:
    form = filled(table("type | name | label | constraint | constraint_message", "integer | age | Age | . >= 0 and . <= 120 | From 0 to 120."))
    answer(form, age="150")
    node = form.node("/data/age")
    assert (node.value, node.valid, node.message) == ("150", False, "From 0 to 120.")
    assert form.problems() == [FormProblem("/data/age", "constraint", "From 0 to 120.")]
    answer(form, age="30")
    assert form.problems() == []
    answer(form, age="")
    assert form.node("/data/age").valid


def test_a_constraint_follows_the_questions_it_reads() -> None:
    form = filled(table("type | name | label | constraint", "integer | age | Age |", "integer | years | Years | . <= ${age}"))
    answer(form, age="30", years="20")
    answer(form, age="10")
    assert not form.node("/data/years").valid


SILENT = 'ws="urn:waystation:xforms"'


def silent_form() -> FilledForm:
    return filled(
        table(
            "type | name | label | required | required_message | bind::ws:silence | relevant", "text | name | Name | yes | Write a name. | unknown refused |",
            "text | town | Town | | | |", "text | code | Code | yes | | none |", "note | told | Told ${name} | | | |",
            "text | more | More | | | | ${town} = ''",
        ),
        settings=table("form_id | namespaces | attribute::ws:silence", f"f | {SILENT} | unknown refused not_asked"),
    )


def test_a_silence_answers_a_required_question_where_the_form_allows_it() -> None:
    form = silent_form()
    assert [problem.path for problem in form.problems()] == ["/data/name", "/data/code"]
    assert form.problems()[0].message == "Write a name."
    assert form.be_silent("/data/name", Silence.NOT_ASKED) == "not-allowed"
    assert form.be_silent("/data/code", Silence.REFUSED) == "not-allowed"
    assert form.be_silent("/data/name", Silence.REFUSED) == ""
    assert [problem.path for problem in form.problems()] == ["/data/code"]
    assert form.node("/data/town").silences == tuple(Silence)
    assert form.node("/data/told").silences == ()


def test_a_silence_takes_the_place_of_an_answer_and_an_answer_that_of_a_silence() -> None:
    form = silent_form()
    answer(form, town="Hpa-An")
    assert not form.node("/data/more").relevant
    assert form.be_silent("/data/town", Silence.UNKNOWN) == ""
    assert (form.node("/data/town").value, form.node("/data/town").silence) == ("", Silence.UNKNOWN)
    assert form.node("/data/more").relevant
    assert [node.path for node in form.answers()] == ["/data/town"]
    answer(form, town="Myawaddy")
    assert form.node("/data/town").silence is None
    form.be_silent("/data/town", Silence.UNKNOWN)
    assert form.be_silent("/data/town", None) == ""
    assert form.node("/data/town").silence is None


def test_progress_counts_answers_and_silences_of_what_can_be_answered() -> None:
    form = silent_form()
    assert form.progress("") == (0, 4)
    answer(form, name="Naw Eh")
    form.be_silent("/data/town", Silence.NOT_ASKED)
    assert form.progress("") == (2, 4)


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("/data/nothing", "x", "no-such-node"), ("/data", "x", "not-a-question"), ("/data/g", "x", "not-a-question"),
        ("/data/sum", "1", "not-a-question"), ("/data/hidden", "x", "not-relevant"), ("/data/fixed", "x", "read-only"),
        ("/data/one", "pear", "not-a-choice"), ("/data/many", "apple pear", "not-a-choice"), ("/data/many", "apple apple", "bad-value"),
        ("/data/n", "1.5", "bad-value"), ("/data/n", "1234567890", "bad-value"), ("/data/dec", "x", "bad-value"), ("/data/d", "2026-02-30", "bad-value"),
        ("/data/d", "31/11/2027", "bad-value"), ("/data/when", "2026-01-15", "bad-value"), ("/data/clock", "25:00", "bad-value"),
        ("/data/t[1]", "x", "no-such-node"), ("/data/many", "apple lime", ""), ("/data/d", "2024-02-29", ""), ("/data/clock", "09:30:00.000Z", ""),
        ("/data/when", "2026-01-15T09:30:00.000+06:30", ""), ("/data/dec", "-0.50", ""), ("/data/n", "-7", ""), ("/data/t", "မြန်မာ", ""),
        ("/data/t", "a\x00b", "bad-value"), ("/data/t", "a\ud800b", "bad-value"), ("/data/ok", "OK", ""), ("/data/ok", "yes", "bad-value"), ("/data/point", "16.9 97.6 0 0", ""),
        ("/data/point", "97.6", "bad-value"),
    ],
)
def test_what_a_question_takes(path: str, text: str, reason: str) -> None:
    form = filled(
        table(
            "type | name | label | relevant | readonly | calculation", "text | t | T | | |", "begin group | g | G | | |", "end group | | | | |",
            "calculate | sum | | | | 1", "text | hidden | H | ${t} = 'show' | |", "text | fixed | F | | yes | ${t}",
            "select_one fruit | one | O | | |", "select_multiple fruit | many | M | | |", "integer | n | N | | |", "decimal | dec | D | | |",
            "date | d | D | | |", "time | clock | C | | |", "dateTime | when | W | | |", "acknowledge | ok | O | | |", "geopoint | point | P | | |",
        ),
        CHOICES,
    )
    before = form.state()
    assert form.set(path, text) == reason
    assert (form.state() == before) is (reason != "")


def test_choices_follow_their_filter_and_answers_lose_what_is_not_offered_any_more() -> None:
    form = filled(
        table("type | name | label | choice_filter", "text | want | W |", "select_multiple fruit | many | M | kind = ${want}"), CHOICES
    )
    answer(form, want="sour")
    assert [(choice.name, choice.label) for choice in form.node("/data/many").choices] == [("lemon", "Lemon"), ("lime", "Lime")]
    answer(form, many="lime lemon")
    answer(form, want="sweet")
    assert form.node("/data/many").value == ""
    assert form.set("/data/many", "lime") == "not-a-choice"


def test_labels_hints_and_choices_in_the_language_chosen() -> None:
    made = form(
        table(
            "type | name | label::English (en) | label::Burmese (my) | hint::English (en)", "text | name | Name | အမည် | As spoken",
            "note | hello | Hello ${name} | မင်္ဂလာပါ ${name} |", "select_one yn | yn | Yes? | ဟုတ်လား |",
        ),
        table("list_name | name | label::English (en) | label::Burmese (my)", "yn | y | Yes | ဟုတ်ကဲ့", "yn | n | No | မဟုတ်ပါ"),
        table("form_id | default_language", "f | English (en)"),
    )
    filling = FilledForm(made, language="my", now=NOW)
    answer(filling, name="အောင်မျိုး")
    assert filling.node("/data/hello").label == "မင်္ဂလာပါ အောင်မျိုး"
    assert [choice.label for choice in filling.node("/data/yn").choices] == ["ဟုတ်ကဲ့", "မဟုတ်ပါ"]
    assert filling.node("/data/name").hint == "As spoken"
    filling.use_language("en")
    assert filling.node("/data/hello").label == "Hello အောင်မျိုး"
    filling.use_language("th")
    assert filling.node("/data/name").label == "Name"


def test_the_words_of_a_choice_in_a_calculation_follow_the_language() -> None:
    made = form(
        table(
            "type | name | label::English (en) | label::Burmese (my) | calculation", "select_one yn | yn | Yes? | ဟုတ်လား |",
            "calculate | said | | | jr:choice-name(${yn}, '${yn}')",
        ),
        table("list_name | name | label::English (en) | label::Burmese (my)", "yn | y | Yes | ဟုတ်ကဲ့"),
    )
    filling = FilledForm(made, language="en", now=NOW)
    answer(filling, yn="y")
    assert value(filling, "/data/said") == "Yes"
    filling.use_language("my")
    assert value(filling, "/data/said") == "ဟုတ်ကဲ့"


def test_defaults_are_set_once_and_stay_the_persons_own() -> None:
    form = filled(
        table(
            "type | name | label | default | calculation | trigger", "date | day | D | today() | |", "text | town | T | Hpa-An | |",
            "calculate | id | | | once(uuid()) |", "text | other | O | | |", "dateTime | seen | S | | now() | ${other}",
        )
    )
    assert form.node("/data/day").value == "2026-01-15"
    assert form.node("/data/town").value == "Hpa-An"
    first = value(form, "/data/id")
    answer(form, day="2025-12-31", other="x")
    assert form.node("/data/day").value == "2025-12-31"
    assert value(form, "/data/id") == first
    assert form.node("/data/seen").value == "2026-01-15T09:30:00.000"


def test_an_expression_that_fails_leaves_a_blank_and_says_where() -> None:
    form = filled(table("type | name | label | calculation", "text | t | T |", "calculate | day | | date(${t})"))
    answer(form, t="soon")
    assert value(form, "/data/day") == ""
    assert form.failures() == {"/data/day": "not a date"}
    answer(form, t="2026-01-02")
    assert value(form, "/data/day") == "2026-01-02"
    assert form.failures() == {}


def test_a_circle_of_questions_is_refused_by_its_names() -> None:
    with pytest.raises(UserError) as caught:
        form(
            table(
                "type | name | label | relevant | calculation", "text | a | A | ${c} != '' |", "calculate | b | | | concat(${a}, 'x')",
                "calculate | c | | | ${b}",
            )
        )
    assert caught.value.code == "form.cycle"
    assert set(str(caught.value.fields["way"]).split(" → ")) == {"a", "b", "c"}
    with pytest.raises(UserError, match=r"form\.cycle"):
        form(table("type | name | label | relevant", "begin group | g | G | ${t} = ''", "text | t | T |", "end group | | |"))


def test_a_rule_may_read_its_own_question() -> None:
    form = filled(table("type | name | label | required | constraint", "integer | n | N | ${n} = '' | ${n} < 5"))
    answer(form, n="9")
    assert not form.node("/data/n").valid


@pytest.mark.parametrize(
    ("rule", "code", "field"), [("1 +", "form.expression", "n"), ("nosuch(1)", "form.function", "n")],
)
def test_a_form_with_a_rule_that_cannot_be_read_is_refused(rule: str, code: str, field: str) -> None:
    with pytest.raises(UserError) as caught:
        form(table("type | name | label | relevant", f"text | n | N | {rule}"))
    assert caught.value.code == code
    assert caught.value.fields["question"] == field


@pytest.mark.parametrize("name", [".", "..", "a/b.jpg", "..\\b.jpg"])
def test_no_answer_of_a_file_leads_out_of_its_folder(name: str) -> None:
    form = filled(table("type | name | label", "image | photo | Photo"))
    assert form.set("/data/photo", name) == "bad-value"
    assert form.set("/data/photo", "..b.jpg") == ""
