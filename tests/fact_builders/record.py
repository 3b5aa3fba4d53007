"""Facts about the record itself."""

from typing import Any

from tests.builders import T0
from tests.fact_builders.defaults import KEY_HEX, KEY_ID, SAID_AT, SHA256, made
from u24.domain.facts import record


def a_ledger_begun(**values: Any) -> record.LedgerBegun:
    return made(
        record.LedgerBegun,
        values,
        ledger_id="ledger_1",
        name="Test desk",
        exercise=False,
        administrator_id="ada",
        public_key_hex=KEY_HEX,
    )


def a_key_registered(**values: Any) -> record.KeyRegistered:
    return made(
        record.KeyRegistered, values, person_id="nora", key_id=KEY_ID, public_key_hex=KEY_HEX
    )


def a_key_rotated(**values: Any) -> record.KeyRotated:
    return made(
        record.KeyRotated,
        values,
        person_id="nora",
        old_key_id="0123456789abcdef",
        key_id=KEY_ID,
        public_key_hex=KEY_HEX,
    )


def a_key_revoked(**values: Any) -> record.KeyRevoked:
    return made(
        record.KeyRevoked,
        values,
        person_id="nora",
        key_id=KEY_ID,
        reason="laptop stolen",
        compromised_from_at=T0,
    )


def a_head_published(**values: Any) -> record.HeadPublished:
    return made(
        record.HeadPublished,
        values,
        tree_size=12,
        root_hex=SHA256,
        head_at=SAID_AT,
        key_id=KEY_ID,
        signature_hex=SHA256 * 2,
    )


def a_clock_set_back(**values: Any) -> record.ClockSetBack:
    return made(record.ClockSetBack, values, reason="the clock ran an hour ahead")
