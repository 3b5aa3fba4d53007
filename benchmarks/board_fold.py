"""How long it takes to fold a ledger into the board: 100,000 facts, and one more.

    python benchmarks/board_fold.py [--facts 100000] [--cases 200] [--rounds 7]

The entries stand in memory with encoded bodies, so that reading is counted and a disk is not.
Prints median and least seconds, CPU seconds, and the slowest single facts.
"""

import argparse
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from u24.desk.board.bytes import board_bytes
from u24.desk.board.fold import board_of, fold, said_of
from u24.desk.board.state import Board
from u24.domain.consent import Consent
from u24.domain.facts.cases import CaseDescribed, CaseOpened, FactCorrected, NoteWritten
from u24.domain.facts.decisions import ConsentGiven, PositionTaken
from u24.domain.facts.fact import Fact
from u24.domain.facts.letters import MailHeard, MailSent
from u24.domain.facts.movements import (
    AlarmAcknowledged,
    AlarmKind,
    AlarmRaised,
    HandedOver,
    Milestone,
    MovementReported,
)
from u24.domain.facts.plans import PlanLine, PlanMade, PlanReleased
from u24.domain.facts.requests import (
    OfferAnswered,
    OfferCommitted,
    OfferMade,
    Reply,
    RequestStated,
)
from u24.domain.figures import Range
from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle
from u24.domain.places import Place
from u24.domain.plan import Call, Carrier, Consignment, Plan, Purpose, Route, Segment
from u24.domain.proposals import Position, Stance
from u24.ledger.store import Entry
from u24.wire.facts import encode_fact, kind_of

T0 = datetime(2026, 1, 1, tzinfo=UTC)
SEED = 5
MEMBERS = ("AUT", "BEL", "DEU", "ESP", "FRA", "GRC", "ITA", "NLD", "POL", "ROU", "SWE", "UKR")
OFFERS, CONSIGNMENTS = 40, 60
PLAN_CONSIGNMENTS = 170  # with its routes and lines, a plan of about 150 kB


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--facts", type=int, default=100_000)
    asked.add_argument("--cases", type=int, default=200)
    asked.add_argument("--rounds", type=int, default=7)
    args = asked.parse_args()
    entries = make_entries(args.facts, args.cases)
    size = sum(len(entry.body) for entry in entries)
    plans = [len(entry.body) for entry in entries if entry.kind.startswith("plan.made/")]
    print(f"{len(entries):,} facts of {args.cases} cases, {size / 1e6:.1f} MB of bodies")
    print(f"{len(plans)} plans of {statistics.median(plans) / 1e3:.0f} kB (median)")
    print("mix:", ", ".join(f"{k} {n}" for k, n in Counter(e.kind for e in entries).most_common()))
    whole, cpu = [], []
    board = Board()
    for _ in range(args.rounds):
        del board  # letting go of the last one is no part of folding
        begun, begun_cpu = time.perf_counter(), time.process_time()
        board = board_of(entries)
        whole.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - begun_cpu)
    print(
        f"full fold: median {statistics.median(whole):.3f} s, least {min(whole):.3f} s, "
        f"CPU median {statistics.median(cpu):.3f} s"
    )
    print(f"oddities: {board.oddity_count}; board: {len(board_bytes(board)) / 1e6:.1f} MB")
    one_more(board, entries)


def one_more(board: Board, entries: list[Entry]) -> None:
    """Fold facts one by one behind the whole record, and time each."""
    newest: dict[str, Entry] = {entry.kind: entry for entry in entries}
    took: dict[str, list[float]] = {}
    for _ in range(20):
        for kind, entry in newest.items():
            last = board.position + 1
            further = replace(entry, position=last, seq=board.seqs[entry.stream] + 1)
            begun = time.perf_counter()
            fold(board, said_of(further))
            took.setdefault(kind, []).append(time.perf_counter() - begun)
    slowest = sorted(((statistics.median(t), max(t), kind) for kind, t in took.items()))[::-1]
    print("one more fact, decoded and folded; slowest kinds:")
    for median, most, kind in slowest[:4]:
        print(f"  {kind:22} median {median * 1e3:.3f} ms, most {most * 1e3:.3f} ms")


def make_entries(facts: int, cases: int) -> list[Entry]:
    """The entries of ``cases`` cases that go on at the same time."""
    chance = random.Random(SEED)  # noqa: S311 - a made-up record
    each = facts // cases
    told = [list(case_facts(number, each, chance)) for number in range(cases)]
    entries: list[Entry] = []
    seqs: Counter[str] = Counter()
    for row in range(each):
        for number, facts_of in enumerate(told):
            stream = f"case/case_{number}"
            seqs[stream] += 1
            fact = facts_of[row]
            if isinstance(fact, FactCorrected):
                fact = replace(fact, position=1 + number + cases * fact.position)
            position = len(entries) + 1
            entries.append(
                Entry(
                    position=position,
                    stream=stream,
                    seq=seqs[stream],
                    kind=kind_of(fact),
                    actor=f"person_{chance.randrange(50)}",
                    at=T0 + timedelta(seconds=position),
                    command=f"command_{position}",
                    part=0,
                    asked=b"",
                    body=encode_fact(fact),
                    key_id="",
                    signature=b"",
                    leaf=b"",
                )
            )
    return entries


def case_facts(number: int, count: int, chance: random.Random) -> Iterator[Fact]:
    """A case from opening to hand-over: offers first, then mostly movements and mail."""
    at = Case(number, chance)
    yield from at.opening()
    begun = 3
    for offer in range(min(OFFERS, (count - begun) // 4)):
        yield at.offer(offer)
        yield at.answer(offer)
        yield at.commitment(offer)
        begun += 3
    yield from (at.plan(0), at.release(0))
    middle = begun + 2 + (count - begun) // 2
    for row in range(begun + 2, count):
        if row == middle:
            yield at.plan(1)
        else:
            yield at.further(row)


class Case:
    """Writes the facts of one made-up case."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.case_id = f"case_{number}"
        self.number = number
        self.chance = chance
        self.moved: list[int] = []
        self.row = 0

    def words(self) -> dict[str, object]:
        """What every fact of the case has; a minute goes by with each."""
        self.row += 1
        return {"said_at": T0 + timedelta(minutes=self.row), "case_id": self.case_id}

    def opening(self) -> Iterator[Fact]:
        """Opened, described, asked for."""
        yield CaseOpened(
            **self.words(), call_sign=f"U24-2026-{self.number:03}", title="Flood",
            hazard="MH0600", host="TUR", t0_at=T0,
        )  # fmt: skip
        places = tuple(
            Place(place_id=f"place_{i}", name=f"Place {i}", country="TUR", lat_deg=37, lon_deg=36)
            for i in range(8)
        )
        yield CaseDescribed(**self.words(), places=places)
        yield RequestStated(
            **self.words(), request_id="request_1", needs=tuple(self.need(i) for i in range(12))
        )

    def need(self, number: int) -> Need:
        """A thousand tents at one place."""
        return Need(
            need_id=f"need_{number}", place_id=f"place_{number % 8}", kind="family_tent",
            amount=Range(low=800, best=1000, high=1500), planned_units=1000,
            due_at=T0 + timedelta(hours=24), deadline_at=T0 + timedelta(hours=48), weight=1.0,
        )  # fmt: skip

    def offer(self, number: int) -> Fact:
        """Three lots and an aircraft of one member."""
        member = MEMBERS[number % len(MEMBERS)]
        lots = tuple(
            Lot(
                lot_id=f"lot_{number}_{i}", member=member, kind="family_tent", site_id="VIE",
                packs=200, pack_mass_g=60_000, pack_volume_ml=300_000, ready_at=T0,
            )
            for i in range(3)
        )  # fmt: skip
        vehicle = Vehicle(
            vehicle_id=f"lift_{number}", member=member, class_id="c130", home_site="VIE",
            available_at=T0, until_at=T0 + timedelta(hours=72),
        )  # fmt: skip
        return OfferMade(
            **self.words(), offer_id=f"offer_{number}", member=member, lots=lots,
            vehicles=(vehicle,), request_id="request_1",
        )  # fmt: skip

    def answer(self, number: int) -> Fact:
        """Nearly every offer is accepted."""
        reply = Reply.DECLINE if number % 9 == 8 else Reply.ACCEPT
        return OfferAnswered(**self.words(), offer_id=f"offer_{number}", reply=reply)

    def commitment(self, number: int) -> Fact:
        """The giver binds itself; where it was declined, a note is written instead."""
        if number % 9 == 8:
            return NoteWritten(**self.words(), text="declined; told the focal point by phone")
        return OfferCommitted(**self.words(), offer_id=f"offer_{number}")

    def plan(self, number: int) -> Fact:
        """A plan with its lines, as large as the case of Tuerkiye gives."""
        segments = (
            Segment(
                carrier=Carrier.VEHICLE, from_site="VIE", to_site="ADA", start_s=0, end_s=30_000,
                vehicle_id="lift_1", from_call=0, to_call=1,
            ),
            Segment(
                carrier=Carrier.LORRIES, from_site="ADA", to_site="place_1", start_s=30_000,
                end_s=45_000,
            ),
        )  # fmt: skip
        calls = tuple(
            Call(
                site_id="ADA", purpose=Purpose.UNLOAD, arrive_s=i, service_from_s=i,
                service_until_s=i + 3600, depart_s=i + 3600,
            )
            for i in range(0, 40_000, 10_000)
        )  # fmt: skip
        routes = tuple(Route(vehicle_id=f"lift_{i}", calls=calls) for i in range(OFFERS))
        consignments = tuple(
            Consignment(
                lot_id=f"lot_{i % OFFERS}_{i % 3}", need_id=f"need_{i % 12}", packs=20,
                segments=segments,
            )
            for i in range(PLAN_CONSIGNMENTS)
        )  # fmt: skip
        lines = tuple(
            PlanLine(
                consignment_id=f"consignment_{i}", lot_id=f"lot_{i % OFFERS}_{i % 3}",
                need_id=f"need_{i % 12}", packs=20, units=20.0, depart_s=5400, arrive_s=45_000,
                vehicle_ids=("lift_1",), site_ids=("VIE", "ADA", "place_1"),
            )
            for i in range(PLAN_CONSIGNMENTS)
        )  # fmt: skip
        return PlanMade(
            **self.words(), plan_id=f"plan_{number}", position=1,
            plan=Plan(routes=routes, consignments=consignments), lines=lines,
            met_shares=(0.5, 0.7, 0.8), bound_share=0.9, marks_s=(86_400, 172_800, 259_200),
        )  # fmt: skip

    def release(self, number: int) -> Fact:
        """The plan goes out."""
        return PlanReleased(**self.words(), plan_id=f"plan_{number}")

    def further(self, row: int) -> Fact:
        """Mostly movements; hand-overs, mail, alarms, notes, positions, and some corrections."""
        kind = self.chance.choices(
            ("movement", "hand-over", "mail", "heard", "alarm", "note", "position", "consent",
             "correction"),
            (50, 10, 14, 6, 6, 6, 4, 3, 1),
        )[0]  # fmt: skip
        if kind == "movement" or (kind == "correction" and not self.moved):
            self.moved.append(row)
            return self.movement(row)
        return getattr(self, kind.replace("-", "_"))(row)

    def movement(self, row: int) -> MovementReported:
        """A consignment reaches a step."""
        milestone = (Milestone.DEPARTED, Milestone.LANDED, Milestone.ARRIVED)[row % 3]
        words = self.words()
        return MovementReported(
            **words, movement_id=f"movement_{row}", milestone=milestone, site_id="ADA",
            happened_at=T0 + timedelta(minutes=self.row - self.chance.randrange(60)),
            consignment_id=f"consignment_{row % CONSIGNMENTS}",
        )  # fmt: skip

    def correction(self, row: int) -> Fact:
        """A movement happened at another time; ``position`` is the row until all are laid out."""
        wrong = self.chance.choice(self.moved)
        right = replace(self.movement(wrong), said_at=T0 + timedelta(minutes=row))
        return FactCorrected(
            **self.words(), position=wrong, kind=kind_of(right),
            fact=encode_fact(right).decode(), reason="misheard",
        )  # fmt: skip

    def hand_over(self, row: int) -> Fact:
        """Packs are handed over."""
        return HandedOver(
            **self.words(), delivery_id=f"delivery_{row}",
            consignment_id=f"consignment_{row % CONSIGNMENTS}", packs=5, receiver="Red Crescent",
            happened_at=T0 + timedelta(minutes=self.row),
        )  # fmt: skip

    def mail(self, row: int) -> Fact:
        """A brief left."""
        return MailSent(
            **self.words(), mail_id=f"<{self.number}.{row}@desk>", to_person_id=f"p{row % 20}",
            subject="U24: what is new", position=row, receipt="250 OK",
        )  # fmt: skip

    def heard(self, row: int) -> Fact:
        """A reply came."""
        return MailHeard(
            **self.words(), mail_id=f"<{self.number}.{row}@example.org>", subject="Re: U24",
            from_address="someone@example.org", raw_sha256="0" * 64, outcome="accepted",
        )  # fmt: skip

    def alarm(self, row: int) -> Fact:
        """An alarm is raised, or the last one acknowledged."""
        if row % 2 and getattr(self, "alarm_id", ""):
            return AlarmAcknowledged(**self.words(), alarm_id=self.alarm_id)
        self.alarm_id = f"alarm_{row}"
        return AlarmRaised(
            **self.words(), alarm_id=self.alarm_id, kind=AlarmKind.LATE, subject="consignment_1",
            text="expected at ADA an hour ago", need_ids=("need_1",), risk_share=0.01,
        )  # fmt: skip

    def note(self, row: int) -> Fact:
        """A line in the log book."""
        return NoteWritten(**self.words(), text=f"row {row}: spoke with the tower at Adana")

    def position(self, row: int) -> Fact:
        """A member's stance."""
        position = Position(
            member=MEMBERS[row % len(MEMBERS)], proposal="bridge", stance=Stance.SUPPORT
        )
        return PositionTaken(**self.words(), position=position)

    def consent(self, row: int) -> Fact:
        """The host's yes."""
        consent = Consent(members=(MEMBERS[row % len(MEMBERS)],), kinds=("*",), allowed=True)
        return ConsentGiven(**self.words(), consent_id=f"consent_{row % 9}", consent=consent)


if __name__ == "__main__":
    main()
