"""What an answer stands on: the rows of its case counted by basis, facts apart from assumptions."""

from collections import Counter

from u24.domain.answer import Answer
from u24.domain.figures import Basis, Grounds

HISTORY = "historic arrivals"


def grounds_by_subject(answer: Answer) -> dict[str, list[Grounds]]:
    """The grounds of every row of the case, by what the row is about.

    A row of ``lift.csv`` counts once, however many vehicles it stands for.
    """
    case = answer.case
    lift = {v.vehicle_id.partition("/")[0]: v.grounds for v in case.vehicles}
    return {
        "needs": [need.grounds for need in answer.needs],
        "offers of goods and teams": [lot.grounds for lot in case.lots],
        "lift": list(lift.values()),
        "airports": [terms.grounds for terms in case.airports],
        "roads": [road.grounds for road in case.roads],
        "consents": [consent.grounds for consent in case.consents],
        "positions": [position.grounds for position in case.positions],
        "shocks": [shock.grounds for shock in case.shocks],
        HISTORY: [arrival.grounds for arrival in case.history],
    }


def count_grounds(answer: Answer) -> Counter[Basis]:
    """How many rows the plan stands on, by basis; history is left out, as no plan uses it."""
    groups = grounds_by_subject(answer)
    return Counter(
        grounds.basis for name, group in groups.items() if name != HISTORY for grounds in group
    )
