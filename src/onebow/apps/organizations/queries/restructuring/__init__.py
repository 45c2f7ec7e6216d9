"""Reads of restructuring plans."""
