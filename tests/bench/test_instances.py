"""Made instances are the same everywhere; instances from elsewhere are read with care."""

from dataclasses import replace

import msgspec
import pytest

from tests.builders import T0, a_lot, a_match, a_need, a_road, a_site, a_vehicle, a_vehicle_class
from u24.bench.dice import Dice, Wheel
from u24.bench.instances import (
    Instance,
    instance_bytes,
    instance_of,
    instance_sha256,
    made_instance,
    read_instance,
    write_instance,
)
from u24.bench.sizes import LIFT_LIMITED, STOCK_LIMITED, get_size, regime_of
from u24.domain.problem import Problem, Worth
from u24.errors import InvalidInput
from u24.planning import Limits, check_plan, plan_problem

# The first 16 digits of the SHA-256 of the problem's bytes. Whoever changes one measures anew.
PINNED = {
    ("S", 1): "62dfd2925584783d",
    ("S", 2): "de638da8193cab1c",
    ("S", 3): "768e148976c24432",
    ("S", 4): "e0716a49a2e488b3",
    ("S", 5): "3eca38c4d0b7e5c5",
    ("S", 6): "65d770a81d16e4d8",
    ("S", 7): "1fdbe19e535f8998",
    ("S", 8): "0352a5e1a0663e32",
    ("S", 9): "52c571f7dd3dbeb5",
    ("S", 10): "9dc2f60e54e24ae4",
    ("M", 1): "1e28af6529e80329",
    ("M", 2): "f54b1e77badf7d36",
    ("M", 3): "074426ff69e28d9f",
    ("M", 4): "515649f9cb2de159",
    ("M", 5): "58ca605b73e070fc",
    ("L", 1): "34bd30318813d644",
}
COUNTS = {"S": (20, 40, 15), "M": (200, 1_000, 120)}


@pytest.fixture(scope="module")
def made():
    """All pinned instances but the largest, which is made in its own test."""
    return {at: made_instance(*at) for at in PINNED if at[0] != "L"}


def test_a_made_instance_is_the_same_on_every_machine(made):
    hashes = {at: instance_sha256(instance)[:16] for at, instance in made.items()}

    assert hashes == {at: pin for at, pin in PINNED.items() if at[0] != "L"}


def test_the_largest_instance_is_the_same_on_every_machine():
    instance = made_instance("L", 1)

    problem = instance.problem
    assert (len(problem.needs), len(problem.lots), len(problem.vehicles)) == (1_000, 20_000, 600)
    assert instance_sha256(instance)[:16] == PINNED["L", 1]


def test_a_size_has_the_counts_that_it_says(made):
    counts = {
        at: (len(x.problem.needs), len(x.problem.lots), len(x.problem.vehicles))
        for at, x in made.items()
    }

    assert counts == {at: COUNTS[at[0]] for at in made}


def test_every_name_in_a_made_instance_leads_somewhere(made, tmp_path):
    for number, instance in enumerate(made.values()):
        file = tmp_path / f"{number}.json"
        write_instance(instance, file)

        assert read_instance(file) == instance


def test_an_unknown_size_is_refused_with_those_there_are():
    with pytest.raises(InvalidInput, match="size is 'XL'; it must be one of S, M, L"):
        get_size("XL", 1)


def test_dice_are_equal_for_a_name_and_seed_and_differ_between_them():
    def rolled(name, seed):
        dice = Dice(name, seed)
        return [dice.below(1000) for _ in range(50)]

    assert rolled("needs", 1) == rolled("needs", 1)
    assert rolled("needs", 1) != rolled("needs", 2)
    assert rolled("needs", 1) != rolled("lots", 1)


def test_a_wheel_gives_each_thing_as_often_as_its_weight_says():
    wheel, dice = Wheel((("often", 3), ("seldom", 1))), Dice("wheel", 1)

    found = [dice.spin(wheel) for _ in range(4_000)]

    assert 2_850 < found.count("often") < 3_150


# Regimes -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def losses():
    """What each step of the ladder costs, seed 2 without stock and seed 7 without lift."""
    found = {}
    for seed in (2, 7):
        problem = made_instance("S", seed).problem
        planned = plan_problem(problem, Limits(seconds=None, work=2_000), lambda: 0.0)
        assert check_plan(problem, planned.plan) == ()
        found[seed] = {loss.name: loss.share for loss in planned.score.losses}
    return found


def test_an_odd_seed_of_size_s_is_short_of_lift(losses):
    assert regime_of("S", 7) == LIFT_LIMITED

    # The bound with lift and slots lies below the one of stock alone.
    assert losses[7]["lift_and_slots"] > 0.003


def test_an_even_seed_of_size_s_is_short_of_stock(losses):
    assert regime_of("S", 2) == STOCK_LIMITED

    assert losses[2]["lift_and_slots"] < 0.003
    assert losses[2]["nobody_has"] + losses[2]["stock_shared"] > 0.05


# Files ---------------------------------------------------------------------------------


def a_problem(**values):
    default = {
        "t0_at": T0,
        "tick_s": 900,
        "horizon_s": 86_400,
        "sites": (a_site("EIN", entry=False), a_site("ADA"), a_site("antakya", runway_m=None)),
        "classes": (a_vehicle_class(),),
        "vehicles": (a_vehicle(),),
        "vehicle_limits": (),
        "lots": (a_lot(),),
        "needs": (a_need(),),
        "matches": (a_match(lot_id="lot_1", need_id="need_1"),),
        "roads": (a_road(),),
        "worth": Worth(),
    }
    return Problem(**{**default, **values})


def a_file(tmp_path, problem=None, **changes):
    """An instance as a file; ``changes`` are made in its JSON."""
    instance = Instance(name="mine", problem=problem or a_problem())
    document = {**msgspec.json.decode(instance_bytes(instance)), **changes}
    file = tmp_path / "mine.json"
    file.write_bytes(msgspec.json.encode(document))
    return file


def test_an_instance_survives_its_file(tmp_path):
    instance = Instance(name="mine", problem=a_problem())

    write_instance(instance, tmp_path / "mine.json")

    assert read_instance(tmp_path / "mine.json") == instance


def test_a_file_that_is_not_there_is_told_with_the_cases_there_are(tmp_path):
    with pytest.raises(InvalidInput, match=r"nowhere.*give a file.*turkiye-2023"):
        instance_of(str(tmp_path / "nowhere"))


def test_a_file_that_is_no_json_is_told(tmp_path):
    file = tmp_path / "mine.json"
    file.write_bytes(b"\xff{")

    with pytest.raises(InvalidInput, match=r"instance mine\.json: "):
        read_instance(file)


def test_a_fault_in_a_value_is_told_with_its_place(tmp_path):
    document = msgspec.json.decode(instance_bytes(Instance(name="mine", problem=a_problem())))
    document["problem"]["lots"][0]["packs"] = 0

    with pytest.raises(InvalidInput, match=r"packs is 0; it must be 1 .. .*\$\.problem\.lots"):
        read_instance(a_file(tmp_path, **document))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"vehicles": (a_vehicle(home_site="XXX"),)}, "lift_1/1 names site 'XXX'"),
        ({"vehicles": (a_vehicle(class_id="zeppelin"),)}, "lift_1/1 names class 'zeppelin'"),
        ({"lots": (a_lot(site_id="XXX"),)}, "lot_1 names site 'XXX'"),
        ({"needs": (a_need(place_id="XXX"),)}, "need_1 names site 'XXX'"),
        ({"roads": (a_road(to_site="XXX"),)}, "a road names site 'XXX'"),
        ({"lots": ()}, "a match names lot 'lot_1'"),
        ({"lots": (a_lot(), a_lot())}, "2 lot ids, 1 different"),
    ],
)
def test_a_name_that_leads_nowhere_is_told(tmp_path, changes, told):
    with pytest.raises(InvalidInput, match=told):
        read_instance(a_file(tmp_path, a_problem(**changes)))


def test_another_format_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="format is 2; it must be 1"):
        read_instance(a_file(tmp_path, format=2))


def test_a_name_that_could_not_be_a_file_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match=r"name is '\.\./x'; it must be letters"):
        read_instance(a_file(tmp_path, name="../x"))


def test_a_case_from_history_is_an_instance():
    instance = instance_of("turkiye-2023")

    assert instance.name == "turkiye-2023"
    assert len(instance.problem.vehicles) > 10


def test_the_hash_is_of_the_problem_and_not_of_its_name():
    one = Instance(name="one", problem=a_problem())

    assert instance_sha256(one) == instance_sha256(replace(one, name="two"))
    assert instance_sha256(one) != instance_sha256(
        replace(one, problem=a_problem(needs=(a_need(weight=2.0),)))
    )
