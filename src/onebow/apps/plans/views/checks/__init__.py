"""Pages of checks and gaps."""
