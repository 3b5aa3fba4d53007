"""Facts of every kind, valid by default, so that a test shows only what matters.

All speak of one case, ``case_1``, unless told otherwise: a Dutch team offered, accepted,
planned, flown to Adana and handed over at Antakya.
"""

from collections.abc import Callable
from datetime import datetime

from tests.fact_builders.cases import (
    a_call_sign_allotted,
    a_case_closed,
    a_case_described,
    a_case_merged,
    a_case_opened,
    a_case_reopened,
    a_claim,
    a_claim_heard,
    a_correction,
    a_fact_corrected,
    a_note_written,
    an_alert_attached,
    an_alert_heard,
)
from tests.fact_builders.decisions import (
    a_condition_declared,
    a_condition_said,
    a_consent_given,
    a_consent_withdrawn,
    a_gate_answered,
    a_phase_named,
    a_position_taken,
    a_proposal,
    a_proposal_decided,
    a_proposal_made,
    an_ask_stated,
    some_host_crews_named,
)
from tests.fact_builders.defaults import CASE, KEY_HEX, KEY_ID, SAID_AT, SHA256
from tests.fact_builders.letters import (
    a_bundle_taken_in,
    a_code_issued,
    a_code_used,
    a_conflict_noted,
    a_conflict_settled,
    a_mail_failed,
    a_mail_heard,
    a_mail_sent,
)
from tests.fact_builders.movements import (
    a_handed_over,
    a_movement_reported,
    an_alarm_acknowledged,
    an_alarm_cleared,
    an_alarm_escalated,
    an_alarm_raised,
)
from tests.fact_builders.people import (
    a_deputy_ended,
    a_deputy_named,
    a_glass_broken,
    a_person_enrolled,
    a_role_ended,
    a_role_granted,
    a_shift_handed_over,
)
from tests.fact_builders.plans import (
    a_plan_dropped,
    a_plan_line,
    a_plan_made,
    a_plan_released,
    a_plan_signed,
)
from tests.fact_builders.record import (
    a_clock_set_back,
    a_head_published,
    a_key_registered,
    a_key_revoked,
    a_key_rotated,
    a_ledger_begun,
)
from tests.fact_builders.requests import (
    a_lot_share,
    a_part_answered,
    a_request_answered,
    a_request_stated,
    a_request_withdrawn,
    a_standing_offer_released,
    a_standing_offer_withdrawn,
    an_offer_answered,
    an_offer_committed,
    an_offer_made,
    an_offer_withdrawn,
)
from u24.domain.facts.fact import Fact
from u24.wire.facts import kind_of

__all__ = [
    "BUILDERS", "CASE", "KEY_HEX", "KEY_ID", "SAID_AT", "SHA256", "a_bundle_taken_in",
    "a_call_sign_allotted", "a_case_closed", "a_case_described", "a_case_merged", "a_case_opened",
    "a_case_reopened", "a_claim", "a_claim_heard", "a_clock_set_back", "a_code_issued",
    "a_code_used", "a_condition_declared", "a_condition_said", "a_conflict_noted",
    "a_conflict_settled", "a_consent_given", "a_consent_withdrawn", "a_correction",
    "a_deputy_ended", "a_deputy_named", "a_fact_corrected", "a_gate_answered", "a_glass_broken",
    "a_handed_over", "a_head_published", "a_key_registered", "a_key_revoked", "a_key_rotated",
    "a_ledger_begun", "a_lot_share", "a_mail_failed", "a_mail_heard", "a_mail_sent",
    "a_movement_reported", "a_note_written", "a_part_answered", "a_person_enrolled",
    "a_phase_named", "a_plan_dropped", "a_plan_line", "a_plan_made", "a_plan_released",
    "a_plan_signed", "a_position_taken", "a_proposal", "a_proposal_decided", "a_proposal_made",
    "a_request_answered", "a_request_stated", "a_request_withdrawn", "a_role_ended",
    "a_role_granted", "a_shift_handed_over", "a_standing_offer_released",
    "a_standing_offer_withdrawn", "an_alarm_acknowledged", "an_alarm_cleared",
    "an_alarm_escalated", "an_alarm_raised", "an_alert_attached", "an_alert_heard",
    "an_ask_stated", "an_offer_answered", "an_offer_committed", "an_offer_made",
    "an_offer_withdrawn", "one_of_each", "said_later", "some_host_crews_named",
]  # fmt: skip

BUILDERS: tuple[Callable[..., Fact], ...] = (
    a_ledger_begun, a_key_registered, a_key_rotated, a_key_revoked, a_head_published,
    a_clock_set_back, a_person_enrolled, a_role_granted, a_role_ended, a_deputy_named,
    a_deputy_ended, a_shift_handed_over, a_glass_broken, an_alert_heard, an_alert_attached,
    a_case_opened, a_call_sign_allotted, a_case_described, a_claim_heard, a_case_merged,
    a_fact_corrected, a_note_written, a_case_closed, a_case_reopened, a_request_stated,
    a_request_withdrawn, a_request_answered, an_offer_made, a_part_answered,
    an_offer_committed, an_offer_withdrawn, a_standing_offer_released,
    a_standing_offer_withdrawn, a_consent_given, a_consent_withdrawn, a_proposal_made,
    a_position_taken, a_proposal_decided, a_condition_declared, a_condition_said,
    a_gate_answered, a_phase_named, some_host_crews_named, an_ask_stated, a_plan_made,
    a_plan_signed, a_plan_released,
    a_plan_dropped, a_movement_reported, a_handed_over, an_alarm_raised,
    an_alarm_acknowledged, an_alarm_escalated, an_alarm_cleared, a_mail_sent, a_mail_failed,
    a_mail_heard, a_code_issued, a_code_used, a_bundle_taken_in, a_conflict_noted,
    a_conflict_settled,
)  # fmt: skip


def one_of_each() -> dict[str, Fact]:
    """One valid fact of every kind, by kind."""
    facts = [build() for build in BUILDERS]
    return {kind_of(fact): fact for fact in facts}


def said_later(fact: Fact, said_at: datetime) -> Fact:
    """The same fact, said at another time."""
    values = {name: getattr(fact, name) for name in type(fact).__dataclass_fields__}
    return type(fact)(**{**values, "said_at": said_at})
