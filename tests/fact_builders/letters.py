"""Facts about mails, codes and bundles."""

from typing import Any

from tests.builders import at_h
from tests.fact_builders.defaults import CASE, SHA256, made
from tests.fact_builders.requests import an_offer_made
from u24.domain.facts import letters
from u24.domain.facts.fact import Fact
from u24.wire.facts import encode_fact, kind_of


def a_mail_sent(mail_id: str = "<1@desk>", **values: Any) -> letters.MailSent:
    return made(
        letters.MailSent,
        values,
        case_id=CASE,
        mail_id=mail_id,
        to_person_id="nora",
        subject="U24-2023-001: one offer waits",
        position=9,
        receipt="250 OK",
    )


def a_mail_failed(mail_id: str = "<1@desk>", **values: Any) -> letters.MailFailed:
    return made(
        letters.MailFailed,
        values,
        case_id=CASE,
        mail_id=mail_id,
        to_person_id="nora",
        subject="U24-2023-001: one offer waits",
        reason="connection refused",
    )


def a_mail_heard(mail_id: str = "<2@example.org>", **values: Any) -> letters.MailHeard:
    return made(
        letters.MailHeard,
        values,
        case_id=CASE,
        mail_id=mail_id,
        from_address="nora@example.org",
        subject="Re: U24-2023-001: one offer waits",
        raw_sha256=SHA256,
        outcome="accepted offer_1",
    )


def a_code_issued(code_id: str = "code_1", **values: Any) -> letters.CodeIssued:
    return made(
        letters.CodeIssued,
        values,
        case_id=CASE,
        code_id=code_id,
        person_id="nora",
        code_sha256=SHA256,
        valid_until_at=at_h(4),
    )


def a_code_used(code_id: str = "code_1", **values: Any) -> letters.CodeUsed:
    return made(letters.CodeUsed, values, case_id=CASE, code_id=code_id)


def a_bundle_taken_in(**values: Any) -> letters.BundleTakenIn:
    return made(
        letters.BundleTakenIn,
        values,
        case_id=CASE,
        bundle_id=SHA256,
        ledger_id="ledger_2",
        desk_name="Field desk",
        tree_size=40,
        root_hex=SHA256,
        taken=3,
        known=36,
        conflicts=1,
    )


def a_conflict_noted(
    conflict_id: str = "conflict_1", *, theirs: Fact | None = None, **values: Any
) -> letters.ConflictNoted:
    fact = theirs or an_offer_made(text="their word")
    return made(
        letters.ConflictNoted,
        values,
        case_id=CASE,
        conflict_id=conflict_id,
        bundle_id=SHA256,
        subject="offer/offer_1",
        kind=kind_of(fact),
        actor="nora",
        command="offer-7",
        theirs=encode_fact(fact).decode(),
        ours_position=9,
    )


def a_conflict_settled(conflict_id: str = "conflict_1", **values: Any) -> letters.ConflictSettled:
    return made(
        letters.ConflictSettled,
        values,
        case_id=CASE,
        conflict_id=conflict_id,
        take_theirs=True,
        reason="Nora confirms by phone",
    )
