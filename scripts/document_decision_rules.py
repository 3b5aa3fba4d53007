"""Write docs/reference/decision-rules.md from the decision rules."""

from pathlib import Path

from u24.consent.rules.page import rules_page

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "decision-rules.md"

if __name__ == "__main__":
    PAGE.write_text(rules_page(), encoding="utf-8")
    print(f"written: {PAGE}")
