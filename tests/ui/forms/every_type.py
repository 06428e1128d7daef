"""A form with a question of every type and look, in English and Burmese, and some that are hard: nested repeats, other scripts."""

from __future__ import annotations

from functools import cache

from desktop.forms.compile import compile_workbook
from desktop.forms.definition import Definition
from desktop.forms.loading import load

EVERY_TYPE = """
| survey |
| | type | name | label::English (en) | label::Burmese (my) | appearance | parameters | hint::English (en) | hint::Burmese (my) | guidance_hint::English (en) | required | constraint | constraint_message::English (en) | constraint_message::Burmese (my) | relevant | calculation | readonly | repeat_count | media::image::English (en) | trigger |
| | note | welcome | **Welcome.** Ask slowly, *one* question at a time. See [the guide](https://example.org). | ကြိုဆိုပါသည်။ ဖြည်းဖြည်း မေးပါ။ | | | | | | | | | | | | | | | |
| | begin group | writing | Writing | စာရေးခြင်း | | | | | | | | | | | | | | | |
| | text | plain | Name of the place | နေရာအမည် | | | As people say it | ပြောသည့်အတိုင်း | Ask the eldest first. Do not guess. | yes | | | | | | | | | |
| | text | story | What happened? | ဘာဖြစ်ခဲ့သလဲ | multiline | rows=4 | | | | | | | | | | | | | |
| | text | phone | Telephone | ဖုန်းနံပါတ် | numbers | | | | | | | | | | | | | | |
| | text | hidden_word | Agreed word | သဘောတူစကားလုံး | masked | | | | | | | | | | | | | | |
| | barcode | card | Card number | ကတ်နံပါတ် | | | Scan it, or type it | စကင်ဖတ်ပါ | | | | | | | | | | | |
| | end group | | | | | | | | | | | | | | | | | | |
| | begin group | numbers | Numbers | ဂဏန်းများ | | | | | | | | | | | | | | | |
| | integer | people | How many people? | လူ ဘယ်နှစ်ယောက်လဲ | | | | | | yes | . < 30 | Fewer than 30, please look again. | ၃၀ အောက် ဖြစ်ရမည်။ | | | | | | |
| | integer | money | Money spent, kyat | ကုန်ကျငွေ | thousands-sep | | | | | | | | | | | | | | |
| | decimal | weight | Weight, kg | ကိုယ်အလေးချိန် | | | | | | | | | | | | | | | |
| | calculate | twice | | | | | | | | | | | | | ${people} * 2 | | | | |
| | text | twice_shown | Beds to prepare | ပြင်ဆင်ရန် အိပ်ရာ | | | | | | | | | | | ${twice} | yes | | | |
| | range | pain | How strong is the pain? | ဘယ်လောက်နာသလဲ | | start=0 end=10 step=1 | | | | | | | | | | | | | |
| | range | water | Water in the tank | ကန်ထဲမှ ရေ | vertical no-ticks | start=0 end=1 step=0.25 | | | | | | | | | | | | | |
| | range | stars | How good was the food? | အစားအစာ | rating | start=1 end=5 step=1 | | | | | | | | | | | | | |
| | range | floor | Which floor? | ဘယ်နှစ်ထပ်လဲ | picker | start=0 end=12 step=1 | | | | | | | | | | | | | |
| | end group | | | | | | | | | | | | | | | | | | |
| | begin group | days | Days and times | ရက်နှင့် အချိန် | | | | | | | | | | | | | | | |
| | date | left_on | Left home on | အိမ်မှ ထွက်သည့်ရက် | | | | | | | | | | | | | | | |
| | date | plain_day | Came here on | ရောက်သည့်ရက် | no-calendar | | | | | | | | | | | | | | |
| | date | since_month | Here since | ဘယ်လကတည်းက | month-year | | | | | | | | | | | | | | |
| | date | born_year | Year of birth | မွေးသက္ကရာဇ် | year | | | | | | | | | | | | | | |
| | time | at_time | Time of the call | ဖုန်းခေါ်သည့်အချိန် | | | | | | | | | | | | | | | |
| | dateTime | at_moment | Next talk | နောက်တစ်ကြိမ် စကားပြောမည့်အချိန် | | | | | | | | | | | | | | | |
| | end group | | | | | | | | | | | | | | | | | | |
| | begin group | choosing | Choosing | ရွေးချယ်ခြင်း | | | | | | | | | | | | | | | |
| | select_one yes_no | agreed | Do they agree? | သဘောတူပါသလား | | | | | | yes | | | | | | | | | |
| | note | agreed_note | Thank them. Their name is not written here. | ကျေးဇူးတင်ပါ။ | | | | | | | | | | ${agreed} = 'yes' | | | | | |
| | select_one townships | township | Township | မြို့နယ် | minimal | | | | | | | | | | | | | | |
| | select_one townships | township_found | Township of birth | မွေးဖွားရာ မြို့နယ် | autocomplete | | | | | | | | | | | | | | |
| | select_one yes_no | quick_one | Seen by a medic? | ဆေးမှူး ကြည့်ပြီးပြီလား | quick | | | | | | | | | | | | | | |
| | select_one agree | scale | The talk was helpful | စကားပြောရတာ အကျိုးရှိသည် | likert | | | | | | | | | | | | | | |
| | select_one townships | in_columns | Where to go? | ဘယ်သွားမလဲ | columns-3 | | | | | | | | | | | | | | |
| | select_one long | long_words | What is said about the house | အိမ်အကြောင်း | | | | | | | | | | | | | | | |
| | select_multiple needs | needs | Needs | လိုအပ်ချက်များ | | | | | | | | | | | | | | | |
| | select_multiple townships | seen_places | Places on the way | လမ်းတွင်ဖြတ်ခဲ့သော နေရာများ | minimal | | | | | | | | | | | | | | |
| | select_one signs | picture | Which sign was it? | ဘယ်အမှတ်အသားလဲ | columns | | | | | | | | | | | | | | |
| | rank needs | first_needs | What is needed first? | ဘာအရင်လိုသလဲ | | | | | | | | | | | | | | | |
| | acknowledge | told | I read the explanation aloud | ရှင်းလင်းချက်ကို ဖတ်ပြပြီး | | | | | | | | | | | | | | | |
| | end group | | | | | | | | | | | | | | | | | | |
| | begin group | matrix | What there is | ရှိသည့်အရာများ | table-list | | | | | | | | | | | | | | |
| | select_one amount | blankets | Blankets | စောင် | | | | | | | | | | | | | | | |
| | select_one amount | nets | Mosquito nets | ခြင်ထောင် | | | | | | | | | | | | | | | |
| | select_one amount | pots | Pots, and anything else to cook with | အိုးခွက်များနှင့် ချက်ပြုတ်ရန် အခြားပစ္စည်းများ | | | | | | | | | | | | | | | |
| | end group | | | | | | | | | | | | | | | | | | |
| | begin group | places | Places | နေရာများ | | | | | | | | | | | | | | | |
| | geopoint | point | Place of the well | ရေတွင်းနေရာ | | | | | | | | | | | | | | | |
| | geotrace | line | Line of the pipe | ပိုက်လိုင်း | | | | | | | | | | | | | | | |
| | geoshape | area | The garden | ဥယျာဉ် | | | | | | | | | | | | | | | |
| | end group | | | | | | | | | | | | | | | | | | |
| | begin repeat | house | House | အိမ် | | | | | | | | | | | | | | | |
| | text | house_name | Name of the house | အိမ်အမည် | | | | | | | | | | | | | | | |
| | integer | rooms | Rooms | အခန်း | | | | | | | | | | | | | | | |
| | begin repeat | person | Person in it | အိမ်သူအိမ်သား | | | | | | | | | | | | | | | |
| | text | who | Name | အမည် | | | | | | | | | | | | | | | |
| | integer | age | Age | အသက် | | | | | | yes | | | | | | | | | |
| | end repeat | | | | | | | | | | | | | | | | | | |
| | end repeat | | | | | | | | | | | | | | | | | | |
| | integer | bag_count | How many bags? | အိတ် ဘယ်နှစ်လုံးလဲ | | | | | | | | | | | | | | | |
| | begin repeat | bag | Bag | အိတ် | | | | | | | | | | | | | ${bag_count} | | |
| | text | bag_label | What is on the label? | တံဆိပ်တွင် ဘာရေးထားသလဲ | | | | | | | | | | | | | | | |
| | end repeat | | | | | | | | | | | | | | | | | | |
| choices |
| | list_name | name | label::English (en) | label::Burmese (my) | media::image::English (en) |
| | yes_no | yes | Yes | ဟုတ်ကဲ့ | |
| | yes_no | no | No | မဟုတ်ပါ | |
| | agree | a1 | Not at all | လုံးဝမဟုတ် | |
| | agree | a2 | A little | နည်းနည်း | |
| | agree | a3 | In part | တစ်စိတ်တစ်ပိုင်း | |
| | agree | a4 | Mostly | များသောအားဖြင့် | |
| | agree | a5 | Completely, in every way | လုံးဝ သဘောတူသည် | |
| | townships | hpa_an | Hpa-An | ဘားအံ | |
| | townships | kawkareik | Kawkareik | ကော့ကရိတ် | |
| | townships | myawaddy | Myawaddy | မြဝတီ | |
| | townships | hlaingbwe | Hlaingbwe | လှိုင်းဘွဲ့ | |
| | townships | papun | Papun | ဖာပွန် | |
| | townships | thandaung | Thandaunggyi | သံတောင်ကြီး | |
| | townships | kyain | Kyainseikgyi | ကြာအင်းဆိပ်ကြီး | |
| | townships | thaton | Thaton | သထုံ | |
| | long | l1 | The house stands and can be lived in as it is, nothing has to be done before the rain | အိမ်သည် ယခုအတိုင်း နေထိုင်နိုင်ပြီး မိုးမကျမီ ဘာမှ ပြင်ဆင်ရန်မလိုပါ | |
| | long | l2 | The house stands, the roof has to be mended | အိမ်ရှိသည်၊ အမိုးပြင်ရန်လိုသည် | |
| | long | l3 | Nothing is left | ဘာမှမကျန်တော့ပါ | |
| | needs | medicine | Medicine | ဆေးဝါး | |
| | needs | food | Food | အစားအစာ | |
| | needs | bed | A bed tonight | ယနေ့ည အိပ်ရာ | |
| | needs | talk | A private talk | သီးသန့် စကားပြောရန် | |
| | signs | cross | A cross | ကြက်ခြေ | cross.png |
| | signs | ring | A ring | အဝိုင်း | ring.png |
| | amount | none | None | မရှိ | |
| | amount | few | Too few | မလုံလောက် | |
| | amount | enough | Enough | လုံလောက် | |
| settings |
| | form_title | form_id | version | default_language |
| | Every type of question | every_type | 7 | English (en) |
"""

SCRIPTS = """
| survey |
| | type | name | label::Karen (ksw) | label::Shan (shn) | label::Mon (mnw) |
| | begin group | g | ကညီကျိာ် | လိၵ်ႈတႆး | ဘာသာမန် |
| | text | t | နမံၤဒ်လဲၣ် | ၸိုဝ်ႈမႂ်းၸိုဝ်ႈသင် | ယၟု |
| | select_one c | s | ကညီကလုာ် | ၶေႃႈထၢမ် | သ္ကိုပ် |
| | end group | | | | |
| choices |
| | list_name | name | label::Karen (ksw) | label::Shan (shn) | label::Mon (mnw) |
| | c | a | မ့ၢ် | ၸႂ်ႈ | တုဲ |
| | c | b | တမ့ၢ်ဘၣ် | ဢမ်ႇၸႂ်ႈ | ဟွံသေင် |
| settings |
| | form_title | form_id | version | default_language |
| | ကညီ | scripts | 1 | Karen (ksw) |
"""


@cache
def compiled(markdown: str = EVERY_TYPE) -> bytes:
    """The form as XML."""
    return compile_workbook(markdown).xml


@cache
def definition(markdown: str = EVERY_TYPE) -> Definition:
    """The form, read once."""
    return load(compiled(markdown))


def long_form(questions: int) -> str:
    """A form of so many questions without a single group."""
    rows = "\n".join(f"| | {'integer' if at % 3 else 'text'} | q{at} | Question {at} | |" for at in range(1, questions + 1))
    return f"| survey |\n| | type | name | label | relevant |\n{rows}\n| settings |\n| | form_title | form_id |\n| | Long | long |"
