"""The report room: an answer becomes a page, a print and pictures; it writes no file.

Every view is made from the same sections, so that the page and the print say the same.
Equal answers give equal bytes: nothing of the clock or the machine goes in.
"""

from u24.report.arrivals_picture import arrivals_svg
from u24.report.gantt_picture import gantt_svg
from u24.report.map_picture import map_svg
from u24.report.page import html_report
from u24.report.pdf import pdf_report

__all__ = ["arrivals_svg", "gantt_svg", "html_report", "map_svg", "pdf_report"]
