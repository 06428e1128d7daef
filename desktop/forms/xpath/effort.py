"""How much work the rules of a form may make, so that a form that was made to never end, or by mistake does not, ends in a sentence."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.forms.xpath.errors import EvaluationError

TOO_MUCH = "takes too many steps"
"""What is told of a rule that was stopped."""
ONE = 500_000
"""Steps of one evaluation. A step is a node that a predicate is asked about; going over nodes costs a part of one. A list of 50,000 rows can be
asked row by row ten times."""
WHOLE = 4_000_000
"""Steps of all that follows from one answer."""
LEAST, SPARE = 20_000, 1_000_000
"""Steps of one evaluation after others used up the whole, and of all those together."""
WALKED, SEARCHED = 5, 3
"""Going over 2**5 nodes of a name is a step, coming across 2**3 in a search through the tree."""
ONE_SECONDS, WHOLE_SECONDS, LEAST_SECONDS = 4.0, 8.0, 0.5
"""The same by the clock, for work that no step counts, such as texts of whole trees."""
_AGAIN = 20.0  # seconds after which whoever only looks at a form has the whole again
_NEVER = float("inf")


class Overworked(EvaluationError):
    """A rule was stopped."""

    def __init__(self) -> None:
        super().__init__(TOO_MUCH)


class Effort:
    """What is left of the steps. `busy` while an expression is evaluated: those that it leads to share its steps. `settling` while everything
    that follows from one answer is computed."""

    __slots__ = ("_began", "_ends", "_filled", "_given", "_left", "_seconds", "_whole", "busy", "settling")

    def __init__(self) -> None:
        self.busy = self.settling = False
        self._left = self._given = ONE
        self._ends, self._began = _NEVER, 0.0
        self.refill()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Everything that follows from one answer, or from opening a form, has the whole between them."""
        self.refill()
        self.settling = True
        try:
            yield
        finally:
            self.settling = False

    def refill(self) -> None:
        """The whole is there again."""
        self._whole, self._seconds, self._filled = WHOLE, WHOLE_SECONDS, time.monotonic()

    def begin(self) -> None:
        """An evaluation that no other leads to begins."""
        self.busy = True
        self._left = self._given = min(ONE, self._whole) if self._whole > LEAST else min(LEAST, self._whole + SPARE)
        self._ends = _NEVER

    def end(self) -> None:
        """It is over."""
        self.busy = False
        if self._ends is not _NEVER:
            self._whole -= self._given - self._left
            self._seconds -= time.monotonic() - self._began

    def spend(self, steps: int) -> None:
        """So many steps are about to be done. Raises Overworked."""
        if self._ends is _NEVER:
            self._begin_to_count()
        self._left -= steps
        if self._left < 0 or time.monotonic() > self._ends:
            raise Overworked

    def _begin_to_count(self) -> None:
        self._began = time.monotonic()
        if not self.settling and self._began - self._filled > _AGAIN:
            self.refill()
            self._left = self._given = ONE
        self._ends = self._began + max(LEAST_SECONDS, min(ONE_SECONDS, self._seconds))
