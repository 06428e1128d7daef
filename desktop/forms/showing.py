"""What a form says about how its questions look, beyond their type and appearance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Media:
    """Names of companion files that are shown or played with a text; "" where there is none. `big_image` is shown when the small one is
    clicked."""

    image: str = ""
    big_image: str = ""
    audio: str = ""
    video: str = ""

    def __bool__(self) -> bool:
        return bool(self.image or self.big_image or self.audio or self.video)


@dataclass(frozen=True)
class Widget:
    """Of a control. `start`, `end` and `step` belong to a range. `media_type` says which files an upload takes (``image/*``, ``audio/*``,
    ``video/*``, ``application/*`` or a list of types and ``.pdf``-like endings separated by commas; "" where it takes none).
    `rows`: lines of a text field, 0 if the form does not say. `mask`: how a text is typed in, in the letters of the form's author.
    `max_pixels`: of the long side of a picture, 0 if the form does not say. The accuracies are metres and belong to a geopoint: one
    that is good enough to be taken at once, and one that is bad enough to warn. `intent`: the other program that a phone would start
    (a laptop has none: the question is typed). `listed`: a text whose choices come from a long list
    (`select_one_external`): the window offers them, and any text is taken."""

    start: Decimal | None = None
    end: Decimal | None = None
    step: Decimal | None = None
    media_type: str = ""
    rows: int = 0
    mask: str = ""
    max_pixels: int = 0
    accuracy_threshold: Decimal | None = None
    unacceptable_accuracy: Decimal | None = None
    intent: str = ""
    listed: bool = False


NO_MEDIA = Media()
PLAIN = Widget()


@dataclass(frozen=True)
class Language:
    """A language of a form. `name` is the form's own name of it (``Burmese (my)``), `code` its ISO 639 code or "" if nobody knows,
    `called` how its speakers call it (``မြန်မာ``), else the form's name of it without the code."""

    name: str
    code: str
    called: str


def language_of(name: str) -> Language:
    """What the form's own name of a language says: ``Burmese (my)``, ``my``, ``Myanmar``, ``default``."""
    bare, _, tail = name.partition("(")
    bare = bare.strip()
    code = tail.rstrip(") ").strip().lower()
    if not code:
        lowered = bare.lower()
        code = lowered if lowered in _CALLED else _CODES.get(lowered, "")
    return Language(name, code, _CALLED.get(code.partition("-")[0], bare or code))


_CALLED = {
    "en": "English", "my": "မြန်မာ", "kar": "ကညီကျိာ်", "ksw": "ကညီကျိာ်", "pwo": "ဖၠုံ", "kjp": "ဖၠုံ", "shn": "လိၵ်ႈတႆး", "mnw": "ဘာသာမန်", "th": "ไทย",
    "kac": "Jinghpaw", "rki": "ရခိုင်", "rhg": "Ruáingga", "cnh": "Laiholh", "ctd": "Zolai", "fr": "Français", "es": "Español",
    "pt": "Português", "ar": "العربية", "fa": "فارسی", "ur": "اردو", "hi": "हिन्दी", "bn": "বাংলা", "ne": "नेपाली", "sw": "Kiswahili",
    "id": "Bahasa Indonesia", "ru": "Русский", "uk": "Українська", "zh": "中文", "lo": "ລາວ", "km": "ខ្មែរ", "vi": "Tiếng Việt",
    "de": "Deutsch", "it": "Italiano", "nl": "Nederlands", "tr": "Türkçe", "so": "Soomaali", "am": "አማርኛ", "ps": "پښتو", "ku": "Kurdî",
    "ht": "Kreyòl ayisyen",
}
_CODES = {
    "english": "en", "burmese": "my", "myanmar": "my", "မြန်မာ": "my", "မြန်မာဘာသာ": "my", "karen": "ksw", "s'gaw karen": "ksw",
    "sgaw karen": "ksw", "pwo karen": "kjp", "shan": "shn", "mon": "mnw", "thai": "th", "kachin": "kac", "jinghpaw": "kac",
    "rakhine": "rki", "rohingya": "rhg", "french": "fr", "français": "fr", "francais": "fr", "spanish": "es", "español": "es",
    "espanol": "es", "portuguese": "pt", "português": "pt", "arabic": "ar", "العربية": "ar", "persian": "fa", "farsi": "fa", "dari": "fa",
    "urdu": "ur", "hindi": "hi", "bengali": "bn", "bangla": "bn", "nepali": "ne", "swahili": "sw", "kiswahili": "sw", "indonesian": "id",
    "bahasa indonesia": "id", "russian": "ru", "ukrainian": "uk", "chinese": "zh", "lao": "lo", "khmer": "km", "vietnamese": "vi",
    "german": "de", "italian": "it", "dutch": "nl", "turkish": "tr", "somali": "so", "amharic": "am", "pashto": "ps", "kurdish": "ku",
    "haitian creole": "ht",
}
