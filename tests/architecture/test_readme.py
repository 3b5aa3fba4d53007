"""What README.md promises is run as it stands there."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs_as_printed():
    [example] = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)

    done = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "of the weighted need met by T+24" in done.stdout


def test_every_link_of_the_front_pages_leads_somewhere():
    pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/reference/cli.md"]
    missing = [
        f"{page}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8"))
        if "://" not in target and not ((ROOT / page).parent / target).exists()
    ]

    assert missing == []


def test_architecture_fits_on_two_screens():
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")

    assert len(page.splitlines()) <= 100
