"""Every function, by itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest

from desktop.forms.xpath.elements import Document, Element
from desktop.forms.xpath.errors import EvaluationError, ExpressionError
from desktop.forms.xpath.functions import FUNCTIONS, check_calls
from desktop.forms.xpath.parser import parse
from desktop.forms.xpath.values import XValue, stored, to_number, to_text
from tests.desktop.forms.xpath_dom import World, document_of, evaluate

FORM = document_of(
    "<data><n>7</n><blank/><t>abc</t><sm>a b c</sm><r><x>1</x><y>one</y></r><r><x>2</x><y>two</y></r><r><x/><y>no</y></r>"
    "<shape>0 0 0 0;0 1 0 0;1 1 0 0;1 0 0 0;0 0 0 0</shape><in>0.5 0.5 0 0</in><out>2 2 0 0</out><p>0 0</p><p>0 1</p><my>မြန်မာ</my></data>"
)
PEOPLE = document_of(
    "<root><item><key>1</key><name>Ma Aye</name></item><item><key>007</key><name>U Ba</name></item><item><key>k</key><name>Naw Paw</name></item></root>"
)
LETTERS = document_of("<root>" + "".join(f"<item><name>{letter}</name></item>" for letter in "abcdefgh") + "</root>")
UTC = datetime(2026, 1, 15, 9, 30, tzinfo=timezone.utc)


def world(now: datetime = UTC) -> World:
    return World(FORM, {"people": PEOPLE, "letters": LETTERS}, now)


def run(source: str, at: Element | None = None) -> XValue:
    return evaluate(source, world(), at)


TEXTS = [
    ("string(7)", "7"), ("string(7.50)", "7.5"), ("string(true())", "true"), ("string(/data/t)", "abc"), ("string(0.1 + 0.2)", "0.30000000000000004"),
    ("string(1 div 0)", "Infinity"), ("string(-1 div 0)", "-Infinity"), ("string(0 div 0)", "NaN"), ("string(-0)", "0"),
    ("string(100000000000000000000)", "100000000000000000000"), ("string(0.0000001)", "0.0000001"), ("string(2.0000000000001)", "2"),
    ("concat()", ""), ("concat('a', 1, true(), /data/r/y)", "a1trueonetwono"), ("concat(/data/nothing)", ""),
    ("join('-')", ""), ("join(', ', 'a', /data/r/y)", "a, one, two, no"),
    ("substr('hello', 1)", "ello"), ("substr('hello', 1, 3)", "el"), ("substr('hello', -3, -1)", "ll"), ("substr('hello', 'x')", "hello"),
    ("substr('hello', 4, 2)", ""), ("substr('hello', -99, 99)", "hello"), ("substr('hello', 1 div 0)", ""),
    ("substring('12345', 2, 3)", "234"), ("substring('12345', 1.5, 2.6)", "234"), ("substring('12345', 0, 3)", "12"),
    ("substring('12345', 0 div 0, 3)", ""), ("substring('12345', -42, 1 div 0)", "12345"), ("substring('12345', -1 div 0, 1 div 0)", ""),
    ("substring-before('1999/04/01', '/')", "1999"), ("substring-before('a', 'b')", ""), ("substring-before('a', '')", ""),
    ("substring-after('1999/04/01', '/')", "04/01"), ("substring-after('a', 'b')", ""), ("substring-after('a', '')", "a"),
    ("translate('bar', 'abc', 'AB')", "BAr"), ("translate('--aaa--', 'abc-', 'ABC')", "AAA"), ("translate('abc', 'aa', 'xy')", "xbc"),
    ("normalize-space('  a \n  b\t')", "a b"), ("normalize-space(/data/my)", "မြန်မာ"),
    ("selected-at('a b c', 0)", "a"), ("selected-at('a b c', 3)", ""), ("selected-at('a b c', -1)", ""), ("selected-at(/data/blank, 0)", ""),
    ("jr:choice-name('a', '/data/sm')", "/data/sm:a"), ("jr:itext('name')", "<name>"),
    ("pulldata('people', 'name', 'key', '1')", "Ma Aye"), ("pulldata('people.csv', 'name', 'key', 'k')", "Naw Paw"),
    ("pulldata('people', 'name', 'key', 7)", "U Ba"), ("pulldata('people', 'name', 'key', '7')", ""), ("pulldata('people', 'age', 'key', '1')", ""),
    ("pulldata('people', 'name', 'none', '1')", ""), ("pulldata('nobody', 'name', 'key', '1')", ""),
    ("pulldata('people', concat('na', 'me'), 'key', '1')", "Ma Aye"),
    ("digest('', 'MD5', 'hex')", "d41d8cd98f00b204e9800998ecf8427e"), ("digest('a', 'SHA-1', 'hex')", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"),
    ("digest('abc', 'SHA-256', 'HEX')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("digest('abc', 'SHA256')", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
    ("digest('a', 'SHA-384', 'hex')",
     "54a59b9f22b0b80880d8427e548b7c23abd873486e1f035dce9cd697e85175033caa88e6d57bc35efae0b5afd3145f31"),
    ("digest('a', 'SHA-512', 'base64')", "H0D8ktokFpR1CXnubPWC8tXX0o4YM13gWrxU0FYOD1MChgxlK/CNVgJSql50IQVG82n7u86MEs/HlXsmUv6adQ=="),
    ("base64-decode('4YCZ4YC84YCU4YC64YCZ4YCs')", "မြန်မာ"), ("base64-decode('YQ')", ""), ("base64-decode('YQ==')", "a"), ("base64-decode('')", ""),
    ("extract-signed('', '')", ""), ("extract-signed('YQ==', 'YQ==')", ""),
    ("if(1, 'yes', date('soon'))", "yes"), ("if('', 1, if('', 2, if(1, 3, 4)))", "3"), ("if(0, 1, if(0, 2, 5) + 1)", "6"),
    ("coalesce(/data/blank, 'x')", "x"), ("coalesce(/data/t, 'x')", "abc"), ("coalesce('', '', 'y')", "y"), ("coalesce(number('x'), 1)", "1"),
    ("name(/data)", "data"), ("local-name(/data/r[2]/y)", "y"), ("name(/data/nothing)", ""), ("name(/)", ""), ("namespace-uri(/data)", ""),
    ("depend('a', /data/t)", "a"), ("version()", "7"), ("property('username')", ""), ("string(current()/data/t)", "abc"), ("string(instance('people')/root/item[position() = 2]/name)", "U Ba"),
    ("string(indexed-repeat(/data/r/y, /data/r, 2))", "two"), ("string(indexed-repeat(/data/r/y, /data/r, 0))", "one"),
    ("join('', randomize(instance('letters')/root/item/name, 1234))", "gfedahbc"),
    ("join('', randomize(instance('letters')/root/item/name, '1234'))", "gfedahbc"),
    ("join('', randomize(instance('letters')/root/item[position() < 7]/name, 42))", "afcbde"),
    ("join('', randomize(instance('letters')/root/item[position() < 7]/name, -42))", "edafbc"),
    ("join('', randomize(instance('letters')/root/item[position() < 7]/name, 1))", "bfeacd"),
    ("join('', randomize(instance('letters')/root/item[position() < 7]/name, 11111111))", "acdbfe"),
]
NUMBERS = [
    ("number('7')", 7), ("number(' -1.5 ')", -1.5), ("number('.5')", 0.5), ("number('1,5')", 1.5), ("number(true())", 1), ("number('7a')", math.nan),
    ("number('')", math.nan), ("number('+5')", math.nan), ("number('၁၂')", math.nan), ("number('1e3')", math.nan), ("number('2026-01-15')", math.nan),
    ("int(2.9)", 2), ("int(-2.9)", -2), ("int('x')", math.nan), ("int(1 div 0)", math.inf),
    ("round(2.5)", 3), ("round(-2.5)", -2), ("round(1.255, 2)", 1.26), ("round(1234, -2)", 1200), ("round(-1234, -2)", -1200), ("round(1, 31)", math.nan),
    ("round(-1.475, 2)", -1.47), ("round(99999999999999999999999, 2)", 1e23), ("round(0 div 0, 2)", math.nan), ("round(1 div 3, 3)", 0.333),
    ("floor(-1.5)", -2), ("ceiling(-1.5)", -1), ("floor('x')", math.nan), ("abs(-3)", 3), ("pow(2, 10)", 1024), ("pow(2, 99999)", math.inf),
    ("pow(-1, 0.5)", math.nan), ("sqrt(16)", 4), ("sqrt(-1)", math.nan), ("exp(0)", 1), ("exp(1000)", math.inf), ("exp10(3)", 1000), ("log(1)", 0),
    ("log(0)", -math.inf), ("log(-1)", math.nan), ("log10(1000)", 3), ("log10(0)", -math.inf), ("sin(pi() div 2)", 1), ("cos(0)", 1), ("tan(0)", 0),
    ("asin(1)", math.pi / 2), ("acos(1)", 0), ("acos(2)", math.nan), ("atan(1)", math.pi / 4), ("atan2(1, 1)", math.pi / 4), ("sin(1 div 0)", math.nan),
    ("sum(/data/r/x)", 3), ("sum(/data/nothing)", 0), ("count(/data/r)", 3), ("count(/data/nothing)", 0), ("count-non-empty(/data/r/x)", 2),
    ("min(/data/r/x)", 1), ("max(/data/r/x)", 2), ("max(-3, -2)", -2), ("min(3, /data/r/x, 'x')", 1), ("max()", math.nan), ("min(/data/nothing)", math.nan),
    ("string-length('')", 0), ("string-length(/data/my)", 6), ("count-selected(' a  b ')", 2), ("count-selected(/data/blank)", 0),
    ("position(/data/r[2])", 2), ("count(/data/r[position() = last()])", 1), ("decimal-time('06:00')", 0.25), ("decimal-time('18:00:00.000Z')", 0.75),
    ("decimal-time('24:00')", math.nan), ("decimal-time('2026-01-15T12:00:00Z')", 0.5), ("decimal-time(1.75)", 0.75), ("decimal-time('soon')", math.nan),
    ("decimal-date-time('1970-01-02T12:00:00.000Z')", 1.5), ("decimal-date-time('1970-01-02')", 1), ("decimal-date-time(2.5)", 2.5),
    ("decimal-date-time('')", math.nan), ("today() - date('2026-01-01')", 14), ("date('2024-02-29') - date('2023-02-28')", 366),
    ("distance(/data/p)", 111318.845), ("distance('0 0', '0 1')", 111318.845), ("distance('0 0;0 1;0 0')", 222637.69), ("distance('')", 0),
    ("distance('7 7;7 7')", 0), ("area('0 0;0 1')", 0), ("area(/data/shape)", 12390941584.836643), ("enclosed-area(/data/blank)", 0),
    ("once(5)", 5), ("2 * 3 + 4 div 2 - 1 mod 2", 7), ("10 - 2 - 3", 5), ("-2 - -2", 0), ("5 mod -3", 2), ("-5 mod 3", -2), ("1.5 mod 0.5", 0),
    ("1 mod 0", math.nan), ("1 div -0", -math.inf), ("1div2", 0.5), ("'4'mod'3'", 1), ("7.5e-1", 0.75),
]
TRUTHS = [
    ("true()", True), ("false()", False), ("not('')", True), ("not('false')", False), ("boolean('0')", True), ("boolean(0)", False),
    ("boolean(0 div 0)", False), ("boolean(0.0000000000001)", False), ("boolean(/data/blank)", False), ("boolean(/data/r)", True),
    ("boolean-from-string('TRUE')", True), ("boolean-from-string(1)", True), ("boolean-from-string('yes')", False),
    ("0.1 + 0.2 = 0.3", True), ("1 div 0 = 1 div 0", True), ("0 div 0 = 0 div 0", False), ("'1' = 1", True), ("'a' = 'a'", True), ("true() = 'x'", True),
    ("'' = /data/nothing", True), ("/data/r/x = 2", True), ("/data/r/x != 2", True), ("true() = /data/r", True), ("/data/nothing = false()", True),
    ("1 < 2", True), ("'b' > 'a'", False), ("1 <= /data/r/x", True), ("3 < 2 < 1", True), ("1and1", True), ("0or1", True), ("1 or date('soon')", True),
    ("0 and date('soon')", False), ("0 or 0 or 1", True), ("1 and 1 and 0", False),
    ("contains('abc', '')", True), ("starts-with('abc', 'b')", False), ("ends-with('abc', 'bc')", True), ("ends-with('abc', '')", True),
    ("selected('a b', 'a')", True), ("selected('ab', 'a')", False), ("selected('', '')", True), ("is-selected('a b', 'b')", True), ("selected('10', 1)", False),
    ("checklist(2, -1, 1, true(), '')", True), ("checklist(-1, 1, /data/r/x)", False), ("checklist(2, 2, /data/r/x)", True), ("checklist(0, 0)", True),
    ("weighted-checklist(3, 5, 1, 2, true(), 3)", True), ("weighted-checklist(4, -1, /data/r/x, /data/r/x)", False),
    ("weighted-checklist(3, -1, /data/r/x, /data/r/x)", True),
    ("regex('abc', 'b')", False), ("regex('abc', '.b.')", True), ("regex('09123456789', '^09[0-9]{7,9}$')", True), ("regex('မြန်မာ', '[က-႟]+')", True),
    (r"regex('Ko', '\p{Lu}\p{Ll}')", True), ("regex('aa', '(?<one>a)\\k<one>')", True), ("regex('b', '[a-z&&[^a]]')", True), ("regex('', '')", True),
    ("geofence(/data/in, /data/shape)", True), ("geofence(/data/out, /data/shape)", False), ("random() < 1", True), ("string-length(uuid()) = 36", True),
    ("regex(uuid(8), '[A-Z0-9]{8}')", True), ("uuid(0) = ''", True), ("uuid() = uuid()", False), ("lang('en')", False),
    ("count(randomize(/data/r)) = 3", True), ("/data/r[2]/y = 'two'", True), ("/data/r[y = 'two']/x = 2", True), ("count(/data/r[x]) = 3", True),
    ("today() = '2026-01-15'", True), ("now() > today()", False), ("today() <= now()", True), ("date('2026-01-15') = date(today())", True),
    ("date('2026-01-15') < date('2026-01-16')", True), ("'2026-01-15' < '2026-01-16'", False), ("date('') = ''", True),
]
MOMENTS = [
    ("date('2026-1-5')", "2026-01-05"), ("date('2026-01-15T23:59:59.999Z')", "2026-01-15"), ("date(0)", "1970-01-01"), ("date(-1.5)", "1969-12-31"),
    ("date(today() + 1)", "2026-01-16"), ("date('2024-02-28') + 0", "19781"), ("date(date('2024-02-28') + 1)", "2024-02-29"), ("date('')", ""),
    ("date-time(0.5)", "1970-01-01T12:00:00.000Z"), ("date-time('2026-01-15T12:00:00.000+06:30')", "2026-01-15T05:30:00.000Z"),
    ("date-time('')", ""), ("now()", "2026-01-15T09:30:00.000Z"), ("today()", "2026-01-15"), ("string(now())", "2026-01-15"),
    ("date(999999999)", ""), ("format-date('2026-01-05', '%Y %y %m %n %b %d %e %a %W %%')", "2026 26 01 1 Jan 05 5 Mon 2 %"),
    ("format-date-time('2026-01-05T06:07:08.009', '%H %h %M %S %3')", "06 6 07 08 009"), ("format-date('', '%Y')", ""),
    ("format-date(0, '%Y-%m-%d')", "1970-01-01"), ("format-date(number('x'), '%Y')", ""), ("format-date('2026-01-05T23:00:00.000+06:30', '%d')", "05"),
]


def same_number(value: XValue, expected: float) -> bool:
    return to_number(value) == pytest.approx(expected, rel=1e-9, nan_ok=True)


@pytest.mark.parametrize(("source", "expected"), TEXTS)
def test_texts(source: str, expected: str) -> None:
    assert to_text(run(source)) == expected


@pytest.mark.parametrize(("source", "expected"), NUMBERS)
def test_numbers(source: str, expected: float) -> None:
    assert same_number(run(source), expected)


@pytest.mark.parametrize(("source", "expected"), TRUTHS)
def test_truths(source: str, expected: bool) -> None:
    assert run(source) is expected


@pytest.mark.parametrize(("source", "expected"), MOMENTS)
def test_dates_as_they_are_stored(source: str, expected: str) -> None:
    assert stored(run(source)) == expected


@pytest.mark.parametrize(
    "source",
    [
        "date('2023-02-29')", "date('2026-13-01')", "date('soon')", "date(true())", "date(1 div 0)", "date(99999999999)", "date-time('x')",
        "format-date('soon', '%Y')", "format-date('2026-01-05', '%Q')", "format-date('2026-01-05', '%')", "decimal-date-time('soon')",
        "count('a')", "sum(1)", "count-non-empty(2)", "randomize('a')", "position('a')", "position(/data/nothing)", "local-name(1)",
        "digest('a', 'SHA-3')", "digest('a', 'MD5', 'base16')", "regex('a', '(')", "regex('a', 'a{99999999999}')", "distance('a')", "distance('1 2 3 4 5')",
        "geofence('here', /data/shape)", "area('0 0;0 x')",
    ],
)
def test_what_has_no_value_says_so(source: str) -> None:
    with pytest.raises(EvaluationError):
        run(source)


def counts() -> list[str]:
    """A call of every function with one argument too few and one too many."""
    found = []
    for name, function in FUNCTIONS.items():
        if function.least:
            found.append(f"{name}({', '.join(['1'] * (function.least - 1))})")
        if function.most is not None:
            found.append(f"{name}({', '.join(['1'] * (function.most + 1))})")
    return [*found, "if(1, 2)", "if(1, 2, 3, 4)", "if()", "once()", "coalesce()", "indexed-repeat(/a, /b)", "weighted-checklist(1, 1, 1)", "nothing()"]


@pytest.mark.parametrize("source", counts())
def test_calls_with_too_few_or_too_many_arguments_are_refused(source: str) -> None:
    with pytest.raises(ExpressionError):
        check_calls(parse(f"if(true(), 1, {source})"))


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (lambda zone: stored(evaluate("date-time(0)", zone)), "1970-01-01T06:30:00.000+06:30"),
        (lambda zone: to_text(evaluate("date('1970-01-01T20:00:00.000Z')", zone)), "1970-01-02"),
        (lambda zone: to_number(evaluate("decimal-date-time('1970-01-01T06:30:00.000') * 24", zone)), 0),
        (lambda zone: to_number(evaluate("decimal-date-time('1970-01-01T06:30:00.000+06:30') * 24", zone)), 0),
        (lambda zone: to_number(evaluate("decimal-time('00:00:00.000Z') * 48", zone)), 13),
        (lambda zone: to_number(evaluate("decimal-time('06:00') * 24", zone)), 6),
        (lambda zone: to_number(evaluate("decimal-time('06:00:00+24:00')", zone)), math.nan),
        (lambda zone: to_number(evaluate("number(today())", zone)), 20468),
    ],
)
def test_the_clock_of_the_form_is_that_of_its_place(work: Callable[[World], object], expected: object) -> None:
    yangon = timezone(timedelta(hours=6, minutes=30))
    result = work(world(datetime(2026, 1, 15, 9, 30, tzinfo=yangon)))
    assert result == (pytest.approx(expected, abs=1e-6, nan_ok=True) if isinstance(expected, float | int) else expected)


def test_once_keeps_what_stands() -> None:
    assert to_text(run("once('new')", FORM.children[0].named["t"][0])) == "abc"
    assert to_text(run("once('new')", FORM.children[0].named["blank"][0])) == "new"


def test_contents_with_the_right_signature_are_read() -> None:
    from base64 import b64encode

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    public = b64encode(key.public_key().public_bytes_raw()).decode()
    signed = b64encode(key.sign("ကတ်".encode()) + "ကတ်".encode()).decode()
    forged = b64encode(key.sign(b"other") + "ကတ်".encode()).decode()
    assert run(f"extract-signed('{signed}', '{public}')") == "ကတ်"
    assert run(f"extract-signed('{forged}', '{public}')") == ""


def test_a_shuffle_without_seed_keeps_every_node() -> None:
    found = run("randomize(instance('letters')/root/item)")
    assert not isinstance(found, (str, float, bool))
    assert {id(node) for node in found} == {id(node) for node in LETTERS.children[0].children}


def test_a_document_without_lists_answers_blank() -> None:
    alone = World(Document())
    assert evaluate("pulldata('people', 'name', 'key', '1')", alone) == ""
    assert to_number(evaluate("count(instance('people')/root/item)", alone)) == 0


@pytest.mark.parametrize("hours", [-11, -3.5, 0, 1, 2, 6.5, 14])
@pytest.mark.parametrize(
    "day", ["2024-02-28", "2024-02-29", "2023-02-28", "1900-02-28", "2000-02-29", "2026-12-31", "2026-03-28", "2026-03-29", "2026-10-25", "1969-12-31", "0001-01-01"]
)
def test_days_are_days_wherever_the_clock_stands_and_whatever_happens_at_midnight(day: str, hours: float) -> None:
    begin = datetime.fromisoformat(day)
    here = world(begin.replace(hour=0, minute=30, tzinfo=timezone(timedelta(hours=hours))))
    assert to_text(evaluate("today()", here)) == to_text(evaluate("date(now())", here)) == day
    for number in (1, 30, 365, 1461):
        later = (begin + timedelta(days=number)).date().isoformat()
        assert to_text(evaluate(f"date('{day}' + 0)", here)) == "NaN"
        assert to_text(evaluate(f"date(date('{day}') + {number})", here)) == later
        assert to_number(evaluate(f"date('{later}') - date('{day}')", here)) == number
        assert to_number(evaluate(f"decimal-date-time('{later}') - decimal-date-time('{day}')", here)) == pytest.approx(number)
        assert evaluate(f"date('{day}') < date('{later}') and today() < date('{later}')", here) is True
    for clock in ("00:00:00.000", "02:30:00.000", "23:59:59.999") if begin.year > 1 else ():
        assert stored(evaluate(f"date-time(decimal-date-time('{day}T{clock}'))", here)).startswith(f"{day}T{clock}")
