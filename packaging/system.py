"""What the operating system must have: the libraries that Qt opens, and the tools that some tests drive.

Debian and Ubuntu are known by name. When root, what is missing is installed; otherwise it is named in one line.
"""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping


class NotReady(Exception):
    """The setting up cannot go on. The text is for the person: what is missing and what to do."""


Library = tuple[str, str]
"""A library's file name and the Debian package that holds it."""

OFFSCREEN: tuple[Library, ...] = (
    ("libGL.so.1", "libgl1"),
    ("libEGL.so.1", "libegl1"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    ("libdbus-1.so.3", "libdbus-1-3"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libglib-2.0.so.0", "libglib2.0-0"),
)
"""Without these Qt does not load, not even without a screen."""

X11: tuple[Library, ...] = (
    ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ("libxcb-icccm.so.4", "libxcb-icccm4"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    ("libxcb-shape.so.0", "libxcb-shape0"),
    ("libxcb-xkb.so.1", "libxcb-xkb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)
"""Without these no window opens on an X11 screen."""

TEST_TOOLS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "setxkbmap": "x11-xkb-utils",
    "openbox": "openbox",
    "import": "imagemagick",
    "dbus-daemon": "dbus",
    "ippeveprinter": "cups-ipp-utils",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "strace": "strace",
    "pdftotext": "poppler-utils",
    "age": "age",
}
"""Command -> package. Tests that need an absent one skip and name it."""

SYSTEM_PYTHON = "/usr/bin/python3"
SCREEN_READING: tuple[Library, ...] = (("gi", "python3-gi"), ("gi.repository.Atspi", "gir1.2-atspi-2.0"))
"""Modules of the system's own Python, and their packages: with them a test reads the window as a screen reader does."""

LOWEST_GLIBC = (2, 34)
RENAMED_FOR_64_BIT_TIME = {"libglib2.0-0"}
"""Packages that got the ending t64 in Debian 13 and Ubuntu 24.04, both with glibc 2.39 or newer."""


def linux() -> bool:
    """True on Linux, where the rest of this file matters."""
    return sys.platform.startswith("linux")


def no_screen(environment: Mapping[str, str] = os.environ) -> bool:
    """True where a window cannot open: Linux with neither X11 nor Wayland, and no other road chosen by hand."""
    return linux() and not any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def glibc() -> tuple[int, ...]:
    """The version of the GNU C library; (0,) where it is another one."""
    name, version = platform.libc_ver()
    return tuple(int(part) for part in version.split(".")[:2]) if name == "glibc" else (0,)


def require_platform() -> None:
    """NotReady where Qt's files cannot run at all."""
    if linux() and glibc() < LOWEST_GLIBC:
        raise NotReady("Waystation needs Debian 12, Ubuntu 22.04, Tails 6 or a newer system (glibc 2.34); this one is older or of another kind.")


def missing(libraries: Iterable[Library], load: Callable[[str], object] = ctypes.CDLL) -> list[str]:
    """The packages of the libraries that do not open."""
    absent = []
    for file_name, package in libraries:
        try:
            load(file_name)
        except OSError:
            absent.append(package)
    return absent


def names_here(packages: Iterable[str], version: tuple[int, ...]) -> list[str]:
    """The packages by the names they have beside that glibc."""
    return [name + "t64" if name in RENAMED_FOR_64_BIT_TIME and version >= (2, 39) else name for name in packages]


def apt_line(packages: Iterable[str]) -> str:
    """The one line that installs them."""
    before = "" if _root() else "sudo "
    return f"{before}apt-get install -y --no-install-recommends {' '.join(names_here(packages, glibc()))}"


def install(packages: Iterable[str]) -> bool:
    """Installs them when root on Debian or Ubuntu. False where that is not possible or failed; apt's own words are shown then."""
    if not (linux() and _root() and shutil.which("apt-get")):
        return False
    names = names_here(packages, glibc())
    print(f"Installing from the system's own packages: {' '.join(names)}", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    done = subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names],
        env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        print(done.stderr, file=sys.stderr)
    return done.returncode == 0


def require_libraries(libraries: Iterable[Library]) -> None:
    """NotReady, with the one line to type, where a library is missing and cannot be installed here."""
    if not linux():
        return
    wanted = tuple(libraries)
    absent = missing(wanted)
    if absent and install(absent):
        absent = missing(wanted)
    if absent:
        raise NotReady(f"The window needs some libraries that this system lacks. Install them, then try again:\n  {apt_line(absent)}")


def offer_test_tools() -> None:
    """Installs the tools that some tests drive; where it cannot, says once that those tests skip."""
    if not linux():
        return
    absent = _absent_tools()
    if absent and install(absent):
        absent = _absent_tools()
    if absent:
        print(f"Some tests drive tools that this system lacks; those tests skip. To run them too:\n  {apt_line(absent)}", flush=True)


def _absent_tools() -> list[str]:
    commands = [package for command, package in TEST_TOOLS.items() if not shutil.which(command)]
    return commands + missing(X11) + missing(SCREEN_READING, _import_there)


def _import_there(module: str) -> None:
    """OSError where the system's own Python lacks the module."""
    parent, _, name = module.rpartition(".")
    version = f"import gi; gi.require_version({name!r}, '2.0'); " if parent else ""
    line = f"{version}import {module}"
    if subprocess.run([SYSTEM_PYTHON, "-c", line], stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode:
        raise OSError(module)


def _root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
