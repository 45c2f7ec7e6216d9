"""What may be written of everyday affairs."""
