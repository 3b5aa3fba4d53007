"""What a signed block must say to prove anything; the bytes that are signed are made here anew."""

from base64 import b64encode
from datetime import timedelta

import pytest

from tests.mail.world import NOW
from u24.ledger.keys import KeyInMemory
from u24.mail.signing import BEGIN, END, MIDDLE, find_block, sign_orders, why_not_signed

KEY = KeyInMemory.from_seed(bytes(range(32)))
LEDGER = "ledger_1"


def a_block(*lines):
    parts = [part.encode() for part in ("u24-mail/1", LEDGER, "host", *lines)]
    said = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    signature = b64encode(KEY.sign(said)).decode()
    return find_block([BEGIN, *lines, MIDDLE, f"Key: {KEY.key_id}", signature, END])


def why_not(block):
    return why_not_signed(
        block, ledger_id=LEDGER, persons=["host"], now=NOW,
        public_keys={KEY.key_id: ("host", KEY.public_key)},
    )  # fmt: skip


def test_what_is_signed_here_is_what_the_desk_signs():
    text = sign_orders(
        ["STATUS"],
        ledger_id=LEDGER,
        call_sign="U24-2026-001",
        person_id="host",
        signer=KEY,
        now=NOW,
    )

    assert find_block(text.splitlines()) == a_block(
        "Case: U24-2026-001", "Signed: 2026-02-06T04:27:00Z", "STATUS"
    )


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (timedelta(hours=-24), ""),
        (timedelta(hours=-24, seconds=-1), "of the last 24 hours"),
        (timedelta(minutes=10), ""),
        (timedelta(minutes=10, seconds=1), "of the last 24 hours"),
    ],
)
def test_a_signature_counts_for_a_day_and_hardly_ahead_of_our_clock(after, why):
    found = why_not(a_block(f"Signed: {NOW + after:%Y-%m-%dT%H:%M:%SZ}", "STATUS"))

    assert why in found
    assert bool(found) is bool(why)


@pytest.mark.parametrize(
    "lines",
    [(), ("Signed:",), ("Signed: soon",), ("Signed: 2026-02-06T04:27",),
     ("Signed: 2026-02-06T06:27+02:00",)],
)  # fmt: skip
def test_a_signature_without_a_moment_in_utc_proves_nothing(lines):
    assert "the line Signed: gives no moment" in why_not(a_block(*lines, "STATUS"))
