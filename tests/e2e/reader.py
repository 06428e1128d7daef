"""Reads the window as a screen reader does. Runs in the system's own Python, which has the accessibility library.

One request per line on standard input, one answer per line on standard output, both JSON. A request names the process whose windows are
meant; the answer is everything of it that shows, in the order of the tree:

    {"pid": 1234}  ->  [{"id": "...", "role": "push button", "name": "Save", "text": "", "states": ["enabled"], "box": [x, y, w, h],
                         "path": [0, 2, 1]}, ...]

A request with "check" only tells whether the library is there.
"""

import json
import sys
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 2_000  # milliseconds for one answer of the program; it may be busy
MOST = 300  # children read of one list or table
STATES = ("focused", "enabled", "checked", "selected", "active", "focusable", "editable", "checkable", "modal", "expanded", "read_only")
KINDS = {name: getattr(Atspi.StateType, name.upper()) for name in STATES}


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


def look(thing: Any, path: list[int], found: list[dict[str, Any]]) -> None:
    """Adds a thing and what is in it, if it shows."""
    states = thing.get_state_set()
    if not states.contains(Atspi.StateType.SHOWING):
        return
    box = thing.get_extents(Atspi.CoordType.SCREEN)
    found.append({
        "id": thing.get_accessible_id() or "", "role": thing.get_role_name(), "name": thing.get_name() or "", "text": words_in(thing),
        "hint": thing.get_description() or "", "states": [name for name, kind in KINDS.items() if states.contains(kind)],
        "box": [box.x, box.y, box.width, box.height], "path": path,
    })
    for at in range(min(thing.get_child_count(), MOST)):
        child = thing.get_child_at_index(at)
        if child is not None:
            look(child, [*path, at], found)


def words_in(thing: Any) -> str:
    """What is written in a field; "" for what is no field."""
    text = thing.get_text_iface()
    return Atspi.Text.get_text(text, 0, -1) if text is not None else ""


def answer(request: dict[str, Any]) -> Any:
    """The answer to one request; None where the window changed under our eyes."""
    if request.get("check"):
        return True
    found: list[dict[str, Any]] = []
    try:
        for at, window in enumerate(windows(request["pid"])):
            look(window, [at], found)
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
