"""Integrity-risk points on a day: level and why, what is due, what they hang on."""
