"""The decision rules, with their figures, their sources and the days from which they hold."""

from datetime import date

from u24.domain.decisions import DecisionRule, RuleForm
from u24.errors import InvalidInput

PERMANENT_FIVE = ("CHN", "FRA", "GBR", "RUS", "USA")
DOUBLE_MAJORITY_FROM_ON = date(2014, 11, 1)  # TEU 16(4)
LISBON_FROM_ON = date(2009, 12, 1)
NINE_OF_FIFTEEN_FROM_ON = date(1966, 1, 1)  # the Council grew from 11 seats to 15

RULES = (
    DecisionRule(
        rule_id="silence",
        name="silence procedure: carried at the deadline unless one objects",
        form=RuleForm.SILENCE,
        source="CRS report RS21510, NATO's Decision-Making Process",
    ),
    DecisionRule(
        rule_id="unanimity",
        name="unanimity: every member that takes part is in favour",
        form=RuleForm.UNANIMITY,
        source="the plain meaning; a body's own rules may be milder, see eu-unanimity",
        abstention_blocks=True,
    ),
    DecisionRule(
        rule_id="nato-consensus",
        name="NATO consensus: no vote is taken, nobody objects",
        form=RuleForm.CONSENSUS,
        source="NATO, Consensus decision-making at NATO (topic 49178)",
    ),
    DecisionRule(
        rule_id="eu-unanimity",
        name="EU Council unanimity: abstention does not block",
        form=RuleForm.UNANIMITY,
        source="TFEU 238(4); TEU 31(1) first subparagraph",
    ),
    DecisionRule(
        rule_id="eu-cfsp-consensus",
        name="EU foreign policy with constructive abstention",
        form=RuleForm.CONSENSUS,
        source="TEU 31(1) second subparagraph",
        constructive_limit_share=(1, 3),
        from_on=LISBON_FROM_ON,
    ),
    DecisionRule(
        rule_id="eu-qmv",
        name="EU qualified majority, on a proposal of the Commission or the High Representative",
        form=RuleForm.QUALIFIED,
        source="TEU 16(4); TFEU 238(3)(a)",
        members_share=(55, 100),
        population_share=(65, 100),
        blocking_members=4,
        blocking_population_share=(35, 100),
        votes_needed=15,
        from_on=DOUBLE_MAJORITY_FROM_ON,
    ),
    DecisionRule(
        rule_id="eu-qmv-reinforced",
        name="EU qualified majority, on anybody else's proposal",
        form=RuleForm.QUALIFIED,
        source="TFEU 238(2) and 238(3)(b)",
        members_share=(72, 100),
        population_share=(65, 100),
        from_on=DOUBLE_MAJORITY_FROM_ON,
    ),
    DecisionRule(
        rule_id="simple-majority",
        name="simple majority of all members",
        form=RuleForm.MAJORITY,
        source="TFEU 238(1)",
        members_share=(1, 2),
        strictly_more=True,
        of_all_members=True,
    ),
    DecisionRule(
        rule_id="unga-two-thirds",
        name="UN General Assembly, important questions: two thirds of those present and voting",
        form=RuleForm.MAJORITY,
        source="UN Charter 18(2); Rules of Procedure of the General Assembly 83 and 86",
        members_share=(2, 3),
    ),
    DecisionRule(
        rule_id="unga-majority",
        name="UN General Assembly, other questions: a majority of those present and voting",
        form=RuleForm.MAJORITY,
        source="UN Charter 18(3); Rules of Procedure of the General Assembly 85 and 86",
        members_share=(1, 2),
        strictly_more=True,
    ),
    DecisionRule(
        rule_id="unsc",
        name="UN Security Council: nine votes and no veto",
        form=RuleForm.COUNCIL,
        source="UN Charter 27(3); abstention is no veto: ICJ, Namibia, 21 June 1971, para 22",
        votes_needed=9,
        veto_members=PERMANENT_FIVE,
        from_on=NINE_OF_FIFTEEN_FROM_ON,
    ),
    DecisionRule(
        rule_id="unsc-procedural",
        name="UN Security Council, procedure: nine votes",
        form=RuleForm.COUNCIL,
        source="UN Charter 27(2)",
        votes_needed=9,
        from_on=NINE_OF_FIFTEEN_FROM_ON,
    ),
    DecisionRule(
        rule_id="coalition",
        name="coalition of the willing: those who may, do",
        form=RuleForm.COALITION,
        source="nobody is bound by another's word; each acts on its own",
    ),
)


def list_rules() -> tuple[DecisionRule, ...]:
    """All rules, in the order of the page docs/reference/decision-rules.md."""
    return RULES


def get_rule(rule_id: str, on: date | None = None) -> DecisionRule:
    """The rule with this id, as it holds on that day; without a day the rule of today.

    Raises
    ------
    InvalidInput
        There is no such rule, or it did not hold on that day; the message says which are
        known, or from when until when it holds.
    """
    rules = [rule for rule in RULES if rule.rule_id == rule_id]
    if not rules:
        known = ", ".join(rule.rule_id for rule in RULES)
        raise InvalidInput(f"rule is {rule_id!r}; it must be one of {known}")
    for rule in reversed(rules):
        if on is None or _holds(rule, on):
            return rule
    periods = ", ".join(_period(rule) for rule in rules)
    raise InvalidInput(f"rule {rule_id} is asked for {on}; it holds {periods}")


def _holds(rule: DecisionRule, on: date) -> bool:
    begun = rule.from_on is None or rule.from_on <= on
    return begun and (rule.until_on is None or on < rule.until_on)


def _period(rule: DecisionRule) -> str:
    words = [f"from {rule.from_on}"] if rule.from_on else []
    return " ".join([*words, f"until {rule.until_on}"] if rule.until_on else words)
