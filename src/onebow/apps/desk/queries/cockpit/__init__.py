"""A subtree on one page: what it is, what was found, and how its duties, meetings, items and replies stand."""
