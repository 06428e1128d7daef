"""A form file that somebody brings: what it is, what can be repaired, why it cannot be used."""

from desktop.forms.importing.findings import Import, Limit, Refusal, Repair
from desktop.forms.importing.looking import look

__all__ = ["Import", "Limit", "Refusal", "Repair", "look"]
