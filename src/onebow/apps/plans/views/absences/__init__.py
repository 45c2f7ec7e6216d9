"""Pages of leave and trips."""
