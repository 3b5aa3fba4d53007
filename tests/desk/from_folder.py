"""A case folder as the commands by which people would have said the same to the desk."""

from u24.domain.case import Case
from u24.domain.commands.cases import DescribeCase, OpenCase
from u24.domain.commands.command import Command
from u24.domain.commands.decisions import GiveConsent, TakePosition
from u24.domain.commands.requests import MakeOffer, StateRequest


def opening_of(case: Case) -> OpenCase:
    """The command that opens the case; the rest names the call sign that it gives."""
    return OpenCase(
        title=case.title,
        hazard=case.hazard,
        host=case.host,
        t0_at=case.t0_at,
        horizon_h=case.horizon_h,
        estimate_needs=case.estimate_needs,
        summary=case.summary,
    )


def description_of(case: Case, case_id: str) -> DescribeCase:
    """The command that says what is known of the ground."""
    return DescribeCase(
        case_id=case_id,
        places=case.places,
        shocks=case.shocks,
        airports=case.airports,
        roads=case.roads,
        sources=case.sources,
        why="as the folder says",
    )


def request_of(case: Case, case_id: str) -> StateRequest:
    """The host's request: every need of the folder."""
    return StateRequest(case_id=case_id, request_id="req_folder", needs=case.needs)


def consents_of(case: Case, case_id: str) -> list[GiveConsent]:
    """The host's consents in the order of the folder, as later ones outweigh."""
    return [
        GiveConsent(case_id=case_id, consent_id=f"con_{number:02d}", consent=consent)
        for number, consent in enumerate(case.consents, 1)
    ]


def offers_of(case: Case, case_id: str) -> list[MakeOffer]:
    """One offer a member, in the order of the alphabet."""
    members = sorted({lot.member for lot in case.lots} | {v.member for v in case.vehicles})
    return [
        MakeOffer(
            case_id=case_id,
            member=member,
            offer_id=f"off_{member.lower()}",
            lots=tuple(lot for lot in case.lots if lot.member == member),
            vehicles=tuple(v for v in case.vehicles if v.member == member),
        )
        for member in members
    ]


def positions_of(case: Case, case_id: str) -> list[TakePosition]:
    """The members' positions in the order of the folder."""
    return [TakePosition(case_id=case_id, position=position) for position in case.positions]


def commands_of(case: Case, case_id: str) -> list[Command]:
    """Everything but the opening, in an order that one officer could say it in."""
    said: list[Command] = [description_of(case, case_id)]
    if case.needs:
        said.append(request_of(case, case_id))
    said += consents_of(case, case_id)
    said += offers_of(case, case_id)
    said += positions_of(case, case_id)
    return said
