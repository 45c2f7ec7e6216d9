"""Writes about elections: one deed, one transaction."""
