"""What a fact made, and the plain line that tells whoever asked what changed."""

from u24.domain.facts import cases, decisions, letters, movements, people, plans, record, requests
from u24.domain.facts.fact import Fact

_PLAN = (
    "plan {f.plan_id} meets {f.met_shares[0]:.1%} of the weighted need by the first mark, at most "
    "{f.bound_share:.1%} is possible; it moves nothing until released"
)
# By class: the line, and which fields are names that were made or said anew.
_TOLD: dict[type[Fact], tuple[str, tuple[str, ...]]] = {
    record.LedgerBegun: ("the record of {f.name} begins", ("ledger_id",)),
    record.KeyRegistered: ("key {f.key_id} signs for {f.person_id}", ("key_id",)),
    record.KeyRotated: ("key {f.key_id} takes the place of {f.old_key_id}", ("key_id",)),
    record.KeyRevoked: ("key {f.key_id} of {f.person_id} signs nothing more", ()),
    record.HeadPublished: ("the head over {f.tree_size} entries is published", ()),
    record.ClockSetBack: ("the clock was set back: {f.reason}", ()),
    people.PersonEnrolled: ("{f.name} is enrolled as {f.person_id}", ("person_id",)),
    people.RoleGranted: ("{f.person_id} is {f.role} in {f.case_id}", ()),
    people.RoleEnded: ("{f.person_id} is no longer {f.role} in {f.case_id}", ()),
    people.DeputyNamed: ("{f.deputy_id} may act for {f.person_id}", ()),
    people.DeputyEnded: ("{f.deputy_id} may no longer act for {f.person_id}", ()),
    people.ShiftHandedOver: ("{f.to_person_id} is {f.role} in place of {f.person_id}", ()),
    people.GlassBroken: (
        "{f.person_id} broke the glass: {f.role} in {f.case_id} until {f.until_at}", ()
    ),
    cases.CallSignAllotted: ("the case is {f.call_sign}", ()),
    cases.AlertHeard: ("alert {f.alert_id} is heard: {f.title}", ("alert_id",)),
    cases.AlertAttached: ("alert {f.alert_id} belongs to the case", ()),
    cases.CaseOpened: ("{f.call_sign} is open: {f.title}, {f.host}", ("case_id", "call_sign")),
    cases.CaseDescribed: ("the case is described anew", ()),
    cases.ClaimHeard: ("{f.claim.name} by {f.claim.source} is on record", ()),
    cases.CaseMerged: ("the case goes on as {f.into_case_id}", ()),
    cases.FactCorrected: ("what was said at {f.position} is corrected", ()),
    cases.NoteWritten: ("the note is in the log book", ()),
    cases.CaseClosed: ("the case is closed: {f.reason}", ()),
    cases.CaseReopened: ("the case is open again: {f.reason}", ()),
    requests.RequestStated: ("request {f.request_id} stands", ("request_id",)),
    requests.RequestWithdrawn: ("request {f.request_id} is withdrawn", ()),
    requests.RequestAnswered: ("{f.member} answers {f.request_id}: {f.reply}", ()),
    requests.OfferMade: ("offer {f.offer_id} of {f.member} is made", ("offer_id",)),
    requests.OfferAnswered: ("offer {f.offer_id}: the host says {f.reply}", ()),
    requests.OfferCommitted: ("offer {f.offer_id} is committed", ()),
    requests.OfferWithdrawn: ("offer {f.offer_id} is withdrawn", ()),
    requests.StandingOfferReleased: (
        "standing offer {f.standing_id} of {f.member} stands", ("standing_id",)
    ),
    requests.StandingOfferWithdrawn: ("standing offer {f.standing_id} no longer stands", ()),
    decisions.ConsentGiven: ("consent {f.consent_id} stands", ("consent_id",)),
    decisions.ConsentWithdrawn: ("consent {f.consent_id} is withdrawn", ()),
    decisions.PhaseNamed: ("phase {f.phase.name} runs from {f.phase.from_at}", ()),
    decisions.HostCrewsNamed: ("what the host's crews can run is on record", ()),
    decisions.AskStated: ("ask {f.ask_id} stands: {f.ask.title}", ("ask_id",)),
    decisions.ConditionDeclared: (
        "condition {f.condition_id} means: {f.condition.text}", ("condition_id",)
    ),
    decisions.ConditionSaid: ("the word on condition {f.condition_id} is on record", ()),
    decisions.ProposalMade: (
        "proposal {f.proposal_id} is open: {f.proposal.title}, by {f.proposal.rule_id}",
        ("proposal_id",),
    ),
    decisions.PositionTaken: ("the position of {f.position.member} is on record", ()),
    decisions.ProposalDecided: ("proposal {f.proposal_id} is decided by {f.rule}", ()),
    decisions.GateAnswered: (
        "the answer of {f.answer.officer} to gate {f.answer.gate_id} is on record", ()
    ),
    plans.PlanMade: (_PLAN, ("plan_id",)),
    plans.PlanSigned: ("plan {f.plan_id} is signed", ()),
    plans.PlanReleased: ("plan {f.plan_id} is released", ()),
    plans.PlanDropped: ("plan {f.plan_id} is dropped", ()),
    movements.MovementReported: (
        "{f.consignment_id}{f.vehicle_id} {f.milestone} at {f.happened_at}", ("movement_id",)
    ),
    movements.HandedOver: (
        "{f.packs} packs of {f.consignment_id} are with {f.receiver}", ("delivery_id",)
    ),
    movements.AlarmRaised: ("alarm {f.alarm_id}: {f.text}", ("alarm_id",)),
    movements.AlarmAcknowledged: ("alarm {f.alarm_id} is looked after", ()),
    movements.AlarmEscalated: ("alarm {f.alarm_id} goes to {f.to_person_id}", ()),
    movements.AlarmCleared: ("alarm {f.alarm_id} is cleared", ()),
    letters.MailSent: ("a mail left for {f.to_person_id}", ()),
    letters.MailFailed: ("a mail for {f.to_person_id} did not leave: {f.reason}", ()),
    letters.MailHeard: ("a mail of {f.from_address} is heard", ()),
    letters.CodeIssued: ("a code went to {f.person_id}", ("code_id",)),
    letters.CodeUsed: ("code {f.code_id} is used", ()),
    letters.BundleTakenIn: ("{f.taken} facts of {f.desk_name} are taken in", ("bundle_id",)),
    letters.ConflictNoted: ("two desks differ on {f.subject}", ("conflict_id",)),
    letters.ConflictSettled: ("conflict {f.conflict_id} is settled", ()),
}  # fmt: skip


def line_of(fact: Fact) -> str:
    """One plain line: what changed by this fact."""
    return _TOLD[type(fact)][0].format(f=fact)


def lines_of(fact: Fact) -> tuple[str, ...]:
    """Plain lines: what changed by this fact; of a plan, also what it does otherwise."""
    line = line_of(fact)
    return (line, *fact.changes) if isinstance(fact, plans.PlanMade) else (line,)


def made_of(fact: Fact) -> tuple[tuple[str, str], ...]:
    """The names that the fact made or said anew, e.g. (("case_id", "case_01..."), ...)."""
    return tuple((name, str(getattr(fact, name))) for name in _TOLD[type(fact)][1])
