"""Sets Waystation up in its own folder, then starts it, tests it or packs it.

    python3 packaging/bootstrap.py run [arguments of main.py]
    python3 packaging/bootstrap.py test [arguments of pytest]
    python3 packaging/bootstrap.py setup | check | bench | faults | gallery | package

Needs a Python with `venv` and nothing else. Everything it fetches goes into ``.venv`` beside this folder and is checked against the
hashes in the lock file; a second start finds nothing to do and says nothing. The Makefile only calls this file; on Windows it is called
directly. Exit status: that of the program started; 5 where the setting up itself failed.
"""

import os
import sys

# Stands before every other line, so that an old Python prints this sentence and not a syntax error of a newer file.
if sys.version_info < (3, 10):  # noqa: UP036
    sys.exit("Waystation needs Python 3.10 or newer; this is Python %d.%d." % tuple(sys.version_info[:2]))  # noqa: UP031

import subprocess
from collections.abc import Callable
from pathlib import Path

import catalogues
import environment
import system
from environment import ROOT
from system import NotReady


def prepare(dev: bool) -> Path:
    """The project's Python, set up for running (or for developing) and with the translations compiled. NotReady where it cannot be."""
    system.require_platform()
    python = environment.ready(ROOT, dev)
    if catalogues.stale(ROOT):
        subprocess.run([str(python), str(Path(catalogues.__file__))], cwd=ROOT, env=environment.clean(), check=True)
    return python


def start(python: Path, *arguments: str, **settings: str) -> int:
    """Runs the project's Python in the project folder and returns its exit status. `settings` are added to the environment."""
    return subprocess.call([str(python), *arguments], cwd=ROOT, env=environment.clean() | settings)


def run(arguments: list[str]) -> int:
    """The program. Without arguments the window; where there is no screen, the tour in its place."""
    python = prepare(dev=False)
    if not arguments and system.no_screen():
        return tour(python)
    if not arguments:
        system.require_libraries(system.OFFSCREEN + (system.X11 if os.environ.get("DISPLAY") else ()))
    elif arguments[0] == "tour":
        system.require_libraries(system.OFFSCREEN)
    command = [str(python), str(ROOT / "main.py"), *arguments]
    sys.stdout.flush()
    if os.name == "nt":
        return subprocess.call(command, env=environment.clean())
    os.execve(command[0], command, environment.clean())


def tour(python: Path) -> int:
    """What can be shown without a screen: the main job with invented people, its papers, and pictures of the window."""
    out = ROOT / "out" / "tour"
    print("There is no screen here, so the window cannot open. Instead you get the tour: the whole job with invented people.", flush=True)
    system.require_libraries(system.OFFSCREEN)
    status = start(python, "main.py", "tour", "--out", str(out))
    if status == 0:
        print(f"The papers and the pictures of the window lie in {out}")
    return status


def test(arguments: list[str]) -> int:
    """The tests. No screen and no network is needed once the setting up is done."""
    python = prepare(dev=True)
    system.require_libraries(system.OFFSCREEN)
    system.offer_test_tools()
    workers = str(min(os.cpu_count() or 1, 4))  # more would want more memory than a small laptop has
    return start(python, "-m", "pytest", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder", *arguments)


def faults(arguments: list[str]) -> int:
    """The tests of breaking things, also those that take minutes; one at a time, for some fill the disk or kill processes."""
    return test(["tests/faults", "-m", "slow or not slow", "-n", "0", *arguments])


def check(arguments: list[str]) -> int:
    """Style, types, layers and pins. All of them run, so that one run names everything."""
    python = prepare(dev=True)
    bad_pins = environment.unwanted_pins(ROOT)
    for line in bad_pins:
        print(line)
    results = [
        start(python, "-m", "ruff", "check", "."),
        start(python, "-m", "mypy"),
        start(python, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
    ]
    return 1 if bad_pins or any(results) else 0


def bench(arguments: list[str]) -> int:
    """Measures, and what they are compared with; `docs/BENCHMARKS.md` says how to read them."""
    python = prepare(dev=True)
    system.require_libraries(system.OFFSCREEN)
    return start(python, "-m", "tests.benchmarks.run", *arguments)


def gallery(arguments: list[str]) -> int:
    """Every screen and every paper as a picture, in both languages."""
    python = prepare(dev=True)
    system.require_libraries(system.OFFSCREEN)
    return start(python, "-m", "tests.gallery", *arguments, QT_QPA_PLATFORM="offscreen")


def package(arguments: list[str]) -> int:
    """One folder that runs without Python, in ``dist/waystation``; then asks the packed program to check itself."""
    python = prepare(dev=True)
    system.require_libraries(system.OFFSCREEN)
    places = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    made = start(
        python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, "packaging/waystation.spec", *arguments,
        PYTHONHASHSEED="1", SOURCE_DATE_EPOCH="1700000000",
    )  # fmt: skip
    if made:
        return made
    program = ROOT / "dist" / "waystation" / ("waystation.exe" if os.name == "nt" else "waystation")
    print(f"Packed in {program.parent}; the packed program checks itself:", flush=True)
    return subprocess.call([str(program), "--check"], env=environment.clean())


def setup(arguments: list[str]) -> int:
    """Sets everything up and starts nothing. ``--dev`` adds what developing needs."""
    dev = "--dev" in arguments
    prepare(dev)
    system.require_libraries(system.OFFSCREEN + (system.X11 if os.environ.get("DISPLAY") else ()))
    if dev:
        system.offer_test_tools()
    print("Everything is set up.")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (run, test, check, bench, faults, gallery, package, setup)
}


def main(arguments: list[str]) -> int:
    """Does one command. Exit status 2 for an unknown one, 5 where the machine lacks what is needed."""
    if not arguments or arguments[0] not in COMMANDS:
        print(f"Say one of: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except NotReady as problem:
        print(problem, file=sys.stderr)
        return 5
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
