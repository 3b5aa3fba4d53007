"""Where a desk lives: its ledger, its key and its published heads; and how it begins.

Only here is the surrounding of the process read: ``U24_HOME`` names the folder, and
``U24_DATABASE`` a PostgreSQL ledger in place of the file. The exercise desk is a ledger of
its own beside the real one, with a key of its own, so that the two can never mix.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from u24.clock import Clock
from u24.desk.journey import Desk, begin_desk
from u24.desk.saying import RECORD
from u24.domain.commands.people import EnrolPerson
from u24.domain.facts.record import DESK, KeyRegistered, KeyRevoked, KeyRotated, LedgerBegun
from u24.errors import InvalidInput
from u24.ids import IdMaker
from u24.ledger.keys import Signer, create_key, read_key
from u24.ledger.opening import open_store
from u24.ledger.store import Store
from u24.wire.facts import decode_fact

HOME = "U24_HOME"
DATABASE = "U24_DATABASE"
_SCHEMA = "u24"
_EXERCISE = "_exercise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The folder of a desk, and which of its two ledgers is meant."""

    folder: Path
    database: str = ""  # postgresql://...; empty: a file in the folder
    exercise: bool = False

    @property
    def ledger(self) -> str:
        """What ``open_store`` opens."""
        if not self.database:
            return str(self.folder / f"{self._name}.db")
        return _exercise_schema(self.database) if self.exercise else self.database

    @property
    def shown(self) -> str:
        """The ledger as it may be printed: without a password."""
        return shown_ledger(self.ledger)

    @property
    def key_file(self) -> Path:
        """The desk's own key."""
        return self.folder / f"{self._name}.key"

    def person_key_file(self, person_id: str) -> Path | None:
        """Where a person's own key is kept; None if the id is no name of a file."""
        if not person_id or person_id != Path(person_id).name:
            return None
        return self.folder / "keys" / f"{person_id}.key"

    @property
    def heads_file(self) -> Path:
        """Where signed tree heads go, one a line."""
        return self.folder / f"{self._name}-heads.jsonl"

    @property
    def _name(self) -> str:
        return "exercise" if self.exercise else "desk"


def shown_ledger(ledger: str) -> str:
    """A path as it is, and an address without a password."""
    if "://" not in ledger:
        return ledger
    parts = urlsplit(ledger)
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] != "password"]
    account, _, host = parts.netloc.rpartition("@")
    user = account.partition(":")[0]
    netloc = f"{user}@{host}" if user else host
    return urlunsplit(parts._replace(netloc=netloc, query=urlencode(kept)))


def find_person_signer(place: Home, person_id: str) -> Signer | None:
    """The key of a person, if it lies in the folder as ``keys/PERSON.key``; None if none does.

    Raises
    ------
    InvalidInput
        It lies there, but cannot be read or is open to others.
    """
    file = place.person_key_file(person_id)
    return read_key(file) if file is not None and file.exists() else None


def create_person_key(place: Home, person_id: str) -> Signer:
    """A new key for a person, in a file of the home that only its owner can read.

    Raises
    ------
    InvalidInput
        There is one, or the id is no name of a file.
    """
    file = place.person_key_file(person_id)
    if file is None:
        raise InvalidInput(f"person is {person_id!r}; a key needs the id of somebody enrolled")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return create_key(file)


def drop_person_key(place: Home, person_id: str) -> None:
    """Forget a key that did not come on record."""
    file = place.person_key_file(person_id)
    if file is not None:
        file.unlink(missing_ok=True)


def find_home(environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """The folder that ``U24_HOME`` names, or where this sort of machine keeps such data."""
    given = os.environ if environ is None else environ
    if given.get(HOME):
        return Path(given[HOME]).expanduser()
    if platform == "win32" and given.get("LOCALAPPDATA"):
        return Path(given["LOCALAPPDATA"]) / "u24"
    if platform == "darwin":
        return Path("~/Library/Application Support/u24").expanduser()
    if given.get("XDG_DATA_HOME"):
        return Path(given["XDG_DATA_HOME"]) / "u24"
    return Path("~/.local/share/u24").expanduser()


def find_database(environ: Mapping[str, str] | None = None) -> str:
    """The PostgreSQL ledger that ``U24_DATABASE`` names; empty if none is."""
    return (os.environ if environ is None else environ).get(DATABASE, "")


def open_desk(
    home: Path, clock: Clock, ids: IdMaker, *, database: str = "", exercise: bool = False
) -> Desk:
    """Open the desk of a folder.

    Raises
    ------
    InvalidInput
        No desk was begun there, its key is missing or not its own, or a real ledger stands
        where the exercise is looked for, or the other way round.
    StoreUnavailable
        The ledger cannot be read.
    """
    place = Home(folder=Path(home), database=database, exercise=exercise)
    if not place.key_file.exists():
        raise InvalidInput(f"{place.key_file} is not there: begin a desk, or give its {HOME}")
    signer = read_key(place.key_file)
    store = open_store(place.ledger, clock)
    try:
        _require_own(store, place, signer)
        desk = Desk(store, clock, ids, signer=signer, heads_file=place.heads_file)
        desk.refresh()
    except BaseException:
        store.close()
        raise
    return desk


def begin(  # noqa: PLR0913 - what a desk is, once
    home: Path,
    clock: Clock,
    ids: IdMaker,
    *,
    name: str,
    administrator: EnrolPerson,
    database: str = "",
    exercise: bool = False,
) -> Desk:
    """Begin a desk where there is none: folder, key, ledger, first administrator.

    Raises
    ------
    InvalidInput
        A ledger has begun there.
    """
    place = Home(folder=Path(home), database=database, exercise=exercise)
    place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = open_store(place.ledger, clock)
    try:
        _require_empty(store, place)
        # A key from an earlier start that failed before the ledger began is used.
        made = place.key_file.exists()
        signer = read_key(place.key_file) if made else create_key(place.key_file)
        desk = begin_desk(
            store, clock, ids, name=name, administrator=administrator, exercise=exercise,
            signer=signer, heads_file=place.heads_file,
        )  # fmt: skip
    except BaseException:
        store.close()
        raise
    return desk


def _require_empty(store: Store, place: Home) -> None:
    if store.size():
        raise InvalidInput(f"{place.folder}: a desk has begun here; open it, or go elsewhere")


def _require_own(store: Store, place: Home, signer: Signer) -> None:
    """Refuse a ledger that has not begun, is of the other sort, or has another key."""
    keys: set[str] = set()
    begun: LedgerBegun | None = None
    for entry in store.stream(RECORD):
        match decode_fact(entry.kind, entry.body):
            case LedgerBegun() as fact:
                begun = begun or fact
                keys.add(fact.public_key_hex)
            case (KeyRegistered() | KeyRotated()) as fact if fact.person_id == DESK:
                keys.add(fact.public_key_hex)
            case KeyRevoked() as fact if fact.person_id == DESK and fact.key_id == signer.key_id:
                raise InvalidInput(f"key {fact.key_id} of the desk was revoked: {fact.reason}")
            case _:
                pass
    if begun is None:
        raise InvalidInput(f"{place.folder}: the ledger is empty; begin a desk")
    if begun.exercise != place.exercise:
        found, wanted = _sort(begun.exercise), _sort(place.exercise)
        raise InvalidInput(f"{place.folder}: the ledger is {found}; it must be {wanted}")
    if signer.public_key.hex() not in keys:
        raise InvalidInput(
            f"{place.key_file} holds {signer.key_id}, which is no key of this ledger's desk; "
            "put the desk's own key there"
        )


def _sort(exercise: bool) -> str:
    return "an exercise" if exercise else "a real one"


def _exercise_schema(database: str) -> str:
    """The same database with the schema beside, e.g. u24_exercise."""
    parts = urlsplit(database)
    given = parse_qsl(parts.query, keep_blank_values=True)
    schema = dict(given).get("schema", _SCHEMA) + _EXERCISE
    rest = [(name, value) for name, value in given if name != "schema"]
    return urlunsplit(parts._replace(query=urlencode([*rest, ("schema", schema)])))
