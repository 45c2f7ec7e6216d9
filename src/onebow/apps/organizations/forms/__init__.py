"""Shape and parsing of what a person typed."""
