"""What is under way stays as it is, at the times by which it comes now."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.builders import a_case, a_lot, a_need, a_vehicle, an_airport, at_h
from tests.desk.live_board import CASE, a_live_board
from tests.desk.small_cases import a_small_case
from u24.desk.answering import problem_of
from u24.desk.live_case import live_case
from u24.desk.plans import Task
from u24.desk.replanning import kept_of, under_way
from u24.domain.facts.decisions import ConsentWithdrawn
from u24.domain.facts.movements import Milestone
from u24.domain.plan import Carrier

H = 3600


def a_team_that_flies(**values):
    """One team, one aircraft, one need: the plan of a single consignment is released."""
    case = a_case(
        vehicles=(a_vehicle(class_id="A400M"),),
        needs=(a_need(planned_units=1),),
        **values,
    )
    live = a_live_board(case)
    made = live.plan("p1")
    live.release("p1")
    (line,) = made.lines
    return live, line


def kept(live):
    return kept_of((live.case,), live.now)


def task(live):
    return Task(live.board, live.case, live.now)


def test_nothing_is_under_way_before_anything_is_released_or_begins():
    live, line = a_team_that_flies()
    (call,) = (r.calls[1] for r in live.case.plans["p1"].fact.plan.routes)

    assert kept(live.at(call.service_from_s / H)).lines == ()
    assert kept(live.at(line.depart_s / H)).lines == (line,)


def test_what_should_have_left_stays_until_its_grace_is_over_and_has_then_not_left():
    live, line = a_team_that_flies()
    off_h = line.depart_s / H

    assert kept(live.at(off_h + 0.49)).lines == (line,)
    assert kept(live.at(off_h + 0.5)).lines == ()


def test_what_is_reported_loaded_stays_however_late_it_is():
    live, line = a_team_that_flies()
    off_h = line.depart_s / H
    live.report(Milestone.LOADED, off_h - 0.2, vehicle_id="lift_1/1", site_id="EIN")

    stays = kept(live.at(off_h + 3))

    assert [each.consignment_id for each in stays.lines] == [line.consignment_id]
    assert stays.lines[0].arrive_s == line.arrive_s + 3 * H


def test_a_vehicle_under_way_is_free_where_and_when_its_running_sortie_ends():
    live, line = a_team_that_flies()
    off_h = line.depart_s / H
    live.report(Milestone.DEPARTED, off_h + 2, vehicle_id="lift_1/1", site_id="EIN")

    stays = kept(live.at(off_h + 2.1))
    given = under_way(stays, live_case(live.case).needs, live.case.t0_at)

    (route,) = live.case.plans["p1"].fact.plan.routes
    end_h = route.calls[-1].service_until_s / H + 2
    assert given.berths == {"lift_1/1": (line.site_ids[-2], at_h(end_h))}
    assert (given.gone_packs, given.covered) == ({"lot_1": 1}, {"need_1": 1.0})


def test_what_arrives_after_its_deadline_covers_nothing():
    live, line = a_team_that_flies()
    off_h = line.depart_s / H
    live.report(Milestone.DEPARTED, off_h + 40, vehicle_id="lift_1/1", site_id="EIN")

    stays = kept(live.at(off_h + 41))

    assert len(stays.lines) == 1
    assert under_way(stays, live_case(live.case).needs, live.case.t0_at).covered == {}


def test_what_was_withdrawn_before_it_was_reported_loaded_is_not_under_way():
    live, line = a_team_that_flies()
    live.at(line.depart_s / H)
    live.withdraw(f"off_{CASE}_NLD")
    assert kept(live).lines == ()

    live.report(Milestone.LOADED, line.depart_s / H - 0.1, consignment_id=line.consignment_id)

    assert [each.consignment_id for each in kept(live).lines] == [line.consignment_id]


def test_what_lost_its_consent_before_it_was_reported_loaded_is_not_under_way():
    live, line = a_team_that_flies()
    live.at(line.depart_s / H)
    live.say(ConsentWithdrawn(said_at=live.now, case_id=CASE, consent_id="con_00", reason="x"))

    assert kept(live).lines == ()


def test_what_lost_its_airport_before_it_was_reported_loaded_is_not_under_way():
    live, line = a_team_that_flies()
    live.at(line.depart_s / H)
    shut = an_airport(line.site_ids[-2], closed_h=((0.0, line.arrive_s / H),))
    live.describe(replace(a_case(), airports=(shut,)))

    assert kept(live).lines == ()


@pytest.mark.parametrize(("loaded", "gone"), [(False, {}), (True, {"lot_1": 1})])
def test_a_failed_vehicle_keeps_what_was_loaded_and_leaves_the_rest_at_its_depot(loaded, gone):
    live, line = a_team_that_flies()
    off_h = line.depart_s / H
    if loaded:
        live.report(Milestone.LOADED, off_h - 0.2, vehicle_id="lift_1/1", site_id="EIN")
    live.report(Milestone.FAILED, off_h, vehicle_id="lift_1/1")

    stays = kept(live.at(off_h + 0.1))
    given = under_way(stays, live_case(live.case).needs, live.case.t0_at)

    assert (stays.lines, stays.routes) == ((), ())
    assert (given.gone_packs, given.failed_vehicles) == (gone, {"lift_1/1"})


def test_a_vehicle_that_fails_after_it_unloaded_lets_the_road_go_on():
    live, line = a_team_that_flies()
    (route,) = live.case.plans["p1"].fact.plan.routes
    down_h = route.calls[-1].arrive_s / H
    live.report(Milestone.LANDED, down_h, vehicle_id="lift_1/1", site_id=line.site_ids[-2])
    live.report(Milestone.FAILED, down_h + 1.5, vehicle_id="lift_1/1")

    stays = kept(live.at(down_h + 1.6))

    assert [each.consignment_id for each in stays.lines] == [line.consignment_id]
    assert task(live).rest().vehicles == ()


def test_what_was_handed_over_short_opens_the_need_again():
    case = a_case(
        vehicles=(a_vehicle(class_id="A400M"),),
        needs=(a_need(kind="blanket", planned_units=100),),
        lots=(
            a_lot(
                kind="blanket", packs=100, pack_mass_g=50_000, pack_volume_ml=350_000, pack_people=0
            ),
        ),
    )
    live = a_live_board(case)
    made = live.plan("p1")
    live.release("p1")
    (line,) = made.lines
    there_h = line.arrive_s / H
    live.report(Milestone.DEPARTED, line.depart_s / H, consignment_id=line.consignment_id)
    live.hand_over(line.consignment_id, 70, there_h)

    stays = kept(live.at(there_h + 1))
    given = under_way(stays, live_case(live.case).needs, live.case.t0_at)

    assert given.covered == {"need_1": pytest.approx(line.units * 70 / line.packs)}
    assert given.gone_packs == {"lot_1": line.packs}  # what is lost does not come back


def test_slots_and_lorries_of_what_is_under_way_are_not_given_out_again():
    live, line = a_team_that_flies()
    live.at(line.depart_s / H)
    entry = line.site_ids[-2]
    whole = {site.site_id: site for site in problem_of(live_case(live.case)).sites}

    rest = {site.site_id: site for site in task(live).rest().sites}

    (route,) = kept(live).routes
    held = [(c.from_s, c.until_s, c.slots) for c in rest[entry].slot_changes]
    units = 1
    assert held == [
        (
            route.calls[-1].service_from_s,
            route.calls[-1].service_until_s,
            whole[entry].slots - units,
        )
    ]
    assert rest[entry].lorries < whole[entry].lorries


def test_a_released_plan_of_a_merged_case_stays_under_way_in_the_one_that_goes_on():
    # given: the other case begins an hour later, and its plan is under way when they merge
    live, line = a_team_that_flies()
    other = a_live_board(a_case(needs=()))
    moved = replace(live.case, t0_at=at_h(0), case_id="case_2")
    moved.movements = {}
    other.board.cases["case_2"] = moved
    other.case.merged_from = ("case_2",)
    other.case.t0_at = at_h(-1)

    now = at_h(line.depart_s / H)
    stays = kept_of((other.case, moved), now)

    assert [each.consignment_id for each in stays.lines] == [line.consignment_id]
    assert stays.lines[0].arrive_s == line.arrive_s + H
    (route,) = moved.plans["p1"].fact.plan.routes
    assert stays.routes[0].calls[-1].arrive_s == route.calls[-1].arrive_s + H
    assert stays.consignments[0].arrive_s == line.arrive_s + H


def test_a_road_that_is_late_holds_up_its_cargo_and_not_the_vehicle_that_brought_it():
    live, line = a_team_that_flies()
    (route,) = live.case.plans["p1"].fact.plan.routes
    down = route.calls[-1]
    live.report(
        Milestone.LANDED, down.arrive_s / H, vehicle_id="lift_1/1", site_id=line.site_ids[-2]
    )

    stays = kept(live.at(line.arrive_s / H + 2))

    assert stays.routes[0].calls[-1].service_until_s == down.service_until_s
    assert stays.lines[0].arrive_s == stays.consignments[0].arrive_s == line.arrive_s + 2 * H


def test_a_plan_over_three_releases_keeps_every_pack_once():
    live = a_live_board(a_small_case(11))
    offered = {lot.lot_id: lot.packs for lot in a_small_case(11).lots}
    for n, hours in enumerate((0.0, 5.0, 9.0, 14.0)):
        live.at(hours)
        made = live.plan(f"p{n}")
        live.release(f"p{n}")
        for line in made.lines:
            if hours * H <= line.depart_s < (hours + 5) * H:
                live.report(
                    Milestone.DEPARTED, line.depart_s / H, consignment_id=line.consignment_id
                )

        moved = Counter()
        for line in made.lines:
            moved[line.lot_id] += line.packs
        assert all(packs <= offered[lot_id] for lot_id, packs in moved.items())
        assert len({line.consignment_id for line in made.lines}) == len(made.lines)
        assert all(
            segment.vehicle_id in {route.vehicle_id for route in made.plan.routes}
            for word in made.plan.consignments
            for segment in word.segments
            if segment.carrier is Carrier.VEHICLE
        )
