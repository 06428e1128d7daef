"""Sentences for joining two records."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "merge.kinds": (
        "These two cannot be made one.",
        "Only two people, or two households, can be the same. Nothing was changed.",
        "Choose two of the same kind.",
    ),
    "merge.same": ("This is one record already.", "Nothing was changed.", "Choose another person or household."),
    "merge.not_joined": ("This record stands for itself.", "It was not made one with another. Nothing was changed.", ""),
}
