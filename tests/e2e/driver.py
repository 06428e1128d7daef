"""Drives the real program as a person would: an X screen of its own, real keys and clicks, and eyes that read like a screen reader.

`Screen` is the laptop: Xvfb of 1366x768, a window manager, a session bus and the accessibility bus, all in a private home. `Program` is
Waystation as it is started by a person, and what can be seen of it. Nothing here sleeps for luck: everything is waited for, and every wait ends.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent.parent
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
TOOLS = ("Xvfb", "xdotool", "openbox", "import", "dbus-daemon", "setxkbmap")
SIZE = (1366, 768)
PATIENCE = 20.0
"""Seconds that the program gets for anything; the machine may be slow and busy."""
BETWEEN = 0.05

ROWS = ("list item", "table cell", "tree item")

Result = TypeVar("Result")


class NotSeen(AssertionError):
    """Something did not come. The text says what was awaited and what was there instead."""


def missing() -> str:
    """What this system lacks for driving the window, "" if nothing."""
    for tool in TOOLS:
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    if launcher() is None:
        return "at-spi2-core is not installed"
    if not Path(SYSTEM_PYTHON).exists():
        return "the system's own Python is not installed"
    ask = f"{SYSTEM_PYTHON} -c".split()
    looked = subprocess.run([*ask, "import gi; gi.require_version('Atspi', '2.0'); import gi.repository.Atspi"], capture_output=True, timeout=30, check=False)
    return "" if looked.returncode == 0 else "python3-gi or gir1.2-atspi-2.0 is not installed"


def launcher() -> str | None:
    """The program that starts the accessibility bus."""
    return next((path for path in LAUNCHERS if Path(path).exists()), None)


@dataclass(frozen=True)
class Thing:
    """Something that shows. `id`: its object name; `text`: what is written in a field; `box`: x, y, width, height on the screen."""

    id: str
    role: str
    name: str
    text: str
    states: frozenset[str]
    box: tuple[int, int, int, int]
    path: tuple[int, ...]

    @property
    def middle(self) -> tuple[int, int]:
        left, top, wide, high = self.box
        return left + wide // 2, top + high // 2

    def __str__(self) -> str:
        told = f"{'  ' * len(self.path)}{self.role} {self.id!r} {self.name!r}"
        return told + (f" = {self.text!r}" if self.text and self.text != self.name else "") + (" *" if "focused" in self.states else "")


class Screen:
    """A laptop for one test. `folder` becomes its home; use it in a ``with``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ours: list[subprocess.Popen[str]] = []
        self._log = (folder / "log").open("w", encoding="utf-8")
        self._reader: subprocess.Popen[str] | None = None
        self.environment = self._places()

    def __enter__(self) -> Screen:
        try:
            self._start_all()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # ---- what a person does -------------------------------------------------------------------------------------------

    def start(self, *arguments: str) -> Program:
        """Start Waystation as shipped, with these arguments."""
        made = self._run(sys.executable, str(ROOT / "main.py"), *arguments, cwd=self.folder)
        return Program(self, made)

    def press(self, *keys: str) -> None:
        """Keys one after the other, as xdotool names them: ``ctrl+l``, ``Tab``, ``Return``."""
        self._tool("xdotool", "key", "--clearmodifiers", "--delay", "20", *keys)

    def type(self, text: str) -> None:
        """Letters of the English and the Burmese keyboard."""
        self._tool("xdotool", "type", "--clearmodifiers", "--delay", "12", "--", text)

    def click_at(self, x: int, y: int) -> None:
        """The left button of the mouse."""
        self._tool("xdotool", "mousemove", str(x), str(y), "click", "1")

    def shot(self, path: Path) -> Path:
        """A picture of the whole screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._tool("import", "-silent", "-window", "root", str(path))
        return path

    def read(self, pid: int, **wanted: Any) -> list[Thing]:
        """What shows of a process; `wanted` as in `reader`, empty strings left out."""
        question = {"pid": pid} | {name: value for name, value in wanted.items() if value}
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = self._ask(question)
            if found is not None:
                return [_thing(one) for one in found]
        raise NotSeen("the window does not answer")

    # ---- the laptop -----------------------------------------------------------------------------------------------------

    def _places(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        home = self.folder / "home"
        places = {
            "HOME": home, "XDG_CONFIG_HOME": home / ".config", "XDG_DATA_HOME": home / ".local/share", "XDG_CACHE_HOME": home / ".cache",
            "XDG_STATE_HOME": home / ".local/state", "XDG_RUNTIME_DIR": self.folder / "run", "TMPDIR": self.folder / "tmp",
        }
        for place in places.values():
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        told = {name: str(place) for name, place in places.items()}
        return kept | told | {"LANG": "C.UTF-8", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_ACCESSIBILITY": "1", "NO_AT_BRIDGE": "0"}

    def _start_all(self) -> None:
        ready, told = os.pipe()
        wide, high = SIZE
        # Without -noreset it starts anew when its only client goes, under the feet of the next.
        self._run("Xvfb", "-displayfd", str(told), "-screen", "0", f"{wide}x{high}x24", "-nolisten", "tcp", "-noreset", pass_fds=(told,))
        os.close(told)
        self.environment["DISPLAY"] = ":" + _line(ready, "Xvfb")
        ready, told = os.pipe()
        self._run("dbus-daemon", "--session", "--nofork", f"--print-address={told}", pass_fds=(told,))
        os.close(told)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = _line(ready, "dbus-daemon")
        found = launcher()
        assert found is not None
        self._run(found, "--launch-immediately")
        self._run("openbox", "--sm-disable")
        self._reader = self._run(SYSTEM_PYTHON, str(Path(__file__).with_name("reader.py")), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        wait_for("the reader", lambda: self._ask({"check": True}))
        # Both keyboards of a volunteer. Letters that no keyboard has would need a new map for each, and some would get lost.
        self._tool("setxkbmap", "-layout", "us,mm")
        wait_for("the window manager", self._managed, instead=self.log)

    def _managed(self) -> bool:
        """True once the window manager answers: xdotool can ask it for the desktops."""
        asked = subprocess.run(
            ["xdotool", "get_num_desktops"], env=self.environment, capture_output=True, timeout=PATIENCE, check=False
        )
        return asked.returncode == 0

    def _run(self, *command: str, **more: Any) -> subprocess.Popen[str]:
        settings = {"stdin": subprocess.DEVNULL, "stdout": self._log, "stderr": self._log, "cwd": self.folder} | more
        made = subprocess.Popen(command, env=self.environment, start_new_session=True, text=True, **settings)
        self._ours.append(made)
        return made

    def _tool(self, *command: str) -> str:
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=True).stdout

    def _ask(self, question: dict[str, Any]) -> Any:
        reader = self._reader
        assert reader is not None
        assert reader.stdin is not None
        assert reader.stdout is not None
        reader.stdin.write(json.dumps(question) + "\n")
        reader.stdin.flush()
        if not select.select([reader.stdout], [], [], PATIENCE)[0]:
            raise NotSeen("the reader does not answer")
        line = reader.stdout.readline()
        if not line:
            raise NotSeen("the reader has ended: " + self.log()[-500:])
        return json.loads(line)

    def log(self) -> str:
        """What all the programs of this screen said."""
        self._log.flush()
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        """End every process that was started here, and those that they started."""
        for made in reversed(self._ours):
            _end(made)
        self._log.close()


def _end(made: subprocess.Popen[str]) -> None:
    for sign, seconds in ((signal.SIGTERM, 3.0), (signal.SIGKILL, 3.0)):
        with suppress(ProcessLookupError):
            os.killpg(made.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            made.wait(seconds)
            break
    for pipe in (made.stdin, made.stdout):
        if pipe is not None:
            pipe.close()


def _line(pipe: int, name: str) -> str:
    with os.fdopen(pipe) as stream:
        if not select.select([stream], [], [], PATIENCE)[0]:
            raise NotSeen(f"{name} did not start")
        return stream.readline().strip()


def _thing(told: dict[str, Any]) -> Thing:
    left, top, wide, high = told["box"]
    return Thing(
        told["id"], told["role"], told["name"], told["text"], frozenset(told["states"]), (left, top, wide, high), tuple(told["path"]),
    )


def wait_for(what: str, look: Callable[[], Result], seconds: float = PATIENCE, instead: Callable[[], str] = str) -> Result:
    """The first true answer of `look`. NotSeen after that many seconds, with `instead` telling what was there."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise NotSeen(f"did not come in {seconds:.0f} s: {what}\n{instead()}")
        time.sleep(BETWEEN)


class Program:
    """Waystation while it runs."""

    def __init__(self, screen: Screen, process: subprocess.Popen[str]) -> None:
        self.screen, self._process = screen, process

    @property
    def pid(self) -> int:
        return self._process.pid

    # ---- seeing -------------------------------------------------------------------------------------------------------

    def things(self) -> list[Thing]:
        """Everything that shows, in the order of the tree."""
        return self.screen.read(self.pid)

    def look(self, id: str = "", *, name: str = "", role: str = "", state: str = "") -> Thing | None:
        """The first thing with this object name, these words (a regular expression, anywhere in its name or text), role and state."""
        found = self.screen.read(self.pid, id=id, words=name, role=role, state=state, first=True)
        return found[0] if found else None

    def find(self, id: str = "", *, name: str = "", role: str = "", state: str = "", seconds: float = PATIENCE) -> Thing:
        """As `look`, but waits for it."""
        told = " ".join(filter(None, (role, id, name, state)))
        return wait_for(told, lambda: self.look(id, name=name, role=role, state=state), seconds, self.told)

    def gone(self, id: str = "", *, name: str = "", seconds: float = PATIENCE) -> None:
        """Waits until it does not show any more."""
        wait_for(f"{id}{name} going away", lambda: self.look(id, name=name) is None, seconds, self.told)

    def told(self) -> str:
        """The whole window as lines of text."""
        return "\n".join(map(str, self.things()))

    def focus(self) -> Thing | None:
        """Where the keyboard is: the innermost thing that has it. The chosen row of a list says so too, even when the keyboard is elsewhere."""
        found = self.screen.read(self.pid, state="focused")
        return next((one for one in reversed(found) if one.role not in ROWS), None)

    # ---- doing --------------------------------------------------------------------------------------------------------

    def click(self, id: str = "", *, name: str = "", role: str = "") -> Thing:
        """The left button in the middle of it, once it can be used."""
        found = self.find(id, name=name, role=role, state="enabled")
        self.screen.click_at(*found.middle)
        return found

    def fill(self, id: str, text: str) -> None:
        """Click into a field, type in place of what is there, and see that it arrived."""
        self.click(id)
        self.screen.press("ctrl+a")
        self.screen.type(text)
        wait_for(f"{text!r} in {id}", lambda: self.find(id).text == text, instead=self.told)

    def tab_to(self, id: str, most: int = 40) -> None:
        """The Tab key until the keyboard is there."""
        for _ in range(most):
            if self.look(id, state="focused"):
                return
            self.press("Tab")
        raise NotSeen(f"{most} times Tab did not lead to {id}\n{self.told()}")

    def write(self, text: str) -> None:
        """Letters, to the field that has the keyboard; sees that they arrived."""
        at = self.focus()
        assert at is not None
        self.screen.type(text)
        wait_for(f"{text!r} in {at.id}", lambda: self.find(at.id).text == text, instead=self.told)

    def press(self, *keys: str) -> None:
        """Keys, to whatever has the keyboard."""
        self.screen.press(*keys)

    def type(self, text: str) -> None:
        """Letters, to whatever has the keyboard."""
        self.screen.type(text)

    # ---- its process --------------------------------------------------------------------------------------------------

    def running(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """As a power cut ends it."""
        self._process.kill()
        self._process.wait(PATIENCE)

    def ended(self, seconds: float = PATIENCE) -> int:
        """The exit status, once it has ended."""
        return self._process.wait(seconds)
