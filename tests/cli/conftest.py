"""A desk and a report room that answer at once, so that the door alone is tested."""

import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from tests.report import an_answer as builders
from u24.cli.main import main
from u24.domain.answer import Answer
from u24.errors import CaseErrors, InvalidInput

DOORS = ("answering", "cases", "check", "new", "picture", "plan", "replay", "reports")


@dataclass(frozen=True)
class ScenarioLine:
    name: str
    title: str
    t0_at: datetime
    lesson: str


@dataclass(frozen=True)
class Limits:
    seconds: float | None
    work: int | None
    seed: int


@dataclass
class FakeDesk:
    """Answers with ``answer``; remembers what it was asked."""

    answer: Answer
    faults: list[str] = field(default_factory=list)
    asked: list[tuple[object, Limits]] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)

    def read_case(self, folder):
        self.folders.append(folder)
        if self.faults:
            raise CaseErrors(self.faults)
        return self.answer.case

    def check_case(self, _folder):
        return self.faults

    def answer_case(self, case, *, limits, progress, changes=()):
        self.asked.append((case, limits))
        self.changes = changes
        progress("planning", 1.0, 2.0)
        return self.answer

    def list_scenarios(self):
        t0_at = datetime(2023, 2, 6, 1, 17, tzinfo=UTC)
        return (
            ScenarioLine("turkiye-2023", "Earthquakes in Türkiye", t0_at, "Airports decide"),
            ScenarioLine("nepal-2015", "Gorkha earthquake", t0_at, "One runway"),
        )

    def scenario_folder(self, name):
        names = [line.name for line in self.list_scenarios()]
        if name not in names:
            raise InvalidInput(f"there is no scenario {name!r}; try {', '.join(names)}")
        return Path("scenarios") / name

    def new_case(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "case.toml").write_text("format = 1\n")


@pytest.fixture
def desk(monkeypatch):
    """A fake desk and report room in place of the real ones, for this test only."""
    made = FakeDesk(replace(builders.an_answer(), peak_memory_mib=321.4))
    journey = ModuleType("u24.desk.answering")
    for name in ("read_case", "check_case", "answer_case", "new_case"):
        setattr(journey, name, getattr(made, name))
    journey.Limits = Limits
    scenarios = ModuleType("u24.desk.scenarios")
    scenarios.list_scenarios = made.list_scenarios
    scenarios.scenario_folder = made.scenario_folder
    report = ModuleType("u24.report")
    report.html_report = lambda answer: f"<h1>{answer.case.title}</h1>"
    report.pdf_report = lambda _answer: b"%PDF-1.7"
    monkeypatch.setitem(sys.modules, "u24.desk.answering", journey)
    monkeypatch.setitem(sys.modules, "u24.desk.scenarios", scenarios)
    monkeypatch.setitem(sys.modules, "u24.report", report)
    for name in DOORS:
        monkeypatch.delitem(sys.modules, f"u24.cli.{name}", raising=False)
    yield made
    for name in DOORS:
        sys.modules.pop(f"u24.cli.{name}", None)


@pytest.fixture
def u24(desk, tmp_path, monkeypatch):
    """Call the command in an empty folder, without the machine's colours and width."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "my-case").mkdir()

    def call(*words):
        return CliRunner().invoke(main, list(words))

    return call
