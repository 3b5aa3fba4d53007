"""The time line (Gantt): who does what from T0 on, one lane a vehicle."""

from dataclasses import dataclass

from u24.domain.answer import Answer
from u24.report.gantt_lanes import AirportLane, Bar, Doing, Group, Lane, groups
from u24.report.markup import Markup, element, joined
from u24.report.picture import Picture, label, text_width
from u24.report.wording import S_PER_H, clock_after, mark_name, number, t_plus

LEFT, RIGHT, TOP, LEGEND = 150, 14, 44, 34
WIDTH = 1080
LANE, AIRPORT, HEADING = 19, 34, 24
BAR = 13
NAME_CHARS = 22
TICK_H = 6
DAY_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Seconds after T0 to units across."""

    horizon_s: int

    def x(self, seconds: int) -> float:
        """Where a moment lies; beyond the horizon, on its edge."""
        inside = min(max(seconds, 0), self.horizon_s)
        return LEFT + inside / self.horizon_s * (WIDTH - LEFT - RIGHT)


def gantt_picture(answer: Answer, *, linked: bool = False) -> Picture:
    """All lanes in one picture; ``linked`` names lead to the table of movements."""
    return _picture(answer, groups(answer), "gantt", linked=linked)


def gantt_sheets(answer: Answer, highest: int = 600) -> tuple[Picture, ...]:
    """The same lanes cut into pictures at most about ``highest`` units high, for print."""
    sheets: list[list[Group]] = [[]]
    used = 0
    for group in _cut(groups(answer), highest - TOP - LEGEND - HEADING):
        high = _group_height(group)
        if sheets[-1] and used + high > highest - TOP - LEGEND:
            sheets.append([])
            used = 0
        sheets[-1].append(group)
        used += high
    return tuple(
        _picture(answer, tuple(sheet), f"gantt-{i}", linked=False)
        for i, sheet in enumerate(sheets, start=1)
        if sheet
    )


def gantt_svg(answer: Answer) -> str:
    """The whole time line as one SVG file."""
    return gantt_picture(answer).as_file()


def _cut(found: tuple[Group, ...], room: int) -> list[Group]:
    """Groups, those higher than ``room`` in parts."""
    most = max(room // LANE, 1)
    parts = []
    for group in found:
        if group.airports or len(group.lanes) <= most:
            parts.append(group)
            continue
        for start in range(0, len(group.lanes), most):
            name = group.name if not start else f"{group.name}, continued"
            parts.append(Group(name=name, lanes=group.lanes[start : start + most]))
    return parts


def _group_height(group: Group) -> int:
    return HEADING + LANE * len(group.lanes) + AIRPORT * len(group.airports)


def _picture(answer: Answer, shown: tuple[Group, ...], key: str, *, linked: bool) -> Picture:
    axis = Axis(horizon_s=answer.problem.horizon_s)
    height = TOP + sum(map(_group_height, shown)) + LEGEND
    parts = []
    y = TOP
    for group in shown:
        parts.append(element("rect", x=0, y=y, width=WIDTH, height=HEADING - 4, class_="u-band"))
        parts.append(label(6, y + 14, group.name, "u-group"))
        y += HEADING
        for airport in group.airports:
            parts.append(_drawn_airport(airport, axis, y, key))
            y += AIRPORT
        for lane in group.lanes:
            parts.append(_drawn_lane(lane, axis, y, linked=linked))
            y += LANE
    return Picture(
        key=key,
        title="Time line of aircraft and lorries",
        description=_description(answer, shown),
        width=WIDTH,
        height=height,
        linked=linked,
        body=joined(
            _patterns(key), _grid(answer, axis, y), *parts, _marks(answer, axis, y), _legend(y, key)
        ),
    )


def _description(answer: Answer, shown: tuple[Group, ...]) -> str:
    lanes = sum(len(group.lanes) for group in shown if not group.name.startswith("Lorries"))
    last_s = max((b.until_s for g in shown for lane in g.lanes for b in lane.bars), default=0)
    return (
        f"{lanes} lanes of vehicles under {len(shown)} headings from T+0 to "
        f"{t_plus(answer.problem.horizon_s)}; the last bar ends at {t_plus(last_s)}. "
        "The table of movements tells the same in words."
    )


def _patterns(key: str) -> Markup:
    hatch = element(
        "pattern",
        element("path", d="M-1 1l2-2M0 7l7-7M6 8l2-2", class_="u-ink"),
        id=f"{key}-closed", width=7, height=7, patternUnits="userSpaceOnUse",
    )  # fmt: skip
    return element("defs", hatch)


def _grid(answer: Answer, axis: Axis, bottom: int) -> Markup:
    parts = []
    for hour in range(0, axis.horizon_s // S_PER_H + 1, TICK_H):
        x = axis.x(hour * S_PER_H)
        parts.append(element("path", d=f"M{x:.1f} {TOP - 6}V{bottom}", class_="u-grid"))
        edge = "end" if hour * S_PER_H == axis.horizon_s else "middle"
        parts.append(label(x, 16, f"T+{hour}", "u-small", edge))
        at = clock_after(answer.case.t0_at, hour * S_PER_H)
        parts.append(label(x, 31, f"{at[11:16]}Z", "u-small", edge))
    parts.append(label(6, 16, "hours after T0", "u-small"))
    parts.append(label(6, 31, f"UTC from {clock_after(answer.case.t0_at, 0)[:10]}", "u-small"))
    return joined(*parts)


def _marks(answer: Answer, axis: Axis, bottom: int) -> Markup:
    return joined(
        *(
            element(
                "path", element("title", mark_name(mark_s)),
                d=f"M{axis.x(mark_s):.1f} {TOP - 8}V{bottom}", class_="u-mark",
            )
            for mark_s in answer.problem.worth.marks_s
            if mark_s <= axis.horizon_s
        )
    )  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= NAME_CHARS else f"{name[: NAME_CHARS - 1]}…"


def _drawn_lane(lane: Lane, axis: Axis, y: int, *, linked: bool) -> Markup:
    name = label(10, y + 13, _short(lane.name), "u-lane")
    if linked and lane.anchor:
        name = element("a", name, href=f"#{lane.anchor}")
    return joined(name, *(_drawn_bar(bar, axis, y + 3) for bar in lane.bars))


def _drawn_bar(bar: Bar, axis: Axis, y: int) -> Markup:
    x, wide = axis.x(bar.from_s), axis.x(bar.until_s) - axis.x(bar.from_s)
    title = element("title", bar.told)
    if wide <= 0:
        return Markup("")
    middle = y + BAR / 2
    if bar.doing in {Doing.MOVE, Doing.WAIT}:
        return element("path", title, d=f"M{x:.1f} {middle}h{wide:.1f}", class_=str(bar.doing))
    if bar.doing is Doing.LOAD:  # a wedge that rises, and one that falls: told without colour
        shape = element("path", title, d=f"M{x:.1f} {y + BAR}h{wide:.1f}v-{BAR}z", class_="u-load")
    elif bar.doing is Doing.UNLOAD:
        shape = element("path", title, d=f"M{x:.1f} {y}v{BAR}h{wide:.1f}z", class_="u-unload")
    elif bar.doing is Doing.TECH_STOP:
        half = wide / 2
        d = f"M{x:.1f} {middle}l{half:.1f} {-BAR / 2}l{half:.1f} {BAR / 2}l{-half:.1f} {BAR / 2}z"
        shape = element("path", title, d=d, class_="u-tech")
    else:
        shape = element(
            "rect", title, x=x, y=y + 1, width=wide, height=BAR - 2, rx=2, class_=str(bar.doing)
        )
    return joined(shape, _on_bar(bar, x, wide, y))


def _on_bar(bar: Bar, x: float, wide: float, y: int) -> Markup:
    fits = [text for text in (bar.text, bar.text.split(" ")[0]) if text]
    for text in fits:
        if text_width(text, 10) + 6 <= wide:
            return label(x + wide / 2, y + 10, text, "u-on-bar", "middle")
    return Markup("")


def _drawn_airport(lane: AirportLane, axis: Axis, y: int, key: str) -> Markup:
    high, base = AIRPORT - 8, y + AIRPORT - 4
    peak = max([lane.slots or 1, *(units for _, _, units in lane.busy)])
    slots = "no limit" if lane.slots is None else f"{number(lane.slots)} slots"
    parts = [label(10, y + 20, _short(f"{lane.name}: {slots}"), "u-lane")]
    for from_s, until_s, units in lane.busy:
        x, tall = axis.x(from_s), units / peak * high
        told = element(
            "title", f"{lane.name}: {units} in use from {t_plus(from_s)} to {t_plus(until_s)}"
        )
        wide = axis.x(until_s) - x
        parts.append(
            element("rect", told, x=x, y=base - tall, width=wide, height=tall, class_="u-busy")
        )
    for from_s, until_s, slots_then in lane.limits:
        parts.append(_closure(lane, axis, (from_s, until_s, slots_then), (y + 4, high, peak), key))
    parts.append(element("path", d=f"M{LEFT} {base}H{WIDTH - RIGHT}", class_="u-axis"))
    if lane.slots and lane.slots < peak * 1.001:
        top = base - lane.slots / peak * high
        parts.append(element("path", d=f"M{LEFT} {top:.1f}H{WIDTH - RIGHT}", class_="u-wait"))
    return joined(*parts)


def _closure(
    lane: AirportLane, axis: Axis, step: tuple[int, int, int], band: tuple[int, int, int], key: str
) -> Markup:
    """Hatch over the slots that are missing: all of them is a closure."""
    (from_s, until_s, slots), (y, high, peak) = step, band
    x, wide = axis.x(from_s), axis.x(until_s) - axis.x(from_s)
    if wide <= 0:
        return Markup("")
    told = "closed" if slots == 0 else f"{slots} slots"
    title = element("title", f"{lane.name}: {told} from {t_plus(from_s)} to {t_plus(until_s)}")
    tall = high * (1 - min(slots / peak, 1))
    hatch = element("rect", title, x=x, y=y, width=wide, height=tall, fill=f"url(#{key}-closed)")
    room = text_width(told, 11) + 10
    if wide < room:
        return hatch
    back = element(
        "rect", x=x + wide / 2 - room / 2, y=y + 4, width=room, height=16, rx=3, class_="u-band"
    )
    return joined(hatch, back, label(x + wide / 2, y + 16, told, "u-small", "middle"))


def _legend(y: int, key: str) -> Markup:
    top = y + 12
    signs = (
        (f"M0 {top + BAR}h24v-{BAR}z", "u-load", "loads"),
        (f"M0 {top + 1}h24v{BAR - 2}h-24z", "u-fly", "flies with load"),
        (f"M0 {top}v{BAR}h24z", "u-unload", "unloads"),
        (f"M0 {top + BAR / 2}h24", "u-move", "moves empty"),
        (f"M0 {top + BAR / 2}h24", "u-wait", "waits"),
        (f"M0 {top + BAR / 2}l12 {-BAR / 2}l12 {BAR / 2}l-12 {BAR / 2}z", "u-tech", "tech stop"),
        (f"M0 {top + 1}h24v{BAR - 2}h-24z", "u-drive", "lorries"),
        (f"M0 {top + 1}h24v{BAR - 2}h-24z", "u-own", "own road"),
        (f"M0 {top + 1}h24v{BAR - 2}h-24z", "u-busy", "slots in use"),
    )
    parts, x = [], 10.0
    for d, kind, text in signs:
        parts.append(element("path", d=d, class_=kind, transform=f"translate({x:.0f} 0)"))
        parts.append(label(x + 30, top + 11, text, "u-small"))
        x += 30 + text_width(text, 11) + 16
    closed = element("rect", x=x, y=top, width=24, height=BAR, fill=f"url(#{key}-closed)")
    parts += [closed, label(x + 30, top + 11, "closed or fewer slots", "u-small")]
    return joined(*parts)
