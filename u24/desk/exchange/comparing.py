"""A bundle beside what stands here: what is new, what is known, where the two disagree.

Nobody's clock decides. A fact of the other desk disagrees with one of ours about the same
subject if that desk did not have ours yet when it recorded its own. What it had is what
stands before in its stream, and what it noted there as a conflict.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from u24.desk.board.state import Board
from u24.desk.exchange.carried import Carried
from u24.desk.exchange.checking import fact_of
from u24.desk.exchange.origins import MARK, Names, Origin, names_of
from u24.desk.exchange.reading import Bundle
from u24.desk.exchange.subjects import CORRECTED, subjects_of, travels
from u24.desk.rules.lines import line_of
from u24.domain.facts.cases import CaseMerged, CaseOpened
from u24.domain.facts.fact import Fact
from u24.domain.facts.letters import ConflictNoted
from u24.errors import InvalidInput
from u24.ledger.store import Entry, Store
from u24.wire.facts import decode_fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A fact of the bundle that is not on record here."""

    held: Carried
    names: Names
    fact: Fact
    subjects: tuple[str, ...]

    @property
    def line(self) -> str:
        """It in plain words, with who said it."""
        return f"{self.names.at('')[0]}: {line_of(self.fact)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A fact of the bundle, and the entry here with which it disagrees."""

    coming: Coming
    subject: str
    ours_position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What taking the bundle in would do."""

    new: tuple[Coming, ...] = ()
    clashes: tuple[Clash, ...] = ()
    known: int = 0
    withheld: int = 0  # bodies that the other desk kept
    local: int = 0  # what only concerns that desk: mail, bundles, conflicts of its own
    faults: tuple[str, ...] = ()  # why it cannot be taken in at all
    positions: tuple[tuple[int, Origin], ...] = ()  # of the other record, for its corrections


@dataclass(slots=True, kw_only=True)
class Ours:
    """What stands here of the case."""

    seq: int = 0
    positions: dict[Origin, int] = field(default_factory=dict)
    bodies: dict[Origin, bytes] = field(default_factory=dict)
    noted: set[Origin] = field(default_factory=set)  # as conflicts: known, not taken over
    by_subject: dict[str, list[Origin]] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=dict)  # subject of a conflict: our position

    def knows(self, origin: Origin) -> bool:
        """Whether it is on record here, taken over or noted."""
        return origin in self.positions or origin in self.noted


def read_ours(store: Store, board: Board, case_id: str) -> Ours:
    """Everything said of the case here, by where it was said first."""
    ours = Ours()
    for entry in store.stream(f"case/{case_id}"):
        ours.seq = entry.seq
        names = _names_here(entry, board.ledger_id)
        ours.positions[names.origin] = entry.position
        ours.bodies[names.origin] = entry.body
        fact = decode_fact(entry.kind, entry.body)
        if isinstance(fact, ConflictNoted):
            if noted := _origin_noted(fact):
                ours.noted.add(noted)
        elif travels(fact):
            for subject in subjects_of(fact, entry.actor):
                ours.by_subject.setdefault(subject, []).append(names.origin)
    case = board.cases.get(case_id)
    for state in case.conflicts.values() if case else ():
        if not state.settled:
            ours.open[state.fact.subject] = state.fact.ours_position
    return ours


def compare(bundle: Bundle, ours: Ours, board: Board) -> Comparison:
    """What of a checked bundle is new here, known, or in conflict with what stands here."""
    home = bundle.header.ledger_id
    faults = list(_faults_of_desk(bundle, board))
    seen: set[Origin] = set()
    new: list[Coming] = []
    clashes: list[Clash] = []
    known = withheld = local = 0
    positions = []
    disputed = dict(ours.open)
    for held in bundle.said:
        names = names_of(held.actor, held.command, held.position, home)
        positions.append((held.position, names.origin))
        if ours.knows(names.origin):
            known += 1
            faults += _faults_of_known(held, names, ours)
            seen.add(names.origin)
            continue
        if held.is_withheld:
            withheld += 1
            continue
        fact = fact_of(held)
        if isinstance(fact, ConflictNoted) and (noted := _origin_noted(fact)):
            seen.add(noted)
        if not travels(fact):
            local += 1
            continue
        actor = names.at(board.ledger_id)[0]
        coming = Coming(held=held, names=names, fact=fact, subjects=subjects_of(fact, actor))
        faults += _faults_of_coming(coming, ours, board)
        clash = _find_clash(coming, ours, seen, disputed)
        if clash:
            disputed.setdefault(clash.subject, clash.ours_position)
            clashes.append(clash)
        else:
            new.append(coming)
    return Comparison(
        new=tuple(new), clashes=tuple(clashes), known=known, withheld=withheld, local=local,
        faults=tuple(dict.fromkeys(faults)), positions=tuple(positions),
    )  # fmt: skip


def _find_clash(
    coming: Coming, ours: Ours, seen: set[Origin], disputed: dict[str, int]
) -> Clash | None:
    for subject in coming.subjects:
        unseen = [each for each in ours.by_subject.get(subject, ()) if each not in seen]
        if unseen:
            at = ours.positions[unseen[-1]]
            return Clash(coming=coming, subject=subject, ours_position=at)
        if subject in disputed:
            return Clash(coming=coming, subject=subject, ours_position=disputed[subject])
    return None


def _faults_of_desk(bundle: Bundle, board: Board) -> Iterator[str]:
    theirs, here = (
        "an exercise" if each else "real" for each in (bundle.header.exercise, board.exercise)
    )
    if theirs != here:
        yield f"the bundle is {theirs} and this desk is {here}; the two never mix"


def _faults_of_known(held: Carried, names: Names, ours: Ours) -> Iterable[str]:
    """One place on one record can hold one thing only; a correction counts positions anew."""
    body = ours.bodies.get(names.origin)
    if body is None or held.body is None or held.kind == CORRECTED or body == held.body:
        return ()
    told = (
        f"entry {held.position} says that {names.origin.ledger_id} recorded something at "
        f"{names.origin.position} that is not what is known of it here; one of the two is forged"
    )
    return (told,)


def _faults_of_coming(coming: Coming, ours: Ours, board: Board) -> Iterator[str]:
    origin, fact = coming.names.origin, coming.fact
    place = f"entry {coming.held.position}"
    if origin.ledger_id == board.ledger_id:
        yield f"{place} is said to be from here, but nothing here says so; it is forged"
    if isinstance(fact, CaseOpened) and ours.seq:
        yield (
            f"{place} opens case {fact.case_id}, which began otherwise here; two cases have one id"
        )
    if isinstance(fact, CaseMerged) and fact.into_case_id not in board.cases:
        yield f"{place} merges the case into {fact.into_case_id}; take that one in first"


def _names_here(entry: Entry, ledger_id: str) -> Names:
    try:
        return names_of(entry.actor, entry.command, entry.position, ledger_id)
    except InvalidInput:  # one of ours has the mark in its name
        origin = Origin(ledger_id=ledger_id, position=entry.position)
        return Names(origin=origin, actor=entry.actor, command=entry.command)


def _origin_noted(fact: ConflictNoted) -> Origin | None:
    """Where the other side of a conflict was said; None if its names do not tell."""
    if MARK not in fact.actor:
        return None
    try:
        return names_of(fact.actor, fact.command, 0, "").origin
    except InvalidInput:
        return None
