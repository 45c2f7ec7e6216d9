"""Pages of load: people, branches, and what lies behind a number."""
