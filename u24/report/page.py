"""The report as one HTML file: no request to anywhere, no script."""

from u24.domain.answer import Answer
from u24.report.arrivals_picture import arrivals_pictures
from u24.report.gantt_picture import gantt_picture
from u24.report.grounds_sheets import Citations, citations, counts_line, verdict_line
from u24.report.headline import Headline, headline
from u24.report.ladder_picture import ladder_picture
from u24.report.map_picture import map_pictures
from u24.report.markup import Markup, Piece, element, joined
from u24.report.picture import Picture, style_text
from u24.report.projection import Land
from u24.report.sections import Drawing, Section, sections
from u24.report.sheet import Cell, Sheet

LINKED = ("https://", "http://")


def html_report(answer: Answer, land: Land | None = None) -> str:
    """The whole answer as a page; ``land`` is the map's outlines, by default the shipped ones."""
    parts = sections(answer)
    cited = citations(answer, (sheet for part in parts for sheet in part.sheets))
    head = headline(answer)
    body = element(
        "body",
        element("a", "Skip to the report", href="#report", class_="skip"),
        _header(answer, head),
        _contents(parts),
        element(
            "main",
            *(_section(answer, part, cited, land) for part in parts),
            _sources(cited),
            id="report",
            tabindex="-1",
        ),
        element(
            "footer", element("p", f"U24 report of {answer.case.case_id}. {counts_line(answer)}")
        ),
    )
    return f"<!DOCTYPE html>\n{element('html', _head(head), body, lang='en')}\n"


def _head(head: Headline) -> Markup:
    dark = f"@media (prefers-color-scheme:dark){{{style_text('picture_dark.css')}}}"
    # Print stays light whatever the screen shows.
    screen = dark.replace("@media (", "@media screen and (")
    style = style_text("page.css") + style_text("picture.css") + screen
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", f"{' '.join([*head.stamps, head.title])} - U24 report"),
        element("style", Markup(style)),
    )


def _header(answer: Answer, head: Headline) -> Markup:
    stamps = [element("p", stamp, class_="stamp") for stamp in head.stamps]
    facts = [element("div", element("dt", name), element("dd", text)) for name, text in head.facts]
    marks = [
        element(
            "li", element("b", met), Markup(" "), element("span", f"met by {mark}"), Markup(" "),
            element("small", at),
        )
        for mark, met, at in head.marks
    ]  # fmt: skip
    summary = [element("p", answer.case.summary)] if answer.case.summary else []
    return element(
        "header",
        *stamps,
        element("h1", head.title),
        element("dl", *facts, class_="facts"),
        *summary,
        element("p", head.sentence, class_="headline"),
        element("ul", *marks, class_="marks"),
        element("p", verdict_line(answer), class_="refused" if answer.violations else "kept"),
        element("p", counts_line(answer)),
    )


def _contents(parts: tuple[Section, ...]) -> Markup:
    links = [element("li", element("a", part.title, href=f"#{part.key}")) for part in parts]
    links.append(element("li", element("a", "Sources", href="#sources")))
    return element("nav", element("ul", *links), aria_label="Contents")


def _section(answer: Answer, part: Section, cited: Citations, land: Land | None) -> Markup:
    return element(
        "section",
        element("h2", part.title, id=f"{part.key}-heading"),
        _drawing(answer, part.drawing, land),
        *(_sheet(sheet, cited, titled=len(part.sheets) > 1) for sheet in part.sheets),
        id=part.key,
        aria_labelledby=f"{part.key}-heading",
    )


def _drawing(answer: Answer, drawing: Drawing, land: Land | None) -> Markup:
    if drawing is Drawing.LADDER:
        return _figures((ladder_picture(answer),), "narrow")
    if drawing is Drawing.MAP:
        pictures = map_pictures(answer, land)
        if not pictures:
            return element("p", "No place of need or airport of arrival is known.")
        return joined(_figures(pictures[:-1], "panels"), _figures(pictures[-1:], "narrow"))
    if drawing is Drawing.GANTT:
        return _figures((gantt_picture(answer, linked=True),), "wide")
    if drawing is Drawing.ARRIVALS:
        return _figures(arrivals_pictures(answer), "panels")
    return Markup("")


def _figures(pictures: tuple[Picture, ...], kind: str) -> Markup:
    """Pictures that can be scrolled where the screen is narrow."""
    return element("div", *(_figure(picture) for picture in pictures), class_=f"figures {kind}")


def _figure(picture: Picture) -> Markup:
    scroll = element(
        "div", picture.on_page(), class_="scroll", role="region", tabindex="0",
        aria_label=picture.title,
    )  # fmt: skip
    return element("figure", scroll, element("figcaption", picture.title))


def _sheet(sheet: Sheet, cited: Citations, *, titled: bool) -> Markup:
    title = element("h3", sheet.title) if titled else Markup("")
    if not sheet.rows:
        return element("div", title, element("p", sheet.empty), id=sheet.key)
    note = element("p", sheet.note, class_="note") if sheet.note else Markup("")
    table = element(
        "div", _table(sheet, cited), class_="scroll", role="region", tabindex="0",
        aria_label=sheet.title,
    )  # fmt: skip
    if sheet.folded:
        told = element("summary", sheet.title)
        return element("details", told, table, note, id=sheet.key)
    return element("div", title, table, note, id=sheet.key)


def _table(sheet: Sheet, cited: Citations) -> Markup:
    heads = [
        element("th", name, scope="col", class_="figure" if i in sheet.figures else None)
        for i, name in enumerate(sheet.columns)
    ]
    rows = [
        element("tr", *(_cell(cell, i, sheet, cited) for i, cell in enumerate(cells)))
        for cells in sheet.rows
    ]
    return element(
        "table",
        element("caption", sheet.caption),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
    )


def _cell(cell: Cell, column: int, sheet: Sheet, cited: Citations) -> Markup:
    kind = "figure" if column in sheet.figures else None
    content: list[Piece] = [cell.text]
    for key in cell.sources:
        content += [Markup(" "), _citation(key, cited)]
    anchor = cell.anchor or None
    if column == 0:
        return element("th", *content, scope="row", class_=kind, id=anchor)
    return element("td", *content, class_=kind, id=anchor)


def _citation(key: str, cited: Citations) -> Markup:
    told = f"Source {cited.numbers[key]}"
    return element(
        "a", f"[{cited.numbers[key]}]", href=f"#{cited.anchor(key)}", class_="cite", aria_label=told
    )


def _sources(cited: Citations) -> Markup:
    items = []
    for source in cited.sources:
        title: Piece = source.title
        if source.url.startswith(LINKED):
            title = element("a", source.title, href=source.url, rel="noopener noreferrer")
        rest = ", ".join(part for part in (source.key, source.date) if part)
        items.append(
            element("li", title, Markup(" "), element("small", rest), id=cited.anchor(source.key))
        )
    listed = element("ol", *items) if items else element("p", "No source is named.")
    return element(
        "section", element("h2", "Sources", id="sources-heading"), listed, id="sources",
        aria_labelledby="sources-heading",
    )  # fmt: skip
