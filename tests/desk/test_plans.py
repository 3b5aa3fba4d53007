"""MakePlan: what is left is planned, what is under way stays, nothing begins in the past."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import T0, a_case, a_consignment, a_need, a_problem, a_road, a_segment, at_h
from tests.desk.live_board import CASE, LiveBoard, a_live_board
from tests.desk.small_cases import a_small_case, disrupt, play
from u24.desk.answering import needs_of, problem_of, read_case, scenario_folder
from u24.desk.live_case import live_case
from u24.desk.plans import Task, make_plan, overtaken
from u24.desk.rest import by_parts, joined_parts
from u24.domain.commands.command import Refusal
from u24.domain.commands.plans import MakePlan
from u24.domain.facts.movements import Milestone
from u24.domain.facts.requests import RequestStated, RequestWithdrawn
from u24.domain.plan import Plan, Purpose
from u24.domain.tracking import Coming
from u24.planning import check_plan, met_shares
from u24.tracking import weighted_shares

FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
SEEDS = st.integers(0, 10_000)


def released(seed, *, work=60):
    live = a_live_board(a_small_case(seed))
    made = live.plan("p1", work=work)
    live.release("p1")
    return live, made


def on_time(live, made, until_h):
    """Every departure, landing and arrival is reported when the plan has it."""
    live.at(until_h)
    for route in made.plan.routes:
        for call in route.calls[1:]:
            milestone, at_s = Milestone.LANDED, call.arrive_s
            if call.purpose is Purpose.LOAD:
                milestone, at_s = Milestone.DEPARTED, call.depart_s
            if at_s <= until_h * 3600:
                live.report(
                    milestone, at_s / 3600, vehicle_id=route.vehicle_id, site_id=call.site_id
                )
    for line in made.lines:
        if line.arrive_s <= until_h * 3600:
            live.report(Milestone.ARRIVED, line.arrive_s / 3600, consignment_id=line.consignment_id)


def kept_ids(live):
    return {line.consignment_id for line in Task(live.board, live.case, live.now).kept.lines}


@FEW
@given(seed=SEEDS)
def test_the_first_plan_holds_every_rule_and_its_shares_are_the_checkers(seed):
    live = a_live_board(a_small_case(seed))

    made = live.plan("p1")

    problem = problem_of(live_case(live.case))
    assert check_plan(problem, made.plan) == ()
    assert made.met_shares == pytest.approx(met_shares(problem, made.plan))
    assert made.bound_share >= made.met_shares[0]
    assert [(line.lot_id, line.need_id) for line in made.lines] == [
        (word.lot_id, word.need_id) for word in made.plan.consignments
    ]


@FEW
@given(seed=SEEDS, now_h=st.integers(1, 30), chance=SEEDS)
def test_whatever_happens_the_next_plan_leaves_the_past_and_the_lost_alone(seed, now_h, chance):
    live, first = released(seed)
    rng = np.random.default_rng(chance)
    play(live, first, float(now_h), rng)
    told = disrupt(live, rng)
    kept = kept_ids(live)

    made = live.plan("p2")

    before = {line.consignment_id: line for line in first.lines}
    offered = {lot.lot_id: lot for lot in a_small_case(seed).lots}
    for line in made.lines:
        if line.consignment_id in kept:
            was = before[line.consignment_id]
            assert (line.packs, line.vehicle_ids, line.site_ids) == (
                was.packs, was.vehicle_ids, was.site_ids,
            )  # fmt: skip
        else:
            assert line.depart_s >= now_h * 3600
            assert told.get("failed") not in line.vehicle_ids
            assert offered[line.lot_id].member != told.get("withdrawn")
            assert not any(v.startswith(f"{told.get('withdrawn')}/") for v in line.vehicle_ids)
    moved = Counter()
    for line in made.lines:
        moved[line.lot_id] += line.packs
    assert all(packs <= offered[lot_id].packs for lot_id, packs in moved.items())
    assert len({line.consignment_id for line in made.lines}) == len(made.lines)
    assert 0 <= made.met_shares[0] <= made.bound_share <= 1
    _assert_closed_airport_is_not_used(live, made, told)
    _assert_nothing_new_breaks_a_rule(live, made, problem_of(a_small_case(seed)))


def _assert_nothing_new_breaks_a_rule(live, made, problem):
    """Beside the delays of what is under way: slots, lorries, chains, loads, lots."""
    stays = Task(live.board, live.case, live.now).kept
    by_itself = check_plan(problem, Plan(routes=stays.routes, consignments=stays.consignments))
    known = {(v.rule, v.where) for v in by_itself}
    slots = {(v.where, v.text) for v in by_itself}

    for found in check_plan(problem, made.plan):
        assert (found.rule, found.where) in known
        assert found.rule != "slot-double-booked" or (found.where, found.text) in slots


def _assert_closed_airport_is_not_used(live, made, told):
    if "closed" not in told:
        return
    code, until_h = told["closed"]
    begun = {r.vehicle_id: len(r.calls) for r in Task(live.board, live.case, live.now).kept.routes}
    for route in made.plan.routes:
        for call in route.calls[begun.get(route.vehicle_id, 1) :]:
            assert call.site_id != code or call.service_from_s >= until_h * 3600


@FEW
@given(seed=SEEDS, now_h=st.integers(1, 30))
def test_when_all_is_on_time_the_whole_plan_holds_every_rule_of_the_whole_case(seed, now_h):
    live, first = released(seed)
    on_time(live, first, float(now_h))

    made = live.plan("p2")

    problem = problem_of(live_case(live.case))
    assert check_plan(problem, made.plan) == ()
    assert made.met_shares == pytest.approx(met_shares(problem, made.plan))


@FEW
@given(seed=SEEDS, now_h=st.integers(4, 20))
def test_no_longer_search_beside_what_is_under_way_passes_the_bound_of_a_short_one(seed, now_h):
    live, first = released(seed)
    on_time(live, first, float(now_h))

    hurried, thorough = live.plan("p2", work=0), live.plan("p3", work=1_500)

    assert thorough.met_shares[0] <= hurried.bound_share + 1e-6
    assert thorough.bound_share <= hurried.bound_share + 1e-6


@given(units=st.integers(1, 200), covered=st.integers(1, 200), more=st.integers(0, 200))
def test_units_on_top_of_what_is_covered_count_in_cut_needs_what_they_add_to_the_whole(
    units, covered, more
):
    need = a_need(planned_units=units, weight=3.0)
    problem = a_problem(needs=(need,))

    cut = by_parts(problem, problem.needs, {"need_1": float(covered)})

    # then: filled in order, the parts are worth the difference of the whole
    left, gained = float(more), 0.0
    for part in cut.needs:
        used = min(left, part.planned_units)
        left -= used
        arrival = Coming(need_id=part.need_id, units=used, arrive_at=at_h(1))
        gained += part.weight * weighted_shares((part,), (arrival,), T0, cut.worth)[0]
    have, got = (
        3.0 * weighted_shares((need,), (Coming(need_id="need_1", units=u, arrive_at=at_h(1)),),
                              T0, problem.worth)[0]
        for u in (float(covered), float(covered + more))
    )  # fmt: skip
    assert gained == pytest.approx(got - have)
    assert {match.need_id for match in cut.matches} == {part.need_id for part in cut.needs}


def test_a_plan_of_cut_needs_is_joined_to_whole_needs_with_every_pack():
    here, there = a_consignment(packs=3), a_consignment(packs=4, need_id="need_1~2")
    later = a_consignment(packs=5, need_id="need_1~2", segments=(a_segment(end_s=90_000),))

    joined = joined_parts(Plan(consignments=(here, there, later)))

    assert [(c.need_id, c.packs) for c in joined.consignments] == [("need_1", 7), ("need_1", 5)]


def test_the_same_board_command_and_work_give_the_same_plan():
    live, first = released(4)
    on_time(live, first, 7.0)
    command = MakePlan(case_id=CASE, plan_id="p2", work=80)

    one = make_plan(live.board, command, live.now, lambda prefix: prefix)
    two = make_plan(live.board, command, live.now, lambda prefix: prefix)

    assert one == two


def test_a_consignment_keeps_its_id_while_it_stays_and_a_new_one_gets_a_new_id():
    live, first = released(4)
    on_time(live, first, 7.0)
    kept = kept_ids(live)
    assert 0 < len(kept) < len(first.lines)

    made = live.plan("p2")

    assert kept <= {line.consignment_id for line in made.lines}
    for line in made.lines:
        lot_id, need_id, number = line.consignment_id.rsplit("/", 2)
        assert (lot_id, need_id) == (line.lot_id, line.need_id)
        assert int(number) >= 1


def test_what_failed_keeps_its_id_and_its_packs_for_good():
    # given: a consignment that left and failed; a plan without it is released
    live, first = released(4)
    lost = min(first.lines, key=lambda line: line.depart_s)
    hours = lost.depart_s / 3600 + 0.5
    live.at(hours)
    live.report(Milestone.DEPARTED, lost.depart_s / 3600, consignment_id=lost.consignment_id)
    live.report(Milestone.FAILED, hours, consignment_id=lost.consignment_id)
    second = live.plan("p2")
    live.release("p2")

    third = live.at(hours + 0.25).plan("p3")

    # then: neither that plan nor the next one uses its packs again
    offered = next(lot.packs for lot in a_small_case(4).lots if lot.lot_id == lost.lot_id)
    for made in (second, third):
        assert lost.consignment_id not in {line.consignment_id for line in made.lines}
        used = sum(line.packs for line in made.lines if line.lot_id == lost.lot_id)
        assert used <= offered - lost.packs


def test_a_case_without_a_request_is_refused_with_what_to_do():
    live = a_live_board(a_case(needs=()))

    refusal = make_plan(live.board, MakePlan(case_id=CASE), live.now, lambda prefix: prefix)

    assert isinstance(refusal, Refusal)
    assert refusal.code == "nothing-needed"
    assert "state a request first" in refusal.text


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"case_id": "no"}, "unknown-case"),
        ({"plan_id": "p1"}, "plan-id-used"),
        ({"seconds": -1.0}, "invalid-input"),
        ({"work": -1}, "invalid-input"),
    ],
)
def test_what_cannot_be_planned_is_refused_by_a_stable_code(values, code):
    live, _ = released(4)

    refusal = make_plan(
        live.board, MakePlan(**{"case_id": CASE, **values}), live.now, lambda prefix: prefix
    )

    assert isinstance(refusal, Refusal)
    assert refusal.code == code


@pytest.mark.parametrize("gone", ["lots", "vehicles"])
def test_a_need_that_nothing_is_offered_for_is_answered_with_a_plan_that_meets_nothing(gone):
    case = a_small_case(4)
    empty = {"lots": (), "vehicles": ()} if gone == "lots" else {"vehicles": ()}
    live = a_live_board(replace(case, **empty))

    made = live.plan("p1")

    assert (made.lines, made.bound_share) == ((), 0.0)
    assert set(made.met_shares) == {0.0}


def test_a_plan_names_what_it_replaces_why_and_for_how_much_need_it_was_made():
    live, _ = released(4)

    made = live.at(3).plan("p2", because=("late/x",), two_persons=True, seed=7)

    assert made.replaces_plan_id == "p1"
    assert (made.because, made.two_persons, made.seed) == (("late/x",), True, 7)
    assert dict(made.need_units) == {n.need_id: n.planned_units for n in a_small_case(4).needs}
    assert made.position == live.board.position - 1


def test_changes_tell_what_stays_and_which_way_a_vehicle_goes_now():
    # given: the airport that the first plan uses most shuts before anything has left
    live, first = released(4)
    sites = Counter(site for line in first.lines for site in line.site_ids[1:-1])
    code = sites.most_common(1)[0][0]
    terms = replace(live.case.airports[code], closed_h=((0.0, 48.0),))
    live.describe(replace(a_small_case(4), airports=(terms,)))

    made = live.at(0.25).plan("p2")

    assert not any(code in line.site_ids for line in made.lines)
    assert any("instead of" in change for change in made.changes)
    assert len(made.changes) <= 40


def test_a_plan_that_knows_nothing_of_what_left_since_is_overtaken():
    live, first = released(4)
    live.at(0.25)
    live.withdraw(f"off_{CASE}_NLD")
    live.plan("p2")
    assert overtaken(live.board, CASE, "p2", live.now) == ()
    gone = next(line for line in first.lines if line.lot_id.startswith("NLD"))

    live.at(gone.depart_s / 3600)
    live.report(Milestone.DEPARTED, gone.depart_s / 3600, consignment_id=gone.consignment_id)

    told = overtaken(live.board, CASE, "p2", live.now)
    assert f"{gone.consignment_id} has left since and is not in it as it left" in told


def test_a_plan_that_uses_what_was_withdrawn_since_is_overtaken():
    live = a_live_board(a_small_case(4))
    made = live.plan("p1")
    used = next(line for line in made.lines if line.lot_id.startswith("NLD"))

    live.withdraw(f"off_{CASE}_NLD")

    told = overtaken(live.board, CASE, "p1", live.now)
    assert f"{used.consignment_id} needs what is no longer offered and accepted" in told


def test_a_road_to_a_depot_that_holds_nothing_any_more_stops_no_plan():
    # given: the folder tells of a road from a depot whose lots were never accepted
    case = a_small_case(4)
    live = a_live_board(replace(case, roads=(*case.roads, a_road(from_site="EIN", to_site="AMS"))))

    made = live.plan("p1")

    assert made.lines


def test_a_need_that_is_wholly_under_way_is_planned_no_further():
    live, first = released(4)
    on_time(live, first, 40.0)
    live.say(RequestWithdrawn(said_at=live.now, case_id=CASE, request_id=f"req_{CASE}", reason="x"))
    line = first.lines[0]
    need = a_need(
        line.need_id, kind=next(n.kind for n in a_small_case(4).needs if n.need_id == line.need_id),
        planned_units=1, due_at=at_h(47), deadline_at=at_h(48),
    )  # fmt: skip
    live.say(RequestStated(said_at=live.now, case_id=CASE, request_id="req_2", needs=(need,)))

    made = live.plan("p2")

    assert {line.consignment_id for line in made.lines} == kept_ids(live)
    assert made.met_shares[-1] == made.bound_share == 1.0


def test_a_part_of_the_scenario_is_planned_and_planned_again_after_six_hours():
    whole = read_case(scenario_folder("turkiye-2023"))
    case = replace(whole, needs=whole.needs[:16], vehicles=whole.vehicles[::2])
    live = LiveBoard()
    live.now = case.t0_at
    live.open(case)
    first = live.plan("p1", work=60)
    live.release("p1")
    on_time_from(live, first, case, 6.0)

    second = live.plan("p2", work=60)

    problem = problem_of(live_case(live.case))
    assert needs_of(live_case(live.case)) == problem.needs
    assert check_plan(problem, first.plan) == ()
    assert check_plan(problem, second.plan) == ()
    assert second.met_shares[0] > 0.9 * first.met_shares[0]
    assert second.met_shares[0] <= second.bound_share


def on_time_from(live, made, case, until_h):
    live.now = case.t0_at + timedelta(hours=until_h)
    shift_h = (case.t0_at - T0) / timedelta(hours=1)
    for line in made.lines:
        if line.depart_s <= until_h * 3600:
            live.report(
                Milestone.DEPARTED, shift_h + line.depart_s / 3600,
                consignment_id=line.consignment_id,
            )  # fmt: skip
