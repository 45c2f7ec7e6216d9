"""Reads of method packs."""
