"""Country codes: alpha-2 to alpha-3, Kosovo included."""

import pycountry

KOSOVO = {"XK": "XKX"}  # user-assigned, as the EU and the World Bank write it


def find_iso3(iso2: str) -> str | None:
    """ISO 3166-1 alpha-3, or None for a code that is not in the standard."""
    country = pycountry.countries.get(alpha_2=iso2)
    return KOSOVO.get(iso2) if country is None else str(country.alpha_3)


def iso3_of(iso2: str) -> str:
    """ISO 3166-1 alpha-3; XKX for Kosovo."""
    iso3 = find_iso3(iso2)
    if iso3 is None:
        raise SystemExit(f"country is {iso2!r}; it must be ISO 3166-1 alpha-2, or XK")
    return iso3
