"""Who may be registered twice: what two cards have in common, weighed by how rare it is."""
