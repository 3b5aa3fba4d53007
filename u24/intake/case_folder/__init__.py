"""The case folder: a case as plain files that spreadsheets can edit.

Takes a folder, gives a case or every fault of the folder. ``schema.py`` declares the
files and columns; the reader, the template and the reference page are made from it.
"""

from u24.intake.case_folder.page import case_folder_page
from u24.intake.case_folder.read import check_case, find_tables, read_case
from u24.intake.case_folder.template import write_template

__all__ = ["case_folder_page", "check_case", "find_tables", "read_case", "write_template"]
