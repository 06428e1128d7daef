"""Repairs that are offered: each module finds one kind of damage and knows how to mend it."""
