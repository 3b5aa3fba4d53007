"""Answers to mails that came in: what was done, what was not, and what to write instead."""

from u24.domain.commands.command import Outcome
from u24.mail.addresses import one_line
from u24.mail.brief import Page, Section, View, how_to_reply, top_lines
from u24.mail.orders import LineFault, Order
from u24.mail.wording import counted


def _page(view: View | None, what: str, sections: list[Section], code: str = "") -> Page:
    if view is None:
        return Page(subject=what, sections=tuple(sections))
    mark = "EXERCISE " if view.board.exercise else ""
    top = Section(heading="", lines=top_lines(view))
    reply = Section(heading="How to reply", lines=how_to_reply(view, code))
    return Page(subject=f"{mark}[{view.case.call_sign}] {what}", sections=(top, *sections, reply))


def done_page(view: View | None, outcomes: list[tuple[Order, Outcome]]) -> Page:
    """One line for each order: done, or why not."""
    lines = []
    for order, outcome in outcomes:
        lines.append(f"line {order.number}: {order.line}")
        if outcome.refusal is not None:
            lines.append(f"    NOT DONE: {one_line(outcome.refusal.text, 500)}")
        else:
            again = " (it was done before)" if outcome.repeated else ""
            lines.append(f"    DONE{again}: {one_line('; '.join(outcome.changed), 500)}")
    count = sum(outcome.refusal is None for _, outcome in outcomes)
    what = f"{count} of {counted(len(outcomes), 'order')} done"
    return _page(view, what, [Section(heading="What became of your mail", lines=tuple(lines))])


def faults_page(view: View | None, faults: tuple[LineFault, ...]) -> Page:
    """Every line that cannot be understood; nothing of the mail was done."""
    lines = ["Nothing of your mail was done. Send it again with these lines put right:"]
    for fault in faults:
        lines += [f"line {fault.number}: {fault.line}", f"    {fault.text}"]
    what = f"nothing done: {counted(len(faults), 'line')} cannot be understood"
    return _page(view, what, [Section(heading="What became of your mail", lines=tuple(lines))])


def refused_page(view: View | None, why: str) -> Page:
    """One reason why nothing was done."""
    lines = ("Nothing was done.", why)
    return _page(view, "nothing done", [Section(heading="What became of your mail", lines=lines)])


def confirm_page(view: View, orders: tuple[Order, ...], code: str, why: str) -> Page:
    """What was understood, and the code that proves that the sender asks for it."""
    lines = (
        f"Nothing was done yet: {why}.",
        "This is what a mail in your name asks for:",
        *(f"    {order.line}" for order in orders),
        "If you want it, reply with this line alone above the quoted text:",
        f"    CODE {code}",
        *_with_table(orders),
        "If you did not write that mail, do nothing, and tell the duty officer.",
    )
    return _page(view, "please confirm", [Section(heading="Please confirm", lines=lines)])


def _with_table(orders: tuple[Order, ...]) -> tuple[str, ...]:
    if not any(order.word == "OFFER" for order in orders):
        return ()
    return ("and the word OFFER on the next line, with the table attached again.",)
