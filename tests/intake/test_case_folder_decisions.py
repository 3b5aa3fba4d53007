"""What is decided, as the folder tells it: read whole, and every contradiction told once."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.intake.added_sections import (
    CASE,
    a_condition,
    a_gate_answer,
    a_mission,
    a_position,
    a_proposal,
    a_record,
    a_word,
    add,
    an_ask,
    an_embargo,
    waits,
)
from tests.intake.folders import a_folder, both, put, swap
from tests.intake.malformed_decisions import DECISIONS
from u24.consent.rules import list_rules
from u24.desk import recorded
from u24.domain.asks import Ask, Join, Part
from u24.domain.case import Phase
from u24.domain.decisions import RULE_IDS
from u24.domain.figures import Basis, Grounds
from u24.domain.gates import Embargo, GateAnswer
from u24.domain.proposals import (
    Condition,
    ConditionWord,
    Confidence,
    MissionPurpose,
    Position,
    Proposal,
    ProposalKind,
    Stance,
)
from u24.intake.case_folder import check_case, read_case
from u24.intake.case_folder.column import Refers
from u24.intake.case_folder.measures import MEASURES
from u24.intake.case_folder.template import template_files
from u24.reference.organisations import ORGANISATIONS
from u24.reference.tables import FOLDER

T0 = datetime(2026, 3, 2, 3, 40, tzinfo=UTC)
AFTER = ",2019-09-16,2025-04-14,"  # days of a version with one before and one after it
STATED = Grounds(basis=Basis.STATED, sources=("example",))


@pytest.fixture
def folder(tmp_path):
    return a_folder(tmp_path)


def at(hour, minute=0):
    return datetime(2026, 3, 2, hour, minute, tzinfo=UTC)


def test_no_two_rules_have_one_name():
    names = [case.rule for case in DECISIONS]

    assert len(set(names)) == len(names)


def test_the_schema_knows_the_rules_organisations_and_measures_that_the_others_know():
    assert set(RULE_IDS) == {rule.rule_id for rule in list_rules()}
    assert set(MEASURES) == set(recorded.MEASURES)
    for refers in (Refers.MEMBER, Refers.LAWGIVER, Refers.ORGANISATION):
        assert f"one of {', '.join(ORGANISATIONS)}" in refers


@pytest.mark.parametrize(
    ("change", "message"), [pytest.param(*case[1:], id=case.rule) for case in DECISIONS]
)
def test_what_nobody_can_decide_by_is_told_once_with_its_place(folder, change, message):
    change(folder)

    assert [re.sub(r"line \d+", "line N", told) for told in check_case(folder)] == [message]


def test_a_fault_of_a_section_is_told_with_the_line_of_its_key(folder):
    a_position("at = 2026-03-02T06:00:00Z", proposal="nothing")(folder)
    lines = (folder / CASE).read_text("utf-8").split("\n")

    (message,) = check_case(folder)

    line = lines.index('proposal = "nothing"') + 1
    assert message.startswith(f"case.toml line {line}, [[positions]] 3, key proposal: ")


def test_every_word_of_a_proposal_and_its_positions_is_read(folder):
    both(
        a_mission('purposes = ["rescue", "combat"]\nrequires = ["cease-fire"]'),
        a_position(
            'purposes = ["combat"]\nby = "President"\ntext = "Never."\nconfidence = "low"\n'
            "secret = true",
            proposal="mission",
            stance="red_line",
        ),
    )(folder)

    case = read_case(folder)

    assert case.proposals[0].deadline_at == at(9)
    assert case.proposals[0].proposer == "ROU"
    assert case.proposals[1] == Proposal(
        proposal_id="mission",
        kind=ProposalKind.MISSION,
        title="A mission",
        rule_id="unanimity",
        body="NATO",
        purposes=(MissionPurpose.RESCUE, MissionPurpose.COMBAT),
        requires=("cease-fire",),
        grounds=STATED,
    )
    assert case.positions[2] == Position(
        member="GRC",
        proposal="mission",
        stance=Stance.RED_LINE,
        purposes=(MissionPurpose.COMBAT,),
        by="President",
        text="Never.",
        confidence=Confidence.LOW,
        secret=True,
        grounds=STATED,
    )


def test_an_organisation_may_take_a_position(folder):
    add('[[positions]]\nmember = "NATO"\nproposal = "airlift"\nstance = "oppose"')(folder)

    assert read_case(folder).positions[-1].member == "NATO"


def test_phases_and_corridors_of_a_consent_are_read(folder):
    more = 'phases = ["rescue"]\ncorridors = ["ezs", "elazig"]\n'
    both(
        add('[[phases]]\nname = "recovery"\nfrom_h = 72'),
        add(
            '[[consent]]\nmembers = ["GRC"]\nkinds = ["military", "C130H"]\nallowed = false\n'
            + more
        ),
    )(folder)

    case = read_case(folder)

    assert case.phases == (
        Phase(name="rescue", from_at=T0, until_at=T0 + timedelta(hours=72), grounds=STATED),
        Phase(name="recovery", from_at=T0 + timedelta(hours=72), grounds=STATED),
    )
    assert case.consents[0].phases == case.consents[0].corridors == ()
    assert case.consents[1].phases == ("rescue",)
    assert case.consents[1].corridors == ("LTCA", "elazig")
    assert case.consents[1].kinds == ("military", "C130H")


def test_conditions_and_the_words_on_them_are_read(folder):
    case = read_case(folder)

    assert case.conditions == (
        Condition(
            condition_id="night-landing",
            text="Aircraft may land at Elazig at night",
            brought_by="the host",
        ),
    )
    assert case.condition_words[0] == ConditionWord(
        condition_id="night-landing",
        holds=True,
        at=at(6, 30),
        by="Civil aviation of the host",
        grounds=STATED,
    )


def test_gate_answers_and_embargoes_are_read(folder):
    both(
        a_gate_answer('document = "L 1"\nvalid_until_at = 2026-06-30T00:00:00Z'),
        a_gate_answer(subject="airlift", officer="B. Ene"),
        an_embargo('from = 2014-08-01\nuntil = 2020-01-01\nwhole_state = false\nscope = "some"'),
        an_embargo(by="XZZ"),
    )(folder)

    case = read_case(folder)

    assert case.gate_answers[0] == GateAnswer(
        subject="O1",
        gate_id="att-6",
        passed=True,
        officer="A. Popa",
        at=at(7),
        reasons="None is touched.",
        document="L 1",
        valid_until_at=datetime(2026, 6, 30, tzinfo=UTC),
        grounds=STATED,
    )
    assert case.gate_answers[1].subject == "airlift"
    assert case.embargoes[0] == Embargo(
        target="SYR",
        by="EU",
        from_on=date(2014, 8, 1),
        until_on=date(2020, 1, 1),
        scope="some",
        whole_state=False,
        source="example",
    )
    assert case.embargoes[1].whole_state
    assert case.embargoes[1].until_on is None


def test_asks_are_read_as_their_parts(folder):
    an_ask("any_of(airlift, all_of(O1, N2))")(folder)

    assert read_case(folder).asks == (
        Ask(
            ask_id="teams",
            title="Teams",
            wanted=Part(
                join=Join.ANY_OF,
                parts=(
                    Part(subject="airlift"),
                    Part(join=Join.ALL_OF, parts=(Part(subject="O1"), Part(subject="N2"))),
                ),
            ),
            grounds=STATED,
        ),
    )


@pytest.mark.parametrize(
    ("measure", "subject", "written", "kept"),
    [
        ("permission", "O1", '["not_yet"]', "not_yet"),
        ("permission", "teams", '"no"', "no"),
        ("outcome", "airlift", '"carried"', "carried"),
        ("chosen", "teams", '["O2", "O1"]', "O1;O2"),
        ("supporters", "airlift", '"ROU;DEU;ROU"', "DEU;ROU"),
        ("objectors", "airlift", '"none"', "none"),
        ("unmet", "airlift", '["night-landing", "cease-fire"]', "cease-fire;night-landing"),
        ("barred_by", "O1", '["host-consent"]', "host-consent"),
        ("admitted", "people", '["GRC"]', "GRC"),
        ("refused", "family_tent", '["XAA"]', "XAA"),
    ],
)
def test_what_is_on_record_is_kept_in_order_each_name_once(folder, measure, subject, written, kept):
    both(an_ask("all_of(O1, O2)"), a_record(measure, subject, written))(folder)

    (outcome,) = read_case(folder).recorded

    assert (outcome.measure, outcome.subject, outcome.recorded) == (measure, subject, kept)
    assert outcome.at is None


def test_columns_on_proposals_and_armed_forces_are_read(folder):
    both(
        swap(CASE, 'host = "TUR"', 'host = "TUR"\nhost_crews = ["s300", "mig29"]'),
        put("offers.csv", 2, "military", "yes"),
        put("offers.csv", 2, "proposal", "airlift"),
        put("lift.csv", 2, "military", "yes"),
        put("needs.csv", 2, "proposal", "airlift"),
        put("needs.csv", 2, "kind", "air_defence_s300"),
        put("needs.csv", 2, "or_similar", "yes"),
    )(folder)

    case = read_case(folder)

    assert case.host_crews == ("s300", "mig29")
    assert [(lot.military, lot.proposal_id) for lot in case.lots[:2]] == [
        (True, "airlift"),
        (False, ""),
    ]
    assert [vehicle.military for vehicle in case.vehicles[:3]] == [True, True, False]
    assert [(need.or_similar, need.proposal_id) for need in case.needs[:2]] == [
        (True, "airlift"),
        (False, ""),
    ]


def test_a_mission_s_unit_has_the_figures_of_the_table_and_controlled_goods_need_their_own(folder):
    both(
        put("offers.csv", 2, "kind", "engineer_company"),
        put("offers.csv", 2, "proposal", "airlift"),
        put("offers.csv", 4, "kind", "air_defence_s300"),
    )(folder)

    messages = check_case(folder)

    assert [message.split(";")[0] for message in messages] == [
        f"offers.csv row 4, column {column}: it is empty, and no table has a figure for "
        "'air_defence_s300'"
        for column in ("pack_kg", "pack_l")
    ]
    both(put("offers.csv", 4, "pack_kg", "9000"), put("offers.csv", 4, "pack_l", "30000"))(folder)
    assert read_case(folder).lots[0].pack_people == 184


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("only_via:ADA|gzt", "only_via:LTAF|LTAJ"),
        ("not_to:SYR|elazig", "not_to:SYR|elazig"),
        ("only_if:cease-fire|night-landing", "only_if:cease-fire|night-landing"),
        ("only_if:unarmed|able-to-defend-itself", "only_if:unarmed|able-to-defend-itself"),
        ("once_replaced:usar_heavy * 2", "once_replaced:usar_heavy*2"),
        ("once_replaced:usar_heavy", "once_replaced:usar_heavy"),
    ],
)
def test_caveats_keep_their_alternatives_each_in_the_form_of_the_case(folder, written, kept):
    put("offers.csv", 2, "caveats", written)(folder)

    assert [str(caveat) for caveat in read_case(folder).lots[0].caveats] == [kept]


@pytest.mark.parametrize(
    "change",
    [
        both(a_word("cease-fire", 8), a_word("cease-fire", 8)),
        both(a_word("cease-fire", 8, holds=False), a_word("cease-fire", 7)),
        both(a_word("unarmed", 8), a_word("unarmed", 9, holds=False),
             a_word("able-to-defend-itself", 9)),
        both(a_condition("unarmed", excludes="cease-fire"), a_word("unarmed", 5),
             a_condition("able-to-defend-itself", excludes="cease-fire"),
             a_word("able-to-defend-itself", 5)),
        a_proposal('rule = "coalition"'),
        a_position('conditions = ["cease-fire"]', stance="red_line"),
    ],
    ids=["said twice", "changed later", "ended at the same moment", "said anew for the case",
         "whoever may", "a red line with its reason"],
)  # fmt: skip
def test_what_does_not_contradict_itself_is_read(folder, change):
    change(folder)

    assert check_case(folder) == []


@pytest.mark.parametrize(
    "change",
    [
        both(waits(2, "emt1_fixed"), waits(4, "usar_medium")),
        both(waits(2, "emt1_fixed"), waits(4, "winter_tent")),
        both(waits(2, "usar_medium"), put("offers.csv", 3, "member", "ROU")),
        both(waits(2, "family_tent"), waits(5, "usar_medium"), waits(3, "family_tent")),
    ],
    ids=["another offers it freely", "nobody offers it", "its own", "the host's"],
)
def test_offers_wait_in_a_circle_only_if_every_offer_of_others_leads_back(folder, change):
    change(folder)

    assert check_case(folder) == []


def test_names_are_not_judged_where_their_section_is_misspelt(folder):
    both(
        swap(CASE, "[[proposals]]", "[[proposal]]"),
        an_ask("any_of(airlift, O1)"),
        put("offers.csv", 2, "proposal", "airlift"),
    )(folder)

    (message,) = check_case(folder)

    assert "key proposal: it is unknown; did you mean 'proposals'" in message


def test_a_table_of_gates_with_a_gap_is_told(folder):
    lines = (FOLDER / "gates.csv").read_text("utf-8").splitlines()
    own = [line for line in lines if not line.startswith("eu-criterion-1,") or AFTER not in line]
    (folder / "own.csv").write_text("\n".join(own), "utf-8")
    swap(CASE, "# [tables]", '[tables]\ngates = "own.csv"')(folder)

    (message,) = check_case(folder)

    assert message.startswith("table gates: gate ")
    assert "the two days must be the same" in message


def test_sections_that_the_template_shows_as_comments_can_be_used_as_they_stand(folder):
    text = template_files()[CASE]
    (folder / CASE).write_text(re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE), "utf-8")

    case = read_case(folder)

    used = (case.gate_answers, case.embargoes, case.asks, case.recorded)
    assert [len(rows) for rows in used] == [1, 1, 1, 1]
