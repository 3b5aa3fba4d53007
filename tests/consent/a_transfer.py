"""A transfer of defence materiel with its gates, valid by default."""

from datetime import UTC, date, datetime, timedelta

from tests.builders import a_case, a_lot
from u24.consent.gates import gate_reasons
from u24.domain.consent import Permission, least
from u24.domain.gates import Embargo, GateAnswer
from u24.domain.proposals import ConditionWord

AT = datetime(2022, 3, 16, 12, tzinfo=UTC)
BEFORE = AT - timedelta(hours=6)
S300 = "air_defence_s300"
PASSED, BARRED = Permission.WITHIN_LIMITS, Permission.NO
ASKED = [
    "owner-licence", "maker-reexport", "att-6", "att-7",
    *(f"eu-criterion-{number}" for number in range(1, 9)),
    "end-use", "transit",
]  # fmt: skip


def an_answer(gate_id="att-6", subject="s300", **values):
    """A yes of the licensing officer, six hours before the moment that is judged."""
    default = {"passed": True, "officer": "J. Novak", "at": BEFORE, "reasons": "no objection"}
    return GateAnswer(subject=subject, gate_id=gate_id, **{**default, **values})


def all_answers(subject="s300"):
    """A yes to every gate that is asked of a Slovak system that Russia made."""
    asked = tuple(an_answer(gate_id, subject) for gate_id in ASKED)
    signed = tuple(an_answer("signatures", subject, officer=who) for who in ("A. One", "B. Two"))
    return asked + signed


def a_transfer(*answers, **values):
    """Slovakia's S-300 for Ukraine, which asked for it; the lot belongs to a proposal."""
    lot = a_lot("s300", kind=S300, member="SVK", military=True, proposal_id="transfer")
    word = ConditionWord(condition_id="host-request", holds=True, at=BEFORE)
    default = {
        "host": "UKR",
        "t0_at": BEFORE,
        "lots": (lot,),
        "consents": (),
        "condition_words": (word,),
    }
    return a_case(gate_answers=answers, **{**default, **values})


def an_embargo(**values):
    default = {"target": "UKR", "by": "UN", "from_on": date(2020, 1, 1), "source": "An act"}
    return Embargo(**{**default, **values})


def reasons_of(case, *, subject="s300", kind=S300, owner="SVK", at=AT):
    return gate_reasons(case, subject, kind, owner, at)


def word_of(case, **values):
    return least(reason.leaves for reason in reasons_of(case, **values))


def bars_of(case, **values):
    return [r.code for r in reasons_of(case, **values) if r.leaves is BARRED]


def reason_of(case, gate_id, **values):
    (reason,) = (r for r in reasons_of(case, **values) if r.code == f"gate-{gate_id}")
    return reason
