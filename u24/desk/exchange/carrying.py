"""What a door asks of the exchange: the record or a case out, another desk's case in."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from u24.clock import Clock
from u24.desk.exchange.bundle import Written, write_bundle
from u24.desk.exchange.export import Exported, export_ledger
from u24.desk.exchange.restore import restore_ledger
from u24.desk.exchange.taking_in import Look, look_into, take_in
from u24.desk.exchange.withholding import withhold_confidential
from u24.desk.home import Home
from u24.desk.journey import Desk
from u24.desk.policy import find_case
from u24.desk.rules.rights import roles_in
from u24.desk.saying import Caller
from u24.domain.commands.command import Outcome
from u24.domain.facts.people import Role
from u24.errors import InvalidInput
from u24.ledger.heads import read_heads
from u24.ledger.keys import read_key
from u24.ledger.opening import open_store
from u24.ledger.store import Store

__all__ = ["Exported", "Look", "Written"]

Progress = Callable[[str, float, float], None]

MAY_BUNDLE = (Role.DUTY_OFFICER, Role.ADMINISTRATOR)


def export_record(
    desk: Desk, home: Home, file: Path, *, whole: bool, progress: Progress
) -> Exported:
    """The whole record as JSON lines; without ``whole``, confidential bodies are left out."""
    withhold = None if whole else withhold_confidential(desk.store.everything)
    heads = read_heads(home.heads_file) if home.heads_file.exists() else ()
    return export_ledger(desk.store, file, heads=heads, withhold=withhold, progress=progress)


def restore_record(file: Path, home: Home, *, progress: Progress) -> int:
    """A ledger made anew where none stands; gives how many entries.

    Raises
    ------
    InvalidInput
        A ledger stands there, or the file is no whole export.
    Tampered
        The export is not what was written. Nothing is left of a new file.
    """
    path = None if home.database else Path(home.ledger)
    if path is not None:
        if path.exists():
            raise InvalidInput(f"{path} is there; a record is restored only where none stands")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with file.open("rb") as lines:
            return restore_ledger(lines, partial(_open, home.ledger), progress=progress)
    except BaseException:
        if path is not None:
            for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
                with suppress(FileNotFoundError):
                    name.unlink()
        raise


def bundle_case(
    desk: Desk, caller: Caller, case: str, file: Path, clock: Clock, home: Home
) -> Written:
    """One case in a signed file, without what is confidential.

    Raises
    ------
    InvalidInput
        There is no such case, or the caller is no duty officer of it.
    """
    board = desk.refresh()
    found = find_case(board, case)
    held = roles_in(board, caller.person_id, found.case_id, clock()) if found else set()
    if found is None or not held & set(MAY_BUNDLE):
        raise InvalidInput(
            f"no case {case!r} that {caller.person_id} may carry out; a duty officer of it may"
        )
    withhold = withhold_confidential(desk.store.everything)
    signer = read_key(home.key_file)
    return write_bundle(
        desk.store, board, found.case_id, signer, file, clock=clock, withhold=withhold
    )


def public_key_at(home: Home) -> str:
    """The desk's public key in hex, which whoever takes our bundles in must know."""
    return read_key(home.key_file).public_key.hex()


def look_at_bundle(desk: Desk, file: Path, trusted_keys: Mapping[str, str]) -> Look:
    """What taking the file in would add, know and disagree with; nothing is written."""
    return look_into(file, desk.store, desk.refresh(), trusted_keys)


def take_in_bundle(
    desk: Desk, caller: Caller, file: Path, trusted_keys: Mapping[str, str], clock: Clock
) -> Outcome:
    """Another desk's case taken in; nothing is overwritten."""
    return take_in(desk, caller, file, trusted_keys=trusted_keys, clock=clock)


def _open(where: str, clock: Clock) -> Store:
    return open_store(where, clock)
