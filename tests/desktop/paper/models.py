"""Models of documents for tests, measurements and the gallery: ordinary ones, empty ones, and the longest that may come. All invented."""

from __future__ import annotations

from desktop.domain.codes import ALPHABET, check_character
from desktop.domain.values import Silence
from desktop.exchange.cards import MAX_BYTES
from desktop.paper.documents.arrival_slip import ArrivalSlip
from desktop.paper.documents.filled_form_model import Answer, Chosen, FilledSheet, Part, Section
from desktop.paper.documents.handing_out import HandingOut, Household
from desktop.paper.documents.household_list import Asked, HouseholdList, Member
from desktop.paper.documents.recovery_sheet import RecoveryPart, RecoverySheet
from desktop.paper.documents.site_card import SiteCardSheet
from desktop.paper.words import Pair, pair

LONG_MY = "မသဉ္ဇာရွှေဝတ်ရည်ပုဂ္ဂိုလ်ကျော်စွာလင်းထက်မြတ်နိုးဦးဩဇာပြည့်စုံခင်ခင်ဝင်းကြည်ကြီး"
LONG_EN = "Daw Thinzar Shwe Wut Yi Kyaw Swar Lin Htet Myat Noe Oo Awza Pyae Sone Khin Win X"
UNBROKEN = "Maungmaungkyawzwalinhtetaungmyintmoethantzawyannaingsoesatpaingphyohtutkhaungminn"
KAREN, SHAN, MON = "နော်ဖိၣ်ကျိၥ်ဘူၣ်", "ၸၢႆးၵူၼ်းမိူင်း", "မိဂကူဍုၚ်မန်"


def code(at: int) -> str:
    seven = "".join(ALPHABET[(at * 7 + place * 11 + 3) % 32] for place in range(7))
    return seven + check_character(seven)


def slips() -> dict[str, ArrivalSlip]:
    return {
        "usual": ArrivalSlip(code(1)), "wide": ArrivalSlip("QQMMWWM" + check_character("QQMMWWM"), 888),
        "named": ArrivalSlip(code(1), 2, Pair.same("နော်ဖောမူးသန်း")), "long name": ArrivalSlip(code(1), 2, Pair.same(LONG_MY)),
        "unbroken name": ArrivalSlip(code(1), 2, Pair.same(UNBROKEN)),
    }


WIFE, SON, FOCAL = Pair("ဇနီး", "Wife"), Pair("သား", "Son"), Pair("အိမ်ထောင်ဦးစီး", "Head")
MAN, WOMAN = Pair("ကျား", "Man"), Pair("မ", "Woman")
NEEDS = Pair("အစားအစာ၊ စောင်", "Food, blanket")


def member(at: int, name: str, other: str, needs: Pair = NEEDS) -> Member:
    return Member(name, other, (FOCAL, WIFE, SON)[min(at, 2)], WOMAN if at % 2 else MAN, str(40 - at * 3), code(at), needs, at < 3)


def asked(left: bool | Silence | None, alone: bool | Silence | None) -> tuple[Asked, ...]:
    return Asked(pair("Family left behind?"), left), Asked(pair("Child without parents?"), alone)


def households() -> dict[str, HouseholdList]:
    four = (
        member(0, "ကျော်စွာလင်းထက်", "Kyaw Swar Lin Htet"), member(1, "နော်ဖောမူးသန်း", "Naw Paw Mu Than"),
        member(2, "မောင်ဇေယျာဖြိုး", "Mg Zeyar Phyo"), member(3, KAREN, "", Pair("", "")),
    )
    many = [
        member(at, (LONG_MY, KAREN, SHAN, MON, UNBROKEN)[at % 5], (LONG_EN, UNBROKEN, "")[at % 3], Pair(
            "အစားအစာ၊ စောင်၊ အဝတ်အစား၊ အိပ်ရာ၊ ဆပ်ပြာစသည်၊ စာရွက်စာတမ်း", "Food, blanket, clothes, bed, hygiene kit, papers",
        )) for at in range(12)
    ]
    related = (Pair("အမေ", "Mother"), Pair("အစ်ကို", "Brother"), Pair("သမီး", "Daughter"))
    day = "2026-11-21"
    return {
        "usual": HouseholdList(code(9), day, four, 1, 1, 2, asked(True, False), related, day, "V07", 2),
        "empty": HouseholdList(code(9), "", (), 0, 0, 0, asked(None, None), (), day),
        "twelve": HouseholdList(code(9), day, tuple(many), 2, 3, 7, asked(Silence.REFUSED, Silence.UNKNOWN), related * 7, day, "V07", 11),
        "thirty": HouseholdList(code(9), day, tuple(many * 3)[:30], 2, 3, 25, asked(Silence.NOT_ASKED, True), (), day, "V07"),
        "one": HouseholdList(code(9), day, four[:1], 0, 0, 1, asked(False, False), (), day, "V07"),
    }


def handing_out() -> dict[str, HandingOut]:
    lines = tuple(Household(code(at), at % 12 + 1, at % 12 * 2 + 1) for at in range(500))
    return {"usual": HandingOut(lines[:6], "2026-11-21"), "many": HandingOut(lines, "2026-11-21"), "empty": HandingOut((), "2026-11-21")}


def recoveries() -> dict[str, RecoverySheet]:
    text = "".join(ALPHABET[(at * 13 + 5) % 32] for at in range(32))
    return {"usual": RecoverySheet(text), "words": RecoverySheet(text[::-1], ("lantern", "harbour"))}


def recovery_parts() -> dict[str, tuple[RecoveryPart, ...]]:
    text = "".join(ALPHABET[(at * 11 + 3) % 32] for at in range(32))
    rows = {part: tuple((other, text[part * other:] + text[: part * other]) for other in (1, 2, 3) if other != part) for part in (1, 2, 3)}
    return {"usual": tuple(RecoveryPart(part, rows[part], "+".join(row for _, row in rows[part])) for part in rows)}


WORDS = ("lantern", "river", "mango", "copper", "window", "basket", "thunder", "pencil", "orchid", "saddle", "harbour", "cotton")


BASE45 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def cards() -> dict[str, SiteCardSheet]:
    day = "2026-11-21"
    return {
        "usual": SiteCardSheet("စံပယ် J-4", WORDS, bytes(range(180)), day),
        "long": SiteCardSheet("နွေဦးပန်းဥယျာဉ်အသစ်ကြီး Spring", ("extraordinarily",) * 12, (b"WS1:" + BASE45 * 11)[:MAX_BYTES], day, 12),
    }


YES, NO = Chosen(1, Pair("ဟုတ်ကဲ့", "Yes")), Chosen(2, Pair("မဟုတ်ပါ", "No"))
ARMY = Chosen(1, Pair("ကြည်းတပ်", "Army"))
FOOD, BLANKET = Chosen(1, Pair("အစားအစာ", "Food")), Chosen(2, Pair("စောင်", "Blanket"))

_USUAL = (
    ("ရောက်ရှိမှု", "Arrival", (
        ("ရောက်ရှိသည့်နေ့", "Arrival date", "21 / နိုဝင်ဘာ Nov / 2026"),
        ("ပြောသည့် ဘာသာစကား", "Language of the talk", (Chosen(1, Pair("မြန်မာ", "Burmese")),)),
        ("အချက်အလက် ရရှိရာ", "Source of information", (Chosen(1, Pair("ကိုယ်တိုင် ပြောသည်", "Told by the person")),)),
        ("အသိပေးစာ ဖတ်ပြပြီး", "Notice read out", (YES,)),
    )),
    ("ပုဂ္ဂိုလ်", "Person", (
        ("အမည်အပြည့်အစုံ", "Full name as spoken", "ကျော်စွာလင်းထက်"), ("အင်္ဂလိပ်အက္ခရာဖြင့် အမည်", "Name in English letters", "Kyaw Swar Lin Htet"),
        ("လူရှေ့တွင် ခေါ်ရန်အမည်", "Name to call in public", "ကိုလင်း  Ko Lin"), ("ကျား/မ", "Sex", (Chosen(1, MAN),)),
        ("မွေးသက္ကရာဇ် / အသက်", "Date of birth / age", "1994"), ("မွေးရပ် မြို့နယ်", "Township of birth", "ကျောက်ကြီး  Kyaukkyi"),
        ("အဖအမည်", "Father's name", "ဦးမြင့်သန်းဦး"), ("အမိအမည်", "Mother's name", Silence.UNKNOWN),
        ("ပြောတတ်သော ဘာသာစကား", "Languages spoken", (Chosen(1, Pair("မြန်မာ", "Burmese")), Chosen(2, Pair("ကရင်", "Karen")))),
        ("စာရေးစာဖတ်တတ်သည်", "Can read and write", (YES,)),
        ("အိမ်ထောင်ရှိ/မရှိ", "Marital status", (Chosen(2, Pair("အိမ်ထောင်ရှိ", "Married")),)),
        ("စာရွက်စာတမ်း (ကြည့်၊ ပြန်ပေး)", "Papers (look, then give back)", (Chosen(1, Pair("စိစစ်ရေးကတ်", "Citizenship")),)),
        ("ဖုန်းနံပါတ်", "Phone number", Silence.REFUSED), ("ဖုန်းခေါ်လျှင် ဘေးကင်းပါသလား", "Is it safe to call?", (NO,)),
    )),
    ("အတူလာသူများ", "Travelling together", (
        ("တစ်ဦးတည်း လာသလား", "Came alone?", (NO,)), ("အိမ်ထောင်စု မှတ်တမ်းအမှတ်", "Household number", "H3T9-WRC2"), ("လူဦးရေ", "Number of people", "4"),
        ("ကျန်ခဲ့သော မိသားစု ရှိပါသလား", "Family left behind?", (Chosen(1, Pair("ရှိ", "Yes")),)),
        ("မိဘမပါသော ကလေး ပါသလား", "Child without parents?", (Chosen(2, Pair("မပါ", "No")),)),
    )),
    ("အမှုထမ်းခဲ့မှု", "Service background", (
        ("ဌာန", "Served in", (ARMY,)), ("ရာထူး (ပြောသည့်အတိုင်း)", "Rank (as told)", "ဒုတိယတပ်ကြပ်  Lance corporal"),
        ("အမှုထမ်းသက် (နှစ်)", "Years of service", "9"), ("ထွက်လာသည့် လနှင့် နှစ်", "Month and year left", "စက်တင်ဘာ Sep / 2026"),
    )),
    ("ကျန်းမာရေးနှင့် လိုအပ်ချက်များ", "Health and needs", (
        ("ယခု အရေးပေါ် ဖြစ်နေသလား", "Emergency now?", (NO,)), ("နေ့စဉ် သောက်ရသော ဆေးဝါး", "Daily medicine", Silence.UNKNOWN),
        ("ယနေ့ လိုအပ်သည်", "Needed today", (FOOD, BLANKET)),
    )),
    ("ဘေးကင်းရေး", "Safety", (
        ("သီးသန့် စကားပြောရန် လိုသည်", "Needs a private talk", (YES,)), ("ဤနေရာရှိ တစ်ဦးဦးကို ကြောက်ရွံ့", "Afraid of someone here", Silence.NOT_ASKED),
        ("မမျှဝေရ", "Do not share with", "မည်သူ့ကိုမျှ မမျှဝေရ  Nobody"),
    )),
)


def answer(my: str, en: str, said: object) -> Answer:
    label = Pair(my, en)
    if isinstance(said, Silence):
        return Answer(label, silence=said)
    return Answer(label, said) if isinstance(said, str) else Answer(label, chosen=tuple(said))  # type: ignore[arg-type]


FIRST, SECOND = ("ကျော်စွာ", "နော်ဖော", "သင်းသင်း", "ဇော်မျိုး", "ခင်ဥမ္မာ", "စောထူး"), ("လင်းထက်", "မူးသန်း", "ဦး", "ထွန်း", "ဝါး", "ရည်")


def sections(at: int = 0) -> tuple[Section, ...]:
    """The usual answers; names and the number of people differ with `at`."""
    names = {"ကျော်စွာလင်းထက်": FIRST[at % 6] + SECOND[at // 6 % 6], "ဦးမြင့်သန်းဦး": f"ဦး{FIRST[at // 3 % 6]}{SECOND[at % 6]}", "4": str(at + 1)}
    return tuple(
        Section(Pair(my, en), (Part(tuple(
            answer(label, label_en, names.get(said, said) if isinstance(said, str) else said) for label, label_en, said in answers
        )),))
        for my, en, answers in _USUAL
    )


def registration(at: int = 0) -> FilledSheet:
    """The usual two pages, with a code of its own."""
    return FilledSheet(code(at), pair("Registration form"), "4", sections(at), "2026-11-21", "V07")


def registrations() -> dict[str, FilledSheet]:
    story = "ကျွန်ုပ်တို့သည် မြို့မှ ထွက်လာပြီး လမ်းတွင် ရက်ပေါင်းများစွာ ကြာခဲ့ပါသည်။ " * 6
    longest = (
        answer("အမည်အပြည့်အစုံ " * 5, "A label that goes on for much longer than any label of a form should ever go on", LONG_MY),
        answer("အမည်", "Name", LONG_EN), answer("အမည်", "Unbroken", UNBROKEN * 4), answer(UNBROKEN, UNBROKEN, KAREN),
        answer("ကရင်", "Karen", KAREN * 3), answer("ရှမ်း", "Shan", SHAN * 4), answer("မွန်", "Mon", MON * 5),
        answer("ရွေးချယ်ချက်", "Many chosen", tuple(Chosen(at, Pair("ဆပ်ပြာစသည် ပစ္စည်း", "Hygiene kit")) for at in range(1, 15))),
        answer("ရှည်", "Long options", (Chosen(10, Pair(story[:140], "An option with words for three lines " * 5)),)),
        answer("အကြောင်း", "Story", story), answer("ဇာတ်လမ်း", "A story of many pages", story * 12), answer("လိုင်း", "Lines", "a\nb\n\nပုဂ္ဂိုလ်"),
    )
    people = tuple(Part(sections()[1].parts[0].answers[:6], Pair(f"အတူလာသူ {at}", f"Person {at}")) for at in range(1, 13))
    empty = tuple(
        Section(one.title, tuple(Part(tuple(Answer(a.label) for a in part.answers)) for part in one.parts)) for one in sections()
    )
    day, title = "2026-11-21", pair("Registration form")
    return {
        "usual": registration(1),
        "empty": FilledSheet(code(2), title, "4", empty, day),
        "no sections": FilledSheet(code(2), title, "4", (), day),
        "longest": FilledSheet(code(3), Pair("ရောက်ရှိလာသူများနှင့် မိသားစုဝင်များအတွက် အသေးစိတ် စာရင်းသွင်းပုံစံ", "A form with a title that nobody would read to its end"),
                                "20261121001", (Section(Pair("ပုဂ္ဂိုလ်", "Person"), (Part(longest),)),), day, "V07", 12),
        "people": FilledSheet(code(4), title, "4", (
            Section(Pair(LONG_MY, LONG_EN), people), Section(Pair("ကျန်းမာရေး", "Health"), (), locked=True), *sections()[3:],
        ), day, "V07"),
        "one language": FilledSheet(code(5), Pair.same("Camp survey"), "1", (
            Section(Pair.same("Household"), (Part((Answer(Pair.same("How many children?"), "3"),)),)),
        ), day),
    }
