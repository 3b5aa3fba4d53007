"""``u24 plan``: answer the case in a folder."""

from pathlib import Path
from typing import Any

import click

from u24.cli.answering import Wishes, answer_and_show
from u24.cli.options import answering_options, folder_argument


@click.command()
@folder_argument
@answering_options
def plan(folder: Path, **wishes: Any) -> None:
    """Answer the case in FOLDER: what arrives by T+24, what is short, what would help.

    Example:  u24 plan my-case --seconds 10
    """
    answer_and_show(folder, Wishes(**wishes))
