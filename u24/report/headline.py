"""The head of the report: which case, what clock, and the answer in one sentence."""

from dataclasses import dataclass

from u24.domain.answer import Answer
from u24.report.names import country_and_code
from u24.report.wording import clock, clock_after, mark_name, percent_down


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Texts of the head; ``stamps`` are EXERCISE and REPLAY, where they apply."""

    title: str
    stamps: tuple[str, ...]
    sentence: str
    facts: tuple[tuple[str, str], ...]  # name, text
    marks: tuple[tuple[str, str, str], ...]  # mark, met, clock


def headline(answer: Answer) -> Headline:
    """The head of this answer's report."""
    case, marks_s = answer.case, answer.problem.worth.marks_s
    stamps = (("EXERCISE",) if case.exercise else ()) + (("REPLAY",) if case.history else ())
    return Headline(
        title=case.title,
        stamps=stamps,
        sentence=sentence(answer),
        facts=(
            ("Case", case.case_id),
            ("Host", country_and_code(case.host)),
            ("Hazard", case.hazard),
            ("T0, the clock starts", clock(case.t0_at)),
            (f"{mark_name(marks_s[0])} is", clock_after(case.t0_at, marks_s[0])),
        ),
        marks=tuple(
            (mark_name(mark_s), percent_down(share), clock_after(case.t0_at, mark_s))
            for mark_s, share in zip(marks_s, answer.planned.score.met_shares, strict=False)
        ),
    )


def sentence(answer: Answer) -> str:
    """The answer in one line; both shares rounded down."""
    score = answer.planned.score
    mark = mark_name(answer.problem.worth.marks_s[0])
    if answer.violations:
        return "Not a valid plan: the checker finds rules broken."
    if score.bound_share <= 0:
        return f"Nothing can reach the places of need by {mark}."
    met = percent_down(score.met_shares[0])
    possible = percent_down(min(score.of_possible_share, 1.0))
    return f"{met} of the weighted need met by {mark}; at least {possible} of what was possible"
