"""How members decide: rules as data, ballots, and what came of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from u24.errors import InvalidInput

# Every rule that a proposal may be decided by; what each says stands in the consent room.
RULE_IDS = (
    "silence",
    "unanimity",
    "nato-consensus",
    "eu-unanimity",
    "eu-cfsp-consensus",
    "eu-qmv",
    "eu-qmv-reinforced",
    "simple-majority",
    "unga-two-thirds",
    "unga-majority",
    "unsc",
    "unsc-procedural",
    "coalition",
)


class RuleForm(StrEnum):
    """How ballots are counted. Every form is one pure function in the consent room."""

    SILENCE = "silence"  # carried at the deadline unless one objects
    UNANIMITY = "unanimity"  # all in favour; abstention does not block where the rule says so
    CONSENSUS = "consensus"  # nobody objects; constructive abstention up to a limit
    QUALIFIED = "qualified"  # share of members and share of population
    MAJORITY = "majority"  # share of those who vote, or of all
    COUNCIL = "council"  # a number of votes, and no veto
    COALITION = "coalition"  # whoever may, does


class Vote(StrEnum):
    """How one member's position counts now."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    CONSTRUCTIVE = "constructive"
    NONE = "none"  # no word yet, or undecided
    NOT_PARTICIPATING = "not_participating"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """One rule with its figures; which of them count depends on the form.

    Shares are whole-number fractions ``(above, below)``, so that nothing is rounded.
    """

    rule_id: str  # e.g. eu-qmv
    name: str
    form: RuleForm
    source: str
    members_share: tuple[int, int] | None = None
    strictly_more: bool = False  # more than the share, not just the share
    population_share: tuple[int, int] | None = None
    blocking_members: int = 0  # fewer opponents than this never block
    blocking_population_share: tuple[int, int] | None = None
    votes_needed: int = 0
    veto_members: tuple[str, ...] = ()
    of_all_members: bool = False  # a majority of all, not of those who vote
    abstention_blocks: bool = False
    constructive_limit_share: tuple[int, int] | None = None  # of members and of population
    from_on: date | None = None
    until_on: date | None = None

    def __post_init__(self) -> None:
        for name in ("members_share", "population_share"):
            share = getattr(self, name)
            if share is not None and not 0 < share[0] <= share[1]:
                raise InvalidInput(
                    f"rule {self.rule_id}: {name} is {share[0]}/{share[1]}; "
                    "it must be above 0, at most 1"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Elector:
    """One who decides. ``population`` is known where a rule counts people."""

    member: str
    population: int | None = None


class Outcome(StrEnum):
    """What the ballots give, as they stand at a moment."""

    CARRIED = "carried"
    OPEN = "open"  # it may still be carried, and nobody can say yet
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movers:
    """The smallest sets of members whose change to a yes carries it.

    ``total`` counts all sets of that size; ``sets`` are the first of them, each in order of
    name. ``size`` 0: it is carried already; None: no change of members alone carries it.
    """

    size: int | None
    sets: tuple[tuple[str, ...], ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A rule applied to ballots: the outcome, the count, what was missing, who could change it.

    The shares are of what the rule counts, as whole-number fractions; None where the rule
    does not ask.
    """

    rule_id: str
    outcome: Outcome
    votes: tuple[tuple[str, Vote], ...]  # in order of member
    text: str  # the count in words
    members_for: tuple[int, int] | None = None
    population_for: tuple[int, int] | None = None
    movers: Movers = Movers(size=None)

    def voting(self, vote: Vote) -> tuple[str, ...]:
        """The members with that vote, in order of name."""
        return tuple(member for member, own in self.votes if own is vote)
