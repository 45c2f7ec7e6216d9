"""Checks: what runs apart, how it stands, and what is told of it."""
