"""Pages of accounts, by who sees them."""
