"""Conditions that positions often name, with who can bring each about.

They are words, not findings: none holds until a case says so. A case that names one of
these ids anew says it more exactly for itself, e.g. who the parties are.
"""

from u24.domain.proposals import Condition

_ROWS = (
    Condition(
        condition_id="cease-fire",
        text="a cease-fire is in force and is kept",
        brought_by="the parties to the fighting",
    ),
    Condition(
        condition_id="withdrawal",
        text="foreign forces have left the host's ground",
        brought_by="the state whose forces are there",
    ),
    Condition(
        condition_id="peace-agreement",
        text="the parties have signed an agreement that provides for this",
        brought_by="the parties to the fighting",
    ),
    Condition(
        condition_id="humanitarian-access",
        text="all parties have assured safe passage to those who bring aid",
        brought_by="the parties to the fighting",
    ),
    Condition(
        condition_id="host-request",
        text="the host's government has asked for it",
        brought_by="the host's government",
    ),
    Condition(
        condition_id="host-consent",
        text="the host's government has agreed to it",
        brought_by="the host's government",
    ),
    Condition(
        condition_id="un-mandate",
        text="the UN Security Council has mandated it",
        brought_by="the UN Security Council",
    ),
    Condition(
        condition_id="details-first",
        text="purpose, rules, length and command have been set out in writing",
        brought_by="the proposer",
    ),
    Condition(
        condition_id="replacement-first",
        text="something like it stands in its place before it is given away",
        brought_by="whoever can give the replacement",
    ),
    Condition(
        condition_id="security-guarantee",
        text="those who take part are promised help if they are attacked",
        brought_by="those who can promise it",
    ),
    Condition(
        condition_id="cost-shared",
        text="the cost is shared among those who decide",
        brought_by="those who decide",
    ),
    Condition(
        condition_id="end-use-assured",
        text="the host has assured in writing who will use it and that it is not passed on",
        brought_by="the host's government",
    ),
    Condition(
        condition_id="unarmed",
        text="those who take part carry no arms",
        brought_by="the proposer",
        excludes=("able-to-defend-itself",),
    ),
    Condition(
        condition_id="able-to-defend-itself",
        text="those who take part are armed to defend themselves",
        brought_by="the proposer",
        excludes=("unarmed",),
    ),
)

STANDARD: dict[str, Condition] = {row.condition_id: row for row in _ROWS}
