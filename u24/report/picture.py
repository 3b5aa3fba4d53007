"""A picture: SVG with a title and a description, for a page, a file or a print."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from u24.report.markup import Markup, element, joined

SVG = "http://www.w3.org/2000/svg"
CHAR_SHARE = 0.56  # mean width of a character of a sans face, as a share of its size


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """``body`` is SVG in units of ``width`` x ``height``; ``key`` is its id on a page."""

    key: str
    title: str
    description: str
    width: int
    height: int
    body: Markup
    linked: bool = False  # holds links, which an img would hide from assistive software

    def on_page(self) -> Markup:
        """For a page that carries the pictures' styles itself."""
        return self._drawn("")

    def as_file(self) -> str:
        """A file of its own, with light and dark styles."""
        dark = f"@media (prefers-color-scheme:dark){{{style_text('picture_dark.css')}}}"
        ground = element("rect", width=self.width, height=self.height, class_="u-ground")
        return self._drawn(element("style", Markup(style_text("picture.css") + dark)) + ground)

    def for_print(self) -> str:
        """A file with the light styles only."""
        return self._drawn(element("style", Markup(style_text("picture.css"))))

    def _drawn(self, before: str) -> Markup:
        title_id, description_id = f"{self.key}-title", f"{self.key}-description"
        return element(
            "svg",
            element("title", self.title, id=title_id),
            element("desc", self.description, id=description_id),
            Markup(before),
            self.body,
            xmlns=SVG,
            viewBox=f"0 0 {self.width} {self.height}",
            class_="u-picture",
            role="group" if self.linked else "img",
            aria_labelledby=f"{title_id} {description_id}",
        )


@lru_cache
def style_text(name: str) -> str:
    """A style sheet of this room."""
    return files("u24.report").joinpath(name).read_text(encoding="utf-8")


def side_by_side(key: str, title: str, pictures: tuple[Picture, ...], below: Picture) -> Picture:
    """Pictures in one row, with one more below them."""
    gap = 12
    placed, x = [], 0
    tallest = max(picture.height for picture in pictures)
    for picture in pictures:
        placed.append(_nested(picture, x, 0))
        x += picture.width + gap
    placed.append(_nested(below, 0, tallest + gap))
    return Picture(
        key=key,
        title=title,
        description=" ".join(picture.description for picture in pictures),
        width=max(x - gap, below.width),
        height=tallest + gap + below.height,
        body=joined(*placed),
    )


def _nested(picture: Picture, x: int, y: int) -> Markup:
    return element(
        "svg", picture.body, x=x, y=y, width=picture.width, height=picture.height,
        viewBox=f"0 0 {picture.width} {picture.height}",
    )  # fmt: skip


def text_width(text: str, size: float) -> float:
    """About how wide the text is drawn, in units of the picture."""
    return len(text) * size * CHAR_SHARE


def label(x: float, y: float, text: str, kind: str = "u-text", anchor: str = "start") -> Markup:
    """A line of text; ``anchor`` is start, middle or end."""
    where = None if anchor == "start" else anchor
    return element("text", text, x=x, y=y, class_=kind, text_anchor=where)
