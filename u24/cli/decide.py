"""``u24 decide``: what may be done in a case, what bars the rest, and who can lift it."""

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from u24.cli.decisions import Telling, show_decided
from u24.cli.faults import plain, write_bytes
from u24.cli.options import folder_argument, idle_seconds_option, json_option, what_if_option
from u24.desk.answering import read_case
from u24.desk.deciding import decide_case
from u24.wire.answer import document_json
from u24.wire.decisions import decided_document


def _moment(_: click.Context, __: click.Parameter, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            f"{text!r} is no moment; give one like 2022-03-16T12:00Z"
        ) from None


@click.command()
@folder_argument
@what_if_option
@click.option(
    "--at", callback=_moment, metavar="MOMENT",
    help="As things stood then, UTC; words of later do not count.  [default: all on record]",
)  # fmt: skip
@click.option("--all", "with_all", is_flag=True, help="Tell every reason, however many.")
@json_option
@idle_seconds_option
def decide(
    folder: Path, changes: tuple[str, ...], at: datetime | None, with_all: bool, as_json: bool
) -> None:
    """Judge what may be done in the case in FOLDER: proposals, offers, alternatives.

    Every verdict tells what bars it, who can lift that, and by when; and which single
    change would turn it.

    Example:  u24 decide scenarios/ukraine-2022 --what-if host-request=true
    """
    case = read_case(folder)
    decided = decide_case(case, at=at, changes=changes)
    if as_json:
        write_bytes(document_json(decided_document(decided)))
        return
    console = Console(highlight=False)
    known = "all on record" if at is None else f"as known at {at:%Y-%m-%d %H:%MZ}"
    console.print(Text(plain(f"{case.title}: may we? ({known})")))
    if changes:
        console.print(Text(plain(f"Supposed: {', '.join(changes)}")))
    console.print()
    telling = Telling.ALL_REASONS if with_all else Telling.ALL_OFFERS
    show_decided(console, case, decided, telling)
