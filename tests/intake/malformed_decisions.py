"""What nobody can decide by: sections that name nothing or contradict each other.

Lines are not counted here: ``line N`` stands for every one.
"""

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
from tests.intake.folders import Malformed, both, put, swap

MEMBER = "an ISO 3166-1 alpha-3 code like TUR, or one of EU, NATO, UN, UNSC"
CONDITION = "the id of one of the [[conditions]] of case.toml, or of a standard condition"
PROPOSAL = "the id of one of the [[proposals]] of case.toml"
PHASE = "the name of one of the [[phases]] of case.toml"
WISH = "the id of a proposal, of a need or of an offer"
RULES = (
    "silence, unanimity, nato-consensus, eu-unanimity, eu-cfsp-consensus, eu-qmv, "
    "eu-qmv-reinforced, simple-majority, unga-two-thirds, unga-majority, unsc, unsc-procedural, "
    "coalition"
)
MEASURES = (
    "permission, outcome, chosen, supporters, objectors, conditional, undecided, unmet, "
    "barred_by, admitted, refused, contributors"
)


def _told(section: str, key: str, text: str) -> str:
    return f"case.toml line N, [[{section}]] {key}: {text}"


PHASES: list[Malformed] = [
    Malformed(
        "a phase that ends before it begins",
        swap(CASE, "until_h = 72", "until_h = -1"),
        _told("phases", "1, key until_h", "-1 is before from_h, 0; give later than 0"),
    ),
    Malformed(
        "a phase stands twice",
        add('[[phases]]\nname = "rescue"\nfrom_h = 1'),
        _told("phases", "2, key name",
              "'rescue' comes again; it stands in line N already, keep one"),
    ),
    Malformed(
        "consent in a phase nobody knows",
        swap(CASE, "allowed = true", 'allowed = true\nphases = ["rescu"]'),
        _told("consent", "1, key phases",
              f"'rescu' is unknown; give {PHASE}; did you mean 'rescue'?"),
    ),
    Malformed(
        "consent by way of an unknown corridor",
        swap(CASE, "allowed = true", 'allowed = true\ncorridors = ["LTXQ"]'),
        _told("consent", "1, key corridors",
              "'LTXQ' is unknown; give the id of one of the [[places]] of case.toml or an "
              "airport code; did you mean 'LTX' or 'LTQ' or 'LTBX'?"),
    ),
    Malformed(
        "crews that run nothing known",
        swap(CASE, 'host = "TUR"', 'host = "TUR"\nhost_crews = ["s400"]'),
        "case.toml line N, [case] key host_crews: 's400' is unknown; give a crew family of the "
        "controlled goods table; did you mean 's300'?",
    ),
]  # fmt: skip

PROPOSALS: list[Malformed] = [
    Malformed(
        "a rule nobody knows",
        a_proposal('rule = "eu-qvm"\nbody = "EU"'),
        _told("proposals", "2, key rule",
              f"'eu-qvm' is unknown; give one of {RULES}; did you mean 'eu-qmv'?"),
    ),
    Malformed(
        "an organisation nobody knows",
        a_proposal('rule = "unanimity"\nbody = "OSCE"'),
        _told("proposals", "2, key body",
              "'OSCE' is unknown; give one of EU, NATO, UN, UNSC"),
    ),
    Malformed(
        "nobody decides",
        a_proposal('rule = "unanimity"'),
        _told("proposals", "2, key members",
              "it is missing, and so is body; give who decides"),
    ),
    Malformed(
        "two sets of those who decide",
        a_proposal('rule = "unanimity"\nbody = "NATO"\nmembers = ["ROU"]'),
        _told("proposals", "2, key members",
              "members are given, but body is NATO, whose members decide; keep one of the two"),
    ),
    Malformed(
        "a member that decides twice",
        a_proposal('rule = "unanimity"\nmembers = ["ROU", "GRC", "ROU"]'),
        _told("proposals", "2, key members",
              "'ROU' comes twice; each decides once, keep one"),
    ),
    Malformed(
        "an organisation whose members of that day are not known",
        a_proposal('rule = "unsc"\nbody = "UNSC"\nmade_at = 1950-06-25T00:00:00Z'),
        _told("proposals", "2, key body",
              "members of UNSC are asked for 1950-06-25; they are known from 2011-01-01 until "
              "before 2027-01-01; give members instead"),
    ),
    Malformed(
        "a member nobody knows decides",
        a_proposal('rule = "unanimity"\nmembers = ["XAA"]'),
        _told("proposals", "2, key members",
              f"'XAA' is unknown; give {MEMBER}; did you mean 'ATA' or 'ALA' or 'AIA'?"),
    ),
    Malformed(
        "a silence that never ends",
        a_proposal('rule = "silence"\nbody = "NATO"'),
        _told("proposals", "2, key deadline_at",
              "it is missing, but rule is silence; give when the silence ends"),
    ),
    Malformed(
        "a deadline before the proposal",
        swap(CASE, "deadline_at = 2026-03-02T09", "deadline_at = 2026-03-02T04"),
        _told("proposals", "1, key deadline_at",
              "2026-03-02T04:00:00Z is before made_at, 2026-03-02T05:00:00Z; "
              "give later than 2026-03-02T05:00:00Z"),
    ),
    Malformed(
        "a mission for nothing",
        a_mission(purposes=""),
        _told("proposals", "2, key purposes",
              "it is missing, but kind is mission; give one or more of humanitarian_aid, "
              "rescue, peacekeeping, combat"),
    ),
    Malformed(
        "purposes of what is no mission",
        a_proposal('rule = "unanimity"\nbody = "NATO"\npurposes = ["combat"]'),
        _told("proposals", "2, key purposes",
              "purposes are given, but kind is no_fly_zone; only a mission has purposes, "
              "take them out"),
    ),
    Malformed(
        "a proposal that requires an unknown condition",
        swap(CASE, 'requires = ["host-request"]', 'requires = ["ceasefire"]'),
        _told("proposals", "1, key requires",
              f"'ceasefire' is unknown; give {CONDITION}; did you mean 'cease-fire'?"),
    ),
    Malformed(
        "a proposal that requires what cannot be together",
        swap(CASE, 'requires = ["host-request"]',
             'requires = ["unarmed", "able-to-defend-itself"]'),
        _told("proposals", "1, key requires",
              "'able-to-defend-itself' and 'unarmed' exclude each other and never hold "
              "together; take one out"),
    ),
]  # fmt: skip

POSITIONS: list[Malformed] = [
    Malformed(
        "a position of a country nobody knows",
        add('[[positions]]\nmember = "GRX"\nproposal = "airlift"\nstance = "oppose"'),
        _told("positions", "3, key member",
              f"'GRX' is unknown; give {MEMBER}; did you mean 'GRL' or 'GRD' or 'GRC'?"),
    ),
    Malformed(
        "a position on no proposal",
        a_position(proposal="air-lift"),
        _told("positions", "3, key proposal",
              f"'air-lift' is unknown; give {PROPOSAL}; did you mean 'airlift'?"),
    ),
    Malformed(
        "a position on an unknown condition",
        a_position('conditions = ["night-landings"]', stance="conditional"),
        _told("positions", "3, key conditions",
              f"'night-landings' is unknown; give {CONDITION}; did you mean 'night-landing'?"),
    ),
    Malformed(
        "a conditional position without conditions",
        a_position(stance="conditional"),
        _told("positions", "3, key conditions",
              f"it is missing, but stance is conditional; give {CONDITION}"),
    ),
    Malformed(
        "support on conditions",
        a_position('conditions = ["cease-fire"]', stance="support"),
        _told("positions", "3, key conditions",
              "conditions are given, but stance is support; give stance conditional, or take "
              "them out"),
    ),
    Malformed(
        "a position on conditions that cannot be together",
        both(
            a_condition("curfew", excludes="night-landing"),
            a_position('conditions = ["night-landing", "curfew"]', stance="conditional"),
        ),
        _told("positions", "3, key conditions",
              "'curfew' and 'night-landing' exclude each other and never hold together; take "
              "one out"),
    ),
    Malformed(
        "purposes of a position on what is no mission",
        a_position('purposes = ["combat"]'),
        _told("positions", "3, key purposes",
              "purposes are given, but 'airlift' is not a mission; only a mission has purposes, "
              "take them out"),
    ),
    Malformed(
        "a purpose that is none",
        both(a_mission(), a_position('purposes = ["training"]', proposal="mission")),
        _told("positions", "3, key purposes",
              "'training' is unknown; give one of humanitarian_aid, rescue, peacekeeping, combat"),
    ),
]  # fmt: skip

CONDITIONS: list[Malformed] = [
    Malformed(
        "a word on an unknown condition",
        a_word("night-landin", 8),
        _told("condition_words", "3, key condition",
              f"'night-landin' is unknown; give {CONDITION}; did you mean 'night-landing'?"),
    ),
    Malformed(
        "a condition that excludes itself",
        a_condition("curfew", excludes="curfew"),
        _told("conditions", "2, key excludes", "'curfew' is this condition itself; take it out"),
    ),
    Malformed(
        "a condition that excludes what is unknown",
        a_condition("curfew", excludes="night-landings"),
        _told("conditions", "2, key excludes",
              f"'night-landings' is unknown; give {CONDITION}; did you mean 'night-landing'?"),
    ),
    Malformed(
        "a condition that holds and does not hold at one moment",
        both(a_word("cease-fire", 8), a_word("cease-fire", 8, holds=False)),
        _told("condition_words", "4, key holds",
              "'cease-fire' is said to hold and not to hold at one moment; line N says the "
              "other, keep one"),
    ),
    Malformed(
        "a condition that holds beside one that it excludes",
        both(a_condition("curfew", excludes="night-landing"), a_word("curfew", 8)),
        _told("condition_words", "3, key holds",
              "'curfew' excludes 'night-landing', which holds by the word in line N; say first "
              "that 'night-landing' no longer holds, or keep one"),
    ),
    Malformed(
        "two that exclude each other hold from one moment on",
        both(a_word("unarmed", 8), a_word("able-to-defend-itself", 8)),
        _told("condition_words", "3, key holds",
              "'unarmed' excludes 'able-to-defend-itself', which holds by the word in line N; "
              "say first that 'able-to-defend-itself' no longer holds, or keep one"),
    ),
    Malformed(
        "an offer on an unknown condition",
        put("offers.csv", 3, "caveats", "only_if:cease-fire|peace"),
        "offers.csv row 3, column caveats: 'only_if:cease-fire|peace' names no condition; "
        f"give {CONDITION}",
    ),
    Malformed(
        "an offer on conditions that cannot be together",
        put("offers.csv", 3, "caveats", "only_if:unarmed;only_if:able-to-defend-itself"),
        "offers.csv row 3, column caveats: 'able-to-defend-itself' and 'unarmed' exclude each "
        "other and never hold together; take one out",
    ),
]  # fmt: skip

GATES: list[Malformed] = [
    Malformed(
        "an answer about no offer and no proposal",
        a_gate_answer(subject="O9"),
        _told("gate_answers", "1, key subject",
              "'O9' is unknown; give the id of an offer or of a proposal"),
    ),
    Malformed(
        "an answer to an unknown gate",
        a_gate_answer(gate="att-8"),
        _told("gate_answers", "1, key gate",
              "'att-8' is unknown; give a gate of the gates table; did you mean 'att-7' or "
              "'att-6'?"),
    ),
    Malformed(
        "an answer of nobody",
        a_gate_answer(officer="  "),
        _told("gate_answers", "1, key officer", "it is empty; give text"),
    ),
    Malformed(
        "an answer that ends before it was given",
        a_gate_answer("valid_until_at = 2026-03-01T00:00:00Z"),
        _told("gate_answers", "1, key valid_until_at",
              "2026-03-01T00:00:00Z is before at, 2026-03-02T07:00:00Z; "
              "give later than 2026-03-02T07:00:00Z"),
    ),
    Malformed(
        "an answer about an id that two things have",
        both(
            add('[[proposals]]\nid = "O1"\nkind = "funds"\ntitle = "Money"\n'
                'rule = "unanimity"\nbody = "EU"'),
            a_gate_answer(),
        ),
        _told("gate_answers", "1, key subject",
              "'O1' is the id of an offer and of a proposal; give each an id of its own"),
    ),
    Malformed(
        "an embargo without its first day",
        an_embargo(""),
        _told("embargoes", "1, key from",
              "it is missing; give a day without quotes like 2022-03-01"),
    ),
    Malformed(
        "an embargo from a day in quotes",
        an_embargo('from = "2014-08-01"'),
        _told("embargoes", "1, key from",
              "'2014-08-01' is not a day; give a day without quotes like 2022-03-01"),
    ),
    Malformed(
        "an embargo from a moment",
        an_embargo("from = 2014-08-01T00:00:00Z"),
        _told("embargoes", "1, key from",
              "'2014-08-01 00:00:00+00:00' is not a day; give a day without quotes like "
              "2022-03-01"),
    ),
    Malformed(
        "an embargo from long ago",
        an_embargo("from = 0014-08-01"),
        _told("embargoes", "1, key from",
              "'0014-08-01' is far off; give a year from 1900 to 2199"),
    ),
    Malformed(
        "an embargo that ends before it begins",
        an_embargo("from = 2014-08-01\nuntil = 2014-07-31"),
        _told("embargoes", "1, key until",
              "2014-07-31 is before from, 2014-08-01; give later than 2014-08-01"),
    ),
    Malformed(
        "an embargo against nobody",
        an_embargo(target="SYX"),
        _told("embargoes", "1, key target",
              "'SYX' is unknown; give an ISO 3166-1 alpha-3 code like TUR, or XAA to XZZ for "
              "an organisation; did you mean 'SYR' or 'SYC' or 'SXM'?"),
    ),
    Malformed(
        "an embargo by nobody",
        an_embargo(by="eu"),
        _told("embargoes", "1, key by",
              "'eu' is unknown; give an ISO 3166-1 alpha-3 code like TUR, one of EU, NATO, UN, "
              "UNSC, or XAA to XZZ; did you mean 'EU' or 'REU' or 'ECU'?"),
    ),
]  # fmt: skip

ASKS: list[Malformed] = [
    Malformed(
        "an ask for nothing known",
        an_ask("any_of(airlift, all_of(O1, O9))"),
        _told("asks", "1, key wanted", f"'O9' is unknown; give {WISH}"),
    ),
    Malformed(
        "an ask that is not closed",
        an_ask("any_of(airlift, O1"),
        _told("asks", "1, key wanted", "it ends at character 19; give , or )"),
    ),
    Malformed(
        "an ask for an id that two things have",
        both(put("offers.csv", 3, "offer_id", "N1"), an_ask("any_of(airlift, N1)")),
        _told("asks", "1, key wanted",
              "'N1' is the id of an offer and of a need; give each an id of its own"),
    ),
    Malformed(
        "a need of an unknown proposal",
        put("needs.csv", 2, "proposal", "airlifts"),
        f"needs.csv row 2, column proposal: 'airlifts' is unknown; give {PROPOSAL}; "
        "did you mean 'airlift'?",
    ),
    Malformed(
        "an offer of an unknown proposal",
        put("offers.csv", 2, "proposal", "airlifts"),
        f"offers.csv row 2, column proposal: 'airlifts' is unknown; give {PROPOSAL}; "
        "did you mean 'airlift'?",
    ),
    Malformed(
        "or similar of what is not controlled",
        put("needs.csv", 4, "or_similar", "yes"),
        "needs.csv row 4, column or_similar: 'family_tent' is not in the table of controlled "
        "goods; give no, and name substitutes",
    ),
    Malformed(
        "a kind that means many kinds",
        both(put("offers.csv", 3, "kind", "people"), put("needs.csv", 2, "kind", "people")),
        "offers.csv row 3, column kind: 'people' means many kinds; give a name of its own",
    ),
    Malformed(
        "a measure that is none",
        a_record("votes", "airlift", '["DEU"]'),
        _told("recorded", "1, key measure",
              f"'votes' is unknown; give one of {MEASURES}"),
    ),
    Malformed(
        "a measure of what it does not measure",
        a_record("outcome", "O1", '["carried"]'),
        _told("recorded", "1, key subject",
              f"'O1' is unknown; give {PROPOSAL}; measure outcome is of that"),
    ),
    Malformed(
        "a permission that is none",
        a_record("permission", "airlift", '["perhaps"]'),
        _told("recorded", "1, key recorded",
              "'perhaps' is no permission; give one of no, not_yet, within_limits, yes"),
    ),
    Malformed(
        "a supporter nobody knows",
        a_record("supporters", "airlift", '["DEU", "RUM"]'),
        _told("recorded", "1, key recorded",
              f"'RUM' is unknown; give {MEMBER}; did you mean 'UMI' or 'RUS' or 'ROU'?"),
    ),
    Malformed(
        "none beside others",
        a_record("supporters", "airlift", '["DEU", "none"]'),
        _told("recorded", "1, key recorded",
              "none stands beside other words; give it alone, or them"),
    ),
]  # fmt: skip

REPLACED: list[Malformed] = [
    Malformed(
        "replaced by a kind nobody knows",
        waits(3, "blankets_warm"),
        "offers.csv row 3, column caveats: 'once_replaced:blankets_warm' names no kind; give a "
        "kind of the reference tables, or of an offer that gives pack_kg and pack_l; did you "
        "mean 'blanket_warm' or 'blanket'?",
    ),
    Malformed(
        "replaced by none",
        waits(3, "blanket_warm*0"),
        "offers.csv row 3, column caveats: 'once_replaced:blanket_warm*0' is not a kind and a "
        "number of units; give once_replaced:air_defence_s300*2",
    ),
    Malformed(
        "lift that waits for a replacement",
        put("lift.csv", 2, "caveats", "once_replaced:blanket"),
        "lift.csv row 2, column caveats: 'once_replaced:blanket' is for offers.csv only; "
        "take it out",
    ),
    Malformed(
        "two offers that wait for each other",
        both(waits(2, "emt1_fixed*1"), waits(4, "usar_medium"), waits(3, "emt1_fixed")),
        "offers.csv row 2, column caveats: no offer of these can be the first to be replaced: "
        "O1 (usar_medium) waits for O3 (emt1_fixed) waits for O1 (usar_medium); "
        "take one once_replaced out, or add an offer",
    ),
]

DECISIONS = [*PHASES, *PROPOSALS, *POSITIONS, *CONDITIONS, *GATES, *ASKS, *REPLACED]
