"""The board once more, slowly: every answer is found by scanning all facts from the start.

Nothing here is kept from one question to the next, and no code is shared with the fold.
"""

from dataclasses import dataclass

from u24.domain.facts.cases import (
    AlertAttached,
    AlertHeard,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    FactCorrected,
)
from u24.domain.facts.decisions import ConsentGiven, ConsentWithdrawn
from u24.domain.facts.fact import Fact
from u24.domain.facts.movements import HandedOver, Milestone, MovementReported
from u24.domain.facts.requests import (
    OfferAnswered,
    OfferCommitted,
    OfferMade,
    OfferWithdrawn,
    Reply,
    RequestStated,
    RequestWithdrawn,
)
from u24.wire.facts import decode_fact


@dataclass
class Event:
    """A fact, and in whose place it stands."""

    position: int
    origin: int
    fact: Fact


def events_of(facts, case_id):
    """What was said of a case once it was open, corrections laid open."""
    is_open, found, placed = False, [], {}
    for position, said in enumerate(facts, start=1):
        fact = said
        if isinstance(fact, AlertHeard | AlertAttached) or fact.case_id != case_id:
            continue
        is_open = is_open or isinstance(fact, CaseOpened)
        if not is_open:
            continue
        origin = position
        if isinstance(said, FactCorrected):
            origin = placed[position] = placed.get(said.position, said.position)
            fact = decode_fact(said.kind, said.fact.encode())
            same = [e for e in found if e.position == origin and type(e.fact) is type(fact)]
            if not same or names(same[0].fact) != names(fact):
                continue
        found.append(Event(position, origin, fact))
    return found


def names(fact):
    return tuple(
        getattr(fact, name, "")
        for name in (
            "case_id",
            "request_id",
            "offer_id",
            "movement_id",
            "delivery_id",
            "consent_id",
        )
        if not (name == "request_id" and isinstance(fact, OfferMade))
    )


def of(events, kinds, **ids):
    return [
        e
        for e in events
        if isinstance(e.fact, kinds) and all(getattr(e.fact, k) == v for k, v in ids.items())
    ]


def last_word(events):
    """The last version of what was said last, or None."""
    origins = [e.origin for e in events if e.origin == e.position]
    return [e.fact for e in events if e.origin == origins[-1]][-1] if origins else None


def versions(events):
    """The last version of everything that was ever said."""
    return {e.origin: e.fact for e in events}.values()


def first(moments):
    return min(moments, default=None)


def subjects(events, kind, name):
    return list(dict.fromkeys(getattr(e.fact, name) for e in of(events, kind)))


def known(events, made, later, name):
    """Events without those of a subject that was not yet made, nor what corrects these."""
    return [
        e
        for e in events
        if not isinstance(e.fact, later)
        or [m for m in of(events, made, **{name: getattr(e.fact, name)}) if m.position < e.origin]
    ]


def known_offers(events):
    return known(events, OfferMade, (OfferAnswered, OfferCommitted, OfferWithdrawn), "offer_id")


def known_requests(events):
    return known(events, RequestStated, RequestWithdrawn, "request_id")


def known_consents(events):
    return known(events, ConsentGiven, ConsentWithdrawn, "consent_id")


def withdrawn(events, made, taken_back):
    """Why it is withdrawn: the withdrawal that came after the last time it was made."""
    newest = max((e.origin for e in events if isinstance(e.fact, made)), default=0)
    later = [e for e in events if isinstance(e.fact, taken_back) and e.origin > newest]
    word = last_word(later)
    return "" if word is None else word.reason


def request_of(events, request_id):
    mine = of(known_requests(events), (RequestStated, RequestWithdrawn), request_id=request_id)
    stated = of(mine, RequestStated)
    return {
        "fact": last_word(stated),
        "first_said_at": first(fact.said_at for fact in versions(stated)),
        "withdrawn": withdrawn(mine, RequestStated, RequestWithdrawn),
    }


def substance(events):
    fact = last_word(of(events, OfferMade))
    return None if fact is None else (fact.member, fact.lots, fact.vehicles, fact.text)


def waits_since(events):
    """Position of the last event by which the offer began to wait, or 0."""
    since = 0
    for i, event in enumerate(events):
        if not isinstance(event.fact, OfferMade) or i == 0:
            continue
        back = event.origin == event.position and withdrawn(events[:i], OfferMade, OfferWithdrawn)
        if substance(events[:i]) != substance(events[: i + 1]) or back:
            since = event.position
    return since


def reply_of(events):
    since = waits_since(events)
    return last_word([e for e in of(events, OfferAnswered) if e.origin > since])


def taken_of(events):
    answer, offer = reply_of(events), last_word(of(events, OfferMade))
    if answer is None or answer.reply is Reply.DECLINE:
        return {}, ()
    if answer.reply is Reply.ACCEPT:
        packs = {lot.lot_id: lot.packs for lot in offer.lots}
        return packs, tuple(vehicle.vehicle_id for vehicle in offer.vehicles)
    offered = {lot.lot_id: lot.packs for lot in offer.lots}
    vehicles = {vehicle.vehicle_id for vehicle in offer.vehicles}
    packs = {s.lot_id: min(s.packs, offered[s.lot_id]) for s in answer.lots if s.lot_id in offered}
    return packs, tuple(name for name in answer.vehicle_ids if name in vehicles)


def answered_anew(events, i):
    """Whether the event changed which answer stands, or what it says."""
    event, since = events[i], waits_since(events[:i])
    if not isinstance(event.fact, OfferAnswered) or event.origin <= since:
        return False
    return not [e for e in of(events[:i], OfferAnswered) if e.origin > event.origin]


def committed_at(events):
    unbound, said = 0, []
    for i, event in enumerate(events):
        if waits_since(events[: i + 1]) != waits_since(events[:i]):
            unbound = event.position
        if answered_anew(events, i) and (
            event.fact.reply is Reply.DECLINE or taken_of(events[:i]) != taken_of(events[: i + 1])
        ):
            unbound = event.position
        if isinstance(event.fact, OfferCommitted):
            answer = reply_of(events[:i])
            accepted = answer is not None and answer.reply is not Reply.DECLINE
            if accepted or event.origin in {e.origin for e in said}:
                said.append(event)
    word = last_word([e for e in said if e.origin > unbound])
    return None if word is None else word.said_at


def offer_of(events, offer_id):
    kinds = (OfferMade, OfferAnswered, OfferCommitted, OfferWithdrawn)
    mine = of(known_offers(events), kinds, offer_id=offer_id)
    answer, made = reply_of(mine), of(mine, OfferMade)
    packs, vehicles = taken_of(mine)
    return {
        "fact": last_word(made),
        "first_said_at": first(fact.said_at for fact in versions(made)),
        "reply": None if answer is None else answer.reply,
        "answered_at": None if answer is None else answer.said_at,
        "taken_packs": packs,
        "taken_vehicles": vehicles,
        "committed_at": committed_at(mine),
        "withdrawn": withdrawn(mine, OfferMade, OfferWithdrawn),
    }


def consent_of(events, consent_id):
    kinds = (ConsentGiven, ConsentWithdrawn)
    mine = of(known_consents(events), kinds, consent_id=consent_id)
    return {
        "fact": last_word(of(mine, ConsentGiven)),
        "withdrawn": withdrawn(mine, ConsentGiven, ConsentWithdrawn),
    }


def closed_of(events):
    word = last_word(of(events, (CaseClosed, CaseReopened)))
    return word.reason if isinstance(word, CaseClosed) else ""


def alerts_of(facts, case_id):
    """Ids of the alerts that belong to the case at the end."""
    open_at = {}
    for position, fact in enumerate(facts):
        if isinstance(fact, CaseOpened):
            open_at.setdefault(fact.case_id, position)
    owner = {}
    for position, fact in enumerate(facts):
        named = isinstance(fact, AlertAttached | AlertHeard) and fact.case_id
        if named and open_at.get(fact.case_id, len(facts)) < position:
            owner[fact.alert_id] = fact.case_id
    return {alert_id for alert_id, held in owner.items() if held == case_id}


def stamps_of(facts, case_id):
    events = events_of(facts, case_id)
    answers = versions(of(known_offers(events), OfferAnswered))
    mine = alerts_of(facts, case_id)
    moved = [last_word(of(events, MovementReported, movement_id=name)) for name in
             subjects(events, MovementReported, "movement_id")]  # fmt: skip
    handed = [last_word(of(events, HandedOver, delivery_id=name)) for name in
              subjects(events, HandedOver, "delivery_id")]  # fmt: skip
    heard = [f for f in facts if isinstance(f, AlertHeard) and f.alert_id in mine]
    return {
        "alert_at": first(fact.said_at for fact in heard),
        "case_at": first(fact.said_at for fact in versions(of(events, CaseOpened))),
        "request_at": first(fact.said_at for fact in versions(of(events, RequestStated))),
        "first_offer_at": first(fact.said_at for fact in versions(of(events, OfferMade))),
        "acceptance_at": first(a.said_at for a in answers if a.reply is not Reply.DECLINE),
        "wheels_up_at": first(m.happened_at for m in moved if m.milestone is Milestone.DEPARTED),
        "arrival_at": first(m.happened_at for m in moved if m.milestone is Milestone.ARRIVED),
        "hand_over_at": first(fact.happened_at for fact in handed),
    }


def merged_into(facts, case_ids, merger):
    """Where each case ends, following mergers said so far that made no circle."""
    into = {}
    for fact in facts:
        if isinstance(fact, merger) and {fact.case_id, fact.into_case_id} <= case_ids:
            end = fact.into_case_id
            while end in into and end != fact.case_id:
                end = into[end]
            if end != fact.case_id:
                into[fact.case_id] = fact.into_case_id
    ends = {}
    for case_id in case_ids:
        end = case_id
        while end in into:
            end = into[end]
        ends[case_id] = end
    return into, ends
