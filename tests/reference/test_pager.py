"""Fatality models."""

import subprocess
import sys
from math import erf, log, sqrt
from pathlib import Path

import pytest

from u24.errors import InvalidInput
from u24.reference.countries import list_countries
from u24.reference.pager import fatality_model, find_fatality_model

SCRIPT = Path(__file__).parents[2] / "scripts" / "reference" / "pager.py"
MODEL = (
    '<model ccode="{}" theta="11.5" fform="lognormal" beta="0.2" evalnormvalue="1.6" status="{}"/>'
)


def test_a_model_reads_as_theta_beta_zeta_and_status():
    theta, beta, zeta, status = fatality_model("TUR")

    assert (theta, beta, zeta) == (11.067352, 0.106337, 1.438822)
    assert status == "InCountry"


def test_every_country_has_a_model():
    missing = [c.iso3 for c in list_countries() if find_fatality_model(c.iso3) is None]

    assert missing == []


def test_a_country_younger_than_the_source_takes_the_model_of_a_group():
    assert fatality_model("XKX").theta == fatality_model("SRB").theta
    assert fatality_model("XKX").status == "InGroup"


def test_a_country_without_a_model_is_none_or_refused():
    assert find_fatality_model("ZZZ") is None

    with pytest.raises(InvalidInput, match="no fatality model for country 'ZZZ'"):
        fatality_model("ZZZ")


def test_stronger_shaking_kills_a_larger_share_and_never_all():
    for country in list_countries():
        theta, beta, zeta, _ = fatality_model(country.iso3)

        shares = [0.5 * (1 + erf(log(mmi / theta) / beta / sqrt(2))) for mmi in (5, 6, 7, 8, 9)]

        assert shares == sorted(shares)
        assert 0 <= shares[-1] < 1, country.iso3
        assert zeta > 0


def test_the_table_is_built_from_the_users_copy(tmp_path):
    source = tmp_path / "fatality.xml"
    models = MODEL.format("TR", "InCountry") + MODEL.format("XF", "InGroup")
    source.write_text(f'<models vstr="2.2" type="fatality">{models}</models>')

    subprocess.run([sys.executable, SCRIPT, source, "--out", tmp_path], check=True)

    lines = (tmp_path / "pager_fatality.csv").read_text().splitlines()
    assert lines[1:] == ["TR,TUR,11.5,0.2,1.6,InCountry", "XF,,11.5,0.2,1.6,InGroup"]
