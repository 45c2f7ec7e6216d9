"""Deeds on restructuring plans."""
