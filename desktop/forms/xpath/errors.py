"""What can be wrong with an expression: found while reading it, or while evaluating it."""

from __future__ import annotations


class ExpressionError(Exception):
    """The text is no expression, or it uses a function that does not exist. `code` is ``syntax`` or ``function``."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class EvaluationError(Exception):
    """An expression that was read could not be evaluated with the answers given so far."""
