"""The project's own Python environment, ``.venv``: made from a lock file, made anew when the lock file or the Python changed.

Only what a lock file names gets in, and only with the hash it names. Where files are fetched from is the business of the person's own
settings; nothing here says it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import system
from system import NotReady

ROOT = Path(__file__).resolve().parent.parent
STAMP = "waystation.json"
UNWANTED = {"pyside6-essentials==6.12.0": "it drops references to None on Python 3.11 and aborts after some thousand calls"}


def lock(root: Path, dev: bool) -> Path:
    """The lock file for running, or for developing (which holds the first one whole)."""
    return root / "packaging" / ("requirements-dev.lock" if dev else "requirements.lock")


def pins(text: str) -> list[str]:
    """The ``name==version`` of every line of a lock file, in its order."""
    return re.findall(r"^([A-Za-z0-9._-]+==[^\s;\\]+)", text, flags=re.MULTILINE)


def unwanted_pins(root: Path) -> list[str]:
    """One sentence for every version in a lock file that must not be used."""
    return [
        f"{path.name} pins {pin}: {UNWANTED[pin.lower()]}"
        for path in (lock(root, False), lock(root, True))
        for pin in pins(path.read_text(encoding="utf-8"))
        if pin.lower() in UNWANTED
    ]


def wanted(root: Path, dev: bool) -> dict[str, str]:
    """What the stamp in ``.venv`` says when the environment is right: this Python, and the hash of each lock file used."""
    stamp = {"python": ".".join(map(str, sys.version_info[:2])), "run": _hash(lock(root, False))}
    return stamp | {"dev": _hash(lock(root, True))} if dev else stamp


def step(have: dict[str, str], want: dict[str, str]) -> str:
    """What must be done: ``nothing``, ``add`` (the right environment, without what developing needs) or ``anew``."""
    if want.items() <= have.items():
        return "nothing"
    same = all(have.get(part) == want[part] for part in ("python", "run"))
    return "add" if same and "dev" not in have else "anew"


def ready(root: Path, dev: bool) -> Path:
    """The environment's Python, after setting it up where needed. NotReady where that fails; then the next call begins afresh."""
    folder = root / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp, want = folder / STAMP, wanted(root, dev)
    todo = step(_read(stamp), want) if python.exists() else "anew"
    if todo == "nothing":
        return python
    print("Setting up (once): fetching what Waystation is made of. This takes a minute or two.", flush=True)
    stamp.unlink(missing_ok=True)
    pip_from = _make(folder, python) if todo == "anew" else _pip_outside(python)
    _install(python, lock(root, dev), pip_from)
    stamp.write_text(json.dumps(want), encoding="utf-8")
    return python


def clean() -> dict[str, str]:
    """The person's environment without what would let other Python packages in."""
    dropped = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    return {name: value for name, value in os.environ.items() if name not in dropped} | {"PYTHONNOUSERSITE": "1"}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def _read(stamp: Path) -> dict[str, str]:
    try:
        content = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _make(folder: Path, python: Path) -> Path | None:
    """Makes the environment anew. Returns the folder of a pip outside it, where it could only be made without one of its own."""
    if folder.exists():
        shutil.rmtree(folder)
    if importlib.util.find_spec("ensurepip") is None:
        system.install(["python3-venv"])
    # Asked of a new process: this one may have learnt before the package came that the module is absent.
    own_pip = subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0
    if not own_pip and importlib.util.find_spec("pip") is None:
        raise NotReady(f"Python's own set-up tools are missing. Install them, then try again:\n  {system.apt_line(['python3-venv'])}")
    made = subprocess.run(
        [sys.executable, "-m", "venv", *([] if own_pip else ["--without-pip"]), str(folder)],
        capture_output=True, text=True, env=clean(), check=False,
    )  # fmt: skip
    if made.returncode:
        raise NotReady(f"The environment could not be made in {folder}:\n{made.stdout}{made.stderr}".rstrip())
    return None if own_pip else _pip_outside(python)


def _pip_outside(python: Path) -> Path | None:
    """None where the environment has its own pip; else the folder that holds the system's."""
    if subprocess.run([str(python), "-c", "import pip"], capture_output=True, env=clean(), check=False).returncode == 0:
        return None
    found = importlib.util.find_spec("pip")
    if found is None or found.origin is None:
        raise NotReady(f"pip is missing. Install it, then try again:\n  {system.apt_line(['python3-venv'])}")
    return Path(found.origin).parent.parent


def _install(python: Path, lock_file: Path, pip_from: Path | None) -> None:
    command = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--only-binary", ":all:", "--requirement", str(lock_file)]
    environment = clean()
    if pip_from:
        # The system's pip sees the system's packages beside itself: they must not count as installed.
        command.append("--ignore-installed")
        environment["PYTHONPATH"] = str(pip_from)
    if subprocess.run(command, env=environment, check=False).returncode:
        raise NotReady(
            "Setting up did not finish. The first time, Waystation needs the internet (or a folder of its parts that pip knows of).\n"
            "Nothing else was changed; look at the lines above, then start it again."
        )
