"""Every command, valid in one case of ``a_filled_desk``, and who may give it: a table by hand."""

from tests.builders import a_consent, a_grounds, a_lot, a_need, a_place, at_h
from tests.fact_builders.cases import a_claim
from tests.facts import a_note_written
from u24.domain.asks import Part
from u24.domain.commands import cases, decisions, movements, people, plans, requests
from u24.domain.facts.movements import Milestone
from u24.domain.facts.people import EVERY_CASE, Role
from u24.domain.facts.requests import Reply
from u24.domain.proposals import Position, Stance
from u24.wire.facts import encode_fact

LETTERS = {
    "A": Role.ADMINISTRATOR, "D": Role.DUTY_OFFICER, "F": Role.FOCAL_POINT,
    "H": Role.HOST_OFFICER, "C": Role.DECISION_MAKER, "L": Role.LOGISTICIAN,
    "G": Role.LEGAL_OFFICER, "O": Role.OBSERVER,
}  # fmt: skip
KEY = "ab" * 32

# name: (who may; who of a member that it is not about; in a closed case; where the role must be)
# where: case - here or everywhere; all - everywhere; own - anywhere, in one's own name
TABLE = {
    "HearAlert": ("DFHL", "DFL", False, "case"),
    "HearAlert of no case": ("DFHL", "DFL", True, "all"),
    "OpenCase": ("DH", "D", True, "all"),
    "AttachAlert": ("D", "D", False, "case"),
    "DescribeCase": ("DHL", "DL", False, "case"),
    "HearClaim": ("DFHL", "DFL", False, "case"),
    "StateRequest": ("DH", "D", False, "case"),
    "WithdrawRequest": ("DH", "D", False, "case"),
    "AnswerRequest": ("FC", "", False, "case"),
    "ReleaseStandingOffer": ("FC", "", True, "all"),
    "WithdrawStandingOffer": ("FC", "", True, "all"),
    "DraftOffer": ("DFC", "D", False, "case"),
    "MakeOffer": ("FC", "", False, "case"),
    "AnswerOffer": ("H", "", False, "case"),
    "CommitOffer": ("FC", "", False, "case"),
    "WithdrawOffer": ("FC", "", False, "case"),
    "GiveConsent": ("H", "", False, "case"),
    "WithdrawConsent": ("H", "", False, "case"),
    "NamePhase": ("H", "", False, "case"),
    "NameHostCrews": ("H", "", False, "case"),
    "StateAsk": ("H", "", False, "case"),
    "DeclareCondition": ("DCG", "DCG", False, "case"),
    "SayCondition": ("DG", "DG", False, "case"),
    "MakeProposal": ("DG", "DG", False, "case"),
    "TakePosition": ("C", "", False, "case"),
    "AnswerGate": ("CG", "", False, "case"),
    "AnswerGate of the host": ("H", "", False, "case"),
    "MakePlan": ("DL", "DL", False, "case"),
    "DropPlan": ("DL", "DL", False, "case"),
    "SignPlan": ("DG", "DG", False, "case"),
    "ReleasePlan": ("D", "D", False, "case"),
    "ReportMovement": ("DFHL", "DL", True, "case"),
    "ReportMovement of a vehicle": ("DFHL", "DL", True, "case"),
    "AcknowledgeAlarm": ("DFHCLG", "DFCLG", False, "case"),
    "ClearAlarm": ("DL", "DL", False, "case"),
    "HandOver": ("DFHL", "DL", True, "case"),
    "SettleConflict": ("D", "D", False, "case"),
    "CloseCase": ("D", "D", False, "case"),
    "ReopenCase": ("D", "D", True, "case"),
    "WriteNote": ("DFHCLG", "DFCLG", True, "case"),
    "MergeCases": ("D", "D", False, "all"),
    "CorrectFact": ("DFHCLG", "DFCLG", True, "case"),
    "EnrolPerson": ("AD", "D", True, "all"),
    "GrantRole to a guest": ("AD", "D", True, "case"),
    "GrantRole for good": ("A", "", True, "case"),
    "EndRole of a guest": ("AD", "D", True, "case"),
    "EndRole of another": ("A", "", True, "case"),
    "NameDeputy": ("ADFHCLGO", "DFHCLGO", True, "own, no guest"),
    "NameDeputy of another": ("A", "", True, "own"),
    "EndDeputy of another": ("A", "", True, "own"),
    "HandOverShift": ("L", "L", True, "own, for good, in every case"),
    "BreakGlass": ("ADFHCLGO", "DFHCLGO", False, "own, no guest"),
    "RegisterKey": ("ADFHCLGO", "DFHCLGO", True, "own"),
    "RegisterKey of another": ("A", "", True, "own"),
    "RotateKey": ("ADFHCLGO", "DFHCLGO", True, "own"),
    "RevokeKey of another": ("A", "", True, "own"),
    "SetClockBack": ("AD", "D", True, "all"),
}


def every_command(case_id, note_position):
    """One valid command a row of the table, in that case."""
    fact = encode_fact(a_note_written(case_id=case_id, text="Called Ankara twice.")).decode()
    position = Position(member="NLD", proposal="proposal_1", stance=Stance.OPPOSE)
    guest = {"person_id": "gus", "role": Role.OBSERVER, "case_id": case_id}
    return {
        "HearAlert": cases.HearAlert(source="x", title="t", country="TUR", case_id=case_id),
        "HearAlert of no case": cases.HearAlert(source="x", title="t", country="TUR"),
        "OpenCase": cases.OpenCase(title="Flood", hazard="MH0600", host="TUR"),
        "AttachAlert": cases.AttachAlert(alert_id="alert_1", case_id=case_id),
        "DescribeCase": cases.DescribeCase(case_id=case_id, places=(a_place("adana"),)),
        "HearClaim": cases.HearClaim(case_id=case_id, claim=a_claim(), grounds=a_grounds()),
        "StateRequest": requests.StateRequest(case_id=case_id, needs=(a_need("need_9"),)),
        "WithdrawRequest": requests.WithdrawRequest(
            case_id=case_id, request_id="request_1", reason="r"
        ),
        "AnswerRequest": requests.AnswerRequest(
            case_id=case_id, request_id="request_1", member="NLD", reply=Reply.PARTLY
        ),
        "ReleaseStandingOffer": requests.ReleaseStandingOffer(member="NLD", lots=(a_lot(),)),
        "WithdrawStandingOffer": requests.WithdrawStandingOffer(
            standing_id="standing_1", reason="r"
        ),
        "DraftOffer": requests.DraftOffer(case_id=case_id, standing_id="standing_1"),
        "MakeOffer": requests.MakeOffer(case_id=case_id, member="NLD", lots=(a_lot("lot_9"),)),
        "AnswerOffer": requests.AnswerOffer(
            case_id=case_id, offer_id="offer_waits", reply=Reply.ACCEPT
        ),
        "CommitOffer": requests.CommitOffer(case_id=case_id, offer_id="offer_1"),
        "WithdrawOffer": requests.WithdrawOffer(case_id=case_id, offer_id="offer_1", reason="r"),
        "GiveConsent": decisions.GiveConsent(case_id=case_id, consent=a_consent()),
        "WithdrawConsent": decisions.WithdrawConsent(
            case_id=case_id, consent_id="consent_1", reason="r"
        ),
        "MakeProposal": decisions.MakeProposal(
            case_id=case_id, title="t", deadline_at=at_h(9), members=("NLD",)
        ),
        "TakePosition": decisions.TakePosition(case_id=case_id, position=position),
        "NamePhase": decisions.NamePhase(case_id=case_id, name="rescue"),
        "NameHostCrews": decisions.NameHostCrews(case_id=case_id, families=("s300",)),
        "StateAsk": decisions.StateAsk(
            case_id=case_id, title="t", wanted=Part(subject="proposal_1")
        ),
        "DeclareCondition": decisions.DeclareCondition(
            case_id=case_id, condition_id="border-open", text="the border is open"
        ),
        "SayCondition": decisions.SayCondition(
            case_id=case_id, condition_id="cease-fire", holds=True
        ),
        "AnswerGate": decisions.AnswerGate(
            case_id=case_id, subject="lot_gated", gate_id="owner-licence", passed=True, reasons="r"
        ),
        "AnswerGate of the host": decisions.AnswerGate(
            case_id=case_id, subject="lot_gated", gate_id="end-use", passed=True, reasons="r"
        ),
        # A plan of that name is there: whoever may plan is told so, and the planner rests.
        "MakePlan": plans.MakePlan(case_id=case_id, plan_id="plan_new"),
        "DropPlan": plans.DropPlan(case_id=case_id, plan_id="plan_new", reason="r"),
        "SignPlan": plans.SignPlan(case_id=case_id, plan_id="plan_new"),
        "ReleasePlan": plans.ReleasePlan(case_id=case_id, plan_id="plan_new"),
        "ReportMovement": movements.ReportMovement(
            case_id=case_id, milestone=Milestone.LOADED, consignment_id="consignment_1"
        ),
        "ReportMovement of a vehicle": movements.ReportMovement(
            case_id=case_id, milestone=Milestone.LOADED, vehicle_id="lift_1/1"
        ),
        "AcknowledgeAlarm": movements.AcknowledgeAlarm(case_id=case_id, alarm_id="alarm_1"),
        "ClearAlarm": movements.ClearAlarm(case_id=case_id, alarm_id="alarm_1", reason="r"),
        "HandOver": movements.HandOver(
            case_id=case_id, consignment_id="consignment_1", packs=1, receiver="AFAD"
        ),
        "SettleConflict": movements.SettleConflict(
            case_id=case_id, conflict_id="conflict_1", take_theirs=False, reason="r"
        ),
        "CloseCase": cases.CloseCase(case_id=case_id, reason="r"),
        "ReopenCase": cases.ReopenCase(case_id=case_id, reason="r"),
        "WriteNote": cases.WriteNote(case_id=case_id, text="Called."),
        "MergeCases": cases.MergeCases(case_id=case_id, into_case_id="case_2", reason="r"),
        "CorrectFact": cases.CorrectFact(
            case_id=case_id, position=note_position, fact=fact, reason="r"
        ),
        "EnrolPerson": people.EnrolPerson(person_id="new", name="New"),
        "GrantRole to a guest": people.GrantRole(**guest, until_at=at_h(30)),
        "GrantRole for good": people.GrantRole(**guest),
        "EndRole of a guest": people.EndRole(person_id="gwen", role=Role.OBSERVER, case_id=case_id),
        "EndRole of another": people.EndRole(person_id="lars", role=Role.LOGISTICIAN),
        "NameDeputy": people.NameDeputy(deputy_id="gus"),
        "NameDeputy of another": people.NameDeputy(person_id="lars", deputy_id="gus"),
        "EndDeputy of another": people.EndDeputy(person_id="lars", deputy_id="gwen"),
        "HandOverShift": people.HandOverShift(
            to_person_id="gus", role=Role.LOGISTICIAN, case_id=EVERY_CASE
        ),
        "BreakGlass": people.BreakGlass(
            role=Role.LOGISTICIAN, case_id=case_id, reason="nobody answers"
        ),
        "RegisterKey": people.RegisterKey(public_key_hex=KEY),
        "RegisterKey of another": people.RegisterKey(public_key_hex=KEY, person_id="lars"),
        # They have no key: whoever may ask is told so.
        "RotateKey": people.RotateKey(old_key_id="0" * 16, public_key_hex=KEY),
        "RevokeKey of another": people.RevokeKey(key_id="0" * 16, reason="r", person_id="lars"),
        "SetClockBack": people.SetClockBack(reason="it ran ahead"),
    }
