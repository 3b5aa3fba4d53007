"""Write docs/reference/case-folder.md from the schema of the case folder."""

from pathlib import Path

from u24.intake.case_folder import case_folder_page

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "case-folder.md"

if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(case_folder_page(), encoding="utf-8")
    print(f"written: {PAGE}")
