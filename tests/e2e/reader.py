"""Reads the window as a screen reader does. Runs in the system's own Python, which has the accessibility library.

One request per line on standard input, one answer per line on standard output, both JSON. A request names the process whose windows are
meant, and may say what is wanted; the answer is what shows of it, in the order of the tree:

    {"pid": 1234, "id": "save", "words": "^Save", "role": "push button", "state": "enabled", "first": true}
    ->  [{"id": "...", "role": "push button", "name": "Save", "text": "", "states": ["enabled"], "box": [x, y, w, h], "path": [0, 2, 1]}]

`words` is a regular expression, looked for in the name and in the text of a field. Each question to the program takes it a moment away from
its own work, so only what is wanted is asked for. A request with "check" only tells whether the library is there.
"""

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 2_000  # milliseconds for one answer of the program; it may be busy
MOST = 300  # children read of one list or table
STATES = ("focused", "enabled", "checked", "selected", "active")
KINDS = {name: getattr(Atspi.StateType, name.upper()) for name in STATES}
FIELDS = (Atspi.Role.TEXT, Atspi.Role.ENTRY, Atspi.Role.PASSWORD_TEXT)


def windows(pid: int) -> list[Any]:
    """The top windows of a process."""
    desktop = Atspi.get_desktop(0)
    found = []
    for at in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(at)
        if program is not None and program.get_process_id() == pid:
            program.set_cache_mask(Atspi.Cache.NONE)
            found += [program.get_child_at_index(each) for each in range(program.get_child_count())]
    return [one for one in found if one is not None]


def showing(thing: Any, path: list[int]) -> Iterator[tuple[Any, Any, list[int]]]:
    """A thing and all that is in it, with the states and the place in the tree, if it shows."""
    states = thing.get_state_set()
    if not states.contains(Atspi.StateType.SHOWING):
        return
    yield thing, states, path
    for at in range(min(thing.get_child_count(), MOST)):
        child = thing.get_child_at_index(at)
        if child is not None:
            yield from showing(child, [*path, at])


def wanted(thing: Any, states: Any, request: dict[str, Any]) -> bool:
    """True if the thing is what the request asks for."""
    if "state" in request and not states.contains(KINDS[request["state"]]):
        return False
    if "id" in request and (thing.get_accessible_id() or "").rpartition(".")[2] != request["id"]:
        return False
    if "role" in request and thing.get_role_name() != request["role"]:
        return False
    return "words" not in request or bool(re.search(request["words"], f"{thing.get_name()}\n{words_in(thing)}"))


def words_in(thing: Any) -> str:
    """What is written in a field; "" for what is no field."""
    return Atspi.Text.get_text(thing, 0, -1) if thing.get_role() in FIELDS else ""


def described(thing: Any, states: Any, path: list[int]) -> dict[str, Any]:
    """A thing as it is answered."""
    box = thing.get_extents(Atspi.CoordType.SCREEN)
    return {
        "id": (thing.get_accessible_id() or "").rpartition(".")[2], "role": thing.get_role_name(), "name": thing.get_name() or "",
        "text": words_in(thing), "states": [name for name, kind in KINDS.items() if states.contains(kind)],
        "box": [box.x, box.y, box.width, box.height], "path": path,
    }


def answer(request: dict[str, Any]) -> Any:
    """The answer to one request; None where the window changed under our eyes."""
    if request.get("check"):
        return True
    found: list[dict[str, Any]] = []
    try:
        for at, window in enumerate(windows(request["pid"])):
            for thing, states, path in showing(window, [at]):
                if wanted(thing, states, request):
                    found.append(described(thing, states, path))
                    if request.get("first"):
                        return found
    except GLib.Error:
        return None
    return found


def main() -> None:
    """Answers until standard input ends."""
    Atspi.init()
    Atspi.set_timeout(PATIENCE, PATIENCE)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
