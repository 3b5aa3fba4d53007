"""Cases with a little of everything, most of it allowed, and one word more that can only bar."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from tests.builders import (
    a_case,
    a_consent,
    a_lot,
    a_need,
    a_place,
    an_airport,
    at_h,
    some_caveats,
)
from tests.consent.a_transfer import ASKED, S300
from tests.consent.proposal_builders import ALL_RULES, P, a_position, a_proposal, a_word
from u24.domain.asks import Ask, parse_wanted
from u24.domain.gates import Embargo, GateAnswer
from u24.domain.proposals import MissionPurpose, ProposalKind, Stance

HOST = "UKR"
NOW = at_h(48)
TRANSFER = "transfer"
MEMBERS = ("DEU", "FRA", "HUN", "POL", "SVK")
WAYS_IN = ("KBP", "LWO")
CONDITIONS = ("cease-fire", "withdrawal", "host-request")
YES = (Stance.SUPPORT, Stance.CONDITIONAL)
# Kind, member and proposal of each offer. No need asks for aircraft, so that what may not go to
# the host is not thereby free to stand in for another; and one donor alone wants some.
OFFERS = {
    "blankets": ("blanket", "FRA", ""),
    "f16": ("fighter_f16", "DEU", ""),
    "medics": ("field_hospital_level2", "POL", P),
    "mig29": ("fighter_mig29", "POL", TRANSFER),
    "s300": (S300, "SVK", TRANSFER),
    "tents": ("family_tent", "DEU", ""),
}
ASKS = (
    f"any_of({P}, all_of(s300, tents), blankets)", f"all_of({P}, {TRANSFER}, hospital)",
    "any_of(s300, any_of(mig29, shelter))", f"any_of(all_of({TRANSFER}, s300), {P})",
)  # fmt: skip

SOME_CONDITIONS = st.lists(st.sampled_from(CONDITIONS), max_size=2, unique=True).map(tuple)
SUBJECTS = st.sampled_from(["f16", "mig29", "s300", TRANSFER])
CAVEATS = st.sampled_from(
    ["only_if:cease-fire", "only_if:withdrawal|host-request", "not_before_h:6", "not_to:UKR",
     "not_before_h:60", "only_via:KBP", "own_cargo_only"]
)  # fmt: skip
EMBARGOES = st.builds(
    Embargo,
    target=st.just(HOST),
    by=st.sampled_from(["UN", "EU", "SVK", "USA"]),
    from_on=st.sampled_from([date(2021, 1, 1), date(2023, 2, 7), date(2023, 3, 1)]),
    whole_state=st.booleans(),
    source=st.just("an act"),
)


@st.composite
def proposals(draw, name):
    rule_id = draw(st.sampled_from(ALL_RULES))
    is_mission = name == P
    all_purposes = (MissionPurpose.COMBAT, MissionPurpose.HUMANITARIAN_AID)
    return a_proposal(
        name,
        rule_id=rule_id,
        kind=ProposalKind.MISSION if is_mission else ProposalKind.MATERIEL_TRANSFER,
        body="EU" if rule_id.startswith("eu") and draw(st.booleans()) else "",
        members=MEMBERS,
        purposes=draw(st.sampled_from([(), all_purposes])) if is_mission else (),
        requires=draw(st.sampled_from([(), (), ("host-request",), ("cease-fire",)])),
        made_at=draw(st.sampled_from([None, None, at_h(40), at_h(50)])),
        deadline_h=draw(st.sampled_from([24, 24, None, 60])),
    )


@st.composite
def positions(draw, of, stances=tuple(Stance)):
    stance = draw(st.sampled_from(stances))
    proposal = draw(st.sampled_from(of))
    some = st.sampled_from([(), (), (MissionPurpose.COMBAT,), (MissionPurpose.HUMANITARIAN_AID,)])
    return a_position(
        draw(st.sampled_from([*MEMBERS, HOST, "EU"])),
        stance,
        *(draw(SOME_CONDITIONS) if stance in YES else ()),
        proposal=proposal.proposal_id,
        purposes=draw(some) if proposal.purposes else (),
        secret=draw(st.booleans()),
        h=draw(st.sampled_from([None, 1, 12, 30, 60])),
    )


@st.composite
def consents(draw, allowed):
    return a_consent(
        members=(draw(st.sampled_from(["*", *MEMBERS])),),
        kinds=(draw(st.sampled_from(["*", "goods", "people", "military", S300, "blanket"])),),
        allowed=draw(allowed),
        from_h=draw(st.sampled_from([None, None, 1, 12])),
        until_h=draw(st.sampled_from([None, None, 20, 70])),
        corridors=draw(st.sampled_from([(), (), ("KBP",), ("LWO",)])),
    )


@st.composite
def lots(draw):
    for lot_id, (kind, member, proposal_id) in OFFERS.items():
        texts = draw(st.lists(CAVEATS, max_size=1)) if draw(st.booleans()) else []
        if lot_id == "mig29" and draw(st.booleans()):
            texts.append("once_replaced:fighter_f16")
        yield a_lot(
            lot_id, kind=kind, member=member, proposal_id=proposal_id, pack_people=0,
            military=draw(st.booleans()), caveats=some_caveats(*texts),
        )  # fmt: skip


def an_answer(subject, gate_id, *, passed=True, officer="A. One", h=0):
    return GateAnswer(
        subject=subject, gate_id=gate_id, passed=passed, officer=officer, at=at_h(h), reasons="so"
    )


def all_passed(subject):
    for gate_id in ("eu-dual-use", *ASKED):
        yield an_answer(subject, gate_id)
    for officer in ("A. One", "B. Two"):
        yield an_answer(subject, "signatures", officer=officer)


@st.composite
def cases(draw):
    made = (draw(proposals(P)), draw(proposals(TRANSFER)))
    supporting = [
        a_position(member, proposal=each.proposal_id, h=None)
        for each in made
        for member in (MEMBERS if draw(st.booleans()) else ())
    ]
    said = {"host-request": True} | {name: draw(st.booleans()) for name in draw(SOME_CONDITIONS)}
    return a_case(
        host=HOST,
        places=(a_place("kyiv", country=HOST),),
        airports=tuple(map(an_airport, WAYS_IN)),
        roads=(),
        vehicles=(),
        needs=(
            a_need("shelter", place_id="kyiv", kind="family_tent"),
            a_need("hospital", place_id="kyiv", kind="field_hospital_level2", proposal_id=P),
        ),
        lots=tuple(draw(lots())),
        consents=(a_consent(), *draw(st.lists(consents(st.booleans()), max_size=2))),
        proposals=made,
        positions=(*supporting, *draw(st.lists(positions(made), max_size=4))),
        condition_words=tuple(a_word(name, holds) for name, holds in said.items()),
        gate_answers=tuple(
            answer
            for subject in sorted(draw(st.sets(SUBJECTS, min_size=2)))
            for answer in all_passed(subject)
        ),
        embargoes=tuple(draw(st.lists(EMBARGOES, max_size=1))),
        asks=tuple(Ask(ask_id=text, title=text, wanted=parse_wanted(text)) for text in ASKS),
    )


def _objection(draw, case):
    row = draw(positions(case.proposals, (Stance.OPPOSE, Stance.RED_LINE)))
    return replace(case, positions=(*case.positions, row))


def _condition(draw, case):
    """A yes that is on record asks for one thing more."""
    rows = list(case.positions)
    # a conditional yes that names none is met by none, so that one it names may make it better
    yeses = [i for i, p in enumerate(rows) if p.stance is Stance.SUPPORT or p.conditions]
    if yeses:
        i = draw(st.sampled_from(yeses))
        names = (*rows[i].conditions, draw(st.sampled_from(CONDITIONS)))
        rows[i] = replace(rows[i], conditions=tuple(dict.fromkeys(names)))
    return replace(case, positions=tuple(rows))


def _requirement(draw, case):
    rows = list(case.proposals)
    i = draw(st.sampled_from(range(len(rows))))
    names = (*rows[i].requires, draw(st.sampled_from(CONDITIONS)))
    rows[i] = replace(rows[i], requires=tuple(dict.fromkeys(names)))
    return replace(case, proposals=tuple(rows))


def _end_of_a_condition(draw, case):
    word = a_word(draw(st.sampled_from(CONDITIONS)), holds=False, h=draw(st.sampled_from([10, 47])))
    return replace(case, condition_words=(*case.condition_words, word))


def _embargo(draw, case):
    return replace(case, embargoes=(*case.embargoes, draw(EMBARGOES)))


def _refusal(draw, case):
    return replace(case, consents=(*case.consents, draw(consents(st.just(value=False)))))


def _caveat(draw, case):
    rows = list(case.lots)
    i = draw(st.sampled_from(range(len(rows))))
    text = draw(CAVEATS | st.just("once_replaced:fighter_f16"))
    rows[i] = replace(rows[i], caveats=(*rows[i].caveats, *some_caveats(text)))
    return replace(case, lots=tuple(rows))


def _no_at_a_gate(draw, case):
    gates = ["att-6", "host-request", "signatures", "un-embargo", "transit"]
    row = an_answer(
        draw(SUBJECTS | st.just(P)),
        draw(st.sampled_from(gates)),
        passed=False,
        officer=draw(st.sampled_from(["A. One", "Z. Last"])),
        h=20,
    )
    return replace(case, gate_answers=(*case.gate_answers, row))


BARS = {
    "objection": _objection, "condition": _condition, "requirement": _requirement,
    "end of a condition": _end_of_a_condition, "embargo": _embargo, "refusal": _refusal,
    "caveat": _caveat, "no at a gate": _no_at_a_gate,
}  # fmt: skip
