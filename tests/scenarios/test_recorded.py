"""What was recorded of every case beside what its verdicts say."""

from pathlib import Path

import pytest

from u24.desk.answering import read_case
from u24.desk.deciding import decide_case

SCENARIOS = Path(__file__).parents[2] / "scenarios"
# What differs on purpose, with its reason in the README of the case.
MEANT = {"ukraine-2022": {"s300-lot-8-april"}}
NAMES = sorted(path.parent.name for path in SCENARIOS.glob("*/case.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_recorded_outcome_is_computed_but_those_that_differ_on_purpose(name):
    comparisons = decide_case(read_case(SCENARIOS / name)).comparisons

    differ = {each.outcome.outcome_id for each in comparisons if not each.same}
    assert differ == MEANT.get(name, set())
    assert len(comparisons) == len(read_case(SCENARIOS / name).recorded)
