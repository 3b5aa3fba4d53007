"""The cases that come with U24, and where they stand."""

import difflib
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from u24.errors import InvalidInput

# In a checkout the scenarios stand beside the package.
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioLine:
    """One scenario in a list."""

    name: str
    title: str
    t0_at: datetime
    lesson: str


def list_scenarios() -> tuple[ScenarioLine, ...]:
    """All scenarios, in order of name; only the head of each is read."""
    found = []
    for file in sorted(SCENARIOS.glob("*/case.toml")):
        head = tomllib.loads(file.read_text(encoding="utf-8"))["case"]
        found.append(
            ScenarioLine(
                name=file.parent.name,
                title=head["title"],
                t0_at=head["t0"],
                lesson=head.get("summary", "").strip().split("\n\n")[0],
            )
        )
    return tuple(found)


def scenario_folder(name: str) -> Path:
    """Where a scenario stands.

    Raises
    ------
    InvalidInput
        There is none of that name; the message names those that look alike.
    """
    names = [file.parent.name for file in sorted(SCENARIOS.glob("*/case.toml"))]
    if name in names:
        return SCENARIOS / name
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.4) or names
    raise InvalidInput(f"there is no scenario {name!r}; try {', '.join(near) or 'none'}")
