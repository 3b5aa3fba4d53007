"""A million facts: how long a proof takes, and the check of the whole record.

python -m benchmarks.ledger.million sqlite postgres --facts 1000000
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import Progress

from benchmarks.ledger.beginning import DESK_KEY, PERSON, PERSON_KEY, begin, publish
from benchmarks.ledger.machine import REPOSITORY, RESULTS, cpu_s, keep, peak_mib
from benchmarks.ledger.places import Place, PostgresPlace, SqlitePlace, open_at, place_of
from u24.clock import stopwatch, system_clock
from u24.errors import Conflict
from u24.ledger.heads import Head, read_heads
from u24.ledger.keys import signed
from u24.ledger.merkle import leaf_hash
from u24.ledger.opening import open_store
from u24.ledger.proofs import (
    consistency_proof,
    inclusion_proof,
    is_consistent,
    is_included,
    root_at,
)
from u24.ledger.prove import find_entry, find_head, make_proof
from u24.ledger.store import Batch, Draft, Store, Submission, entry_content
from u24.ledger.verify import verify

STEPS = (100_000, 1_000_000)
HEAD_EVERY = 10_000
SIGNED_EVERY = 20
CASE_FACTS = 40
BODY_BYTES = 300
PROOFS = 200
HANDED_OUT = 10
_GROUP = 500
_SEED = 7


class Filler:
    """Writes facts and heads; knows how many facts it has written."""

    def __init__(self, store: Store, heads_file: Path, head_every: int) -> None:
        self._store = store
        self._heads_file = heads_file
        self._head_every = head_every
        self._facts = 0

    def fill(self, until: int, told: Callable[[int], object]) -> None:
        """Write until there are ``until`` entries on record."""
        while (size := self._store.size()) < until:
            next_head = (size // self._head_every + 1) * self._head_every
            count = min(_GROUP, until - size, next_head - size)
            for result in self._store.append_group(self._group(count)):
                if isinstance(result, Conflict):
                    raise result
            if size + count == next_head:
                publish(self._store, self._heads_file)
            told(size + count)

    def _group(self, count: int) -> list[Submission]:
        first = self._facts
        self._facts += count
        return [_submission(number) for number in range(first, self._facts)]


def measure_proofs(
    store: Store, heads_file: Path, folder: Path, wanted: argparse.Namespace
) -> dict[str, object]:
    """Times of proofs of facts and of growth, each checked; some are handed out as files."""
    size = store.size()
    root = root_at(store.hashes, size)
    chance = np.random.default_rng(_SEED)
    places = [int(place) for place in chance.integers(1, size + 1, wanted.proofs)]
    heads = read_heads(heads_file)
    handed = places[: wanted.proof_files]
    return {
        "inclusion": _times(lambda place: _include(store, place, size), places),
        "inclusion_holds": all(_is_included(store, place, size, root) for place in places),
        "consistency": _times(lambda place: _grown(store, place, size), places),
        "consistency_holds": all(_has_grown(store, place, size, root) for place in places),
        "proof_file": _times(lambda place: _hand_out(store, place, heads, folder), handed),
        "proof_files": len(list(folder.glob("*.json"))),
        "proof_files_verified": sum(map(_is_proven, sorted(folder.glob("*.json")))),
    }  # fmt: skip


def check_apart(place: Place, heads_file: Path, workers: int) -> dict[str, object]:
    """A full check in a process of its own, so that its memory can be seen."""
    words = ["check", place.where("ledger"), str(heads_file), "--workers", str(workers)]
    before_s = place.server_cpu_s()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ledger.million", *words],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, object] = json.loads(done.stdout)
    return found | {"server_cpu_s": round(place.server_cpu_s() - before_s, 2)}


def check(where: str, heads_file: Path, workers: int) -> dict[str, object]:
    """Full check of a record, with what it cost."""
    before_mib = peak_mib()
    store = open_store(where, system_clock, read_only=True)
    begun_s, used_s = stopwatch(), cpu_s()
    verified = verify(
        store, heads=read_heads(heads_file), trusted_key_hex=DESK_KEY.public_key.hex(),
        workers=workers,
    )  # fmt: skip
    wall_s, used_s = stopwatch() - begun_s, cpu_s() - used_s
    store.close()
    return {
        "facts": verified.size, "signatures": verified.signatures, "heads": verified.heads,
        "good": verified.good, "workers": workers, "wall_s": round(wall_s, 2),
        "cpu_s": round(used_s, 2), "peak_mib": round(peak_mib(), 1),
        "peak_before_mib": round(before_mib, 1),
    }  # fmt: skip


def measure(make: str, wanted: argparse.Namespace) -> list[dict[str, object]]:
    """Fill one ledger step by step, and measure at each."""
    found = []
    place = place_of(make)
    console = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="u24-heads-") as name, Progress(console=console) as bar:
        heads_file = Path(name) / "heads.jsonl"
        task = bar.add_task(make, total=wanted.facts)
        try:
            store = open_at(place)
            begin(store)
            filler = Filler(store, heads_file, wanted.head_every)
            for step in sorted({*(step for step in STEPS if step < wanted.facts), wanted.facts}):
                size, begun_s, used_s = store.size(), stopwatch(), cpu_s()
                filler.fill(step, lambda done: bar.update(task, completed=done))
                wall_s, used_s = stopwatch() - begun_s, cpu_s() - used_s
                folder = Path(name) / str(step)
                folder.mkdir()
                found.append({
                    "facts": store.size(), "bytes_a_fact": round(_bytes_of(place) / step),
                    "fill_facts_per_s": round((step - size) / wall_s),
                    "fill_cpu_s_a_fact": round(used_s / (step - size), 6),
                    "proofs": measure_proofs(store, heads_file, folder, wanted),
                    "checks": [check_apart(place, heads_file, workers) for workers in (1, 2)],
                })  # fmt: skip
            store.close()
        finally:
            place.remove()
    return found


def measure_again(place: SqlitePlace, wanted: argparse.Namespace) -> None:
    """Measure proofs and checks of a ledger that was kept, in place of those of the result."""
    path = RESULTS / "ledger-million-sqlite.json"
    result = json.loads(path.read_text(encoding="utf-8"))
    heads_file = place.folder / "heads.jsonl"
    store = open_at(place)
    with tempfile.TemporaryDirectory(prefix="u24-proofs-") as name:
        result["steps"][-1] |= {
            "facts": store.size(),
            "proofs": measure_proofs(store, heads_file, Path(name), wanted),
            "checks": [check_apart(place, heads_file, workers) for workers in (1, 2)],
        }
    store.close()
    keep("million-sqlite", {key: held for key, held in result.items() if key != "machine"})


def main() -> int:
    """Measure and keep; or check one record and tell."""
    wanted = _arguments()
    if wanted.makes[:1] == ["check"]:
        found = check(wanted.makes[1], Path(wanted.makes[2]), wanted.workers)
        print(json.dumps(found))
        return 0
    if wanted.again:
        measure_again(SqlitePlace.at(wanted.again), wanted)
        return 0
    stores = {}
    for make in wanted.makes:
        stores[make] = measure(make, wanted)
        found = {
            "facts": wanted.facts, "signed_every": SIGNED_EVERY, "head_every": wanted.head_every,
            "body_bytes": BODY_BYTES, "group": _GROUP, "proofs": wanted.proofs,
            "steps": stores[make],
        }  # fmt: skip
        if not wanted.dry:
            keep(f"million-{make}", found)
    print(json.dumps({"stores": stores}, indent=2))
    return 0


def _submission(number: int) -> Submission:
    """One fact of a case."""
    command = f"command_{number:026d}"
    chance = sha256(command.encode()).hexdigest()
    stream = f"case/case_{number // CASE_FACTS:026d}"
    actor = PERSON if number % SIGNED_EVERY == 0 else f"person_{number % 30 + 1}"
    body = f'{{"offer_id":"offer_{chance[:26]}","goods":"tent","packs":{number % 900},"text":"'
    draft = Draft(
        kind="offer.made/1", actor=actor,
        body=f"{body}{chance * 5}"[: BODY_BYTES - 2].encode() + b'"}',
    )  # fmt: skip
    if actor == PERSON:
        draft = signed(draft, PERSON_KEY, stream=stream, command=command)
    asked = sha256(draft.body).digest()
    batch = Batch(stream=stream, expect_seq=number % CASE_FACTS, drafts=(draft,))
    return Submission(command=command, asked=asked, batches=(batch,))


def _include(store: Store, place: int, size: int) -> list[bytes]:
    return inclusion_proof(store.hashes, place, size)


def _grown(store: Store, old_size: int, size: int) -> list[bytes]:
    return consistency_proof(store.hashes, old_size, size)


def _is_included(store: Store, place: int, size: int, root: bytes) -> bool:
    leaf = leaf_hash(entry_content(find_entry(store, str(place))))
    return is_included(leaf, place, size, _include(store, place, size), root)


def _has_grown(store: Store, old_size: int, size: int, root: bytes) -> bool:
    old_root = root_at(store.hashes, old_size)
    return is_consistent(old_size, size, _grown(store, old_size, size), old_root, root)


def _hand_out(store: Store, place: int, heads: Iterable[Head], folder: Path) -> None:
    entry = find_entry(store, str(place))
    head = find_head(store, entry, heads)
    if head is None:  # behind the last head
        return
    (folder / f"{place}.json").write_bytes(make_proof(store, entry, head))


def _is_proven(path: Path) -> bool:
    script = REPOSITORY / "u24" / "ledger" / "verify_proof.py"
    words = [sys.executable, str(script), str(path), "--key", DESK_KEY.public_key.hex()]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def _times(call: Callable[[int], object], places: Sequence[int]) -> dict[str, float]:
    """How long a call takes, from the median to the longest; and its CPU time, on the average."""
    times_s = []
    used_s = cpu_s()
    for place in places:
        begun_s = stopwatch()
        call(place)
        times_s.append(stopwatch() - begun_s)
    used_s = cpu_s() - used_s
    held = np.array(times_s) * 1000
    return {
        "median_ms": round(float(np.median(held)), 2),
        "p99_ms": round(float(np.percentile(held, 99)), 2),
        "most_ms": round(float(held.max()), 2),
        "cpu_ms": round(used_s / len(places) * 1000, 2),
    }


def _bytes_of(place: Place) -> int:
    if isinstance(place, PostgresPlace):
        return place.size_bytes()
    return sum(path.stat().st_size for path in Path(place.where("ledger")).parent.iterdir())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("makes", nargs="*", help="sqlite, postgres")
    parser.add_argument("--facts", type=int, default=STEPS[-1])
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--head-every", type=int, default=HEAD_EVERY, help="entries")
    parser.add_argument("--again", type=Path, help="folder with a filled ledger.db and heads.jsonl")
    parser.add_argument("--proofs", type=int, default=PROOFS)
    parser.add_argument("--proof-files", type=int, default=HANDED_OUT)
    parser.add_argument("--dry", action="store_true", help="keep no result")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
