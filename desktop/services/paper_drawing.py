"""Which module draws a document, and its model for this person, household or site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from desktop.domain.ids import RecordId
from desktop.paper.documents import (
    arrival_slip,
    bed_assignment,
    consent,
    desk_list,
    filled_form,
    held_receipt,
    household_list,
    medical_referral,
    ration_card,
    stipend_receipt,
    tally,
    thermal,
    transfer_letter,
)
from desktop.services import paper_documents as named
from desktop.services import paper_models, typed_models
from desktop.services.session import Session

if TYPE_CHECKING:
    from desktop.paper.page import Print

Draw = Callable[["Print", Any], None]


def of_site(session: Session, document: str, copy: int, typed: Mapping[str, str]) -> tuple[Draw, object]:
    """How a list of the whole site is drawn, and its model. KeyError for another document."""
    made: dict[str, tuple[Draw, Callable[[], object]]] = {
        named.TALLY: (tally.draw, lambda: typed_models.tally(session, copy, typed)),
        named.DESK_LIST: (desk_list.draw, lambda: typed_models.desk_list(session, copy, typed)),
    }
    draw, model = made[document]
    return draw, model()


def of_person(
    session: Session, document: str, person: RecordId, copy: int, typed: Mapping[str, str], shown: frozenset[str],
) -> tuple[Draw, object]:
    """How a document about a person or their household is drawn, and its model. KeyError for another document; UserError:
    record.missing, paper.nothing_to_show."""
    made: dict[str, tuple[Draw, Callable[[], object]]] = {
        named.ARRIVAL_SLIP: (arrival_slip.draw, lambda: typed_models.slip(session, person, copy, shown)),
        named.THERMAL_SLIP: (thermal.draw_slip, lambda: typed_models.thermal_slip(session, person, copy, shown)),
        named.RATION_CARD: (ration_card.draw, lambda: typed_models.ration_card(session, person, copy, typed, shown)),
        named.REGISTRATION_FILLED: (filled_form.draw, lambda: paper_models.filled_form(session, person, copy)),
        named.HOUSEHOLD_LIST: (household_list.draw, lambda: paper_models.household(session, person, copy)),
        named.BED_ASSIGNMENT: (bed_assignment.draw, lambda: typed_models.beds(session, person, copy, typed)),
        named.STIPEND_RECEIPT: (stipend_receipt.draw, lambda: typed_models.receipt(session, person, copy, typed)),
        named.THERMAL_RECEIPT: (thermal.draw_receipt, lambda: typed_models.receipt(session, person, copy, typed)),
        named.HELD_RECEIPT: (held_receipt.draw, lambda: typed_models.held(session, person, copy, typed)),
        named.CONSENT: (consent.draw, lambda: typed_models.consent(session, person, copy)),
        named.MEDICAL_REFERRAL: (medical_referral.draw, lambda: typed_models.referral(session, person, copy, typed)),
        named.TRANSFER_LETTER: (transfer_letter.draw, lambda: typed_models.transfer(session, person, copy, typed)),
    }
    draw, model = made[document]
    return draw, model()
