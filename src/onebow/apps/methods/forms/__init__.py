"""What an officer fills in about methods."""
