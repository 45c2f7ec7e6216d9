"""Tables of everyday affairs."""
