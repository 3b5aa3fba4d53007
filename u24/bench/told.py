"""What a contender's process tells its starter: a line for each plan, and one at the end."""

from dataclasses import dataclass

import msgspec

from u24.domain.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A plan, or at the end the contender's own bound."""

    plan: Plan | None = None
    bound_share: float | None = None
    is_done: bool = False


def told_line(told: Told) -> bytes:
    """One line of JSON."""
    return msgspec.json.encode(told, enc_hook=_plain) + b"\n"


def read_told(line: bytes) -> Told:
    """The line read again."""
    return msgspec.json.decode(line, type=Told)


def _plain(value: object) -> object:
    """Numbers of numpy as those of Python."""
    item = getattr(value, "item", None)
    if item is None:
        raise NotImplementedError(f"{type(value).__name__} cannot be told")
    return item()
