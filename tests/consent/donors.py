"""Donors that wait for a replacement, and offers that may be one."""

from tests.builders import (
    a_case,
    a_lot,
    a_reason,
    a_verdict,
    some_caveats,
)
from u24.consent.replacements import replacements
from u24.domain.consent import Permission

S300, PATRIOT, SAMP_T = "air_defence_s300", "air_defence_patriot", "air_defence_samp_t"
MIG29, F16 = "fighter_mig29", "fighter_f16"
HOST_NO = a_reason("host-consent", leaves=Permission.NO)


def an_s300(lot_id="svk-s300", wanted=PATRIOT, **values):
    return a_lot(
        lot_id,
        **{
            "member": "SVK",
            "kind": S300,
            "caveats": some_caveats(f"once_replaced:{wanted}"),
            **values,
        },
    )


def a_patriot(lot_id="deu-patriot", **values):
    return a_lot(lot_id, **{"member": "DEU", "kind": PATRIOT, **values})


def of_lots(*lots, bars=None, **values):
    """The replacements in a case of these lots; ``bars`` are reasons by lot id."""
    case = a_case(lots=lots, **{"needs": (), **values})
    given_ = {
        lot.lot_id: a_verdict(reasons=tuple((bars or {}).get(lot.lot_id, ()))) for lot in lots
    }
    return case, replacements(case, given_)


def only(found):
    ((one,)) = found[1] if isinstance(found, tuple) and len(found) == 2 else found
    return one
