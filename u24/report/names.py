"""Names people read for codes: countries, goods and teams. Unknown codes stay as they are."""

from functools import lru_cache

from u24.reference.countries import find_country
from u24.reference.goods import list_goods
from u24.reference.teams import list_teams
from u24.report.wording import plain


def country_name(code: str) -> str:
    """``Germany`` for DEU."""
    country = find_country(code)
    return country.name if country else code


def country_and_code(code: str) -> str:
    """``Germany (DEU)``; the code alone where it is not known."""
    name = country_name(code)
    return code if name == code else f"{name} ({code})"


def kind_name(kind: str) -> str:
    """The name of a kind of goods or team."""
    return _kinds().get(kind, plain(kind))


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    named = {goods.kind_id: goods.name for goods in list_goods()}
    return named | {team.kind_id: team.name for team in list_teams()}
