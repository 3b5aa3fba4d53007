"""A process that writes until it is done or killed, and says what was acknowledged.

Words: the ledger's place, the writer's name, how many submissions, streams joined by commas
(0 of them: one of its own), ``plain`` or ``group``.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

from u24.clock import system_clock
from u24.errors import Conflict
from u24.ledger.group import GroupCommit
from u24.ledger.opening import open_store
from u24.ledger.store import Batch, Draft, Submission

THREADS = 4


def main():
    where, name, count, streams, how = sys.argv[1:]
    store = open_store(where, system_clock)
    if how == "group":
        store = GroupCommit(store)
    sys.stdin.readline()  # all writers begin together

    def write(number):
        stream = streams.split(",")[number % len(streams.split(","))]
        write_one(store, f"{name}-{number}", stream or name, drafts=1 + number % 3)
        sys.stdout.write(f"{name}-{number}\n")
        sys.stdout.flush()

    if how == "group":
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(write, range(int(count))))
    else:
        for number in range(int(count)):
            write(number)
    store.close()


def write_one(store, command, stream, *, drafts):
    """Append as a desk does: read the stream's seq, and read it again if somebody was faster."""
    asked = sha256(command.encode()).digest()
    said = tuple(
        Draft(kind="test/1", actor=command, body=f"{command} {drafts}".encode())
        for _ in range(drafts)
    )
    while True:
        batch = Batch(stream=stream, expect_seq=store.stream_seq(stream), drafts=said)
        try:
            store.append(Submission(command=command, asked=asked, batches=(batch,)))
        except Conflict:
            continue
        return


if __name__ == "__main__":
    main()
