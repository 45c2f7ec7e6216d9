"""Doors of talks and of the work manual."""

from onebow.config.policy.passes import MEMBERS, RUNNERS, Door, Near, Pass, Passes, url

# A batch is for the one who asked for it alone.
WHO_ASKED: Passes = (Pass("officer", Near.SELF), Pass("secretary", Near.SELF))

WORKBOOK: tuple[Door, ...] = (
    url("affairs:talks", "GET", RUNNERS + MEMBERS),
    url("affairs:talks_of", "GET", RUNNERS),
    url("affairs:talks_new", "GET POST", RUNNERS),
    url("affairs:workbooks", "GET POST", RUNNERS),
    url("affairs:workbook", "GET", RUNNERS),
    url("affairs:workbook_file", "GET", RUNNERS),
    url("affairs:workbook_progress", "GET", WHO_ASKED),
    url("affairs:workbook_archive", "GET", WHO_ASKED),
)
