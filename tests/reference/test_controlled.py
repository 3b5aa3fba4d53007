"""The controlled goods: what they are for, and on which list they stand."""

import pytest

from u24.domain.gates import Control
from u24.errors import InvalidInput
from u24.reference.controlled import (
    find_controlled_kind,
    get_controlled_kind,
    list_controlled_kinds,
)
from u24.reference.countries import find_country
from u24.reference.goods import list_goods
from u24.reference.tables import SHIPPED
from u24.reference.teams import list_teams

HEADER = "kind,name,control,capability,crew_family,maker,list_category,source,note"
KINDS = list_controlled_kinds()


def test_what_ukraine_asked_for_in_2022_and_is_controlled_is_known():
    asked = {
        "air_defence_s300": ("air_defence_long_range", Control.MILITARY),
        "fighter_mig29": ("fighter_aircraft", Control.MILITARY),
        "cbrn_recon_vehicle": ("cbrn_reconnaissance", Control.DUAL_USE),
        "cbrn_suit": ("cbrn_protection", Control.DUAL_USE),
        "eod_search_device": ("ordnance_search", Control.DUAL_USE),
    }

    known = {kind: get_controlled_kind(kind) for kind in asked}

    assert {kind: (row.capability, row.control) for kind, row in known.items()} == asked


def test_what_is_military_stands_on_the_military_list_and_the_rest_on_the_dual_use_list():
    wrong = [
        row.kind
        for row in KINDS
        if row.list_category.startswith("ML") is not (row.control is Control.MILITARY)
        or row.list_category not in row.source
    ]

    assert wrong == []


def test_every_maker_is_a_country():
    assert [row.kind for row in KINDS if row.maker and find_country(row.maker) is None] == []


def test_a_controlled_kind_is_no_kind_of_relief_goods_or_team():
    relief = {row.kind_id for row in list_goods()} | {row.kind_id for row in list_teams()}

    assert relief & {row.kind for row in KINDS} == set()


def test_relief_goods_are_not_controlled():
    assert find_controlled_kind("blanket") is None


def test_a_kind_that_is_not_there_is_answered_with_near_ones():
    with pytest.raises(InvalidInput, match="kind is 'cbrn_suits'; near matches: cbrn_suit"):
        get_controlled_kind("cbrn_suits")


def test_kinds_of_the_users_own_are_read_and_an_empty_cell_is_an_empty_word(tmp_path):
    path = tmp_path / "mine.add.csv"
    row = "siren,Siren,dual_use,warning,,,9A999,A list,"
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")

    mine = SHIPPED.with_override("controlled_kinds", path)

    siren = get_controlled_kind("siren", mine)
    assert (siren.crew_family, siren.maker, siren.control) == ("", "", Control.DUAL_USE)
    assert len(list_controlled_kinds(mine)) == len(KINDS) + 1
    assert find_controlled_kind("siren") is None
