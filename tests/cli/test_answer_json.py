"""The JSON document: stable fields, documented, and the same bytes for the same answer."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.report.a_large_answer import a_large_answer
from tests.report.an_answer import a_violation, an_answer
from u24.domain.certificate import Certificate, Price, PriceKind
from u24.domain.history import Arrival
from u24.domain.plan import Plan
from u24.domain.problem import Worth
from u24.wire.answer import answer_document, answer_json, plan_bytes, planned_landings

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "answer-json.md"


def list_paths(value, path=""):
    """Every field as ``a.b`` and ``a[].b``."""
    if isinstance(value, dict):
        for name, held in value.items():
            below = f"{path}.{name}" if path else name
            yield below
            yield from list_paths(held, below)
    elif isinstance(value, list):
        for held in value:
            yield from list_paths(held, f"{path}[]")


def a_full_answer():
    answer = an_answer()
    price = Price(kind=PriceKind.SLOT, of_id="ADA", from_s=3600, price_share=0.01)
    proven = replace(answer.planned, certificate=Certificate(prices=(price,)))
    return replace(answer, planned=proven, violations=(a_violation(),))


def test_the_page_lists_exactly_the_fields_of_the_document():
    page, _ = PAGE.read_text().split("## The other commands")
    documented = re.findall(r"^\| `([^`]+)` \|", page, flags=re.MULTILINE)
    found = set(list_paths(json.loads(answer_json(a_full_answer()))))

    assert sorted(documented) == sorted(found)


def test_equal_answers_give_equal_bytes():
    assert answer_json(an_answer()) == answer_json(an_answer())
    assert plan_bytes(an_answer().planned.plan) == plan_bytes(an_answer().planned.plan)


def test_a_plan_with_one_pack_less_has_other_bytes():
    plan = an_answer().planned.plan
    first, *rest = plan.consignments
    changed = Plan(routes=plan.routes, consignments=(replace(first, packs=first.packs + 1), *rest))

    assert plan_bytes(changed) != plan_bytes(plan)


def test_what_differs_from_run_to_run_can_be_left_out():
    fast, slow = (replace(an_answer(), elapsed_s=s, peak_memory_mib=s) for s in (1.0, 9.0))

    assert answer_json(fast) != answer_json(slow)
    assert answer_json(fast, measured=False) == answer_json(slow, measured=False)


def test_the_ladder_begins_with_what_is_met_and_adds_up_to_1():
    steps = answer_document(an_answer())["ladder"]

    assert steps[0]["name"] == "met"
    assert sum(step["share"] for step in steps) == pytest.approx(1.0)


def test_the_heading_figures_are_those_of_the_score():
    document = answer_document(an_answer())

    assert [document[f"met_share_t{hours}"] for hours in (24, 48, 72)] == [0.832, 0.901, 0.93]
    assert document["of_possible_share_t24"] == pytest.approx(0.832 / 0.861)


def test_a_mark_that_was_not_asked_for_is_null():
    answer = an_answer()
    worth = Worth(marks_s=(86_400,))
    answer = replace(answer, problem=replace(answer.problem, worth=worth))

    assert answer_document(answer)["met_share_t48"] is None


def test_a_shortage_names_the_place_the_kind_and_the_missing_amount():
    first = answer_document(an_answer())["short"][0]

    assert (first["need"], first["place"], first["kind"]) == (
        "n-antakya-usar",
        "antakya",
        "usar_heavy",
    )
    assert first["missing_amount"] == 5
    assert first["reason"] == "nobody_has"


def test_grounds_are_counted_once_a_row_of_the_case():
    answer = an_answer()
    fleet = answer.case.vehicles
    numbered = tuple(replace(fleet[0], vehicle_id=f"a/{i}") for i in range(9))
    before = answer_document(answer)["assumptions"]["assumed"]

    after = answer_document(
        replace(answer, case=replace(answer.case, vehicles=(*fleet, *numbered)))
    )["assumptions"]["assumed"]

    assert after == before + 1


def test_the_four_grounds_are_counted_apart():
    assert answer_document(an_answer())["assumptions"] == {
        "facts": 3,
        "stated": 11,
        "estimated": 2,
        "assumed": 12,
    }


def test_what_the_plan_lands_counts_when_its_aircraft_touches_down():
    answer = an_answer()
    plan = answer.planned.plan
    [flight, lorries] = plan.consignments[0].segments
    touchdown_h = plan.routes[0].calls[flight.to_call].arrive_s / 3600
    by_hand = replace(answer, planned=replace(
        answer.planned, plan=replace(plan, consignments=plan.consignments[:1])
    ))  # fmt: skip

    assert touchdown_h * 3600 < lorries.end_s
    [before, after] = planned_landings(by_hand, [touchdown_h - 0.01, touchdown_h])
    assert (before.teams, before.people, before.mass_kg) == (0, 0, 0)
    assert (after.teams, after.people, after.mass_kg) == (1, 60, 14_000)


def test_an_unknown_figure_of_history_is_null_never_zero():
    answer = an_answer()
    [first, *_] = answer.historic_matches
    unknown = replace(first, arrival=Arrival(arrival_id="x", who="?", member="FRA"), landed_s=None)
    [row] = answer_document(replace(answer, historic_matches=(unknown,)))["historic"]["arrivals"]

    assert [row[name] for name in ("people", "tonnes", "landed_s", "earliest_s")] == [None] * 4


def test_a_large_answer_becomes_a_document_quickly():
    document = json.loads(answer_json(a_large_answer(vehicles=200)))

    assert len(document["plan"]["routes"]) == 200


def test_numbers_of_arrays_are_written_like_pythons_own():
    answer = an_answer()
    score = replace(answer.planned.score, bound_share=np.float64(answer.planned.score.bound_share))
    arrays = replace(answer, planned=replace(answer.planned, score=score, work=np.int64(0)))

    assert answer_json(arrays) == answer_json(answer)
