"""Pictures of a comparison as SVG: plain data in, text out; no script, no style sheet, fonts by generic names.

A page puts them in as they are; a report embeds the same text.
"""

from onebow.apps.organizations.drawing.flows import flows_svg
from onebow.apps.organizations.drawing.offices import offices_svg
from onebow.apps.organizations.drawing.sizes import sizes_svg
from onebow.apps.organizations.queries.restructuring.structures import Comparison

# Beyond so many branches on a side nobody reads a picture, and a table serves better.
MOST_BRANCHES = 160
# How wide a picture is drawn that will fill a line of A4: its smallest type then is some 7 points high.
PRINT_WIDTH = 800.0

__all__ = ["MOST_BRANCHES", "PRINT_WIDTH", "flows_svg", "is_readable", "offices_svg", "sizes_svg"]


def is_readable(comparison: Comparison) -> bool:
    """Whether pictures of the comparison can be read: there is something, and not too much of it."""
    sides = (len(comparison.before.branches), len(comparison.after.branches))
    return all(0 < side <= MOST_BRANCHES for side in sides)
