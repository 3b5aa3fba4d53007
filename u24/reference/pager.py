"""Earthquake fatality models of USGS PAGER by country.

Deaths are the sum over intensities of people exposed x Phi(ln(intensity / theta) / beta).

Source
------
Jaiswal, Wald, Hearne, "Estimating casualties for large earthquakes worldwide using an empirical
approach", USGS Open-File Report 2009-1136; coefficients of losspager's fatality.xml 2.2.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from u24.errors import InvalidInput
from u24.reference.lookup import near_matches
from u24.reference.tables import SHIPPED, Tables, read_rows

TABLE = "pager_fatality"
# Countries younger than the source take the model of the country that they were part of.
STANDS_IN = {"XKX": "SRB"}
IN_GROUP = "InGroup"


class FatalityModel(NamedTuple):
    """A lognormal fatality rate over intensity.

    ``theta`` is its median (MMI), ``beta`` its standard deviation, ``zeta`` that of
    ln(observed / modelled deaths). ``status`` is InCountry (fitted to the country's own
    earthquakes) or InGroup (to those of like countries).
    """

    theta: float
    beta: float
    zeta: float
    status: str


@lru_cache(maxsize=8)
def _models(tables: Tables) -> Mapping[str, FatalityModel]:
    models = {
        row["iso3"]: FatalityModel(row["theta"], row["beta"], row["zeta"], row["status"])
        for row in read_rows(TABLE, tables)
        if row["iso3"] is not None
    }
    for iso3, other in STANDS_IN.items():
        if iso3 not in models and other in models:
            models[iso3] = models[other]._replace(status=IN_GROUP)
    return models


def find_fatality_model(iso3: str, tables: Tables = SHIPPED) -> FatalityModel | None:
    """The model of a country (alpha-3), or None if the source has none."""
    return _models(tables).get(iso3)


def fatality_model(iso3: str, tables: Tables = SHIPPED) -> FatalityModel:
    """The model of a country (alpha-3) as (theta, beta, zeta, status).

    Raises
    ------
    InvalidInput
        The source has no model for this code.
    """
    model = find_fatality_model(iso3, tables)
    if model is None:
        hint = near_matches(iso3, _models(tables))
        raise InvalidInput(f"no fatality model for country {iso3!r}; {hint}")
    return model
