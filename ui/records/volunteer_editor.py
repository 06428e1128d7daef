"""Who does something or looks after somebody: a volunteer, chosen by name."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain import carers
from desktop.domain.carers import Carer
from desktop.domain.fields import Field
from desktop.domain.values import Value
from ui.widgets.fields import Drop
from ui.widgets.layout import row
from ui.words import tr

from .editing import Editor


class VolunteerEditor(Editor):
    """Nobody, or one of those who are offered; somebody else who was chosen before (at another site) stays among them."""

    def __init__(self, field: Field, name: str, label: str) -> None:
        super().__init__(field, name, label)
        self._drop = Drop([("", tr("Nobody yet"))], name=name, width=300)
        self._drop.setAccessibleName(label)
        self._drop.picked.connect(lambda _key: self.edited.emit())
        self.setFocusProxy(self._drop)
        self.setLayout(row(self._drop, None))

    def offer(self, volunteers: Sequence[Carer]) -> None:
        """Let these be chosen."""
        for one in volunteers:
            self._add(one)

    def _add(self, one: Carer) -> None:
        known = [carers.read(self._drop.itemData(at)) for at in range(self._drop.count())]
        if all(other is None or other.key != one.key for other in known):
            self._drop.addItem(one.name, one.text())

    def value(self) -> Value:
        return self._drop.key()

    def put(self, value: Value) -> None:
        one = carers.read(value)
        if one is None:
            self._drop.choose("")
            return
        self._add(one)
        at = next(at for at in range(self._drop.count()) if (other := carers.read(self._drop.itemData(at))) and other.key == one.key)
        self._drop.setItemData(at, one.text())  # with the name they had then: nothing changes by looking
        self._drop.setCurrentIndex(at)
