"""XLSForms: definition, evaluation, filled forms."""
