"""Kill writers, and the server, at random moments; then look whether anything was lost.

    python -m benchmarks.ledger.kill_campaign sqlite --rounds 1000
    python -m benchmarks.ledger.kill_campaign postgres --rounds 1000

Can be stopped at any time: the next call goes on with the next round, on a new ledger.
"""

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

from benchmarks.ledger.beginning import begin, publish
from benchmarks.ledger.broken import BREAKS, Break
from benchmarks.ledger.load import submission_of
from benchmarks.ledger.machine import WORK, cpu_of_children_s, cpu_s, keep
from benchmarks.ledger.places import PostgresPlace, SqlitePlace, open_at, place_of
from benchmarks.ledger.record_check import FAULTS, RecordCheck
from benchmarks.ledger.victims import WRITERS, Round, Told
from u24.clock import stopwatch
from u24.errors import Conflict, U24Error
from u24.ledger.heads import Head
from u24.ledger.store import Receipt, Store
from u24.ledger.verify import verify

FIRST_MS, LAST_MS = 5, 300
SERVER_EVERY = 10  # rounds
VERIFY_EVERY = 100  # rounds
_SEED = 20260206


@dataclass(slots=True, kw_only=True)
class Tally:
    """What all rounds so far have given."""

    rounds: int = 0
    legs: int = 0  # ledgers: one, and one more for each time that the campaign was stopped
    writers_killed: int = 0
    servers_killed: int = 0
    acknowledged_commands: int = 0
    facts_on_record: int = 0
    in_doubt_on_record: int = 0
    in_doubt_not_on_record: int = 0
    unavailable_answers: int = 0
    repeats_after_unavailable: int = 0
    full_verifications: int = 0
    wall_s: float = 0.0
    cpu_s: float = 0.0


class Campaign:
    """One ledger under fire.

    Parameters
    ----------
    place
        Where it is.
    seed
        Gives every moment.
    broken
        Breaks the store or the disk on purpose, to show that the campaign sees it.
    """

    def __init__(
        self,
        place: SqlitePlace | PostgresPlace,
        seed: int,
        tally: Tally,
        broken: Break | None = None,
    ) -> None:
        self.tally = tally
        self.check = RecordCheck(f"kill-{seed}")
        self.server_every = SERVER_EVERY
        self._place = place
        self._seed = seed
        self._own = lambda: open_at(place)
        self._broken = broken or Break(open=self._own, writers=WRITERS)
        self._before = replace(tally)
        self._begun_s, self._used_before_s = stopwatch(), self._used_s()
        self._folder = TemporaryDirectory(prefix="u24-heads-")
        self._heads = list[Head]()
        store = self._own()
        begin(store)
        self.check.advance(store, {})
        store.close()
        tally.legs += 1

    def one_round(self, number: int) -> None:
        """Start writers, kill them, check, and repeat what got no answer."""
        chance = np.random.default_rng([self._seed, number])
        with_server = self._place.make == "postgres" and number % self.server_every == 0
        running = Round(self._broken.open, self.check.campaign, number, self._broken.writers)
        try:
            self._strike(running, chance, with_server=with_server)
        finally:
            told = running.finish()
        self.tally.rounds += 1
        self.tally.writers_killed += len(running.pids)
        self.tally.acknowledged_commands += len(told.acknowledged)
        self.tally.unavailable_answers += told.unavailable
        self.tally.repeats_after_unavailable += told.repeated
        self._broken.after_kill()
        try:
            self._look(told, number)
        except U24Error as error:
            self.check.tell("unreadable", str(error))

    def _look(self, told: Told, number: int) -> None:
        store = self._own()
        try:
            found = self.check.advance(store, told.acknowledged)
            self._repeat(store, told, found)
            if number % VERIFY_EVERY == 0:
                self.verify(store)
        finally:
            store.close()

    def verify(self, store: Store | None = None) -> None:
        """Check the whole record with the ledger's own means, heads and all."""
        held = store or self._own()
        self._heads.append(publish(held, Path(self._folder.name) / "heads.jsonl"))
        self.check.advance(held, {})
        verified = verify(held, heads=self._heads)
        if not verified.good:
            self.check.tell("verify", f"{verified.counts}")
        if (verified.size, verified.root) != (self.check.size, self.check.tree.root()):
            self.check.tell("verify", "the record is not what was checked round by round")
        self.tally.full_verifications += 1
        if store is None:
            held.close()

    def measure(self) -> None:
        """Note what this leg has cost, and how long its record is, beside the legs before."""
        self.tally.facts_on_record = self._before.facts_on_record + self.check.size
        self.tally.wall_s = self._before.wall_s + stopwatch() - self._begun_s
        self.tally.cpu_s = self._before.cpu_s + self._used_s() - self._used_before_s

    def _used_s(self) -> float:
        return cpu_s() + cpu_of_children_s() + self._place.server_cpu_s()

    def _strike(self, running: Round, chance: np.random.Generator, *, with_server: bool) -> None:
        """Kill all at one moment, or each at a moment of its own; or first the server."""
        if chance.integers(8):  # else the moment may fall into their start
            running.listen_first()
        if with_server and isinstance(self._place, PostgresPlace):
            running.listen(_moment(chance))
            self._place.kill()
            self.tally.servers_killed += 1
            running.listen(time.monotonic() + 0.05)  # they notice
            self._place.start()
        if chance.integers(2):
            running.listen(_moment(chance))
            return
        moments = sorted((_moment(chance), pid) for pid in running.pids)
        for moment, pid in moments:
            running.listen(moment)
            running.kill(pid)

    def _repeat(self, store: Store, told: Told, found: set[str]) -> None:
        """Give the store again what got no answer: it is on record once, before or now."""
        acknowledged: dict[str, int] = {}
        for command in told.in_doubt:
            on_record = command in found
            receipt = _append(store, command)
            if on_record and not receipt.repeated:
                self.check.tell("repeat", f"{command} was on record and was written again")
            if not receipt.repeated:
                acknowledged[command] = receipt.entries[0].position
            self.tally.in_doubt_on_record += receipt.repeated
            self.tally.in_doubt_not_on_record += not receipt.repeated
        self.check.advance(store, acknowledged)


def run(campaign: Campaign, rounds: int, told: Progress, note: Callable[[], object]) -> None:
    """Rounds that are left; ``note`` is called behind each. Ends early at the first fault."""
    first = campaign.tally.rounds + 1
    task = told.add_task(campaign.check.campaign, total=rounds, completed=first - 1)
    for number in range(first, rounds + 1):
        campaign.one_round(number)
        told.update(task, completed=number)
        told.refresh()
        note()
        if campaign.check.told:
            break


def main() -> int:
    """Run, and keep the result; 1 if anything was lost."""
    wanted = _arguments()
    state = WORK / f"kill-{wanted.make}-{wanted.seed}-{wanted.broken or 'whole'}.json"
    state.parent.mkdir(parents=True, exist_ok=True)
    tally = Tally(**json.loads(state.read_text(encoding="utf-8"))) if state.exists() else Tally()
    for ending in (signal.SIGINT, signal.SIGTERM):  # a shell lets its background jobs ignore one
        signal.signal(ending, signal.default_int_handler)
    place = place_of(wanted.make)
    broken = BREAKS[wanted.broken](place) if wanted.broken else None
    campaign = Campaign(place, wanted.seed, tally, broken)
    campaign.server_every = wanted.server_every
    try:
        with _bar() as bar:
            run(campaign, wanted.rounds, bar, lambda: _note(campaign, state))
        if not campaign.check.told:
            campaign.verify()
        _note(campaign, state)
    except KeyboardInterrupt:
        print(f"stopped after {tally.rounds} rounds; the same command goes on")
        return 1
    finally:
        place.remove()
    state.unlink()
    print(json.dumps(result(campaign, wanted.seed), indent=2))
    if campaign.check.told:
        print("\n".join(campaign.check.told))
        return 1
    if not wanted.dry:
        keep(f"kill-{wanted.make}", result(campaign, wanted.seed))
    return 0


def result(campaign: Campaign, seed: int) -> dict[str, object]:
    """What is kept of a campaign."""
    tally = campaign.tally
    numbers = {
        name: round(value, 1) if isinstance(value, float) else value
        for name, value in asdict(tally).items()
    }
    return {
        "seed": seed, "writers_at_once": len(WRITERS), "moments_ms": [FIRST_MS, LAST_MS],
        **numbers, "faults": {name: campaign.check.faults[name] for name in FAULTS},
    }  # fmt: skip


def _bar() -> Progress:
    # No thread that redraws it: the writers are forked from this process.
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), auto_refresh=False)


def _note(campaign: Campaign, state: Path) -> None:
    campaign.measure()
    state.write_text(json.dumps(asdict(campaign.tally)), encoding="utf-8")


def _moment(chance: np.random.Generator) -> float:
    return time.monotonic() + float(chance.uniform(FIRST_MS, LAST_MS)) / 1000


def _append(store: Store, command: str) -> Receipt:
    while True:
        try:
            return store.append(submission_of(command, store.stream_seq))
        except Conflict:
            continue


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("make", choices=["sqlite", "postgres"])
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--server-every", type=int, default=SERVER_EVERY, help="rounds")
    parser.add_argument("--dry", action="store_true", help="keep no result")
    parser.add_argument("--broken", choices=list(BREAKS), help="break the ledger on purpose")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
