"""The page docs/reference/decision-rules.md, from the rules."""

from u24.consent.rules.catalogue import list_rules
from u24.domain.decisions import DecisionRule, RuleForm

_HEAD = """# Decision rules

<!-- Made from u24/consent/rules/catalogue.py by scripts/document_decision_rules.py. -->

How a proposal is carried. A case names one of these in the column `rule` of a proposal. The
figures are data, every form is one pure function (`u24/consent/rules/forms.py`), and
`tests/consent/rules/worked_examples.py` holds real votes and textbook cases with their sources.

"""

_FORMS = {
    RuleForm.SILENCE: "One objection breaks it. Until the deadline it is open, then carried.",
    RuleForm.UNANIMITY: (
        "All who take part are in favour. Where abstention does not block, at least one is in "
        "favour and nobody is against or silent at the end."
    ),
    RuleForm.CONSENSUS: (
        "Nobody objects; no votes are counted. Whoever is silent at the end does not object. "
        "Those who abstain with a declaration block from the limit on, of members and of people."
    ),
    RuleForm.QUALIFIED: (
        "The share of members and the share of people, of those who take part; abstaining "
        "counts as against. With fewer opponents than can block, the share of people is not "
        "asked for; that of members always is. The number of opponents that can block, where "
        "not all take part: the fewest members with more than the share of people, plus one."
    ),
    RuleForm.MAJORITY: "The share of all who take part, or of those who vote for or against.",
    RuleForm.COUNCIL: "The number of votes, and nobody with a veto against. Abstaining is no veto.",
    RuleForm.COALITION: "Carried when at least one is in favour; it binds nobody else.",
}

_TAIL = """
## How it is counted

- **Not taking part** (an opt-out) is not a vote: such a member leaves both sides of every share.
- **Before the end** members without a vote may still vote anyhow. The outcome is *open* unless all
  they can do gives the same. A silence procedure stays open until its deadline unless broken.
- **Nobody takes part**: lost.
- **Monotone**: a vote that turns from for to against, abstaining or none, or from none or
  abstaining to against, never improves an outcome. Opting out is no vote: under a qualified
  majority it can raise the number of opponents that it takes to block.
- **Who must move?** The smallest sets of members whose change to a yes carries it, if the vote
  ended now. All of them are counted exactly, the first twenty are listed in order of name. Where
  members of very many different sizes could move (more than 36), the size is given, and 0 sets.
- Whole numbers only; shown shares are rounded down.
- Not here: the limit of constructive abstention before Lisbon (a third of the weighted votes), and
  the weighted votes of Nice, which a member could ask for until 31 March 2017.

Members by day and the populations with their years: [tables.md](tables.md), tables `organisations`
and `eu_population`.
"""


def rules_page() -> str:
    """The page: one row a rule, then what each form means."""
    lines = ["| rule | what it is | form | figures | holds | source |", "|---|---|---|---|---|---|"]
    for rule in list_rules():
        cells = (f"`{rule.rule_id}`", rule.name, rule.form, figures(rule), _period(rule))
        lines.append("| " + " | ".join([*cells, rule.source]) + " |")
    lines += ["", "## Forms", ""]
    lines += [f"- **{form}**: {text}" for form, text in _FORMS.items()]
    return _HEAD + "\n".join(lines) + "\n" + _TAIL


def figures(rule: DecisionRule) -> str:
    """The figures of a rule that count, in words."""
    more = "more than" if rule.strictly_more else "at least"
    whom = "all members" if rule.of_all_members else "those voting"
    whom = "members" if rule.form is RuleForm.QUALIFIED else whom
    words = [f"{more} {_share(rule.members_share)} of {whom}" if rule.members_share else ""]
    words.append(f"{_share(rule.population_share)} of the people" if rule.population_share else "")
    words.append(f"{rule.votes_needed} votes where all take part" if _has_least(rule) else "")
    words.append(f"{rule.votes_needed} votes" if rule.form is RuleForm.COUNCIL else "")
    words.append(f"veto of {', '.join(rule.veto_members)}" if rule.veto_members else "")
    words.append(f"{rule.blocking_members} opponents to block" if rule.blocking_members else "")
    limit = rule.constructive_limit_share
    words.append(f"constructive abstention below {_share(limit)}" if limit else "")
    words.append("abstention blocks" if rule.abstention_blocks else "")
    return "; ".join(word for word in words if word)


def _has_least(rule: DecisionRule) -> bool:
    return rule.form is RuleForm.QUALIFIED and rule.votes_needed > 0


def _share(share: tuple[int, int] | None) -> str:
    above, below = share or (0, 1)
    return f"{above} %" if below == 100 else f"{above}/{below}"


def _period(rule: DecisionRule) -> str:
    return f"from {rule.from_on}" if rule.from_on else "always"
