import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.report.a_case import a_case, a_need, a_problem
from tests.report.a_large_answer import a_large_answer
from tests.report.an_answer import a_violation, an_answer, the_score
from u24.domain.answer import Answer, Planned
from u24.domain.figures import Basis, Source
from u24.domain.grounds import count_grounds
from u24.domain.plan import Plan
from u24.report import html_report, map_svg

HOSTILE = "<script>alert(1)</script>\"'&]]>\x00"


@pytest.fixture(scope="module")
def page() -> str:
    return html_report(an_answer())


def the_svgs(page: str) -> list[ET.Element]:
    found = re.findall(r"<svg xmlns.*?</svg>(?=</div>)", page, flags=re.DOTALL)
    return [ET.fromstring(svg) for svg in found]


def anchors(page: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', page)


def an_empty_answer() -> Answer:
    nothing = dict.fromkeys(("places", "airports", "roads", "consents", "sources"), ())
    return Answer(
        case=a_case(exercise=False, summary="", **nothing),
        needs=(),
        problem=a_problem(sites=(), needs=()),
        planned=Planned(plan=Plan(), score=the_score()),
        violations=(),
    )


def test_every_need_is_on_the_board(page):
    board = page[page.index('id="board"') : page.index('id="map-section"')]

    for need in an_answer().needs:
        assert need.need_id in board


def test_the_big_line_rounds_down_and_says_at_least(page):
    line = "83 % of the weighted need met by T+24; at least 96 % of what was possible"

    assert line in page


def test_a_plan_with_violations_is_not_praised():
    page = html_report(an_answer(violations=(a_violation(),)))

    assert "Not a valid plan" in page
    assert "at least 96 %" not in page
    assert "16,000 kg on a leg that allows 15,000 kg" in page


def test_every_link_into_the_page_has_its_anchor(page):
    links = re.findall(r'href="#([^"]+)"', page)

    assert {"source-1", "source-2", "source-3", "vehicle-1", "board-section"} <= set(links)
    assert set(links) <= set(anchors(page))


def test_anchors_are_told_apart():
    found = anchors(html_report(a_large_answer()))

    assert len(found) == len(set(found))


def test_a_source_that_only_a_row_names_is_listed_too(page):
    sources = page[page.index('id="sources"') :]

    assert "Sphere shelter standard 3" in sources


def test_what_a_description_refers_to_is_on_the_page(page):
    named = re.findall(r'aria-labelledby="([^"]+)"', page)

    assert named
    assert {name for names in named for name in names.split()} <= set(anchors(page))


def test_every_picture_is_xml_with_a_title_and_a_description(page):
    pictures = the_svgs(page)

    assert len(pictures) == 8
    for picture in pictures:
        assert picture.find("{*}title").text
        assert picture.find("{*}desc").text


def test_the_page_asks_nobody_for_anything(page):
    for loads in ("<script", "<link", "<img", "<iframe", "src=", "@import", "url(http", "url(//"):
        assert loads not in page
    outward = set(re.findall(r'(\w+)="https?://', page))
    assert outward <= {"href", "xmlns"}
    before_the_sources = page[: page.index('id="sources"')]
    assert 'href="http' not in before_the_sources


def test_hostile_texts_stay_texts():
    need = a_need(f"n{HOSTILE}")
    case = a_case(
        title=HOSTILE,
        summary=HOSTILE,
        case_id=HOSTILE,
        host=HOSTILE,
        sources=(Source(key=HOSTILE, title=HOSTILE, url="javascript:alert(1)", date=HOSTILE),),
    )
    answer = an_answer(case=case, violations=(a_violation(),))
    answer = replace(answer, needs=(*answer.needs, need))

    page = html_report(answer)

    assert "<script" not in page
    assert "\x00" not in page
    assert "&lt;script&gt;" in page
    assert 'href="javascript' not in page
    assert len(the_svgs(page)) == 8


def test_equal_answers_give_equal_pages_however_long_they_took():
    assert html_report(an_answer(elapsed_s=1.0)) == html_report(
        an_answer(elapsed_s=9.0, peak_memory_mib=500.0)
    )


def test_the_unknown_is_a_dash_and_never_zero(page):
    row = page[page.index("Unknown team") :]
    row = row[: row.index("</tr>")]

    assert row.count(">—<") == 7
    assert ">0" not in row


def test_an_exercise_and_a_replay_are_stamped(page):
    real = html_report(an_answer(case=a_case(exercise=False)))

    assert '<p class="stamp">EXERCISE</p><p class="stamp">REPLAY</p>' in page
    assert 'class="stamp"' not in real


def test_facts_and_assumptions_are_counted_apart(page):
    found = count_grounds(an_answer())

    assert (found[Basis.FACT], found[Basis.STATED]) == (3, 11)
    assert (found[Basis.ESTIMATED], found[Basis.ASSUMED]) == (2, 12)
    assert "14 facts (3 from sources, 11 stated by the host or a member), 2 estimates" in page
    assert "12 assumptions" in page


def test_the_tables_used_are_named_with_their_version_and_checksum(page):
    tables = page[page.index('id="tables"') :]

    assert "2024-05" in tables
    assert "ab" * 32 in tables


def test_tables_have_a_caption_and_scopes(page):
    tables = re.findall(r"<table>.*?</table>", page, flags=re.DOTALL)

    assert len(tables) == 18
    for table in tables:
        assert "<caption>" in table
        assert 'scope="col"' in table
        assert 'scope="row"' in table


def test_a_picture_with_links_does_not_hide_them(page):
    for picture in the_svgs(page):
        has_links = picture.find(".//{*}a") is not None
        assert picture.get("role") == ("group" if has_links else "img")


def test_headings_skip_no_level(page):
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_case_of_which_nothing_is_known_still_gives_a_page():
    page = html_report(an_empty_answer())

    assert "No needs are known." in page
    assert "No place of need or airport of arrival is known." in page
    assert "What really arrived" not in page
    assert map_svg(an_empty_answer()) == ""


def test_the_page_says_its_language_and_lets_one_skip_to_the_report(page):
    assert '<html lang="en">' in page
    assert 'href="#report" class="skip"' in page
    assert '<main id="report" tabindex="-1">' in page.replace("'", '"')


def test_every_row_that_the_plan_was_given_shows_its_basis_and_its_source(page):
    given = page[page.index('id="given"') : page.index('id="trust"')]

    for row in (*an_answer().case.lots, *an_answer().case.vehicles):
        name = getattr(row, "lot_id", None) or row.vehicle_id
        assert f">{name}<" in given
    offer = given[given.index(">rou-usar<") :]
    assert '<td>stated <a href="#source-1"' in offer[: offer.index("</tr>")]
