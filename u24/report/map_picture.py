"""The map: an overview of all ways and, where they are long, the area of need beside it."""

import math

import numpy as np

from u24.domain.answer import Answer
from u24.domain.problem import Site
from u24.report.labels import Box, Tag, tagged
from u24.report.land import land_of
from u24.report.map_legend import legend_picture
from u24.report.map_marks import Marks, NeedMark, Way, marks
from u24.report.markup import Markup, element, joined
from u24.report.picture import Picture, label, side_by_side
from u24.report.projection import GRID, Land, Points, View, fitted, great_circle, land_path
from u24.report.wording import mark_name, number, percent_down, tonnes

PANEL = (720, 480)
LEAST_KM = 160.0  # no panel shows less, so that one town does not fill it
ZOOM_FROM = 2.5  # a second panel where the area would be drawn this much larger
ARC_STEPS = 24
FAR_KM = 300.0  # below it a flight is drawn straight
THINNEST, WIDEST_AIR, WIDEST_ROAD = 1.4, 7.0, 4.0
SMALLEST_DETAIL = 70.0  # units; a smaller area of need is a box without its signs


def map_pictures(answer: Answer, land: Land | None = None) -> tuple[Picture, ...]:
    """One or two panels and, last, the legend; ``land`` is by default the shipped borders."""
    shown = marks(answer)
    land = land_of() if land is None else land
    near = _points([*(mark.site for mark in shown.needs), *shown.gateways])
    if not len(near):
        return ()
    mark = mark_name(answer.problem.worth.marks_s[0])
    far = _points_on_ways(shown)
    area = fitted(near, PANEL, LEAST_KM)
    whole = fitted(np.concatenate([near, far]), PANEL, LEAST_KM)
    if area.scale < ZOOM_FROM * whole.scale:
        return _panel("map", shown, whole, land, mark), legend_picture(mark)
    return (
        _panel("map-overview", shown, whole, land, mark, area),
        _panel("map-area", shown, area, land, mark),
        legend_picture(mark),
    )


def map_svg(answer: Answer, land: Land | None = None) -> str:
    """The whole map as one SVG file; empty where no place of need or airport is known."""
    pictures = map_pictures(answer, land)
    if not pictures:
        return ""
    title = f"Map of the plan: {answer.case.title}"
    return side_by_side("map", title, pictures[:-1], pictures[-1]).as_file()


def _points(sites: list[Site]) -> Points:
    return np.array([(s.lon_deg, s.lat_deg) for s in sites], dtype=np.float64).reshape(-1, 2)


def _line(way: Way) -> Points:
    ends = _points([way.from_site, way.to_site])
    return great_circle(ends[0], ends[1], ARC_STEPS) if way.by_air else ends


def _points_on_ways(shown: Marks) -> Points:
    lines = [_line(way) for way in shown.ways]
    return np.concatenate(lines) if lines else np.empty((0, 2))


def _panel(
    key: str, shown: Marks, view: View, land: Land, mark: str, detail: View | None = None
) -> Picture:
    """One panel; with ``detail`` it leaves the labels of that area to the other panel."""
    clip = f"{key}-clip"
    frame = element("rect", width=view.width, height=view.height, class_="u-sea")
    ground = element(
        "path", d=land_path(land, view), class_="u-land", fill_rule="evenodd",
        transform=f"scale({1 / GRID})",
    )  # fmt: skip
    inner = None if detail is None else _detail_box(detail, view)
    symbols, tags, boxes = _symbols(shown, view, inner, mark)
    if inner is not None:
        symbols = joined(symbols, _detail_frame(inner))
        tags.append(_detail_tag(inner))
        boxes.append(inner)
    scale, scale_box = _scale_bar(view)
    labels = tagged(tags, [*boxes, scale_box], (view.width, view.height))
    body = joined(
        element("clipPath", element("rect", width=view.width, height=view.height), id=clip),
        frame,
        element(
            "g", ground, *(_drawn_way(way, shown, view) for way in shown.ways),
            clip_path=f"url(#{clip})",
        ),
        symbols,
        labels.drawn,
        scale,
        element("rect", x=0.5, y=0.5, width=view.width - 1, height=view.height - 1, class_="u-rim"),
    )  # fmt: skip
    left_out = f" {labels.left_out} labels found no room." if labels.left_out else ""
    return Picture(
        key=key,
        title="Overview of all ways" if detail is not None else "The area of need",
        description=_description(shown, mark) + left_out,
        width=view.width,
        height=view.height,
        body=body,
    )


def _description(shown: Marks, mark: str) -> str:
    places = "; ".join(
        f"{need.site.name} {percent_down(need.met_share)}" for need in shown.needs[:20]
    )
    return (
        f"{len(shown.ways)} ways between {len(shown.origins)} airports of departure, "
        f"{len(shown.gateways)} airports of arrival and {len(shown.needs)} places of need. "
        f"Share of the wanted units that arrive by {mark}: {places}."
    )


def _symbols(
    shown: Marks, view: View, inner: Box | None, mark: str
) -> tuple[Markup, list[Tag], list[Box]]:
    """Signs, their labels and where they stand; no labels, or no signs, in the ``inner`` box."""
    drawn: list[Markup] = []
    tags: list[Tag] = []
    boxes: list[Box] = []
    heaviest = max((need.weight for need in shown.needs), default=1.0)
    for need in shown.needs if _is_wide(inner) else ():
        x, y = _at(need.site, view)
        radius = (6 + 10 * math.sqrt(need.weight / heaviest)) * (0.5 if inner else 1)
        drawn.append(_need_symbol(need, (x, y), radius, mark))
        if inner is None:
            text = f"{need.site.name} {percent_down(need.met_share)}"
            tags.append(Tag(x=x, y=y, radius=radius, text=text, rank=2 + need.weight / heaviest))
        boxes.append((x - radius, y - radius, x + radius, y + radius))
    for site in (*shown.depots, *shown.origins, *shown.gateways):
        x, y = _at(site, view)
        labelled = inner is None or not _holds(inner, x, y)
        if not _holds((0, 0, view.width, view.height), x, y) or not (labelled or _is_wide(inner)):
            continue
        gateway = site in shown.gateways
        drawn.append(_site_symbol(site, (x, y), gateway=gateway))
        if labelled:
            tags.append(
                Tag(x=x, y=y, radius=6, text=_site_text(site, gateway=gateway),
                    rank=5 if gateway else 1, kind="u-map-code")
            )  # fmt: skip
        boxes.append((x - 6, y - 6, x + 6, y + 6))
    return joined(*drawn), tags, boxes


def _is_wide(inner: Box | None) -> bool:
    return inner is None or inner[2] - inner[0] >= SMALLEST_DETAIL


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _at(site: Site, view: View) -> tuple[float, float]:
    x, y = view.place(_points([site]))[0]
    return float(x), float(y)


def _site_text(site: Site, *, gateway: bool) -> str:
    name = site.site_id if len(site.site_id) <= 4 else site.name
    if not gateway or site.slots is None:
        return name
    if site.slots == 0 or _never_open(site):
        return f"{name} closed"
    return f"{name} {site.slots} slot{'' if site.slots == 1 else 's'}"


def _never_open(site: Site) -> bool:
    """One closure over at least the first day."""
    return any(c.slots == 0 and c.from_s <= 0 and c.until_s >= 86_400 for c in site.slot_changes)


def _site_symbol(site: Site, at: tuple[float, float], *, gateway: bool) -> Markup:
    x, y = at
    title = element("title", f"{site.name} ({site.site_id}), {site.country}")
    if site.runway_m is None:
        shape = f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6-6z"
        return element("path", title, d=shape, class_="u-depot")
    if not gateway:
        return element("circle", title, cx=x, cy=y, r=3.5, class_="u-origin")
    square = element("rect", title, x=x - 5.5, y=y - 5.5, width=11, height=11, class_="u-gateway")
    if site.slots != 0 and not _never_open(site):
        return square
    cross = f"M{x - 5.5:.1f} {y - 5.5:.1f}l11 11m0-11l-11 11"
    return joined(square, element("path", d=cross, class_="u-cross"))


def _need_symbol(need: NeedMark, at: tuple[float, float], radius: float, mark: str) -> Markup:
    """A disc whose filled sector, clockwise from the top, is the share met."""
    x, y = at
    told = f"{need.site.name}: {percent_down(need.met_share)} of the wanted units by {mark}"
    parts = [element("circle", element("title", told), cx=x, cy=y, r=radius, class_="u-need")]
    if need.met_share >= 0.999:
        parts.append(element("circle", cx=x, cy=y, r=radius - 2, class_="u-met"))
    elif need.met_share > 0:
        turn = 2 * math.pi * need.met_share
        r = radius - 1.5
        end = f"{x + r * math.sin(turn):.1f} {y - r * math.cos(turn):.1f}"
        large = int(need.met_share > 0.5)
        d = f"M{x:.1f} {y:.1f}V{y - r:.1f}A{r:.1f} {r:.1f} 0 {large} 1 {end}z"
        parts.append(element("path", d=d, class_="u-met"))
    return joined(*parts)


def _drawn_way(way: Way, shown: Marks, view: View) -> Markup:
    placed = view.place(_line(way))
    if way.by_air and np.hypot(*(placed[-1] - placed[0])) / view.units_per_km < FAR_KM:
        placed = placed[[0, -1]]
    heaviest = max(other.mass_kg for other in shown.ways) or 1
    widest = WIDEST_AIR if way.by_air else WIDEST_ROAD
    width = THINNEST + (widest - THINNEST) * math.sqrt(way.mass_kg / heaviest)
    kind = "u-road" if not way.by_air else "u-air" if way.mass_kg else "u-empty"
    told = f"{way.from_site.name} to {way.to_site.name}: " + (
        tonnes(way.mass_kg) if way.mass_kg else "empty flight"
    )
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in placed.tolist())
    return element("path", element("title", told), d=d, class_=kind, stroke_width=width)


def _detail_box(detail: View, view: View) -> Box:
    half_width = detail.width / 2 / detail.scale * view.scale
    half_height = detail.height / 2 / detail.scale * view.scale
    x, y = view.place(np.array([[detail.lon_deg, detail.lat_deg]]))[0]
    x, y = float(x + detail.middle[0] * view.scale), float(y - detail.middle[1] * view.scale)
    return x - half_width, y - half_height, x + half_width, y + half_height


def _detail_frame(box: Box) -> Markup:
    left, top, right, bottom = box
    size = {"width": right - left, "height": bottom - top}
    return element("rect", x=left, y=top, class_="u-detail", **size)


def _detail_tag(box: Box) -> Tag:
    left, top, right, bottom = box
    radius = min(right - left, bottom - top) / 2
    return Tag(
        x=(left + right) / 2, y=(top + bottom) / 2, radius=radius, text="area of need",
        rank=9, kind="u-map-note",
    )  # fmt: skip


def _scale_bar(view: View) -> tuple[Markup, Box]:
    steps = [10**power * lead for power in range(5) for lead in (1, 2, 5)]
    km = max((step for step in steps if step * view.units_per_km <= 140), default=1)
    wide = km * view.units_per_km
    x, y = 14, view.height - 14
    bar = element("path", d=f"M{x} {y - 5}v5h{wide:.1f}v-5", class_="u-scale")
    return joined(bar, label(x, y - 9, f"{number(km)} km", "u-map-note")), (
        x,
        y - 24,
        x + wide,
        y + 4,
    )
