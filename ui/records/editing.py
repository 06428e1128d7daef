"""What every editor of a field is, and how a time of the day is typed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.fields import Field
from desktop.domain.values import Value
from ui.digits import plain_digits


def typed_clock(text: str) -> str:
    """``18:05`` for a time as people type it (``18:05``, ``6.30``, ``၁၈``), "" for what is none."""
    hour, colon, minute = plain_digits(text.strip()).replace(".", ":").partition(":")
    right = hour.isdecimal() and int(hour) < 24 and (not colon or (minute.isdecimal() and int(minute) < 60))
    return f"{int(hour):02}:{int(minute or 0):02}" if right else ""


class Editor(QWidget):
    """Made for a field; `name` is the objectName of what takes the keyboard. Signals: `edited` after the person changed something, `done` when
    they leave it: what is unusual may be said then."""

    edited = Signal()
    done = Signal()

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__()
        self.field, self.label = field, label

    # Qt's classes have a metaclass of their own and cannot be ABCs: that every editor has these two is checked by mypy.
    @abstractmethod
    def value(self) -> Value:
        """What is typed or chosen; "" for nothing."""

    @abstractmethod
    def put(self, value: Value) -> None:
        """Show a value without telling anybody."""

    def problem(self) -> str:
        """What is wrong in words, before a service is asked; "" if nothing."""
        return ""

    def others(self, values: Mapping[str, Value]) -> None:
        """Called with the values of all fields, when one of them changed: some are asked in another way then."""
