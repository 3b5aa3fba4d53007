"""The legend of the map, as a picture of its own below the panels."""

from u24.report.markup import Markup, element, joined
from u24.report.picture import Picture, label

SIZE = (760, 104)
COLUMNS = (14, 440)
ROW = 22


def legend_picture(mark: str) -> Picture:
    """What each sign of the map means; ``mark`` is the first mark, e.g. T+24."""
    entries = (
        (_need(), f"place of need (larger: more urgent); filled: met by {mark}"),
        (_gateway(), "airport of arrival and its slots; crossed: closed"),
        (_origin(), "airport of departure"),
        (_depot(), "depot"),
        (_line("u-air", 5), "flight with load; wider is more tonnes"),
        (_line("u-empty", 1.4), "empty flight"),
        (_line("u-road", 3), "by road"),
    )
    parts = []
    for i, (sign, text) in enumerate(entries):
        column, row = divmod(i, 4)
        x, y = COLUMNS[column], 16 + row * ROW
        parts.append(element("g", sign, transform=f"translate({x} {y})"))
        parts.append(label(x + 40, y + 4, text, "u-map-note"))
    note = "Boundaries and names imply no endorsement."
    parts.append(label(COLUMNS[1], 16 + 3 * ROW + 4, note, "u-map-note"))
    return Picture(
        key="map-legend",
        title="Legend of the map",
        description="; ".join(text for _, text in entries) + f". {note}",
        width=SIZE[0],
        height=SIZE[1],
        body=joined(*parts),
    )


def _need() -> Markup:
    sector = element("path", d="M14 0V-6.5A6.5 6.5 0 1 1 7.5 0z", class_="u-met")
    return joined(element("circle", cx=14, cy=0, r=8, class_="u-need"), sector)


def _gateway() -> Markup:
    closed = element("rect", x=20, y=-5.5, width=11, height=11, class_="u-gateway")
    cross = element("path", d="M20 -5.5l11 11m0-11l-11 11", class_="u-cross")
    opened = element("rect", x=2, y=-5.5, width=11, height=11, class_="u-gateway")
    return joined(opened, closed, cross)


def _origin() -> Markup:
    return element("circle", cx=14, cy=0, r=3.5, class_="u-origin")


def _depot() -> Markup:
    return element("path", d="M14 -6l6 6l-6 6l-6-6z", class_="u-depot")


def _line(kind: str, width: float) -> Markup:
    return element("path", d="M0 0h30", class_=kind, stroke_width=width)
