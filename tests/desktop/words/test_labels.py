from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.births import Birth
from desktop.domain.fields import CHOICES, FIELDS, Field, Kind
from desktop.domain.values import Silence
from desktop.words.catalogue import LANGUAGES, known
from desktop.words.field_names import ANY_RECORD, CHOICE_NAMES, DAYS, FIELD_NAMES, MONTHS, SILENCES
from desktop.words.labels import (
    choice_label,
    date_text,
    field_label,
    silence_label,
    value_text,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_and_choice_has_words(language: str) -> None:
    for kind, fields in FIELDS.items():
        for name in fields:
            assert field_label(kind, name, language)
    assert field_label("contact", "*deleted", language)
    for choices, names in CHOICES.items():
        assert set(names) <= CHOICE_NAMES[choices].keys()
        words = [choice_label(choices, name, language) for name in names]
        assert all(words)
        assert len(set(words)) == len(words), choices
    tables = (*FIELD_NAMES.values(), *CHOICE_NAMES.values(), ANY_RECORD, SILENCES)
    texts = {*(words for table in tables for words in table.values()), *MONTHS, *DAYS, "{value} (about)"}
    assert [text for text in sorted(texts) if not known(text, language)] == []
    assert len({silence_label(silence, language) for silence in Silence}) == 3


def test_burmese_words_are_burmese() -> None:
    assert field_label("person", "father_name", "my") == "အဖအမည်"
    assert choice_label("sex", "woman", "my") == "မ"
    assert choice_label("sex", "something_new", "my") == "something_new"


@pytest.mark.parametrize(
    ("iso", "english", "burmese"),
    [
        ("2026-11-19T14:32", "19 November 2026, 14:32", "2026၊ နိုဝင်ဘာ 19၊ 14:32"),
        ("2026-11-09", "9 November 2026", "2026၊ နိုဝင်ဘာ 9"),
        ("2026-11", "November 2026", "2026၊ နိုဝင်ဘာ"),
        ("2026", "2026", "2026"),
        ("soon", "soon", "soon"),
        ("2026-13-01", "2026-13-01", "2026-13-01"),
    ],
)
def test_dates_name_their_month(iso: str, english: str, burmese: str) -> None:
    assert date_text(iso, "en") == english
    assert date_text(iso, "my") == burmese


def test_births_say_how_sure_they_are() -> None:
    field, today = FIELDS["person"]["birth"], date(2026, 11, 21)
    told = Birth("age", years=28, told_on="2025-06-01", about=True).value()
    assert value_text(field, told, "en", today=today) == "29 (about)"
    assert value_text(field, told, "my", today=today) == "29 (ခန့်မှန်း)"
    assert value_text(field, told, "my", today=today, sentence=True) == "၂၉ (ခန့်မှန်း)"
    assert value_text(field, Birth("day", "1997-05-19").value(), "en") == "19 May 1997"
    assert value_text(field, Birth("year", "1997", about=True).value(), "en") == "1997 (about)"


def test_values_of_every_kind() -> None:
    assert value_text(FIELDS["person"]["languages"], ["my", "ksw"], "en") == "Burmese, S’gaw Karen"
    assert value_text(FIELDS["person"]["other_names"], ["Ko Aye", "ကိုအေး"], "my") == "Ko Aye၊ ကိုအေး"
    assert value_text(FIELDS["person"]["sex"], Silence.REFUSED, "en") == "Did not want to say"
    assert value_text(FIELDS["person"]["token"], 14, "my", sentence=True) == "၁၄"
    assert value_text(FIELDS["person"]["sex"], None, "en") == ""
    assert value_text(FIELDS["person"]["household"], "ab-1", "en") == ""
    assert value_text(Field("x", Kind.CHOICE, "yes_no"), True, "en") == "Yes"
