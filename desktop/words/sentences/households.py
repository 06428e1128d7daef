"""Sentences for households: who speaks for them, who belongs to which."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "household.head_already": ("This person is the head already.", "Nothing was changed.", ""),
    "household.apart": (
        "These people are of different households.", "Only people of one household can be moved together. Nothing was changed.", "Move them one after the other.",
    ),
    "household.nobody_moves": ("Nobody was chosen.", "Nothing was changed.", "Choose who moves."),
    "household.nobody_stays": (
        "Nobody would stay in this household.", "Nothing was changed.",
        "If all of them belong to another household, say that the two households are the same.",
    ),
    "household.has_people": (
        "There are people in this household.", "It stays on the lists as long as somebody is in it. Nothing was changed.", "Move them to another household first.",
    ),
    "household.same": ("They are of this household already.", "Nothing was changed.", "Choose another household."),
}
