"""Set up ``.venv``: packages, the package in place, the compiled planner.

Use: ``python3 scripts/setup.py run`` or ``dev``. A step that is done and whose inputs
have not changed is left out, so that a second call takes no time. Needs only Python.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
TERMINAL = sys.stdout.isatty()
SILENT_S = 5.0  # without a terminal, a long step says every so often that it is alive


@dataclass(frozen=True)
class Step:
    """One step; it is done again when a file of ``inputs`` changes."""

    name: str
    title: str
    command: tuple[str, ...]
    inputs: tuple[Path, ...]
    expected_lines: int = 0  # lines that begin with COUNTED, for the bar
    speaks: bool = False  # shows its own progress

    @property
    def stamp(self) -> Path:
        """Where the digest of the inputs is kept once the step is done."""
        return VENV / f".done-{self.name}"

    def digest(self) -> str:
        """One text for the inputs and the Python in use."""
        made = hashlib.sha256(sys.version.encode())
        for path in self.inputs:
            made.update(path.name.encode() + b"\0" + path.read_bytes())
        return made.hexdigest()

    def is_done(self) -> bool:
        """Whether nothing has changed since the step was done."""
        return self.stamp.exists() and self.stamp.read_text() == self.digest()


# Without --no-compile, half of the time would go into files that are never loaded.
PIP = (str(PYTHON), "-m", "pip", "install", "--no-input", "--no-compile", "--progress-bar=off")
COUNTED = ("Collecting ", "Requirement already satisfied", "Ignoring ")


def list_steps(kind: str) -> list[Step]:
    """The steps in order; ``kind`` is run or dev, and dev holds all that run holds."""
    if kind == "run" and _packages("dev").is_done():
        kind = "dev"
    kernels = sorted((ROOT / "u24" / "planning" / "kernels").glob("*.py"))
    return [
        Step(
            name="venv",
            title="Python environment",
            command=(sys.executable, "-m", "venv", *_clear_if_other_python(), str(VENV)),
            inputs=(),
        ),
        _packages(kind),
        Step(
            name="u24",
            title="u24 in place",
            command=(*PIP, "--no-deps", "--no-build-isolation", "-e", str(ROOT)),
            inputs=(ROOT / "pyproject.toml",),
        ),
        Step(
            name="compiled",
            title="compile the planner (once)",
            command=(str(PYTHON), "-m", "u24.cli.warm_up"),
            inputs=tuple(kernels),
            speaks=True,
        ),
    ]


def _packages(kind: str) -> Step:
    pins = ROOT / "requirements" / f"{kind}.txt"
    return Step(
        name=f"packages-{kind}",
        title=f"packages of requirements/{kind}.txt",
        command=(*PIP, "--require-hashes", "-r", str(pins)),
        inputs=(pins,),
        expected_lines=sum("==" in line for line in pins.read_text().splitlines()),
    )


def _clear_if_other_python() -> Iterable[str]:
    config = VENV / "pyvenv.cfg"
    this = f"version = {sys.version_info[0]}.{sys.version_info[1]}."
    return ("--clear",) if config.exists() and this not in config.read_text() else ()


def run(step: Step, label: str) -> None:
    """Run one step with a line of progress; on failure show all it said and end."""
    begun_s = time.monotonic()
    print(f"{label} {step.title} ...", flush=True)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if step.speaks:
        status = subprocess.run(step.command, cwd=ROOT, env=environment, check=False).returncode
        said: list[str] = []
    else:
        said, status = _follow(step, label, environment)
    if status:
        print("\n".join(said), file=sys.stderr)
        sys.exit(f"set-up: {step.title} failed; what it said stands above")
    step.stamp.write_text(step.digest())
    print(f"{label} {step.title}: done in {time.monotonic() - begun_s:.0f} s", flush=True)


def _follow(step: Step, label: str, environment: dict[str, str]) -> tuple[list[str], int]:
    """Run a step that is silent itself, and show from time to time how far it is."""
    said: list[str] = []
    with subprocess.Popen(
        step.command,
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        reader = Thread(target=_read, args=(process, said))
        reader.start()
        begun_s = spoke_s = time.monotonic()
        while reader.is_alive():
            reader.join(0.2)
            now_s = time.monotonic()
            if now_s - spoke_s >= (0.2 if TERMINAL else SILENT_S):
                spoke_s = now_s
                _show(step, label, said, now_s - begun_s)
    if TERMINAL:
        print("\r\x1b[K", end="", flush=True)
    return said, process.returncode


def _read(process: "subprocess.Popen[str]", said: list[str]) -> None:
    for line in process.stdout or ():
        said.append(line.rstrip())  # noqa: PERF401 - each line must be seen at once


def _show(step: Step, label: str, said: list[str], elapsed_s: float) -> None:
    counted = min(sum(line.startswith(COUNTED) for line in said), step.expected_lines)
    told = [line for line in said if not line.startswith("WARNING")]
    last = told[-1].strip().split(" (")[0] if told else ""
    of = f"{counted} of {step.expected_lines}, " if step.expected_lines else ""
    text = f"{label} {elapsed_s:.0f} s, {of}{last}"[:78].rstrip(", ")
    print(f"\r\x1b[K{text}" if TERMINAL else text, end="" if TERMINAL else "\n", flush=True)


def main() -> None:
    """Do what is not done."""
    kind = sys.argv[1] if len(sys.argv) == 2 else ""
    if kind not in ("run", "dev"):
        sys.exit(f"set-up: kind is {kind!r}; it must be run or dev")
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"set-up: Python is {found}; it must be 3.11 or newer (make PYTHON=python3.11)")
    steps = list_steps(kind)
    for number, step in enumerate(steps, 1):
        if not step.is_done():
            run(step, f"set-up {number}/{len(steps)}")


if __name__ == "__main__":
    main()
