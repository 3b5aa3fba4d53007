"""The ladder: from all that is needed down to what the plan meets by the first mark."""

from dataclasses import dataclass

from u24.domain.answer import Answer
from u24.report.markup import Markup, element, joined
from u24.report.picture import Picture, label
from u24.report.sheet import Sheet, row
from u24.report.wording import UNKNOWN, mark_name, percent, percents_of_whole, plain

WIDTH, ROW, TOP, LEFT, RIGHT = 760, 36, 34, 20, 84
BAR = 12
BOTTOM = 26
LABEL_CHARS = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of the ladder; ``share`` of the weighted need, written as ``percent``."""

    name: str
    text: str
    share: float
    percent: str


def ladder(answer: Answer) -> tuple[Step, ...]:
    """What is met, then each loss; the percentages add up to 100.0."""
    score = answer.planned.score
    mark = mark_name(answer.problem.worth.marks_s[0])
    shares = [score.met_shares[0], *(loss.share for loss in score.losses)]
    percents = percents_of_whole(shares)
    met = Step(name=f"met by {mark}", text="", share=shares[0], percent=percents[0])
    return met, *(
        Step(name=plain(loss.name), text=loss.text, share=loss.share, percent=written)
        for loss, written in zip(score.losses, percents[1:], strict=True)
    )


def ladder_sheet(answer: Answer) -> Sheet:
    """The same as a table, for narrow screens and for ears."""
    return Sheet(
        key="ladder-steps",
        title="The ladder in words",
        caption="What is met and every loss add up to 100 % of the weighted need",
        columns=("Step", "Share", "In words"),
        rows=tuple(row(step.name, step.percent, step.text or UNKNOWN) for step in ladder(answer)),
        figures=frozenset({1}),
        printed=False,
    )


def ladder_picture(answer: Answer) -> Picture:
    """One bar a step, each beginning where the last one ended, up to 100 %."""
    steps = ladder(answer)
    wide = WIDTH - LEFT - RIGHT
    height = TOP + ROW * len(steps) + BOTTOM
    parts = [
        element("path", d=f"M{LEFT + wide * i / 4} {TOP - 4}V{height - BOTTOM}", class_="u-grid")
        for i in range(5)
    ]
    parts += [label(LEFT + wide * i / 4, 16, f"{25 * i} %", "u-small", "middle") for i in range(5)]
    start = 0.0
    for i, step in enumerate(steps):
        parts.append(_row(step, start, TOP + i * ROW, "u-lost" if i else "u-good"))
        start += step.share
    bound = answer.planned.score.bound_share
    x = LEFT + wide * bound
    line = height - BOTTOM
    told = f"at most {percent(bound)} was possible: proven"
    right = bound > 0.5
    parts.append(element("path", d=f"M{x:.1f} {TOP - 4}V{line + 14}", class_="u-mark"))
    at = x - 8 if right else x + 8
    parts.append(label(at, line + 14, told, "u-small", "end" if right else "start"))
    return Picture(
        key="ladder",
        title="Ladder: where the weighted need goes",
        description="; ".join(f"{step.name} {step.percent}" for step in steps)
        + f". At most {percent(bound)} was possible.",
        width=WIDTH,
        height=height,
        body=joined(*parts),
    )


def _row(step: Step, start: float, y: int, kind: str) -> Markup:
    wide = WIDTH - LEFT - RIGHT
    x, length = LEFT + start * wide, max(step.share * wide, 1.0)
    text = f"{step.name}: {step.text}" if step.text else step.name
    if len(text) > LABEL_CHARS:
        text = f"{text[: LABEL_CHARS - 1]}…"
    return joined(
        label(LEFT, y + 13, text, "u-text"),
        element("rect", x=x, y=y + 18, width=length, height=BAR, class_=kind),
        label(WIDTH - 8, y + 28, step.percent, "u-strong", "end"),
    )
