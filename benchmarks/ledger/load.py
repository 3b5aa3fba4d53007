"""What the writers of a kill campaign say: a command's key alone gives all that it writes.

So the check needs no memory of what was asked: it makes the command anew and compares.
"""

from collections.abc import Callable
from hashlib import sha256

from u24.ledger.store import Batch, Draft, Submission

SHARED = "desk"
_LARGE_BYTES = 50_000
_KINDS = ("offer.made/1", "movement.reported/1", "need.stated/1")

Seqs = Callable[[str], int]


def command_of(campaign: str, number: int, writer: int, thread: int, count: int) -> str:
    """The key of a command of a writer; ``number`` is that of the round."""
    return f"{campaign}/{number}/{writer}/{thread}/{count}"


def is_of(campaign: str, command: str) -> bool:
    """Whether a command is one of the campaign's."""
    return command.startswith(f"{campaign}/")


def drafts_of(command: str) -> dict[str, tuple[Draft, ...]]:
    """What a command writes, by stream: one fact, four in one stream, or three streams at once.

    The third sort writes into streams that all writers share, so that they meet.
    """
    _, _, writer, thread, _ = command.rsplit("/", 4)
    chance = sha256(command.encode()).digest()
    own = f"case/{writer}-{thread}"
    match chance[0] % 4:
        case 0 | 1:
            return {own: _drafts(command, chance, 1)}
        case 2:
            return {own: _drafts(command, chance, 4)}
        case _:
            return {
                own: _drafts(command, chance, 2),
                SHARED: _drafts(command, chance[1:], 1),
                f"need/{chance[1] % 8}": _drafts(command, chance[2:], 2),
            }


def asked_of(command: str) -> bytes:
    """The hash of what the caller asked."""
    return sha256(b"asked " + command.encode()).digest()


def submission_of(command: str, seqs: Seqs) -> Submission:
    """The submission of a command, behind what ``seqs`` says is in each stream."""
    batches = tuple(
        Batch(stream=stream, expect_seq=seqs(stream), drafts=drafts)
        for stream, drafts in drafts_of(command).items()
    )
    return Submission(command=command, asked=asked_of(command), batches=batches)


def _drafts(command: str, chance: bytes, count: int) -> tuple[Draft, ...]:
    length = _LARGE_BYTES if chance[3] == 0 else 40 + chance[4]
    return tuple(
        Draft(
            kind=_KINDS[chance[5] % len(_KINDS)],
            actor=f"person_{chance[6] % 20}",
            body=b'{"command":"%s","part":%d,"text":"%s"}'
            % (command.encode(), part, b"x" * length),
        )
        for part in range(count)
    )
