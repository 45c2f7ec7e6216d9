"""Reads over people and the two trees, by subject."""
