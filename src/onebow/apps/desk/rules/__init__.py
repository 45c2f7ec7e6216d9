"""What may be asked of notices."""
