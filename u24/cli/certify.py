"""``u24 certify``: whether a plan and its proven bound are what its document says."""

from dataclasses import asdict
from pathlib import Path

import click

from u24.cli.faults import VIOLATIONS, plain, write_bytes
from u24.cli.options import folder_argument, json_option
from u24.cli.progress import watching
from u24.desk.certifying import certify_plan
from u24.domain.certificate import Certified
from u24.wire.answer import document_json


@click.command()
@click.argument("plan", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@folder_argument
@json_option
def certify(plan: Path, folder: Path, as_json: bool) -> None:
    """Compute plan and bound of PLAN anew, from the case in FOLDER.

    PLAN is the document that u24 plan FOLDER --json printed; u24 replay NAME --json
    prints one too. The bound is computed from the case and the prices in the
    document alone, by other code than the planner's.

    Exit codes: 0 holds, 2 bad input, 3 does not hold.

    Example:  u24 certify plan.json my-case
    """
    with watching() as progress:
        certified = certify_plan(plan.read_bytes(), str(plan), folder, progress)
    if as_json:
        write_bytes(document_json(_document(plan, folder, certified)))
    else:
        click.echo("\n".join(_lines(plan, certified)))
    if not certified.holds:
        raise SystemExit(VIOLATIONS)


def _document(plan: Path, folder: Path, certified: Certified) -> dict[str, object]:
    return {
        "format": 1,
        "plan": str(plan),
        "folder": str(folder),
        "holds": certified.holds,
        "claimed": {
            "met_share": certified.claim.met_share,
            "bound_share": certified.claim.bound_share,
        },
        "recomputed": {
            "met_share": certified.met_share,
            "bound_share": certified.bound_share,
            "of_possible_share": certified.of_possible_share,
        },
        "prices_sha256": certified.prices_sha256,
        "violations": [asdict(broken) for broken in certified.violations],
        "faults": list(certified.faults),
    }


def _lines(plan: Path, certified: Certified) -> list[str]:
    claim = certified.claim
    lines = [f"{plan}: {'holds' if certified.holds else 'DOES NOT HOLD'}"]
    lines += [f"  {plain(fault)}" for fault in certified.faults]
    lines += [
        f"  rule broken: {broken.rule} at {plain(broken.where)}: {plain(broken.text)}"
        for broken in certified.violations
    ]
    lines += [
        "                 claimed         computed anew",
        f"met by T+24      {_percent(claim.met_share)}   {_percent(certified.met_share)}",
        f"proven bound     {_percent(claim.bound_share)}   {_percent(certified.bound_share)}",
    ]
    if certified.of_possible_share is not None:
        lines.append(f"So the plan meets {_percent(certified.of_possible_share).strip()} of what "
                     "was possible, at least.")  # fmt: skip
    lines.append(f"prices {certified.prices_sha256}")
    return lines


def _percent(share: float | None) -> str:
    return "      not told" if share is None else f"{100 * share:12.7f} %"
