"""Forms: answers in a long form, opening a stored one, filtering a big choice list, a form of the World Health Organisation where the
corpus is at hand, and the shipped forms; rxeval beside them, on the same form with the same answers."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import rxeval  # type: ignore[import-untyped]

from desktop.forms import shipped
from desktop.forms.compile import compile_workbook
from desktop.forms.definition import Expression
from desktop.forms.filled import FilledForm
from desktop.forms.loading import load
from desktop.forms.xpath.compiler import Place
from tests.benchmarks.table import Row, percentile, timed
from tests.tree import ROOT

NOW = datetime(2026, 1, 15, 9, 30)
MEMBERS = 8
CHOICES = 50_000
REGIONS = 500
PEER = "rxeval"
VERBAL_AUTOPSY = ROOT.parent / "shared" / "corpus" / "xlsforms" / "whova_form.xlsx"


def long_form(questions: int) -> bytes:
    """A form of so many questions: a household repeat, chains of relevance and sums over everybody, as real surveys have them."""
    columns = "type | name | label | relevant | constraint | calculation"
    lines = ["begin repeat | member | Member | | |", "text | who | Who | | |", "integer | age | Age | | . >= 0 and . <= 120 |"]
    inside = questions // 10
    for number in range(inside - 2):
        lines.append(f"integer | m{number} | M{number} | ${{age}} > {number % 90} | . >= 0 |")
    lines += ["end repeat | | | | |", "calculate | people | | | | count(${member})", "calculate | ages | | | | sum(${age})"]
    for number in range(questions - inside):
        before = f"${{q{number - 1}}} != '' and ${{people}} > 0" if number % 5 else ""
        lines.append(f"integer | q{number} | Question {number} | {before} | . < 1000 |")
        if number % 10 == 9:
            lines.append(f"calculate | c{number} | | | | ${{q{number}}} + ${{q{number - 9}}} + ${{ages}}")
    sheet = "\n".join(f"| | {line} |" for line in (columns, *lines))
    return compile_workbook(f"| survey |\n{sheet}").xml


def list_form() -> bytes:
    """A question about a region, and one whose choices are those of the region out of a big list."""
    items = "".join(
        f"<item><name>v{number}</name><label>Village {number}</label><region>r{number % REGIONS}</region></item>" for number in range(CHOICES)
    )
    return f"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>Villages</h:title>
<model><instance><data id="villages"><region/><village/></data></instance>
<instance id="villages"><root>{items}</root></instance>
<bind nodeset="/data/region" type="string"/><bind nodeset="/data/village" type="string"/></model></h:head>
<h:body><input ref="/data/region"><label>Region</label></input><select1 ref="/data/village"><label>Village</label>
<itemset nodeset="instance('villages')/root/item[region = /data/region]"><value ref="name"/><label ref="label"/></itemset></select1>
</h:body></h:html>""".encode()


def family(xml: bytes) -> tuple[FilledForm, list[tuple[str, str]]]:
    """The form with its members, filled to the end; and what was answered in which order."""
    form = FilledForm(load(xml), now=NOW)
    for _ in range(MEMBERS - 1):
        form.add("/data/member")
    given = [(f"/data/member[{member}]/age", "30") for member in range(1, MEMBERS + 1)]
    given += [(node.path, "95") for node in form.children("") if node.type == "integer"]
    for member in range(1, MEMBERS + 1):
        path = f"/data/member[{member}]"
        given += [(node.path, "95") for node in form.children(path) if node.type == "integer" and not node.path.endswith("/age")]
    taken = [(path, text) for path, text in given if not form.set(path, text)]
    return form, taken


def peer_family(xml: bytes, given: Sequence[tuple[str, str]]) -> Any:
    """The same in rxeval."""
    session = rxeval.Session(xml.decode(), now="2026-01-15T09:30:00Z", today="2026-01-15")
    for _ in range(MEMBERS - 1):
        session.add_row("/data/member")
    for path, text in given:
        session.set(path, text)
    session.recompute()
    return session


def milliseconds(work: Callable[[str, str], object], paths: Sequence[str], count: int) -> list[float]:
    """Of each of so many answers at random."""
    chance = random.Random(1)
    times = []
    for _ in range(count):
        path, text = chance.choice(paths), str(chance.randrange(90, 119))
        times.append(timed(lambda path=path, text=text: work(path, text)) * 1000)  # type: ignore[misc]
    return times


def answered(session: Any) -> Callable[[str, str], object]:
    """One answer in rxeval: it computes the whole form anew."""

    def work(path: str, text: str) -> object:
        session.set(path, text)
        return session.recompute()

    return work


def long_rows() -> list[Row]:
    """One answer in a long form, and opening a stored one."""
    xml = long_form(1000)
    form, given = family(xml)
    paths = [path for path, _ in given if form.node(path).relevant]
    times = milliseconds(form.set, paths, 3000)
    peer = milliseconds(answered(peer_family(xml, given)), paths, 60)
    stored_xml = long_form(600)
    stored, answers = family(stored_xml)
    state, definition, source = stored.state(), load(stored_xml), stored_xml.decode()
    submission = peer_family(stored_xml, answers).instance_xml()
    opening = min(timed(lambda: FilledForm.from_state(definition, state, now=NOW)) for _ in range(3))
    peer_opening = min(timed(lambda: rxeval.Session(source, submission).recompute()) for _ in range(3))
    return [
        Row(f"one answer, 1,000 questions, {MEMBERS} members: p95", percentile(times, 0.95), "ms", 1.0, PEER, percentile(peer, 0.95)),
        Row("the same, median", percentile(times, 0.5), "ms", None, PEER, percentile(peer, 0.5)),
        Row("the same, slowest of 3,000", max(times), "ms", None, PEER, max(peer)),
        Row("open a stored submission of 600 questions", opening * 1000, "ms", 300.0, PEER, peer_opening * 1000),
    ]


def list_rows() -> list[Row]:
    """Filtering a big choice list: what a person waits for after the answer that narrows it."""
    xml = list_form()
    began = time.perf_counter()
    definition = load(xml)
    form = FilledForm(definition, now=NOW)
    reading = time.perf_counter() - began
    session = rxeval.Session(xml.decode())

    def narrow(region: str) -> object:
        form.set("/data/region", region)
        return form.node("/data/village").choices

    def peer_narrow(region: str) -> object:
        session.set("/data/region", region)
        session.recompute()
        return session.choices("/data/village")

    first, peer_first = timed(lambda: narrow("r0")), timed(lambda: peer_narrow("r0"))
    times = [timed(lambda: narrow(f"r{number}")) * 1000 for number in range(1, 200)]  # noqa: B023  (called at once)
    peer = [timed(lambda: peer_narrow(f"r{number}")) * 1000 for number in range(1, 8)]  # noqa: B023
    return [
        Row(f"filter {CHOICES:,} choices: p95", percentile(times, 0.95), "ms", 16.0, PEER, percentile(peer, 0.95)),
        Row("the same, the first time", first * 1000, "ms", None, PEER, peer_first * 1000),
        Row("read the form with them", reading * 1000, "ms"),
    ]


def autopsy_rows() -> list[Row]:
    """The verbal autopsy of the World Health Organisation, answered at random."""
    if not VERBAL_AUTOPSY.is_file():
        return []
    xml = compile_workbook(VERBAL_AUTOPSY.read_bytes()).xml
    form = FilledForm(load(xml), now=NOW)
    session = rxeval.Session(xml.decode(), now="2026-01-15T09:30:00Z", today="2026-01-15")
    chance = random.Random(1)
    times, peer = [], []
    for _ in range(400):
        node = chance.choice([node for node in _leaves(form, "") if node.relevant and node.choices])
        text = chance.choice(node.choices).name
        times.append(timed(lambda path=node.path, text=text: form.set(path, text)) * 1000)  # type: ignore[misc]
        if len(peer) < 60:
            peer.append(timed(lambda path=node.path, text=text: answered(session)(path, text)) * 1000)  # type: ignore[misc]
    return [
        Row("one answer in the WHO verbal autopsy (592 rows): p95", percentile(times, 0.95), "ms", None, PEER, percentile(peer, 0.95)),
        Row("the same, median", percentile(times, 0.5), "ms", None, PEER, percentile(peer, 0.5)),
    ]


def _leaves(form: FilledForm, path: str) -> list[Any]:
    found = []
    for node in form.children(path):
        found += [node] if node.kind == "question" else _leaves(form, node.path)
    return found


def shipped_rows() -> list[Row]:
    """The forms that the program brings, and reading one expression."""
    source = "if(${{}} > 5 and selected(/data/needs, 'food'), concat(/data/name, ' ', format-date(today(), '%e %b %Y')), '')".replace("${{}}", "/data/age")
    expression = timed(lambda: [Expression.read(source, Place(("data", "note"))) for _ in range(100)]) / 100
    reading = min(timed(lambda: load(shipped.compiled("registration").read_bytes())) for _ in range(5))
    compiling = timed(lambda: compile_workbook(shipped.workbook("registration").read_bytes()))
    return [
        Row("read the compiled registration form", reading * 1000, "ms", 60.0),
        Row("compile the registration workbook", compiling * 1000, "ms"),
        Row("read one expression of a form", expression * 1000, "ms"),
    ]


def rows() -> list[Row]:
    """See `tests.benchmarks.table`."""
    return [*long_rows(), *list_rows(), *autopsy_rows(), *shipped_rows()]
