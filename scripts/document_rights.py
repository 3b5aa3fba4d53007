"""Write docs/reference/rights.md from the table of rights."""

from pathlib import Path

from u24.desk.rights_page import rights_page

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "rights.md"

if __name__ == "__main__":
    PAGE.write_text(rights_page(), encoding="utf-8")
    print(f"written: {PAGE}")
