"""The grammar of a reply: one order a line, words in any case, ids as they are printed."""

import re
from dataclasses import dataclass

from u24.desk.board.state import CaseState, OfferState
from u24.domain.commands.command import Command
from u24.domain.commands.movements import AcknowledgeAlarm
from u24.domain.commands.requests import AnswerOffer, CommitOffer, MakeOffer
from u24.domain.facts.requests import LotShare, Reply
from u24.domain.offers import Lot, Vehicle
from u24.mail.addresses import one_line
from u24.mail.codes import find_code
from u24.mail.wording import amount

MOST_ORDERS = 50
MOST_TEXT_LETTERS = 500
STATUS = "STATUS"
OFFER = "OFFER"
WORDS = ("ACCEPT", "PARTLY", "DECLINE", "COMMIT", "ACK", OFFER, STATUS)
_SHARE = re.compile(r"(\S+?)=(\d{1,9}|\d{1,3}(?:[,.]\d{3}){1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the sender may name: a case, and what is seen of it."""

    case: CaseState
    offers: dict[str, OfferState]
    alarm_ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A line that asks for something; the command is None for STATUS, and for OFFER so far."""

    number: int  # of the line in the mail
    line: str
    word: str
    command: Command | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFault:
    """Why a line cannot be understood: what was found, then what is allowed."""

    number: int
    line: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All that a mail asks for."""

    orders: tuple[Order, ...] = ()
    faults: tuple[LineFault, ...] = ()
    code: str = ""


def read_orders(lines: list[tuple[int, str]], ground: Ground | None) -> Asked:
    """The orders, the faults and the code in the lines of a reply.

    A line whose first word is none of the grammar is a letter to a person, and is passed over.
    """
    orders: list[Order] = []
    faults: list[LineFault] = []
    code = ""
    for number, line in lines:
        if found := find_code(line):
            code = code or found
            continue
        word = line.split()[0].rstrip(":,.").upper()
        if word not in WORDS:
            continue
        if len(orders) + len(faults) >= MOST_ORDERS:
            text = f"it is order {MOST_ORDERS + 1}; {MOST_ORDERS} are allowed in one mail"
            faults.append(LineFault(number=number, line=one_line(line), text=text))
            break
        read = _read(word, line.split()[1:], ground)
        if isinstance(read, str):
            faults.append(LineFault(number=number, line=one_line(line), text=read))
        else:
            plain = one_line(line, MOST_TEXT_LETTERS)
            orders.append(Order(number=number, line=plain, word=word, command=read))
    return Asked(orders=tuple(orders), faults=tuple(faults), code=code)


def offer_from(
    case: CaseState, member: str, lots: tuple[Lot, ...], vehicles: tuple[Vehicle, ...], line: str
) -> MakeOffer:
    """The offer that an attached table makes; words behind OFFER are its text."""
    return MakeOffer(
        case_id=case.case_id, member=member, lots=lots, vehicles=vehicles,
        text=one_line(" ".join(line.split()[1:]), MOST_TEXT_LETTERS),
    )  # fmt: skip


def _read(word: str, rest: list[str], ground: Ground | None) -> Command | str | None:
    """The command; None where the word alone says it; or why it cannot be understood."""
    if word == STATUS:
        return None
    if ground is None:
        return "it is of no case; reply to a mail of the case, or put [U24-...] in the subject"
    return None if word == OFFER else _of_subject(word, rest, ground)


def _of_subject(word: str, rest: list[str], ground: Ground) -> Command | str:
    if not rest:
        return f"no id behind {word}; {_allowed(word)}"
    subject_id = rest[0].rstrip(",.;:")
    if subject_id not in (ground.alarm_ids if word == "ACK" else ground.offers):
        found = one_line(subject_id, 60)
        return f"{found!r} is not known in {ground.case.call_sign}; {_allowed(word)}"
    if word == "PARTLY":
        return _partly(ground.offers[subject_id], rest[1:], ground.case)
    text = one_line(" ".join(rest[1:]), MOST_TEXT_LETTERS)
    return _whole_answer(word, subject_id, text, ground.case.case_id)


def _whole_answer(word: str, subject_id: str, text: str, case_id: str) -> Command | str:
    if word == "ACK":
        return AcknowledgeAlarm(case_id=case_id, alarm_id=subject_id, note=text)
    if word == "COMMIT":
        return CommitOffer(case_id=case_id, offer_id=subject_id, text=text)
    if word == "DECLINE":
        if not text or text.startswith("<"):
            return f"no reason; write DECLINE {subject_id} and why"
        return AnswerOffer(case_id=case_id, offer_id=subject_id, reply=Reply.DECLINE, reason=text)
    if text:
        found = one_line(text, 60)
        return f"{found!r} stands behind the id; ACCEPT takes all of it, PARTLY a part"
    return AnswerOffer(case_id=case_id, offer_id=subject_id, reply=Reply.ACCEPT)


def _partly(offer: OfferState, words: list[str], case: CaseState) -> AnswerOffer | str:
    fact, offer_id = offer.fact, offer.fact.offer_id
    packs = {lot.lot_id: lot.packs for lot in fact.lots}
    lifts = [held.vehicle_id for held in fact.vehicles]
    shares: dict[str, int] = {}
    taken: list[str] = []
    for word in (plain for given in words if (plain := given.rstrip(",;"))):
        match = _SHARE.fullmatch(word)
        lot_id, count = (match.group(1), _whole(match.group(2))) if match else ("", 0)
        if word in lifts:
            taken.append(word)
        elif lot_id not in packs:
            allowed = " ".join((*(f"{lot}=1..{most}" for lot, most in packs.items()), *lifts))
            found = one_line(word, 60)
            return f"{found!r} is no part of {offer_id}; allowed: {one_line(allowed)}"
        elif lot_id in shares or not 1 <= count <= packs[lot_id]:
            most = amount(packs[lot_id])
            return f"{lot_id} is {amount(count)}; give each lot once, 1 to {most} packs"
        else:
            shares[lot_id] = count
    if not shares and not taken:
        return f"nothing is taken; write PARTLY {offer_id} lot=packs"
    return AnswerOffer(
        case_id=case.case_id, offer_id=offer_id, reply=Reply.PARTLY,
        lots=tuple(LotShare(lot_id=lot, packs=count) for lot, count in shares.items()),
        vehicle_ids=tuple(dict.fromkeys(taken)),
    )  # fmt: skip


def _whole(text: str) -> int:
    return int(text.replace(",", "").replace(".", ""))


def _allowed(word: str) -> str:
    example = "ACK alarm_..." if word == "ACK" else f"{word} offer_..."
    return f"copy the line from the brief, e.g. {example}"
