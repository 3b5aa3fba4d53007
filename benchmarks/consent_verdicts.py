"""How long every verdict of a large case takes: 200 members, 50 proposals, 10,000 offer lines.

    python benchmarks/consent_verdicts.py [--lots 10000] [--proposals 50] [--rounds 7] [--json]

Each proposal has a position of every elector, a third of them conditional; a tenth of the
offers are controlled goods behind their gates, a tenth belong to a proposal, a fifth have
conditions of their own. Prints median and least seconds, wall and CPU. ``--json`` prints the
figures with machine and commit, as benchmarks/results keeps them.
"""

import argparse
import json
import platform
import random
import statistics
import subprocess
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from u24.consent import judge_case
from u24.domain.case import Case
from u24.domain.consent import Consent
from u24.domain.gates import GateAnswer
from u24.domain.offers import Caveat, CaveatKind, Lot
from u24.domain.places import AirportTerms
from u24.domain.proposals import ConditionWord, Position, Proposal, ProposalKind, Stance
from u24.reference.countries import list_countries
from u24.reference.tables import SHIPPED

T0 = datetime(2026, 1, 1, tzinfo=UTC)
SEED = 5
MEMBERS = 200
RULES = ("silence", "simple-majority", "unga-two-thirds", "coalition", "unanimity")
CONDITIONS = ("cease-fire", "withdrawal", "host-request", "un-mandate")
KINDS = ("family_tent", "blanket", "usar_heavy", "usar_medium", "emt2", "water_purification_unit")
CONTROLLED = ("air_defence_s300", "fighter_mig29")
STANCES = (Stance.SUPPORT, Stance.CONDITIONAL, Stance.UNDECIDED, Stance.ABSTAIN, Stance.OPPOSE)


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--lots", type=int, default=10_000)
    asked.add_argument("--proposals", type=int, default=50)
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--json", action="store_true", dest="as_json")
    args = asked.parse_args()
    case = make_case(args.lots, args.proposals)
    wall_s, cpu_s = [], []
    for _ in range(args.rounds):
        begun, begun_cpu = time.perf_counter(), time.process_time()
        judgement = judge_case(case, SHIPPED)
        wall_s.append(time.perf_counter() - begun)
        cpu_s.append(time.process_time() - begun_cpu)
    figures = {
        "members": MEMBERS,
        "proposals": args.proposals,
        "lots": args.lots,
        "positions": len(case.positions),
        "rounds": args.rounds,
        "wall_median_s": round(statistics.median(wall_s), 3),
        "wall_least_s": round(min(wall_s), 3),
        "cpu_median_s": round(statistics.median(cpu_s), 3),
        "verdicts": dict(Counter(str(v.permission) for v in judgement.lots.values())),
        "proposal_verdicts": dict(Counter(str(v.permission) for v in judgement.proposals.values())),
    }
    if args.as_json:
        print(json.dumps({**figures, **_machine()}, indent=2))
    else:
        print("\n".join(f"{name}: {value}" for name, value in figures.items()))


def make_case(lots: int, proposals: int) -> Case:
    """A case of that size; the same each time."""
    chance = random.Random(SEED)  # noqa: S311 - a made-up case
    members = [country.iso3 for country in list_countries()][:MEMBERS]
    made = [_proposal(number, members) for number in range(proposals)]
    offered = [_lot(number, chance, members, made) for number in range(lots)]
    return Case(
        case_id="large",
        title="A large case",
        hazard="GH0101",
        t0_at=T0,
        host=members[0],
        airports=(AirportTerms(code="LTAF", entry=True),),
        lots=tuple(offered),
        consents=tuple(_consent(chance, members) for _ in range(300)),
        proposals=tuple(made),
        positions=tuple(_position(chance, m, p.proposal_id) for p in made for m in members),
        condition_words=(
            ConditionWord(condition_id="cease-fire", holds=True, at=T0),
            ConditionWord(condition_id="withdrawal", holds=False, at=T0),
        ),
        gate_answers=tuple(_answer(lot, chance) for lot in offered if lot.kind in CONTROLLED),
    )


def _proposal(number: int, members: list[str]) -> Proposal:
    return Proposal(
        proposal_id=f"proposal-{number}",
        kind=ProposalKind.ASSISTANCE_PACKAGE,
        title=f"Proposal {number}",
        rule_id=RULES[number % len(RULES)],
        members=tuple(members),
        requires=CONDITIONS[: number % 3],
        deadline_at=T0 + timedelta(hours=number % 48 + 1),
    )


def _position(chance: random.Random, member: str, proposal: str) -> Position:
    stance = chance.choice(STANCES)
    conditions = tuple(chance.sample(CONDITIONS, chance.randint(1, 2)))
    return Position(
        member=member, proposal=proposal, stance=stance,
        conditions=conditions if stance is Stance.CONDITIONAL else (),
        at=T0 - timedelta(minutes=chance.randint(0, 9999)), secret=chance.random() < 0.05,
    )  # fmt: skip


def _lot(number: int, chance: random.Random, members: list[str], proposals: list[Proposal]) -> Lot:
    kind = chance.choice(CONTROLLED) if number % 10 == 0 else chance.choice(KINDS)
    caveats = (Caveat(kind=CaveatKind.ONLY_IF, argument=chance.choice(CONDITIONS)),)
    return Lot(
        lot_id=f"lot-{number}",
        member=chance.choice(members[1:]),
        kind=kind,
        site_id="LTAF",
        packs=1,
        pack_mass_g=1000,
        pack_volume_ml=1000,
        pack_people=40 if kind.startswith(("usar", "emt")) else 0,
        ready_at=T0,
        caveats=caveats if number % 5 == 0 else (),
        military=number % 7 == 0,
        proposal_id=chance.choice(proposals).proposal_id if number % 10 == 1 else "",
    )


def _consent(chance: random.Random, members: list[str]) -> Consent:
    from_h = chance.randint(0, 48)
    return Consent(
        members=("*",) if chance.random() < 0.2 else tuple(chance.sample(members, 5)),
        kinds=(chance.choice([*KINDS, "goods", "people", "military", "*"]),),
        allowed=chance.random() < 0.6,
        from_at=T0 + timedelta(hours=from_h),
        until_at=T0 + timedelta(hours=from_h + chance.randint(1, 48)),
    )


def _answer(lot: Lot, chance: random.Random) -> GateAnswer:
    return GateAnswer(
        subject=lot.lot_id, gate_id="end-use", passed=chance.random() < 0.8, officer="An officer",
        at=T0, reasons="For a benchmark",
    )  # fmt: skip


def _machine() -> dict[str, str]:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "commit": commit.stdout.strip(),
    }


if __name__ == "__main__":
    main()
