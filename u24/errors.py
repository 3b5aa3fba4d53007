"""Every error the package raises on purpose.

A refusal, a shortage or "no plan" is an answer, not an error: it comes back as a value.
What stands here is misuse, a broken promise or a broken world.
"""


class U24Error(Exception):
    """Base class; ``code`` is stable."""

    code = "u24"


class InvalidInput(U24Error, ValueError):
    """A value that cannot be: wrong sign, missing time zone, unknown name."""

    code = "invalid-input"


class CaseErrors(InvalidInput):
    """Everything that is wrong with a case folder, one message a fault, in file order."""

    code = "case-errors"

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class Conflict(U24Error):
    """Somebody else wrote first: what was read is no longer what stands; read it again."""

    code = "conflict"


class Tampered(U24Error):
    """The record does not prove itself; the message names what was changed, and where."""

    code = "tampered"


class StoreUnavailable(U24Error):
    """The record could not be read or written now: disk, connection, rights. Nothing was kept."""

    code = "store-unavailable"


class ClockWentBack(U24Error):
    """The clock shows an earlier time than the last entry on record."""

    code = "clock-went-back"
