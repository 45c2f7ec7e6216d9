"""Reads about elections."""
