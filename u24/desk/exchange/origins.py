"""Where an entry was said first, and under which names it stands at another desk.

An entry that came from elsewhere keeps kind, body, key and signature. Its actor becomes
``ledger:actor`` and its command ``ledger/position:command``, with the names and the position
of the ledger where it was said: so no person of another desk is ever one of ours, the same
entry is known again wherever it comes from, and the statement that was signed can be put
together again from the names behind the colon.
"""

from dataclasses import dataclass

from u24.errors import InvalidInput

MARK = ":"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Origin:
    """A place on a record: no two entries of the world have the same."""

    ledger_id: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Who said it by which command, as the signature covers it, and where."""

    origin: Origin
    actor: str
    command: str

    def at(self, ledger_id: str) -> tuple[str, str]:
        """Actor and command as they stand on the record of ``ledger_id``."""
        if ledger_id == self.origin.ledger_id:
            return self.actor, self.command
        home = self.origin.ledger_id
        return f"{home}{MARK}{self.actor}", f"{home}/{self.origin.position}{MARK}{self.command}"


def names_of(actor: str, command: str, position: int, ledger_id: str) -> Names:
    """The names of an entry on the record of ``ledger_id``.

    Raises
    ------
    InvalidInput
        The actor is from elsewhere, and the command does not say from where.
    """
    home, mark, said_by = actor.partition(MARK)
    if not mark:
        origin = Origin(ledger_id=ledger_id, position=position)
        return Names(origin=origin, actor=actor, command=command)
    place, _, first_command = command.partition(MARK)
    named, _, number = place.rpartition("/")
    is_number = number.isascii() and number.isdigit() and number == number.lstrip("0")
    if named != home or not home or not said_by or not first_command or not is_number:
        raise InvalidInput(
            f"actor is {actor!r} and command {command!r}; from another desk they must be like "
            "'ledger:person' and 'ledger/position:command'"
        )
    origin = Origin(ledger_id=home, position=int(number[:18]))
    return Names(origin=origin, actor=said_by, command=first_command)
