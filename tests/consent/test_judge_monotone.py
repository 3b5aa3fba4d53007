"""One thing more that bars never allows more, anywhere in a case: the room as a whole."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import a_case, a_consent, a_lot, a_need, a_place, an_airport, at_h, some_caveats
from tests.consent.a_transfer import ASKED, S300
from tests.consent.proposal_builders import ALL_RULES, a_position, a_proposal, a_word
from u24.consent import judge_case
from u24.consent.windows import overlap
from u24.domain.asks import Ask, parse_wanted
from u24.domain.gates import Embargo, GateAnswer
from u24.domain.offers import CaveatKind
from u24.domain.proposals import ProposalKind, Purpose, Stance

HOST = "UKR"
P, Q = "peace-mission", "transfer"
MEMBERS = ("DEU", "FRA", "HUN", "POL", "SVK")
CONDITIONS = ("cease-fire", "withdrawal", "host-request")
HOURS = st.sampled_from([None, None, 1, 12, 30, 60])
PURPOSES = st.sampled_from([(), (), (Purpose.COMBAT,), (Purpose.HUMANITARIAN_AID,)])
SOME_CONDITIONS = st.lists(st.sampled_from(CONDITIONS), max_size=2, unique=True).map(tuple)
CAVEATS = st.sampled_from(
    ["only_if:cease-fire", "only_if:withdrawal|host-request", "not_before_h:6", "not_to:UKR",
     "not_before_h:60", "only_via:KBP", "own_cargo_only"]
)  # fmt: skip
GIVEN = {  # which offers there are: kind, member, proposal
    "blankets": ("blanket", "FRA", ""),
    "f16": ("fighter_f16", "DEU", ""),
    "medics": ("field_hospital_level2", "POL", P),
    "mig29": ("fighter_mig29", "POL", Q),
    "s300": (S300, "SVK", Q),
    "tents": ("family_tent", "DEU", ""),
}
WANTED = (
    f"any_of({P}, all_of(s300, tents), blankets)", f"all_of({P}, {Q}, hospital)",
    "any_of(s300, any_of(mig29, shelter))", f"any_of(all_of({Q}, s300), {P})",
)  # fmt: skip


@st.composite
def purposes_of(draw):
    return draw(st.sampled_from([(), (Purpose.COMBAT, Purpose.HUMANITARIAN_AID)]))


@st.composite
def proposals(draw, name):
    rule = draw(st.sampled_from(ALL_RULES))
    is_eu = rule.startswith("eu") and draw(st.booleans())
    is_mission = name == P
    return a_proposal(
        name,
        rule_id=rule,
        kind=ProposalKind.MISSION if is_mission else ProposalKind.MATERIEL_TRANSFER,
        body="EU" if is_eu else "",
        members=MEMBERS,
        purposes=draw(purposes_of()) if is_mission else (),
        requires=draw(st.sampled_from([(), (), ("host-request",), ("cease-fire",)])),
        made_at=draw(st.sampled_from([None, None, at_h(40)])),
        deadline_h=draw(st.sampled_from([None, 24, 24, 60])),
    )


@st.composite
def positions(draw, of, stances=tuple(Stance)):
    stance = draw(st.sampled_from(stances))
    proposal = draw(st.sampled_from(of))
    return a_position(
        draw(st.sampled_from((*MEMBERS, HOST, "EU"))),
        stance,
        *(draw(SOME_CONDITIONS) if stance in (Stance.SUPPORT, Stance.CONDITIONAL) else ()),
        proposal=proposal.proposal_id,
        purposes=draw(PURPOSES) if proposal.purposes else (),
        secret=draw(st.booleans()),
        h=draw(HOURS),
    )


@st.composite
def consents(draw, *, allowed=None):
    from_h = draw(HOURS)
    until_h = draw(st.sampled_from([None, None, 20, 70]).filter(lambda h: not h or h > (from_h or 0)))
    return a_consent(
        members=(draw(st.sampled_from(["*", *MEMBERS])),),
        kinds=(draw(st.sampled_from(["*", "goods", "people", "military", S300, "blanket"])),),
        allowed=draw(st.booleans()) if allowed is None else allowed,
        from_h=from_h,
        until_h=until_h,
        corridors=draw(st.sampled_from([(), (), ("KBP",), ("LWO",)])),
    )


@st.composite
def lots(draw):
    return tuple(
        a_lot(
            lot_id, kind=kind, member=member, proposal_id=proposal, pack_people=0,
            military=draw(st.booleans()),
            caveats=some_caveats(*draw(st.lists(CAVEATS, max_size=1)), *wishes),
        )
        for lot_id, (kind, member, proposal) in GIVEN.items()
        for wishes in [draw(st.sampled_from([(), ("once_replaced:fighter_f16",)])) if lot_id == "mig29" else ()]
    )  # fmt: skip


def answer(subject, gate_id, *, passed=True, officer="A. One", h=0):
    return GateAnswer(
        subject=subject, gate_id=gate_id, passed=passed, officer=officer, at=at_h(h), reasons="so",
    )  # fmt: skip


def all_yes(subject):
    for gate_id in ("eu-dual-use", *ASKED):
        yield answer(subject, gate_id)
    for officer in ("A. One", "B. Two"):
        yield answer(subject, "signatures", officer=officer)


EMBARGOES = st.builds(
    Embargo,
    target=st.just(HOST),
    by=st.sampled_from(["UN", "EU", "SVK", "USA"]),
    from_on=st.sampled_from([date(2021, 1, 1), date(2023, 2, 7), date(2023, 3, 1)]),
    whole_state=st.booleans(),
    source=st.just("an act"),
)


@st.composite
def cases(draw):
    made = (draw(proposals(P)), draw(proposals(Q)))
    words = [a_word(name, draw(st.booleans())) for name in draw(SOME_CONDITIONS)]
    answered = draw(st.sets(st.sampled_from(["s300", "mig29", "f16", Q])))
    supporting = [
        a_position(member, proposal=each.proposal_id, h=None)
        for each in made
        for member in (MEMBERS if draw(st.booleans()) else ())
    ]
    return a_case(
        host=HOST,
        places=(a_place("kyiv", country=HOST),),
        airports=(an_airport("KBP"), an_airport("LWO")),
        roads=(),
        vehicles=(),
        needs=(
            a_need("shelter", place_id="kyiv", kind="family_tent"),
            a_need("hospital", place_id="kyiv", kind="field_hospital_level2", proposal_id=P),
        ),
        lots=draw(lots()),
        consents=(a_consent(), *draw(st.lists(consents(), max_size=2))),
        proposals=made,
        positions=(*supporting, *draw(st.lists(positions(made), max_size=4))),
        condition_words=tuple(words),
        gate_answers=tuple(each for name in sorted(answered) for each in all_yes(name)),
        embargoes=tuple(draw(st.lists(EMBARGOES, max_size=1))),
        asks=tuple(Ask(ask_id=text, title=text, wanted=parse_wanted(text)) for text in WANTED),
    )


@st.composite
def with_one_bar_more(draw, case):
    """The case with one word more that can only bar, and what kind of word that is."""
    kind = draw(st.sampled_from(list(MORE)))
    return kind, MORE[kind](draw, case)


def _objection(draw, case):
    stances = (Stance.OPPOSE, Stance.RED_LINE)
    row = draw(positions(case.proposals, stances))
    return replace(case, positions=(*case.positions, row))


def _asked_of_a_yes(draw, case):
    """A further condition in a word that is on record already."""
    at = [i for i, p in enumerate(case.positions) if p.stance in ("support", "conditional") and p.conditions or p.stance == "support"]
    rows = list(case.positions)
    if at:
        i = draw(st.sampled_from(at))
        names = tuple(dict.fromkeys((*rows[i].conditions, draw(st.sampled_from(CONDITIONS)))))
        rows[i] = replace(rows[i], conditions=names)
    return replace(case, positions=tuple(rows))


def _requirement(draw, case):
    i = draw(st.integers(0, 1))
    rows = list(case.proposals)
    names = (*rows[i].requires, draw(st.sampled_from(CONDITIONS)))
    rows[i] = replace(rows[i], requires=tuple(dict.fromkeys(names)))
    return replace(case, proposals=tuple(rows))


def _ended(draw, case):
    word = a_word(draw(st.sampled_from(CONDITIONS)), holds=False, h=draw(st.sampled_from([10, 47])))
    return replace(case, condition_words=(*case.condition_words, word))


def _embargo(draw, case):
    return replace(case, embargoes=(*case.embargoes, draw(EMBARGOES)))


def _refusal(draw, case):
    return replace(case, consents=(*case.consents, draw(consents(allowed=False))))


def _caveat(draw, case):
    i = draw(st.integers(0, len(case.lots) - 1))
    rows = list(case.lots)
    texts = (draw(st.one_of(CAVEATS, st.just("once_replaced:fighter_f16"))),)
    rows[i] = replace(rows[i], caveats=(*rows[i].caveats, *some_caveats(*texts)))
    return replace(case, lots=tuple(rows))


def _no_at_a_gate(draw, case):
    gate = draw(st.sampled_from(["att-6", "host-request", "signatures", "un-embargo", "transit"]))
    officer = draw(st.sampled_from(["A. One", "Z. Last"]))
    row = answer(draw(st.sampled_from(["s300", "mig29", "f16", Q, P])), gate, passed=False, officer=officer, h=20)
    return replace(case, gate_answers=(*case.gate_answers, row))


MORE = {
    "objection": _objection, "condition": _asked_of_a_yes, "requirement": _requirement,
    "condition ended": _ended, "embargo": _embargo, "refusal": _refusal, "caveat": _caveat,
    "no at a gate": _no_at_a_gate,
}  # fmt: skip


def lost(before, after):
    """What is told of each subject: (before, after) wherever after is more."""
    for name, verdict in after.proposals.items():
        yield name, before.proposals[name].permission, verdict.permission
        old = dict(before.proposals[name].contributors)
        for member, own in verdict.contributors:
            was = old.get(member, old["*"])
            yield f"{member} in {name}", was.permission, own.permission
    for name, verdict in after.lots.items():
        yield name, before.lots[name].permission, verdict.permission
    for one, other in zip(before.choices, after.choices, strict=True):
        yield one.ask_id, one.permission, other.permission


def ways(verdict, site):
    return dict(verdict.corridor_windows).get(site, () if verdict.corridor_windows else verdict.windows)


@given(st.data())
@settings(max_examples=int(__import__("os").environ.get("N", "300")))
def test_one_bar_more_never_allows_more(data):
    case = data.draw(cases())
    kind, barred = data.draw(with_one_bar_more(case))
    at = at_h(48)

    before, after = judge_case(case, at=at), judge_case(barred, at=at)

    better = [row for row in lost(before, after) if row[2].rank > row[1].rank]
    assert not better, (kind, better)
    for name, verdict in after.lots.items():
        old = before.lots[name]
        assert overlap(verdict.windows, old.windows) == verdict.windows, (kind, name)
        for site in ("KBP", "LWO"):
            new = ways(verdict, site)
            assert overlap(new, ways(old, site)) == new, (kind, name, site)
