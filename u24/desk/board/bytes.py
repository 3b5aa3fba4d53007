"""The whole board as bytes: the same record gives the same ones, however it was folded."""

import msgspec

from u24.desk.board.state import Board


def board_bytes(board: Board) -> bytes:
    """JSON of everything on the board; keys stand in the order in which they were first said."""
    return msgspec.json.encode(board)
