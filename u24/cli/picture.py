"""Draw the board as docs/pictures/board.svg: ``python -m u24.cli.picture NAME FILE``."""

import re
import sys
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from u24.cli.board import show_board
from u24.desk.answering import Limits, answer_case, read_case
from u24.desk.scenarios import scenario_folder

WIDTH_COLUMNS = 118
BUDGET_S = 5.0
MOST_NEEDS = 12
# The shipped frame loads its font from a host; a picture of ours loads nothing.
FRAME = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def draw(name: str, file: Path) -> None:
    """Answer the case ``name`` and write its board as a picture."""
    limits = Limits(seconds=BUDGET_S, work=None, seed=0)
    case = read_case(scenario_folder(name))
    answer = answer_case(case, limits=limits, progress=lambda *_: None)
    with Path("/dev/null").open("w", encoding="utf-8") as nowhere:
        console = Console(file=nowhere, record=True, width=WIDTH_COLUMNS)
        show_board(console, answer, most_needs=MOST_NEEDS)
    file.parent.mkdir(parents=True, exist_ok=True)
    title = f"u24 replay {name}"
    console.save_svg(str(file), title=title, code_format=FRAME, unique_id="board")


if __name__ == "__main__":
    draw(sys.argv[1], Path(sys.argv[2]))
