"""``u24 certify``: what was published holds, and whatever was changed is found out."""

import copy
import json
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.brute_force import the_optimum
from tests.planning.test_bound_oracle import a_tiny_world
from tests.report.an_answer import an_answer
from u24.cli.main import main
from u24.desk.certifying import certify_claim
from u24.domain.certificate import Claim
from u24.errors import InvalidInput
from u24.planning import Limits, plan_problem
from u24.wire.answer import answer_json, plan_bytes
from u24.wire.certificate import claim_sha256, prices_sha256
from u24.wire.plan_document import read_plan_document

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHARES = st.floats(0, 1, allow_subnormal=False)


@cache
def a_tiny_document(seed):
    """A tiny problem, and what u24 plan --json would print of its plan."""
    problem = a_tiny_world(seed)
    planned = plan_problem(problem, Limits(seconds=None, work=200), stopwatch=lambda: 0.0)
    answer = replace(
        an_answer(), needs=problem.needs, problem=problem, planned=planned, violations=(),
        historic_marks=(), historic_matches=(), decided=None,
    )  # fmt: skip
    return problem, json.loads(answer_json(answer))


def read(document):
    return read_plan_document(json.dumps(document).encode(), "plan.json")


def certified(problem, document):
    return certify_claim(read(document), problem)


def with_new_digests(document):
    """As somebody would do it who wants a change to pass unseen."""
    told = read(document)
    proof = document["certificate"]
    proof["prices_sha256"] = prices_sha256(told.certificate)
    proof["claim_sha256"] = claim_sha256(
        told.problem_sha256, proof["prices_sha256"], told.claim, plan_bytes(told.plan)
    )
    return document


def with_bound(document, bound):
    met = document["met_share_t24"]
    document["bound_share_t24"] = bound
    document["of_possible_share_t24"] = met / bound if bound > 0 else 1.0
    return document


@pytest.mark.parametrize("seed", range(8))
def test_a_published_plan_holds(seed):
    problem, document = a_tiny_document(seed)

    found = certified(problem, document)

    assert found.holds, found.faults
    assert found.met_share == pytest.approx(document["met_share_t24"], abs=1e-9)
    assert found.bound_share <= document["bound_share_t24"] + 1e-9


def test_the_plan_comes_back_from_its_document_as_it_was():
    answer = an_answer()
    told = read_plan_document(
        answer_json(replace(answer, planned=a_proven(answer.planned))), "plan.json"
    )

    assert told.plan == answer.planned.plan
    assert told.claim == Claim(met_share=0.832, bound_share=0.861)


def a_proven(planned):
    problem = a_tiny_world(1)
    made = plan_problem(problem, Limits(seconds=None, work=100), stopwatch=lambda: 0.0)
    return replace(planned, certificate=made.certificate)


@st.composite
def one_change(draw):
    """A change of one thing of a document: a price, a share, a part of the plan."""
    kind = draw(st.sampled_from(["price", "drop", "add", "bound", "met", "packs", "call", "cut"]))
    return kind, draw(st.integers(0, 10**6)), draw(st.floats(0.001, 0.9))


def changed(document, change):
    """The document with that change made, or None where there is nothing to change."""
    kind, pick, share = change
    made = copy.deepcopy(document)
    prices, plan = made["certificate"]["prices"], made["plan"]
    if kind == "price" and prices:
        prices[pick % len(prices)]["share"] *= 1 + share
    elif kind == "drop" and prices:
        prices.pop(pick % len(prices))
    elif kind == "add":
        rows = {(row["id"], row["from_s"]) for row in prices if row["kind"] == "slot"}
        free = [t for t in range(24) if ("ADA", t * 3600) not in rows]
        new = {"kind": "slot", "id": "ADA", "from_s": free[pick % len(free)] * 3600}
        prices.append({**new, "share": share})
    elif kind == "bound":
        made["bound_share_t24"] *= 1 - share / 2
    elif kind == "met":
        made["ladder"][0]["share"] = made["met_share_t24"] = made["met_share_t24"] + share / 10
    elif kind == "packs" and plan["consignments"]:
        plan["consignments"][pick % len(plan["consignments"])]["packs"] += 1
    elif kind == "call" and plan["routes"]:
        calls = plan["routes"][pick % len(plan["routes"])]["calls"]
        calls[pick % len(calls)]["service_from_s"] += 60
    elif kind == "cut" and plan["consignments"]:
        plan["consignments"].pop(pick % len(plan["consignments"]))
    else:
        return None
    return made


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 7), change=one_change())
def test_any_one_change_is_found_out(seed, change):
    problem, document = a_tiny_document(seed)
    made = changed(document, change)
    if made is None:
        return

    assert not certified(problem, made).holds


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 7), bound=SHARES, prices=st.lists(SHARES, max_size=40))
def test_whoever_makes_the_digests_anew_still_proves_no_false_bound(seed, bound, prices):
    # given: other prices, another bound, and digests that agree with them
    problem, document = a_tiny_document(seed)
    made = with_bound(copy.deepcopy(document), bound)
    rows = made["certificate"]["prices"]
    for row, price in zip(rows, prices, strict=False):
        row["share"] *= price
    with_new_digests(made)

    # when
    found = certified(problem, made)

    # then
    assert not found.holds or bound >= the_best_of(seed) - 1e-9


@cache
def the_best_of(seed):
    return the_optimum(a_tiny_world(seed))


@pytest.mark.parametrize("seed", range(4))
def test_a_bound_below_the_plan_does_not_hold_whatever_the_digests_say(seed):
    problem, document = a_tiny_document(seed)
    made = with_bound(copy.deepcopy(document), 0.9 * document["met_share_t24"] + 1e-6)

    found = certified(problem, with_new_digests(made))

    assert [fault for fault in found.faults if "the prices prove no less than" in fault]


def test_a_plan_that_breaks_a_rule_does_not_hold_whatever_the_digests_say():
    problem, document = a_tiny_document(5)
    made = copy.deepcopy(document)
    made["plan"]["consignments"][0]["packs"] += 1000

    found = certified(problem, with_new_digests(made))

    assert found.violations
    assert not found.holds
    assert found.met_share is None


def test_a_share_that_the_plan_does_not_meet_is_found_whatever_the_digests_say():
    problem, document = a_tiny_document(5)
    made = copy.deepcopy(document)
    made["ladder"][0]["share"] = made["met_share_t24"] = made["met_share_t24"] * 0.99
    made["of_possible_share_t24"] = made["met_share_t24"] / made["bound_share_t24"]

    found = certified(problem, with_new_digests(made))

    assert [fault for fault in found.faults if fault.startswith("the plan meets")]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"certificate": None}, "has no certificate"),
        ({"format": 2}, "format is 2; it must be 1"),
        ({"plan": {}}, "routes"),
    ],
)
def test_what_is_no_document_of_a_plan_is_refused(change, message):
    _, document = a_tiny_document(1)

    with pytest.raises(InvalidInput, match=message):
        read({**document, **change})


def test_a_negative_price_is_refused():
    _, document = a_tiny_document(1)
    made = copy.deepcopy(document)
    made["certificate"]["prices"][0]["share"] = -0.1

    with pytest.raises(InvalidInput, match="it must be 0 or more"):
        read(made)


# through the door -----------------------------------------------------------------------


def call(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The plan of an earthquake, as printed."""
    plan = tmp_path_factory.mktemp("published") / "plan.json"
    plan.write_bytes(call("plan", SCENARIOS / "turkiye-2023", "--work", 200, "--json").stdout_bytes)
    return plan


def test_the_plan_of_an_earthquake_is_certified(published):
    done = call("certify", published, SCENARIOS / "turkiye-2023", "--json")

    told, said = json.loads(done.stdout), json.loads(published.read_bytes())
    assert done.exit_code == 0
    assert told["holds"]
    assert told["faults"] == told["violations"] == []
    assert told["recomputed"]["bound_share"] == pytest.approx(said["bound_share_t24"], abs=1e-9)
    assert told["prices_sha256"] == said["certificate"]["prices_sha256"]


def test_a_changed_price_leaves_with_3_and_says_so(published, tmp_path):
    document = json.loads(published.read_bytes())
    document["certificate"]["prices"][0]["share"] /= 2
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(document))

    done = call("certify", plan, SCENARIOS / "turkiye-2023")

    assert done.exit_code == 3
    assert "DOES NOT HOLD" in done.stdout
    assert "the prices: not as published" in done.stdout


def test_a_plan_of_another_case_is_refused(published, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(SCENARIOS / "turkiye-2023", other)
    roads = (other / "roads.csv").read_text().splitlines()
    (other / "roads.csv").write_text("\n".join(roads[:-1]) + "\n")

    done = call("certify", published, other)

    assert done.exit_code == 2
    assert "not the same words" in done.stderr


def test_what_is_no_json_is_refused(tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text("plan")

    done = call("certify", plan, SCENARIOS / "turkiye-2023", "--json")

    assert done.exit_code == 2
    assert "give what u24 plan --json printed" in json.loads(done.stdout)["errors"][0]


def test_what_was_supposed_is_supposed_again(tmp_path):
    plan = tmp_path / "plan.json"
    folder = SCENARIOS / "ukraine-2022"
    said = call("plan", folder, "--work", 40, "--json", "--what-if", "consent:DEU/*=no")
    plan.write_bytes(said.stdout_bytes)

    done = call("certify", plan, folder)

    assert done.exit_code == 0, done.output
