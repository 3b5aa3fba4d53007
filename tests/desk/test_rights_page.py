from pathlib import Path

from u24.desk.rights_page import rights_page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rights.md"


def test_the_page_of_the_rights_is_that_of_the_table():
    assert PAGE.read_text(encoding="utf-8") == rights_page()
