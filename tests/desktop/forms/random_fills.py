"""Answers for any form, drawn by chance but the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from desktop.forms.definition import Definition
from desktop.forms.filled import FilledForm, FormProblem
from desktop.forms.playing import Step
from desktop.forms.tree import Item

TEXTS = ("", "a", "Naw Eh", "အောင်မျိုး", "5", "12", "25", "red", "yes", "2", "0", "0912345678", "x@y.org")


def steps(definition: Definition, seed: int, number: int, now: datetime) -> tuple[list[Step], FilledForm]:
    """So many steps that a person could do on a new form, and the form after them. Steps of the operation ``fit`` stand between them: how
    many instances a repeat that is counted has by then."""
    chance = Random(seed)
    form = FilledForm(definition, now=now)
    done: list[Step] = list(_fits(form))
    for _ in range(number):
        step = _step(form, chance, now)
        if step is not None:
            done += [step, *_fits(form)]
    return done, form


def _fits(form: FilledForm) -> Iterator[Step]:
    for item in [form.root, *form.items()]:
        for child in item.spec.children:
            if child.kind == "repeat" and child.counted is not None:
                yield Step("fit", f"{item.path}/{child.name}", str(len(item.named.get(child.name, ()))))


def _step(form: FilledForm, chance: Random, now: datetime) -> Step | None:
    """One step, done; None if nothing was done."""
    kind = chance.random()
    if kind < 0.1:
        repeats = list(open_repeats(form))
        if repeats:
            path = chance.choice(repeats)
            form.add(path)
            return Step("add", path)
    if kind < 0.16:
        instances = [item for item in form.items() if item.spec.kind == "repeat" and item.relevant]
        if instances:
            path = chance.choice(instances).path
            return None if form.remove(path) else Step("remove", path)
    questions = [item for item in form.items() if item.spec.kind == "question" and item.relevant and not item.locked and item.spec.type != "note"]
    if not questions:
        return None
    item = chance.choice(questions)
    path, text = item.path, an_answer(form, item, chance, now)
    if item.spec.path in {read.path for spec in form.definition.specs.values() if spec.counted for read in spec.counted.reads}:
        text = str(chance.randint(0, 4))  # a few instances are enough
    return None if form.set(path, text) else Step("set", path, text)


def open_repeats(form: FilledForm) -> Iterator[str]:
    """Repeats that take another instance now; none that has many already."""
    for item in [form.root, *form.items()]:
        for child in item.spec.children:
            path = f"{item.path}/{child.name}"
            if child.kind == "repeat" and len(item.named.get(child.name, ())) < 4 and not form.refuses_add(path):
                yield path


def an_answer(form: FilledForm, item: Item, chance: Random, now: datetime, blank: float = 0.06) -> str:
    """A text that a question of this type takes; sometimes none."""
    if chance.random() < blank:
        return ""
    kind = item.spec.data_type if item.spec.type == "range" else item.spec.type
    if kind in ("select_one", "select_multiple", "rank"):
        offered = list(dict.fromkeys(form.offered(item)))
        if kind == "rank":
            return " ".join(chance.sample(offered, len(offered)))
        most = 1 if kind == "select_one" else chance.randint(1, 3)
        return " ".join(chance.sample(offered, min(most, len(offered))))
    if kind == "integer":
        return str(chance.choice((0, 1, 2, 3, 4, 7, 12, 25, 60, -1)))
    if kind == "decimal":
        return chance.choice(("0.5", "1.25", "2.5", "36.6", "110.75"))
    day = now - timedelta(days=chance.choice((0, 1, 20, 45, 200, 400, 1500, 9000, 20000)))
    if kind == "date":
        return day.strftime("%Y-%m-%d")
    if kind == "datetime":
        return day.strftime("%Y-%m-%dT10:15:00.000Z")
    return {
        "time": "09:30:00.000Z", "geopoint": "16.7 98.5 0.0 0.0", "geotrace": "16.7 98.5 0.0 0.0; 16.8 98.6 0.0 0.0",
        "geoshape": "16.7 98.5 0.0 0.0; 16.8 98.6 0.0 0.0; 16.7 98.5 0.0 0.0", "acknowledge": "OK", "file": "one.jpg", "boolean": "true",
    }.get(kind) or chance.choice(TEXTS)


def to_the_end(definition: Definition, seed: int, now: datetime) -> tuple[FilledForm, list[FormProblem]]:
    """A form in which every question that can be answered was, and answers that break a rule were tried again; with what is left."""
    chance = Random(seed)
    form = FilledForm(definition, now=now)
    for path in list(open_repeats(form)):
        form.add(path)
    for _ in range(_PASSES):
        for path in [item.path for item in form.items()]:
            item = form.find(path)
            if item is not None and not item.text and _asks(item):
                form.set(path, _answer_for(form, item, chance, now))
    for _ in range(_PASSES):
        for problem in form.problems():
            for place in range(_TRIES):
                item = form.find(problem.path)
                if item is None or not _asks(item) or (item.text and item.valid):
                    break
                rule = item.spec.constraint
                beside = ["/" + "/".join(read.path) for read in rule.reads] if rule is not None and place > _TRIES / 2 else []
                for path in (problem.path, *beside):
                    told = form.find(path)
                    if told is not None and _asks(told):
                        form.set(path, _answer_for(form, told, chance, now))
    return form, form.problems()


_PASSES, _TRIES = 4, 400


def _asks(item: Item) -> bool:
    return item.spec.kind == "question" and item.relevant and not item.locked and item.spec.type != "note"


def _answer_for(form: FilledForm, item: Item, chance: Random, now: datetime) -> str:
    counting = {read.path for spec in form.definition.specs.values() if spec.counted for read in spec.counted.reads}
    if item.spec.path in counting:
        return str(chance.randint(1, 3))
    if item.spec.type == "integer":
        return str(chance.choice((chance.randint(0, 12), chance.randint(0, 120), chance.randint(1900, 2030), chance.randint(0, 10**9 - 1))))
    if item.spec.type == "date" and chance.random() < 0.7:
        return (now + timedelta(days=chance.randint(-280, 280))).strftime("%Y-%m-%d")
    return an_answer(form, item, chance, now, blank=0)
