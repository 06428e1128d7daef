"""The words for every field, choice and value of a record, in each language.

English stands here; Burmese stands in ``resources/locale/my/fields.po`` under the same English text. A test walks all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from desktop.domain import carers
from desktop.domain.births import Birth
from desktop.domain.fields import Field, Kind
from desktop.domain.safe_times import Span, clock
from desktop.domain.safe_times import read as read_span
from desktop.domain.values import Silence, Value
from desktop.words.catalogue import translate
from desktop.words.field_names import ANY_RECORD, CHOICE_NAMES, DAYS, FIELD_NAMES, MONTHS, SILENCES

_MYANMAR_DIGITS = str.maketrans("0123456789", "၀၁၂၃၄၅၆၇၈၉")


def field_label(kind: str, name: str, language: str) -> str:
    """The name of a field of a record kind, as it stands above the field. KeyError for a field that does not exist."""
    return translate(ANY_RECORD.get(name) or FIELD_NAMES[kind][name], language)


def choice_label(choices: str, name: str, language: str) -> str:
    """The words of one choice of a list of `desktop.domain.fields.CHOICES`. A choice that a newer version or another site
    knows and we do not is shown by its name."""
    english = CHOICE_NAMES.get(choices, {}).get(name)
    return name if english is None else translate(english, language)


def silence_label(silence: Silence, language: str) -> str:
    """Unknown, refused or not asked."""
    return translate(SILENCES[silence], language)


def digits_text(text: str, language: str) -> str:
    """The text with the digits that running sentences of this language use (၀-၉ in Burmese)."""
    return text.translate(_MYANMAR_DIGITS) if language == "my" else text


def date_text(iso: str, language: str) -> str:
    """A day, month or year (ISO text, maybe with a time behind ``T`` or a space) with the name of the month.

    ``2026-11-19T14:32`` is "19 November 2026, 14:32" in English and "2026၊ နိုဝင်ဘာ 19၊ 14:32" in Burmese. Text that is no date
    comes back as it is.
    """
    day, _, clock = iso.replace(" ", "T").partition("T")
    try:
        year, month, number = [*(int(part) for part in day.split("-")), 0, 0][:3]
        named = translate(MONTHS[month - 1], language) if month else ""
    except (ValueError, IndexError):
        return iso
    if language == "my":
        found = f"{year}၊ {named} {number or ''}".strip() if named else str(year)
        return f"{found}၊ {clock[:5]}" if clock else found
    found = " ".join(part for part in (str(number or ""), named, str(year)) if part)
    return f"{found}, {clock[:5]}" if clock else found


def birth_text(birth: Birth, language: str, today: date | None = None) -> str:
    """A birth as people say it: "19 May 1997", "1997 (about)", or the age today where only an age was told: "29 (about)"."""
    found = str(birth.age_on(today or date.today())) if birth.precision == "age" else date_text(birth.born, language)
    return translate("{value} (about)", language).format(value=found) if birth.about else found


def value_text(field: Field, value: Value, language: str, *, sentence: bool = False, today: date | None = None) -> str:
    """What a field holds, in words. "" if it holds nothing, and for a link to another record (services give the name of that).

    Digits are 0-9, as in tables; with `sentence` they are those of running Burmese text.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, Silence):
        return silence_label(value, language)
    found = _plain(field, value, language, today)
    return digits_text(found, language) if sentence else found


def _plain(field: Field, value: Value, language: str, today: date | None) -> str:
    if field.kind in (Kind.PERSON, Kind.HOUSEHOLD):
        return ""
    if field.kind is Kind.VOLUNTEER:
        carer = carers.read(value)
        return carer.name if carer else ""
    if field.kind is Kind.BIRTH:
        birth = Birth.read(value)
        return birth_text(birth, language, today) if birth else ""
    if isinstance(value, bool):
        return choice_label("yes_no", "yes" if value else "no", language)
    if isinstance(value, (str, int)):
        if field.of == "clock" and isinstance(value, int):
            return clock_text(value, language)
        if field.kind is Kind.CHOICE:
            return choice_label(field.choices, str(value), language)
        return date_text(str(value), language) if field.kind in (Kind.DATE, Kind.MOMENT) else str(value)
    if value is None or isinstance(value, (Silence, Mapping)):
        return ""
    between = "၊ " if language == "my" else ", "
    if field.of in _ELEMENTS:
        between = "; " if language == "en" else between
        return between.join(_ELEMENTS[field.of](item, language) for item in sorted(value))
    return between.join(choice_label(field.choices, item, language) if field.choices else item for item in value)


def clock_text(ahead: int, language: str) -> str:
    """How another clock stands to ours, in minutes: "the same as ours", "30 min behind ours"."""
    if not ahead:
        return translate("the same as ours", language)
    hours, minutes = divmod(abs(ahead), 60)
    parts = [translate("{n} h", language).format(n=hours)] if hours else []
    parts += [translate("{n} min", language).format(n=minutes)] if minutes else []
    said = translate("{time} ahead of ours" if ahead > 0 else "{time} behind ours", language)
    return said.format(time=" ".join(parts))


def span_text(span: Span, language: str) -> str:
    """``any day, 18:00 to 19:00``; ``Mon, Wed, 18:00 to 19:00``; a run of three and more days from its first to its last."""
    days = sorted(span.days)
    names = [translate(DAYS[day - 1], language) for day in days]
    if len(days) == 7:
        said = translate("any day", language)
    elif len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        said = translate("{first} to {last}", language).format(first=names[0], last=names[-1])
    else:
        said = ", ".join(names)
    return translate("{days}, {start} to {end}", language).format(days=said, start=clock(span.start), end=clock(span.end))


def _span(text: str, language: str) -> str:
    span = read_span(text)
    return text if span is None else span_text(span, language)


def _moment(text: str, language: str) -> str:
    return date_text(text[:16], language)


_ELEMENTS: dict[str, Callable[[str, str], str]] = {"spans": _span, "moments": _moment}
"""What a set field holds -> how one element of it is said."""
