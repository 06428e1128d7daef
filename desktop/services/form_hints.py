"""Rules of a form in words for paper: when a question is asked, and what its answer may be. Never the text of an expression."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.forms.conditions import Condition, Either, Every, Test, Truth, Unsaid, leaves
from desktop.forms.definition import Names
from desktop.paper.words import Pair, pair

MOST_FACTS = 6
"""A rule of more facts than this is not read by anybody with a pen in the hand."""

Named = Callable[[Names, str], "tuple[int, Pair] | None"]


def _gap(words: Pair, language: str, **fields: str) -> str:
    return (words.my if language == "my" else words.en).format(**fields)


@dataclass(frozen=True)
class Hints:
    """`numbers`: path of a question -> its number on the sheet. `named(question, name)`: number and words of an option of a question, or
    None if it has no such option on the sheet. Words of options are told in the language of the hint: `second` for English."""

    numbers: Mapping[Names, str]
    named: Named

    def only_if(self, condition: Condition) -> Pair | None:
        """When a question is asked; None if always."""
        return self._pair(condition, pair("Only if {condition}"))

    def only_if_range(self, condition: Condition, first: str, last: str) -> Pair | None:
        """When the questions of a group are asked."""
        if first == last:
            words = pair("Question {first}: only if {condition}")
        else:
            words = pair("Questions {first} to {last}: only if {condition}")
        return self._pair(condition, words, first=first, last=last)

    def _pair(self, condition: Condition, words: Pair, **fields: str) -> Pair | None:
        if condition == Truth(True):
            return None
        if not self._sayable(condition):
            condition = Unsaid()
        said = [_gap(words, language, condition=self._words(condition, language), **fields) for language in ("my", "en")]
        return Pair(*said)

    def _sayable(self, condition: Condition) -> bool:
        facts = leaves(condition)
        return len(facts) <= MOST_FACTS and any(isinstance(fact, Test) for fact in facts)

    def _words(self, condition: Condition, language: str) -> str:
        if isinstance(condition, Test):
            return self._fact(condition, language)
        if isinstance(condition, (Every, Either)):
            return self._several(condition, language)
        return _gap(pair("it applies (the volunteer decides)"), language)

    def _several(self, condition: Every | Either, language: str) -> str:
        parts = _gathered(condition) if isinstance(condition, Either) else [(part,) for part in condition.parts]
        said: list[str] = []
        for part in parts:
            inner = self._alternatives(part, language) if len(part) > 1 else self._words(part[0], language)
            said.append(f"({inner})" if isinstance(part[0], (Every, Either)) or (len(part) > 1 and len(parts) > 1) else inner)
        words = pair("{one} or {other}") if isinstance(condition, Either) else pair("{one} and {other}")
        text = said[0]
        for other in dict.fromkeys(said[1:]):
            if other != said[0]:
                text = _gap(words, language, one=text, other=other)
        return text

    def _alternatives(self, facts: tuple[Condition, ...], language: str) -> str:
        """One question that is any of several answers: ``12 is 1, 3 or 4``."""
        tests = [fact for fact in facts if isinstance(fact, Test)]
        values = [self._value(test, language, short=len(tests) > 2) for test in tests]
        text = values[0]
        for value in values[1:-1]:
            text = _gap(pair("{one}, {other}"), language, one=text, other=value)
        text = _gap(pair("{one} or {other}"), language, one=text, other=values[-1])
        return _gap(self._shape(tests[0]), language, number=self.numbers.get(tests[0].question, "?"), value=text)

    def _fact(self, test: Test, language: str) -> str:
        if test.question not in self.numbers or (test.other and test.other not in self.numbers):
            return _gap(pair("it applies (the volunteer decides)"), language)
        return _gap(self._shape(test), language, number=self.numbers[test.question], value=self._value(test, language))

    def _shape(self, test: Test) -> Pair:
        if test.measure == "option":
            return pair("{number}: {value} is crossed") if test.relation == "is" else pair("{number}: {value} is not crossed")
        if test.measure == "count":
            return _COUNTED[test.relation]()
        if test.measure == "length":
            return _LONG[test.relation]()
        return _COMPARED[test.relation]()

    def _value(self, test: Test, language: str, *, short: bool = False) -> str:
        if test.other:
            return _gap(pair("the answer to {number}"), language, number=self.numbers.get(test.other, "?"))
        if test.value == "today":
            return _gap(pair("today"), language)
        option = self.named(test.question, test.value) if not test.measure or test.measure == "option" else None
        if option is None:
            return test.value
        number, words = option
        label = words.my if language == "my" else words.en
        return str(number) if short or len(label) > 40 else f"{number} {label}".strip()


_COMPARED: dict[str, Callable[[], Pair]] = {
    "is": lambda: pair("{number} is {value}"),
    "is_not": lambda: pair("{number} is not {value}"),
    "more": lambda: pair("{number} is more than {value}"),
    "least": lambda: pair("{number} is {value} or more"),
    "less": lambda: pair("{number} is less than {value}"),
    "most": lambda: pair("{number} is {value} or less"),
    "answered": lambda: pair("{number} is answered"),
    "empty": lambda: pair("{number} is empty"),
}
_COUNTED: dict[str, Callable[[], Pair]] = {
    "is": lambda: pair("{number}: exactly {value} are crossed"),
    "is_not": lambda: pair("{number}: not exactly {value} are crossed"),
    "more": lambda: pair("{number}: more than {value} are crossed"),
    "least": lambda: pair("{number}: at least {value} are crossed"),
    "less": lambda: pair("{number}: fewer than {value} are crossed"),
    "most": lambda: pair("{number}: at most {value} are crossed"),
}
_LONG: dict[str, Callable[[], Pair]] = {
    "is": lambda: pair("{number} has {value} characters"),
    "is_not": lambda: pair("{number} does not have {value} characters"),
    "more": lambda: pair("{number} has more than {value} characters"),
    "least": lambda: pair("{number} has {value} characters or more"),
    "less": lambda: pair("{number} has fewer than {value} characters"),
    "most": lambda: pair("{number} has {value} characters or fewer"),
}


def _gathered(condition: Either) -> list[tuple[Condition, ...]]:
    """The parts of an ``or``, those that ask the same of the same question together."""
    found: dict[object, list[Condition]] = {}
    for part in condition.parts:
        same = isinstance(part, Test) and part.relation == "is" and not part.other and part.measure in ("", "option")
        found.setdefault((part.question, part.measure) if same and isinstance(part, Test) else part, []).append(part)
    return [tuple(parts) for parts in found.values()]


@dataclass(frozen=True)
class Bounds:
    """What a constraint says about a number, a date, a text or a count: the least and the most it may be, and single values beside."""

    least: str = ""
    most: str = ""
    length: str = ""
    crossed: str = ""
    beside: tuple[str, ...] = ()


def bounds_of(condition: Condition, question: Names) -> Bounds | None:
    """The bounds that a constraint on `question` sets; None if it says anything else as well."""
    if isinstance(condition, Either):
        found = [bounds_of(part, question) for part in condition.parts]
        wide = [one for one in found if one is not None and (one.least or one.most or one.length)]
        single = tuple(value for one in found if one is not None for value in one.beside)
        if None in found or len(wide) > 1 or any(one.beside and (one.least or one.most) for one in found if one):
            return None
        base = wide[0] if wide else Bounds()
        return Bounds(base.least, base.most, base.length, base.crossed, single)
    facts = condition.parts if isinstance(condition, Every) else (condition,)
    found_bounds = Bounds()
    for fact in facts:
        if not isinstance(fact, Test) or fact.question != question or fact.other:
            return None
        added = _bound(fact, found_bounds)
        if added is None:
            return None
        found_bounds = added
    return found_bounds


def _bound(fact: Test, known: Bounds) -> Bounds | None:
    if fact.measure == "count":
        return Bounds(known.least, known.most, known.length, fact.value, known.beside) if fact.relation == "most" else None
    if fact.measure == "length":
        exact = fact.relation in ("is", "most")
        return Bounds(known.least, known.most, fact.value, known.crossed, known.beside) if exact else None
    if fact.measure:
        return None
    if fact.relation == "is" and known == Bounds():
        return Bounds(beside=(fact.value,))
    whole = fact.value.lstrip("-").isdigit()
    if fact.relation in ("least", "more") and not known.least and (whole or fact.value == "today" or fact.relation == "least"):
        least = str(int(fact.value) + 1) if fact.relation == "more" and whole else fact.value
        return Bounds(least, known.most, known.length, known.crossed, known.beside)
    if fact.relation in ("most", "less") and not known.most and (whole or fact.value == "today" or fact.relation == "most"):
        most = str(int(fact.value) - 1) if fact.relation == "less" and whole else fact.value
        return Bounds(known.least, most, known.length, known.crossed, known.beside)
    return None


def bounds_words(bounds: Bounds, *, day: bool = False) -> Pair | None:
    """Bounds as a short hint: ``1 to 120``; None if there are none."""
    parts: list[Pair] = []
    if day and "today" in (bounds.most, bounds.least):
        parts.append(pair("Not after today") if bounds.most == "today" else pair("Not before today"))
    elif bounds.least and bounds.most:
        parts.append(_with(pair("{least} to {most}"), least=bounds.least, most=bounds.most))
    elif bounds.least:
        parts.append(_with(pair("{least} or more"), least=bounds.least))
    elif bounds.most:
        parts.append(_with(pair("{most} or less"), most=bounds.most))
    if bounds.length:
        parts.append(_with(pair("At most {count} characters"), count=bounds.length))
    if bounds.crossed:
        parts.append(_with(pair("At most {count} crossed"), count=bounds.crossed))
    parts += [Pair.same(value) for value in bounds.beside]
    if not parts:
        return None
    found = parts[0]
    for part in parts[1:]:
        words = pair("{one}, or {other}")
        found = Pair(words.my.format(one=found.my, other=part.my), words.en.format(one=found.en, other=part.en))
    return found


def _with(words: Pair, **fields: str) -> Pair:
    return Pair(words.my.format(**fields), words.en.format(**fields))
