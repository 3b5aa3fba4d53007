"""``u24 replay``: answer a case from history."""

from typing import Any

import click

from u24.cli.answering import Wishes, answer_and_show
from u24.cli.options import answering_options
from u24.desk.scenarios import scenario_folder


@click.command()
@click.argument("name")
@answering_options
def replay(name: str, **wishes: Any) -> None:
    """Answer the case NAME from history, beside what really arrived.

    Example:  u24 replay turkiye-2023
    """
    answer_and_show(scenario_folder(name), Wishes(**wishes))
