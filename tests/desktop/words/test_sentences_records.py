from __future__ import annotations

from desktop.words.catalogue import LANGUAGES, known
from desktop.words.sentences.records import SENTENCES


def test_every_sentence_is_known_in_every_language() -> None:
    texts = {text for parts in SENTENCES.values() for text in parts if text}
    assert [(language, text) for language in LANGUAGES for text in texts if not known(text, language)] == []
