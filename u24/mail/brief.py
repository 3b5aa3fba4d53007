"""A decision brief: what happened, what is asked and offered, and what waits for the reader."""

from dataclasses import dataclass
from datetime import datetime

from u24.desk.board.state import AlarmState, Board, CaseState, OfferState
from u24.domain.facts.requests import Reply
from u24.domain.needs import Need
from u24.mail.addresses import one_line
from u24.mail.book import News
from u24.mail.news import headline
from u24.mail.quoting import ABOVE
from u24.mail.waiting import Action, Reader, is_over, list_actions
from u24.mail.wording import (
    UNKNOWN,
    after_t0,
    amount,
    at_both,
    at_z,
    counted,
    first_of,
    percent,
    spread,
    words,
)

EXERCISE = "EXERCISE"
HEAD_LETTERS = 16
MOST_SUMMARY_LETTERS = 1_500
MOST_TEXT_LETTERS = 300
S_PER_H = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a mail says, before it is put into an envelope."""

    subject: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A case as one reader sees it at one moment."""

    board: Board
    case: CaseState
    reader: Reader
    offers: tuple[OfferState, ...]  # those that the reader may see
    now: datetime
    offset_min: int | None = None
    root_hex: str = ""  # of the last published head
    hidden: frozenset[str] = frozenset()  # names out of offers whose stock is not the reader's

    @property
    def actions(self) -> list[Action]:
        """What waits for the reader."""
        return list_actions(self.case, self.reader, self.offers, self.now)

    def at(self, moment: datetime) -> str:
        """A moment as the reader reads it."""
        return at_both(moment, self.now, self.offset_min)


def compose_brief(
    view: View, news: tuple[News, ...], *, code: str = "", held: bool = False
) -> Page:
    """The whole brief.

    Parameters
    ----------
    view
        The case as the reader sees it.
    news
        What is new since the last mail, oldest first.
    code
        One-time code that the reader may answer with; empty: none is given.
    held
        Mails were held back, so that this one tells of a whole period.
    """
    case, actions = view.case, view.actions
    sections = [
        Section(heading="", lines=_top(view)),
        Section(heading="What waits for you", lines=_waiting(view, actions)),
        Section(heading=_period(news, view.now, held), lines=_news(news, view.now)),
        Section(heading="What happened", lines=_happened(case)),
        Section(heading="What is asked for", lines=_asked(view)),
        Section(heading="What is offered", lines=_offered(view)),
        Section(heading="Plan", lines=_plan(case)),
        Section(heading="At risk", lines=_at_risk(view)),
        Section(heading="How to reply", lines=how_to_reply(view, code)),
    ]
    return Page(
        subject=subject_of(view, news, held=held),
        sections=tuple(section for section in sections if section.lines),
    )


def subject_of(view: View, news: tuple[News, ...], *, held: bool = False) -> str:
    """Event, country, time, action wanted and deadline, on one line."""
    case, actions = view.case, view.actions
    ask = _ask(actions, view.now) or (headline(news[-1], view.now) if news else "for your reading")
    digest = f"digest {_span(news, view.now)} · " if held and news else ""
    mark = f"{EXERCISE} " if view.board.exercise else ""
    title = one_line(case.title, 60)
    return one_line(
        f"{mark}[{case.call_sign}] {case.host} {title} · "
        f"{after_t0(case.t0_at, view.now)} · {digest}{ask}"
    )


def _ask(actions: list[Action], now: datetime) -> str:
    """The most urgent thing to do, e.g. ``accept or decline 3 offers by 07:00Z``."""
    if not actions:
        return ""
    first = actions[0]
    same = [a for a in actions if (a.verb, a.thing) == (first.verb, first.thing)]
    by = f" by {at_z(first.until_at, now)}" if first.until_at else ""
    rest = len(actions) - len(same)
    more = f" and {rest} more" if rest else ""
    return f"{first.verb} {counted(len(same), first.thing)}{by}{more}"


def top_lines(view: View) -> tuple[str, ...]:
    """The head of every mail of a case: whether it is an exercise, which case, which record."""
    return _top(view)


def _top(view: View) -> tuple[str, ...]:
    board, case = view.board, view.case
    head = (
        f"last head published over {board.head_size:,} entries, {view.root_hex[:HEAD_LETTERS]}"
        if board.head_size and view.root_hex
        else "no head published yet"
    )
    mark = (f"{EXERCISE} - {EXERCISE} - {EXERCISE}: nothing here is real",) * board.exercise
    title = f"{case.call_sign} · {case.host} · {one_line(case.title)}"
    others = ", ".join(one.person.name or one.person_id for one in view.reader.stands_for)
    deputy = (f"You also read this as deputy of {one_line(others)}",) * bool(others)
    return (
        *mark,
        ABOVE,
        *deputy,
        f"{title} · {after_t0(case.t0_at, view.now)} (T0 {view.at(case.t0_at)})",
        f"Record: {head}",
    )


def _waiting(view: View, actions: list[Action]) -> tuple[str, ...]:
    if not actions:
        return ("Nothing waits for you.",)
    lines = []
    for action in actions:
        by = f" by {view.at(action.until_at)}" if action.until_at else ""
        about = f": {one_line(action.text, MOST_TEXT_LETTERS)}" if action.text else ""
        lines.append(f"{action.verb} {action.thing} {action.subject_id}{by}{about}")
        lines += [f"    {order}" for order in action.orders]
    return tuple(first_of(lines))


def _span(news: tuple[News, ...], now: datetime) -> str:
    return f"{at_z(news[0].at, now)} to {at_z(news[-1].at, now)}"


def _period(news: tuple[News, ...], now: datetime, held: bool) -> str:
    if not news:
        return ""
    what = "Digest: everything new" if held else "New since the last mail"
    return f"{what}, {_span(news, now)}"


def _news(news: tuple[News, ...], now: datetime) -> tuple[str, ...]:
    return tuple(first_of([headline(one, now) for one in news]))


def _happened(case: CaseState) -> tuple[str, ...]:
    lines = [one_line(case.summary, MOST_SUMMARY_LETTERS)] if case.summary else []
    lines += [  # beside each other, never added up
        f"{words(one_line(claim.name))}: {spread(claim.amount)} {one_line(claim.unit)}, "
        f"says {one_line(claim.source)}"
        for claim in case.claims
    ]
    if case.closed:
        lines.append(f"The case is closed: {one_line(case.closed, MOST_TEXT_LETTERS)}")
    return tuple(first_of(lines, 10))


def _asked(view: View) -> tuple[str, ...]:
    lines = []
    for request in view.case.requests.values():
        if request.withdrawn:
            continue
        lines.append(f"{request.fact.request_id}:")
        lines += [f"    {_need(need, view)}" for need in request.fact.needs]
    return tuple(first_of(lines)) or ("Nothing is asked for so far.",)


def _need(need: Need, view: View) -> str:
    offered = [
        (offer, lot)
        for offer in view.offers
        if not offer.withdrawn and offer.reply is not Reply.DECLINE
        for lot in offer.fact.lots
        if lot.kind == need.kind
    ]
    units = sum(lot.packs * lot.pack_units for _, lot in offered) if offered else None
    taken = [
        offer.taken_packs[lot.lot_id] * lot.pack_units
        for offer, lot in offered
        if lot.lot_id in offer.taken_packs
    ]
    return (
        f"{spread(need.amount)} {words(need.kind)} at {one_line(need.place_id)}, "
        f"due {view.at(need.due_at)}; "
        f"offered {amount(units)}, taken {amount(sum(taken) if taken else None)}"
    )


def _offered(view: View) -> tuple[str, ...]:
    lines = []
    for offer in view.offers:
        fact = offer.fact
        goods = [
            f"{amount(lot.packs * lot.pack_units)} {words(lot.kind)} in "
            f"{counted(lot.packs, 'pack')} ({lot.lot_id} at {lot.site_id})"
            for lot in fact.lots
        ]
        lift = [
            f"{held.class_id} {held.vehicle_id} from {held.home_site}" for held in fact.vehicles
        ]
        what = "; ".join(first_of([*goods, *lift], 6)) or f"{UNKNOWN} (no figures that you may see)"
        lines.append(f"{fact.offer_id} {fact.member} [{offer_status(offer)}]: {what}")
    return tuple(first_of(lines)) or ("- (no offer that you may see)",)


def offer_status(offer: OfferState) -> str:
    """Where an offer is on its way, in a word or two."""
    if offer.withdrawn:
        return "withdrawn"
    if offer.committed_at is not None:
        return "committed"
    return {
        None: "waits for the host",
        Reply.ACCEPT: "accepted, not yet committed",
        Reply.PARTLY: "partly accepted, not yet committed",
        Reply.DECLINE: "declined",
    }[offer.reply]


def _plan(case: CaseState) -> tuple[str, ...]:
    held = case.plans.get(case.released_plan_id)
    if held is None:
        return ("No plan is released.",)
    fact = held.fact
    marks = [
        f"T+{mark_s / S_PER_H:g}: {percent(share)} of the weighted need met"
        for mark_s, share in zip(fact.marks_s, fact.met_shares, strict=False)
    ]
    bound = f"By the first mark no plan could meet more than {percent(fact.bound_share)}."
    return (f"Released: {fact.plan_id}", *marks, bound)


def _at_risk(view: View) -> tuple[str, ...]:
    lines = [
        f"{_told(alarm, view)} "
        f"({percent(alarm.fact.risk_share)} of the weighted need at risk; "
        f"{'looked after' if alarm.acknowledged_by else 'nobody looks after it yet'})"
        for alarm in view.case.alarms.values()
        if not alarm.cleared
    ]
    return tuple(first_of(lines, 20)) or ("No open alarm.",)


def _told(alarm: AlarmState, view: View) -> str:
    fact = alarm.fact
    if fact.subject in view.hidden:
        return "of a confidential offer, told to those who may see its stock"
    return f"{fact.alarm_id}: {one_line(fact.text, MOST_TEXT_LETTERS)}"


def how_to_reply(view: View, code: str) -> tuple[str, ...]:
    """The grammar of a reply, and the code that proves who sends it."""
    if is_over(view.case):
        return ("The case is over: no reply is needed.",)
    until = (
        "The code is yours alone, for one reply, valid two hours; without it, or with your "
        "own key's signature instead, we ask back before anything is done."
    )
    return (
        "Reply to this mail. Write above the quoted text, one order a line:",
        *((f"    CODE {code}",) if code else ()),
        "    ACCEPT offer_...",
        "    PARTLY offer_... lot_...=20 lot_...=5",
        "    DECLINE offer_... reason",
        "    COMMIT offer_...",
        "    ACK alarm_... note",
        "    OFFER (with a table attached, XLSX or CSV)",
        "    STATUS",
        *((until,) if code else ()),
        f"Ledger {view.board.ledger_id} · {UNKNOWN} is not known, 0 is nothing",
    )
