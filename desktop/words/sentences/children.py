"""Sentences for children without parents."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "child.known": ("This child is looked after already.", "There is a case for this child. Nothing was changed.", ""),
    "child.grown": ("This person is 18 or older.", "These steps are for children. Nothing was changed.", "Look at the age on the page of the person."),
    "child.caregiver_grown": ("A caregiver has to be 18 or older.", "Nothing was changed.", "Choose somebody grown."),
    "child.another_caregiver": (
        "Somebody else looks after the child now.", "It was changed while this was written, and what is written was about another caregiver. Nothing was changed.",
        "Close the form, look at who it is now, and open it again.",
    ),
    "child.no_caregiver": ("Nobody is named who looks after the child.", "Nothing was changed.", "First say who it is, then how they were checked."),
    "child.check_first": (
        "The caregiver was not checked enough.", "It takes two kinds of check, and a child of six or older is asked alone. Nothing was changed.",
        "Ask the child alone, and check in one more way.",
    ),
    "child.does_not_agree": (
        "The child has not agreed to this caregiver.", "Nobody is given to a caregiver against their will. Nothing was changed.",
        "Ask the child alone. If they do not agree, find somebody else.",
    ),
    "child.decide_together": (
        "Two people at least decide, and say why.", "What is best for a child is never decided by one person alone. Nothing was changed.",
        "Write who decided, between commas, and why.",
    ),
    "child.agree_first": (
        "Those who have to agree have not all agreed.",
        "From six on the child is asked, below 15 the caregiver too. Nothing was changed.", "Ask them, then say who agreed.",
    ),
    "child.reunite_undecided": (
        "It was not decided yet that the child goes to the family.", "It needs that decision, and with whom the child lives. Nothing was changed.",
        "Write the decision first.",
    ),
    "child.two_decisions": (
        "Two different decisions were written for this child.", "Nobody is given to a family while those who decide do not agree. Nothing was changed.",
        "Talk to each other, then settle it on Today or write the decision anew.",
    ),
    "child.close_why": ("Say why it is closed.", "Nothing was changed.", "Write in a few words what became of the child."),
}
