"""The case as such: its ground, figures, log book, and its end."""

from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.commands.cases import (
    CloseCase,
    DescribeCase,
    HearClaim,
    MergeCases,
    ReopenCase,
    WriteNote,
)
from u24.domain.commands.command import Refusal
from u24.domain.facts.cases import (
    CaseClosed,
    CaseDescribed,
    CaseMerged,
    CaseReopened,
    ClaimHeard,
    NoteWritten,
)
from u24.domain.facts.fact import Fact


def describe_case(command: DescribeCase, setting: Setting) -> Saying | Refusal:
    """What is known of the ground; each row replaces an earlier one of the same name."""
    rows = (command.places, command.shocks, command.airports, command.roads, command.sources)
    if not any(rows):
        text = "no place, shock, airport, road or source is given; give one or more"
        return refuse("empty", text)
    fact = CaseDescribed(
        said_at=setting.now, case_id=command.case_id, places=command.places,
        shocks=command.shocks, airports=command.airports, roads=command.roads,
        sources=command.sources, why=command.why,
    )  # fmt: skip
    return _in_case(command.case_id, fact)


def hear_claim(command: HearClaim, setting: Setting) -> Saying | Refusal:
    """A figure and who gave it; it stands beside the others."""
    return _in_case(
        command.case_id,
        ClaimHeard(
            said_at=setting.now, case_id=command.case_id, claim=command.claim,
            grounds=command.grounds,
        ),
    )  # fmt: skip


def write_note(command: WriteNote, setting: Setting) -> Saying | Refusal:
    """A line of the log book."""
    if not command.text.strip():
        return refuse("empty", "the note is empty; write what happened")
    fact = NoteWritten(said_at=setting.now, case_id=command.case_id, text=command.text)
    return _in_case(command.case_id, fact)


def merge_cases(command: MergeCases, setting: Setting) -> Saying | Refusal:
    """One emergency, one case: the other goes on, and holds all that was said in both."""
    cases = setting.board.cases
    case, into = cases[command.case_id], cases[command.into_case_id]
    if case is into:
        return refuse("same-case", f"{case.call_sign} cannot be merged into itself")
    if case.host != into.host:
        text = (
            f"{case.call_sign} is of {case.host}, {into.call_sign} of {into.host}; only cases "
            "of one host can be merged, since a consent is the host's"
        )
        return refuse("other-host", text)
    fact = CaseMerged(
        said_at=setting.now, case_id=case.case_id, into_case_id=into.case_id,
        reason=command.reason,
    )  # fmt: skip
    return Saying(facts=((case_stream(case.case_id), fact),), reads=(case_stream(into.case_id),))


def close_case(command: CloseCase, setting: Setting) -> Saying | Refusal:
    """The case is over."""
    if not command.reason.strip():
        return refuse("no-reason", "reason is empty; say why the case is over")
    fact = CaseClosed(said_at=setting.now, case_id=command.case_id, reason=command.reason)
    return _in_case(command.case_id, fact)


def reopen_case(command: ReopenCase, setting: Setting) -> Saying | Refusal:
    """It goes on after all."""
    case = setting.board.cases[command.case_id]
    if not case.closed:
        return refuse("not-closed", f"{case.call_sign} is open; only a closed case is reopened")
    fact = CaseReopened(said_at=setting.now, case_id=command.case_id, reason=command.reason)
    return _in_case(command.case_id, fact)


def _in_case(case_id: str, fact: Fact) -> Saying:
    return Saying(facts=((case_stream(case_id), fact),))
