"""Every word that stands in a proposal's way or tells about it, as a reason with its weight."""

from collections.abc import Iterable
from dataclasses import dataclass

from u24.consent.ballots import OBJECTIONS, Words, distinct, unmet
from u24.consent.in_confidence import IN_CONFIDENCE
from u24.consent.matters import Matter, bars_it
from u24.consent.windows import clock_text
from u24.domain.consent import Permission, Reason, least
from u24.domain.decisions import Outcome, RuleForm, Vote
from u24.domain.proposals import Condition, Confidence, Position, Stance

LEAVES = {
    Outcome.OPEN: Permission.NOT_YET,
    Outcome.LOST: Permission.NO,
}
ONE_OBJECTION_STOPS = (RuleForm.SILENCE, RuleForm.UNANIMITY, RuleForm.CONSENSUS)
SAYS = {
    Stance.SUPPORT: "supports it",
    Stance.CONDITIONAL: "makes its yes conditional",
    Stance.UNDECIDED: "is undecided",
    Stance.ABSTAIN: "abstains",
    Stance.ABSTAIN_CONSTRUCTIVELY: "abstains constructively",
    Stance.NOT_PARTICIPATING: "does not take part",
    Stance.OPPOSE: "opposes it",
    Stance.RED_LINE: "draws a red line",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A matter with what its ballots gave: what is needed to say how a word weighs.

    ``deciders`` are the electors whose own change to a yes would carry it.
    """

    matter: Matter
    outcome: Outcome
    deciders: frozenset[str]

    def weight(self, member: str) -> Permission:
        """The most that this elector's vote alone leaves of the proposal."""
        vote, rule = self.matter.votes[member], self.matter.rule
        if vote is Vote.AGAINST and (
            rule.form in ONE_OBJECTION_STOPS or member in rule.veto_members
        ):
            return Permission.NO
        blocks = vote is Vote.ABSTAIN and rule.abstention_blocks
        if blocks or member in self.deciders:
            return LEAVES[self.outcome]
        return Permission.WITHIN_LIMITS


def public_reasons(counted: Count) -> tuple[Reason, ...]:
    """What members said in public that stands in the way, decides, or informs, by member."""
    found: list[Reason] = []
    for member, words in counted.matter.words.items():
        stands = member in counted.matter.standing
        if stands and any(bars_it(part, counted.matter.holds) for part in words.public):
            found += _of_standing(counted, words)
        elif member in counted.matter.votes:
            found += _of_elector(counted, words)
        else:
            found += _of_others(counted, words)
    return tuple(found)


def confidential_reasons(counted: Count, told: Permission) -> tuple[Reason, ...]:
    """One reason for all that was said in confidence, with its weight and nothing else.

    Where what is ``told`` by all other reasons leaves less than a yes, a yes in confidence
    weighs as a word that does not decide, so that the weight does not tell the one from the other.
    """
    matter = counted.matter
    if not matter.confidants:
        return ()
    weights = [] if told is Permission.YES else [Permission.WITHIN_LIMITS]
    for member in matter.confidants:
        parts = matter.words[member].counted
        if member in matter.standing and any(bars_it(part, matter.holds) for part in parts):
            weights.append(Permission.NO)
        if matter.votes.get(member, Vote.FOR) is not Vote.FOR:
            weights.append(counted.weight(member))
    text = f"{len(matter.confidants)} spoke in confidence, and it is counted"
    return (
        Reason(
            code="position-in-confidence", text=text, lifted_by=IN_CONFIDENCE, leaves=least(weights)
        ),
    )


def condition_reason(
    matter: Matter, name: str, code: str, says: str, leaves: Permission, sources: Iterable[str]
) -> Reason:
    """A condition that is not known to hold, in the way of what ``says`` tells."""
    condition = matter.conditions[name]
    known = "said not to hold" if matter.holds[name] is False else "not known to hold"
    return Reason(
        code=code,
        text=f"{says} {name} ({condition.text}), which is {known}",
        lifted_by=who_brings(condition),
        leaves=leaves,
        lift=f"{name}=true",
        sources=tuple(dict.fromkeys(sources)),
    )


def who_brings(condition: Condition) -> str:
    """Who can make it true, in words also where the case does not say."""
    return condition.brought_by or f"whoever can bring {condition.condition_id} about"


def lift_of(matter: Matter, member: str) -> str:
    """The change by which a member comes to support it, as ``--what-if`` reads it."""
    return f"position:{member}/{matter.proposal.proposal_id}={Stance.SUPPORT}"


def _of_standing(counted: Count, words: Words) -> list[Reason]:
    """Of the host and of the deciding organisation, whose word bars by itself."""
    matter, found = counted.matter, []
    is_body = words.member == matter.proposal.body
    role = "body" if is_body else "host"
    tail = "it is the one that decides" if is_body else "it would be done on its ground"
    own = Permission.WITHIN_LIMITS if words.has_secret else None  # None: as each word weighs
    for part in distinct(words.public):
        if part.stance in OBJECTIONS:
            leaves = own or Permission.NO
            found.append(_word(matter, part, f"{role}-opposes", leaves, tail))
        weighs = own if bars_it(part, matter.holds) else Permission.YES
        found += _conditional(counted, part, weighs)
    return found


def _of_elector(counted: Count, words: Words) -> list[Reason]:
    matter, member = counted.matter, words.member
    if matter.votes[member] is Vote.FOR and not words.has_secret:
        return []
    leaves = Permission.WITHIN_LIMITS if words.has_secret else counted.weight(member)
    decides = leaves.bars
    found: list[Reason] = []
    for part in distinct(words.public):
        if part.stance in OBJECTIONS:
            found.append(_word(matter, part, _code(part), leaves, _tail(counted, leaves)))
            found += _conditional(counted, part, Permission.YES)
        elif part.stance in (Stance.SUPPORT, Stance.CONDITIONAL):
            found += _conditional(counted, part, leaves)
        else:
            if decides:
                found.append(_word(matter, part, _code(part), leaves, _tail(counted, leaves)))
            found += _conditional(counted, part, Permission.YES)
    if decides and None in words.public and matter.votes[member] is Vote.NONE:
        found.append(_partial(matter, words, leaves))
    return found


def _of_others(counted: Count, words: Words) -> list[Reason]:
    """Of those who have no vote: to be known, and of no weight."""
    found: list[Reason] = []
    for part in distinct(words.public):
        if part.stance in OBJECTIONS:
            tail = "it has no vote on it"
            found.append(_word(counted.matter, part, _code(part), Permission.YES, tail))
        found += _conditional(counted, part, Permission.YES)
    return found


def _conditional(counted: Count, part: Position, leaves: Permission | None) -> list[Reason]:
    """The conditions of a word that are not met; without ``leaves`` as each of them weighs."""
    matter = counted.matter
    if part.stance is Stance.CONDITIONAL and not part.conditions:
        tail = "it names no condition, so that none can be met"
        return [_word(matter, part, "condition-unnamed", leaves or Permission.NOT_YET, tail)]
    says = f"{part.member} {SAYS[part.stance]}{_where(part)}; it asks for"
    return [
        condition_reason(
            matter,
            name,
            "condition-unmet",
            says,
            leaves or unknown_or_no(matter, name),
            part.grounds.sources,
        )
        for name in unmet(part.conditions, matter.holds)
    ]


def unknown_or_no(matter: Matter, name: str) -> Permission:
    """A condition that is said not to hold leaves no; one that is unknown, not yet."""
    return Permission.NO if matter.holds[name] is False else Permission.NOT_YET


def _word(matter: Matter, part: Position, code: str, leaves: Permission, tail: str) -> Reason:
    text = f"{part.member} {SAYS[part.stance]}{_where(part)}"
    text += f": {part.text.rstrip('.')}" if part.text else ""
    return Reason(
        code=code,
        text=f"{text}; {tail}" if tail else text,
        lifted_by=f"member {part.member}",
        leaves=leaves,
        lift=lift_of(matter, part.member),
        sources=part.grounds.sources,
    )


def _partial(matter: Matter, words: Words, leaves: Permission) -> Reason:
    silent = ", ".join(
        purpose
        for purpose, part in zip(matter.proposal.purposes, words.public, strict=True)
        if part is None
    )
    return Reason(
        code="position-partial",
        text=f"{words.member} has not spoken of {silent}",
        lifted_by=f"member {words.member}",
        leaves=leaves,
        lift=lift_of(matter, words.member),
    )


def _where(part: Position) -> str:
    """Of which purposes it speaks, who said it, when, and how sure that is."""
    about = f" as to {', '.join(part.purposes)}" if part.purposes else ""
    marks = [part.by] if part.by else []
    marks += [clock_text(part.at)] if part.at is not None else []
    marks += [f"confidence {part.confidence}"] if part.confidence is not Confidence.HIGH else []
    return about + (f" ({', '.join(marks)})" if marks else "")


def _tail(counted: Count, leaves: Permission) -> str:
    if counted.matter.rule.form in ONE_OBJECTION_STOPS and leaves is Permission.NO:
        return f"under {counted.matter.rule.rule_id} that stops it"
    return "" if leaves.bars else "that does not decide it"


def _code(part: Position) -> str:
    return f"position-{part.stance.value.replace('_', '-')}"
