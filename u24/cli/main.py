"""The ``u24`` command. One file per command; each is loaded only when it is called."""

import importlib

import click

from u24.cli.faults import BAD_INPUT, TAMPERED, tell
from u24.errors import Tampered, U24Error

COMMANDS = {
    "plan": "answer the case in a folder",
    "replay": "answer a case from history and compare",
    "certify": "compute a plan's proven bound anew, by other code",
    "cases": "list the cases that come with U24",
    "decide": "judge what may be done, what bars the rest, who can lift it",
    "new": "start a case folder to fill in",
    "check": "find every fault of a case folder",
    "begin": "start a desk: its ledger, its key, its administrator",
    "ask": "ask the desk for something: open a case, offer, accept, plan ...",
    "status": "show what stands: every case, or one",
    "watch": "do what is due: deadlines, alarms, proposals",
    "kpi": "show how long help takes, from alert to hand-over",
    "table": "write or read a request or offer table",
    "sheet": "write what stands as CSV or XLSX: needs, offers, arrivals, board, KPI",
    "mail": "send the briefs that are due, act on replies",
    "key": "make your signing key and register it",
    "export": "write the whole record with its proofs",
    "restore": "make a lost ledger anew from an export",
    "bundle": "write a case for another desk",
    "take-in": "take in another desk's case",
    "verify": "check every entry and signature of a record",
    "prove": "write a proof that an entry stands on record",
    "bench": "measure the planner beside its rivals",
}

# Commands that share a file.
MODULES = {"export": "carry", "restore": "carry", "bundle": "carry", "take-in": "carry"}


class Doors(click.Group):
    """Loads a command when it is called, and turns bad input into exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are explained."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command ``name``, or None."""
        if name not in COMMANDS:
            return None
        command = getattr(
            importlib.import_module(f"u24.cli.{MODULES.get(name, name)}"), name.replace("-", "_")
        )
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember whether JSON is wanted, so that faults come as JSON too."""
        ctx.meta["u24.json"] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; bad input is told fault by fault."""
        as_json = bool(ctx.meta["u24.json"])
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if as_json:
                tell([error.format_message()], as_json=True, on_screen=False)
            raise
        except U24Error as error:
            tell(getattr(error, "messages", None) or [str(error)], as_json=as_json)
            ctx.exit(TAMPERED if isinstance(error, Tampered) else BAD_INPUT)


def _show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - slow, and seldom asked

        click.echo(f"u24 {version('u24')}")
        ctx.exit()


@click.group(cls=Doors, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version,
    help="Show the version and leave.",
)  # fmt: skip
def main() -> None:
    """Plan help that is on the ground within 24 hours.

    Exit codes: 0 answered, 1 unexpected, 2 bad input, 3 the plan breaks a rule or
    its bound does not hold, or the record is tampered with, 4 refused.

    Example:  u24 replay turkiye-2023
    """
