"""Any form as a sheet for the pen: questions and options with numbers, places to write, rules in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from desktop.forms.conditions import Condition, Truth, condition_of, constant_of, every, question_read
from desktop.forms.definition import Definition, Names, Spec
from desktop.forms.unanswered import Unanswered
from desktop.paper.documents.blank_form_model import (
    Asked,
    BlankForm,
    BlankSection,
    Heading,
    Item,
    Matrix,
    Note,
    Option,
    Roster,
    questions_in,
)
from desktop.paper.words import Pair, filled, pair
from desktop.services.form_entries import CHOICES, entry_of
from desktop.services.form_hints import Hints, bounds_of, bounds_words
from desktop.services.form_words import languages_for, plain, plain_lines, shown, spoken, title_in

MOST_OPTIONS = 30
"""A longer list is not printed: its answer is written."""
_USUAL_ROWS, _MOST_ROWS = 4, 20
_LONGEST_MESSAGE, _LONGEST_TITLE = 90, 160
_ALWAYS: Condition = Truth(True)


def blank_form(
    definition: Definition, *, languages: Sequence[str] = (), rows: int = 0, code: str = "", guidance: bool = False,
    copy: int = 1,
) -> BlankForm:
    """The sheet. `languages`: names or codes of one or two of the form's own (see `languages_for`). `rows`: instances of each repeat, 0 for
    what the form says, else four. `code`: the case code it is for, `copy` which print for it. `guidance`: with the longer hints for the volunteer."""
    return _Builder(definition, languages, rows, guidance).form(code, copy)


@lru_cache(maxsize=8)
def numbers_of(definition: Definition) -> Mapping[Names, str]:
    """Path of each question -> its number on paper: the same on the sheet for the pen and on the filled one."""
    return _Builder(definition, (), 0, False).numbers


class _Builder:
    def __init__(self, definition: Definition, languages: Sequence[str], rows: int, guidance: bool) -> None:
        self._definition = definition
        self._languages = languages_for(definition, languages)
        self._spoken = spoken(self._languages)
        self._rows, self._guidance = rows, guidance
        self._conditions: dict[Names, Condition] = {}
        self.numbers: dict[Names, str] = {}
        self._marked: set[int] = set()
        self._options: dict[Names, tuple[Option, ...] | None] = {}
        self._readers = [Unanswered(definition, one.name, self._mark) for one in self._languages]
        self._number(definition.root)
        self._hints = Hints(self.numbers, self._named)

    def form(self, code: str, copy: int) -> BlankForm:
        definition = self._definition
        titles = [title_in(definition, one) for one in self._languages]
        title = Pair(titles[0], titles[-1])
        return BlankForm(
            definition.form_id, definition.version, title, self._explained(tuple(self._sections(title))), self._spoken, shown(self._languages), code,
            stub=bool(code), confirmed=any(spec.save_to == "person.notice_read" for spec in definition.root.walk()),
            copy=copy,
        )

    def _explained(self, sections: tuple[BlankSection, ...]) -> tuple[BlankSection, ...]:
        """The first section begins with what the signs mean that stand on the sheet."""
        asked = [one for part in sections for one in questions_in(part.items)]
        notes: list[Item] = []
        if any(one.required for one in asked):
            notes.append(Note(self._told(pair("* This question needs an answer."))))
        if self._marked:
            notes.append(Note(self._told(filled(pair("[{number}] stands for the answer to question {number}."), number=min(self._marked)))))
        if not sections or not notes:
            return sections
        return (replace(sections[0], items=(*notes, *sections[0].items)), *sections[1:])

    # ---- what is asked, and its number ------------------------------------------------------------------------------

    def _number(self, spec: Spec) -> None:
        seen = [child for child in spec.children if self._seen(child)]
        for at, child in enumerate(seen):
            if child.kind == "question" and child.type != "note" and not _matrix_rows(seen, at):
                self.numbers[child.path] = str(len(self.numbers) + 1)
            self._number(child)

    def _seen(self, spec: Spec) -> bool:
        """False for what nobody is ever asked: computed, read-only, never relevant, without words."""
        if not spec.shown or self._condition(spec) == Truth(False):
            return False
        if spec.kind != "question":
            return True
        if spec.type == "note":
            return bool(spec.label)
        fixed = spec.readonly is not None and condition_of(self._definition, spec.readonly.source, spec.path) == _ALWAYS
        return spec.calculate is None and not fixed

    def _condition(self, spec: Spec) -> Condition:
        if spec.relevant is None:
            return _ALWAYS
        if spec.path not in self._conditions:
            self._conditions[spec.path] = condition_of(self._definition, spec.relevant.source, spec.path)
        return self._conditions[spec.path]

    def _mark(self, question: Names) -> str:
        number = self.numbers.get(question)
        if number:
            self._marked.add(int(number))
        return f"[{number}]" if number else ""

    # ---- sections ---------------------------------------------------------------------------------------------------

    def _sections(self, title: Pair) -> Iterator[BlankSection]:
        """Each group of the form; questions that stand outside every group make sections between them."""
        loose: list[Spec] = []
        more = False
        for spec in (*self._definition.root.children, None):
            if spec is not None and not (spec.kind == "group" and self._seen(spec) and self._named_group(spec)):
                loose.append(spec)
                continue
            found = self._items(loose)
            if found:
                yield self._section(self._told(pair("More questions")) if more else title, tuple(found), None)
                more = True
            loose = []
            items = tuple(self._items(spec.children)) if spec is not None else ()
            if spec is not None and items:
                yield self._section(self._words(spec), items, self._group_rule(spec))

    @staticmethod
    def _section(title: Pair, items: tuple[Item, ...], rule: Pair | None) -> BlankSection:
        """A title that is a whole paragraph stands under its beginning."""
        if max(len(title.my), len(title.en)) <= _LONGEST_TITLE:
            return BlankSection(title, items, rule)
        short = Pair(f"{title.my[:_LONGEST_TITLE]}…", f"{title.en[:_LONGEST_TITLE]}…")
        return BlankSection(short, (Note(title), *items), rule)

    def _named_group(self, spec: Spec) -> bool:
        return bool(self._words(spec).my)

    def _items(self, specs: Sequence[Spec], above: Condition = _ALWAYS) -> list[Item]:
        """What stands under these nodes. `above`: what holds for all of them and is not said elsewhere."""
        found: list[Item] = []
        seen = [spec for spec in specs if self._seen(spec)]
        at = 0
        while at < len(seen):
            spec = seen[at]
            rows = _matrix_rows(seen, at)
            if rows:
                found += self._matrix(spec, rows, above)
                at += 1 + len(rows)
                continue
            at += 1
            if spec.kind == "repeat":
                found += self._roster(spec)
            elif spec.kind == "group":
                found += self._group(spec)
            elif spec.type == "note":
                found += self._note(spec, above)
            else:
                found.append(self._asked(spec, above))
        return found

    def _group(self, spec: Spec) -> list[Item]:
        items = self._items(spec.children)
        words, rule = self._words(spec), self._group_rule(spec)
        return [Heading(words, rule), *items] if items and (words.my or rule) else items

    def _group_rule(self, spec: Spec) -> Pair | None:
        inside = [self.numbers[one.path] for one in spec.walk() if one.path in self.numbers]
        if not inside:
            return self._told_or_none(self._hints.only_if(self._condition(spec)))
        return self._told_or_none(self._hints.only_if_range(self._condition(spec), inside[0], inside[-1]))

    # ---- repeats and tables -----------------------------------------------------------------------------------------

    def _roster(self, spec: Spec) -> list[Item]:
        before = self._rows
        count = self._count(spec)
        self._rows = max(2, count // 2)
        items = tuple(self._flat(spec) or self._items(spec.children))
        self._rows = before
        if not items:
            return []
        words = self._words(spec)
        counted = self._counted(spec)
        rule = self._group_rule(spec)
        if isinstance(counted, tuple) and counted in self.numbers and rule is None:
            rule = self._told(filled(pair("As many as the answer to {number}"), number=self.numbers[counted]))
        return [Roster(words, items, count, rule)]

    def _count(self, spec: Spec) -> int:
        counted = self._counted(spec)
        if isinstance(counted, int) and counted:
            return min(_MOST_ROWS, counted)
        return min(_MOST_ROWS, self._rows) if self._rows else max(_USUAL_ROWS, min(_MOST_ROWS, spec.begins))

    def _counted(self, spec: Spec) -> Names | int | None:
        """What says how many instances a repeat has: a number, or the question whose answer it is. The compiler puts a calculation
        between the two."""
        source, path = spec.counted.source if spec.counted else "", spec.path
        for _ in range(2):
            constant = constant_of(source) if source else None
            if constant is not None:
                return int(constant) if constant.isdigit() else None
            found = question_read(self._definition, source, path) if source else None
            calculation = self._definition.specs[found].calculate if found else None
            if found is None or calculation is None:
                return found
            source, path = calculation.source, found
        return None

    def _flat(self, spec: Spec) -> list[Item]:
        """The questions of a repeat and of the groups in it, each with the rules of its groups; [] if there are repeats in it."""
        if any(one.kind == "repeat" for one in spec.walk() if one is not spec):
            return []
        return self._flattened(spec.children, _ALWAYS)

    def _flattened(self, specs: Sequence[Spec], above: Condition) -> list[Item]:
        found: list[Item] = []
        beside: list[Spec] = []
        for child in (*specs, None):
            if child is not None and child.kind != "group":
                beside.append(child)
                continue
            found += self._items(beside, above)
            beside = []
            if child is not None and self._seen(child):
                found += self._flattened(child.children, every(above, self._condition(child)))
        return found

    def _matrix(self, head: Spec, rows: Sequence[Spec], above: Condition) -> list[Item]:
        options = self._list(head)
        asked = tuple(self._asked(row, above) for row in rows)
        words = self._words(head)
        heading: list[Item] = [Heading(words)] if words.my else []
        if not options:
            return [*heading, *asked]
        return [*heading, Matrix(options, asked, head.type == "select_multiple")]

    # ---- one question -----------------------------------------------------------------------------------------------

    def _note(self, spec: Spec, above: Condition) -> list[Item]:
        words = self._both(lambda reader: plain_lines(reader.say(spec.label, spec.path)))
        return [Note(words, self._rule(spec, above))] if words.my else []

    def _asked(self, spec: Spec, above: Condition) -> Asked:
        label = self._words(spec)
        if not label.my:
            label = Pair.same(spec.name)
        constraint = condition_of(self._definition, spec.constraint.source, spec.path) if spec.constraint else _ALWAYS
        bounds = bounds_of(constraint, spec.path) if constraint != _ALWAYS else None
        options = self._list(spec) if spec.type in CHOICES else None
        entry, how = entry_of(spec, options, bounds, self._told)
        hints = [self._both(lambda reader: plain(reader.say(spec.hint, spec.path)))]
        if self._guidance:
            hints.append(self._both(lambda reader: plain(reader.form(spec.hint, "guidance", spec.path))))
        hints += [self._told(words) for words in how]
        limits = bounds_words(bounds, day=spec.type in ("date", "datetime")) if bounds else None
        if limits:
            hints.append(self._told(limits))
        elif bounds is None and constraint != _ALWAYS:
            message = self._both(lambda reader: plain(reader.say(spec.constraint_message, spec.path)))
            hints += [message] if len(message.my) <= _LONGEST_MESSAGE else []
        required = spec.required is not None and condition_of(self._definition, spec.required.source, spec.path) == _ALWAYS
        return Asked(
            self.numbers[spec.path], label, entry, tuple(hint for hint in hints if hint.my or hint.en), self._rule(spec, above),
            required, spec.silences,
        )

    def _rule(self, spec: Spec, above: Condition) -> Pair | None:
        return self._told_or_none(self._hints.only_if(every(above, self._condition(spec))))

    def _list(self, spec: Spec) -> tuple[Option, ...] | None:
        """The options to print; None for a list that is too long, or that comes from answers."""
        if spec.path not in self._options:
            lists = [reader.choices(spec, MOST_OPTIONS) for reader in self._readers]
            first = lists[0]
            if first is None or len(first) > MOST_OPTIONS or any(one is None for one in lists):
                self._options[spec.path] = None
            else:
                last = lists[-1] or []
                self._options[spec.path] = tuple(
                    Option(number, Pair(plain(mine) or name, plain(other[1]) or name))
                    for number, ((name, mine), other) in enumerate(zip(first, last), 1)
                )
        return self._options[spec.path]

    def _named(self, question: Names, name: str) -> tuple[int, Pair] | None:
        """The number and the words of an option: in Burmese, and in the sheet's other language."""
        spec = self._definition.specs[question]
        options = self._list(spec) if spec.type in CHOICES else None
        if options is None:
            return None
        choices = self._readers[0].choices(spec, MOST_OPTIONS) or []
        return next(
            ((option.number, option.words) for option, (known, _) in zip(options, choices) if known == name), None
        )

    # ---- words ------------------------------------------------------------------------------------------------------

    def _words(self, spec: Spec) -> Pair:
        return self._both(lambda reader: plain(reader.say(spec.label, spec.path)))

    def _both(self, say: Callable[[Unanswered], str]) -> Pair:
        texts = [say(reader) for reader in self._readers]
        return Pair(texts[0] or texts[-1], texts[-1] or texts[0])

    def _told(self, words: Pair) -> Pair:
        """The program's own words in the languages of the sheet."""
        if len(self._spoken) > 1:
            return words
        return Pair.same(words.my if self._spoken == ("my",) else words.en)

    def _told_or_none(self, words: Pair | None) -> Pair | None:
        return None if words is None else self._told(words)


def _matrix_rows(specs: Sequence[Spec], at: int) -> list[Spec]:
    """The questions after a list of labels that are answered under its options; [] if this is no such list."""
    head = specs[at]
    if head.type not in ("select_one", "select_multiple") or "label" not in head.appearance:
        return []
    rows: list[Spec] = []
    for spec in specs[at + 1:]:
        if spec.type != head.type or "list-nolabel" not in spec.appearance or not _same_list(head, spec):
            break
        rows.append(spec)
    return rows


def _same_list(one: Spec, two: Spec) -> bool:
    """True if both offer the same: a tick below an option of another list would say what nobody meant."""
    items = [spec.itemset.nodes.source if spec.itemset else "" for spec in (one, two)]
    return one.choices == two.choices and items[0] == items[1]
