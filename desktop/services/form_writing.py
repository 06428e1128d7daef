"""Answers of an added form into its record: only what was changed, so that people who fill different sections never disagree.

An answer that came from somebody else after the form was opened is not replaced: both stand until a person decides. A value the form works
out by itself is nobody's answer; the last one stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from desktop.domain.errors import UserError
from desktop.domain.folders import Folder
from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.forms.definition import Definition
from desktop.journal.codec import TEXT_MOST
from desktop.journal.save import Save
from desktop.services import form_answers as answers
from desktop.services import form_drafts
from desktop.services.drafting import discard_draft
from desktop.services.filling import Open, touched
from desktop.services.form_answers import Told, below, instance_of, plain, register_of, value_of
from desktop.services.projections.submissions import COMPUTED, FINISHED, INSTANCE
from desktop.services.session import Act, Session
from desktop.services.submissions import registers
from desktop.services.writing import taken

_REGISTERS_MOST = 2000  # of one entry
_LETTERS_MOST = 200_000


@dataclass
class Writing:
    """What one save writes. `known`: register -> (what its author saw, what they say). `mine`: registers that take the place of whatever
    stands there. `instances`: registers of instances in which something was answered. `left`: named paths that stay in the draft."""

    known: dict[str, tuple[Value, Value]] = field(default_factory=dict)
    mine: dict[str, Value] = field(default_factory=dict)
    instances: dict[str, Value] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)

    def pieces(self) -> Iterator[list[tuple[str, str, Value, Value]]]:
        """(how, register, seen, value) in portions of which each fits into one entry."""
        everything = [
            *(("known", name, seen, value) for name, (seen, value) in self.known.items()),
            *(("mine", name, None, value) for name, value in {**self.mine, **self.instances}.items()),
        ]
        portion: list[tuple[str, str, Value, Value]] = []
        letters = 0
        for one in everything:
            size = len(one[1]) + (len(one[3]) if isinstance(one[3], str) else 8)
            if portion and (len(portion) >= _REGISTERS_MOST or letters + size > _LETTERS_MOST):
                yield portion
                portion, letters = [], 0
            portion.append(one)
            letters += size
        if portion:
            yield portion


def unfit(opened: Open, section: str = "") -> set[str]:
    """Named paths of answers below a section that no record takes: text that its question cannot hold, or more than can be kept. They stay in
    the draft."""
    form = opened.form
    bad = [one.path for one in form.problems(section) if one.code == "bad_value"]
    return {form.named(path) for path in (*bad, *answers.too_long(form, section))}


def write(session: Session, opened: Open, section: str, marks: Mapping[str, Value], *, drops: bool) -> Act:
    """Write what was changed below a section, with these marks (registers ``done:`` and ``finished``). `drops`: answers that are beside the point
    now are taken out of the record; they stay in its history. What is written is from now on what the form was opened with."""
    kept = opened.kept
    assert kept is not None
    journal = session.journal(kept.folder)
    stands = registers(journal, kept.record) if kept.record is not None else {}
    if drops:
        opened.form.drop_beside_the_point()
    now = answers.told_by(opened.form)
    writing = collect(opened, now, stands, section)
    for name, value in marks.items():
        if stands.get(name) != value:
            writing.mine[name] = value
    loaded = _loaded_after(opened, now, section, writing.left)
    with session.act("form") as act, journal.database.transaction():
        record = _put(session, act, opened, writing)
        finished = registers(journal, record).get(FINISHED) is True
        after = replace(opened, loaded=loaded, kept=replace(kept, record=record, finished=finished))
        if touched(after):  # what was typed elsewhere in the form stays in the draft, whatever happens now
            form_drafts.keep(session, after)
        else:
            discard_draft(session, opened.draft)
    kept.record, kept.finished = record, finished
    opened.loaded.clear()
    opened.loaded.update(loaded)
    return act


def _put(session: Session, act: Act, opened: Open, writing: Writing) -> RecordId:
    kept = opened.kept
    assert kept is not None
    portions = list(writing.pieces())
    record = kept.record
    if record is None:
        first = portions.pop(0) if portions else []
        with session.save(act, kept.folder) as save:
            record = save.create("submission", {**_head(session, opened), **{name: value for _, name, _, value in first if value is not None}})
    for portion in portions:
        with session.save(act, kept.folder) as save:
            for how, name, seen, value in portion:
                _write_one(save, record, how, name, seen, value)
    return record


def _write_one(save: Save, record: RecordId, how: str, name: str, seen: Value, value: Value) -> None:
    if how == "known":
        save.set_known(record, name, seen, value)
    else:
        save.settle(record, name, value)


def _head(session: Session, opened: Open) -> dict[str, Value]:
    """What a new filled form says of itself."""
    kept, form = opened.kept, opened.form
    assert kept is not None
    code = None
    if opened.person is not None:
        code = session.journal(Folder.RECEPTION).values(opened.person).get("code")
        if not code:
            raise UserError("record.missing")
    elif opened.code:
        code = _unused(session, opened.code)
    return {
        "form": form.form_id, "version": kept.version, "digest": kept.digest, "sections": sections_of(form.definition),
        **({"person_code": code} if code else {}),
    }


def _unused(session: Session, code: str) -> str:
    """The number of a sheet that is being entered. UserError pads.used if somebody was quicker."""
    if taken(session, code):
        raise UserError("pads.used")
    return code


def sections_of(definition: Definition) -> int:
    """How many sections a form has; one that has no groups at its top is one section."""
    return sum(1 for spec in definition.root.children if spec.kind == "group" and spec.shown) or 1


def collect(opened: Open, now: Told, stands: Mapping[str, Value], section: str) -> Writing:
    """What is to be written of the answers below a section. `stands`: the registers of the record."""
    definition, loaded = opened.form.definition, opened.loaded
    new = opened.kept is not None and opened.kept.record is None
    writing = Writing(left=unfit(opened, section))
    edited = answers.changed(definition, now, loaded, section) - writing.left
    came, gone = answers.added_and_gone(definition, now, loaded, section)
    told = _instances(definition, now, stands, writing, edited, came, gone)
    for path in edited:
        writing.known[register_of(path)] = (value_of(loaded.get(path, "")), value_of(now.texts.get(path, "")))
    wanted = answers.asked(definition)
    for path, text in now.texts.items():
        register = register_of(path)
        if instance_of(path) in told.fresh and plain(path) in wanted and path not in writing.left:
            writing.known.setdefault(register, (None, value_of(text)))
        elif new and plain(path) in wanted and not instance_of(path) and path not in edited and path not in writing.left:
            as_begun = text if below(path, section) else loaded.get(path, "")
            writing.known[register] = (None, value_of(as_begun))
    _computed(definition, now, stands, writing, told.there)
    return writing


@dataclass(frozen=True)
class _Instances:
    """`there`: instances that the record tells once all is written. `fresh`: those that it did not tell before."""

    there: frozenset[str]
    fresh: frozenset[str]


def _instances(
    definition: Definition, now: Told, stands: Mapping[str, Value], writing: Writing, edited: Iterable[str], came: list[str], gone: list[str]
) -> _Instances:
    """Registers of instances. A repeat in which nothing was touched is not told: it begins as in a new form when it is opened again."""
    by_people = answers.added_by_people(definition)
    inside = {instance for path in edited for instance in answers.instances_of(path) if plain(instance) in by_people}
    inside |= {instance for path in came for instance in answers.instances_of(path) if plain(instance) in by_people}
    touched = {path[: path.rfind("[")] for path in (*inside, *gone)}
    there, fresh = set(), set()
    for path in now.named():
        repeat, register = path[: path.rfind("[")], f"{INSTANCE}{register_of(path)}"
        if plain(path) not in by_people:
            there.add(path)
            continue
        if repeat in touched and register not in stands:
            fresh.add(path)
            writing.instances[register] = _place(now, repeat, path, stands)
        elif path in inside:
            writing.instances[register] = stands[register]  # written again: whoever took it out meanwhile did not know of this answer
        if repeat in touched or register in stands:
            there.add(path)
    for path in gone:
        register = f"{INSTANCE}{register_of(path)}"
        if stands.get(register) is not None:
            writing.known[register] = (stands[register], None)
    for repeat in touched:
        if stands.get(f"{answers.REPEAT}{register_of(repeat)}") is not True:
            writing.mine[f"{answers.REPEAT}{register_of(repeat)}"] = True
    return _Instances(frozenset(there), frozenset(fresh))


def _place(now: Told, repeat: str, path: str, stands: Mapping[str, Value]) -> int:
    """Where a new instance stands: behind the one that is before it on the screen."""
    row = [f"{repeat}[{name}]" for name in now.instances[repeat]]
    place = 0
    for one in row[: row.index(path)]:
        known = stands.get(f"{INSTANCE}{register_of(one)}")
        place = max(place + 1, known if isinstance(known, int) else 0)
    return place + 1


def _computed(definition: Definition, now: Told, stands: Mapping[str, Value], writing: Writing, there: frozenset[str]) -> None:
    wanted = answers.asked(definition)
    said = {
        f"{COMPUTED}{register_of(path)}": value_of(text[:TEXT_MOST]) for path, text in now.texts.items()
        if plain(path) not in wanted and _is_in(definition, path) and all(instance in there for instance in answers.instances_of(path))
    }
    gone = [
        name for name in stands
        if name.startswith(COMPUTED) and name not in said and _is_in(definition, answers.path_of(name[len(COMPUTED):], definition))
    ]
    writing.mine.update({name: value for name, value in said.items() if stands.get(name) != value})
    writing.mine.update(dict.fromkeys(gone, None))


def _is_in(definition: Definition, path: str) -> bool:
    """False for what an earlier version asked: it stays as it is."""
    return tuple(plain(path).strip("/").split("/")) in definition.specs


def _loaded_after(opened: Open, now: Told, section: str, left: set[str]) -> dict[str, str]:
    """What the form is opened with once this is written: what stands below the section, but for what is left in the draft."""
    found = {path: text for path, text in opened.loaded.items() if path in left or not below(path, section)}
    found.update({path: text for path, text in now.flat().items() if below(path, section) and path not in left})
    return found
