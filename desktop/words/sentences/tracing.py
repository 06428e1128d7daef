"""Sentences for looking for family."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "tracing.no_consent": (
        "They have not agreed that other sites are asked.",
        "Nothing is written down without it: a request goes to the sites that share the folder Contacts.",
        "Ask them. If they do not agree, look in the list of people here only.",
    ),
    "tracing.caregiver_first": (
        "Their caregiver has to agree too.",
        "A child under 15 is asked together with the person who looks after them. Until then nothing is told.",
        "Find out who looks after the child, and ask both.",
    ),
    "tracing.caregiver_unchecked": (
        "The caregiver of this child was not checked yet.", "Until then they do not answer for the child, and nothing is told to anybody.",
        "Check the caregiver and ask the child alone. Write it on the page of the child.",
    ),
    "tracing.coordinator_first": (
        "A coordinator has to agree in place of the caregiver.",
        "Nobody who looks after this child was checked, so nobody else can agree for the child. A child of six or older is asked too.",
        "Ask the child alone. Then let a coordinator write it down, or check the caregiver first.",
    ),
    "tracing.not_asked": (
        "They were not asked yet.", "Nothing is told to anybody before they were asked and answered.", "Ask them, then say who answered.",
    ),
    "tracing.ended": ("Nobody is looked for with this request any more.", "Nothing was written down, and nothing goes out.", ""),
    "value.only_township": (
        "Write only the township, nothing nearer.", "A street, a number or a map could lead to them.", "",
    ),
    "value.township_unknown": (
        "We do not know this township.", "It is kept as you wrote it. Make sure that it is a township and nothing nearer.", "",
    ),
}
