"""Airports by code and by place."""

import pytest

from u24.errors import InvalidInput
from u24.reference.airports import airports_near, find_airport, get_airport

# Codes of the relief of February 2023, from the aeronautical publications of the states.
PAIRS = """ADA LTAF, GZT LTAJ, UAB LTAG, KCM LTCN, HTY LTDA, ADF LTCP, MLX LTAT, DIY LTCC, GNY LTCS,
EZS LTCA, EIN EHEH, WAW EPWA, BUD LHBP, OTP LROP, PRG LKPR, ZRH LSZH, CGN EDDK, BHX EGBB, SOF LBSF,
PSA LIRP, CDG LFPG, DOV KDOV, RIV KRIV, GYD UBBB, KTM VNKT, PAP MTPP, WDH FYWH"""


@pytest.mark.parametrize("pair", PAIRS.split(","))
def test_iata_and_icao_code_find_the_same_airport_in_any_case(pair):
    iata, icao = pair.split()

    airport = get_airport(icao)

    assert (airport.iata, airport.icao) == (iata, icao)
    assert find_airport(f" {iata.lower()} ") == airport
    assert airport.surface == "paved"
    assert not airport.closed


def test_an_airport_without_an_iata_code_is_found_by_its_icao_code():
    airport = get_airport("lgel")

    assert airport.iata is None
    assert airport.iso3 == "GRC"


def test_an_airport_holds_metres_and_degrees():
    airport = get_airport("LTAJ")

    assert (airport.lat, airport.lon) == pytest.approx((36.947, 37.479), abs=0.005)
    assert airport.elevation_m == pytest.approx(706, abs=2)
    assert airport.length_m == pytest.approx(3000, abs=2)
    assert (airport.size, airport.iso3) == ("medium", "TUR")


def test_namibia_is_a_country_and_not_an_empty_cell():
    assert get_airport("WDH").iso3 == "NAM"


def test_an_unknown_code_is_none_or_refused_with_near_matches():
    assert find_airport("XQQX") is None

    with pytest.raises(InvalidInput, match=r"airport is 'LTAFF'.*near matches: LTAF"):
        get_airport("LTAFF")


def test_airports_near_a_place_come_nearest_first_and_within_the_distance():
    found = airports_near(36.2, 36.16, 200)

    assert found[0][1].icao == "LTDA"
    assert [km for km, _ in found] == sorted(km for km, _ in found)
    assert found[-1][0] <= 200
    assert {"LTAF", "LTAG", "LTAJ"} <= {airport.icao for _, airport in found}


def test_a_closed_airport_is_found_by_code_but_not_offered_near_a_place():
    closed = get_airport("OERY")  # the old air base of Riyadh

    near = airports_near(closed.lat, closed.lon, 5)

    assert closed.closed
    assert closed not in [airport for _, airport in near]


def test_a_position_off_the_globe_is_refused():
    with pytest.raises(InvalidInput, match="position is 95, 10"):
        airports_near(95, 10, 50)
