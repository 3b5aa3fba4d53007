"""Labels that do not lie on each other: each takes the first free spot round its point."""

from dataclasses import dataclass

from u24.report.markup import Markup, element, joined
from u24.report.picture import label, text_width

Box = tuple[float, float, float, float]  # left, top, right, bottom

# Directions in the order in which they are tried: right first, as one reads.
AROUND = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.8), (-0.8, -0.8), (0.8, 0.8), (-0.8, 0.8))
REACHES = (5.0, 16.0, 30.0, 46.0)  # units from the symbol's edge; a line leads back from afar


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A text for the symbol of radius ``radius`` at (x, y); a higher ``rank`` goes first."""

    x: float
    y: float
    radius: float
    text: str
    rank: float
    size: float = 15
    kind: str = "u-map-text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """The labels drawn, and how many found no room."""

    drawn: Markup
    left_out: int


def tagged(tags: list[Tag], taken: list[Box], size: tuple[int, int]) -> Tagged:
    """Place the tags inside ``size``, clear of the ``taken`` boxes and of each other."""
    boxes = [*taken, *(_box_round(tag) for tag in tags)]
    drawn: list[Markup] = []
    left_out = 0
    for tag in sorted(tags, key=lambda tag: (-tag.rank, tag.text, tag.x)):
        spot = _find_spot(tag, boxes, size)
        if spot is None:
            left_out += 1
            continue
        boxes.append(spot[0])
        drawn.append(_drawn(tag, *spot))
    return Tagged(drawn=joined(*drawn), left_out=left_out)


def _box_round(tag: Tag) -> Box:
    r = tag.radius
    return tag.x - r, tag.y - r, tag.x + r, tag.y + r


def _find_spot(tag: Tag, boxes: list[Box], size: tuple[int, int]) -> tuple[Box, float] | None:
    wide, high = text_width(tag.text, tag.size), tag.size * 1.15
    for reach in REACHES:
        out = tag.radius + reach
        for dx, dy in AROUND:
            left = (
                tag.x + out * dx + (wide / 2 if dx > 0 else -wide / 2 if dx < 0 else 0) - wide / 2
            )
            top = tag.y + out * dy + (high / 2 if dy > 0 else -high / 2 if dy < 0 else 0) - high / 2
            box = (left, top, left + wide, top + high)
            inside = left >= 2 and top >= 2 and box[2] <= size[0] - 2 and box[3] <= size[1] - 2
            if inside and not any(_overlap(box, other) for other in boxes):
                return box, reach
    return None


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _drawn(tag: Tag, box: Box, reach: float) -> Markup:
    text = label(box[0], box[3] - tag.size * 0.28, tag.text, tag.kind)
    if reach == REACHES[0]:
        return text
    x = min(max(tag.x, box[0]), box[2])
    y = min(max(tag.y, box[1]), box[3])
    return joined(
        element("path", d=f"M{tag.x:.1f} {tag.y:.1f}L{x:.1f} {y:.1f}", class_="u-leader"), text
    )
