"""Proposals made ready to be judged, as they stand and as they would stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from u24.consent.ballots import Holds, Words, distinct, is_met, list_words, require_member, vote_of
from u24.consent.conditions import (
    excluded_by,
    holding,
    known_conditions,
    require_known,
    require_together,
)
from u24.consent.rules import decide, get_rule
from u24.consent.rules.deciding import outcome_of
from u24.domain.case import Case
from u24.domain.decisions import Decision, DecisionRule, Elector, Outcome, RuleForm, Vote
from u24.domain.proposals import Condition, Position, Proposal, ProposalKind, Stance
from u24.errors import InvalidInput
from u24.reference.countries import find_country
from u24.reference.lookup import near_matches
from u24.reference.organisations import electors_of
from u24.reference.tables import SHIPPED, Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One proposal with all that its verdict rests on.

    ``standing`` are those whose objection bars it whatever the count: the organisation
    that decides, and the host, except on sanctions, which are not carried out on its ground.
    ``votes`` is how every elector votes as things stand, secret words counted; ``askers`` are
    the electors that named a condition.
    ``confidants`` are those who have a vote or stand so, and spoke in confidence.
    """

    proposal: Proposal
    rule: DecisionRule
    electors: tuple[Elector, ...]
    words: Mapping[str, Words]
    holds: Holds
    conditions: Mapping[str, Condition]
    standing: tuple[str, ...]
    confidants: tuple[str, ...]
    votes: Mapping[str, Vote]
    askers: Mapping[str, tuple[str, ...]]
    is_over: bool
    is_made: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What is supposed of the world: which conditions hold, and who has come to support."""

    holds: Holds
    supporting: frozenset[str] = frozenset()


def list_matters(case: Case, at: datetime, tables: Tables = SHIPPED) -> tuple[Matter, ...]:
    """Every proposal of the case as known at ``at``, in order of id.

    A count is over once the deadline is reached, never without one: until then a rule says
    what it can say whatever those who are silent may do.

    Raises
    ------
    InvalidInput
        Two proposals of one id; a body, member, rule or condition that is unknown; nobody
        who decides; or a fault of the positions or of the words on conditions.
    """
    _require_once([each.proposal_id for each in case.proposals], "proposals name id")
    world = _World(
        host=case.host,
        at=at,
        tables=tables,
        holds=holding(case, at),
        conditions=known_conditions(case),
    )
    words = list_words(case, at, tables)
    _check_requirements(case.proposals, world.conditions)
    return tuple(
        _matter(world, proposal, words[proposal.proposal_id])
        for proposal in sorted(case.proposals, key=lambda each: each.proposal_id)
    )


def get_matter(case: Case, proposal_id: str, at: datetime, tables: Tables) -> Matter:
    """The proposal with this id.

    Raises
    ------
    InvalidInput
        There is none, or a fault as in :func:`list_matters`.
    """
    matters = {each.proposal.proposal_id: each for each in list_matters(case, at, tables)}
    if proposal_id not in matters:
        raise InvalidInput(
            f"proposal is {proposal_id!r}, which the case does not have; "
            f"{near_matches(proposal_id, matters)}"
        )
    return matters[proposal_id]


def ballots(matter: Matter, supposed: Supposed) -> dict[str, Vote]:
    """How every elector votes on these suppositions, secret words counted."""
    votes = dict(matter.votes)
    changed = [name for name, held in supposed.holds.items() if held is not matter.holds[name]]
    for member in {member for name in changed for member in matter.askers.get(name, ())}:
        votes[member] = vote_of(matter.words[member].counted, matter.rule.form, supposed.holds)
    return votes | {member: Vote.FOR for member in supposed.supporting if member in votes}


def count(matter: Matter, electors: Sequence[Elector], votes: Mapping[str, Vote]) -> Decision:
    """What the rule makes of the ballots of these electors.

    Raises
    ------
    InvalidInput
        The rule counts people, and of an elector their number is unknown.
    """
    try:
        return decide(matter.rule, electors, votes, is_over=matter.is_over)
    except InvalidInput as error:
        raise InvalidInput(f"proposal {matter.proposal.proposal_id}: {error}") from error


def is_carried(matter: Matter, votes: Mapping[str, Vote]) -> bool:
    """Whether these ballots carry it; who could change it is not asked, so it is cheap."""
    outcome = outcome_of(matter.rule, matter.electors, votes, is_over=matter.is_over)
    return outcome is Outcome.CARRIED


def missing_conditions(matter: Matter, holds: Holds) -> tuple[str, ...]:
    """What the proposal requires and is not known to hold."""
    return tuple(name for name in matter.proposal.requires if holds[name] is not True)


def barring_members(matter: Matter, supposed: Supposed) -> tuple[str, ...]:
    """Those who bar it by themselves, by an objection or by conditions that are not met."""
    return tuple(
        member
        for member in matter.standing
        if member not in supposed.supporting
        and any(bars_it(part, supposed.holds) for part in matter.words[member].counted)
    )


def bars_it(part: Position | None, holds: Holds) -> bool:
    """Whether this word of the host or of the deciding organisation bars by itself."""
    if part is None:
        return False
    if part.stance in (Stance.OPPOSE, Stance.RED_LINE):
        return True
    return part.stance in (Stance.SUPPORT, Stance.CONDITIONAL) and not is_met(part, holds)


def may_be_done(matter: Matter, supposed: Supposed) -> bool:
    """Judge anew: whether, on these suppositions, it is carried and nothing else bars it."""
    return (
        matter.is_made
        and not missing_conditions(matter, supposed.holds)
        and not barring_members(matter, supposed)
        and is_carried(matter, ballots(matter, supposed))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _World:
    """What all proposals of a case share."""

    host: str
    at: datetime
    tables: Tables
    holds: Holds
    conditions: Mapping[str, Condition]


def _matter(world: _World, proposal: Proposal, words: Mapping[str, Words]) -> Matter:
    try:
        rule = get_rule(proposal.rule_id, world.at.date())
    except InvalidInput as error:
        raise InvalidInput(f"proposal {proposal.proposal_id}: {error}") from error
    standing = {proposal.body} & set(words)
    if proposal.kind is not ProposalKind.SANCTIONS:
        standing |= {world.host} & set(words)
    electors = _electors(world, proposal, rule, words)
    weighty = standing | {elector.member for elector in electors}
    return Matter(
        proposal=proposal,
        rule=rule,
        electors=electors,
        words=words,
        holds=world.holds,
        conditions=world.conditions,
        standing=tuple(sorted(standing)),
        confidants=tuple(sorted(m for m in weighty & set(words) if words[m].has_secret)),
        votes={
            elector.member: vote_of(words[elector.member].counted, rule.form, world.holds)
            if elector.member in words
            else Vote.NONE
            for elector in electors
        },
        askers=_askers(electors, words),
        is_over=proposal.deadline_at is not None and proposal.deadline_at <= world.at,
        is_made=proposal.made_at is None or proposal.made_at <= world.at,
    )


def _askers(electors: Sequence[Elector], words: Mapping[str, Words]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for member in (elector.member for elector in electors if elector.member in words):
        for part in distinct(words[member].counted):
            for name in part.conditions:
                found.setdefault(name, []).append(member)
    return {name: tuple(members) for name, members in found.items()}


def _electors(
    world: _World, proposal: Proposal, rule: DecisionRule, words: Mapping[str, Words]
) -> tuple[Elector, ...]:
    place = f"proposal {proposal.proposal_id}:"
    if proposal.body:
        try:
            return electors_of(proposal.body, world.at.date(), world.tables)
        except InvalidInput as error:
            raise InvalidInput(f"{place} {error}") from error
    members: Sequence[str] = proposal.members
    if not members and rule.form is RuleForm.COALITION:
        members = [name for name in words if find_country(name, world.tables) is not None]
    elif not members:
        raise InvalidInput(f"{place} nobody decides; give a body, or members")
    _require_once(members, f"{place} members names")
    return tuple(_elector(member, world.tables, place) for member in sorted(members))


def _elector(member: str, tables: Tables, place: str) -> Elector:
    require_member(member, tables, place)
    country = find_country(member, tables)
    return Elector(member=member, population=None if country is None else country.population)


def _check_requirements(proposals: Sequence[Proposal], conditions: Mapping[str, Condition]) -> None:
    excluded = excluded_by(conditions)
    for proposal in proposals:
        place = f"proposal {proposal.proposal_id}: requires"
        require_known(proposal.requires, conditions, place)
        require_together(proposal.requires, excluded, place)


def _require_once(names: Sequence[str], place: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidInput(f"{place} {twice[0]!r} twice; keep one")
