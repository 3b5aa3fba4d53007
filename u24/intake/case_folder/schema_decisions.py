"""What the host, members and officers decide, as sections of case.toml.

Consent, proposals and positions, conditions, gates and embargoes, asks, and what really
came of them.
"""

from u24.domain.decisions import RULE_IDS
from u24.domain.proposals import Confidence, MissionPurpose, ProposalKind, Stance
from u24.intake.case_folder.column import (
    ID,
    ISO3_OR_ANY,
    KIND_OR_ANY,
    LOWER_ID,
    Refers,
    Type,
)
from u24.intake.case_folder.declaring import EARLIEST_H, GROUNDS, col, hours, table
from u24.intake.case_folder.measures import MEASURES

TEXT, YES_NO, WORDS, MOMENT, DAY = Type.TEXT, Type.YES_NO, Type.WORDS, Type.MOMENT, Type.DAY

PURPOSES = tuple(str(each) for each in MissionPurpose)
CONDITIONS = Refers.CONDITION

PHASES = table(
    "phases",
    "Stretches of the response that the host names; [[consent]] may speak of them.",
    col("name", TEXT, "the phase's short name", "rescue", required=True, pattern=LOWER_ID),
    hours("from_h", "from when on", "0", required=True, low=EARLIEST_H),
    hours("until_h", "until when", "72", low=EARLIEST_H, default_note="open"),
    *GROUNDS,
    unique=("name",),
)

CONSENT = table(
    "consent",
    "The host's yes or no, in order; the last section that applies decides.",
    col(
        "members",
        WORDS,
        "who is meant",
        "*",
        required=True,
        pattern=ISO3_OR_ANY,
        refers=Refers.COUNTRY,
    ),
    col(
        "kinds",
        WORDS,
        "which kinds are meant; goods, people, military and lift mean whatever is such",
        "usar_heavy;emt2",
        required=True,
        pattern=KIND_OR_ANY,
        refers=Refers.CONSENT_KIND,
    ),
    col("allowed", YES_NO, "whether they may come", "yes", required=True),
    hours("from_h", "from when on", "0", low=EARLIEST_H, default_note="always"),
    hours("until_h", "until when", "48", low=EARLIEST_H, default_note="always"),
    col(
        "phases",
        WORDS,
        "in which phases",
        "rescue",
        pattern=LOWER_ID,
        refers=Refers.PHASE,
        default_note="all",
    ),
    col(
        "corridors",
        WORDS,
        "by way of which points of entry",
        "LTAF",
        pattern=ID,
        refers=Refers.SITE,
        default_note="all",
    ),
    *GROUNDS,
)

PROPOSALS = table(
    "proposals",
    "What needs a decision of members. What is decided is worked out from [[positions]].",
    col("id", TEXT, "the proposal's short name", "airlift", required=True, pattern=ID),
    col(
        "kind",
        TEXT,
        "what is proposed",
        "assistance_package",
        required=True,
        words=tuple(str(each) for each in ProposalKind),
    ),
    col("title", TEXT, "what it says, in a few words", "Joint airlift of teams", required=True),
    col(
        "rule",
        TEXT,
        "the rule by which it is decided; silence needs deadline_at",
        "unanimity",
        required=True,
        words=RULE_IDS,
    ),
    col(
        "body",
        TEXT,
        "the organisation whose members decide",
        "",
        refers=Refers.ORGANISATION,
        default_note="members decide",
    ),
    col(
        "members",
        WORDS,
        "who decides, where it is not all members of an organisation",
        "ROU;GRC;DEU",
        refers=Refers.MEMBER,
        default_note="those of body decide",
    ),
    col(
        "purposes",
        WORDS,
        "what a mission is for, one by one, because members draw their lines there; "
        "needed for a mission, and given for nothing else",
        "humanitarian_aid;rescue",
        words=PURPOSES,
    ),
    col("proposer", TEXT, "who proposed it", "ROU", refers=Refers.MEMBER),
    col(
        "requires",
        WORDS,
        "conditions without which it may not be done, whatever is decided",
        "night-landing",
        pattern=LOWER_ID,
        refers=CONDITIONS,
    ),
    col("made_at", MOMENT, "when it was made", "2026-03-02T05:00:00Z"),
    col("deadline_at", MOMENT, "until when members may answer", "2026-03-02T09:00:00Z"),
    *GROUNDS,
    unique=("id",),
)

POSITIONS = table(
    "positions",
    "What members said of a proposal. Keep what was said before: the last word counts.",
    col(
        "member",
        TEXT,
        "whose position it is",
        "ROU",
        required=True,
        refers=Refers.MEMBER,
    ),
    col(
        "proposal",
        TEXT,
        "the proposal it speaks of",
        "airlift",
        required=True,
        pattern=ID,
        refers=Refers.PROPOSAL,
    ),
    col(
        "stance",
        TEXT,
        "the member's stance",
        "conditional",
        required=True,
        words=tuple(str(each) for each in Stance),
    ),
    col(
        "conditions",
        WORDS,
        "conditions that must all hold; needed where stance is conditional",
        "night-landing",
        pattern=LOWER_ID,
        refers=CONDITIONS,
    ),
    col(
        "purposes",
        WORDS,
        "the purposes of a mission that it speaks of",
        "combat",
        words=PURPOSES,
        default_note="all",
    ),
    col(
        "at",
        MOMENT,
        "when it was said",
        "2026-03-02T06:10:00Z",
        default_note="it always counts",
    ),
    col("by", TEXT, "who said it", "Minister of the Interior"),
    col("text", TEXT, "in which words, or why", "Only if we can land at night."),
    col(
        "confidence",
        TEXT,
        "how sure it is that it was so said",
        "high",
        words=tuple(str(each) for each in Confidence),
        default=str(Confidence.HIGH),
    ),
    col("secret", YES_NO, "whether it counts and is not shown", "no", default="no"),
    *GROUNDS,
)

CONDITION_ROWS = table(
    "conditions",
    "Facts of the world that positions, proposals and offers depend on. Standard ones, like "
    "cease-fire, need no section.",
    col("id", TEXT, "the condition's short name", "night-landing", required=True, pattern=LOWER_ID),
    col("text", TEXT, "what holds, if it holds", "Aircraft may land at night", required=True),
    col("brought_by", TEXT, "who can make it true", "the host"),
    col(
        "excludes",
        WORDS,
        "conditions that cannot hold at the same time",
        "curfew",
        pattern=LOWER_ID,
        refers=CONDITIONS,
    ),
    unique=("id",),
)

CONDITION_WORDS = table(
    "condition_words",
    "From when on a condition holds, or no longer does. Without a word it is unknown.",
    col(
        "condition",
        TEXT,
        "the condition it speaks of",
        "night-landing",
        required=True,
        pattern=LOWER_ID,
        refers=CONDITIONS,
    ),
    col("holds", YES_NO, "whether it holds", "yes", required=True),
    col("at", MOMENT, "from when on", "2026-03-02T06:30:00Z", required=True),
    col("by", TEXT, "who said so", "Civil aviation of the host"),
    *GROUNDS,
)

GATE_ANSWERS = table(
    "gate_answers",
    "What a named officer answered to a gate of controlled goods. No answer is a no.",
    col(
        "subject",
        TEXT,
        "the offer or the proposal that it is about",
        "O1",
        required=True,
        pattern=ID,
        refers=Refers.GATED,
    ),
    col("gate", TEXT, "the gate", "owner-licence", required=True, pattern=ID, refers=Refers.GATE),
    col("passed", YES_NO, "whether the answer is yes", "yes", required=True),
    col("officer", TEXT, "the officer's name and office", "A. Popa, licensing", required=True),
    col("at", MOMENT, "when it was answered", "2026-03-02T07:00:00Z", required=True),
    col("reasons", TEXT, "the officer's reasons", "No criterion is touched.", required=True),
    col("document", TEXT, "the paper that says so", "Licence 2026-114"),
    col(
        "valid_until_at",
        MOMENT,
        "until when it is good",
        "2026-06-30T00:00:00Z",
        default_note="open",
    ),
    *GROUNDS,
)

EMBARGOES = table(
    "embargoes",
    "Arms embargoes beside those of the reference table.",
    col("target", TEXT, "the state it is against", "SYR", required=True, refers=Refers.COUNTRY),
    col("by", TEXT, "who laid it", "EU", required=True, refers=Refers.LAWGIVER),
    col("from", DAY, "its first day", "2011-05-09", required=True),
    col("until", DAY, "the day it ends, not counted", "2030-01-01", default_note="in force"),
    col("scope", TEXT, "what it bars, or whom", "all arms"),
    col(
        "whole_state",
        YES_NO,
        "whether the government is a target too",
        "yes",
        default="yes",
    ),
    *GROUNDS,
)

ASKS = table(
    "asks",
    "What is asked for where one of several things would do; the first that may be done is chosen.",
    col("id", TEXT, "the ask's short name", "get-teams", required=True, pattern=ID),
    col("title", TEXT, "what it asks for", "Teams before nightfall", required=True),
    col(
        "wanted",
        Type.WANTED,
        "proposals, needs and offers by their ids, in order of preference",
        "any_of(airlift, all_of(O1, O2))",
        required=True,
        refers=Refers.WISH,
    ),
    *GROUNDS,
    unique=("id",),
)

RECORDED = table(
    "recorded",
    "What really came of something, to hold the verdicts against. It decides nothing.",
    col("id", TEXT, "the row's own name", "R1", required=True, pattern=ID),
    col("question", TEXT, "the question", "Who was for the airlift?", required=True),
    col(
        "measure",
        TEXT,
        "what is computed to compare",
        "supporters",
        required=True,
        words=tuple(MEASURES),
    ),
    col(
        "subject",
        TEXT,
        "of what; each measure says what it takes, e.g. a proposal",
        "airlift",
        required=True,
        pattern=ID,
    ),
    col("at", MOMENT, "as things stood then", "2026-03-02T10:00:00Z", default_note="at the end"),
    col(
        "recorded",
        WORDS,
        "what is on record; an empty list is none",
        "DEU;ROU",
        required=True,
    ),
    *GROUNDS,
    unique=("id",),
)

DECISIONS = (
    PHASES, CONSENT, PROPOSALS, POSITIONS, CONDITION_ROWS, CONDITION_WORDS, GATE_ANSWERS,
    EMBARGOES, ASKS, RECORDED,
)  # fmt: skip
