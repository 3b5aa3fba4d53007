"""Run once by set-up: ``python -m u24.cli.warm_up`` compiles the planner, with progress."""

from u24.cli.progress import watching
from u24.planning import warm_up


def main() -> None:
    """Compile whatever is not compiled yet."""
    with watching() as progress:
        warm_up(progress)


if __name__ == "__main__":
    main()
