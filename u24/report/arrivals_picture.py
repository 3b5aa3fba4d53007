"""Arrivals over time: people and tonnes, planned beside what really landed."""

from u24.domain.answer import Answer
from u24.report.arrivals_curves import Curves, Steps, people_curves, tonnes_curves, value_at
from u24.report.markup import Markup, element, joined
from u24.report.picture import Picture, label, side_by_side
from u24.report.wording import (
    S_PER_H,
    counted,
    mark_name,
    number,
    percent,
    percent_down,
    t_plus,
)

WIDTH, HEIGHT = 560, 336
LEFT, RIGHT, TOP, BOTTOM = 62, 22, 98, 46
TICK_H = 12
NICE = (1, 2, 4, 6, 8, 10)


def arrivals_pictures(answer: Answer) -> tuple[Picture, ...]:
    """People over time, tonnes over time, and the weighted need met at the marks."""
    return (
        _curves_picture(answer, people_curves(answer), "arrivals-people"),
        _curves_picture(answer, tonnes_curves(answer), "arrivals-tonnes"),
        _met_picture(answer),
    )


def arrivals_svg(answer: Answer) -> str:
    """All of them as one SVG file."""
    pictures = arrivals_pictures(answer)
    title = f"Arrivals over time: {answer.case.title}"
    return side_by_side("arrivals", title, pictures[:-1], pictures[-1]).as_file()


def _met_picture(answer: Answer) -> Picture:
    """Steps through the plan's score at each mark, and the proven bound at the first."""
    score, marks_s = answer.planned.score, answer.problem.worth.marks_s
    frame = _Frame(horizon_s=answer.problem.horizon_s, top_value=100.0)
    parts = [frame.axes("%"), _marks(answer, frame)]
    met = list(zip(marks_s, score.met_shares, strict=False))
    bound_y = frame.y(score.bound_share * 100)
    bound_x = frame.x(marks_s[0])
    parts.append(element("path", d=f"M{LEFT} {bound_y:.1f}H{bound_x:.1f}", class_="u-historic"))
    for mark_s, share in met:
        x, y = frame.x(mark_s), frame.y(share * 100)
        column = element(
            "rect", element("title", f"{percent(share)} by {mark_name(mark_s)}"),
            x=x - 34, y=y, width=34, height=HEIGHT - BOTTOM - y, class_="u-busy",
        )  # fmt: skip
        parts += [
            column,
            label(x - 17, HEIGHT - BOTTOM - 8, percent_down(share), "u-small", "middle"),
        ]
    lines = [
        ("u-busy", f"met: {', '.join(f'{percent(s)} by {mark_name(m)}' for m, s in met)}"),
        ("u-historic", f"at most {percent(score.bound_share)} possible by {mark_name(marks_s[0])}"),
    ]
    return _framed("arrivals-met", "Weighted need met at the marks", parts, lines)


def _curves_picture(answer: Answer, curves: Curves, key: str) -> Picture:
    all_steps = (curves.there, curves.landed, curves.historic_most)
    top = max((value for steps in all_steps for _, value in steps), default=1.0)
    frame = _Frame(horizon_s=answer.problem.horizon_s, top_value=_nice_above(top))
    first_s = answer.problem.worth.marks_s[0]
    mark = mark_name(first_s)
    there, landed = value_at(curves.there, first_s), value_at(curves.landed, first_s)
    lines = [
        ("u-planned", f"plan, at the places of need: {number(there)} {curves.unit} by {mark}"),
        ("u-landed", f"plan, landed: {number(landed)} {curves.unit} by {mark}"),
    ]
    parts = [frame.axes(curves.unit), _marks(answer, frame)]
    if curves.historic_most:
        least = value_at(curves.historic_least, first_s)
        most = value_at(curves.historic_most, first_s)
        span = number(least) if least == most else f"{number(least)} to {number(most)}"
        unknown = counted(curves.not_drawn, "arrival", "arrivals")
        missing = f"; {unknown} without figure or time" if curves.not_drawn else ""
        lines.append(("u-historic", f"really landed: {span} {curves.unit} by {mark}{missing}"))
        parts.append(_between(curves, frame))
        parts.append(_stepped(curves.historic_least, frame, "u-historic"))
    elif answer.case.history:
        unknown = counted(curves.not_drawn, "arrival", "arrivals")
        lines.append(("u-historic", f"really landed: unknown ({unknown} without figure or time)"))
    parts.append(_stepped(curves.landed, frame, "u-landed"))
    parts.append(_stepped(curves.there, frame, "u-planned"))
    return _framed(key, f"{curves.name} over time", parts, lines)


class _Frame:
    """Where a moment and a value lie in the panel."""

    def __init__(self, *, horizon_s: int, top_value: float) -> None:
        self.horizon_s = horizon_s
        self.top_value = top_value

    def x(self, seconds: float) -> float:
        inside = min(max(seconds, 0), self.horizon_s)
        return LEFT + inside / self.horizon_s * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - value / self.top_value * (HEIGHT - TOP - BOTTOM)

    def axes(self, unit: str) -> Markup:
        parts = []
        for i in range(5):
            value = self.top_value * i / 4
            y = self.y(value)
            parts.append(element("path", d=f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}", class_="u-grid"))
            parts.append(label(LEFT - 6, y + 4, number(value), "u-small", "end"))
        for hour in range(0, self.horizon_s // S_PER_H + 1, TICK_H):
            x = self.x(hour * S_PER_H)
            parts.append(label(x, HEIGHT - BOTTOM + 16, f"T+{hour}", "u-small", "middle"))
        base = HEIGHT - BOTTOM
        parts.append(element("path", d=f"M{LEFT} {base}H{WIDTH - RIGHT}", class_="u-axis"))
        parts.append(label(LEFT - 6, TOP - 10, unit, "u-small", "end"))
        parts.append(label(LEFT, HEIGHT - 10, "hours after T0", "u-small"))
        return joined(*parts)


def _framed(key: str, title: str, parts: list[Markup], lines: list[tuple[str, str]]) -> Picture:
    """A panel with its title and a legend that tells the figures too."""
    legend = [label(8, 16, title, "u-strong")]
    for i, (kind, text) in enumerate(lines):
        y = 34 + i * 16
        if kind == "u-busy":
            legend.append(element("rect", x=8, y=y - 9, width=30, height=10, class_=kind))
        else:
            legend.append(element("path", d=f"M8 {y - 4}h30", class_=kind))
        legend.append(label(46, y, text, "u-small"))
    return Picture(
        key=key, title=title, description="; ".join(text for _, text in lines) + ".",
        width=WIDTH, height=HEIGHT, body=joined(*parts, *legend),
    )  # fmt: skip


def _nice_above(value: float) -> float:
    """A round number at or above the value."""
    power = 1.0
    while power * 10 < value:
        power *= 10
    return next(power * lead for lead in NICE if power * lead >= value)


def _path(steps: Steps, frame: _Frame) -> str:
    inside = [step for step in steps if step[0] <= frame.horizon_s]
    d = f"M{frame.x(0):.1f} {frame.y(0):.1f}"
    for at_s, value in inside:
        d += f"H{frame.x(at_s):.1f}V{frame.y(value):.1f}"
    return d + f"H{frame.x(frame.horizon_s):.1f}"


def _stepped(steps: Steps, frame: _Frame, kind: str) -> Markup:
    if not steps:
        return Markup("")
    told = f"first {t_plus(steps[0][0])}, {number(steps[-1][1])} in all"
    return element("path", element("title", told), d=_path(steps, frame), class_=kind)


def _between(curves: Curves, frame: _Frame) -> Markup:
    """The band between the earliest and the latest that sources allow."""
    back = [(s, v) for s, v in curves.historic_least if s <= frame.horizon_s]
    d = _path(curves.historic_most, frame)
    last = back[-1][1] if back else 0.0
    d += f"V{frame.y(last):.1f}"
    for i in range(len(back) - 1, -1, -1):
        under = back[i - 1][1] if i else 0.0
        d += f"H{frame.x(back[i][0]):.1f}V{frame.y(under):.1f}"
    return element("path", d=d + "z", class_="u-between")


def _marks(answer: Answer, frame: _Frame) -> Markup:
    first_s = answer.problem.worth.marks_s[0]
    x = frame.x(first_s)
    return element(
        "path", element("title", mark_name(first_s)),
        d=f"M{x:.1f} {TOP}V{HEIGHT - BOTTOM}", class_="u-mark",
    )  # fmt: skip
