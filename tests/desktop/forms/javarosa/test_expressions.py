"""The expressions of `test_xpath_functions`, asked of JavaRosa itself where there is a Java to run it.

What JavaRosa refuses we may know; where both have a value it is the same, but for those in `DIFFERS`.
"""

from __future__ import annotations

import math
import re
import subprocess
from pathlib import Path

import pytest

from desktop.forms.xpath.errors import EvaluationError
from desktop.forms.xpath.values import to_boolean, to_number, to_text
from tests.desktop.forms.javarosa.oracle import jar, java
from tests.desktop.forms.test_xpath_functions import FORM, LETTERS, NUMBERS, PEOPLE, TEXTS, TRUTHS, run

PROGRAM = Path(__file__).with_name("Ask.java")
DIFFERS = {
    "string(100000000000000000000)": "digits, as in XPath 1.0",
    "string(0.0000001)": "digits, as in XPath 1.0",
    "round(-1234, -2)": "JavaRosa rounds -12.34 to -11",
    "max(-3, -2)": "JavaRosa begins with the smallest number above 0",
    "position(/data/r[2])": "a number alone as a predicate is a place, as in XPath 1.0",
    "/data/r[2]/y = 'two'": "a number alone as a predicate is a place, as in XPath 1.0",
    "count(/data/r[x]) = 3": "a node-set alone as a predicate means that there is such a node, as in XPath 1.0",
    "distance('7 7;7 7')": "JavaRosa's arc cosine of nearly 1",
    "1 div 0 = 1 div 0": "JavaRosa subtracts one infinity from the other",
    "weighted-checklist(3, -1, /data/r/x, /data/r/x)": "-1 is no bound, as in the specification",
}


def form() -> str:
    """A form with the data and the lists of those tests; JavaRosa forgets lists that nobody uses."""
    def written(node: object) -> str:
        children = "".join(written(child) for child in node.children)  # type: ignore[attr-defined]
        return f"<{node.name}>{children or node.text}</{node.name}>"  # type: ignore[attr-defined]

    lists = "".join(
        f'<instance id="{name}">{written(document.children[0])}</instance>' for name, document in (("people", PEOPLE), ("letters", LETTERS))
    )
    return f"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title><model>
<instance><data id="t" version="7">{"".join(written(child) for child in FORM.children[0].children)}<used/></data></instance>{lists}
<bind nodeset="/data/used" calculate="concat({', '.join(f"instance('{name}')/root/item[1]/name" for name in ("people", "letters"))})"/></model></h:head><h:body>
<input ref="/data/t"><label>t</label></input>
<group><label>r</label><repeat nodeset="/data/r"><input ref="/data/r/x"><label>x</label></input></repeat></group>
<group><label>p</label><repeat nodeset="/data/p"/></group></h:body></h:html>"""


def asked(sources: list[str], folder: Path) -> list[tuple[str, str, str, str]]:
    """(kind, text, number, truth) of each expression at the root of the data."""
    path = folder / "form.xml"
    path.write_text(form(), encoding="utf-8")
    done = subprocess.run(
        [java(), "-Duser.timezone=UTC", "-Duser.language=en", "-cp", str(jar()), str(PROGRAM), str(path)],
        input="".join(f"/data\t{source}\n" for source in sources), capture_output=True, text=True, encoding="utf-8", check=True,
    )
    rows = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 3]
    assert len(rows) == len(sources)
    return [(kind, text, number, truth) for kind, text, number, truth in rows]


def alike(source: str, said: tuple[str, str, str, str]) -> bool:
    kind, text, number, truth = said
    try:
        value = run(source, FORM.children[0])
    except EvaluationError:
        return False
    if kind == "Boolean":
        return to_boolean(value) is (truth == "true")
    if kind == "Double":
        ours, theirs = to_number(value), float(number)
        return ours == pytest.approx(theirs, rel=1e-12, abs=1e-12, nan_ok=True) or (math.isnan(theirs) and to_text(value) == "")
    return to_text(value) == text


@pytest.mark.skipif(jar() is None or not java(), reason="there is no Java here")
def test_javarosa_says_the_same(tmp_path: Path) -> None:
    sources = [source for source, _ in [*TEXTS, *NUMBERS, *TRUTHS] if not re.search(r"random\(|uuid|now\(|today\(|property|\n|jr:", source)]
    rows = asked(sources, tmp_path)
    known = [(source, said) for source, said in zip(sources, rows) if said[0] != "fails"]
    assert len(known) > 200
    assert {source: said for source, said in known if not alike(source, said) and source not in DIFFERS} == {}
    assert [source for source, said in known if alike(source, said) and source in DIFFERS] == []
