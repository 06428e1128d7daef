"""Why two spellings may be one name, in words: the sentences for the codes of `desktop.myanmar.likeness`."""

from __future__ import annotations

from desktop.words.catalogue import translate

_VERDICTS = {
    "same": "The names agree",
    "possible": "The names may agree: look at the people",
    "different": "The names differ",
}
_REASONS = {
    "same_spelling": "Written the same way",
    "same_sound": "They sound the same",
    "other_script": "One is in Burmese letters, the other in Latin letters",
    "without_honorific": "One has a title (U, Ko, Daw …) before it",
    "other_title": "One has a title of a man, the other of a woman",
    "second_name": "One has a second name that is the other",
    "other_tone": "The Burmese spellings differ in a tone or a silent letter",
    "nearly_same_sound": "They sound nearly the same",
    "other_order": "The same parts in another order",
    "part_missing": "One has one part more",
    "one_syllable_near": "All parts agree but one, which is close",
    "nearly_same_letters": "The letters are nearly the same",
    "other_sound": "They sound different",
    "no_name": "One of them is no name",
}


def verdict(code: str, language: str) -> str:
    """The verdict in words. KeyError for an unknown one."""
    return translate(_VERDICTS[code], language)


def reason(code: str, language: str) -> str:
    """The reason in words. KeyError for an unknown one."""
    return translate(_REASONS[code], language)
