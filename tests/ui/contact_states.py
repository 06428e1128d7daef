"""Contacts in every state that waits for somebody, for pictures and tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from desktop.domain.ids import RecordId
from desktop.domain.values import Value
from desktop.services import contacts, guidance, handover, intake
from desktop.services.session import Session


@dataclass(frozen=True)
class States:
    """`warned` used the warning word, `match` seems to have arrived as `person_code`, `asked` is to be taken over by somebody else, `late`
    is overdue and needs help; `sheet` was given in an older version, `stale` is over its day."""

    warned: RecordId
    match: RecordId
    person_code: str
    asked: RecordId
    late: RecordId
    sheet: RecordId
    stale: RecordId


def make(session: Session) -> States:
    """Write them down, in a vault with at least one other volunteer who can open Contacts or a site that shares it."""
    start = session.now()

    def moment(hours: float) -> str:
        return (start + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")

    def add(**values: Value) -> RecordId:
        return contacts.add(session, values={"volunteer": session.volunteer, **values})[0]

    warned = add(call_name="Ko Wai", stage="on_the_way", people=5, children=2, call_rule="they_call_us", warning_word="rain", agreed_words="mango season",
                 safe_hours=["1234567 18:00-19:00"], clock_ahead=-30, next_talk=moment(20), late_after_hours=12, handle="Signal, Wai")
    contacts.write_talk(session, contact=warned, words="They will come after the rain.")
    match = add(call_name="Phyu Phyu", stage="on_the_way", people=2, arrival_words="သရက်သီး ရာသီ", safe_hours=["67 06:00-07:30"], clock_ahead=0)
    card = intake.begin_arrival(session, language="en")
    card.form.set("/data/name", "မဖြူဖြူဝင်း")
    card.form.set("/data/said_words", "သရက်သီးရာသီ")
    registered, _ = intake.save_arrival(session, opened=card)
    asked = add(call_name="Min Thu", stage="decided", people=1, safe_hours=["135 21:00-22:00", "7 06:00-08:00"], clock_ahead=30, call_rule="message_only")
    late = add(call_name="Sai Leng", stage="on_the_way", people=3, next_talk=moment(-40), late_after_hours=6, call_rule="they_call_us",
               if_silent="Tell Saw Bwe in person. Do not ask other families.")
    contacts.write_talk(session, contact=late, words="The child is ill.", check_in="needs_help", next_talk=moment(-40))
    sheet, _ = guidance.add(session, values={
        "title": "Rivers after the rain", "text": "Rivers are high and the crossings by foot are closed.\nမြစ်ရေ တက်နေသဖြင့် ခြေကျင် မကူးပါနှင့်။",
        "area": "The hills", "source": "Two families who came last week", "stale_after": (start + timedelta(days=5)).date().isoformat(),
    })
    guidance.give(session, contact=late, sheet=sheet, way="read_out")
    newer, _ = guidance.new_version(session, sheet=sheet, values={
        "text": "Rivers are low again. Wait for the morning.\nမြစ်ရေ ကျသွားပြီ။ မနက်အထိ စောင့်ပါ။", "stale_after": (start + timedelta(days=20)).date().isoformat(),
    })
    guidance.give(session, contact=asked, sheet=newer, way="sent")
    stale, _ = guidance.add(session, values={
        "title": "ဘာယူလာရမည်", "text": "မှတ်ပုံတင်၊ ဆေး၊ ရေ။", "area": "Everywhere", "source": "Our own list",
        "dated": (start - timedelta(days=90)).date().isoformat(), "stale_after": (start - timedelta(days=30)).date().isoformat(),
    })
    handover.ask(session, contact=asked, receiver=handover.receivers(session)[0].key)
    return States(warned, match, registered.code, asked, late, newer, stale)
