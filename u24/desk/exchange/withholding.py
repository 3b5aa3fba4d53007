"""What never leaves the desk in clear: confidential positions and stocks, mail, codes.

A body that tells of something withheld is withheld as well: the answer to a confidential
offer names its lots, a plan their packs, a correction says it all again.
"""

from collections.abc import Callable, Iterable

from u24.desk.exchange.subjects import CORRECTED, NOTED, document_of
from u24.ledger.store import Entry

_LOCAL = ("mail.", "code.")  # names addresses and keys of people
_ADDRESSED = ("person.enrolled/1",)
_OFFERED = ("offer.", "standing-offer.")
_MOVED = ("movement.", "handed-over/", "alarm.")


def withhold_confidential(read: Callable[[], Iterable[Entry]]) -> Callable[[Entry], bool]:
    """Which entries' bodies stay here, e.g. for ``export_ledger(..., withhold=...)``.

    ``read`` gives all entries, e.g. ``store.everything``. It is called twice: a lot may have
    been told of before it became confidential.
    """
    secret = _Secret()
    for _ in range(2):
        for entry in read():
            secret.learn(entry)
    return secret.holds


class _Secret:
    """Names of offers, lots, vehicles, plans and consignments that are confidential."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def learn(self, entry: Entry) -> None:
        """Remember the names in an entry that must not leave."""
        if entry.kind in {CORRECTED, NOTED}:
            return
        told = document_of(entry.body)
        if entry.kind.startswith(_OFFERED):
            if told.get("confidential") or self._speaks_of_secret(told, "offer_id", "standing_id"):
                self._keep(told, "offer_id", "standing_id")
                for lot in told.get("lots", ()):
                    self._keep(lot, "lot_id")
                for vehicle in told.get("vehicles", ()):
                    self._keep(vehicle, "vehicle_id")
        elif entry.kind.startswith("plan.made/") and self._is_in(entry.body):
            self._keep(told, "plan_id")
            for line in told.get("lines", ()):
                self._keep(line, "consignment_id")
        elif entry.kind.startswith("alarm.raised/") and self._is_in(entry.body):
            self._keep(told, "alarm_id")

    def holds(self, entry: Entry) -> bool:
        """Whether the body stays here."""
        if entry.kind.startswith(_LOCAL) or entry.kind in _ADDRESSED:
            return True
        told = document_of(entry.body)
        if _is_marked(told):
            return True
        if entry.kind in {CORRECTED, NOTED}:
            inner = str(told.get("fact") or told.get("theirs") or "").encode("utf-8", "replace")
            return _is_marked(document_of(inner)) or self._is_in(inner)
        if entry.kind.startswith(("plan.made/", *_OFFERED, *_MOVED)):
            return self._is_in(entry.body)
        return False

    def _keep(self, told: dict[str, object], *fields: str) -> None:
        self._names |= {str(told[field]) for field in fields if told.get(field)}

    def _speaks_of_secret(self, told: dict[str, object], *fields: str) -> bool:
        return any(told.get(field) in self._names for field in fields)

    def _is_in(self, body: bytes) -> bool:
        """Whether a secret name stands in a body, as a value of its own or in a list."""
        return bool(self._names) and not self._names.isdisjoint(_texts(document_of(body)))


def _is_marked(told: dict[str, object]) -> bool:
    """Whether a body says of itself, or of the position in it, that it is not to be shown."""
    position = told.get("position")
    is_secret = isinstance(position, dict) and bool(position.get("secret"))
    return bool(told.get("confidential")) or is_secret


def _texts(value: object) -> set[str]:
    if isinstance(value, str):
        return {value, *value.split("/"), *value.split()}
    if isinstance(value, dict):
        return {text for held in value.values() for text in _texts(held)}
    if isinstance(value, list):
        return {text for held in value for text in _texts(held)}
    return set()
