"""The recovery code in three parts: any two give it back, one tells nothing, and slips are found."""

from __future__ import annotations

import contextlib
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.codes import ALPHABET
from desktop.vault import recovery

RANDOM = "0123456789ABCDEFGHJKMNPQRSTVWX"
CODE = RANDOM + recovery._check(RANDOM)


@pytest.mark.parametrize(("one", "other"), list(permutations((0, 1, 2), 2)))
def test_any_two_parts_give_the_code(one: int, other: int) -> None:
    parts = recovery.parts(CODE)
    first, second = parts[one], parts[other]
    assert CODE in recovery.joined(first.rows[second.number], second.rows[first.number])
    assert CODE in recovery.joined(recovery.written(first), recovery.written(second))
    assert CODE in recovery.joined(recovery.written(first), recovery.shown(second.rows[first.number]).lower())


def test_a_row_that_fits_another_place_too_hides_no_code() -> None:
    """One row in a few hundred passes the check of another place: the code is among those that are tried."""
    several = 0
    for _ in range(400):
        for first, second in permutations(recovery.parts(CODE), 2):
            found = recovery.joined(recovery.written(first), recovery.written(second))
            assert CODE in found
            several += len(found) > 1
    assert 0 < several < 100


def test_rows_that_do_not_belong_together_give_nothing() -> None:
    one, two, three = recovery.parts(CODE)
    assert CODE not in recovery.joined(one.rows[2], three.rows[1])
    assert CODE not in recovery.joined(one.rows[2], one.rows[3])
    assert CODE not in recovery.joined(recovery.written(two), recovery.written(two))


def test_a_sheet_printed_at_another_time_gives_another_code() -> None:
    older, newer = recovery.parts(CODE), recovery.parts(CODE)
    assert older[0].rows != newer[0].rows
    assert CODE not in recovery.joined(older[0].rows[2], newer[1].rows[1])


@pytest.mark.parametrize("text", ["", "0000", "the whole sheet", CODE + "X", "+"])
def test_a_row_that_is_none_is_named(text: str) -> None:
    one, two, _ = recovery.parts(CODE)
    with pytest.raises(ValueError, match="1"):
        recovery.joined(text, two.rows[1])
    with pytest.raises(ValueError, match="2"):
        recovery.joined(one.rows[2], text)


def test_nearly_every_slip_in_a_row_is_found() -> None:
    one, two, _ = recovery.parts(CODE)
    row, passed = one.rows[2], 0
    for at in range(len(row)):
        for letter in ALPHABET:
            if letter != row[at]:
                try:
                    passed += recovery.joined(row[:at] + letter + row[at + 1:], two.rows[1]) != ()
                except ValueError:
                    continue
    assert passed <= 8  # of 992: ten bits check a row, and opening checks the code


def test_a_part_alone_is_as_good_as_random() -> None:
    """Whatever the code, each character of a row is as likely as any other: the same counts for a code of one letter repeated."""
    plain = "A" * 30
    code = plain + recovery._check(plain)
    seen = Counter(character for _ in range(400) for part in recovery.parts(code) for row in part.rows.values() for character in row[:30])
    expected = sum(seen.values()) / 32
    assert len(seen) == 32
    assert sum((count - expected) ** 2 / expected for count in seen.values()) < 80  # chi-square of 31 degrees: 1 in 300,000 above


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_end_in_an_answer(first: str, second: str) -> None:
    with contextlib.suppress(ValueError):
        assert CODE not in recovery.joined(first, second)
