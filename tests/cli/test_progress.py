"""Progress goes to standard error, and a quick job says nothing."""

import io
import sys

from u24.cli.progress import watching


def test_a_quick_job_is_silent(capsys):
    with watching() as progress:
        progress("planning", 1, 2)

    assert capsys.readouterr() == ("", "")


def test_a_slow_job_says_how_far_it_is(capsys):
    with watching(slow_s=0) as progress:
        progress("planning", 1, 4)
        progress("report", 0, 0)

    assert capsys.readouterr() == ("", "u24: planning 25 %\nu24: report 0 %\n")


def test_a_terminal_gets_a_bar(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with watching() as progress:
        progress("planning", 1, 4)

    assert "planning" in terminal.getvalue()
