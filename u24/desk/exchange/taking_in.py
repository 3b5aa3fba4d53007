"""What another desk said of a case becomes part of our record; nothing is overwritten.

A subject on which both desks spoke without knowing of each other is noted as a conflict;
a person settles it (``SettleConflict``). Each desk settles for itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from u24.clock import Clock
from u24.desk.board.state import Board
from u24.desk.exchange.carried import Carried
from u24.desk.exchange.comparing import Clash, Coming, Comparison, compare, read_ours
from u24.desk.exchange.export import BEGUN
from u24.desk.exchange.origins import MARK, Names, Origin
from u24.desk.exchange.reading import Bundle, open_bundle
from u24.desk.exchange.subjects import document_of
from u24.desk.saying import Caller
from u24.domain.commands.command import Outcome, Refusal
from u24.domain.facts.cases import CallSignAllotted, CaseOpened, FactCorrected
from u24.domain.facts.fact import Fact
from u24.domain.facts.letters import BundleTakenIn, ConflictNoted
from u24.domain.facts.people import PersonEnrolled, Role
from u24.domain.facts.record import DESK, KeyRegistered
from u24.errors import CaseErrors, Conflict
from u24.ledger.keys import key_id_of
from u24.ledger.store import Batch, Draft, Store, Submission
from u24.wire.facts import encode_fact

ATTEMPTS = 12
ALLOTTED, PEOPLE, RECORD = "desk", "people", "record"
MAY = (Role.DUTY_OFFICER, Role.ADMINISTRATOR)


class TakesIn(Protocol):
    """What is needed of :class:`u24.desk.journey.Desk`."""

    @property
    def store(self) -> Store:
        """The ledger."""
        ...

    def refresh(self) -> Board:
        """Read what is new on record."""
        ...

    def say(self, key: str, facts: Sequence[tuple[str, Fact]], asked: bytes = b"") -> Outcome:
        """Put on record what the desk itself says; once a key."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What taking a bundle in would do; nothing was done."""

    case_id: str
    call_sign: str  # as it would stand here
    desk_name: str
    new: tuple[str, ...]  # a line each
    conflicts: tuple[str, ...]
    known: int
    withheld: int
    faults: tuple[str, ...]


def look_into(path: Path, store: Store, board: Board, trusted_keys: Mapping[str, str]) -> Look:
    """Say what would be added, is known and disagrees.

    Raises
    ------
    CaseErrors
        The bundle itself is not good; ``messages`` names every fault.
    """
    bundle = open_bundle(path, trusted_keys)
    ours = read_ours(store, board, bundle.header.case_id)
    found = compare(bundle, ours, board)
    return Look(
        case_id=bundle.header.case_id,
        call_sign=visible_call_sign(bundle, board),
        desk_name=bundle.header.desk_name,
        new=tuple(coming.line for coming in found.new),
        conflicts=tuple(_clash_line(clash) for clash in found.clashes),
        known=found.known,
        withheld=found.withheld,
        faults=found.faults,
    )


def take_in(
    desk: TakesIn, caller: Caller, path: Path, *, trusted_keys: Mapping[str, str], clock: Clock
) -> Outcome:
    """Take a bundle in: all of it that is new, once. A refusal says why nothing was done.

    Parameters
    ----------
    caller
        A duty officer or administrator of every case.
    trusted_keys
        By ledger, the public key (hex) of the desk, from somebody whom we trust.

    Raises
    ------
    StoreUnavailable
        The record cannot be read or written now. Take the bundle in again: what is on
        record by then is known, and the rest follows.
    """
    board = desk.refresh()
    if not _may(board, caller, clock):
        text = f"{caller.person_id} may not take in a bundle; ask somebody who may"
        return _refused("not-allowed", text, MAY)
    try:
        bundle = open_bundle(path, trusted_keys)
    except CaseErrors as errors:
        return _refused("bad-bundle", str(errors))
    if found := desk.store.find_command(f"desk/{_key(bundle)}"):
        return Outcome(repeated=True, positions=tuple(entry.position for entry in found))
    for _ in range(ATTEMPTS):
        board = desk.refresh()
        ours = read_ours(desk.store, board, bundle.header.case_id)
        compared = compare(bundle, ours, board)
        if compared.faults:
            return _refused("bad-bundle", "\n".join(compared.faults))
        try:
            _introduce(desk, bundle, board, clock)
            return _write(desk, bundle, compared, ours.seq, clock)
        except Conflict:
            continue  # somebody spoke in the case meanwhile
    return _refused("busy", f"others wrote {ATTEMPTS} times meanwhile; take the bundle in again")


def visible_call_sign(bundle: Bundle, board: Board) -> str:
    """The call sign under which the case is found here; with the desk's name if ours has it."""
    sign, case_id = bundle.header.call_sign, bundle.header.case_id
    if board.call_signs.get(sign, case_id) == case_id or case_id in board.cases:
        return sign
    return f"{sign} (of {bundle.header.desk_name})".upper()


def _may(board: Board, caller: Caller, clock: Clock) -> bool:
    return any(
        grant.role in MAY
        and grant.case_id == "*"
        and not grant.broken_glass
        and (grant.until_at is None or grant.until_at > clock())
        for grant in board.people.grants.get(caller.person_id, ())
    )


def _refused(code: str, text: str, roles: Iterable[Role] = ()) -> Outcome:
    return Outcome(refusal=Refusal(code=code, text=text, who_may=tuple(map(str, roles))))


def _key(bundle: Bundle) -> str:
    return f"bundle/{bundle.bundle_id}"


def _introduce(desk: TakesIn, bundle: Bundle, board: Board, clock: Clock) -> None:
    """Put on record who spoke, with which keys, and what the case is called here.

    None of them has a role, an address or a name of ours, so that nobody gains a right.
    """
    facts: list[tuple[str, Fact]] = []
    now, header = clock(), bundle.header
    for person in header.persons:
        person_id = _name_here(person.person_id, header.ledger_id, board.ledger_id)
        if MARK in person_id:
            name = f"{person.name} ({header.desk_name})"
            enrolled = PersonEnrolled(
                said_at=now, person_id=person_id, name=name, member=person.member
            )
            before = board.people.persons.get(person_id)
            if before is None or (before.name, before.member) != (name, person.member):
                facts.append((PEOPLE, enrolled))
    foreign = list(_foreign_keys(bundle, board))
    owners = _key_owners(desk.store)
    for person_id, key_hex in foreign:
        key_id = key_id_of(bytes.fromhex(key_hex))
        if key_id not in owners:
            owners[key_id] = person_id
            fact = KeyRegistered(
                said_at=now, person_id=person_id, key_id=key_id, public_key_hex=key_hex
            )
            facts.append((RECORD, fact))
    if header.case_id not in board.cases:
        sign = visible_call_sign(bundle, board)
        allotted = CallSignAllotted(said_at=now, case_id=header.case_id, call_sign=sign)
        facts.append((ALLOTTED, allotted))
    if facts:
        told = sha256(b"".join(encode_fact(fact) for _, fact in facts)).hexdigest()[:16]
        _require_done(desk.say(f"{_key(bundle)}/introduced/{told}", facts))


def _foreign_keys(bundle: Bundle, board: Board) -> Iterator[tuple[str, str]]:
    actors = {held.actor for held in bundle.said if held.key_id}
    for held in bundle.entries:
        told = document_of(held.body or b"")
        if held.kind == BEGUN:
            told["person_id"] = DESK
        person_id, key_hex = str(told.get("person_id", "")), str(told.get("public_key_hex", ""))
        if held.stream != bundle.stream and key_hex and person_id in actors:
            here = _name_here(person_id, bundle.header.ledger_id, board.ledger_id)
            if MARK in here:
                yield here, key_hex


def _key_owners(store: Store) -> dict[str, str]:
    """Whose the keys on record are."""
    owners = {}
    for stream in (RECORD, PEOPLE):
        for entry in store.stream(stream):
            told = document_of(entry.body)
            if entry.kind == BEGUN:
                owners[key_id_of(bytes.fromhex(str(told["public_key_hex"])))] = DESK
            elif entry.kind in {"key.registered/1", "key.rotated/1"}:
                owners[str(told.get("key_id", ""))] = str(told.get("person_id", ""))
    return owners


def _name_here(person_id: str, their_ledger: str, our_ledger: str) -> str:
    """The other desk's name for a person, as it stands here."""
    home, mark, said_by = person_id.partition(MARK)
    if not mark:
        home, said_by = their_ledger, person_id
    return said_by if home == our_ledger else f"{home}{MARK}{said_by}"


def _write(desk: TakesIn, bundle: Bundle, found: Comparison, seq: int, clock: Clock) -> Outcome:
    """Facts first, then corrections of them, then what was done; each by itself whole."""
    facts_first = [one for one in found.new if not _is_correction(one)]
    positions = list(_append(desk, bundle, facts_first, seq))
    board = desk.refresh()
    ours = read_ours(desk.store, board, bundle.header.case_id)
    here = {theirs: ours.positions.get(origin) for theirs, origin in found.positions}
    corrections, clashes = [], list(found.clashes)
    for coming in found.new:
        if isinstance(coming.fact, FactCorrected):
            position = here.get(coming.fact.position)
            if position is None:  # what it corrects is a conflict here
                subject = next(iter(coming.subjects), "note")
                clashes.append(Clash(coming=coming, subject=subject, ours_position=0))
            else:
                corrections.append(_moved(coming, coming.fact, position))
    positions += _append(desk, bundle, corrections, ours.seq)
    facts: list[tuple[str, Fact]] = [
        (bundle.stream, _taken_in(bundle, found, len(clashes), clock)),
        *((bundle.stream, _noted(bundle, clash, board.ledger_id, clock)) for clash in clashes),
    ]
    outcome = desk.say(_key(bundle), facts)
    _require_done(outcome)
    return replace(
        outcome,
        positions=(*positions, *outcome.positions),
        made=(("case_id", bundle.header.case_id), ("bundle_id", bundle.bundle_id)),
        changed=_changed(bundle, found, clashes),
    )


def _append(desk: TakesIn, bundle: Bundle, coming: list[Coming], seq: int) -> Iterator[int]:
    """Write foreign facts in one commit; Conflict if somebody spoke behind ``seq``."""
    ledger_id = desk.refresh().ledger_id
    owners = _key_owners(desk.store)
    submissions = [
        _submission(one.held, one.names, bundle.stream, seq + step, ledger_id, owners)
        for step, one in enumerate(coming)
    ]
    results = desk.store.append_group(submissions) if submissions else []
    for result in results:
        if isinstance(result, Conflict):
            raise result
        yield from (entry.position for entry in result.entries)


def _submission(
    held: Carried, names: Names, stream: str, seq: int, ledger_id: str, owners: Mapping[str, str]
) -> Submission:
    actor, command = names.at(ledger_id)
    # A key that is somebody else's here would make the record look forged.
    is_kept = bool(held.key_id) and owners.get(held.key_id) == actor
    draft = Draft(
        kind=held.kind, actor=actor, body=held.entry().body,
        key_id=held.key_id if is_kept else "", signature=held.signature if is_kept else b"",
    )  # fmt: skip
    batch = Batch(stream=stream, expect_seq=seq, drafts=(draft,))
    return Submission(command=command, asked=held.asked, batches=(batch,))


def _is_correction(coming: Coming) -> bool:
    return isinstance(coming.fact, FactCorrected)


def _moved(coming: Coming, fact: FactCorrected, position: int) -> Coming:
    """A correction that names the entry as it is counted here; so its signature goes."""
    body = encode_fact(replace(fact, position=position))
    held = replace(
        coming.held, body=body, body_sha256=sha256(body).hexdigest(), key_id="", signature=b""
    )
    return replace(coming, held=held)


def _taken_in(bundle: Bundle, found: Comparison, conflicts: int, clock: Clock) -> BundleTakenIn:
    header, head = bundle.header, bundle.head
    return BundleTakenIn(
        said_at=clock(), case_id=header.case_id, bundle_id=bundle.bundle_id,
        ledger_id=header.ledger_id, desk_name=header.desk_name, tree_size=head.tree_size,
        root_hex=head.root.hex(), taken=len(found.new) + len(found.clashes) - conflicts,
        known=found.known, conflicts=conflicts,
    )  # fmt: skip


def _noted(bundle: Bundle, clash: Clash, ledger_id: str, clock: Clock) -> ConflictNoted:
    coming = clash.coming
    actor, command = coming.names.at(ledger_id)
    kind, theirs = coming.held.kind, coming.held.entry().body.decode()
    if isinstance(coming.fact, FactCorrected):
        kind, theirs = coming.fact.kind, coming.fact.fact
    return ConflictNoted(
        said_at=clock(), case_id=bundle.header.case_id,
        conflict_id=conflict_id_of(coming.names.origin), bundle_id=bundle.bundle_id,
        subject=clash.subject, kind=kind, actor=actor, command=command, theirs=theirs,
        ours_position=clash.ours_position,
    )  # fmt: skip


def conflict_id_of(origin: Origin) -> str:
    """The same for the same fact of the other desk, however often it comes."""
    told = sha256(f"{origin.ledger_id}/{origin.position}".encode()).hexdigest()
    return f"conflict_{told[:20]}"


def _changed(bundle: Bundle, found: Comparison, clashes: list[Clash]) -> tuple[str, ...]:
    name = bundle.header.desk_name
    taken = len(found.new) + len(found.clashes) - len(clashes)
    counts = f"{found.known} were known, {found.withheld} were withheld by {name}"
    lines = [f"{taken} facts of {name} are new here, {counts}"]
    if any(isinstance(coming.fact, CaseOpened) for coming in found.new):
        lines.append(f"case {bundle.header.call_sign} of {name} is on the board")
    lines += [_clash_line(clash) for clash in clashes]
    return tuple(lines)


def _clash_line(clash: Clash) -> str:
    return (
        f"{clash.subject}: both desks spoke of it; theirs is: {clash.coming.line}; "
        f"ours stands in entry {clash.ours_position}; settle it"
    )


def _require_done(outcome: Outcome) -> None:
    if outcome.refusal is not None:
        raise Conflict(outcome.refusal.text)
