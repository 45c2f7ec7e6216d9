"""What is written to the log, without the rows that a database's error quotes."""

import logging
import re

# PostgreSQL adds lines that quote the row: `DETAIL:  Key (name)=(…) already exists.` Up to the next blank line.
QUOTED = re.compile(r"^(DETAIL|CONTEXT): .*?(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)


class WithoutRows(logging.Formatter):
    """Leaves out what a database's error quotes of a row: names and numbers of people do not belong in a log."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the traceback if there is one."""
        return QUOTED.sub(r"\1: (略)", super().format(record))
