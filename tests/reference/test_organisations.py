"""Members by day, and the people that EU members stand for."""

from datetime import date

import pytest

from u24.errors import InvalidInput
from u24.reference.countries import find_country
from u24.reference.organisations import (
    ORGANISATIONS,
    electors_of,
    is_organisation,
    population_year,
)
from u24.reference.sources import list_sources
from u24.reference.tables import SHIPPED, read_rows


def members(body, on):
    return {elector.member for elector in electors_of(body, date.fromisoformat(on))}


@pytest.mark.parametrize(
    ("body", "on", "count"),
    [
        ("NATO", "2003-02-10", 19),
        ("NATO", "2022-03-15", 30),
        ("NATO", "2023-04-03", 30),
        ("NATO", "2023-04-04", 31),
        ("NATO", "2024-03-06", 31),
        ("NATO", "2024-03-07", 32),
        ("EU", "1985-06-29", 10),
        ("EU", "2008-02-04", 27),
        ("EU", "2015-09-22", 28),
        ("EU", "2020-01-31", 28),
        ("EU", "2020-02-01", 27),
        ("UN", "2011-07-13", 192),
        ("UN", "2022-03-02", 193),
        *[("UNSC", f"{year}-07-01", 15) for year in range(2011, 2027)],
    ],
)
def test_an_organisation_has_the_members_of_the_day(body, on, count):
    assert len(members(body, on)) == count


@pytest.mark.parametrize(
    ("on", "elected"),
    [
        ("2021-12-31", "EST IND IRL KEN MEX NER NOR TUN VCT VNM"),
        ("2022-02-25", "ALB ARE BRA GAB GHA IND IRL KEN MEX NOR"),
        ("2023-01-01", "ALB ARE BRA CHE ECU GAB GHA JPN MLT MOZ"),
        ("2011-03-17", "BIH BRA COL DEU GAB IND LBN NGA PRT ZAF"),
    ],
)
def test_the_security_council_has_five_permanent_and_ten_elected_members(on, elected):
    assert members("UNSC", on) == {"CHN", "FRA", "GBR", "RUS", "USA", *elected.split()}


def test_every_member_is_a_country_and_every_source_is_known():
    known = {source.source_id for source in list_sources()}
    rows = [*read_rows("organisations", SHIPPED), *read_rows("eu_population", SHIPPED)]

    assert [row["iso3"] for row in rows if find_country(row["iso3"]) is None] == []
    assert {source for row in rows for source in row["sources"]} <= known


def test_electors_stand_in_order_of_code_and_only_those_of_the_eu_with_people():
    eu, nato = (electors_of(body, date(2022, 3, 15)) for body in ("EU", "NATO"))

    assert [e.member for e in eu] == sorted(e.member for e in eu)
    assert {e.member: e.population for e in eu}["DEU"] == 83_120_520
    assert {e.population for e in nato} == {None}


@pytest.mark.parametrize(
    ("on", "year"),
    [
        ("2008-02-04", 2016),
        ("2015-09-22", 2016),
        ("2020-01-31", 2016),
        ("2021-06-01", 2016),
        ("2022-01-01", 2022),
        ("2024-12-31", 2022),
        ("2026-11-22", 2025),
    ],
)
def test_the_people_are_those_of_the_last_list_that_knows_all_members_else_of_the_first(on, year):
    assert population_year(date.fromisoformat(on)) == year


def test_the_lists_of_people_add_up_to_what_the_council_published():
    total = {
        year: sum(r["population"] for r in read_rows("eu_population", SHIPPED) if r["year"] == year)
        for year in (2016, 2022, 2025)
    }
    shares = {
        year: round(
            sum(
                r["share_percent"] or 0
                for r in read_rows("eu_population", SHIPPED)
                if r["year"] == year
            ),
            2,
        )
        for year in (2016, 2022, 2025)
    }

    assert shares == {2016: 100.01, 2022: 0, 2025: 100.01}
    assert abs(total[2016] - 508_940_955) < 508_940_955 // 5000
    assert abs(total[2025] - 451_028_881) < 451_028_881 // 5000
    assert total[2022] == 447_559_291


def test_six_members_of_a_vote_of_2022_have_the_share_that_was_reported():
    people = {e.member: e.population for e in electors_of("EU", date(2022, 10, 14))}
    six = sum(people[member] for member in ("DEU", "FRA", "SVN", "HRV", "LUX", "MLT"))

    assert six * 10_000 // sum(people.values()) == 3527


def test_a_user_may_bring_other_members_and_other_people(tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "body,iso3,from_on,until_on,permanent,sources\nEU,FRA,,,no,\nEU,UKR,2030-01-01,,no,\n"
    )
    people = tmp_path / "people.csv"
    people.write_text(
        "iso3,year,from_on,population,share_percent,sources\nFRA,2030,2030-01-01,7,,\n"
    )
    tables = SHIPPED.with_override("organisations", mine).with_override("eu_population", people)

    before = electors_of("EU", date(2029, 12, 31), tables)
    after = electors_of("EU", date(2030, 1, 1), tables)

    assert [(e.member, e.population) for e in before] == [("FRA", 7)]
    assert [(e.member, e.population) for e in after] == [("FRA", None), ("UKR", None)]
    assert population_year(date(2030, 1, 1), tables) is None


def test_an_organisation_is_known_or_refused_with_the_known_ones():
    assert all(is_organisation(body) for body in ORGANISATIONS)
    assert not is_organisation("XAA")

    with pytest.raises(InvalidInput, match=r"organisation is 'AU'; .* one of EU, NATO, UN, UNSC"):
        electors_of("AU", date(2022, 1, 1))


@pytest.mark.parametrize(
    ("body", "on", "told"),
    [
        ("UNSC", "2010-12-31", "known from 2011-01-01 until before 2027-01-01"),
        ("UNSC", "2027-01-01", "UNSC are asked for 2027-01-01"),
        ("UN", "1999-01-01", "known from 2000-11-01$"),
    ],
)
def test_a_day_for_which_the_members_are_not_known_is_refused(body, on, told):
    with pytest.raises(InvalidInput, match=told):
        electors_of(body, date.fromisoformat(on))


def test_a_day_that_cannot_be_is_refused_with_its_row(tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("body,iso3,from_on,until_on,permanent,sources\nEU,FRA,2030-02-30,,no,\n")
    tables = SHIPPED.with_override("organisations", mine)

    with pytest.raises(InvalidInput, match="row EU FRA, column from_on: found '2030-02-30'"):
        electors_of("EU", date(2029, 1, 1), tables)
