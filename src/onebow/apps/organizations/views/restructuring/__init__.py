"""Pages of restructuring plans."""
